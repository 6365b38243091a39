"""What the cells of a page need beside NumPy, in one small zip for the browser."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SKLEARN = '''"""The digits of scikit-learn, without scikit-learn."""

from types import SimpleNamespace

import numpy as np


def load_digits():
    """Return the handwritten digits as scikit-learn does."""
    rows = np.loadtxt("/site/digits.csv.gz", delimiter=",")
    data, target = rows[:, :-1], rows[:, -1].astype(int)
    images = data.reshape(-1, 8, 8)
    return SimpleNamespace(data=data, target=target, images=images)
'''


def build_bundle() -> tuple[str, bytes]:
    """Return the name of the zip, which has its digest, and its bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(list_files()):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    digest = hashlib.sha256(data.getvalue()).hexdigest()[:12]
    return f"live-{digest}.zip", data.getvalue()


def list_files() -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each file of the bundle."""
    for path in (ROOT / "examples").rglob("*"):
        if path.suffix in {".py", ".json"}:
            yield path.relative_to(ROOT).as_posix(), path.read_bytes()
    yield "live_kernel.py", (Path(__file__).parent / "kernel.py").read_bytes()
    yield "matplotlibrc", (ROOT / ".config" / "matplotlibrc").read_bytes()
    yield "pretty.py", read_installed("ipython", "IPython/lib/pretty.py")
    yield "sklearn/__init__.py", b""
    yield "sklearn/datasets.py", SKLEARN.encode()
    digits = read_installed("scikit-learn", "sklearn/datasets/data/digits.csv.gz")
    yield "digits.csv.gz", digits


def read_installed(package: str, name: str) -> bytes:
    """Return the bytes of a file of an installed package."""
    return Path(distribution(package).locate_file(name)).read_bytes()
