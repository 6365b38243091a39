"""What the worker in a reader's browser calls."""

from extensions.imports import find_packages
from extensions.live.kernel import Kernel

__all__ = ["Kernel", "find_packages"]
