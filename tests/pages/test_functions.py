"""Each function that readers use has an entry with a complete docstring."""

import ast
import inspect
import re
from typing import NamedTuple

import pytest
from conftest import PAGES, ROOT

from extensions.functions.directive import load_object, summarize
from extensions.functions.registry import find_example_imports
from extensions.functions.uses import follow_names, list_tests, read_definitions
from extensions.imports import find_file
from extensions.page import Cell, open_page

REFERENCE = ROOT / "docs" / "reference" / "functions.md"
# These modules run the experiments of one page, or show what was measured.
EXPERIMENTS = {
    "error_texts",
    "fast_steps",
    "index_sample",
    "libraries.in_plain_python",
    "libraries.probes",
    "libraries.table",
    "measurements",
    "pictures",
    "stopwatch",
    "symptoms",
    "wrong_lines",
}
# Gradients that tests compare with a gradient of another function, and functions that
# give no gradient of a formula.
OTHERS = {
    "Sums",
    "central_difference",
    "compute_on_local_cluster",
    "compute_over_processes",
    "compute_over_workers",
    "rounding_bound",
    "train",
}
DTYPES = "float|int|number|boolean|dtype"


class Entry(NamedTuple):
    """An entry of the reference: its label, its heading, its function and its cells."""

    label: str
    heading: str
    name: str
    cells: list[Cell]


def read_entries() -> list[Entry]:
    """Return the entries of the reference, in their order."""
    page = open_page(REFERENCE)
    text = "\n".join(page.lines)
    pattern = r"\(([\w-]+)\)=\n### (.+)\n\n:::\{function-entry\} (\S+)"
    matches = list(re.finditer(pattern, text))
    starts = [text[: match.start()].count("\n") + 1 for match in matches]
    found = []
    for match, start in zip(matches, starts, strict=True):
        after = [line for line in page.headings if line > start + 1]
        cells = [cell for cell in page.cells if start < cell.line < min(after)]
        found.append(Entry(*match.groups(), cells))
    return found


ENTRIES = read_entries()
each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda x: x.label)


def read_sections(function) -> dict[str, str]:
    """Return the text below each underlined title of a docstring."""
    parts = re.split(r"^(\w+)\n-+\n", inspect.getdoc(function), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def read_fields(section: str) -> dict[str, tuple[str, str]]:
    """Return the type and the description of each name in a section.

    A result without a name has its type in the place of the name.
    """
    found = {}
    for part in re.split(r"^(?=\S)", section, flags=re.MULTILINE)[1:]:
        first, _, rest = part.partition("\n")
        names, _, kind = first.partition(" : ")
        is_type = "array" in names or " of " in names
        for name in [names] if is_type else names.split(", "):
            found[name.lstrip("*")] = kind, " ".join(rest.split())
    return found


def raises_errors(function) -> bool:
    """Return whether a function raises an error, itself or by others of its file."""
    module = inspect.getmodule(function)
    tree = ast.parse(inspect.getsource(module))
    used = follow_names(function.__name__, read_definitions(tree))
    used.add(function.__name__)
    return any(
        isinstance(node, ast.Raise)
        for definition in tree.body
        if getattr(definition, "name", "") in used
        for node in ast.walk(definition)
    )


@each_entry
def test_the_label_and_the_heading_have_the_name(entry):
    module, _, name = entry.name.rpartition(".")
    long = f"{module.rpartition('.')[2]}_{name}"
    labels = {f"functions_{x}".lower().replace("_", "-") for x in (name, long)}
    assert entry.label in labels
    assert entry.heading.split(",")[0] == f"`{name}`"


@each_entry
def test_the_docstring_has_each_parameter_and_no_other(entry):
    function = load_object(entry.name)
    title = "Attributes" if inspect.isclass(function) else "Parameters"
    fields = read_fields(read_sections(function)[title])
    assert sorted(fields) == sorted(inspect.signature(function).parameters)


@each_entry
def test_the_docstring_gives_the_shape_and_the_dtype_of_each_array(entry):
    sections = read_sections(load_object(entry.name))
    for title in {"Parameters", "Attributes", "Returns"} & sections.keys():
        for name, (kind, text) in read_fields(sections[title]).items():
            said = f"{name} {kind} {text}"
            if "array" in f"{name} {kind}":
                assert re.search(r"shape|ax[ei]s", said), said
                assert re.search(DTYPES, said), said


@each_entry
def test_the_docstring_has_the_result_the_errors_and_a_source(entry):
    function = load_object(entry.name)
    sections = read_sections(function)
    if not inspect.isclass(function):
        assert {"Returns", "References"} <= sections.keys()
        assert ("Raises" in sections) >= raises_errors(function)


def test_each_gradient_is_compared_with_differences():
    for entry in ENTRIES:
        function = load_object(entry.name)
        result = read_sections(function).get("Returns", "")
        summary = summarize(entry.name)
        is_gradient = re.search("(?i)gradient|derivative", f"{summary} {result}")
        if is_gradient and entry.name.rpartition(".")[2] not in OTHERS:
            code = "\n".join(cell.code for cell in entry.cells)
            assert "assert error < bound" in code, entry.name


def test_each_test_that_the_reference_names_exists():
    page = open_page(REFERENCE)
    named = set(re.findall(r"`(test_\w+)`", "\n".join(page.lines)))
    files = [x for entry in ENTRIES for x in list_tests()[entry.name].values()]
    assert named
    assert named <= {name for names in files for name in names}


def list_parts() -> set[str]:
    """Return all functions that a function with an entry calls in its own file."""
    found = set()
    for entry in ENTRIES:
        module, _, name = entry.name.rpartition(".")
        code = find_file(module).read_text("utf-8")
        used = follow_names(name, read_definitions(ast.parse(code)))
        found |= {f"{module}.{x}" for x in used}
    return found


def test_each_function_that_pages_import_has_an_entry_or_is_a_part_of_one():
    imports = set()
    for page in PAGES:
        imports |= find_example_imports(open_page(ROOT / "docs" / page))
    left = imports - {entry.name for entry in ENTRIES} - list_parts()
    modules = {name for name in left if find_file(name)}
    assert [
        name
        for name in sorted(left - modules)
        if not re.match(rf"examples\.({'|'.join(EXPERIMENTS)})\b", name)
    ] == []


def test_the_reference_of_the_site_leads_back_and_forth(site):
    text = (site / "reference" / "functions.html").read_text("utf-8")
    for name in ("gradient/checks", "practice/fast", "indexing/shape-rules"):
        assert f'href="../{name}.html' in text
        page = (site / f"{name}.html").read_text("utf-8")
        line = page.partition('<p class="function-links">')[2].partition("</p>")[0]
        assert '"../reference/functions.html#functions-' in line
