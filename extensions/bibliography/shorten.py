"""Name a part of a documentation or of a repository by its address."""

import re

GITHUB = "https://github.com/"


def shorten_address(address: str, starts: list[str]) -> str:
    """Return a short name for an address that begins with one of the starts.

    >>> shorten_address("https://github.com/numpy/numpy/issues/6305", [])
    'numpy/numpy#6305'
    >>> shorten_address("https://github.com/BVLC/caffe/blob/master/src/a.cpp", [])
    'BVLC/caffe: a.cpp'
    >>> shorten_address("https://example.org/user/how.html#so", ["https://example.org"])
    'user/how#so'
    """
    if address.startswith(GITHUB):
        return shorten_github(address.removeprefix(GITHUB))
    start = max((x for x in starts if address.startswith(x)), key=len, default="")
    name = address.removeprefix(start).strip("/").replace(".html", "")
    return name or address


def shorten_github(path: str) -> str:
    """Return a short name for a path on GitHub."""
    owner, repository, *rest = path.strip("/").split("/")
    name = f"{owner}/{repository}"
    match rest:
        case ["issues" | "pull", number]:
            return f"{name}#{number}"
        case ["commit", commit]:
            return f"{name}: commit {commit[:7]}"
        case ["blob" | "tree", _, *folders] if folders:
            return f"{name}: {folders[-1]}"
    return name


def order_name(name: str) -> list:
    """Return by what names are sorted, so that #999 is before #1000.

    >>> sorted(["a#1000", "a#999"], key=order_name)
    ['a#999', 'a#1000']
    """
    parts = re.split(r"(\d+)", name.lower())
    return [int(x) if n % 2 else x for n, x in enumerate(parts)]
