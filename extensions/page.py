"""A page as its author wrote it: its lines, its code cells, its prose."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import yaml

# :::{question} How do I ...? and the options below it, such as :slug: name
QUESTION = re.compile(r"(:{3,})\{question\}\s*(.*)")
OPTION = re.compile(r":([\w-]+):\s*(.*)")
GAP = re.compile(r"^\w+ = \.\.\..*$", re.MULTILINE)  # of an exercise: x = ...
# The first line and the last line of a cell, and of a cell whose output is recorded.
CELL = re.compile(r"```\{code-cell\}( ipython3)?\s*"), "```"
RECORDED = re.compile(r":::\{recorded\} (\S.*)"), ":::"
NOT_PROSE = re.compile(
    r"(?sm)\A---\n.*?\n---\n"  # front matter
    r"|^:[\w-]+:[^\n]*$"  # options of directives
    r"|\$\$.*?\$\$|\$[^$\n]+\$"  # formulas
    r"|\{\w[^{}]*\}`[^`]*`|(`+)[^`].*?\1"  # roles and code spans
)


Fault = tuple[int, str]


class Cell(NamedTuple):
    """A code cell of a page: its options, its code and the line of each."""

    line: int
    options: dict
    code_line: int
    code: str


class RecordedCell(NamedTuple):
    """A cell whose output is recorded: the libraries that it needs, and its code."""

    line: int
    tools: str
    code: str


class Box(NamedTuple):
    """An answer, a law or an exercise: its line, its kind, the cells below it."""

    line: int
    kind: str
    cells: list[Cell]


class Question(NamedTuple):
    """A question of a page as its author wrote it, and the cells that answer it.

    The cells are those between the question and the next heading or exercise, without
    the hidden ones. The option ``:cells: 2`` takes only the first two.
    """

    line: int
    text: str
    options: dict[str, str]
    body: list[str]
    cells: list[Cell]
    recorded: list[RecordedCell]


class Page(NamedTuple):
    """A page as its author wrote it, with its code cells."""

    lines: list[str]
    cells: list[Cell]

    @property
    def prose(self) -> list[tuple[int, str]]:
        """Number the lines, emptied of cells, formulas, roles and code spans."""
        inside = find_code_lines(self.lines)
        text = "\n".join(
            "" if number in inside else line
            for number, line in enumerate(self.lines, 1)
        )
        text = NOT_PROSE.sub(lambda match: "\n" * match[0].count("\n"), text)
        return list(enumerate(text.split("\n"), 1))

    @property
    def recorded(self) -> list[RecordedCell]:
        """Return the cells whose output is recorded, in their order."""
        found = []
        for block in find_blocks(self.lines, *RECORDED):
            opening, *code, _ = (self.lines[n - 1] for n in block)
            tools = RECORDED[0].fullmatch(opening)[1]
            found.append(RecordedCell(block[0], tools, "\n".join(code)))
        return found

    @property
    def boxes(self) -> list[Box]:
        """Return each answer, law and exercise, with the cells up to the next."""
        found = [
            (number, match[1])
            for number, line in enumerate(self.lines, 1)
            if (match := re.match(r":{3,}\{(answer|law|exercise)\}", line))
        ]
        return [
            Box(line, kind, [cell for cell in self.cells if line < cell.line < end])
            for (line, kind), (end, _) in pairwise([*found, (len(self.lines) + 1, "")])
        ]

    @property
    def headings(self) -> list[int]:
        """Return the number of each line that is a heading."""
        inside = find_code_lines(self.lines)
        return [
            number
            for number, line in enumerate(self.lines, 1)
            if re.match("#+ ", line) and number not in inside
        ]

    @property
    def questions(self) -> list[Question]:
        """Return each question, with the visible cells of its section."""
        return [
            read_question(self, number, match)
            for number, line in enumerate(self.lines, 1)
            if (match := QUESTION.fullmatch(line))
        ]


def read_question(page: Page, line: int, opening: re.Match) -> Question:
    """Read the options and the answer of a question, and find its cells."""
    fence, text = opening.groups()
    options, body = {}, []
    for inside in page.lines[line:]:
        if inside.rstrip() == fence:
            break
        option = None if body else OPTION.fullmatch(inside.rstrip())
        if option:
            options[option[1]] = option[2]
        elif body or inside.strip():
            body.append(inside)
    exercises = [box.line for box in page.boxes if box.kind == "exercise"]
    ends = [*page.headings, *exercises, len(page.lines) + 1]
    end = min(number for number in ends if number > line)
    below = [cell for cell in page.cells if line < cell.line < end]
    cells = [x for x in below if "hide-cell" not in (x.options.get("tags") or [])]
    count = options.get("cells", "")
    cells = cells[: int(count)] if count.isdecimal() else cells
    recorded = [cell for cell in page.recorded if line < cell.line < end]
    return Question(line, text, options, body, cells, recorded)


def find_cell_lines(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines of all cells, with their fences."""
    return find_block_lines(lines, *CELL)


def find_code_lines(lines: list[str]) -> set[int]:
    """Return the numbers of the lines of all cells, executed or recorded."""
    return {*find_block_lines(lines, *CELL), *find_block_lines(lines, *RECORDED)}


def find_block_lines(lines: list[str], opening: re.Pattern, end: str) -> Iterator[int]:
    """Yield the numbers of the lines from the opening of each block to its end."""
    inside = False
    for number, line in enumerate(lines, 1):
        opens = not inside and bool(opening.fullmatch(line))
        if inside or opens:
            yield number
        inside = opens or (inside and line.rstrip() != end)


def find_blocks(lines: list[str], opening: re.Pattern, end: str) -> Iterator[list[int]]:
    """Yield the numbers of the lines of each block that has an end."""
    block = []
    for number in find_block_lines(lines, opening, end):
        block.append(number)
        if lines[number - 1].rstrip() == end:
            yield block
            block = []


def open_page(path: str | Path) -> Page:
    """Read the file of a page."""
    return read_page(Path(path).read_text("utf-8-sig"))


def read_page(text: str) -> Page:
    """Split a page into lines and cells."""
    lines = text.splitlines()
    return Page(lines, [read_cell(lines, block) for block in find_blocks(lines, *CELL)])


def read_cell(lines: list[str], block: list[int]) -> Cell:
    """Separate the options of a cell (``:tags:`` or a YAML block) from its code."""
    body = [lines[n - 1] for n in block[1:-1]]
    start = 0
    if body[:1] == ["---"] and "---" in body[1:]:
        start = body.index("---", 1) + 1
        options = read_options(body[1 : start - 1])
    else:
        while start < len(body) and body[start].startswith(":"):
            start += 1
        options = read_options([line[1:] for line in body[:start]])
    while start < len(body) and not body[start].strip():
        start += 1
    return Cell(block[0], options, block[0] + 1 + start, "\n".join(body[start:]))


def read_options(lines: list[str]) -> dict:
    """Read a cell's options; broken YAML becomes an option that no cell has."""
    try:
        return yaml.safe_load("\n".join(lines)) or {}
    except yaml.MarkedYAMLError as error:
        return {f"(not YAML: {error.problem})": None}
