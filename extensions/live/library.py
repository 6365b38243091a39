"""What the worker in a reader's browser calls."""

from extensions.explorer_html import Training, show_selection
from extensions.imports import find_packages
from extensions.live.kernel import Kernel

__all__ = ["Kernel", "Training", "find_packages", "show_selection"]
