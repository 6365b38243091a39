"""Execute the cells of every page, and report the first that fails.

MyST-NB executes the pages. This module extends its client, so that a failing cell is
a Sphinx warning (and so an error) that names the page, the line and the cell.
"""

import os
import tempfile
import time
from pathlib import Path

import myst_nb.core.execute
from jupyter_client.manager import KernelManager
from myst_nb.core.execute import inline
from myst_nb.core.execute.inline import ModifiedNotebookClient, NotebookClientInline
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from extensions.failures import describe_failure, require_lines
from extensions.page import open_page
from extensions.published import check_cell, join_streams
from extensions.upstream import require, require_use
from extensions.warm_kernels import Provisioner

STARTS = 3  # over TCP, kernels that start side by side race for ports: try again
# What this module replaces or reads in MyST-NB, and the function that uses it.
USED = {
    "ModifiedNotebookClient": "NotebookClientInline.start_client",
    "create_kernel_manager": "NotebookClientInline.start_client",
    "_client": "NotebookClientInline.start_client",
    "_cell_error": "NotebookClientInline.code_cell_outputs",
    "_last_cell_executed": "NotebookClientInline.code_cell_outputs",
    "execute_cell": "NotebookClientInline.code_cell_outputs",
    "eval_expression": "NotebookClientInline.eval_variable",
    "_exc_string": "NotebookClientInline.close_client",
}
PREPARE = "__import__('extensions.kernel', fromlist=['_']).prepare({!r}, {})"
FAIL = "raise ValueError(__import__('sys')._getframe().f_code.co_filename)"

logger = logging.getLogger(__name__)


class Kernel(ModifiedNotebookClient):
    """Talk to the kernel through files where there are any: they cannot collide.

    A kernel is killed at the end of its page, because nothing is left to save.
    """

    shutdown_kernel = "immediate"

    def create_kernel_manager(self) -> KernelManager:
        """Return the kernel's manager, with a folder for its sockets."""
        manager = super().create_kernel_manager()
        manager.provisioner = Provisioner(
            kernel_id="page", kernel_spec=manager.kernel_spec, parent=manager
        )
        self.folder = tempfile.TemporaryDirectory(prefix="kernel")
        if os.name != "nt":
            manager.transport, manager.ip = "ipc", str(Path(self.folder.name) / "ipc")
        self.seconds = {}
        return manager

    def execute_cell(self, cell: NotebookNode, index: int, **options) -> NotebookNode:
        """Execute a cell, note how long it took, and join what it printed."""
        start = time.perf_counter()
        try:
            return super().execute_cell(cell, index, **options)
        finally:
            if cell.cell_type == "code":
                self.seconds[index] = time.perf_counter() - start
                cell.outputs = join_streams(cell.outputs)


class Client(NotebookClientInline):
    """Execute the cells of a page in order, and report the first that fails."""

    def start_client(self) -> None:
        """Start a kernel, again if it lost a race for its ports."""
        for attempt in range(1, STARTS + 1):
            try:
                super().start_client()
                break
            except RuntimeError:  # "Kernel died before replying to kernel_info"
                if attempt == STARTS:
                    raise
        self.page = open_page(self.path)
        self.failed_at, self.checked = None, set()
        self.stack = Path(self._client.folder.name) / "stack"
        self.prepare_kernel()

    def prepare_kernel(self) -> None:
        """Prepare the kernel, and see that its tracebacks are as failures.py reads."""
        limit = self.nb_config.execution_timeout - 1
        prepare = PREPARE.format(str(self.stack), limit)
        for output in self._client.eval_expression(prepare):
            if output.output_type == "error":
                raise ExtensionError(output.evalue)
        (error,) = self._client.eval_expression(FAIL)
        require_lines("\n".join(error.traceback), f'"{error.evalue}", line 1')

    def code_cell_outputs(self, cell_index: int):
        """Execute up to this cell; after a failure, execute nothing more."""
        try:
            outputs = super().code_cell_outputs(cell_index)
        except DeadKernelError as error:
            self._cell_error, self._exc_string = error, str(error)
        if self._cell_error:
            self.report_failure()
            return None, []
        for output in outputs[1]:
            if output.output_type == "error":  # without the paths of this machine
                output.traceback = [f"{output.ename}: {output.evalue}"]
        self.check_outputs(cell_index)
        return outputs

    def report_failure(self) -> None:
        """Report the cell that failed, once."""
        if self.failed_at is not None:
            return
        self.failed_at = self._last_cell_executed
        stack = self.stack.read_text("utf-8") if self.stack.exists() else ""
        limit = self.nb_config.execution_timeout
        message, line = describe_failure(self._cell_error, stack, limit)
        if isinstance(self._cell_error, CellTimeoutError):
            # Other pages may wait for the same thing: stop the build at once.
            number, start = self.locate_cell(self.failed_at)
            where = f"{self.path}:{start + line - 1}"
            raise ExtensionError(f"{where}: error: cell {number} {message}")
        self.warn(self.failed_at, message, line)

    def check_outputs(self, index: int) -> None:
        """Warn once of what a cell may not publish, before MyST-NB tidies it."""
        if index not in self.checked:
            self.checked.add(index)
            for message in check_cell(self.notebook.cells[index]):
                self.warn(index, message)

    def close_client(self, exc_type, exc_val, exc_tb) -> None:
        """Check the cells whose outputs MyST-NB did not ask for; stop the kernel."""
        if self.failed_at is None and exc_type is None:
            for index, cell in enumerate(self.notebook.cells):
                if cell.cell_type == "code":
                    self.check_outputs(index)
        times = {
            self.locate_cell(index)[1]: spent
            for index, spent in self._client.seconds.items()
        }
        self._cell_error = self._exc_string = None  # reported above, with its line
        folder = self._client.folder
        super().close_client(exc_type, exc_val, exc_tb)
        self.exec_metadata["cells"] = times  # for extensions.cell_times
        folder.cleanup()

    def warn(self, index: int, message: str, line: int = 1) -> None:
        """Warn at a line of a cell's code."""
        number, start = self.locate_cell(index)
        where = f"{self.path}:{start + line - 1}"
        logger.warning("cell %d %s", number, message, location=where)

    def locate_cell(self, index: int) -> tuple[int, int]:
        """Return which code cell of its page a cell is, and where its code starts."""
        cells = self.notebook.cells[: index + 1]
        number = sum(cell.cell_type == "code" for cell in cells)
        return number, self.page.cells[number - 1].code_line


def install_client(app: Sphinx) -> None:
    """Let MyST-NB execute pages with our client and our kernel."""
    stop = "shutdown_kernel"
    require(hasattr(NotebookClient, stop), "nbclient", f"trait {stop}", __name__)
    execute = myst_nb.core.execute
    require_use(execute, "create_client", "NotebookClientInline", "MyST-NB", __name__)
    for name, function in USED.items():
        require_use(inline, function, name, "MyST-NB", __name__)
    execute.NotebookClientInline = Client
    inline.ModifiedNotebookClient = Kernel


def setup(app: Sphinx) -> dict[str, bool]:
    """Execute with our client: each page has its own, in the process that reads it."""
    app.connect("builder-inited", install_client)
    return {"parallel_read_safe": True}
