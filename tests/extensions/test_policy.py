"""Each page has its policy, and the build refuses what the policy would forbid."""

import re
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

from extensions.policy import LIVE, META, POLICY, add_policies, find_forbidden

PAGE = '<head><meta charset="utf-8" />{}</head><body>{}</body>'
FORBIDDEN = [
    "<script>x()</script>",
    '<script type="module">x()</script>',
    "<style>p { color: red }</style>",
    '<p class="a" style="color: red">x</p>',
    '<p\nstyle="color: red">x</p>',
    '<button onclick="x()">x</button>',
    '<a href="javascript:x()">x</a>',
    '<img alt="" src="data:image/gif;base64,R0lGODlh">',
    "<BODY ONLOAD=x()>",
]
ALLOWED = [
    '<script src="x.js"></script>',
    '<script data-live="{&quot;a&quot;:1}" src="x.js"></script>',
    '<p class="on">Write style="color: red" or onclick="x()".</p>',
    "<p>1 &lt; 2, and style='x' &gt; 3</p>",
    '<math display="block"><mtd class="column-left"></mtd></math>',
    '<path stroke-linecap="butt" fill="none"/>',
    '<a href="https://example.org/?style=x&amp;once=1">x</a>',
]


@pytest.fixture
def app(tmp_path) -> SimpleNamespace:
    """Return what the extension reads of Sphinx, with an empty site."""
    (tmp_path / "q").mkdir()
    return SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(name="html"))


@pytest.mark.parametrize("html", FORBIDDEN)
def test_what_the_policy_forbids_is_refused_with_the_page(html, app):
    (app.outdir / "q" / "x.html").write_text(PAGE.format("", html), "utf-8")
    with pytest.raises(
        ExtensionError, match=r"^q/x\.html: error: the policy forbids <"
    ):
        add_policies(app, None)


@pytest.mark.parametrize("html", ALLOWED)
def test_what_the_policy_allows_is_left_as_it_is(html, app):
    page = app.outdir / "x.html"
    page.write_text(PAGE.format("", html), "utf-8")
    for _ in range(2):  # the second build finds the page of the first
        add_policies(app, None)
        policy = LIVE if "data-live" in html else POLICY
        assert page.read_text("utf-8") == PAGE.format(META.format(policy), html)


def test_a_page_whose_head_begins_otherwise_is_refused(app):
    (app.outdir / "x.html").write_text("<head><title>x</title></head>", "utf-8")
    with pytest.raises(ExtensionError, match="expected one <meta charset"):
        add_policies(app, None)


def test_each_page_has_one_policy_before_all_that_it_governs(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 3
    for page in pages:
        html = page.read_text("utf-8")
        policies = re.findall(r'http-equiv="([^"]+)" content="([^"]+)"', html)
        allowed = LIVE if "live.js" in html else POLICY
        assert policies == [("Content-Security-Policy", allowed)], page.name
        assert not re.search(
            "<(script|link|style|img)", html.partition("<meta http")[0]
        )
        assert not find_forbidden(html), page.name
