"""Put a strict Content-Security-Policy into each page.

A page then loads nothing from another host, and runs no script that is written into it.
So the build refuses what the policy would forbid: a script, a style or a handler inside
a page belongs in a file, or its style in a class.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

POLICY = "default-src 'self'"
# A live cell may draw an image, which Matplotlib writes into its SVG.
LIVE = f"{POLICY}; img-src 'self' data:"
META = '<meta http-equiv="Content-Security-Policy" content="{}">'
# The first line of each head: <meta charset="utf-8" />, <meta charset="utf-8">
CHARSET = re.compile(r'<meta charset="utf-8"(?: /)?>')
FORBIDDEN = re.compile(
    r"<script(?![^<>]*\ssrc=)[^<>]*>"  # <script>
    r"|<style\b[^<>]*>"
    r"|<[a-z][^<>]*?\s(?:style|on[a-z]+)\s*=[^<>]*>"  # <p style="...">
    r"|<[a-z][^<>]*?\s(?:href|src|action)=[\"']?(?:javascript|data):[^<>]*>",
    re.IGNORECASE,
)


def choose_policy(html: str) -> str:
    """Return the policy of a page, which depends on whether its cells are live."""
    return LIVE if "<script data-live=" in html else POLICY


def has_policy(html: str) -> bool:
    """Tell whether a page has its policy already."""
    return META.partition("{")[0] in html


def find_forbidden(html: str) -> str:
    """Return the first tag of a page that its policy would not obey, or nothing."""
    found = FORBIDDEN.search(html)
    return found[0] if found else ""


def add_policy(html: str) -> str:
    """Return a page with its policy, as early as possible.

    Raises
    ------
    ValueError
        If the page has no line with its charset, or something inside that the policy
        forbids.
    """
    if tag := find_forbidden(html):
        raise ValueError(f"the policy forbids {tag[:200]}: use a file, or a class")
    if len(CHARSET.findall(html)) != 1:
        raise ValueError(
            'expected one <meta charset="utf-8">, which the policy follows'
        )
    policy = META.format(choose_policy(html))
    return CHARSET.sub(lambda charset: charset[0] + policy, html)


def add_policies(app: Sphinx, exception: Exception | None) -> None:
    """Put the policy into every page of a site that was built without an error."""
    if exception is None and app.builder.name == "html":
        for page in sorted(Path(app.outdir).rglob("*.html")):
            html = page.read_text("utf-8")
            if has_policy(html):  # an earlier build has finished the page
                continue
            try:
                page.write_text(add_policy(html), "utf-8")
            except ValueError as error:
                name = page.relative_to(app.outdir).as_posix()
                raise ExtensionError(f"{name}: error: {error}") from None


def setup(app: Sphinx) -> dict[str, bool]:
    """Work on the finished pages, and on the small ones too."""
    app.connect("build-finished", add_policies, priority=950)
    return {"parallel_read_safe": True}
