"""Fork a kernel for each page from one process that has imported what all need.

``warm_kernels.py`` starts this program. Its arguments are the number of a listening
socket, and modules to import. Each connection asks for one kernel, and belongs to it:
the kernel is killed when the connection ends, and the connection is closed when the
kernel has ended. The program ends, with all its kernels, when its standard input does.
"""

import contextlib
import importlib
import json
import os
import select
import signal
import socket
import sys

# ipykernel reads it when it is imported: its kernels end when this process does.
os.environ["JPY_PARENT_PID"] = str(os.getpid())

# The kernels need all of these.
import numpy  # noqa: F401
from ipykernel import kernelapp

import extensions.kernel  # noqa: F401


class ForkServer:
    """The kernels that run, each with its connection, and the sockets around them."""

    def __init__(self, listener: socket.socket) -> None:
        """Wake up whenever a kernel ends."""
        self.listener = listener
        self.kernels: dict[int, socket.socket] = {}
        self.wake, wakes = socket.socketpair()
        self.sockets = [listener, self.wake, wakes]
        for end in (self.wake, wakes):
            end.setblocking(False)
        signal.set_wakeup_fd(wakes.fileno())
        signal.signal(signal.SIGCHLD, lambda number, frame: None)

    def serve(self) -> None:
        """Start and end kernels until the standard input ends."""
        while True:
            waiting = [sys.stdin, self.listener, self.wake, *self.kernels.values()]
            ready, _, _ = select.select(waiting, [], [])
            if sys.stdin in ready:
                break
            if self.wake in ready:
                self.wake.recv(4096)
            for pid, connection in self.kernels.items():
                if connection in ready:
                    self.kill(pid)
            self.forget_ended()
            if self.listener in ready:
                self.start_kernel()
        for pid, connection in self.kernels.items():
            self.kill(pid)
            os.waitpid(pid, 0)
            connection.close()
        for end in self.sockets:
            end.close()

    def kill(self, pid: int) -> None:
        """Kill a kernel and the processes that it has started."""
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:  # it leads no group yet
            os.kill(pid, signal.SIGKILL)

    def forget_ended(self) -> None:
        """Close the connection of each kernel that has ended."""
        for pid in list(self.kernels):
            if os.waitpid(pid, os.WNOHANG)[0]:
                self.kernels.pop(pid).close()

    def start_kernel(self) -> None:
        """Read a request, fork a kernel and answer with its number."""
        connection, _ = self.listener.accept()
        with connection.makefile() as lines:
            request = json.loads(lines.readline() or "null")
        if not request:  # the client has ended already
            connection.close()
            return
        pid = os.fork()
        if not pid:
            self.sockets += [connection, *self.kernels.values()]
            self.become_kernel(request)
        self.kernels[pid] = connection
        with contextlib.suppress(BrokenPipeError):
            connection.sendall(f"{pid}\n".encode())

    def become_kernel(self, request: dict) -> None:
        """Run as a kernel that was started by itself would, and end."""
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for end in self.sockets:
            end.close()
        os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
        os.chdir(request["cwd"])
        os.environ.update(request["env"], JPY_PARENT_PID=os.environ["JPY_PARENT_PID"])
        sys.argv = request["argv"]
        try:
            kernelapp.launch_new_instance()
        finally:
            os._exit(0)


if __name__ == "__main__":
    sys.path.pop(0)  # the folder of the program, which no kernel searches
    for name in sys.argv[2:]:
        importlib.import_module(name)
    ForkServer(socket.socket(fileno=int(sys.argv[1]))).serve()
