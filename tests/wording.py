"""The words that ``nox -s lint`` refuses on a page, and the signs that it counts.

A sign (a colon or a semicolon inside a sentence, many words) does not make a sentence
wrong. A page that is full of them is hard to read, so their share has a limit.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from extensions.page import Page, read_page  # noqa: E402

MOST_WORDS = 40
PAGE_LIMIT, SITE_LIMIT = 0.20, 0.12  # the share of sentences with a sign
REFUSED = {
    r"\bwhoever\b|\bnobody\b|\bfor who\b": "say 'if you', or name who acts",
    r"\bbut for\b": "'except for'",
    r"\band be it\b": "'even if'",
    r"\bcounts? (0|nothing)\b": "'contributes nothing'",
    r"\b(each|every|one|no|a|the) mentions?\b": "'index entry' or 'occurrence'",
    r"\bwithout a word\b|\bin silence\b": "'silently'",
    r"\b(makes?|made) of\b": "'does with' or 'turns into'",
    r"\b(is|are) none\b": "say what it is",
    r"\banswer(s|ed)? rightly\b": "'classifies correctly'",
    r"\brais(es?|ed|ing) nothing\b": "'no error'",
    r"\b(stands?|stood) (in|at|on|beside|between|below|above|there|next)\b": "'is'",
    r"\b(mend(s|ed|ing)?|repair(s|ed|ing)?)\b": "'fix'",
    r"\bup to rounding\b(?! error)|\b(equal|agree|same),? to rounding\b": (
        "'up to rounding error'"
    ),
    r"\b(rightly|wrongly)\b": "'correctly', 'incorrectly'",
    r"\bthe picked\b|\bwhat is asked\b|\bthe met\b": "name the thing",
    r"\b(colour|behaviour|licence|centre[ds]?|favour|grey)\b": "American spelling",
    r"\bis to be\b|\bare to be\b": "'must be' or 'should be'",
    r"\bfirst of all\b|\bas it were\b": "leave it out",
}
SIGNS = {
    r"[;:](?=\s\S)": "a colon or a semicolon inside the sentence",
    r", and .*, and ": "a chain of ', and'",
}


def sentences(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each sentence of prose."""
    for number, text in page.prose:
        text = text.strip().lstrip("-*0123456789. ")
        skipped = re.match(r"\(|#|\||<|!|:::|\{", text)
        if text and not skipped and len(text.split()) > 3:
            yield number, text


def visible_lines(page: Page) -> Iterator[tuple[int, str]]:
    """Yield every line of text that a reader sees: prose, titles, captions, tables."""
    for number, line in page.prose:
        if not line.startswith(":::{moved}"):  # an old label keeps its words
            yield number, line
    for number, line in enumerate(page.lines, 1):
        if re.match(r"\s+(alt|caption): |\s+description: ", line):
            yield number, re.sub(r"`[^`]*`", "", line)


def refuse(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the words of a page that have a plainer form, with that form."""
    for number, text in visible_lines(page):
        for pattern, better in REFUSED.items():
            if match := re.search(pattern, text, re.IGNORECASE):
                yield number, f"{match[0]!r}: write {better}"


def count_signs(page: Page) -> Iterator[tuple[int, list[str]]]:
    """Yield the line of each sentence, and the signs that it may be hard to read."""
    for number, text in sentences(page):
        signs = [what for pattern, what in SIGNS.items() if re.search(pattern, text)]
        if len(text.split()) > MOST_WORDS:
            signs.append(f"more than {MOST_WORDS} words")
        yield number, signs


def main() -> int:
    """Print refused words and too many signs in these pages, or in all of them."""
    named = [Path(name).resolve() for name in sys.argv[1:] if name != "--signs"]
    failed, counted, marked = False, 0, 0
    for path in named or sorted(ROOT.glob("docs/**/*.md")):
        page = read_page(path.read_text("utf-8"))
        name = path.relative_to(ROOT).as_posix()
        for line, message in refuse(page):
            print(f"{name}:{line}: error: {message}")
            failed = True
        signs = list(count_signs(page))
        if "--signs" in sys.argv:
            for line, found in signs:
                if found:
                    print(f"{name}:{line}: sign: {'; '.join(found)}")
        hard = sum(bool(found) for _, found in signs)
        counted, marked = counted + len(signs), marked + hard
        if hard > PAGE_LIMIT * len(signs):
            print(
                f"{name}:1: error: {hard} of {len(signs)} sentences have a sign of "
                f"being hard to read (--signs shows them); at most {PAGE_LIMIT:.0%}"
            )
            failed = True
    print(f"{marked} of {counted} sentences have a sign of being hard to read")
    return int(failed or marked > SITE_LIMIT * counted)


if __name__ == "__main__":
    sys.exit(main())
