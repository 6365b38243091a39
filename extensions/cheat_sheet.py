"""The cheat sheet: a picture, its PDF for two sizes of paper, and the same as text.

``:::{cheat-sheet} picture`` is the sheet with links to the PDFs, which are drawn while
the page is written. ``formulas``, ``code``, ``selections``, ``shapes``, ``writes``,
``labels``, ``spellings`` and ``checks`` are its parts as text. All of it comes from
``examples/cheat_sheet.py``.
"""

import io
from pathlib import Path

from docutils import nodes
from matplotlib import rc_context
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from examples import cheat_sheet as content
from examples.pictures.cheat_sheet import MARGIN, PAPERS, draw_cheat_sheet
from extensions.svg import inline_svg
from extensions.tables import make_table

ROOT = Path(__file__).parent.parent
LOOK = ROOT / ".config" / "matplotlibrc"
SOURCES = ("cheat_sheet.py", "pictures/cheat_sheet.py")
TITLE = "Cheat sheet: softmax gradients and NumPy indexing"
# Without the time, two builds give the same bytes.
METADATA = {"pdf": {"Title": TITLE, "CreationDate": None}, "svg": {"Date": None}}
ALT = (
    "The whole sheet. It has the line and an example, the formulas and the code of the "
    "gradient, the cells that twelve indices select, the rules of shapes, of writing "
    "and of labels, other code for the line, and checks. The sections below have the "
    "same as text."
)
CAPTION = "The sheet. The sections below have the same as text."


class SheetPart(nodes.General, nodes.Element):
    """The place of a part of the sheet."""


class CheatSheet(SphinxDirective):
    """The picture of the sheet, or a part of it as text."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place of the part."""
        (part,) = self.arguments
        if part not in PARTS:
            raise self.error(f"expected one of {', '.join(PARTS)}")
        for name in SOURCES:
            self.env.note_dependency(str(ROOT / "examples" / name))
        return [SheetPart(part=part)]


class FillCheatSheet(SphinxPostTransform):
    """Fill the sheet before Sphinx writes its formulas and tables."""

    default_priority = 5
    formats = ("html",)

    def run(self) -> None:
        """Replace the place of each part."""
        for place in list(self.document.findall(SheetPart)):
            place.replace_self(PARTS[place["part"]](self.app, self.env.docname))


def save_sheet(paper: str, form: str, address: str = "") -> bytes:
    """Return the sheet as a file.

    Parameters
    ----------
    paper : {"A4", "Letter"}
    form : {"pdf", "svg"}
    address : str, optional
        The address of the site.

    Returns
    -------
    bytes
        The same bytes in each build. A PDF has its fonts in it.
    """
    data = io.BytesIO()
    with rc_context({"pdf.fonttype": 42}, fname=LOOK):
        sheet = draw_cheat_sheet(paper, address)
        margin = MARGIN / 72 - 0.05 if form == "svg" else 0  # a picture needs none
        shown = sheet.bbox_inches.padded(-margin)
        sheet.savefig(data, format=form, metadata=METADATA[form], bbox_inches=shown)
    return data.getvalue()


def show_picture(app: Sphinx, docname: str) -> list[nodes.Node]:
    """Write the PDFs; return the links to them, and the sheet as a figure."""
    address = app.config.html_baseurl
    folder = Path(app.outdir, docname).parent
    folder.mkdir(parents=True, exist_ok=True)
    links = [nodes.Text("Print the sheet: ")]
    for paper in PAPERS:
        path = folder / f"cheat-sheet-{paper.lower()}.pdf"
        path.write_bytes(save_sheet(paper, "pdf", address))
        words = f"{paper} (PDF, {path.stat().st_size / 1000:.0f} kB)"
        links += [nodes.reference("", words, refuri=path.name), nodes.Text(" or ")]
    svg = save_sheet("A4", "svg", address).decode()
    figure = nodes.figure(ids=["fig-cheat-sheet"])
    html = inline_svg(svg, "fig-cheat-sheet", ALT, set())
    figure += [nodes.raw("", html, format="html"), nodes.caption("", CAPTION)]
    return [nodes.paragraph("", "", *links[:-1], nodes.Text(".")), figure]


def show_formulas(app: Sphinx, docname: str) -> list[nodes.Node]:
    """Return the formulas with their names."""
    named = {name: x for row in content.FORMULAS for name, x in row.items()}
    rows = [[[nodes.Text(name)], split_formula(x)] for name, x in named.items()]
    return [make_table([make_head("Name", "Formula"), *rows])]


def split_formula(formula: str) -> list[nodes.Node]:
    """Return the parts of a formula, between which a narrow screen breaks the line."""
    parts = formula.split(r", \quad ")
    return [
        node for part in parts for node in (nodes.math(part, part), nodes.Text(", "))
    ][:-1]


def show_code(app: Sphinx, docname: str) -> list[nodes.Node]:
    """Return the code of the gradient."""
    return [nodes.literal_block(content.CODE, content.CODE, language="python")]


def show_selections(app: Sphinx, docname: str) -> list[nodes.Node]:
    """Return what each index selects."""
    rows = [make_head("Index", "Cells in order", "Shape", "Result")]
    for x in content.list_selections([*content.BASIC, *content.ADVANCED]):
        cells = ", ".join(map(str, x.chosen.ravel()))
        row = nodes.Text(cells), make_code(str(x.chosen.shape)), nodes.Text(x.kind)
        rows.append([[make_code(x.code)], *([cell] for cell in row)])
    return [make_table(rows)]


def show_rows(found: list[content.Row], start: str = "") -> list[nodes.Node]:
    """Return what the code starts with, and each result with its meaning."""
    rows = [
        [[make_code(x.code)], [make_code(x.result)], [nodes.Text(x.meaning)]]
        for x in found
    ]
    table = make_table([make_head("Code", "Result", "Meaning"), *rows])
    return [nodes.paragraph(start, start), table] if start else [table]


def show_spellings(app: Sphinx, docname: str) -> list[nodes.Node]:
    """Return the other code that gives the same, one statement in each line."""
    code = "\n".join(x.code for x in content.list_spellings())
    return [nodes.literal_block(code, code, language="python")]


def make_head(*names: str) -> list[list[nodes.Node]]:
    """Return the head of a table."""
    return [[nodes.Text(name)] for name in names]


def make_code(code: str) -> nodes.literal:
    """Return code in a line of text."""
    return nodes.literal(code, code)


PARTS = {
    "picture": show_picture,
    "formulas": show_formulas,
    "code": show_code,
    "selections": show_selections,
    "shapes": lambda *_: show_rows(content.list_shapes(), content.SHAPES_START),
    "writes": lambda *_: show_rows(content.list_writes(), content.WRITES_START),
    "labels": lambda *_: show_rows(content.list_labels(), content.LABELS_START),
    "spellings": show_spellings,
    "checks": lambda *_: show_rows(content.list_checks()),
}


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive and what fills it."""
    app.add_directive("cheat-sheet", CheatSheet)
    app.add_node(SheetPart)
    app.add_post_transform(FillCheatSheet)
    return {"parallel_read_safe": True}
