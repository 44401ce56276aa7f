"""Draws passages and lines of studies for blind readers: ids and offsets in one file, what is read in another.

python -m bench.signed.sample FOLDER --seed 7 --ids ids.csv --sheet sheet.csv

FOLDER holds studies named as the corpora are. The file of ids has no text and may be kept with the letters; the sheet
has what the readers read, without labels, ranks or similarities, and does not belong into the project. A reader gives
a letter for each n: of an edited passage S (says the same), D (same frame, other content) or U (only a tail, a title);
of a line P (a point), N, S, F, C (a formula) or O, and whether all documents say the same thing with it.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv

import inchorus

CORPORA = ("senate", "posts", "debates", "saudi")
PASSAGES, LINES, DOCUMENTS = 50, 40, 3
# Half of the passages are of wordings of fewer words than this.
SHORT = 16
AROUND = 150

_EDITED = """
    SELECT p.doc_id, p.start, p."end", p.tp_id, t.text AS wording, t.words
    FROM passages p JOIN talking_points t USING (tp_id)
    WHERE t.label = 'line' AND p.similarity < 1 ORDER BY p.tp_id, p.doc_id, p.start
"""
_LINES = "SELECT tp_id, text AS wording, n_sources FROM talking_points WHERE label = 'line' ORDER BY tp_id"
_PASSAGES = 'SELECT tp_id, doc_id, start, "end" FROM passages ORDER BY tp_id, doc_id, start'
_TEXTS = "SELECT doc_id, text FROM documents"

Row = dict[str, Any]


def main() -> int:
    """Draw and write."""
    parser = argparse.ArgumentParser(prog="bench.signed.sample", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpus", nargs="+", default=list(CORPORA))
    parser.add_argument("--passages", type=int, default=PASSAGES, help="of each corpus")
    parser.add_argument("--lines", type=int, default=LINES, help="of each corpus")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--ids", type=Path, required=True)
    parser.add_argument("--sheet", type=Path, required=True)
    asked = parser.parse_args()
    rng = random.Random(asked.seed)
    ids: list[Row] = []
    sheet: list[Row] = []
    for name in asked.corpus:
        study = inchorus.open(asked.folder / name)
        texts = {r["doc_id"]: r["text"] for r in study.sql(_TEXTS).to_pylist()}
        passages: dict[str, list[Row]] = {}
        for row in study.sql(_PASSAGES).to_pylist():
            passages.setdefault(row["tp_id"], []).append(row)
        drawn = [("edited", [row], row) for row in edited(study.sql(_EDITED).to_pylist(), asked.passages, rng)]
        lines = by_sources(study.sql(_LINES).to_pylist(), asked.lines, rng)
        drawn += [("line", apart(passages[row["tp_id"]], rng), row) for row in lines]
        for kind, places, row in drawn:
            key = {"kind": kind, "corpus": name, "tp_id": row["tp_id"]}
            ids.append({**key, "places": " ".join(f"{p['doc_id']}:{p['start']}-{p['end']}" for p in places)})
            read = "\n---\n".join(_in_context(texts[p["doc_id"]], p["start"], p["end"]) for p in places)
            sheet.append({"kind": kind, "wording": row["wording"], "read": read})
    order = list(range(len(ids)))
    rng.shuffle(order)
    for rows, path in ((ids, asked.ids), (sheet, asked.sheet)):
        csv.write_csv(pa.Table.from_pylist([{"n": n, **rows[i]} for n, i in enumerate(order)]), path)
    print(f"{len(ids)} drawn: ids in {asked.ids}, what is read in {asked.sheet}")
    return 0


def edited(rows: list[Row], count: int, rng: random.Random) -> list[Row]:
    """So many passages, one of a talking point, half of them to wordings of fewer than 16 words where there are any.

    >>> rows = [{"tp_id": str(i), "words": 8 + i} for i in range(20)]
    >>> sorted(r["words"] < SHORT for r in edited(rows, 4, random.Random(1)))
    [False, False, True, True]
    """
    shuffled = rng.sample(rows, len(rows))
    alone = list({row["tp_id"]: row for row in shuffled}.values())
    short = [r for r in alone if r["words"] < SHORT]
    long = [r for r in alone if r["words"] >= SHORT]
    half = min(len(short), max(count // 2, count - len(long)))
    return short[:half] + long[: count - half]


def by_sources(rows: list[Row], count: int, rng: random.Random) -> list[Row]:
    """So many lines, as many of each number of sources as can be, up to ten and more.

    >>> rows = [{"n_sources": 2}] * 50 + [{"n_sources": 9}] * 50
    >>> sum(r["n_sources"] for r in by_sources(rows, 10, random.Random(1)))
    55
    """
    strata: dict[int, list[Row]] = {}
    for row in rng.sample(rows, len(rows)):
        strata.setdefault(min(10, row["n_sources"]), []).append(row)
    out: list[Row] = []
    while len(out) < count and any(strata.values()):
        out += [own.pop() for _, own in sorted(strata.items()) if own]
    return out[:count]


def apart(passages: list[Row], rng: random.Random) -> list[Row]:
    """Up to three of the passages, of different documents."""
    alone = list({p["doc_id"]: p for p in passages}.values())
    return rng.sample(alone, min(DOCUMENTS, len(alone)))


def _in_context(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - AROUND) : start]}[[{text[start:end]}]]{text[end : end + AROUND]}"


if __name__ == "__main__":
    sys.exit(main())
