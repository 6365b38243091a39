"""NumPy's error messages whose words have changed, in all their words.

A reader looks for the words that are on the screen, and those depend on
the version. A page shows the executed message first, and then the others.
"""

import re
import textwrap

# One dict for each statement that fails: its messages, newest first, and
# which versions of NumPy have them. Names in braces stand for what differs
# from case to case; all messages of a statement have the same names.
MESSAGES = (
    {
        "boolean index did not match indexed array along axis {axis}; "
        "size of axis is {size} but size of corresponding boolean axis "
        "is {length}": "since NumPy 2.0",
        "boolean index did not match indexed array along dimension "
        "{axis}; dimension is {size} but corresponding boolean dimension "
        "is {length}": "before NumPy 2.0",
    },
    # levels[index] += -1, with levels of dtype uint8
    {
        "Python integer -1 out of bounds for uint8": "since NumPy 2.0",
        "Cannot cast ufunc 'add' output from dtype('int16') to "
        "dtype('uint8') with casting rule 'same_kind'": "before NumPy 2.0",
    },
    # np.choose(y, choices), with more choices than it takes
    {
        "Need at least 0 and at most 64 array objects.": "since NumPy 2.0",
        "Need at least 0 and at most 32 array objects.": "before NumPy 2.0",
    },
    # np.take_along_axis(x, i, axis=None), where i has not one axis
    {
        "when axis=None, `indices` must have a single "
        "dimension.": "since NumPy 2.1",
        "`indices` and `arr` must have the same number of "
        "dimensions": "before NumPy 2.1",
    },
    # x[index] = values, with x of floats and a string that is no number
    {
        "could not convert string to float: "
        "np.str_({text})": "since NumPy 2.0",
        "could not convert string to float: {text}": "before NumPy 2.0",
    },
    # x[[7], 0:0] = 1, with x of 3 rows: once a DeprecationWarning
    {
        "index 7 is out of bounds for axis 0 "
        "with size 3": "since NumPy 2.3",
        "Out of bound index found. This was previously ignored when the "
        "indexing result contained no elements. In the future the index "
        "error will be raised. This error occurs either due to an empty "
        "slice, or if an array has zero elements even before indexing.\n"
        "(Use `warnings.simplefilter('error')` to turn this "
        "DeprecationWarning into an error and get more details on the "
        "invalid index.)": "before NumPy 2.3",
    },
    # np.nonzero(False): once a DeprecationWarning
    {
        "Calling nonzero on 0d arrays is not allowed. Use "
        "np.atleast_1d(scalar).nonzero() instead. If the context of this "
        "error is of the form `arr[nonzero(cond)]`, just use "
        "`arr[cond]`.": "since NumPy 2.1",
        "Calling nonzero on 0d arrays is deprecated, as it behaves "
        "surprisingly. Use `atleast_1d(cond).nonzero()` if the old "
        "behavior was intended. If the context of this warning is of the "
        "form `arr[nonzero(cond)]`, just use "
        "`arr[cond]`.": "before NumPy 2.1",
    },
)


def list_wordings(error):
    """Return an error message as each version of NumPy words it.

    Parameters
    ----------
    error : Exception or str
        An error or warning that NumPy has raised, or its message.

    Returns
    -------
    dict of str to str
        Each wording, filled with the numbers of `error`, and the versions
        of NumPy that have it. The wording of `error` itself comes first.

    Raises
    ------
    ValueError
        If no message in `MESSAGES` has these words: either the message
        is the same in all versions that this site knows, or the running
        NumPy words it anew.

    References
    ----------
    NumPy 2.0.0 Release Notes; NumPy 2.1.0 Release Notes, Expired
    deprecations (nonzero without axes); NumPy 2.3.0 Release Notes,
    Expired deprecations (an index out of bounds where nothing is
    selected).
    """
    message = str(error)
    for wordings in MESSAGES:
        for own in wordings:
            values = match_wording(message, own)
            if values is not None:
                ordered = {own: wordings[own], **wordings}
                return {
                    text.format(**values): versions
                    for text, versions in ordered.items()
                }
    raise ValueError(
        f"error is {message!r}; expected a message whose wordings are "
        "listed in examples/error_texts.py"
    )


def format_wordings(error):
    """Return an error message in all its words, as text to print.

    Parameters
    ----------
    error : Exception or str
        As in `list_wordings`.

    Returns
    -------
    str
        Each range of versions on a line, and below it, indented, the
        words of the message. Those of `error` itself come first.

    Raises
    ------
    ValueError
        As in `list_wordings`.
    """
    lines = []
    for text, versions in list_wordings(error).items():
        lines.append(versions)
        for line in text.splitlines():
            wrapped = textwrap.fill(line, 74)
            lines.append(textwrap.indent(wrapped, "    "))
    return "\n".join(lines)


def match_wording(message, wording):
    """Return what stands in a message for each name, or None."""
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(wording))
    match = re.fullmatch(pattern, message)
    return match.groupdict() if match else None
