"""What a page may not say, so that nothing on it can be wrong in silence.

Each rule is a function from the text of a page to (line, message) pairs; its
docstring names the mistake that it is for. Form (line breaks, spelling) is lint's.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

ROOT = Path(__file__).parent.parent
FRONT_MATTER = {"file_format", "kernelspec", "myst"}
CELL_OPTIONS = {"tags", "mystnb"}
TAGS = {"hide-cell", "hide-input", "hide-output", "raises-exception"}
PACKAGES = {"examples", "numpy", "scipy", "sklearn", "sympy"}
STANDARD = {"collections", "contextlib", "dis", "fractions", "functools", "itertools"}
STANDARD |= {"math", "operator", "statistics", "textwrap", "warnings"}
OWN_SETTINGS = {"author", "extensions", "repository"}
WIDEST_TOLERANCE = 1e-3
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
)
FENCE = re.compile(r"(?P<marks>`{3,}|~{3,})(?P<info>.*)")
CELL = re.compile(r"```\{code-cell\}( ipython3)?\s*")

logger = logging.getLogger(__name__)
Fault = tuple[int, str]


class Cell(NamedTuple):
    """A code cell of a page: its options, its code and the line of each."""

    line: int
    options: dict
    code_line: int
    code: str


class Page(NamedTuple):
    """A page as its author wrote it, with its code cells."""

    lines: list[str]
    cells: list[Cell]

    @property
    def prose(self) -> Iterator[tuple[int, str]]:
        """Yield the lines outside code cells, without code spans and formulas."""
        inside = {n for c in self.cells for n in range(c.line, c.code_line + 99)}
        inside &= set(cell_lines(self.lines))
        text = [x if n not in inside else "" for n, x in enumerate(self.lines, 1)]
        joined = re.sub(
            r"(?s)\A---\n.*?\n---\n|\$\$.*?\$\$|\{\w[^{}]*\}`[^`]*`|(`+)[^`].*?\1|\$[^$\n]+\$",
            lambda match: "\n" * match[0].count("\n"),
            "\n".join(text),
        )
        yield from enumerate(joined.split("\n"), 1)


def cell_lines(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines from a cell's fence to its end."""
    inside = False
    for number, line in enumerate(lines, 1):
        opens = not inside and bool(CELL.fullmatch(line))
        if inside or opens:
            yield number
        inside = opens or (inside and line.rstrip() != "```")


def read_page(text: str) -> Page:
    """Split a page into lines and cells."""
    lines = text.splitlines()
    cells, block = [], []
    for number in cell_lines(lines):
        block.append(number)
        if lines[number - 1].rstrip() == "```":
            cells.append(read_cell(lines, block))
            block = []
    return Page(lines, cells)


def read_cell(lines: list[str], block: list[int]) -> Cell:
    """Separate the options of a cell (``:tags:`` or a YAML block) from its code."""
    body = [lines[n - 1] for n in block[1:-1]]
    start = 0
    if body[:1] == ["---"] and "---" in body[1:]:
        start = body.index("---", 1) + 1
        options = yaml.safe_load("\n".join(body[1 : start - 1]))
    else:
        while start < len(body) and body[start].startswith(":"):
            start += 1
        options = yaml.safe_load("\n".join(x[1:] for x in body[:start]))
    return Cell(block[0], options or {}, block[0] + 1 + start, "\n".join(body[start:]))


def front_matter(page: Page) -> Iterator[Fault]:
    """Mistake: a key that switches execution or its checks off, or a page without."""
    text = "\n".join(page.lines)
    match = re.match(r"---\n(.*?)\n---(\n|$)", text, re.S)
    try:
        data = yaml.safe_load(match[1]) if match else {}
    except yaml.YAMLError as error:
        yield 1, f"front matter: {error}"
        return
    if "orphan" in data and not page.cells:
        return
    for key in data.keys() - FRONT_MATTER:
        line = next(n for n, x in enumerate(page.lines, 1) if x.startswith(key))
        yield line, f"front matter has no key {key!r}"
    if data.get("file_format") != "mystnb":
        yield 1, "front matter must say 'file_format: mystnb'"
    if data.get("kernelspec") != {"name": "python3"}:
        yield 1, "front matter must say 'kernelspec: name: python3', and no more"
    if set(data.get("myst") or {}) != {"html_meta"} or set(
        data["myst"]["html_meta"]
    ) != {"description"}:
        yield 1, "front matter must give 'myst: html_meta: description', and no more"


