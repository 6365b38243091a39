"""Check what an extension relies on in another package before it is used.

A new release may rename or reshape it. The build then stops with one sentence that
names the file to look at. Without the check, our code could silently do nothing.
"""

from functools import reduce
from types import ModuleType


def require(found: object, package: str, what: str, extension: str) -> None:
    """Stop the build unless a package still has what an extension relies on.

    Parameters
    ----------
    found : object
        What a search for it gave; anything false stops the build.
    package : str
        The package, by the name that people know.
    what : str
        What the extension relies on.
    extension : str
        The extension's own ``__name__``.

    Raises
    ------
    sphinx.errors.ExtensionError
        If `found` is false.
    """
    if not found:
        from sphinx.errors import ExtensionError  # a browser has no Sphinx

        file = extension.replace(".", "/")
        raise ExtensionError(f"{package} has changed: it has no {what}; see {file}.py")


def require_use(
    module: ModuleType, function: str, name: str, package: str, extension: str
) -> None:
    """Stop the build unless a function of another package still uses a name.

    Only then does a replacement of that name change what the function does.
    """
    found = reduce(lambda x, part: getattr(x, part, None), function.split("."), module)
    names = getattr(getattr(found, "__code__", None), "co_names", ())
    require(name in names, package, f"{function} that uses {name}", extension)
