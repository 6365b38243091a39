"""The wrong lines are one line wrong, and their symptoms tell them apart."""

import re
from itertools import combinations

import numpy as np
import pytest
from conftest import ROOT

from examples.numerical_gradient import complex_step, relative_error
from examples.symptoms import (
    SYMPTOMS,
    Symptoms,
    draw_start,
    measure_gradient,
    measure_symptoms,
    name_curve,
    name_factor,
    name_first_loss,
    name_negative_entries,
    name_row_sums,
)
from examples.wrong_lines import (
    AUTOGRAD,
    CHANGES,
    SETTINGS,
    Run,
    Task,
    build_step,
    compare_sources,
    make_clouds,
    run_training,
    sample_digits,
    step,
    write_source,
)

TASKS = [make(seed) for make in (make_clouds, sample_digits) for seed in range(3)]
TASK = TASKS[0]
PAGE = (ROOT / "docs" / "practice" / "wrong-lines.md").read_text("utf-8")
FOUR = {name: row[:4] for name, row in SYMPTOMS.items()}


@pytest.mark.parametrize("name", CHANGES)
def test_a_wrong_step_differs_from_the_right_one_in_one_line(name):
    lines = []
    for right, wrong in filter(None, (CHANGES[name], AUTOGRAD.get(name))):
        assert write_source("right").count(f"    {right}\n") == 1
        lines += [f"- {right}", f"+ {wrong}"] if wrong else [f"- {right}"]
    assert compare_sources(name) == "\n".join(lines)


def test_one_bug_alone_changes_a_second_line():
    assert list(AUTOGRAD) == ["softmax-before-loss"]
    assert CHANGES["softmax-before-loss"] == CHANGES["softmax-twice"]


@pytest.mark.parametrize("task", TASKS)
def test_a_softmax_before_the_loss_gives_the_right_gradient_of_that_loss(task):
    W, b, rows = draw_start(task)
    A, y = task.features[rows], task.labels[rows]
    X = A @ W + b
    slopes = complex_step(lambda X: loss_of_probabilities(X, y), X)
    found = measure_gradient("softmax-before-loss", task).logits
    assert relative_error(found, slopes) < 1e-13
    by_hand = measure_gradient("softmax-twice", task).logits
    assert relative_error(by_hand, slopes) > 0.5


def loss_of_probabilities(logits, labels):
    """Compute the summed loss that takes a softmax's output for logits."""
    P = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return (np.log(np.exp(P).sum(axis=1)) - P[range(len(labels)), labels]).sum()


@pytest.mark.parametrize("task", TASKS)
def test_automatic_differentiation_leaves_several_negative_entries_in_a_row(task):
    found = measure_gradient("softmax-before-loss", task)
    counts = (found.logits < 0).sum(axis=1)
    assert counts.min() >= 1
    assert counts.max() == found.logits.shape[1] - 1
    by_hand = measure_gradient("softmax-twice", task).logits
    assert ((by_hand < 0).sum(axis=1) == 1).all()


@pytest.mark.parametrize("name", ["softmax-before-loss", "softmax-twice"])
@pytest.mark.parametrize("task", TASKS)
def test_a_second_softmax_has_a_floor_of_the_loss(name, task):
    K = task.labels.max() + 1
    losses = run_training(name, task).losses
    assert np.log(np.e + K - 1) - 1 < min(losses) < losses[0]


def test_the_first_loss_of_biases_at_the_class_shares_is_not_log_k():
    shares, labels = np.array([0.9, 0.05, 0.05]), np.repeat([0, 1, 2], [18, 1, 1])
    one = build_step("right")
    loss, _ = one(
        np.zeros((2, 3)), np.log(shares), np.ones((20, 2)), labels, np.arange(20), 1
    )
    assert loss == pytest.approx(0.394, abs=1e-3)


def test_a_maximum_does_not_make_up_for_features_that_are_not_scaled():
    task = TASKS[3]
    unscaled = Task(16 * task.features, task.labels, task.rate, task.seed)
    with np.errstate(divide="ignore"):
        assert max(run_training("right", unscaled).losses) == np.inf
    slower = Task(unscaled.features, task.labels, task.rate / 16**2, task.seed)
    losses = run_training("right", slower).losses
    assert max(losses) == losses[0]


