"""Write the changes as an Atom feed (RFC 4287).

The extensions that write feeds for Sphinx have an entry for each page, with the day of
its last change. Here an entry is a change that readers may want to know.
"""

from collections.abc import Iterable
from xml.etree import ElementTree

from extensions.changes.record import Change

ATOM = "http://www.w3.org/2005/Atom"
FEED = "feed.xml"
PAGE = "about/changes.html"


def write_feed(
    project: str, base: str, changes: Iterable[Change], addresses: dict[str, str]
) -> bytes:
    """Return the feed as XML: the same changes give the same bytes.

    Parameters
    ----------
    project : str
        The name of the site.
    base : str
        The address of the site.
    changes : iterable of Change
        The newest one first.
    addresses : dict of str to str
        The address of each label, without `base`.
    """
    base = base.rstrip("/")
    changes = list(changes)
    feed = ElementTree.Element("feed", xmlns=ATOM)
    add(feed, "title", f"Changes of {project}")
    add(feed, "id", f"{base}/{PAGE}")
    add(feed, "updated", write_time(changes[0]))
    add(feed, "link", href=f"{base}/{FEED}", rel="self", type="application/atom+xml")
    add(feed, "link", href=f"{base}/{PAGE}", rel="alternate", type="text/html")
    add(add(feed, "author"), "name", f"The {project} contributors")
    for change in changes:
        entry = add(feed, "entry")
        add(entry, "title", change.title)
        add(entry, "id", f"{base}/{PAGE}#changes-{change.name}")
        add(entry, "updated", write_time(change))
        add(entry, "link", href=f"{base}/{addresses[change.label]}", rel="alternate")
        add(entry, "summary", change.text)
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, "utf-8", xml_declaration=True) + b"\n"


def add(
    parent: ElementTree.Element, tag: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    """Add an element with a text and attributes; return it."""
    element = ElementTree.SubElement(parent, tag, attributes)
    element.text = text or None
    return element


def write_time(change: Change) -> str:
    """Return the beginning of the day of a change."""
    return f"{change.date}T00:00:00Z"
