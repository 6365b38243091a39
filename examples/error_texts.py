"""NumPy's error messages whose words have changed, in all their words.

A reader looks for the words that are on the screen, and those depend on
the version. A page shows the executed message first, and then the others.
"""

import textwrap

from examples.version_facts import FACTS, match_template


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
        If no message in examples/version_facts.toml has these words:
        either the message is the same in all releases that this site
        knows, or the running NumPy words it anew.
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
        f"error is {message!r}; expected a message whose wordings are "
        "listed in examples/version_facts.toml"
    )


def read_wordings(fact):
    """Return the two messages of a reworded failure.

    Parameters
    ----------
    fact : Fact
        A fact whose results are messages.

    Returns
    -------
    dict of str to str
        Each message without the type of the error, the newer one first,
        and the versions of NumPy that have it. Names in braces stand for
        what differs from case to case.
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
