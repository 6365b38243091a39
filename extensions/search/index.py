"""Write what the search loads: a small index, and then the whole text.

Both are scripts, because a browser that opens the site from disk loads nothing else.
The first one has the titles, and for each term the documents whose title, question or
other wording contains it. The second one has the text, whose index the browser makes
while the first results are shown.
"""

import json
from typing import NamedTuple

from sphinx.environment import BuildEnvironment

from extensions.search.documents import Document, list_documents
from extensions.search.terms import find_terms, list_rules

FIELDS = ("title", "asked")
# Their text would not fit: the search finds the titles of their sections and terms. The
# messages that reference/errors lists are titles of their own.
TITLES_ONLY = {
    "about/changes",
    "about/checked",
    "about/numpy-docs",
    "reference/bibliography",
    "reference/errors",
    "reference/glossary",
}


class Scripts(NamedTuple):
    """The two scripts that are made from the pages."""

    first: str
    text: str


def write_scripts(env: BuildEnvironment) -> Scripts:
    """Return the scripts for all pages; the same pages give the same scripts."""
    documents = list_documents(env)
    names = list(dict.fromkeys(x.docname for x in documents))
    parents = list_parents(documents)
    first = {
        "rules": list_rules(),
        "pages": names,
        "documents": [
            [names.index(x.docname), x.label, x.kind, x.title, parent]
            for x, parent in zip(documents, parents, strict=True)
        ],
        **list_postings([(x.title, "\n".join(x.asked)) for x in documents]),
    }
    text = [write_text(x) for x in documents]
    return Scripts(write_script("first", first), write_script("text", text))


def write_text(document: Document) -> list[str]:
    """Return the text, the code and the other wordings of a document."""
    parts = (document.text, document.code, document.asked)
    if document.docname in TITLES_ONLY:
        parts = ([], [], document.asked)
    return ["\n".join(part) for part in parts]


def write_script(name: str, data: object) -> str:
    """Return a script that hands some data to search.js."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"(window.searchData ??= {{}}).{name} = {text};\n"


def list_parents(documents: list[Document]) -> list[int]:
    """Return the number of the section around each box, and of the page of a section.

    A page has no parent, which is -1.
    """
    parents, page, section = [], -1, -1
    for number, document in enumerate(documents):
        if document.kind == "page":
            parents.append(-1)
            page = section = number
        elif document.section:
            parents.append(section)
        else:
            parents.append(page)
            section = number
    return parents


def list_postings(documents: list[tuple[str, str]]) -> dict[str, list]:
    """Return all terms in their order, and the numbers of the documents with each.

    ``postings[field][term]`` belongs to ``FIELDS[field]`` and ``terms[term]``.

    >>> list_postings([("one hot", ""), ("hot", "one")])
    {'terms': ['hot', 'one'], 'postings': [[[0, 1], [0]], [[], [1]]]}
    """
    found = [[{*find_terms(text)} for text in texts] for texts in documents]
    terms = sorted(set().union(*(terms for fields in found for terms in fields)))
    numbers = {term: [[] for _ in FIELDS] for term in terms}
    for document, fields in enumerate(found):
        for field, inside in enumerate(fields):
            for term in inside:
                numbers[term][field].append(document)
    postings = [
        [numbers[term][field] for term in terms] for field in range(len(FIELDS))
    ]
    return {"terms": terms, "postings": postings}
