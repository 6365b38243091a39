"""Drop what the theme sends and no page of this site uses.

The theme's icon script alone weighs more than all our pages, and the search index is
only of use to a reader who searches. Each step insists on finding what it drops, so
that a new version of the theme is looked at, not trusted.
"""

import io
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

STYLE = "styles/pydata-sphinx-theme.css"
# Each font of icons, and the classes of what it draws.
ICONS = {
    "vendor/fontawesome/webfonts/fa-solid-900.woff2": r"\b(fas|fa-solid)\b",
    "vendor/fontawesome/webfonts/fa-brands-400.woff2": r"\b(fab|fa-brands)\b",
    "vendor/fontawesome/webfonts/fa-regular-400.woff2": r"\b(far|fa-regular)\b",
}
UNUSED = (
    "locales/**/*",
    "**/*.map",
    "**/*.html",
    "images/logo_*",
    "scripts/fontawesome.js*",
)
SCRIPTS = (
    r'\s*<script defer src="[^"]*/fontawesome\.js[^"]*"></script>',
    r'\s*<script src="[^"]*searchtools\.js[^"]*"></script>',
    r'\s*<script src="[^"]*language_data\.js[^"]*"></script>',
    r'\s*<script src="[^"]*searchindex\.js[^"]*"></script>',
)
# What a page without tabs has no use for.
TABS = (
    r'\s*<link rel="stylesheet"[^>]* href="[^"]*sphinx-design\.min\.css[^"]*" />',
    r'\s*<script[^>]* src="[^"]*design-tabs\.js[^"]*"></script>',
)
# What a screen reader stumbles over: a button that is not named by the words it shows,
# a logo outside all landmarks.
MENDED = {
    r'(<button class="btn search-button-field[^>]*) aria-label="Search"': r"\1",
    r'(<a class="navbar-brand logo".*?</a>)': r'<nav aria-label="Home">\1</nav>',
}
ICON_RULE = re.compile(
    r'(?P<names>\.fa-[^{},]+(?:,\.fa-[^{},]+)*)\{--fa:"(?P<code>[^"]+)"\}'
)


def found(text: object, what: str) -> None:
    """Stop when the theme no longer has what is dropped."""
    if not text:
        message = "the theme has changed: no %s; see extensions/lean_theme.py"
        raise ExtensionError(message % what)


def drop_files(static: Path) -> None:
    """Delete what no page asks for."""
    for pattern in UNUSED:
        files = [path for path in static.glob(pattern) if path.is_file()]
        found(files, f"_static/{pattern}")
        for path in files:
            path.unlink()
    for folder in sorted(static.rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def mend_pages(pages: list[Path]) -> None:
    """Leave the search to the page that searches, tabs to the page that has them."""
    for page in pages:
        html = page.read_text("utf-8")
        unused = SCRIPTS[: 1 if page.name == "search.html" else None]
        for tag in unused + (() if "sd-tab-set" in html else TABS):
            html, count = re.subn(tag, "", html)
            found(count, f"{tag} in {page.name}")
        for stumble, mended in MENDED.items():
            html, count = re.subn(stumble, mended, html, flags=re.DOTALL)
            found(count, f"{stumble} in {page.name}")
        page.write_text(html, encoding="utf-8")


def drop_icons(static: Path, pages: list[Path]) -> None:
    """Keep the rules and the glyphs of the icons that pages and scripts name."""
    sources = [*pages, *static.glob("scripts/*.js")]
    text = "".join(path.read_text("utf-8") for path in sources)
    used = set(re.findall(r"\bfa-[a-z0-9-]+", text))
    style = static / STYLE
    css = style.read_text("utf-8")
    found(ICON_RULE.search(css), "rule of an icon")

    def kept(rule: re.Match) -> str:
        names = {name.strip().removeprefix(".") for name in rule["names"].split(",")}
        return rule[0] if names & used else ""

    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", ICON_RULE.sub(kept, css))
    codes = [int(code, 16) for code in re.findall(r'"\\([0-9a-f]{4})"', css)]
    for name, classes in ICONS.items():
        found((static / name).exists(), name)
        if re.search(classes, text):
            cut(static / name, codes)
        else:
            (static / name).unlink()
            face = rf"@font-face\{{[^}}]*{Path(name).name}[^}}]*\}}"
            css, count = re.subn(face, "", css)
            found(count, f"rule of {name}")
    style.write_text(css, encoding="utf-8")


def cut(path: Path, codes: list[int]) -> None:
    """Leave a font the glyphs of these characters."""
    font = TTFont(path, recalcTimestamp=False)
    subsetter = subset.Subsetter(subset.Options(layout_features=[]))
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    data = io.BytesIO()
    font.save(data)
    path.write_bytes(data.getvalue())


def lighten(app: Sphinx, exception: Exception | None) -> None:
    """Drop all of it from a site that was built without an error."""
    if exception is None and app.builder.name == "html":
        static = Path(app.outdir) / "_static"
        drop_files(static)
        pages = sorted(Path(app.outdir).rglob("*.html"))
        mend_pages(pages)
        drop_icons(static, pages)


def setup(app: Sphinx) -> dict[str, bool]:
    """Work on the finished site."""
    app.connect("build-finished", lighten)
    return {"parallel_read_safe": True}
