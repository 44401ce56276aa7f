"""What comes first, judged: shares of the first 50 lines, and pools for a reader.

python -m bench.ranking                   the shares, of the default ranking and of the plain ones
python -m bench.ranking --only debates    of one corpus
python -m bench.ranking --pool FOLDER     write what is not judged, shuffled and without ranks, into FOLDER
python -m bench.ranking --letters FOLDER  add the letters in FOLDER/CORPUS.letters.csv (n, letter) to bench/judged
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.corpora import Absent
from bench.ranking import measured
from bench.ranking.corpora import CORPORA, study_of
from bench.ranking.judged import COLUMNS, JUDGED, LETTERS, Judgements, Line, first, judgements, key
from bench.table import print_table

RANKS = ("score", "sources", "documents", "burst", "first", "words")  # those that pools were judged of
_PASSAGES = 3  # of each line, beside what it is shown by
_LONGEST = 400


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, write a pool or take letters: 0."""
    parser = argparse.ArgumentParser(prog="bench.ranking", description="Judge what comes first.")
    parser.add_argument("--only", action="append", choices=list(CORPORA))
    parser.add_argument("--pool", type=Path, metavar="FOLDER")
    parser.add_argument("--letters", type=Path, metavar="FOLDER")
    args = parser.parse_args(argv)
    names = args.only or list(CORPORA)
    if args.letters:
        take(args.letters, names)
        return 0
    known = judgements()
    cells = []
    for name in names:
        try:
            study = study_of(name)
        except Absent as absent:
            print(f"{name}: not measured, as {absent}")
            continue
        ranked = {rank: first(study.show(rank=rank, limit=measured.FIRST)["talking_points"]) for rank in RANKS}
        if args.pool:
            lines = {key(line.text): line for found in ranked.values() for line in found}
            pool(args.pool, name, list(lines.values()), known.get(name, Judgements(())), study.sql)
        for rank, found in ranked.items():
            shares = known.get(name, Judgements(())).shares(found)
            cells.append((name, rank, *(f"{shares[letter]:.2f}" for letter in f"{LETTERS}?")))
    print_table(("corpus", "rank", *LETTERS, "not judged"), cells)
    return 0


def pool(folder: Path, name: str, lines: list[Line], known: Judgements, sql: measured.Sql) -> None:
    """Write the lines that were not judged: a sheet for the reader, and which line each is."""
    folder.mkdir(parents=True, exist_ok=True)
    left = [line for line in lines if known.letter(line) == "?"]
    random.Random(name).shuffle(left)
    with (
        (folder / f"{name}.sheet.csv").open("w", newline="", encoding="utf-8") as sheet,
        (folder / f"{name}.ids.csv").open("w", newline="", encoding="utf-8") as ids,
    ):
        csv.writer(sheet).writerow(("n", "line", "passages"))
        csv.writer(ids).writerow(("n", *COLUMNS[:-1]))
        for n, line in enumerate(left):
            others = measured.passages(sql, line, _PASSAGES)
            csv.writer(sheet).writerow((n, line.text[:_LONGEST], " | ".join(text[:_LONGEST] for text in others)))
            csv.writer(ids).writerow((n, name, key(line.text), *line[1:]))


def take(folder: Path, names: Sequence[str]) -> None:
    """Add the letters of each corpus to what is judged."""
    with JUDGED.open("a", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        for name in names:
            letters = folder / f"{name}.letters.csv"
            if not letters.is_file():
                continue
            given = {row["n"]: row["letter"] for row in _rows(letters)}
            for row in _rows(folder / f"{name}.ids.csv"):
                out.writerow({**{column: row[column] for column in COLUMNS[:-1]}, "letter": given[row["n"]]})


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    sys.exit(main())
