"""The form of the pages, for ``nox -s lint``; what readers need, the build checks."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from extensions.page import Page, read_page  # noqa: E402

LONGEST_CELL = 15
LONGEST_CHECK = 25  # a check is folded away
WIDTH = 80  # characters: what a page shows without scrolling
RUFF = [sys.executable, "-m", "ruff", "format", "--check", "--no-cache"]
TWO_SENTENCES = re.compile(r"[\w`)\]][.?!] +[A-Z`{*\[$]")


def check_sentences(page: Page, name: str) -> Iterator[tuple[int, str]]:
    """Put one sentence on a line, so that a diff shows which sentence changed."""
    for number, line in page.prose:
        # A question may be a whole error message.
        if TWO_SENTENCES.search(line) and not line.startswith(":::{question}"):
            yield number, "put one sentence on a line"


def check_labels(page: Page, name: str) -> Iterator[tuple[int, str]]:
    """Begin a label with the name of its page, on the line above its heading.

    The label of an error begins with "error" alone, so that the error may move to
    another page and keep its label.
    """
    names = f"{name}|error" if name.startswith("errors") else name
    for number, line in enumerate(page.lines, 1):
        if match := re.match(r"\(([\w-]+)\)=$", line):
            if not re.match(rf"({names})(-|$)", match[1]):
                yield number, f"a label of this page begins with {name}"
            if number == len(page.lines) or not page.lines[number].startswith("#"):
                yield number, "put a label on the line above its heading"


def check_cells(page: Page, name: str) -> Iterator[tuple[int, str]]:
    """Keep a cell short, formatted, and begun in the same way."""
    for cell in page.cells:
        if page.lines[cell.line - 1] != "```{code-cell}":
            yield cell.line, "a cell begins with ```{code-cell}"
        hidden = "hide-cell" in (cell.options.get("tags") or [])
        longest = LONGEST_CHECK if hidden else LONGEST_CELL
        if cell.code.count("\n") >= longest:
            yield cell.line, f"a cell has at most {longest} lines"
    for cell in page.recorded:
        if cell.code.count("\n") >= LONGEST_CELL:
            yield cell.line, f"a cell has at most {LONGEST_CELL} lines"
    cells = [*page.cells, *page.recorded]
    for number in find_unformatted([cell.code for cell in cells]):
        yield cells[number].line, "ruff would format this cell differently"


def find_unformatted(codes: list[str]) -> list[int]:
    """Return which of these cells ruff would format, or cannot read."""
    with tempfile.TemporaryDirectory() as folder:
        for number, code in enumerate(codes):
            path = Path(folder) / f"{number}.py"
            path.write_text(code.rstrip("\n") + "\n" * bool(code), "utf-8")
        options = [f"--line-length={WIDTH}", f"--config={ROOT / 'pyproject.toml'}"]
        done = subprocess.run(
            [*RUFF, *options, folder], capture_output=True, text=True, check=False
        )
    said = done.stdout + done.stderr
    return sorted({int(n) for n in re.findall(r"(\d+)\.py\b", said)})


def check_ending(page: Page, name: str) -> Iterator[tuple[int, str]]:
    """End a page with links to what comes next, and no line with blanks."""
    headings = [line for line in page.lines if line.startswith("## ")]
    if headings[-1:] != ["## Next"]:
        yield len(page.lines), "the last section is '## Next'"
    for number, line in enumerate(page.lines, 1):
        if line != line.rstrip():
            yield number, "remove the blanks at the end of the line"


RULES = (check_sentences, check_labels, check_cells, check_ending)


def main() -> int:
    """Print each breach in these pages, or in all, as file:line: message."""
    found = 0
    named = [Path(name).resolve() for name in sys.argv[1:]]
    for path in named or sorted(ROOT.glob("docs/**/*.md")):
        page = read_page(path.read_text("utf-8"))
        part = path.parent.name if path.parent.name != "docs" else "home"
        name = part if path.stem == "index" else path.stem
        for rule in RULES:
            for line, message in rule(page, name):
                print(f"{path.relative_to(ROOT).as_posix()}:{line}: error: {message}")
                found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
