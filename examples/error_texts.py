"""NumPy's error messages whose words have changed, in all their words.

A reader looks for the words that are on the screen, and those depend on
the version. A page shows the executed message first, and then the others.
"""

import re

# One dict for each message: its wordings, newest first, and which versions
# of NumPy have them. Names in braces stand for what differs from case to
# case; all wordings of a message have the same names.
MESSAGES = (
    {
        "boolean index did not match indexed array along axis {axis}; "
        "size of axis is {size} but size of corresponding boolean axis "
        "is {length}": "since NumPy 2.0",
        "boolean index did not match indexed array along dimension "
        "{axis}; dimension is {size} but corresponding boolean dimension "
        "is {length}": "before NumPy 2.0",
    },
)


def every_wording(error):
    """Return an error message as each version of NumPy words it.

    Parameters
    ----------
    error : Exception or str
        An error that NumPy has raised, or its message.

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
    """
    message = str(error)
    for wordings in MESSAGES:
        for own in wordings:
            if values := read(message, own):
                ordered = {own: wordings[own], **wordings}
                return {
                    text.format(**values): versions
                    for text, versions in ordered.items()
                }
    raise ValueError(
        f"error is {message!r}; expected a message whose wordings are "
        "listed in examples/error_texts.py"
    )


def read(message, wording):
    """Return what stands in a message for each name, or nothing."""
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(wording))
    match = re.fullmatch(pattern, message)
    return match.groupdict() if match else {}
