"""What the cells of a page need beside NumPy, in one small zip for the browser."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from extensions.imports import DATA, ROOT

OWN = ("explorer_html", "imports", "svg", "upstream", "live/kernel", "live/library")
# What an installed package has, where the browser finds it.
INSTALLED = {
    "pretty.py": ("ipython", "IPython/lib/pretty.py"),
    "sklearn/data/digits.csv.gz": (
        "scikit-learn",
        "sklearn/datasets/data/digits.csv.gz",
    ),
}


def build_bundle() -> tuple[str, bytes]:
    """Return the name of the zip, which has its digest, and its bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in sorted(list_files()):
            entry = zipfile.ZipInfo(name)  # without a date: builds are identical
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    digest = hashlib.sha256(data.getvalue()).hexdigest()[:12]
    return f"live-{digest}.zip", data.getvalue()


def list_files() -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each file of the bundle."""
    suffixes = {".py", *DATA}
    examples = (x for x in ROOT.glob("examples/**/*") if x.suffix in suffixes)
    for path in (*examples, *(ROOT / f"extensions/{name}.py" for name in OWN)):
        yield path.relative_to(ROOT).as_posix(), path.read_bytes()
    for folder in ("extensions", "extensions/live", "sklearn"):
        yield f"{folder}/__init__.py", b""
    yield "matplotlibrc", (ROOT / ".config" / "matplotlibrc").read_bytes()
    yield "sklearn/datasets.py", Path(__file__).with_name("digits.py").read_bytes()
    for name, (package, path) in INSTALLED.items():
        yield name, Path(distribution(package).locate_file(path)).read_bytes()
