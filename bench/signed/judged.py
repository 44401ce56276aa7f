"""Passages and talking points that readers judged: what a study still says of them, and whether they would sign it.

python -m bench.signed.judged                  makes a study of each of the four corpora
python -m bench.signed.judged FOLDER           reads FOLDER/senate, FOLDER/posts, FOLDER/debates and FOLDER/saudi

The passages with an even number are to report by, those with an odd one to choose by.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pyarrow import csv

import inchorus
from bench.corpora import Absent, corpus
from bench.signed.inputs import PRESETS, documents
from bench.signed.planted import SETS
from bench.signed.share import Share, print_shares

# Of the judged span that a passage of the study holds, and of the words of the two wordings.
OVERLAP = 0.5
IN_COMMON = 0.5
# Of the words of a judged talking point and of one that is taken to be the same.
SAME_POINT = 0.8

Row = dict[str, Any]


def main() -> int:
    """Measure and print: 0, or 1 where the judgements are not on this machine."""
    parser = argparse.ArgumentParser(prog="bench.signed.judged", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="studies that are there already")
    parser.add_argument("--corpus", nargs="+", choices=list(PRESETS), default=list(PRESETS))
    asked = parser.parse_args()
    try:
        folder = corpus("senate").parent.parent / "judged"
        edited, lines = _rows(folder / "edited.csv"), _rows(folder / "lines.csv")
        shares: dict[str, dict[str, list[Share]]] = {which: {} for which in SETS}
        for name in asked.corpus:
            study = (
                inchorus.open(asked.folder / name)
                if asked.folder
                else inchorus.find(documents(name), preset=PRESETS[name], no_ties=True)
            )
            points, passages = _tables(study)
            for which, odd in zip(SETS, (1, 0), strict=True):
                own = [r for r in edited if r["corpus"] == name and r["n"] % 2 == odd]
                judged = [r for r in lines if r["corpus"] == name and r["n"] % 2 == odd]
                shares[which][name] = [*of_edited(own, points, passages), *of_lines(judged, points)]
    except Absent as absent:
        print(f"judged: not measured, as {absent}")
        return 1
    for which in SETS:
        print_shares(f"judged passages, to {which} by", shares[which])
    return 0


def of_edited(judged: Iterable[Row], points: dict[str, Row], passages: Iterable[Row]) -> Iterator[Share]:
    """Of the judged passages that are called repeats: the share signed; of those signed: the share called.

    >>> judged = [{"doc_id": "d", "start": 0, "end": 10, "repeats": "S", "general": 0, "wording": "a b c d"}]
    >>> points = {"t": {"label": "line", "text": "a b c d"}}
    >>> found = [{"doc_id": "d", "start": 2, "end": 10, "tp_id": "t"}]
    >>> [s.value for s in of_edited(judged, points, found)][:2]
    [1.0, 1.0]
    """
    by_document: dict[str, list[Row]] = defaultdict(list)
    for p in passages:
        by_document[p["doc_id"]].append(p)
    called: list[Row] = []
    signed = Counter[bool]()
    for row in judged:
        is_called = any(_is_called(row, p, points[p["tp_id"]]) for p in by_document[row["doc_id"]])
        called += [row] if is_called else []
        if row["repeats"] == "S":
            signed[is_called] += 1
    good = [r["repeats"] == "S" for r in called]
    yield Share("judged passages called repeats that a reader signs", "all", sum(good), len(good))
    yield Share("passages that a reader signs and that are called", "all", signed[True], signed.total())
    general = [r["general"] == 1 for r in called]
    yield Share("judged passages called repeats that are formulas", "all", sum(general), len(general), low=True)


def _is_called(row: Row, passage: Row, point: Row) -> bool:
    shared = min(row["end"], passage["end"]) - max(row["start"], passage["start"])
    held = shared >= OVERLAP * (row["end"] - row["start"])
    return point["label"] == "line" and held and alike(row["wording"], point["text"]) >= IN_COMMON


def of_lines(judged: Iterable[Row], points: dict[str, Row]) -> Iterator[Share]:
    """Of judged talking points that are still there: what those labelled line are, and how many points lost the label.

    >>> row = {"tp_id": "t", "wording": "a b", "kind_c": "P", "same_c": 1, "kind_d": None, "same_d": None}
    >>> [(s.hits, s.n) for s in of_lines([row | {"label": "line"}], {"t": {"label": "line", "text": "a b"}})]
    [(1, 1), (0, 1), (0, 1), (1, 1)]
    """
    words = {t: _words(p["text"]) for t, p in points.items()}
    holding: dict[str, list[str]] = defaultdict(list)
    for tp_id, own in words.items():
        for word in own:
            holding[word].append(tp_id)
    found: list[tuple[Row, str]] = []
    n = 0
    for row in judged:
        n += 1
        there = row["tp_id"] if row["tp_id"] in points else _nearest(row["wording"], words, holding)
        if there:
            found.append((row, points[there]["label"]))
    lines = [row for row, label in found if label == "line"]
    same = [_first(row, "same") == 1 for row in lines if _first(row, "same") is not None]
    yield Share("judged lines whose documents say the same", "all", sum(same), len(same))
    formulas = [_first(row, "kind") == "C" for row in lines]
    yield Share("judged lines that are formulas", "all", sum(formulas), len(formulas), low=True)
    quotable = [label != "line" for row, label in found if _first(row, "kind") == "P" and row["label"] == "line"]
    yield Share("judged points that lost the label line", "of those found", sum(quotable), len(quotable), low=True)
    yield Share("judged talking points that are still there", "all", len(found), n)


def _nearest(wording: str, words: dict[str, Counter[str]], holding: dict[str, list[str]]) -> str | None:
    """The talking point that has most words of a wording, if it is nearly the same."""
    own = _words(wording)
    rarest = sorted((w for w in own if w in holding), key=lambda w: len(holding[w]))[:4]
    best = max(
        ((_common(own, words[t]), t) for word in rarest for t in holding[word]), default=(0.0, ""),
    )  # fmt: skip
    return best[1] if best[0] >= SAME_POINT else None


def alike(a: str, b: str) -> float:
    """The share of words in common of two wordings, 0 to 1: twice the common ones to all.

    >>> alike("the same line", "The line")
    0.8
    """
    return _common(_words(a), _words(b))


def _common(a: Counter[str], b: Counter[str]) -> float:
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _first(row: Row, name: str) -> Any:
    """What the one reader said, or the other."""
    return row[f"{name}_c"] if row[f"{name}_c"] not in (None, "") else row[f"{name}_d"]


def _tables(study: Any) -> tuple[dict[str, Row], list[Row]]:
    points = study.talking_points.select("tp_id, text, label").arrow().to_pylist()
    passages = study.passages.select('tp_id, doc_id, start, "end"').arrow().to_pylist()
    return {p["tp_id"]: p for p in points}, passages


def _rows(path: Path) -> list[Row]:
    if not path.exists():
        raise Absent(f"the judgements {path.name} are not on this machine")
    convert = csv.ConvertOptions(column_types={"doc_id": "string", "tp_id": "string"}, strings_can_be_null=True)
    rows: list[Row] = csv.read_csv(
        path, parse_options=csv.ParseOptions(newlines_in_values=True), convert_options=convert
    ).to_pylist()
    return rows


if __name__ == "__main__":
    sys.exit(main())
