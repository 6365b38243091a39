"""Try what a library does with the line; answer each question in a word."""

import importlib
import json
import re
import sys
from functools import partial
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from examples.libraries.spellings import GPU_SPELLINGS, LOSSES, SPELLINGS
from examples.softmax_cross_entropy import cross_entropy_grad

P = [[0.25, 0.5, 0.125], [1.0, 2.0, 3.0]]
ZEROS = [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
Y = [1, 0]
K_LABEL, LAST_LABEL = [1, 3], [1, -1]  # the second label is K, or -1
UNDEFINED = "undefined"  # not tried, because the documentation says so


def probe_library(name):
    """Return the answers of one library.

    Parameters
    ----------
    name : str
        A key of `SPELLINGS`. The library must be installed.

    Returns
    -------
    dict of str to str or float
        The answer to each of `QUESTIONS`: a word, the type of an error,
        or for a gradient the number of `measure_difference`.
    """
    return {key: ask(SPELLINGS[name]) for key, ask in QUESTIONS.items()}


def probe_loss(name):
    """Return the answers of one built-in loss.

    Parameters
    ----------
    name : str
        A key of `LOSSES`. Its library must be installed.

    Returns
    -------
    dict of str to str
        The answer to each of `LOSS_QUESTIONS`.
    """
    return {key: ask(LOSSES[name]) for key, ask in LOSS_QUESTIONS.items()}


def probe_on_gpu(name, question):
    """Return one answer of a library on a GPU.

    An index out of range can end the work of the process on the GPU, so
    ask each question in a new process.

    Parameters
    ----------
    name : str
        A key of `GPU_SPELLINGS`. The library must be installed.
    question : str
        A key of `QUESTIONS`.
    """
    return QUESTIONS[question](GPU_SPELLINGS[name])


def to_numpy(array):
    """Return an array of any library, on any device, as one of NumPy."""
    if hasattr(array, "cpu"):  # PyTorch
        array = array.cpu()
    if type(array).__module__.startswith("cupy"):
        array = array.get()
    return np.asarray(array)


def find_version(package):
    """Return the version of a package, or "" if it is not installed."""
    for name in (package, f"{package}-cpu"):
        try:
            return version(name)
        except PackageNotFoundError:
            pass
    return ""


def run_statement(library, statement, *, y=Y, rows=None):
    """Run a statement on fresh arrays; return its variables as lists.

    By default, each row is paired with its own label; give `rows` for
    other row numbers. The variable `error` has the type of an error.
    """
    names = {"np": np, "m": 2, "K": 3}
    exec(library.imports, names)
    names["array"] = eval(library.array, names)
    names["index"] = eval(library.labels or library.array, names)
    for name, values in (("P", P), ("grad", ZEROS)):
        names[name] = names["array"]([list(row) for row in values])
    names |= {"alias": names["grad"], "y": names["index"](y)}
    if rows is None:
        statement = library.fill_rows(statement)
    else:
        names["rows"] = names["index"](rows)
    try:
        exec(statement, names)
        for name in {"P", "grad", "alias", "picked"} & names.keys():
            names[name] = to_numpy(names[name]).tolist()
    except Exception as error:
        untouched = to_numpy(names["alias"]).tolist() == ZEROS
        names["error"] = type(error).__name__
        names["error"] += "" if untouched else ", too late"
    return names


def probe_read(library, expression="", y=Y):
    """Say which class is read in the second row, or "works"."""
    statement = f"picked = {expression or library.read}"
    names = run_statement(library, statement, y=y)
    if "error" in names:
        return names["error"]
    first, second = names["picked"]
    classes = [k for k in range(3) if (first, second) == (P[0][1], P[1][k])]
    return name_classes(classes, y) if classes else str(second)


def probe_write(library, statement="", y=Y):
    """Say from which class of the second row 1 is subtracted."""
    names = run_statement(library, statement or library.write, y=y)
    if "error" in names:
        return names["error"]
    first, second = names["grad"]
    if first != [0, -1, 0]:
        return str(first)
    return name_classes([k for k in range(3) if second[k] == -1], y)


def name_classes(classes, y):
    """Name some classes; return "works" if they are the label alone."""
    if classes == [y[1]]:
        return "works"
    return " and ".join(f"class {k}" for k in classes) or "nothing"


def probe_if_checked(ask, library, **options):
    """Try an index out of range, unless its behavior is undefined."""
    return UNDEFINED if library.unchecked else ask(library, **options)


def probe_comparison(library, y=Y):
    """Say from which class the comparison subtracts 1."""
    return probe_write(library, library.compare, y)


def probe_in_place(library):
    """Say whether the change is visible through another name."""
    names = run_statement(library, library.write)
    return "yes" if names["alias"] == names["grad"] else "no: a new one"


def probe_repeated_cell(library, spelling):
    """Say how often 1 is subtracted from a cell that is indexed twice."""
    statement = getattr(library, spelling)
    if "rows" not in statement:
        return "cannot be" if statement else "none"
    names = run_statement(library, statement, y=[1, 1], rows=[0, 0])
    return {-1: "once", -2: "twice"}[names["grad"][0][1]]


def probe_sharing(library, spelling):
    """Say whether the result of a read shares memory with `P`."""
    read = getattr(library, spelling)
    names = run_statement(library, f"part = {read}; part[0] = 9.0")
    if names.get("error") == "TypeError":
        return "immutable"
    return names.get("error") or ("copy" if names["P"] == P else "view")


def probe_default_dtype(library, values):
    """Return the dtype of an array that is made from a list."""
    array = run_statement(library, "")["array"](values)
    name = str(getattr(array, "dtype", type(array[0]).__name__))
    return re.search(r"(float|int)\d*", name)[0]


def probe_shape(library, expression):
    """Return the shape of an index into x of shape (2, 3, 4, 5, 6)."""
    x = np.zeros((2, 3, 4, 5, 6)).tolist()
    i, mask, long = [0, 1] * 3, [[True, False, True]] * 2, [True] * 3
    setting = [f"x = array({x})", f"i = index({i})"]
    setting += [f"mask = index({mask})", f"long = index({long})"]
    statement = "\n".join([*setting, f"x = {expression}"])
    names = run_statement(library, statement)
    return names.get("error") or str(tuple(names["x"].shape))


def load_function(library, function):
    """Return a function of the library's module, or None."""
    if not library.module:
        return None
    module = importlib.import_module(f"examples.libraries.{library.module}")
    return getattr(module, function, None)


def probe_autodiff(library, y):
    """Say what automatic differentiation gives for the second row."""
    gradient = load_function(library, "gradient_by_autodiff")
    if not gradient:
        return "none"
    array = run_statement(library, "")["array"]
    try:
        row = to_numpy(gradient(array(P), array(y)))[1]
    except Exception as error:
        return type(error).__name__
    return "a row of zeros" if not row.any() else str(row)


def measure_difference(library, function):
    """Return the difference of a gradient from `cross_entropy_grad`.

    Returns
    -------
    float or str
        The largest difference in a few batches, in units in the last
        place of the largest entry. A word if there is no gradient.
    """
    gradient = load_function(library, function)
    if not gradient:
        return "none" if library.module else "ours"
    array, most = run_statement(library, "")["array"], 0
    rng = np.random.default_rng(0)
    for m, K, size in ((50, 7, 3), (4, 2, 1000), (1, 5, 1), (3, 1, 1)):
        logits = (size * rng.normal(size=(m, K))).astype(np.float32)
        labels = rng.integers(K, size=m)
        given = array(logits.tolist()), array(labels.tolist())
        theirs = to_numpy(gradient(*given))
        ours = cross_entropy_grad(logits.astype(float), labels)
        largest = max(np.abs(ours).max(), 1 / m)
        unit = np.spacing(largest, dtype=theirs.dtype)
        most = max(most, np.abs(theirs - ours).max() / unit)
    return round(float(most), 1)


QUESTIONS = {
    "P[range(m), y]": partial(probe_read, expression="P[range(m), y]"),
    "grad[range(m), y] -= 1": partial(
        probe_write, statement="grad[range(m), y] -= 1"
    ),
    "grad itself changes": probe_in_place,
    "a repeated cell": partial(probe_repeated_cell, spelling="write"),
    "by accumulation": partial(probe_repeated_cell, spelling="each"),
    "by comparison": probe_comparison,
    "label K, read": partial(probe_if_checked, probe_read, y=K_LABEL),
    "label K, written": partial(probe_if_checked, probe_write, y=K_LABEL),
    "label K, by autodiff": partial(
        probe_if_checked, probe_autodiff, y=K_LABEL
    ),
    "label K, compared": partial(probe_comparison, y=K_LABEL),
    "label -1, read": partial(probe_read, y=LAST_LABEL),
    "label -1, written": partial(probe_write, y=LAST_LABEL),
    "label -1, compared": partial(probe_comparison, y=LAST_LABEL),
    "labels of uint8": partial(probe_read, y=np.array(Y, np.uint8)),
    "selected cells": partial(probe_sharing, spelling="read"),
    "a row": partial(probe_sharing, spelling="row"),
    "floats": partial(probe_default_dtype, values=[0.5]),
    "integers": partial(probe_default_dtype, values=[1]),
    "a float64 of NumPy": partial(
        probe_default_dtype, values=np.array([0.5])
    ),
    "x[0, :, i]": partial(probe_shape, expression="x[0, :, i]"),
    "x[:, 0, i, :, 0]": partial(probe_shape, expression="x[:, 0, i, :, 0]"),
    "x[mask, 0]": partial(probe_shape, expression="x[mask, 0]"),
    "x[long]": partial(probe_shape, expression="x[long]"),
    "gradient": partial(measure_difference, function="gradient"),
    "gradient_by_autodiff": partial(
        measure_difference, function="gradient_by_autodiff"
    ),
}


def compute_loss(loss, y, rows=slice(None)):
    """Return a loss as a list of numbers, or the type of its error."""
    names, library = {}, SPELLINGS[loss.library]
    exec(f"{library.imports}\n{loss.imports}", names)
    array = eval(library.array, names)
    names |= {"logits": array(P[rows]), "y": array(y[rows])}
    try:
        return np.atleast_1d(to_numpy(eval(loss.call, names))).tolist()
    except Exception as error:
        return type(error).__name__


def probe_reduction(loss):
    """Say how a loss combines the losses of two examples."""
    parts = slice(1), slice(1, 2)
    one, two = (compute_loss(loss, Y, rows)[0] for rows in parts)
    ways = {"one for each": [one, two], "mean": [(one + two) / 2]}
    return name_result(compute_loss(loss, Y), ways | {"sum": [one + two]})


def probe_ignored_label(loss, label):
    """Say what a loss does with a label that is not a class."""
    if SPELLINGS[loss.library].unchecked and label != -1:
        return UNDEFINED
    found = compute_loss(loss, [1, label])
    if isinstance(found, str):
        return found
    one = compute_loss(loss, [1], slice(1))
    last = compute_loss(loss, [1, 2])
    return name_result(found, {"ignored": one, "class 2": last})


def name_result(found, ways):
    """Return the name of the values that were found, or the last one."""
    for way, values in ways.items():
        if len(found) == len(values) and np.allclose(found, values, 1e-5):
            return way
    return str(found[-1])


LOSS_QUESTIONS = {
    "of two examples": probe_reduction,
    "label K": partial(probe_ignored_label, label=3),
    "label -1": partial(probe_ignored_label, label=-1),
    "label -100": partial(probe_ignored_label, label=-100),
}


def main():
    """Print the answers of a library, of a loss or of a GPU, as JSON."""
    kind, *given = sys.argv[1:]
    asks = {
        "libraries": probe_library,
        "losses": probe_loss,
        "gpu": probe_on_gpu,
    }
    print(json.dumps(asks[kind](*given)))


if __name__ == "__main__":
    main()
