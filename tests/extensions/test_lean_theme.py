"""No page misses what is dropped from the theme, and a new theme is noticed."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import FRONT, ROOT, copy_project, run_sphinx
from sphinx.errors import ExtensionError

from extensions import lean_theme
from extensions.policy import add_policy


def read_pages_and_styles(site) -> list[tuple[Path, str]]:
    """Return the text of each page and each style sheet."""
    files = [*site.rglob("*.html"), *site.rglob("*.css")]
    return [(path, path.read_text("utf-8")) for path in files]


def test_nothing_that_a_page_names_is_missing(site):
    for path, text in read_pages_and_styles(site):
        names = re.findall(r'(?:src|href)="([^"#?:]+)[#?"]', text)
        names += re.findall(r"url\([\"']?([^)\"':#?]+)[)\"'?]", text)
        for name in names:
            assert (path.parent / name).exists(), f"{path.name}: {name}"


def test_no_page_and_no_style_loads_from_another_host(site):
    tag = (
        r'<(?:script|img|iframe|link rel="stylesheet")[^>]+(?:src|href)="(?:https?:)?//'
    )
    style = r"(?:@import|url\()\s*[\"']?(?:https?:)?//"
    for path, text in read_pages_and_styles(site):
        assert not re.search(f"{tag}|{style}", text), path.name


def test_every_variable_that_a_style_sheet_of_ours_reads_is_defined(site):
    styles = "".join(path.read_text("utf-8") for path in site.rglob("*.css"))
    defined = set(re.findall(r"(--[\w-]+)\s*:", styles))
    for path in ROOT.glob("docs/_static/*.css"):
        read = set(re.findall(r"var\((--[\w-]+)\)", path.read_text("utf-8")))
        assert read <= defined, path.name


def test_the_site_is_light(site):
    assert not list(site.rglob("fontawesome.js"))
    assert not list(site.rglob("*.map"))
    for name in lean_theme.ICONS:
        font = site / "_static" / name
        assert not font.exists() or font.stat().st_size < 10_000
    for page in site.rglob("*.html"):
        assert "searchindex.js" not in page.read_text("utf-8")
        assert page.stat().st_size < 1_000_000, page.name


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """Build a small site with all that the theme serves."""
    folder = tmp_path_factory.mktemp("whole")
    pages = {"index.md": f"{FRONT}(home)=\n# Home\n"}
    # The other two come later, and refuse what the theme writes into each page.
    later = ("lean_theme", "policy", "digests")
    conf = "".join(f"extensions.remove('extensions.{name}')\n" for name in later)
    run = run_sphinx(copy_project(folder, pages, conf))
    assert run.returncode == 0, run.stderr
    return folder / "_build" / "html"


@pytest.fixture
def app(whole, tmp_path) -> SimpleNamespace:
    """Return what the extension reads of Sphinx, with a copy of the whole site."""
    outdir = shutil.copytree(whole, tmp_path / "html")
    return SimpleNamespace(outdir=outdir, builder=SimpleNamespace(name="html"))


def change_files(outdir: Path, glob: str, pattern: str, new: str) -> None:
    """Replace a pattern in the files of a site, as a new theme might."""
    for path in outdir.glob(glob):
        old = path.read_text("utf-8")
        text = re.sub(pattern, new, old, flags=re.DOTALL)
        assert text != old, f"{pattern} is not in {path.name}"
        path.write_text(text, "utf-8")


def test_the_theme_of_today_is_made_lighter(app):
    before = {path.name for path in app.outdir.rglob("*")}
    lean_theme.drop_unused(app, None)
    after = {path.name for path in app.outdir.rglob("*")}
    assert "fontawesome.js" in before - after
    assert "pydata-sphinx-theme.css" in after


def test_a_page_of_an_earlier_build_is_left_as_it_is(app):
    page = app.outdir / "index.html"
    lean_theme.fix_pages(app.outdir, [page])
    finished = add_policy(page.read_text("utf-8"))
    page.write_text(finished, "utf-8")
    lean_theme.fix_pages(app.outdir, [page])
    assert page.read_text("utf-8") == finished


@pytest.mark.parametrize("pattern", lean_theme.UNUSED)
def test_a_file_that_is_gone_stops_the_build(pattern, app):
    for path in (app.outdir / "_static").glob(pattern):
        if path.is_file():
            path.unlink()
    said = f"sphinx-book-theme has changed: it has no _static/{pattern}; see extensions"
    with pytest.raises(ExtensionError, match=re.escape(said)):
        lean_theme.drop_unused(app, None)


def test_an_index_that_is_gone_stops_the_build(app):
    (app.outdir / lean_theme.INDEX).unlink()
    said = "Sphinx has changed: it has no searchindex.js; see extensions"
    with pytest.raises(ExtensionError, match=said):
        lean_theme.drop_unused(app, None)


@pytest.mark.parametrize(
    "tag",
    [
        *lean_theme.SCRIPTS,
        *lean_theme.SEARCH,
        *lean_theme.TABS,
        *lean_theme.FIXED,
        *lean_theme.INLINE,
    ],
)
def test_a_tag_that_is_gone_stops_the_build(tag, app):
    change_files(app.outdir, "index.html", tag, "")
    said = f"sphinx-book-theme has changed: it has no {tag} in index.html; see extens"
    with pytest.raises(ExtensionError, match=re.escape(said)):
        lean_theme.drop_unused(app, None)


FOLD = (
    '<a class="reference internal" href="recipes.html">Recipes</a><details><summary>'
    '<span class="toctree-toggle" role="presentation"></span></summary></details>'
)


def test_the_button_that_folds_a_group_of_pages_has_a_name(app):
    change_files(app.outdir, "index.html", "</body>", f"{FOLD}</body>")
    lean_theme.drop_unused(app, None)
    html = (app.outdir / "index.html").read_text("utf-8")
    assert '<summary aria-label="Pages on Recipes"><span' in html


def test_a_button_of_another_form_stops_the_build(app):
    button = FOLD.replace("<details>", "<div>")
    change_files(app.outdir, "index.html", "</body>", f"{button}</body>")
    with pytest.raises(ExtensionError, match="sphinx-book-theme has changed"):
        lean_theme.drop_unused(app, None)


def test_a_style_sheet_without_icon_rules_stops_the_build(app):
    change_files(app.outdir, f"_static/{lean_theme.STYLE}", r"--fa:", "--icon:")
    said = "sphinx-book-theme has changed: it has no rule of an icon"
    with pytest.raises(ExtensionError, match=said):
        lean_theme.drop_unused(app, None)


@pytest.mark.parametrize("font", lean_theme.ICONS)
def test_an_icon_font_that_is_gone_stops_the_build(font, app):
    (app.outdir / "_static" / font).unlink()
    said = f"sphinx-book-theme has changed: it has no {font}; see"
    with pytest.raises(ExtensionError, match=re.escape(said)):
        lean_theme.drop_unused(app, None)


def test_an_unused_icon_font_without_a_rule_stops_the_build(app):
    change_files(app.outdir, f"_static/{lean_theme.STYLE}", r"fa-regular-400", "far")
    said = "sphinx-book-theme has changed: it has no rule of vendor.*fa-regular-400"
    with pytest.raises(ExtensionError, match=said):
        lean_theme.drop_unused(app, None)
