"""Read the record of what changed on the site."""

import tomllib
from datetime import date
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("changes.toml")


class Change(NamedTuple):
    """A change: its day, its name, its headline, its text, and where it can be seen."""

    date: date
    name: str
    title: str
    text: str
    label: str


def read_changes() -> list[Change]:
    """Return the changes of the file, which has the newest one first."""
    changes = [Change(**x) for x in tomllib.loads(FILE.read_text("utf-8"))["changes"]]
    if changes != sorted(changes, key=lambda x: x.date, reverse=True):
        raise ValueError(f"{FILE.name} must have the newest change first")
    return changes
