"""What the page says of one library in a sentence, tried."""

import numpy as np
import pytest

from examples.libraries.probes import find_version
from examples.softmax_cross_entropy import cross_entropy_grad
from examples.symptoms import draw_start, measure_gradient
from examples.wrong_lines import sample_digits

P = [[0.25, 0.5, 0.125], [1.0, 2.0, 3.0]]
Y, NO_CLASS = [1, 0], [1, 3]
TASK = sample_digits(seed=0)


def import_or_skip(package: str, module: str):
    """Return a module; skip the test where its package is not installed."""
    if not find_version(package):
        pytest.skip(f"{package} is not installed")
    return pytest.importorskip(module)


def test_pytorch_takes_labels_of_uint8_for_a_mask():
    torch = import_or_skip("torch", "torch")
    x, y = torch.arange(9).reshape(3, 3), torch.tensor([1, 1, 1], dtype=torch.uint8)
    with pytest.warns(UserWarning, match="uint8 is now deprecated"):
        picked = x[torch.arange(3), y]
    assert picked.tolist() == [0, 4, 8]  # the classes 0, 1 and 2: all that are kept


def test_pytorch_names_the_label_that_is_no_class_and_the_number_of_classes():
    torch = import_or_skip("torch", "torch")
    said = "index 3 is out of bounds for dimension 1 with size 3"
    with pytest.raises(IndexError, match=said):
        torch.tensor(P)[torch.arange(2), torch.tensor(NO_CLASS)] -= 1


def test_the_loss_of_pytorch_calls_the_label_that_is_no_class_a_target():
    torch = import_or_skip("torch", "torch")
    with pytest.raises(IndexError, match=r"^Target 3 is out of bounds\.$"):
        torch.nn.functional.cross_entropy(torch.tensor(P), torch.tensor(NO_CLASS))


def test_the_autograd_of_pytorch_takes_a_softmax_before_the_loss_into_account():
    torch = import_or_skip("torch", "torch")
    start = draw_start(TASK)
    logits = TASK.features[start[2]] @ start[0] + start[1]
    X = torch.tensor(logits, requires_grad=True)
    labels = torch.tensor(TASK.labels[start[2]])
    loss = torch.nn.functional.cross_entropy(torch.softmax(X, dim=1), labels)
    loss.backward()
    ours = measure_gradient("softmax-before-loss", TASK).logits / len(labels)
    assert np.allclose(X.grad, ours, rtol=0, atol=1e-15)


def test_the_loss_of_pytorch_takes_labels_of_int64_and_uint8_but_not_int32():
    torch = import_or_skip("torch", "torch")
    loss = torch.nn.functional.cross_entropy
    fine = [
        loss(torch.tensor(P), torch.tensor(Y, dtype=getattr(torch, name)))
        for name in ("int64", "uint8")
    ]
    assert fine[0] == fine[1]
    with pytest.raises(RuntimeError, match="expected target dtype to be Long or Byte"):
        loss(torch.tensor(P), torch.tensor(Y, dtype=torch.int32))


def test_a_boolean_must_be_cast_before_pytorch_or_tensorflow_subtracts_it():
    torch = import_or_skip("torch", "torch")
    tf = import_or_skip("tensorflow", "tensorflow")
    with pytest.raises(RuntimeError, match="with a bool tensor is not supported"):
        torch.tensor(P) - (torch.tensor(P) > 0)
    with pytest.raises(tf.errors.InvalidArgumentError, match="is a bool tensor"):
        tf.constant(P) - (tf.constant(P) > 0)


def test_the_gather_of_pytorch_refuses_a_label_that_its_index_counts_from_the_end():
    torch = import_or_skip("torch", "torch")
    x, y = torch.tensor(P), torch.tensor([1, -1])[:, None]
    assert x.gather(1, torch.tensor(Y)[:, None]).tolist() == [[0.5], [1.0]]
    with pytest.raises(RuntimeError, match="index -1 is out of bounds"):
        x.gather(1, y)
    assert torch.take_along_dim(x, y, 1).tolist() == [[0.5], [3.0]]
    assert torch.take_along_dim(x, y + 3, 1).tolist() == [[0.5], [3.0]]  # no bounds


def test_pytorch_keeps_an_array_for_each_block_unless_the_block_is_checkpointed():
    torch = import_or_skip("torch", "torch")
    from torch.utils.checkpoint import checkpoint

    def block_loss(A, W, labels):
        return torch.nn.functional.cross_entropy(A @ W, labels, reduction="sum")

    def kept(loss):
        """Return how many arrays of the shape of a block wait for backward."""
        saved, W = [], torch.ones(2, 50, requires_grad=True)
        with torch.autograd.graph.saved_tensors_hooks(saved.append, iter):
            sum(loss(torch.ones(4, 2), W, torch.arange(4)) for _ in range(3))
        return len({x.data_ptr() for x in saved if x.shape == (4, 50)})

    assert kept(block_loss) == 3
    assert kept(lambda *given: checkpoint(block_loss, *given, use_reentrant=False)) == 0


