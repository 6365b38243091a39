"""Prepare each kernel before the first cell of its page."""

import faulthandler
import io
import math
import sys
from pathlib import Path

from extensions.upstream import require

SVG = "image/svg+xml"
EVENTS = ("pre_run_cell", "post_run_cell")
DRAW = "call a function in examples/pictures that returns a matplotlib.figure.Figure"


class PyplotRefusal:
    """Refuse to import pyplot, also from inside pandas or an example."""

    @staticmethod
    def find_spec(name: str, path=None, target=None) -> None:
        """Raise an error for pyplot; leave other modules to the usual finders."""
        if name == "matplotlib.pyplot":
            raise ImportError(f"a pyplot figure cannot follow the theme: {DRAW}")


def draw_svg(figure) -> str:
    """Draw a Matplotlib figure; without a date, so that builds are identical.

    The values of its curves are added for extensions/captions.py.
    """
    text = io.StringIO()
    metadata = {"Date": None, "Description": " ".join(list_values(figure))}
    figure.savefig(text, format="svg", metadata=metadata)
    return text.getvalue()


def list_values(figure) -> list[str]:
    """Return the first, the last, the least and the greatest values of each curve."""
    from matplotlib.lines import Line2D  # most pages have no figure

    values = set()
    for line in figure.findobj(Line2D):
        for data in line.get_data():
            finite = [x for x in map(float, data) if math.isfinite(x)]
            if finite:
                values |= {finite[0], finite[-1], min(finite), max(finite)}
    return [f"{value:.6g}" for value in sorted(values)]


def prepare(stack: str, seconds: float) -> None:
    """Show figures as SVG; write the stack to a file when a cell takes too long."""
    if not __debug__:
        raise RuntimeError("asserts are off: unset PYTHONOPTIMIZE in conf.py and shell")
    shell = get_ipython()  # noqa: F821 (a kernel's builtin)
    formatter = shell.display_formatter.formatters.get(SVG)
    require(hasattr(formatter, "for_type_by_name"), "IPython", SVG, __name__)
    formatter.for_type_by_name("matplotlib.figure", "Figure", draw_svg)
    sys.meta_path.insert(0, PyplotRefusal)
    file = Path(stack).open("w", encoding="utf-8")  # noqa: SIM115 (open while it runs)

    def start_watch(info) -> None:
        faulthandler.dump_traceback_later(seconds, file=file)

    def stop_watch(result) -> None:
        faulthandler.cancel_dump_traceback_later()

    for event, function in zip(EVENTS, (start_watch, stop_watch), strict=True):
        require(event in shell.events.callbacks, "IPython", event, __name__)
        shell.events.register(event, function)
