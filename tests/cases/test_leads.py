"""Whoever prints a line more often, or earlier in the week, or stopped before the other began, is no leader."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cases.case import run

START = datetime(2023, 1, 2, tzinfo=UTC)
DAYS = 182.0
Moments = Callable[[random.Random], tuple[list[float], list[float]]]


def often(chance: random.Random) -> tuple[list[float], list[float]]:
    start = chance.uniform(0, DAYS - 7)
    return [start + chance.uniform(0, 5) for _ in range(4)], [start + chance.uniform(0, 5)]


def monday(chance: random.Random) -> tuple[list[float], list[float]]:
    week = 7 * chance.randrange(24)
    tells = chance.uniform(0, 7)
    return [week + (7 if tells > 0.3 else 0) + chance.uniform(0.25, 0.3)], [
        week + (8 if tells > 1.3 else 1) + chance.uniform(0.25, 0.3)
    ]


def stopped(chance: random.Random) -> tuple[list[float], list[float]]:
    return [chance.uniform(0, DAYS / 2)], [chance.uniform(DAYS / 2, DAYS)]


def followed(chance: random.Random) -> tuple[list[float], list[float]]:
    start = chance.uniform(0, DAYS - 7)
    return [start], [start + chance.uniform(0.1, 3)]


def corpus(file: Path, moments: Moments, pairs: int = 6, lines: int = 14) -> None:
    chance = random.Random(5)
    words = [f"w{i}x" for i in range(900)]

    def sentence(n: int) -> str:
        return " ".join(chance.choices(words, k=n)).capitalize() + "."

    rows = []
    for pair in range(pairs):
        drawn = [moments(chance) for _ in range(lines)]
        for side in (0, 1):
            source = f"S{2 * pair + side:02}"
            used = [day for both in drawn for day in both[side]]
            own = [chance.uniform(min(used), max(used)) for _ in range(25)]
            if moments is monday:
                own = [7 * w + side + chance.uniform(0.25, 0.3) for w in range(25)]
            rows += [(source, day, sentence(40)) for day in own]
        for both in drawn:
            line = sentence(14)
            for side in (0, 1):
                rows += [(f"S{2 * pair + side:02}", day, f"{sentence(12)} {line} {sentence(12)}") for day in both[side]]
    with file.open("w", newline="") as f:
        writer = csv.writer(f)
        writer.writerow(["source", "time", "text"])
        for source, day, text in rows:
            writer.writerow(
                [source, (START + timedelta(seconds=int(86_400 * day))).strftime("%Y-%m-%dT%H:%M:%SZ"), text]
            )


@pytest.mark.parametrize("moments", [often, monday, stopped, followed])
def test_a_leader_is_named_only_where_the_times_and_numbers_do_not_explain_it(moments: Moments, tmp_path: Path) -> None:
    corpus(tmp_path / "in.csv", moments)
    assert run("find", tmp_path / "in.csv", "--out", tmp_path / "study", "--quiet").code == 0
    said = run("ties", tmp_path / "study", "--quiet", "--json", "--limit", 0)
    tied = [t for t in json.loads(said.out)["ties"] if int(t["source_a"][1:]) // 2 == int(t["source_b"][1:]) // 2]
    leaders = [t["leads"] for t in tied if t["leads"]]
    if moments is followed:
        assert len(leaders) >= 5
        assert leaders == [t["source_a"] for t in tied if t["leads"]]
    else:
        assert leaders == []
