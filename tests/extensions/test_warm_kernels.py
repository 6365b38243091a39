"""Forked kernels are new processes, and none outlives its page or the build."""

import asyncio
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import ROOT
from jupyter_client.manager import KernelManager
from sphinx.errors import ExtensionError

from extensions import warm_kernels
from extensions.warm_kernels import Provisioner, Server, list_shared

CODE = """import os, sys
print("x" in globals(), os.getpid(), os.getcwd())
x = 1
print("sympy" in sys.modules)"""

linux = pytest.mark.skipif(sys.platform != "linux", reason="forks only on Linux")


@pytest.fixture
def server(monkeypatch):
    """Run a server for a test."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    server = Server(ROOT, ["sympy"])
    monkeypatch.setattr(warm_kernels, "server", server)
    yield server
    if not server.process.stdin.closed:
        server.stop()


def start_kernel(folder: Path) -> KernelManager:
    """Start a kernel as a page does."""
    manager = KernelManager(transport="ipc", ip=str(folder / "ipc"))
    spec = manager.kernel_spec
    manager.provisioner = Provisioner(kernel_id="", kernel_spec=spec, parent=manager)
    manager.start_kernel(cwd=str(folder))
    return manager


def run(manager: KernelManager, code: str) -> str:
    """Run code in a kernel, and return what it prints."""
    client, shown = manager.blocking_client(), []
    client.start_channels()
    client.wait_for_ready(timeout=60)
    client.execute_interactive(
        code, timeout=60, output_hook=lambda x: shown.append(x["content"].get("text"))
    )
    client.stop_channels()
    return "".join(filter(None, shown))


def is_running(pid: int) -> bool:
    """Return whether a process runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@linux
def test_each_kernel_is_a_process_of_its_own_with_an_empty_namespace(server, tmp_path):
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        manager = start_kernel(folder)
        said = run(
            manager,
            CODE,
        )
        assert said == f"False {manager.provisioner.pid} {folder}\nTrue\n"
        manager.shutdown_kernel(now=True)
        assert not is_running(manager.provisioner.pid)


@linux
def test_a_kernel_that_ends_by_itself_is_found_dead(server, tmp_path):
    manager = start_kernel(tmp_path)
    assert manager.is_alive()
    os.kill(manager.provisioner.pid, 9)
    manager.provisioner.process.wait(timeout=10)
    assert not manager.is_alive()
    manager.cleanup_resources()


@linux
def test_no_kernel_outlives_its_connection_or_the_build(server, tmp_path):
    first, second = start_kernel(tmp_path), start_kernel(tmp_path)
    first.provisioner.process.connection.close()
    server.stop()
    for manager in (first, second):
        assert not is_running(manager.provisioner.pid)
        assert not manager.is_alive()
        manager.cleanup_resources()


def test_the_kernels_share_what_a_cell_imports_also_through_an_example(tmp_path):
    code = "from examples.equation_check import holds"
    path = tmp_path / "index.md"
    path.write_text(f"```{{code-cell}}\n{code}\n```\n", "utf-8")
    env = SimpleNamespace(doc2path=lambda docname: tmp_path / f"{docname}.md")
    assert list_shared(env, ["index"]) == ["sympy"]
    path.write_text("# No cell\n", "utf-8")
    assert list_shared(env, ["index"]) == []


def test_a_kernel_that_another_program_launches_stops_the_build(monkeypatch):
    monkeypatch.setattr(warm_kernels, "server", object())
    launch = Provisioner().launch_kernel(["python", "-m", "kernel"])
    with pytest.raises(ExtensionError, match="no ipykernel_launcher in its command"):
        asyncio.run(launch)


def test_without_a_server_a_kernel_starts_as_usual(tmp_path):
    manager = start_kernel(tmp_path)
    assert run(manager, "print(6 * 7)") == "42\n"
    manager.shutdown_kernel(now=True)
    assert not manager.is_alive()
