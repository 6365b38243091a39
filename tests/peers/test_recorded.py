"""The recorded cells of the pages still show what the record says.

The cells of a page run in an interpreter of their own. Delete
``examples/libraries/recorded.json`` to write it anew: the session writes it, and fails
once so that someone reads the difference.
"""

import functools
import json

import pytest
from conftest import PAGES, ROOT

from examples.libraries.probes import find_version
from extensions.page import RecordedCell, open_page
from extensions.recorded import RECORD, read_record
from tests.peers.process import describe_run, run_module

PACKAGES = {
    "Dask": "dask",
    "JAX": "jax",
    "NumPy": "numpy",
    "Numba": "numba",
    "PyTorch": "torch",
    "TensorFlow": "tensorflow",
    "Zarr": "zarr",
    "array-api-strict": "array-api-strict",
    "basedpyright": "basedpyright",
    "mypy": "mypy",
    "pylint": "pylint",
}


def find_cells(name: str) -> list[RecordedCell]:
    """Return the recorded cells of a page."""
    return open_page(ROOT / "docs" / f"{name}.md").recorded


NAMES = [
    name for page in PAGES if find_cells(name := page.removesuffix(".md"))
]  # of the pages that have a recorded cell


def find_versions(name: str) -> dict[str, str]:
    """Return the version of each tool of a page; nothing if it is not installed."""
    tools = {tool for cell in find_cells(name) for tool in cell.tools.split(", ")}
    return {tool: find_version(PACKAGES[tool]) for tool in sorted(tools)}


@functools.cache
def run_page(name: str) -> list[list[str]]:
    """Run the recorded cells of a page; return the lines that each shows."""
    return run_module("tests.peers.run_cells", name)


def write_record() -> list[str]:
    """Write what the cells of every page show; return the tools that are missing."""
    versions = {}
    for name in NAMES:
        versions |= find_versions(name)
    if missing := [tool for tool, version in versions.items() if not version]:
        return missing
    record = {
        **describe_run(),
        "versions": versions,
        "pages": {
            name: [
                {"tools": cell.tools, "code": cell.code.split("\n"), "output": output}
                for cell, output in zip(find_cells(name), run_page(name), strict=True)
            ]
            for name in NAMES
        },
    }
    text = json.dumps(record, indent=1, ensure_ascii=False)
    RECORD.write_text(text + "\n", "utf-8")
    return []


@pytest.fixture(scope="module")
def record() -> dict:
    """Return what the pages show."""
    if RECORD.exists():
        return read_record()
    missing = write_record()
    pytest.fail(
        f"{RECORD.name} is not written, because these are not installed: {missing}"
        if missing
        else f"{RECORD.name} is written anew: read the difference"
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_recorded_cells_of_a_page_show_what_the_record_says(record, name, count):
    missing = [tool for tool, version in find_versions(name).items() if not version]
    if missing:
        pytest.skip(f"not installed: {missing}")
    said = [cell["output"] for cell in record["pages"][name]]
    for tool, version in find_versions(name).items():
        count("recorded cells, pages run", f"{tool} {version}")
    assert run_page(name) == said