def test_pytorch_refuses_to_differentiate_the_softmax_that_the_line_has_changed():
    torch = import_or_skip("torch", "torch")
    grad = torch.softmax(torch.tensor(P, requires_grad=True), dim=1)
    grad[torch.arange(2), torch.tensor(Y)] -= 1
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        grad.sum().backward()


def test_jax_reads_nan_for_label_k_if_it_is_told_to_fill_or_takes_along_an_axis():
    jnp = import_or_skip("jax", "jax.numpy")
    x, y = jnp.array(P), jnp.array(NO_CLASS)
    assert jnp.isnan(x.at[jnp.arange(2), y].get(mode="fill")[1])
    assert jnp.isnan(jnp.take_along_axis(x, y[:, None], axis=1)[1, 0])


def test_jax_clamps_a_number_that_is_out_of_range_too():
    jnp = import_or_skip("jax", "jax.numpy")
    assert jnp.array(P)[1, 7] == 3.0


def test_the_one_hot_of_pytorch_refuses_no_class_and_the_others_give_zeros():
    torch, jax = import_or_skip("torch", "torch"), import_or_skip("jax", "jax")
    tf = import_or_skip("tensorflow", "tensorflow")
    no_classes = [3, -1]
    for label in no_classes:
        with pytest.raises(RuntimeError, match="Class values must be"):
            torch.nn.functional.one_hot(torch.tensor([0, label]), 3)
    labels = jax.numpy.array(no_classes)
    for rows in (jax.nn.one_hot(labels, 3), tf.one_hot(no_classes, 3)):
        assert not np.asarray(rows).any()
    for row in (
        torch.nn.functional.one_hot(torch.tensor(Y), 3),
        jax.nn.one_hot(jax.numpy.array(Y), 3),
        tf.one_hot(Y, 3),
    ):
        assert np.asarray(row).tolist() == [[0, 1, 0], [1, 0, 0]]


def test_jax_takes_a_list_beside_another_index_but_not_alone():
    jnp = import_or_skip("jax", "jax.numpy")
    with pytest.raises(TypeError, match="non-tuple sequence"):
        jnp.array(P)[[1, 0]]
    assert jnp.array(P)[[0, 1], jnp.array(Y)].tolist() == [0.5, 1.0]


def test_tensorflow_gathers_one_entry_per_row_without_row_numbers():
    tf = import_or_skip("tensorflow", "tensorflow")
    picked = tf.gather(tf.constant(P), tf.constant(Y), axis=1, batch_dims=1)
    assert picked.numpy().tolist() == [0.5, 1.0]


def test_tensorflow_takes_one_mask_alone_but_no_index_array():
    tf = import_or_skip("tensorflow", "tensorflow")
    x = tf.constant(P)
    assert x[x > 1].numpy().tolist() == [2.0, 3.0]
    with pytest.raises(TypeError, match="Only integers, slices"):
        x[tf.range(2), tf.constant(Y)]


def test_tensorflow_takes_a_list_for_a_tuple():
    tf = import_or_skip("tensorflow", "tensorflow")
    assert tf.constant(P)[[0, 1]].numpy() == P[0][1]


def test_tensorflow_ignores_labels_that_are_no_class_if_it_is_told_to():
    tf = import_or_skip("tensorflow", "tensorflow")
    cells, ones = tf.stack([tf.range(2), NO_CLASS], 1), tf.ones(2)
    policy = {"bad_indices_policy": "IGNORE"}
    assert tf.gather_nd(tf.constant(P), cells, **policy).numpy().tolist() == [0.5, 0]
    left = tf.tensor_scatter_nd_sub(tf.constant(P), cells, ones, **policy)
    assert left.numpy().tolist() == [[0.25, -0.5, 0.125], P[1]]


def test_tensorflow_has_no_index_of_uint8():
    tf = import_or_skip("tensorflow", "tensorflow")
    cells = tf.constant([[0, 1], [1, 0]], tf.uint8)
    for use in (
        lambda: tf.gather_nd(tf.constant(P), cells),
        lambda: tf.tensor_scatter_nd_sub(tf.constant(P), cells, tf.ones(2)),
    ):
        with pytest.raises(tf.errors.InvalidArgumentError, match="of uint8 is not in"):
            use()


