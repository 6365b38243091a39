"""What is dropped from the theme is missed by no page; a new theme is noticed."""

import re
from pathlib import Path

import pytest
from sphinx.errors import ExtensionError

from extensions import lean_theme


def pages_and_styles(site) -> list[tuple[Path, str]]:
    """Return the text of each page and each style sheet."""
    files = [*site.rglob("*.html"), *site.rglob("*.css")]
    return [(path, path.read_text("utf-8")) for path in files]


def test_nothing_that_a_page_names_is_missing(site):
    for path, text in pages_and_styles(site):
        names = re.findall(r'(?:src|href)="([^"#?:]+)[#?"]', text)
        names += re.findall(r"url\([\"']?([^)\"':#]+)[\"']?\)", text)
        for name in names:
            assert (path.parent / name).exists(), f"{path.name}: {name}"


def test_no_page_and_no_style_loads_from_another_host(site):
    tag = (
        r'<(?:script|img|iframe|link rel="stylesheet")[^>]+(?:src|href)="(?:https?:)?//'
    )
    style = r"(?:@import|url\()\s*[\"']?(?:https?:)?//"
    for path, text in pages_and_styles(site):
        assert not re.search(f"{tag}|{style}", text), path.name


def test_the_site_is_light(site):
    assert not list(site.rglob("fontawesome.js"))
    assert not list(site.rglob("*.map"))
    for name in lean_theme.ICONS:
        font = site / "_static" / name
        assert not font.exists() or font.stat().st_size < 10_000
    for page in site.rglob("*.html"):
        loads = "searchindex.js" in page.read_text("utf-8")
        assert loads == (page.name == "search.html")
        assert page.stat().st_size < 1_000_000, page.name


@pytest.fixture
def theme(tmp_path) -> Path:
    """Imitate what a build leaves of the theme."""
    static = tmp_path / "_static"
    for name in ("locales/de/x.mo", "a.map", "b.html", "images/logo_x.png"):
        (static / name).parent.mkdir(parents=True, exist_ok=True)
        (static / name).touch()
    for name in lean_theme.UNUSED:
        if "**" not in name and "logo_" not in name:
            path = static / name.replace("*", "")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    return static


def test_a_theme_that_still_fits_is_made_lighter(theme):
    lean_theme.drop_files(theme)
    assert list(theme.rglob("*")) == []


def test_a_file_that_is_gone_stops_the_build(theme):
    (theme / "scripts" / "fontawesome.js").unlink()
    with pytest.raises(ExtensionError, match="changed: no _static/scripts"):
        lean_theme.drop_files(theme)


def test_a_script_that_is_gone_stops_the_build(tmp_path):
    page = tmp_path / "index.html"
    page.write_text('<script src="_static/searchtools.js"></script>', encoding="utf-8")
    with pytest.raises(ExtensionError, match=r"fontawesome.* in index\.html"):
        lean_theme.mend_pages([page])


def test_a_style_sheet_without_icon_rules_stops_the_build(theme):
    (theme / "styles").mkdir()
    (theme / lean_theme.STYLE).write_text("p{}", encoding="utf-8")
    with pytest.raises(ExtensionError, match="no rule of an icon"):
        lean_theme.drop_icons(theme, [])
