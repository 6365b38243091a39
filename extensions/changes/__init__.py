"""What changed on the site, as a list and as a feed, and how to cite a state of it.

``:::{site-changes}`` lists the changes of ``changes.toml``. ``:::{site-state}`` is the
BibTeX entry of the state that is being built. ``feed.xml`` has the same changes, in the
format Atom. It needs full addresses, so a build without ``html_baseurl`` has no feed.
"""

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from extensions.changes.feed import FEED, write_feed
from extensions.changes.record import FILE, Change, read_changes
from extensions.colophon import NUMPY, read_commit
from extensions.moved import link_label

PAGE = "about/changes"
LINK = '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">'
ENTRY = """\
@misc{{one-line-of-numpy,
  author = {{{{The One Line of NumPy contributors}}}},
  title = {{One Line of {{NumPy}}}},
{fields}}}"""


class SiteChanges(SphinxDirective):
    """The list of all changes."""

    def run(self) -> list[nodes.Node]:
        """Return the list, with an address for each change."""
        self.env.note_dependency(str(FILE))
        try:
            items = map(self.write_item, read_changes())
            return [nodes.bullet_list("", *items, classes=["site-changes"])]
        except (TypeError, ValueError) as error:
            raise self.error(str(error)) from error

    def write_item(self, change: Change) -> nodes.list_item:
        """Return the day, the headline and the text of a change, and a link."""
        link = link_label(change.label, self.env.docname)
        self.set_source_info(link)
        head = nodes.strong("", f"{change.date}: {change.title}")
        line = nodes.paragraph("", "", head, nodes.Text(f". {change.text} See "), link)
        line += nodes.Text(".")
        return nodes.list_item("", line, ids=[f"changes-{change.name}"])


class SiteState(SphinxDirective):
    """The BibTeX entry of the state that is being built."""

    def run(self) -> list[nodes.Node]:
        """Return the entry as code; read this page again in every build."""
        self.env.note_reread()
        day, commit = read_commit(self.env.app.confdir)
        entry = write_entry(day, commit, self.config.html_baseurl)
        return [nodes.literal_block(entry, entry, language="none")]


def write_entry(day: str, commit: str, base: str) -> str:
    """Return a BibTeX entry without the fields that are unknown."""
    state = [f"commit {commit}" if commit else "", day, f"executed by {NUMPY}"]
    fields = {
        "year": day[:4],
        "note": ", ".join(filter(None, state)),
        "url": base,
    }
    lines = [f"  {name} = {{{x}}},\n" for name, x in fields.items() if x]
    return ENTRY.format(fields="".join(lines))


def publish_feed(app: Sphinx, exception: Exception | None) -> None:
    """Write the feed of a site whose address is known."""
    base = app.config.html_baseurl
    if exception is None and app.builder.name == "html" and base and has_page(app):
        labels = app.env.domains.standard_domain.anonlabels
        places = {x.label: labels[x.label] for x in read_changes()}
        addresses = {
            label: f"{app.builder.get_target_uri(page)}#{anchor}"
            for label, (page, anchor) in places.items()
        }
        feed = write_feed(app.config.project, base, read_changes(), addresses)
        (Path(app.outdir) / FEED).write_bytes(feed)


def has_page(app: Sphinx) -> bool:
    """Return whether the site has the page of the changes and what it links to."""
    labels = app.env.domains.standard_domain.anonlabels
    return PAGE in app.env.found_docs and all(x.label in labels for x in read_changes())


def announce_feed(
    app: Sphinx, name: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Let a reader of feeds find the feed from the page of the changes."""
    if name == PAGE and app.config.html_baseurl:
        title = escape(f"Changes of {app.config.project}")
        address = app.config.html_baseurl.rstrip("/") + f"/{FEED}"
        link = LINK.format(title, escape(address))
        context["metatags"] = context.get("metatags", "") + link


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directives, and write the feed at the end."""
    app.add_directive("site-changes", SiteChanges)
    app.add_directive("site-state", SiteState)
    app.connect("html-page-context", announce_feed)
    app.connect("build-finished", publish_feed)
    return {"parallel_read_safe": True}