def fences(page: Page) -> Iterator[Fault]:
    """Mistake: code in a fence that is not a cell, and so is never executed."""
    inside = set(cell_lines(page.lines))
    for number, line in enumerate(page.lines, 1):
        if number in inside:
            continue
        bare = line.lstrip(" \t>-*+")
        if FENCE.match(bare):
            yield number, "a backtick fence is '```{code-cell}' and starts its line"
        elif re.match(r":{3,}\s*\{\s*code", bare):
            yield number, "a colon fence holds no code"


def characters(page: Page) -> Iterator[Fault]:
    """Mistake: a character that nobody sees, so that shown and meant code differ."""
    for number, line in enumerate(page.lines, 1):
        if match := INVISIBLE.search(line):
            yield number, f"has the invisible character U+{ord(match[0]):04X}"


def leftovers(page: Page) -> Iterator[Fault]:
    """Mistake: an author's note, a merge's marker or a path of one machine."""
    for number, line in enumerate(page.lines, 1):
        if match := re.search(r"\b(TODO|FIXME|XXX)\b|^(<|>){7} |\bfile:/", line):
            yield number, f"{match[0].strip()!r} is left on the page"


def typed_numbers(page: Page) -> Iterator[Fault]:
    """Mistake: a number in the prose that no cell computed."""
    version = r"(NumPy|Python|Matplotlib|SciPy|scikit-learn|PyTorch|JAX|CC BY)\s+$"
    for number, line in page.prose:
        for match in re.finditer(r"(?<![\w.:/\-#])\d+\.\d+(?![\w.])", line):
            if not re.search(version, line[: match.start()]):
                yield number, f"{match[0]} is typed: write {{eval}}`...` instead"


def literalincludes(page: Page) -> Iterator[Fault]:
    """Mistake: quoted lines that drift, or a quoted function that the page does not use."""
    code = "\n".join(cell.code for cell in page.cells)
    used = set(
        re.findall(r"\w+", " ".join(re.findall(r"^from examples.*", code, re.M)))
    )
    start = 0
    for number, line in enumerate(page.lines, 1):
        if "{literalinclude}" in line:
            start = number
        if start and (match := re.match(r":(pyobject|lines):\s*(\w+)?", line)):
            if match[1] == "lines":
                yield number, "quote with :pyobject:, since line numbers drift"
            elif match[2] not in used:
                yield number, f"{match[2]} is quoted, but no cell imports it"
            start = 0
        elif start and line.startswith(":::") and number > start:
            yield start, "quote a function with :pyobject:"
            start = 0


def promises(page: Page) -> Iterator[Fault]:
    """Mistake: a law that no cell proves, an exercise without check and answer."""
    boxes = {
        n: x for n, x in enumerate(page.lines, 1) if re.match(r":{3,}\{(law|ex)", x)
    }
    ends = [*boxes, len(page.lines) + 1][1:]
    for (number, line), end in zip(boxes.items(), ends, strict=True):
        below = [c for c in page.cells if number < c.line < end]
        if "{law}" in line and not any("assert" in c.code for c in below[:1]):
            yield number, "a law must be proved by an assert in the cell below it"
        if "{exercise}" in line and not (
            len(below) > 1
            and re.search(r"= \.\.\.", below[0].code)
            and "hide-cell" in below[1].options.get("tags", [])
        ):
            yield number, "an exercise needs a cell with '= ...' and a hide-cell answer"


def cell_options(page: Page) -> Iterator[Fault]:
    """Mistake: a misspelt tag, or one that hides what a reader needs or what failed."""
    for cell in page.cells:
        tags = cell.options.get("tags") or []
        for wrong in sorted(set(tags) - TAGS) + sorted(
            cell.options.keys() - CELL_OPTIONS
        ):
            yield cell.line, f"a cell has no tag or option {wrong!r}"


def python(page: Page) -> Iterator[Fault]:
    """Mistake: code that only IPython understands, or that proves nothing."""
    for cell in page.cells:
        try:
            tree = ast.parse(cell.code)
        except SyntaxError as error:
            yield cell.code_line + (error.lineno or 1) - 1, f"not Python: {error.msg}"
            continue
        if not tree.body:
            yield cell.line, "the cell is empty"
        for node in ast.walk(tree):
            for message in statement(node):
                yield cell.code_line + node.lineno - 1, message


