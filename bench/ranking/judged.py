"""Judgements of lines, found again by their words or by their place, and what share of a list they make."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

JUDGED = Path(__file__).resolve().parent.parent / "judged" / "ranking.csv"
COLUMNS = ("corpus", "key", "doc_id", "start", "end", "letter")
ALIKE = 0.8  # of two spans of one document in common: the same line, cut a word earlier or later
LETTERS = "PNSFCO"


class Line(NamedTuple):
    """What people are shown of a talking point: the words, and where they stand."""

    text: str
    doc_id: str
    start: int
    end: int


def key(text: str) -> str:
    """A hash of the words, whatever their case and marks.

    >>> key("We must act, now!") == key("we must act now")
    True
    """
    return blake2b(" ".join(re.findall(r"\w+", text.casefold())).encode(), digest_size=8).hexdigest()


class Judgements:
    """The judgements of a corpus."""

    def __init__(self, rows: Iterable[dict[str, str]]) -> None:
        self._by_key: dict[str, str] = {}
        self._by_place: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for row in rows:
            self._by_key[row["key"]] = row["letter"]
            self._by_place[row["doc_id"]].append((int(row["start"]), int(row["end"]), row["letter"]))

    def letter(self, line: Line) -> str:
        """The letter of a line; `?` for one that was not judged."""
        known = self._by_key.get(key(line.text))
        if known is not None:
            return known
        for start, end, letter in self._by_place[line.doc_id]:
            common = min(end, line.end) - max(start, line.start)
            if common >= ALIKE * (max(end, line.end) - min(start, line.start)):
                return letter
        return "?"

    def shares(self, lines: Sequence[Line]) -> dict[str, float]:
        """The share of each letter among the lines, with that of `?`."""
        counts = Counter(self.letter(line) for line in lines)
        return {letter: counts[letter] / max(1, len(lines)) for letter in f"{LETTERS}?"}


def judgements(path: Path = JUDGED) -> dict[str, Judgements]:
    """By corpus what was judged."""
    rows = defaultdict(list)
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows[row["corpus"]].append(row)
    return {name: Judgements(found) for name, found in rows.items()}


def first(points: Sequence[dict[str, Any]]) -> list[Line]:
    """The lines of talking points as `Study.show` lists them."""
    return [Line(p["quote"], p["quote_doc"], p["quote_start"], p["quote_end"]) for p in points]
