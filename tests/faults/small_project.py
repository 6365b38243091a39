"""Make a small project out of this one, in which a fault is found in seconds.

``python tests/faults/small_project.py FOLDER`` copies every file. Of the pages, it
keeps the front page and five others. What names a page that is left out is cut: an
entry of a table of contents, a link, an address, a question. Each line that is kept
has the number that it has in this project, except on the front page.
"""

import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SKIPPED = shutil.ignore_patterns(
    "_build", ".git", ".nox", ".venv", "__pycache__", ".pytest_cache"
)
PAGES = (
    "index.md",
    "about/link-and-cite.md",  # a question, and no cell
    "gradient/index.md",  # the table of all letters
    "gradient/jacobian-proof.md",  # formulas, laws, exercises
    "practice/calibration.md",  # a quoted function, and figures
    "reference/questions.md",  # the list of all questions
)
# What gives a label: a section, a formula, a box, an option, an address that moved.
LABEL = re.compile(
    r"^\(([\w-]+)\)=$|^\$\$ \(([\w-]+)\)$|^:{3,}\{(?:law|exercise)\} (\S+)$"
    r"|^\s*:?name: (\S+)$|\{moved\}[ `]([\w-]+)",
    re.MULTILINE,
)
REFERENCE = re.compile(r"\{ref\}`(?:([^`<]+?)\s*<([\w-]+)>|([\w-]+))`")
MOVED = re.compile(r"^:{3,}\{moved\} \S+ ([\w-]+)\n:{3,}$", re.MULTILINE)
TOCTREE = re.compile(r"^(:{3,})\{toctree\}\n(.*?)^\1\n\n?", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"^(?!:)(?:.* <)?([\w/-]+)>?\n", re.MULTILINE)


def make_project(folder: Path) -> Path:
    """Copy this project into a new folder, with a few of its pages; return it."""
    shutil.copytree(ROOT, folder, ignore=SKIPPED)
    docs = folder / "docs"
    for path in docs.rglob("*.md"):
        if path.relative_to(docs).as_posix() not in PAGES:
            path.unlink()
    for path in sorted(docs.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    texts = {name: (docs / name).read_text("utf-8") for name in PAGES}
    labels = find_labels(texts)
    kept = {label for found in labels.values() for label in found}
    for name, text in texts.items():
        (docs / name).write_text(cut_page(text, kept), "utf-8")
    cut_ledger(folder / "tests" / "permalinks.txt", labels, texts)
    cut_bank(folder / "tests" / "questions.tsv", labels, texts)
    cut_record(folder / "examples" / "libraries" / "recorded.json")
    return folder


def find_labels(texts: dict[str, str]) -> dict[str, set[str]]:
    """Return the labels that each page gives."""
    found = {}
    for name, text in texts.items():
        boxes = re.findall(r"^:{3,}\{(law|exercise)\} (\S+)$", text, re.MULTILINE)
        plain = {x for match in LABEL.findall(text) for x in match if x}
        found[name] = plain | {f"{kind}-{box}" for kind, box in boxes}
    return found


def cut_page(text: str, labels: set[str]) -> str:
    """Cut from a page what names a page that is left out."""

    def cut_reference(match: re.Match) -> str:
        words, target, bare = match.groups()
        return match[0] if (target or bare) in labels else words or bare

    def cut_moved(match: re.Match) -> str:
        return match[0] if match[1] in labels else "\n" * match[0].count("\n")

    def cut_toctree(match: re.Match) -> str:
        kept = ENTRY.sub(
            lambda entry: entry[0] if f"{entry[1]}.md" in PAGES else "", match[0]
        )
        return kept if ENTRY.search(kept.partition("\n\n")[2]) else ""

    text = MOVED.sub(cut_moved, REFERENCE.sub(cut_reference, text))
    return TOCTREE.sub(cut_toctree, text)


def find_slugs(texts: dict[str, str]) -> set[str]:
    """Return the slugs of the questions, old ones too."""
    lines = re.findall(
        r"^:(?:slug|formerly): (.+)$", "\n".join(texts.values()), re.MULTILINE
    )
    return {slug for line in lines for slug in line.split()}


def is_kept(address: str, labels: dict[str, set[str]], slugs: set[str]) -> bool:
    """Return whether an address belongs to a page that is kept."""
    page, _, label = address.partition("#")
    name = page.removesuffix(".html")
    if name.removeprefix("q/") in slugs:
        return True
    found = labels.get(f"{name}.md")
    label = label.removeprefix("equation-")
    return found is not None and (not label or label in found)


def cut_ledger(path: Path, labels: dict, texts: dict) -> None:
    """Keep the addresses of the pages that are kept."""
    slugs = find_slugs(texts)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if is_kept(line.strip(), labels, slugs)]
    path.write_text("".join(kept), "utf-8")


def cut_bank(path: Path, labels: dict, texts: dict) -> None:
    """Keep the rows whose answer is on a page that is kept."""
    slugs = find_slugs(texts)
    header, *rows = path.read_text("utf-8").splitlines(keepends=True)
    kept = [row for row in rows if is_kept(row.split("\t")[6], labels, slugs)]
    path.write_text(header + "".join(kept), "utf-8")


def cut_record(path: Path) -> None:
    """Keep the recorded cells of the pages that are kept."""
    record = json.loads(path.read_text("utf-8"))
    pages = record["pages"]
    record["pages"] = {name: pages[name] for name in pages if f"{name}.md" in PAGES}
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    print(make_project(Path(sys.argv[1])))
