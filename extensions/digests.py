"""Put a digest of each file into its address: ``site.css?v=1f3a5c7e``.

A browser may then keep the file for as long as it likes, because another content has
another address. The digests are made last, from the bytes that are served.
"""

import hashlib
import re
from pathlib import Path
from urllib.parse import unquote

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

LENGTH = 8
# <link rel="stylesheet" href="_static/site.css?v=ef565de2" />, <script src="...">
TAG = re.compile(
    r'(<(?:link|script|img)\b[^<>]*?\s(?:href|src)=")'
    r'((?:\.\./)*(?:_static|_images)/[^"?#]+)(?:\?[^"#]*)?'
)
# url(../vendor/icons.woff2), @import "../basic.css"
STYLE = re.compile(
    r"""(url\(["']?|@import\s+["'])([^"')?#:]+)(?:\?[^"')#]*)?(?=["')])"""
)


def shorten_digest(*parts: bytes) -> str:
    """Return a short digest of some bytes."""
    return hashlib.sha256(b"".join(parts)).hexdigest()[:LENGTH]


class Addresses:
    """The addresses of files, each with the digest of what the file has now."""

    def __init__(self) -> None:
        self.digests: dict[Path, str] = {}

    def find_digest(self, path: Path) -> str:
        """Return the digest of a file. A style sheet gets its own digests first."""
        path = path.resolve()
        if path not in self.digests:
            if path.suffix == ".css":
                self.rewrite(path, STYLE)
            self.digests[path] = shorten_digest(path.read_bytes())
        return self.digests[path]

    def rewrite(self, path: Path, pattern: re.Pattern) -> None:
        """Give each address in a file the digest of what it leads to."""

        def write_address(found: re.Match) -> str:
            target = path.parent / unquote(found[2])
            if not target.is_file():
                raise ExtensionError(f"{path.name}: error: there is no file {found[2]}")
            return f"{found[1]}{found[2]}?v={self.find_digest(target)}"

        old = path.read_text("utf-8")
        new = pattern.sub(write_address, old)
        if new != old:
            path.write_text(new, "utf-8")


def add_digests(app: Sphinx, exception: Exception | None) -> None:
    """Write the digests into every page of a site that was built without an error.

    A build with warnings fails, and its pages may name a file that is missing.
    """
    if exception is None and not app._warncount and app.builder.name == "html":
        addresses = Addresses()
        for page in sorted(Path(app.outdir).rglob("*.html")):
            addresses.rewrite(page, TAG)


def setup(app: Sphinx) -> dict[str, bool]:
    """Work on the finished pages, after all that changes the files."""
    app.connect("build-finished", add_digests, priority=960)
    return {"parallel_read_safe": True}
