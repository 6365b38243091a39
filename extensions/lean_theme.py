"""Drop what the theme serves and no page of this site uses.

The theme's icon script alone is larger than all our pages, and extensions.search
replaces the search of Sphinx. What the theme writes into each page moves into files,
because extensions.policy forbids it there. Each step requires what it drops, so that a
new version of the theme stops the build instead of passing unseen.
"""

import io
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

from extensions.policy import has_policy
from extensions.upstream import require

THEME = "sphinx-book-theme"
STYLE = "styles/pydata-sphinx-theme.css"
# Each icon font, and the classes of the icons that it draws.
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
    # The search of Sphinx.
    "searchtools.js",
    "language_data.js",
    "*-stemmer.js",
    "sphinx_highlight.js",
)
INDEX = "searchindex.js"
ICON_SCRIPT = r'\s*<script defer src="[^"]*/fontawesome\.js[^"]*"></script>'
HIGHLIGHT = r'\s*<script src="[^"]*sphinx_highlight\.js[^"]*"></script>'
SCRIPTS = (ICON_SCRIPT, HIGHLIGHT)
# What the theme loads on every page but the search page, whose template is ours.
SEARCH = (
    r'\s*<script src="[^"]*searchtools\.js[^"]*"></script>',
    r'\s*<script src="[^"]*language_data\.js[^"]*"></script>',
    r'\s*<script src="[^"]*searchindex\.js[^"]*"></script>',
)
# What only a page with tabs needs.
TABS = (
    r'\s*<link rel="stylesheet"[^>]* href="[^"]*sphinx-design\.min\.css[^"]*" />',
    r'\s*<script[^>]* src="[^"]*design-tabs\.js[^"]*"></script>',
)
# What confuses a screen reader: a button whose name is not the text that it shows, and
# a logo outside all landmarks.
FIXED = {
    r'(<button class="btn search-button-field[^>]*) aria-label="Search"': r"\1",
    r'(<a class="navbar-brand logo".*?</a>)': r'<nav aria-label="Home">\1</nav>',
}
# Scripts, a style and a handler inside each page. first-paint.js does what they did.
INLINE = {
    r'\s*<script data-cfasync="false">\s*document\.documentElement\.dataset\.mode = '
    r"localStorage.*?</script>": "",
    r"\s*<script>DOCUMENTATION_OPTIONS\.[^<]*</script>": "",
    r"<style>\s*\.pst-js-only \{ display: none !important; \}\s*</style>": (
        '<link rel="stylesheet" href="{root}_static/no-script.css" />'
    ),
    r'<button onclick="toggleFullScreen\(\)"\s+class="': '<button class="pst-js-only ',
}
# The button that folds a group of pages in the menu has an icon and no name.
FOLD = re.compile(
    r'(>([^<]*)</a><details[^>]*><summary)(?=><span class="toctree-toggle")'
)
ICON_RULE = re.compile(
    r'(?P<names>\.fa-[^{},]+(?:,\.fa-[^{},]+)*)\{--fa:"(?P<code>[^"]+)"\}'
)


def drop_files(static: Path) -> None:
    """Delete the files that no page loads."""
    for pattern in UNUSED:
        files = [path for path in static.glob(pattern) if path.is_file()]
        require(files, THEME, f"_static/{pattern}", __name__)
        for path in files:
            path.unlink()
    for folder in sorted(static.rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def fix_pages(outdir: Path, pages: list[Path]) -> None:
    """Load no search of Sphinx, and tabs only on a page with tabs."""
    for page in pages:
        html = page.read_text("utf-8")
        if has_policy(html):  # an earlier build has finished the page
            continue
        root = "../" * (len(page.relative_to(outdir).parts) - 1)
        search = () if page.name == "search.html" else SEARCH
        tabs = () if "sd-tab-set" in html else TABS
        for tag in (*SCRIPTS, *search, *tabs):
            html, count = re.subn(tag, "", html)
            require(count, THEME, f"{tag} in {page.name}", __name__)
        for fault, fixed in (FIXED | INLINE).items():
            fixed = fixed.replace("{root}", root)
            html, count = re.subn(fault, fixed, html, flags=re.DOTALL)
            require(count, THEME, f"{fault} in {page.name}", __name__)
        html, count = FOLD.subn(r'\1 aria-label="Pages on \2"', html)
        require(
            count == html.count("toctree-toggle"),
            THEME,
            f"{FOLD.pattern} in {page.name}",
            __name__,
        )
        page.write_text(html, encoding="utf-8")


def drop_icons(static: Path, pages: list[Path]) -> None:
    """Keep the rules and glyphs only of icons that a page or a script names."""
    sources = [*pages, *static.glob("scripts/*.js")]
    text = "".join(path.read_text("utf-8") for path in sources)
    used = set(re.findall(r"\bfa-[a-z0-9-]+", text))
    style = static / STYLE
    css = style.read_text("utf-8")
    require(ICON_RULE.search(css), THEME, f"rule of an icon in {STYLE}", __name__)

    def keep_used(rule: re.Match) -> str:
        names = {name.strip().removeprefix(".") for name in rule["names"].split(",")}
        return rule[0] if names & used else ""

    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", ICON_RULE.sub(keep_used, css))
    codes = [int(code, 16) for code in re.findall(r'"\\([0-9a-f]{4})"', css)]
    for name, classes in ICONS.items():
        require((static / name).exists(), THEME, name, __name__)
        if re.search(classes, text):
            cut_font(static / name, codes)
        else:
            (static / name).unlink()
            face = rf"@font-face\{{[^}}]*{Path(name).name}[^}}]*\}}"
            css, count = re.subn(face, "", css)
            require(count, THEME, f"rule of {name}", __name__)
    style.write_text(css, encoding="utf-8")


def cut_font(path: Path, codes: list[int]) -> None:
    """Keep only the glyphs of these characters in a font."""
    font = TTFont(path, recalcTimestamp=False)
    subsetter = subset.Subsetter(subset.Options(layout_features=[]))
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    data = io.BytesIO()
    font.save(data)
    path.write_bytes(data.getvalue())


def drop_unused(app: Sphinx, exception: Exception | None) -> None:
    """Drop what is unused from a site that was built without an error."""
    if exception is None and app.builder.name == "html":
        static = Path(app.outdir) / "_static"
        drop_files(static)
        require((static.parent / INDEX).exists(), "Sphinx", INDEX, __name__)
        (static.parent / INDEX).unlink()
        found = sorted(Path(app.outdir).rglob("*.html"))
        # The small pages of the questions do not use the theme.
        pages = [path for path in found if path.parent != Path(app.outdir) / "q"]
        fix_pages(Path(app.outdir), pages)
        drop_icons(static, pages)


def setup(app: Sphinx) -> dict[str, bool]:
    """Work on the finished site."""
    app.connect("build-finished", drop_unused)
    return {"parallel_read_safe": True}
