"""NumPy's error messages whose wording depends on the release.

You search for the wording that your NumPy prints. A page shows the
wording of the running NumPy first, and then the other wording.
"""

import textwrap

from examples.version_facts import FACTS, match_template


def list_wordings(error):
    """Return each wording of an error message, with its releases.

    Parameters
    ----------
    error : Exception or str
        An error or a warning of NumPy, or its message.

    Returns
    -------
    dict of str to str
        Each wording, with the names and numbers of `error`, and the
        releases of NumPy that use it. The wording of `error` comes first.

    Raises
    ------
    ValueError
        If examples/version_facts.toml has no message with this wording.
        Then either all releases use the same wording, or the running
        NumPy has a new one.
    """
    message = str(error)
    for fact in FACTS.values():
        wordings = read_wordings(fact) if fact.reworded else {}
        for own in wordings:
            values = match_template(message, own)
            if values is not None:
                ordered = {own: wordings[own], **wordings}
                return {
                    text.format(**values): versions
                    for text, versions in ordered.items()
                }
    raise ValueError(
        f"error is {message!r}; expected a message that is listed in "
        "examples/version_facts.toml"
    )


def read_wordings(fact):
    """Return the two wordings of a message, with their releases.

    Parameters
    ----------
    fact : Fact
        A fact whose results are messages.

    Returns
    -------
    dict of str to str
        Each message without the type of the error, and the releases of
        NumPy that use it. The newer message comes first. A name in braces
        is a placeholder for a part that varies.
    """
    results = {
        fact.result_after: f"since NumPy {fact.release}",
        fact.result_before: f"before NumPy {fact.release}",
    }
    return {
        result.strip().partition(": ")[2]: versions
        for result, versions in results.items()
    }


def format_wordings(error):
    """Return all wordings of an error message as text to print.

    Parameters
    ----------
    error : Exception or str
        As in `list_wordings`.

    Returns
    -------
    str
        A line with the releases, then the indented message, for each
        wording. The wording of `error` comes first.

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
