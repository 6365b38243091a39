"""What happens inside each kernel before the first cell of its page."""

import faulthandler
import io
from pathlib import Path


def svg(figure) -> str:
    """Draw a Matplotlib figure; without a date, so that builds are identical."""
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()


def prepare(stack: str, seconds: float) -> None:
    """Show figures as SVG; write the stack to a file when a cell takes too long."""
    shell = get_ipython()  # noqa: F821 (a kernel's builtin)
    formatter = shell.display_formatter.formatters["image/svg+xml"]
    formatter.for_type_by_name("matplotlib.figure", "Figure", svg)
    file = Path(stack).open("w", encoding="utf-8")  # noqa: SIM115 (open while it runs)

    def watch(info) -> None:
        faulthandler.dump_traceback_later(seconds, file=file)

    shell.events.register("pre_run_cell", watch)
    shell.events.register(
        "post_run_cell", lambda result: faulthandler.cancel_dump_traceback_later()
    )
