"""Write formulas as MathML while the site builds: no script, no other host.

math-core converts the LaTeX, and a formula that it cannot convert is a warning.
Sphinx numbers the equations and resolves the references to them.
"""

import re

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from extensions.upstream import require

CONVERTER = LatexToMathML(annotation=True, fancy_error=False)
# <mtd style="text-align: left;justify-items: start;padding-left: 0;">
STYLE = re.compile(r' style="([^"]*)"')
# What math-core writes as a style, which extensions.policy forbids, and the class of
# math.css that does the same.
CLASSES = {
    "text-align: right;justify-items: end;padding-right: 0;": "column-right",
    "text-align: left;justify-items: start;padding-left: 0;": "column-left",
}

logger = logging.getLogger(__name__)


def convert_formula(node: nodes.math | nodes.math_block) -> str:
    """Return a formula as MathML, with its LaTeX as an annotation."""
    display = isinstance(node, nodes.math_block)
    try:
        html = CONVERTER.convert_with_local_state(node.astext(), displaystyle=display)
    except LatexError as error:
        logger.warning("%s in the formula %r", error, node.astext(), location=node)
        return ""
    for style in sorted(set(STYLE.findall(html)) - CLASSES.keys()):
        message = "add a class for the style %r of this formula to extensions/mathml.py"
        logger.warning(message, style, location=node)
    return STYLE.sub(lambda x: f' class="{CLASSES.get(x[1], "")}"', html)


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    self.body.append(f'<span class="math">{convert_formula(node)}</span>')
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula, which scrolls if it is wide, and its number."""
    self.body.append(self.starttag(node, "div", CLASS="math"))
    self.body.append(f'<div class="formula" tabindex="0">{convert_formula(node)}</div>')
    if "check" in node:
        node["check"].walkabout(self)
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


class KeepStop(SphinxPostTransform):
    """Keep a formula and the full stop after it on one line.

    A browser breaks a line after any MathML, even before a word joiner.
    """

    default_priority = 900
    formats = ("html",)

    def run(self) -> None:
        """Take each formula and its full stop into one span."""
        for formula in list(self.document.findall(nodes.math)):
            line = formula.parent
            at = line.index(formula)
            after = line[at + 1] if at + 1 < len(line) else None
            if not isinstance(after, nodes.Text):
                continue
            if stop := re.match(r"[.,;:?!)]+", after):
                together = nodes.inline(classes=["math-stop"])
                together += [formula, nodes.Text(stop[0])]
                line[at : at + 2] = [together, nodes.Text(after[stop.end() :])]


def check_text(app: Sphinx, doctree: nodes.document) -> None:
    """Refuse a dollar sign in the prose: its formula does not end."""
    code = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw)
    for text in doctree.findall(nodes.Text):
        if "$" in text and not isinstance(text.parent, code):
            logger.warning(
                "this dollar sign does not open a formula", location=text.parent
            )


def check_references(app: Sphinx, doctree: nodes.document) -> None:
    """Refuse a reference inside a formula, which Sphinx cannot resolve."""
    for node in (*doctree.findall(nodes.math), *doctree.findall(nodes.math_block)):
        if re.search(r"\\(eq)?ref\b", node.astext()):
            logger.warning("refer to an equation with {eq}`eq-...`", location=node)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the renderer and its two checks."""
    method = "add_permalink_ref"
    require(hasattr(HTML5Translator, method), "Sphinx", method, __name__)
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math_block, None))
    app.add_post_transform(KeepStop)
    app.add_css_file("math.css")
    app.add_js_file("copy-latex.js", loading_method="defer")
    app.connect("doctree-read", check_text)
    app.connect("doctree-read", check_references)
    return {"parallel_read_safe": True}
