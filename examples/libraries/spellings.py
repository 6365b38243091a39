"""How each library spells the line, as statements that can be run."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Spelling:
    """The statements of one library, with `rows` for the row numbers.

    Parameters
    ----------
    module : str
        The module of this package with the library's gradient, or "".
    package : str
        The package to install.
    imports : str
        The import statement.
    array : str
        The function that makes an array from nested lists.
    rows : str
        The row numbers.
    read : str
        An expression for the entry of the label in each row of `P`.
    write : str
        A statement that subtracts 1 from the same entries of `grad`.
    compare : str
        A statement with the same effect but without an index array.
    each : str
        A statement that subtracts twice from an entry that is indexed
        twice, or "" if the library has none for two axes.
    row : str
        An expression for the first row of `P`.
    labels : str
        The function that makes the labels, if it is not `array`.
    unchecked : bool
        True if an index out of range has undefined behavior, so it must
        not be tried.
    """

    module: str
    package: str
    imports: str
    array: str
    rows: str
    compare: str
    read: str = "P[rows, y]"
    write: str = "grad[rows, y] -= 1"
    each: str = ""
    row: str = "P[0, :]"
    labels: str = ""
    unchecked: bool = False

    def fill_rows(self, statement):
        """Return a statement with the row numbers in it."""
        return statement.replace("rows", self.rows)


ADD = "grad = grad.at[rows, y].add(-1)"
SCATTER = (
    "cells = tf.stack([rows, y], 1)\n"
    "grad = tf.tensor_scatter_nd_sub(grad, cells, tf.ones(m))"
)
LOOP = "for i, j in zip(rows, y): grad[i][j] -= 1"

SPELLINGS = {
    "NumPy": Spelling(
        module="",
        package="numpy",
        imports="import numpy as np",
        array="np.array",
        rows="np.arange(m)",
        compare="Y = y[:, None] == np.arange(K)\ngrad = grad - Y",
        each="np.subtract.at(grad, (rows, y), 1)",
    ),
    "PyTorch": Spelling(
        module="in_pytorch",
        package="torch",
        imports="import torch",
        array="torch.tensor",
        rows="torch.arange(m)",
        compare="Y = y[:, None] == torch.arange(K)\n"
        "grad = grad - Y.to(grad.dtype)",
        each="grad.index_put_("
        "(rows, y), torch.tensor(-1.0), accumulate=True)",
    ),
    "JAX": Spelling(
        module="in_jax",
        package="jax",
        imports="import jax.numpy as jnp",
        array="jnp.array",
        rows="jnp.arange(m)",
        compare="Y = y[:, None] == jnp.arange(K)\ngrad = grad - Y",
        write=ADD,
        each=ADD,
    ),
    "TensorFlow": Spelling(
        module="in_tensorflow",
        package="tensorflow",
        imports="import tensorflow as tf",
        array="tf.constant",
        rows="tf.range(m)",
        compare="Y = y[:, None] == tf.range(K)\n"
        "grad = grad - tf.cast(Y, grad.dtype)",
        read="tf.gather_nd(P, tf.stack([rows, y], 1))",
        write=SCATTER,
        each=SCATTER,
    ),
    "MLX": Spelling(
        module="in_mlx",
        package="mlx",
        imports="import mlx.core as mx",
        array="mx.array",
        rows="mx.arange(m)",
        compare="Y = y[:, None] == mx.arange(K)\ngrad = grad - Y",
        each="grad = grad.at[rows, y].subtract(1)",
        unchecked=True,
    ),
    "array API": Spelling(
        module="in_array_api",
        package="array-api-strict",
        imports="import array_api_strict as xp",
        array="xp.asarray",
        rows="xp.arange(m)",
        compare="Y = y[:, None] == xp.arange(K)\n"
        "grad = grad - xp.astype(Y, grad.dtype)",
        write="grad[y[:, None] == xp.arange(K)] -= 1",
    ),
    "Dask": Spelling(
        module="in_dask",
        package="dask",
        imports="import numpy as np, dask.array as da",
        array="da.asarray",
        labels="np.array",
        rows="np.arange(m)",
        compare="Y = y[:, None] == da.arange(K)\ngrad = grad - Y",
        read="P.vindex[rows, y]",
        write="grad = grad - (y[:, None] == da.arange(K))",
    ),
    "plain Python": Spelling(
        module="in_plain_python",
        package="",
        imports="",
        array="list",
        rows="range(m)",
        compare="Y = [[k == j for k in range(K)] for j in y]\n"
        "grad = [[p - t for p, t in zip(*pair)] "
        "for pair in zip(grad, Y)]",
        read="[P[i][j] for i, j in zip(rows, y)]",
        write=LOOP,
        each=LOOP,
        row="P[0]",
    ),
}


def put_on_device(library, device):
    """Return PyTorch's spelling with every tensor on a device."""
    return replace(
        library,
        imports=f"{library.imports}\nfrom functools import partial",
        array=f'partial({library.array}, device="{device}")',
        rows=f'torch.arange(m, device="{device}")',
        compare=library.compare.replace("(K)", f'(K, device="{device}")'),
        each=library.each.replace("(-1.0)", f'(-1.0, device="{device}")'),
    )


GPU_SPELLINGS = {
    "CuPy": Spelling(
        module="in_cupy",
        package="cupy",
        imports="import cupy as cp",
        array="cp.array",
        rows="cp.arange(m)",
        compare="Y = y[:, None] == cp.arange(K)\ngrad = grad - Y",
        each="cp.subtract.at(grad, (rows, y), 1)",
    ),
    "PyTorch on CUDA": put_on_device(SPELLINGS["PyTorch"], "cuda"),
    "JAX on a GPU": SPELLINGS["JAX"],
}


@dataclass(frozen=True)
class Loss:
    """A built-in loss of a library, which takes logits and class indices.

    Parameters
    ----------
    library : str
        The library whose arrays hold the logits and the labels `y`.
    package : str
        The package to install.
    imports : str
        The import statement.
    call : str
        The call of the loss, with the default options.
    """

    library: str
    package: str
    imports: str
    call: str


LOSSES = {
    "PyTorch": Loss(
        library="PyTorch",
        package="torch",
        imports="from torch.nn.functional import cross_entropy",
        call="cross_entropy(logits, y)",
    ),
    "Optax": Loss(
        library="JAX",
        package="optax",
        imports="import optax",
        call="optax.softmax_cross_entropy_with_integer_labels(logits, y)",
    ),
    "TensorFlow": Loss(
        library="TensorFlow",
        package="tensorflow",
        imports="import tensorflow as tf",
        call="tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits)",
    ),
    "Keras": Loss(
        library="TensorFlow",
        package="keras",
        imports="from keras.losses import SparseCategoricalCrossentropy",
        call="SparseCategoricalCrossentropy(from_logits=True)(y, logits)",
    ),
    "MLX": Loss(
        library="MLX",
        package="mlx",
        imports="from mlx.nn.losses import cross_entropy",
        call="cross_entropy(logits, y)",
    ),
}
