"""Write ``q/SLUG.html``: a question, its answer, and the cells that show it.

The parts are taken from each page while it is written, so nothing is executed again.
"""

import posixpath
import re
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape
from pygments.formatters import HtmlFormatter
from sphinx.application import Sphinx

from extensions.colophon import NUMPY, name_packages
from extensions.figures import inline_images
from extensions.page import open_page
from extensions.questions.directive import find_boxes, list_answer
from extensions.questions.registry import Entry, find_addresses, list_entries
from extensions.questions.rules import is_drawing
from extensions.svg import DARK, LIGHT, list_variables
from extensions.upstream import require

FOLDER = "q"
MOST_RELATED = 6
STYLE = "question-colors.css"


def format_code(text: str) -> Markup:
    """Return a text as HTML, with its code between backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters["code"] = format_code


class Parts(NamedTuple):
    """What a small page takes from the page of its question."""

    answer: nodes.Element
    cells: nodes.Element


# The parts of each question that is written, by its slug.
written: dict[str, Parts] = {}


def forget_parts(app: Sphinx) -> None:
    """Begin each build without the parts of the last one."""
    written.clear()


def take_parts(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Copy the answers and the cells of a page before its figures are inlined."""
    if app.builder.format != "html":
        return
    for box in find_boxes(doctree):
        shown = list_shown(box, box["options"].get("cells"))
        written[box["slug"]] = Parts(
            answer=copy_nodes(app, list_answer(box), docname),
            cells=copy_nodes(app, shown, docname),
        )


def list_shown(box: nodes.admonition, count: int | None) -> list[nodes.Node]:
    """Return the cells and quoted functions below a question, with their lead-ins.

    They end with the next heading or exercise, or after `count` cells. A lead-in is a
    paragraph right above that ends with a colon. Of a cell that draws, the figure is
    shown without its code.
    """
    shown, left, above = [], count, None
    for node in box.parent[box.parent.index(box) + 1 :]:
        if isinstance(node, nodes.section) or is_exercise(node) or left == 0:
            break
        if is_visible_cell(node) or is_quoted(node):
            if isinstance(above, nodes.paragraph) and above.astext().endswith(":"):
                shown.append(above)
            shown.append(node)
            left = left and left - (node.get("nb_element") == "cell_code")
        above = node
    return shown


def is_exercise(node: nodes.Node) -> bool:
    """Return whether a node is the box of an exercise."""
    return isinstance(node, nodes.admonition) and "exercise" in node["classes"]


def is_quoted(node: nodes.Node) -> bool:
    """Return whether a node is a function that is quoted from a Python file."""
    source = str(getattr(node, "attributes", {}).get("source", ""))
    return isinstance(node, nodes.literal_block) and source.endswith(".py")


def is_visible_cell(node: nodes.Node) -> bool:
    """Return whether a node is a code cell, executed or recorded, but not hidden."""
    classes = node["classes"] if isinstance(node, nodes.container) else []
    return "cell" in classes and "tag_hide-cell" not in classes


def copy_nodes(app: Sphinx, shown: list[nodes.Node], docname: str) -> nodes.Element:
    """Return a copy of nodes of a page, with links that work from the folder ``q``."""
    part = nodes.container("", *(node.deepcopy() for node in shown))
    for cell in part.findall(nodes.container):
        if cell.get("nb_element") == "cell_code" and is_drawing(cell.astext()):
            cell.children = [
                x for x in cell.children if x.get("nb_element") != "cell_code_source"
            ]
    move_links(part, docname)
    inline_images(app, part)
    return part


def render(app: Sphinx, part: nodes.Element) -> str:
    """Return the nodes of a part as HTML; the keyboard scrolls wide code."""
    html = "".join(app.builder.render_partial(node)["fragment"] for node in part)
    return html.replace("<pre>", '<pre tabindex="0">')


