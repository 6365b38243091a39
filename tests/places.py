"""Find the line of a page that gives an address, so that a failing test names it."""

import re
from pathlib import Path

from conftest import PAGES, ROOT


def find_place(address: str, root: Path = ROOT, pages: list[str] = PAGES) -> str:
    """Return ``docs/PAGE.md:LINE`` for an address, or "no page" if no page gives it.

    Parameters
    ----------
    address : str
        A page, ``PAGE.html#LABEL``, ``q/SLUG.html``, or the slug of a question.
    root : Path
        The folder that has ``docs/``.
    pages : list of str
        The pages below ``docs/``.

    Examples
    --------
    >>> find_place("index.html")
    'docs/index.md:1'
    """
    page, _, label = address.partition("#")
    name = page.removesuffix(".html")
    if not label and f"{name}.md" in pages:
        return f"docs/{name}.md:1"
    word = re.escape(label.removeprefix("equation-") or name.removeprefix("q/"))
    box = re.sub(r"^(law|exercise)\\-", r":{3,}\\{\1\\} ", word)
    gives = re.compile(
        rf"^\({word}\)=$|^\$\$ \({word}\)$|^\s*:?(name|slug): {word}$|^{box}$"
        rf"|^:formerly:.* {word}( |$)|\{{moved\}}[ `]{word} "
    )
    first = [f"{name}.md"] if f"{name}.md" in pages else []
    for found in [*first, *pages]:
        lines = (root / "docs" / found).read_text("utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if gives.search(line):
                return f"docs/{found}:{number}"
    return "no page"
