"""Say in one line why a cell failed, and in which line of its code."""

import re
from pathlib import Path

from nbclient.exceptions import CellTimeoutError, DeadKernelError

from extensions.upstream import require

ROOT = Path(__file__).parent.parent
ANSI = re.compile(r"\x1b\[[0-9;]*m")
# IPython's traceback names the line of a cell so: Cell In[3], line 2
TRACEBACK_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
# Python's stack of a cell names it so: File "/tmp/ipykernel_71/365.py", line 2 in ...
STACK_LINE = re.compile(r'ipykernel_\d+\S+", line (\d+)')
# Both name the line of a module so: File a.py:4, in f() or File "a.py", line 4 in f
MODULE_LINE = re.compile(r'File "?([^\s"]+\.py)(?:"?, line |:)(\d+)')


def require_lines(traceback: str, stack: str) -> None:
    """Stop the build unless a traceback and a stack still name the line of a cell."""
    found = TRACEBACK_LINE.search(ANSI.sub("", traceback))
    require(found, "IPython", "'Cell In[1], line 1' in a traceback", __name__)
    require(STACK_LINE.search(stack), "ipykernel", "'ipykernel_1' in a stack", __name__)


def describe_failure(error: Exception, stack: str, limit: int) -> tuple[str, int]:
    """Return why a cell failed, and the line of its code.

    Parameters
    ----------
    error : Exception
        What nbclient raised.
    stack : str
        Where the kernel was just before its time was up.
    limit : int
        How many seconds a cell may take.
    """
    if isinstance(error, DeadKernelError):
        return "killed its kernel", 1
    if isinstance(error, CellTimeoutError):
        text, trace, line = f"took more than {limit} seconds", stack, STACK_LINE
    else:
        trace, line = ANSI.sub("", error.traceback), TRACEBACK_LINE
        text = f"raised {error.ename}: {ANSI.sub('', error.evalue)}"
    found = line.search(trace)
    return text + name_examples(trace), int(found[1]) if found else 1


def name_examples(trace: str) -> str:
    """Name the lines in ``examples/`` that a traceback passes through."""
    lines = [
        f"{Path(name).resolve().relative_to(ROOT).as_posix()}:{line}"
        for name, line in MODULE_LINE.findall(trace)
        if Path(name).resolve().is_relative_to(ROOT / "examples")
    ]
    return f" ({', '.join(lines)})" if lines else ""
