"""NumPy's messages around indexing, each with its entry or the reason for none.

``numpy_messages.tsv`` is the list. ``python tests/numpy_messages.py FOLDER`` names the
messages that the list lacks, for a folder with the sources of a release of NumPy. Run
it for each new release.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LIST = Path(__file__).with_suffix(".tsv")
NONE = "-"
# Every message of these sources is in the list; of other files, only some are.
COMPLETE = [
    f"numpy/_core/src/multiarray/{name}"
    for name in (
        "mapping.c",
        "iterators.c",
        "item_selection.c",
        "common.h",
        "array_coercion.c",
    )
]
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What raises or prepares a message: PyErr_Format(PyExc_IndexError, "text" "more", ...
CALL = re.compile(
    r"\b(PyErr_SetString|PyErr_Format|PyOS_snprintf|DEPRECATE\w*"
    r"|PyArray_FailUnlessWriteable)\(|\bmsg = "
)
END = re.compile(r"\);|(?<=\");")  # of a statement; a text may have other semicolons
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"|\bNPY_INTP_FMT\b')
GAP = re.compile(r"%(?:\.\d+)?(?:zd|[dsSR])?|\{\}")  # in a format of C, in the list


class Message(NamedTuple):
    """A row of the list; `message` has {} for each part that varies.

    Attributes
    ----------
    source, error, message : str
        The file of NumPy, the name of the error, and its text.
    entry, reason : str
        The label of the entry that raises the message, or the reason why no
        entry does. The other one is "-".
    """

    source: str
    error: str
    message: str
    entry: str
    reason: str


def read_list() -> list[Message]:
    """Return the rows of the list."""
    _, *lines = LIST.read_text("utf-8").splitlines()
    return [Message(*line.split("\t")) for line in lines]


def split_message(text: str) -> list[str]:
    """Return the fixed parts of a message, between the parts that vary."""
    return [part for part in GAP.split(text) if part]


def matches(text: str, message: str) -> bool:
    """Return whether a text is a message with its gaps filled."""
    pattern = ".*".join(re.escape(part) for part in GAP.split(message))
    return re.fullmatch(pattern, text, re.DOTALL) is not None


def find_messages(code: str) -> Iterator[str]:
    """Yield the text of each error and warning in the code of a C file."""
    code = COMMENT.sub("", code)
    for call in CALL.finditer(code):
        statement = END.split(code[call.end() :], maxsplit=1)[0]
        text = ""  # the format, without the words that are inserted into it
        for literal in LITERAL.finditer(statement):
            gap = statement[: literal.start()].rstrip("\\ \n")
            if text and not gap.endswith(('"', "NPY_INTP_FMT")):
                break
            text += literal[1] or ""
        if call[1] == "PyArray_FailUnlessWriteable":
            text += " is read-only"
        if text:
            yield text.replace('\\"', '"').replace("\\n", "\n")


def find_missing(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the source and the text of each message that the list lacks."""
    rows = read_list()
    for source in COMPLETE:
        code = folder.joinpath(source).read_text("utf-8")
        listed = [row.message.format(*"0000") for row in rows if row.source == source]
        for text in find_messages(code):
            if not any(matches(message, text) for message in listed):
                yield source, text


def main() -> int:
    """Print each message of a folder's sources that the list lacks."""
    missing = list(find_missing(Path(sys.argv[1])))
    for source, text in missing:
        print(f"{source}: add to tests/numpy_messages.tsv: {text}")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
