"""A package that changes under an extension stops the build and names the file.

Each test imitates a new release: it replaces a name in the source of a package that
is already installed, and builds a small site.
"""

import re
from pathlib import Path

import pytest
from conftest import FRONT, ROOT, copy_project, run_sphinx
from sphinx.errors import ExtensionError

from extensions.executed_cells import USED
from extensions.upstream import require

PAGE = f"""\
{FRONT}(home)=
# Home

$$
a := x'
$$ (eq-a)

:::{{literalinclude}} ../examples/softmax_cross_entropy.py
:pyobject: softmax
:::

```{{code-cell}}
import numpy as np

from examples.softmax_cross_entropy import softmax

softmax(np.zeros((1, 2)))
```

```{{code-cell}}
:tags: [hide-cell]

1 + 1
```

:::::{{tab-set}}

::::{{tab-item}} One
:name: home-one

:::{{index}} !one
:::

Text.

::::

:::::
"""
RELEASE = '''
import importlib, inspect, re


def change_source(module, old, new):
    """Run the source of a module again, with a name replaced."""
    module = importlib.import_module(module)
    source = re.sub(old, new, inspect.getsource(module))
    exec(compile(source, module.__file__, "exec"), module.__dict__)


'''
INLINE = "change_source('myst_nb.core.execute.inline', {!r}, {!r})\n"
CREATE = "change_source('myst_nb.core.execute', 'NotebookClientInline[(]', 'print(')"
HIDDEN = "change_source('myst_nb.sphinx_', '= HideCodeCellNode', '= nodes.container')"
TABS = """
import sphinx_design.tabs as tabs

create = tabs.create_component
tabs.create_component = lambda name, *given, **more: create(
    name.replace("tab-item", "tab-entry"), *given, **more
)
"""
MATH = """
import math_core


class Changed:
    def __init__(self, *given, converter=math_core.LatexToMathML, **options):
        self.converter = converter(*given, **options)

    def convert_with_local_state(self, *given, **options):
        converted = self.converter.convert_with_local_state(*given, **options)
        return converted.replace({!r}, {!r})


math_core.LatexToMathML = Changed
"""
GONE = """
from pathlib import Path

is_file = Path.is_file
Path.is_file = lambda path: path.name != {!r} and is_file(path)
"""
SSTY = """
import fontTools.subset

populate = fontTools.subset.Subsetter.populate


def forget(self, **given):
    self.options.layout_features = []
    populate(self, **given)


fontTools.subset.Subsetter.populate = forget
"""
EVENTS = """
import IPython.core.events as events

trigger = events.EventManager.trigger
known = events.available_events
known["before_run_cell"] = known.pop("pre_run_cell")
events.EventManager.trigger = lambda self, name, *given: trigger(
    self, name.replace("pre_run_cell", "before_run_cell"), *given
)
"""