def test_a_variable_of_tensorflow_changes_in_place():
    tf = import_or_skip("tensorflow", "tensorflow")
    grad = tf.Variable(tf.zeros((2, 3)))
    grad.scatter_nd_sub(tf.stack([tf.range(2), Y], 1), tf.ones(2))
    assert grad.numpy().tolist() == [[0, -1, 0], [-1, 0, 0]]


def test_keras_takes_logits_for_probabilities_unless_it_is_told():
    losses = import_or_skip("keras", "keras.losses")
    told = losses.SparseCategoricalCrossentropy(from_logits=True)
    untold = losses.SparseCategoricalCrossentropy()
    labels, logits = np.array(Y), np.array(P)
    assert not np.isclose(told(labels, logits), untold(labels, logits))


def test_mlx_assigns_through_a_mask_but_reads_through_none():
    mx = import_or_skip("mlx", "mlx.core")
    x, mask = mx.array(P), mx.array([[True, False, False], [False, True, False]])
    with pytest.raises(ValueError, match="boolean indices are not yet supported"):
        x[mask]
    x[mask] = 0
    assert np.asarray(x).tolist() == [[0, 0.5, 0.125], [1, 0, 3]]


def test_the_standard_takes_integer_arrays_for_all_axes_or_none():
    xp = import_or_skip("array-api-strict", "array_api_strict")
    x, y = xp.asarray(P), xp.asarray(Y)
    assert xp.all(x[xp.arange(2), y] == xp.asarray([0.5, 1.0]))
    with pytest.raises(IndexError, match="only allowed with integer indices"):
        x[:, y]
    along = xp.take_along_axis(x, y[:, None], axis=1)
    assert xp.all(along == xp.asarray([[0.5], [1.0]]))
    with pytest.raises(IndexError, match="__setitem__ is not supported"):
        x[xp.arange(2), y] -= 1


def test_the_standard_lacks_some_indices_of_numpy():
    xp = import_or_skip("array-api-strict", "array_api_strict")
    x, y = xp.asarray(P), xp.asarray(Y)
    rows = xp.asarray([True, False])
    for index in (0, y, [0, 1], (range(2), y), (rows, 0), (slice(0, 9), 0), (y, ...)):
        with pytest.raises(IndexError):
            x[index]
    assert x[0, 1].shape == ()
    assert xp.take(x, y, axis=0).shape == x.shape


def test_code_for_the_standard_runs_on_every_device_of_numpy_and_of_jax():
    xp = import_or_skip("array-api-strict", "array_api_strict")
    jnp = import_or_skip("jax", "jax.numpy")
    from examples.libraries.in_array_api import gradient

    other = xp.Device("device1")
    found = gradient(xp.asarray(P, device=other), xp.asarray(Y, device=other))
    assert found.device == other
    ours = cross_entropy_grad(P, Y)
    for array in (np.array, jnp.array):
        assert np.allclose(gradient(array(P), array(Y)), ours, atol=1e-6)


def test_code_for_the_standard_runs_on_pytorch_with_a_namespace_that_is_compatible():
    torch = import_or_skip("torch", "torch")
    xp = import_or_skip("array-api-compat", "array_api_compat.torch")
    from examples.libraries.in_array_api import gradient

    found = gradient(torch.tensor(P), torch.tensor(Y), xp)
    assert np.allclose(found, cross_entropy_grad(P, Y), atol=1e-6)
    assert not hasattr(torch.tensor(P), "__array_namespace__")


def test_dask_takes_index_arrays_by_vindex_alone_and_only_for_reading():
    da = import_or_skip("dask", "dask.array")
    x = da.asarray(P)
    with pytest.raises(NotImplementedError, match="nd fancy indexing"):
        x[np.arange(2), np.array(Y)]
    with pytest.raises(NotImplementedError, match="nd fancy indexing"):
        x[da.nonzero(x)]
    with pytest.raises(IndexError, match="does not support indexing with dask objects"):
        x.vindex[np.arange(2), da.asarray(Y)]
    with pytest.raises(TypeError, match="does not support item assignment"):
        x.vindex[np.arange(2), np.array(Y)] -= 1


def test_dask_gives_the_gradient_in_the_chunks_of_rows_that_the_logits_have():
    da = import_or_skip("dask", "dask.array")
    from examples.libraries.in_dask import gradient

    rng = np.random.default_rng(0)
    logits, labels = rng.normal(size=(10, 4)), rng.integers(4, size=10)
    grad = gradient(da.from_array(logits, (3, 2)), da.from_array(labels, 4))
    assert grad.chunks == ((3, 3, 3, 1), (4,))
    ours = cross_entropy_grad(logits, labels)
    assert np.allclose(grad.compute(), ours, rtol=0, atol=1e-15)