def statement(node: ast.AST) -> Iterator[str]:
    """Say what is wrong with an import or a call."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        module = getattr(node, "module", None)
        for name in [module] if module else [alias.name for alias in node.names]:
            if name.split(".")[0] not in PACKAGES | STANDARD:
                yield f"a cell may not import {name}: it is no dependency of the pages"
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name.endswith(("filterwarnings", "simplefilter")) and any(
            getattr(a, "value", None) == "ignore" for a in node.args
        ):
            yield "warnings are captured and shown, never ignored"
        if name.endswith("default_rng") and not node.args:
            yield "random numbers need a seed: default_rng(0)"
        if re.search(r"\brandom\.(?!default_rng)\w+$", name) and name.startswith("np."):
            yield "random numbers come from np.random.default_rng(0)"
        if name in {"input", "exit", "quit", "globals", "get_ipython", "id", "hash"}:
            yield f"{name}() gives every reader something else"
        for keyword in node.keywords:
            value = getattr(keyword.value, "value", None)
            if keyword.arg in {"atol", "rtol"} and isinstance(value, int | float):
                if value > WIDEST_TOLERANCE:
                    yield f"{keyword.arg}={value:g} is so wide that it proves nothing"


RULES = (
    front_matter,
    fences,
    characters,
    leftovers,
    typed_numbers,
    literalincludes,
    promises,
    cell_options,
    python,
)


def check_source(app: Sphinx, docname: str, source: list[str]) -> None:
    """Apply every rule to a page before it is parsed."""
    page = read_page(source[0])
    for rule in RULES:
        for line, message in rule(page):
            logger.warning(message, location=(docname, line))


def check_doctree(app: Sphinx, doctree: nodes.document) -> None:
    """Mistakes: raw HTML, which nothing checks; cells that were not executed."""
    outputs = set()
    executed = 0
    for node in doctree.findall(nodes.container):
        if node.get("nb_element") == "cell_code":
            executed += node.get("exec_count") is not None
            outputs |= set(node.findall(nodes.raw))
    for node in doctree.findall(nodes.raw):
        if node not in outputs:
            logger.warning("raw HTML: write Markdown", location=node)
    path = Path(app.env.doc2path(app.env.docname))
    cells = len(read_page(path.read_text("utf-8-sig")).cells)
    if executed < cells:
        message = "only %d of the %d cells were executed"
        logger.warning(message, executed, cells, location=(app.env.docname, 1))


def check_files(app: Sphinx) -> None:
    """Mistakes: a page that is no readable file, a page that is not in the site."""
    if app.config.include_patterns != ["**"]:  # one page alone
        return
    for path in sorted(Path(app.srcdir).rglob("*.md")):
        name = path.relative_to(app.srcdir.parent).as_posix()
        if not path.is_file():
            raise ExtensionError(f"{name}: error: not a file")
        data = path.read_bytes()
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise ExtensionError(f"{name}:{line}: error: not UTF-8") from None


def check_pages(app: Sphinx, env: BuildEnvironment) -> None:
    """Mistake: a page that a pattern in conf.py keeps out of the site."""
    if app.config.include_patterns == ["**"]:
        for path in sorted(Path(app.srcdir).rglob("*.md")):
            if env.path2doc(path) not in env.found_docs:
                logger.warning("the page is not built", location=f"{path}:1")


def check_conf(app: Sphinx, config: Config) -> None:
    """Mistakes: a misspelt setting, which does nothing; one that hides warnings."""
    lines = (Path(app.confdir) / "conf.py").read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        name = re.match(r"([a-z]\w*)( = |\[)", line)
        if name and name[1] not in config and name[1] not in OWN_SETTINGS:
            location = f"{app.confdir}/conf.py:{number}"
            logger.warning("Sphinx has no setting %r", name[1], location=location)
        if line.startswith("suppress_warnings"):
            logger.warning(
                "warnings are mended", location=f"{app.confdir}/conf.py:{number}"
            )


def setup(app: Sphinx) -> dict[str, bool]:
    """Check the settings, then the files, then each page before and after parsing."""
    app.connect("config-inited", check_conf)
    app.connect("builder-inited", check_files)
    app.connect("source-read", check_source)
    app.connect("doctree-read", check_doctree)
    app.connect("env-updated", check_pages)
    return {"parallel_read_safe": True}