def move_links(part: nodes.Element, docname: str) -> None:
    """Let links that were relative to a page be relative to the folder ``q``."""
    folder = posixpath.dirname(docname)
    for link in part.findall(nodes.reference):
        if label := link.attributes.pop("refid", None):
            link["refuri"] = f"../{docname}.html#{label}"
        elif link.get("refuri", "").startswith("#"):
            link["refuri"] = f"../{docname}.html{link['refuri']}"
        elif not re.match(r"[a-z]+:", link.get("refuri", "")):
            path = posixpath.normpath(posixpath.join(folder, link["refuri"]))
            link["refuri"] = f"../{path}"


def write_pages(app: Sphinx, exception: Exception | None) -> None:
    """Write the small pages of a site that was built without an error."""
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    entries = list_entries(app.env)
    if written:
        write_colors(Path(app.outdir) / "_static" / STYLE)
    for slug, entry in find_addresses(app.env):
        path = folder / f"{slug}.html"
        if slug != entry.slug:
            path.write_text(fill_template(app, "stub.html", entry), "utf-8")
        elif slug in written:
            related = choose_related(entry, entries)
            path.write_text(write_page(app, entry, related), "utf-8")


def choose_related(entry: Entry, entries: list[Entry]) -> list[Entry]:
    """Return the questions of the same page, or three from the nearest pages."""
    at = entries.index(entry)

    def measure(other: Entry) -> tuple[bool, bool, int]:
        folders = (posixpath.dirname(x.docname) for x in (other, entry))
        distance = abs(entries.index(other) - at)
        return other.docname != entry.docname, len(set(folders)) > 1, distance

    others = [other for other in entries if other is not entry]
    same = sum(other.docname == entry.docname for other in others)
    return sorted(others, key=measure)[: min(max(same, 3), MOST_RELATED)]


def write_page(app: Sphinx, entry: Entry, related: list[Entry]) -> str:
    """Return the small page of a question."""
    parts = written[entry.slug]
    answer, cells = render(app, parts.answer), render(app, parts.cells)
    return fill_template(
        app,
        "small_page.html",
        entry,
        answer=answer,
        cells=cells,
        related=related,
        description=entry.answer.replace("`", "").replace("$", ""),
        page_title=app.env.titles[entry.docname].astext(),
        has_formula="<math" in answer + cells,
        footer=write_footer(app, entry),
    )


def fill_template(app: Sphinx, name: str, entry: Entry, **parts: object) -> str:
    """Return a page of the folder ``q`` whose address is that of a question."""
    base = app.config.html_baseurl
    return TEMPLATES.get_template(name).render(
        entry=entry,
        title=entry.text.replace("`", ""),
        address=posixpath.join(base, FOLDER, f"{entry.slug}.html") if base else "",
        project=app.config.project,
        **parts,
    )


def write_footer(app: Sphinx, entry: Entry) -> str:
    """Return the footer of the site, with the other packages that an answer needs."""
    footer = app.config.html_theme_options["extra_footer"]
    packages = ""
    if entry.needs:
        packages = name_packages(open_page(app.env.doc2path(entry.docname)))
    return footer.replace(NUMPY, f"{NUMPY}, with {packages}", 1) if packages else footer


def write_colors(path: Path) -> None:
    """Write the colors of figures and of code, for light and for dark screens."""
    light = list_colors(LIGHT, "a11y-high-contrast-light")
    dark = list_colors(DARK, "a11y-high-contrast-dark")
    screen = "@media screen and (prefers-color-scheme: dark)"
    path.write_text(f"{light}{screen} {{\n{dark}}}\n", "utf-8")


def list_colors(palette: dict[str, str], code_style: str) -> str:
    """Return the rules for the colors of figures and for those of code."""
    css = HtmlFormatter(style=code_style).get_style_defs(".highlight")
    rules = [line for line in css.splitlines() if line.startswith(".highlight .")]
    require(rules, "Pygments", "rules such as '.highlight .k'", __name__)
    return "\n".join([f":root {{ {list_variables(palette)}}}", *rules, ""])


def setup(app: Sphinx) -> None:
    """Take the parts as each page is written; write the small pages at the end."""
    app.connect("builder-inited", forget_parts)
    app.connect("doctree-resolved", take_parts, priority=400)
    # lean_theme has changed the pages of the theme, and these are not among them.
    app.connect("build-finished", write_pages, priority=900)
