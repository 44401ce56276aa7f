"""Labels against blind judgements of a random and a stratified sample of talking points."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyarrow import csv

from bench import found
from bench.rows import Row

JUDGED = Path(__file__).resolve().parent / "judged" / "senate_labels.csv"
_NAME = "senate"


def measure() -> Iterator[Row]:
    """How many judged talking points are still found, and how many of those have the label judged first."""
    judged = judgements()
    study = found.senate()
    points = study.talking_points.select("tp_id, label").arrow()
    label = dict(zip(points["tp_id"].to_pylist(), points["label"].to_pylist(), strict=True))
    still = {tp_id: first for tp_id, first in judged.items() if tp_id in label}
    # The judge had no `phrase` and no `standing` to choose.
    chosen = {tp_id: first for tp_id, first in still.items() if label[tp_id] not in ("phrase", "standing")}
    agreed = sum(label[tp_id] == first for tp_id, first in chosen.items())
    # The number of those found is a row of its own: in this row's name it would change the name of the floor.
    yield Row(f"label agreement on {len(judged)} judged talking points", _NAME, agreed / max(1, len(chosen)))
    yield Row("judged ones labelled phrase or standing", _NAME, 1 - len(chosen) / max(1, len(still)), floored=False)
    yield Row("judged talking points still found", _NAME, len(still) / len(judged))


def judgements(path: Path = JUDGED) -> dict[str, str]:
    """The label judged first, by talking point; bench/judged/README.md says how they were judged."""
    table = csv.read_csv(path, convert_options=csv.ConvertOptions(column_types={"tp_id": "string"}))
    return dict(zip(table["tp_id"].to_pylist(), table["label"].to_pylist(), strict=True))
