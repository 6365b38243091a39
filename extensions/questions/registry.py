"""What the build knows about each question of the site."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


class Entry(NamedTuple):
    """A question of the site.

    Attributes
    ----------
    slug : str
        The name of its small page, ``q/SLUG.html``.
    text : str
        The question, with code between backticks.
    answer : str
        The answer as text, with code between backticks.
    also : list of str
        Other wordings, which the search finds.
    needs : str
        What its cells need besides NumPy.
    fact : str
        Why no cell can show the answer, if none does.
    formerly : list of str
        The slugs of questions that were merged into this one.
    docname, label, section : str
        The page, the label and the title of the section that answers it.
    line : int
        The line of the question in its page.
    """

    slug: str
    text: str
    answer: str
    also: list[str]
    needs: str
    fact: str
    formerly: list[str]
    docname: str
    label: str
    section: str
    line: int


def list_entries(env: BuildEnvironment) -> list[Entry]:
    """Return all questions in the order of the pages in the table of contents."""
    found = getattr(env, "questions", {})
    return [entry for name in order_pages(env) for entry in found.get(name, [])]


def order_pages(env: BuildEnvironment) -> list[str]:
    """Return the names of all pages, in the order of the tables of contents."""
    ordered = list(env.collect_relations())
    return ordered + sorted(env.found_docs - set(ordered))


def find_addresses(env: BuildEnvironment) -> Iterator[tuple[str, Entry]]:
    """Yield each slug of the site, old ones too, with its question."""
    for entry in list_entries(env):
        yield from ((slug, entry) for slug in (entry.slug, *entry.formerly))


def add_entry(env: BuildEnvironment, entry: Entry) -> None:
    """Note a question of the page that is being read."""
    if not hasattr(env, "questions"):
        env.questions = {}
    env.questions.setdefault(entry.docname, []).append(entry)


def forget_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the questions of a page that is removed or read again."""
    getattr(env, "questions", {}).pop(docname, None)


def merge_pages(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    """Take the questions of the pages that another process has read."""
    for docname in docnames:
        for entry in getattr(other, "questions", {}).get(docname, []):
            add_entry(env, entry)
