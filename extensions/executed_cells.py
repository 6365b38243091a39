"""Every cell ran, and what it published is what a reader may see.

MyST-NB executes the pages; its client is extended here so that whatever goes wrong
in a cell is a Sphinx warning (and so an error) that names page, line and cell.
"""

import os
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import myst_nb.core.execute
from jupyter_client.manager import KernelManager
from myst_nb.core.execute import inline
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from extensions.page import read_page

ROOT = Path(__file__).parent.parent
SLOWEST = 5  # cells and pages that the build names when it ends
STARTS = 3  # over TCP, kernels that start side by side race for ports: try again
MIME_TYPES = {"text/plain", "image/svg+xml", "image/png"}
MOST_CHARACTERS = 20_000
ANSI = re.compile(r"\x1b\[[0-9;]*m")
UNWANTED = {
    r"Traceback \(most recent call last\)": "a traceback that was printed, not raised",
    r"\r": "a carriage return, as of a progress bar",
    r"\b(TODO|FIXME|XXX)\b": "a note to the author",
    r" at 0x[0-9a-f]{6,}": "a memory address, which differs in every build",
    r"-----BEGIN [A-Z ]*PRIVATE KEY": "a private key",
    r"\bgh[oprsu]_\w{30,}": "an access token",
    rf"({re.escape(str(ROOT))}|{re.escape(str(Path.home()))})\b": "a machine's path",
}

logger = logging.getLogger(__name__)
seconds = Counter()  # how long each cell took, by its place


class Kernel(inline.ModifiedNotebookClient):
    """Talk to the kernel through files where there are any: they cannot collide."""

    def create_kernel_manager(self) -> KernelManager:
        """Return the kernel's manager, with a folder for its sockets."""
        manager = super().create_kernel_manager()
        self.folder = tempfile.TemporaryDirectory(prefix="kernel")
        if os.name != "nt":
            manager.transport, manager.ip = "ipc", str(Path(self.folder.name) / "ipc")
        self.seconds = Counter()
        return manager

    def execute_cell(self, cell: NotebookNode, index: int, **options) -> NotebookNode:
        """Execute a cell, note how long it took and put together what it printed."""
        start = time.perf_counter()
        try:
            return super().execute_cell(cell, index, **options)
        finally:
            if cell.cell_type == "code":
                self.seconds[index] = time.perf_counter() - start
                cell.outputs = joined(cell.outputs)


class Client(inline.NotebookClientInline):
    """Execute a page's cells in order and report the first that went wrong."""

    def start_client(self) -> None:
        """Start a kernel, again when it lost a race for its ports."""
        for attempt in range(1, STARTS + 1):
            try:
                super().start_client()
                break
            except RuntimeError:  # "Kernel died before replying to kernel_info"
                if attempt == STARTS:
                    raise
        self.stopped_at, self.checked = None, set()
        self._stack = Path(self._client.folder.name) / "stack"
        limit = self.nb_config.execution_timeout - 1
        self._client.eval_expression(
            "__import__('extensions.kernel', fromlist=['_'])"
            f".prepare({str(self._stack)!r}, {limit})"
        )
        if "True" not in str(self._client.eval_expression("__debug__")):
            raise ExtensionError("asserts are off: conf.py or the shell sets it so")

    def code_cell_outputs(self, cell_index: int):
        """Execute up to this cell; after a failure, execute nothing more."""
        try:
            outputs = super().code_cell_outputs(cell_index)
        except DeadKernelError as error:
            self._cell_error, self._exc_string = error, str(error)
        if self._cell_error and self.stopped_at is None:
            self.stopped_at = self._last_cell_executed
            message, line = self.reason()
            if isinstance(self._cell_error, CellTimeoutError):
                # Other pages may wait for the same thing: stop the build at once.
                where, what = self.place(self.stopped_at, line)
                raise ExtensionError(f"{where}: error: {what} {message}")
            self.warn(self.stopped_at, message, line)
        if self._cell_error:
            return None, []
        for output in outputs[1]:
            if output.output_type == "error":  # without the paths of this machine
                output.traceback = [f"{output.ename}: {output.evalue}"]
        self.check(cell_index)
        return outputs

    def check(self, index: int) -> None:
        """Warn once of what is wrong with the outputs, before MyST-NB tidies them."""
        if index not in self.checked:
            self.checked.add(index)
            for message in faults(self.notebook.cells[index]):
                self.warn(index, message)

    def reason(self) -> tuple[str, int]:
        """Say in one line why the execution stopped, and in which line of the cell."""
        error = self._cell_error
        if name := getattr(error, "ename", ""):
            traceback = ANSI.sub("", error.traceback)
            text = f"raised {name}: {ANSI.sub('', error.evalue)}{frames(traceback)}"
            line = re.search(r"Cell In\[\d+\], line (\d+)", traceback)
            return text, int(line[1]) if line else 1
        if isinstance(error, DeadKernelError):
            return "killed its kernel", 1
        stack = self._stack.read_text("utf-8") if self._stack.exists() else ""
        line = re.search(r'ipykernel_\d+\S+", line (\d+)', stack)
        limit = self.nb_config.execution_timeout
        text = f"took more than {limit} seconds{frames(stack)}"
        return text, int(line[1]) if line else 1

    def close_client(self, exc_type, exc_val, exc_tb) -> None:
        """Check what the cells gave, then let the kernel go."""
        if self.stopped_at is None and exc_type is None:
            for index, cell in enumerate(self.notebook.cells):
                if cell.cell_type == "code":
                    self.check(index)
        for index, spent in self._client.seconds.items():
            seconds[self.place(index, 1)[0]] = spent
        self._cell_error = self._exc_string = None  # said above, with its line
        folder = self._client.folder
        super().close_client(exc_type, exc_val, exc_tb)
        folder.cleanup()

    def warn(self, index: int, message: str, line: int = 1) -> None:
        """Warn at a line of a cell's code."""
        where, what = self.place(index, line)
        logger.warning("%s %s", what, message, location=where)

    def place(self, index: int, line: int) -> tuple[str, str]:
        """Return where a cell stands, and its number as a reader would count."""
        cells = self.notebook.cells[: index + 1]
        number = sum(cell.cell_type == "code" for cell in cells)
        code = read_page(self.path.read_text("utf-8-sig")).cells[number - 1]
        return f"{self.path}:{code.code_line + line - 1}", f"cell {number}"


def joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join the parts in which printed text arrives: where it is cut is chance."""
    whole = []
    for output in outputs:
        stream = output.get("name")
        if stream and whole and whole[-1].get("name") == stream:
            whole[-1].text += output.text
        else:
            whole.append(output)
    return whole


def frames(traceback: str) -> str:
    """Name the files of this project that a traceback passes through."""
    found = re.findall(r'File "?([^\s"]+\.py)(?:"?, line |:)(\d+)', traceback)
    own = [
        f"{Path(name).resolve().relative_to(ROOT).as_posix()}:{line}"
        for name, line in found
        if Path(name).resolve().is_relative_to(ROOT / "examples")
    ]
    return f" ({', '.join(own)})" if own else ""


def faults(cell: NotebookNode) -> Iterator[str]:
    """Say what is wrong with the outputs of an executed cell."""
    if cell.execution_count is None:
        yield "was not executed"
    yield from error_faults(cell)
    for output in cell.outputs:
        if output.get("name") == "stderr":
            yield f"writes to stderr: {output.text.strip().splitlines()[0]}"
        data = output.get("data", {"text/plain": output.get("text", "")})
        if foreign := sorted(set(data) - MIME_TYPES):
            yield f"gives {foreign[0]}: only text and pictures are published"
        text = data.get("text/plain", "")
        if re.search(r"<(Figure|Axes|matplotlib)\b", text) and len(data) == 1:
            yield "publishes a figure as text: end the cell with the figure itself"
        if len(text) > MOST_CHARACTERS:
            yield f"gives {len(text)} characters; at most {MOST_CHARACTERS} are read"
        for pattern, what in UNWANTED.items():
            if re.search(pattern, text):
                yield f"publishes {what}"


def error_faults(cell: NotebookNode) -> Iterator[str]:
    """Compare the errors of a cell with the one that its first line promises."""
    raised = [o.ename for o in cell.outputs if o.output_type == "error"]
    promise = re.match(r"# raises (\w+)\n", cell.source)
    if "raises-exception" not in cell.metadata.get("tags", []):
        if raised:
            yield f"shows {raised[0]} without the tag raises-exception"
    elif not promise:
        yield "is tagged raises-exception: its first line must be '# raises TheError'"
    elif raised != [promise[1]]:
        was = raised[0] if raised else "nothing"
        yield f"promises {promise[1]} and raised {was}"


def name_slowest(app: Sphinx, exception: Exception | None) -> None:
    """Print the slowest cells and pages, so that nobody has to look for them."""
    pages = Counter()
    for where, spent in seconds.items():
        pages[where.rpartition(":")[0]] += spent
    for what, times in (("cells", seconds), ("pages", pages)):
        lines = [
            f"{spent:6.2f} s  {Path(where).relative_to(app.confdir).as_posix()}"
            for where, spent in times.most_common(SLOWEST)
        ]
        logger.info("\n".join([f"slowest {what}:", *lines]))


def start(app: Sphinx) -> None:
    """Put our client in the place of MyST-NB's."""
    seconds.clear()
    myst_nb.core.execute.NotebookClientInline = Client
    inline.ModifiedNotebookClient = Kernel


def note_examples(app: Sphinx, docname: str, source: list[str]) -> None:
    """Read a page again when a module that its cells import has changed."""
    for module in set(re.findall(r"^from examples\.([\w.]+) import", source[0], re.M)):
        path = f"examples/{module.replace('.', '/')}.py"
        app.env.note_dependency(str(ROOT / path))


def setup(app: Sphinx) -> dict[str, bool]:
    """Execute with our client; pages are read one after the other."""
    app.connect("builder-inited", start)
    app.connect("source-read", note_examples)
    app.connect("build-finished", name_slowest)
    return {"parallel_read_safe": False}