# A change in the process that builds: what conf.py does, and what the build says.
IN_THE_BUILD = {
    "create_client": (
        CREATE,
        "MyST-NB has changed: it has no create_client that uses NotebookClientInline; "
        "see extensions/executed_cells.py",
    ),
    **{
        name: (
            INLINE.format(rf"(?<!\w){name}\b", f"{name}_2"),
            f"MyST-NB has changed: it has no {function} that uses {name}; "
            "see extensions/executed_cells.py",
        )
        for name, function in USED.items()
        if name != "ModifiedNotebookClient"
    },
    "ModifiedNotebookClient": (
        INLINE.format("= ModifiedNotebookClient", "= NotebookClient"),
        "it has no NotebookClientInline.start_client that uses ModifiedNotebookClient; "
        "see extensions/executed_cells.py",
    ),
    "shutdown_kernel": (
        "import nbclient\ndel nbclient.NotebookClient.shutdown_kernel",
        "nbclient has changed: it has no trait shutdown_kernel; "
        "see extensions/executed_cells.py",
    ),
    "name of a class": (
        "import myst_nb.core.execute.inline as inline\ndel inline.NotebookClientInline",
        "Could not import extension extensions.executed_cells (exception: cannot "
        "import name 'NotebookClientInline'",
    ),
    "name of a node": (
        "import myst_nb.sphinx_ext\n"
        "from myst_nb import sphinx_\n"
        "del sphinx_.HideCodeCellNode",
        "Could not import extension extensions.folded_cells (exception: cannot import "
        "name 'HideCodeCellNode'",
    ),
    "HideCodeCellNode": (
        HIDDEN,
        "MyST-NB has changed: it has no HideCodeCellNode around each cell with the tag "
        "hide-cell; see extensions/folded_cells.py",
    ),
    "line of a cell in a stack": (
        "os.environ['IPYKERNEL_CELL_NAME'] = 'cell.py'",
        "ipykernel has changed: it has no 'ipykernel_1' in a stack; "
        "see extensions/failures.py",
    ),
    "tab-item": (
        TABS,
        "sphinx-design has changed: it has no tab-item whose first child has its "
        "id; see extensions/addresses.py",
    ),
    "source of a quotation": (
        "change_source('sphinx.directives.code', 'source=filename', 'origin=filename')",
        "Sphinx has changed: it has no source of a literalinclude; "
        "see extensions/quoted_code.py",
    ),
    "permalink": (
        "change_source('sphinx.writers.html5', 'add_permalink_ref', 'add_permalink')",
        "Sphinx has changed: it has no add_permalink_ref; see extensions/mathml.py",
    ),
    "letter of a formula": (
        MATH.format("<mi>", "<mi class='x'>"),
        "math-core has changed: it has no <mi>x</mi>; see extensions/math_font.py",
    ),
    "annotation": (
        MATH.format("annotation", "annotation-xml"),
        "math-core has changed: it has no <annotation>; see extensions/math_font.py",
    ),
    "font": (
        GONE.format("STIXTwoMath-Regular.ttf"),
        "ziamath has changed: it has no ziamath/fonts/STIXTwoMath-Regular.ttf; "
        "see extensions/math_font.py",
    ),
    "prime": (
        SSTY,
        r"STIX Two Math has changed: it has no glyph minute.ssty; "
        "see extensions/math_font.py",
    ),
}
# A change in each kernel: what Python does when it starts there.
IN_THE_KERNEL = {
    "line of a cell in a traceback": (
        "import IPython.core.compilerop as compilerop\n"
        "compilerop.CachingCompiler.format_code_name = lambda *_: ('Input', '1')",
        "IPython has changed: it has no 'Cell In[1], line 1' in a traceback; "
        "see extensions/failures.py",
    ),
    "SVG": (
        r"change_source('IPython.core.formatters', r'image/svg\+xml', 'image/svg')",
        "IPython has changed: it has no image/svg+xml; see extensions/kernel.py",
    ),
    "event": (
        EVENTS,
        "IPython has changed: it has no pre_run_cell; see extensions/kernel.py",
    ),
}


def build(folder: Path, conf: str = "", kernel: str = "") -> tuple[int, str]:
    """Build a small site with a change; return the status and what Sphinx says."""
    pages = {"index.md": PAGE, "../sitecustomize.py": kernel}
    run = run_sphinx(copy_project(folder, pages, conf))
    return run.returncode, " ".join(run.stderr.split())


def test_without_a_change_the_site_is_built(tmp_path):
    assert build(tmp_path, RELEASE, RELEASE) == (0, "")


@pytest.mark.parametrize("name", IN_THE_BUILD)
def test_a_change_in_the_build_stops_it(name, tmp_path):
    change, sentence = IN_THE_BUILD[name]
    status, said = build(tmp_path, conf=RELEASE + change)
    assert status == 2
    assert sentence in said


@pytest.mark.parametrize("name", IN_THE_KERNEL)
def test_a_change_in_the_kernel_stops_the_build(name, tmp_path):
    change, sentence = IN_THE_KERNEL[name]
    status, said = build(tmp_path, kernel=RELEASE + change)
    assert status == 2
    assert sentence in said


def test_every_extension_that_requires_something_is_tried():
    tried = [sentence for _, sentence in (IN_THE_BUILD | IN_THE_KERNEL).values()]
    for path in ROOT.glob("extensions/*.py"):
        uses = re.search(r"^ +require\w*\(", path.read_text("utf-8"), re.MULTILINE)
        own = (ROOT / "tests" / "extensions" / f"test_{path.name}").exists()
        if uses and not own:
            assert any(f"extensions/{path.name}" in x for x in tried), path.name


def test_what_is_there_passes():
    require([0], "NumPy", "arrays", "extensions.figures")


def test_what_is_gone_is_named_with_the_file_to_look_at():
    said = "^NumPy has changed: it has no arrays; see extensions/figures.py$"
    with pytest.raises(ExtensionError, match=said):
        require([], "NumPy", "arrays", "extensions.figures")
