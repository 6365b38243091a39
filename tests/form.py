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


def sentences(page: Page, name: str) -> Iterator[tuple[int, str]]:
    """One sentence a line, so that a change shows as the thought that changed."""
    for number, line in page.prose:
        if TWO_SENTENCES.search(line):
            yield number, "one sentence a line"


def labels(page: Page, name: str) -> Iterator[tuple[int, str]]:
    """A label begins with the name of its page, and stands right above its heading."""
    for number, line in enumerate(page.lines, 1):
        if match := re.match(r"\(([\w-]+)\)=$", line):
            if not re.match(rf"{name}(-|$)", match[1]):
                yield number, f"a label of this page begins with {name}"
            if number == len(page.lines) or not page.lines[number].startswith("#"):
                yield number, "a label stands on the line above its heading"


def cells(page: Page, name: str) -> Iterator[tuple[int, str]]:
    """A cell is short, formatted, and begins the same everywhere."""
    for cell in page.cells:
        if page.lines[cell.line - 1] != "```{code-cell}":
            yield cell.line, "a cell begins with ```{code-cell}"
        hidden = "hide-cell" in (cell.options.get("tags") or [])
        longest = LONGEST_CHECK if hidden else LONGEST_CELL
        if cell.code.count("\n") >= longest:
            yield cell.line, f"a cell has at most {longest} lines"
    for number in unformatted([cell.code for cell in page.cells]):
        yield page.cells[number].line, "ruff would format this cell otherwise"


def unformatted(codes: list[str]) -> list[int]:
    """Return which of these cells ruff would write otherwise, or cannot read."""
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


def ending(page: Page, name: str) -> Iterator[tuple[int, str]]:
    """A page ends with the thought that follows; no line ends in blanks."""
    headings = [line for line in page.lines if line.startswith("## ")]
    if headings[-1:] != ["## Next"]:
        yield len(page.lines), "the last section is '## Next'"
    for number, line in enumerate(page.lines, 1):
        if line != line.rstrip():
            yield number, "the line ends in blanks"


def main() -> int:
    """Print each breach in these pages, or in all, as file:line: message."""
    found = 0
    named = [Path(name).resolve() for name in sys.argv[1:]]
    for path in named or sorted(ROOT.glob("docs/**/*.md")):
        page = read_page(path.read_text("utf-8"))
        part = path.parent.name if path.parent.name != "docs" else "home"
        name = part if path.stem == "index" else path.stem
        for rule in (sentences, labels, cells, ending):
            for line, message in rule(page, name):
                print(f"{path.relative_to(ROOT).as_posix()}:{line}: error: {message}")
                found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
