"""Write what the search loads: a small index, and then the whole text.

Both are scripts, because a browser that opens the site from disk loads nothing else.
The first one has the titles, the questions, the entries of the index, and for each
term the documents that contain it. The second one has the text, whose index the
browser makes while the first results are shown.
"""

import json
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from sphinx.environment import BuildEnvironment

from extensions.search.documents import Document, list_documents
from extensions.search.terms import find_terms, list_rules

FIELDS = ("title", "asked", "around")


class Scripts(NamedTuple):
    """The two scripts that are made from the pages."""

    first: str
    text: str


def write_scripts(env: BuildEnvironment) -> Scripts:
    """Return the scripts for all pages; the same pages give the same scripts."""
    documents = list_documents(env)
    names = list(dict.fromkeys(x.docname for x in documents))
    pages = [[name, env.titles[name].astext()] for name in names]
    titles = dict(pages)
    first = {
        "rules": list_rules(),
        "fields": FIELDS,
        "pages": pages,
        "documents": [
            [names.index(x.docname), x.label, x.kind, x.title, x.section, x.asked]
            for x in documents
        ],
        **list_postings([read_fields(x, titles[x.docname]) for x in documents]),
    }
    text = [["\n".join(x.text), "\n".join(x.code)] for x in documents]
    return Scripts(write_script("first", first), write_script("text", text))


def write_script(name: str, data: object) -> str:
    """Return a script that hands some data to search.js."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"(window.searchData ??= {{}}).{name} = {text};\n"


def read_fields(document: Document, page_title: str) -> list[set[str]]:
    """Return the terms of a document in each of `FIELDS`."""
    texts = (
        document.title,
        "\n".join(document.asked),
        f"{page_title}\n{document.section}",
    )
    return [set(find_terms(text)) for text in texts]


def list_postings(documents: list[list[set[str]]]) -> dict[str, str]:
    """Return all terms, and the numbers of the documents that contain each of them.

    The numbers of a field are differences, in base 36. Commas separate them, a
    semicolon separates the fields, and a space separates the terms.
    """
    found: dict[str, list[list[int]]] = defaultdict(lambda: [[] for _ in FIELDS])
    for number, fields in enumerate(documents):
        for field, terms in enumerate(fields):
            for term in terms:
                found[term][field].append(number)
    terms = sorted(found)
    lines = [";".join(map(write_differences, found[term])) for term in terms]
    return {"terms": " ".join(terms), "postings": " ".join(lines)}


def write_differences(numbers: list[int]) -> str:
    """Return rising numbers as differences in base 36.

    >>> write_differences([3, 4, 40])
    '3,1,10'
    """
    steps = (after - before for before, after in pairwise([0, *numbers]))
    return ",".join(map(write_base_36, steps))


def write_base_36(number: int) -> str:
    """Return a number in the digits that JavaScript's ``parseInt(text, 36)`` reads."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    high, low = divmod(number, 36)
    return (write_base_36(high) if high else "") + digits[low]
