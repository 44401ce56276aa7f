"""Floors under the figures: a committed file, raised with a reason, lowered only on purpose."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.rows import Row

FILE = Path(__file__).with_name("floors.json")
DIGITS = 3


class Refused(Exception):  # noqa: N818
    """The floors are not written; the message says why."""


@dataclass(frozen=True)
class Verdict:
    """A figure beside its floor; `holds` is True where there is none."""

    row: Row
    floor: float | None

    @property
    def holds(self) -> bool:
        """Whether the figure is on the right side of its floor."""
        if self.floor is None:
            return True
        return self.row.value <= self.floor if self.row.low else self.row.value >= self.floor


def read(path: Path = FILE) -> dict[str, dict[str, Any]]:
    """The floors by key: `floor`, and `changes`, each with the floor before, the floor after and the reason."""
    if not path.exists():
        return {}
    floors: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return floors


def judge(rows: Sequence[Row], floors: dict[str, dict[str, Any]]) -> list[Verdict]:
    """Every figure with its floor.

    >>> [v.holds for v in judge([Row("F1", "toy", 0.9)], {"F1 | toy": {"floor": 0.95}})]
    [False]
    """
    return [Verdict(row, floors.get(row.key, {}).get("floor") if row.floored else None) for row in rows]


def rounded(row: Row) -> float:
    """The figure to three digits, away from what is better, so that a rerun is never under its own floor.

    >>> rounded(Row("F1", "toy", 0.98765)), rounded(Row("errors", "toy", 0.0012, low=True))
    (0.987, 0.002)
    """
    shift = 10.0**DIGITS
    return (math.ceil(row.value * shift) if row.low else math.floor(row.value * shift)) / shift


def changed(
    rows: Sequence[Row], floors: dict[str, dict[str, Any]], reason: str, *, lower: bool
) -> dict[str, dict[str, Any]]:
    """The floors set to the figures, where these are better; with `lower`, also where they are worse.

    Every change keeps its reason. Raises Refused without a reason, and where a figure is under its floor
    and `lower` is False.
    """
    if not reason.strip():
        raise Refused("a floor changes for a reason: give it with --reason")
    new = {key: dict(entry) for key, entry in floors.items()}
    for verdict in judge([row for row in rows if row.floored], floors):
        row, before, after = verdict.row, verdict.floor, rounded(verdict.row)
        if before is not None and (after == before or (verdict.holds and not _better(row, after, before))):
            continue
        if not verdict.holds and not lower:
            raise Refused(f"{row.key}: {after:g} is under the floor {before:g}; to lower it give --lower")
        changes = new.get(row.key, {}).get("changes", [])
        change = {"from": before, "to": after, "reason": reason.strip()}
        new[row.key] = {"floor": after, "changes": [*changes, change]}
    return new


def write(floors: dict[str, dict[str, Any]], path: Path = FILE) -> None:
    """Write the file, sorted, so that a change of one floor is a change of its lines only."""
    path.write_text(json.dumps(floors, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def _better(row: Row, after: float, before: float) -> bool:
    return after < before if row.low else after > before
