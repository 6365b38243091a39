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

from extensions.upstream import require

PROGRAM = "extensions.fork_server"
LAUNCHER = "ipykernel_launcher"


class Server:
    """The process that forks kernels, and the folder with its socket."""

    def __init__(self, root: Path) -> None:
        """Start the process; it answers when its imports are done."""
        self.folder = tempfile.TemporaryDirectory(prefix="kernels")
        self.address = str(Path(self.folder.name) / "server")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.address)
            listener.listen(socket.SOMAXCONN)
            number = listener.fileno()
            self.process = subprocess.Popen(
                [sys.executable, "-m", PROGRAM, str(number)],
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


def start_server(app: Sphinx) -> None:
    """Start the server where a fork is safe, while Sphinx looks for the pages."""
    global server
    if sys.platform == "linux" and app.config.nb_execution_mode != "off":
        server = Server(app.confdir)


def stop_server(app: Sphinx, exception: Exception | None) -> None:
    """Stop the server when all pages are written."""
    global server
    if server is not None:
        server.stop()
        server = None


def setup(app: Sphinx) -> dict[str, bool]:
    """Run the server from the start of a build to its end."""
    app.connect("builder-inited", start_server)
    app.connect("build-finished", stop_server)
    return {"parallel_read_safe": True}