def test_the_right_step_is_the_one_that_is_read():
    state = [(np.zeros((2, 3)), np.zeros(3)) for _ in range(2)]
    rows = np.arange(len(TASK.labels))
    for (W, b), one in zip(state, (step, build_step("right")), strict=True):
        one(W, b, TASK.features, TASK.labels, rows, TASK.rate)
    for ours, theirs in zip(*state, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("name", SYMPTOMS)
def test_the_symptoms_are_the_same_on_all_data_and_from_all_seeds(name):
    assert {measure_symptoms(name, task) for task in TASKS} == {SYMPTOMS[name]}


def test_the_table_has_a_row_for_each_bug_and_one_for_the_right_step():
    assert set(SYMPTOMS) == {"right", *CHANGES}
    assert set(SETTINGS) < set(CHANGES)


def test_the_four_symptoms_tell_each_bug_from_all_others():
    pairs = [(a, b) for a, b in combinations(FOUR, 2) if FOUR[a] == FOUR[b]]
    assert pairs == [("every-row", "column-labels")]


@pytest.mark.parametrize("gone", range(4))
def test_none_of_the_four_symptoms_is_superfluous(gone):
    rest = {row[:gone] + row[gone + 1 :] for row in FOUR.values()}
    assert len(rest) < len(set(FOUR.values()))


@pytest.mark.parametrize("task", TASKS)
def test_a_slice_and_a_column_of_labels_compute_the_same(task):
    slices = measure_gradient("every-row", task)
    columns = measure_gradient("column-labels", task)
    np.testing.assert_array_equal(slices.logits, columns.logits)
    np.testing.assert_array_equal(slices.weights, columns.weights)


def test_large_logits_alone_show_a_missing_maximum():
    right = run_training("right", TASK).losses
    for name in ("no-shift", "one-maximum"):
        assert np.allclose(run_training(name, TASK, setting={}).losses, right)
        assert np.isnan(run_training(name, TASK).losses).all()
        shifted = run_training("right", TASK, setting=SETTINGS[name])
        assert np.allclose(shifted.losses, right)


def test_an_alias_shows_only_in_a_loss_that_is_computed_later():
    wrong, right = run_training("alias", TASK), run_training("right", TASK)
    assert wrong.accuracies == right.accuracies
    *lines, last = write_source("alias").splitlines()
    lines.insert(lines.index("    grad = P"), lines.pop())
    names = {"np": np}
    exec("\n".join([*lines, last]), names)
    start = np.zeros((2, 3)), np.zeros(3)
    rows = np.arange(len(TASK.labels))
    loss, _ = names["step"](*start, TASK.features, TASK.labels, rows, TASK.rate)
    assert loss == pytest.approx(np.log(3))


def test_rows_of_the_data_are_refused_in_a_batch_that_is_smaller():
    start = np.zeros((2, 3)), np.zeros(3)
    with pytest.raises(IndexError, match="index 40 is out of bounds for axis 0"):
        build_step("repeated-rows")(
            *start, TASK.features, TASK.labels, np.arange(40, 60), 1
        )


def test_rows_of_the_data_drawn_once_are_labels_out_of_order():
    rows, grads = np.random.default_rng(0).permutation(len(TASK.labels)), []
    for name in ("repeated-rows", "out-of-order"):
        start = np.zeros((2, 3)), np.zeros(3)
        _, grad = build_step(name)(*start, TASK.features, TASK.labels, rows, 1)
        grads.append(grad)
    np.testing.assert_array_equal(*grads)


def test_a_rate_m_times_smaller_hides_that_nothing_was_divided():
    slower = Task(TASK.features, TASK.labels, TASK.rate / 300, TASK.seed)
    wrong = run_training("never-divided", slower).losses
    np.testing.assert_allclose(wrong, run_training("right", TASK).losses)


def test_an_unknown_bug_is_a_key_error():
    for function in (write_source, build_step, compare_sources):
        with pytest.raises(KeyError, match="name is 'no such bug'; expected"):
            function("no such bug")


def test_a_symptom_that_none_of_the_bugs_has_is_named_too():
    seen = Run([7.0], [0.1], "")
    assert name_first_loss(seen, 60, 3) == "another number"
    assert name_row_sums(np.array([[1.0, 2.0], [0.0, 1.0]])) == "mixed"
    labels = np.array([0, 1])
    assert name_negative_entries(-np.eye(2), labels) == "the label"
    assert name_negative_entries(np.array([[-1.0, -1], [1, 1]]), labels) == "several"
    more = np.array([[-1.0, -1, 2], [1, -2, 1]])
    assert name_negative_entries(more, labels) == "the label, others"
    wrong = measure_gradient("right", TASK)._replace(weights=np.ones((2, 3)))
    assert name_factor(wrong, 300, 3) == "differs"


@pytest.mark.parametrize(
    ("losses", "shape"),
    [
        ([1, 0.9, 0.7], "falls"),
        ([1, 0.9, 1.1], "stays"),
        ([1, 2, 0.1], "rises"),
        ([1, np.inf], "rises"),
        ([1, np.nan, 0.1], "nan"),
    ],
)
def test_a_curve_is_named_by_where_it_goes(losses, shape):
    assert name_curve(losses) == shape


def test_the_page_has_a_section_for_each_bug():
    for name in CHANGES:
        assert f"(wrong-lines-{name})=\n###" in PAGE, name
        assert f'"{name}")' in PAGE, name
    assert f"softmax cross-entropy: {len(CHANGES)} bugs" in PAGE


def test_the_table_of_the_page_is_the_data():
    tables = PAGE.partition("(wrong-lines-table)=")[2].partition("\n## ")[2]
    tables = tables.partition("\n## ")[0]
    found = {}
    for part in re.split(r"^\(wrong-lines-", tables, flags=re.M):
        shape = part.partition(")=")[0].replace("raises", "")
        for line in re.findall(r"^\| .*\|$", part, re.M):
            *cells, bugs = [cell.strip() for cell in line.strip("|").split("|")]
            for name in re.findall(r"<wrong-lines-([\w-]+)>", bugs):
                row = [*cells, shape] if shape else cells
                found[name] = Symptoms(*row)
    found["right"] = found.pop("step")
    assert found == SYMPTOMS
