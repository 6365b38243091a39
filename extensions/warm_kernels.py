"""Start kernels faster: fork them from a process that has imported NumPy already.

A new kernel spends most of its time with imports. Each page still has a kernel of its
own, with an empty namespace. Elsewhere than on Linux, where a fork can be unsafe or
missing, kernels start as usual.
"""

import contextlib
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from extensions.imports import find_imports, follow_imports
from extensions.page import open_page
from extensions.upstream import require

PROGRAM = "extensions.fork_server"
# What the process imports besides NumPy if the cells of a page import its package.
SHARED = (
    *("matplotlib.backends.backend_svg", "matplotlib.figure", "matplotlib.patches"),
    *("sklearn.datasets", "sympy"),
)
LAUNCHER = "ipykernel_launcher"


class Server:
    """The process that forks kernels, and the folder with its socket."""

    def __init__(self, root: Path, modules: list[str]) -> None:
        """Start the process; it answers when it has imported these modules."""
        self.folder = tempfile.TemporaryDirectory(prefix="kernels")
        self.address = str(Path(self.folder.name) / "server")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.address)
            listener.listen(socket.SOMAXCONN)
            number = listener.fileno()
            self.process = subprocess.Popen(
                [sys.executable, "-m", PROGRAM, str(number), *modules],
                cwd=root,
                stdin=subprocess.PIPE,
                pass_fds=[number],
            )

    def stop(self) -> None:
        """End the process and the kernels that still run."""
        self.process.stdin.close()
        self.process.wait()
        self.folder.cleanup()


class ForkedKernel:
    """A kernel that was forked, with the methods of ``subprocess.Popen``.

    The connection to the server ends when the kernel does.
    """

    stdin = stdout = stderr = None

    def __init__(self, address: str, **request: object) -> None:
        """Ask the server for a kernel with these arguments, folder and environment."""
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.connect(address)
        self.connection.sendall(json.dumps(request).encode() + b"\n")
        with self.connection.makefile() as answer:
            self.pid = int(answer.readline())

    def poll(self) -> int | None:
        """Return a number if the kernel has ended."""
        is_open = self.connection.fileno() >= 0
        if is_open and not select.select([self.connection], [], [], 0)[0]:
            return None
        self.connection.close()
        return 0

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until the kernel has ended."""
        if self.connection.fileno() >= 0:
            self.connection.settimeout(timeout)
            self.connection.recv(1)
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel, unless it has ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)


class Provisioner(LocalProvisioner):
    """Fork a kernel if a server runs; end each kernel without a pause."""

    async def launch_kernel(self, cmd: list[str], **options) -> KernelConnectionInfo:
        """Start a kernel with a command."""
        if server is None:
            return await super().launch_kernel(cmd, **options)
        require(LAUNCHER in cmd, "ipykernel", f"{LAUNCHER} in its command", __name__)
        argv = cmd[cmd.index(LAUNCHER) :]
        cwd, env = options["cwd"], options["env"]
        self.process = ForkedKernel(server.address, argv=argv, cwd=cwd, env=env)
        self.pid = self.pgid = self.process.pid  # it leads a group of its own
        self.cwd = cwd
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel, and wait until it has ended."""
        await super().kill(restart)
        if self.process:
            self.process.wait(timeout=5)


server: Server | None = None


def list_shared(env: BuildEnvironment, docnames: list[str]) -> list[str]:
    """Return the modules to share among the kernels of these pages."""
    pages = (open_page(env.doc2path(docname)) for docname in docnames)
    cells = (cell for page in pages for cell in page.cells)
    modules, _ = follow_imports({x for cell in cells for x in find_imports(cell.code)})
    packages = {name.split(".")[0] for name in modules}
    return [name for name in SHARED if name.split(".")[0] in packages]


def start_server(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Start the server where a fork is safe, if a page will be executed."""
    global server
    executed = docnames and app.config.nb_execution_mode != "off"
    if executed and sys.platform == "linux":
        server = Server(app.confdir, list_shared(env, docnames))


def stop_server(app: Sphinx, exception: Exception | None) -> None:
    """Stop the server when all pages are written."""
    global server
    if server is not None:
        server.stop()
        server = None


def setup(app: Sphinx) -> dict[str, bool]:
    """Run the server from the first page to the end of the build."""
    app.connect("env-before-read-docs", start_server)
    app.connect("build-finished", stop_server)
    return {"parallel_read_safe": True}
