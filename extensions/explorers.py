"""Two explorers: what an index selects, and how a training goes wrong.

The page shows states that the build computed. A reader steps through them without a
download. For anything else NumPy runs in the reader's browser, by the same functions.
"""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from examples.training_explorer import NAMES, get_lines
from extensions.explorer_html import (
    BATCH,
    PRESETS,
    RATE,
    STEPS,
    show_selection,
    show_training,
)

FIELD = 'autocapitalize="off" autocomplete="off" spellcheck="false"'


class Explorer(nodes.General, nodes.Element):
    """An explorer, as HTML."""


class IndexExplorer(SphinxDirective):
    """Show what an index selects: ``:::{index-explorer} line`` starts with the line."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the explorer with all its states; the first one is shown."""
        (first,) = self.arguments
        if first not in PRESETS:
            raise self.error(f"expected one of {', '.join(PRESETS)}")
        return [Explorer(html=write_index_explorer(first))]


class TrainingExplorer(SphinxDirective):
    """Show a training: ``:::{training-explorer} left-out`` starts with that bug."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the explorer with a training that the build has run."""
        (first,) = self.arguments
        if first not in NAMES:
            raise self.error(f"expected one of {', '.join(NAMES)}")
        return [Explorer(html=write_training_explorer(first))]


def write_index_explorer(first: str) -> str:
    """Return the form of the index explorer, and each of its states."""
    _, labels, index = PRESETS[first]
    states = {name: show_selection(*preset[1:]) for name, preset in PRESETS.items()}
    buttons = "".join(
        f'<button type="button" value="{name}" data-labels="{labels}" '
        f'data-index="{index}" aria-pressed="{str(name == first).lower()}">{title}'
        f"</button><template>{states[name]}</template>"
        for name, (title, labels, index) in PRESETS.items()
    )
    form = (
        f'<div role="group" aria-label="Examples">{buttons}</div>'
        f'<label>y = <input name="labels" value="{labels}" {FIELD}></label> '
        f'<label>grad[ <input name="index" value="{index}" {FIELD}> ]</label>'
    )
    return write_explorer("index", form, "Ask NumPy", states[first])


def write_training_explorer(first: str) -> str:
    """Return the form of the training explorer, and a training of some steps."""
    options = "".join(
        f'<option value="{name}" data-old="{escape(old)}" data-new="{escape(new)}"'
        f"{' selected' * (name == first)}>{name.replace('-', ' ')}</option>"
        for name in NAMES
        for old, new in (get_lines(name),)
    )
    old, new = get_lines(first)
    form = (
        f'<label>bug <select name="bug">{options}</select></label> '
        f'<label>learning rate <input name="rate" type="number" min="0" step="any" '
        f'value="{RATE}"></label> '
        f'<label>batch <input name="batch" type="number" min="1" max="200" '
        f'value="{BATCH}"></label> '
        f"<label>instead of <code>{escape(old)}</code> "
        f'<input name="line" value="{escape(new)}" {FIELD}></label>'
    )
    run = f"Run {STEPS} steps"
    return write_explorer("training", form, run, show_training(first))


def write_explorer(kind: str, form: str, action: str, state: str) -> str:
    """Return an explorer: its form, and the state that it shows."""
    return (
        f'<div class="explorer" data-explorer="{kind}"><form>{form} '
        f'<button>{action}</button></form><p role="status"></p>'
        f"<figure>{state}</figure></div>\n"
    )


def visit_explorer(self: HTML5Translator, node: Explorer) -> None:
    """Write the explorer."""
    self.body.append(node["html"])
    raise nodes.SkipNode


def add_script(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """Load the script and the style on a page that has an explorer."""
    if doctree and next(doctree.findall(Explorer), None):
        app.add_css_file("explorer.css")
        app.add_js_file("explorer.js", loading_method="defer")


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directives, and their script after that of live cells."""
    app.add_node(Explorer, html=(visit_explorer, None))
    app.add_directive("index-explorer", IndexExplorer)
    app.add_directive("training-explorer", TrainingExplorer)
    app.connect("html-page-context", add_script)
    return {"parallel_read_safe": True}
