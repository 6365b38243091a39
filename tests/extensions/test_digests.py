"""The address of a file says what the file has, so that it can be cached for long."""

import hashlib
import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

from extensions.digests import add_digests

LOADED = re.compile(r'<(?:script|link|img)\b[^>]*? (?:src|href)="([^"]*_static/[^"]*)"')
NAMED = re.compile(r"url\(([^)#:]+)\)|@import \"([^\"]+)\"")
PAGE = """<link rel="stylesheet" href="_static/x.css?digest=1"><a href="_static/x.zip">
<script data-x="1" src="_static/x.js"></script><link rel="next" href="x.html">"""


@cache
def compute_digest(path: Path) -> str:
    """Return the start of the digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def test_each_address_that_a_page_or_a_style_loads_has_the_digest_of_its_file(site):
    for page in [*site.rglob("*.html"), *site.rglob("*.css")]:
        text = page.read_text("utf-8")
        found = (LOADED if page.suffix == ".html" else NAMED).findall(text)
        for address in ("".join(x) for x in found):
            name, _, version = address.strip("\"'").partition("?v=")
            path = (page.parent / name).resolve()
            assert version == compute_digest(path), f"{page.name}: {address}"


def test_each_file_of_the_live_runtime_is_in_a_folder_with_a_digest(live_site):
    (folder,) = live_site.glob("_static/pyodide-*")
    assert re.fullmatch(r"pyodide-[\d.]+-[0-9a-f]{8}", folder.name)


@pytest.fixture
def app(tmp_path) -> SimpleNamespace:
    """Return what the extension reads of Sphinx, with a page and what it loads."""
    static = tmp_path / "_static"
    static.mkdir()
    (static / "x.js").write_text("x()", "utf-8")
    (static / "x.css").write_text('@import "y.css";', "utf-8")
    (static / "y.css").write_text(
        "a { src: url(x.woff2) url(data:x) url(#x) }", "utf-8"
    )
    (static / "x.woff2").write_bytes(b"font")
    (tmp_path / "x.html").write_text(PAGE, "utf-8")
    builder = SimpleNamespace(name="html")
    return SimpleNamespace(outdir=tmp_path, builder=builder, _warncount=0)


def read_versions(app: SimpleNamespace) -> list[str]:
    """Return the digests of the style sheet and the script on the page."""
    add_digests(app, None)
    html = (app.outdir / "x.html").read_text("utf-8")
    assert '"_static/x.zip"' in html
    assert '"x.html"' in html
    return re.findall(r"\?v=(\w+)", html)


def test_a_font_that_changes_changes_the_address_of_each_style_around_it(app):
    style, script = read_versions(app)
    assert read_versions(app) == [style, script]
    (app.outdir / "_static" / "x.woff2").write_bytes(b"another font")
    other, same = read_versions(app)
    assert (other != style, same) == (True, script)
    inner = (app.outdir / "_static" / "y.css").read_text("utf-8")
    assert re.fullmatch(
        r"a \{ src: url\(x\.woff2\?v=\w+\) url\(data:x\) url\(#x\) \}", inner
    )


def test_a_file_that_is_missing_is_refused(app):
    (app.outdir / "_static" / "x.woff2").unlink()
    with pytest.raises(
        ExtensionError, match=r"^y\.css: error: there is no file x\.woff2"
    ):
        add_digests(app, None)
