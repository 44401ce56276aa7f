"""Dates that went through a data frame, mixed with times that have seconds."""

from __future__ import annotations

import csv
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cases.case import rows, run
from inchorus.evidence.occasions import apart
from inchorus.study import open_study

EARLY = datetime(2024, 1, 1, tzinfo=UTC)


def corpus(file: Path, form: str, pairs: int = 3, lines: int = 8) -> None:
    """Pairs of sources, one with dates, one with seconds, that print lines within an hour, in random order."""
    chance = random.Random(1)
    words = [f"w{i}x" for i in range(900)]

    def sentence(n: int) -> str:
        return " ".join(chance.choices(words, k=n)).capitalize() + "."

    found = [(f"S{s:02}", EARLY + timedelta(seconds=chance.uniform(0, 180 * 86_400)), sentence(30))
             for s in range(2 * pairs) for _ in range(12)]  # fmt: skip
    for pair in range(pairs):
        for _ in range(lines):
            line, first = (
                sentence(14),
                EARLY + timedelta(seconds=chance.randrange(180) * 86_400 + chance.uniform(25_200, 72_000)),
            )
            both = [2 * pair, 2 * pair + 1]
            chance.shuffle(both)
            for i, s in enumerate(both):
                at = first + timedelta(seconds=i * chance.uniform(60, 3600))
                found.append((f"S{s:02}", at, f"{sentence(12)} {line} {sentence(12)}"))
    with file.open("w", newline="") as f:
        writer = csv.writer(f)
        writer.writerow(["source", "time", "text"])
        for source, at, text in found:
            written = at.strftime(form) if int(source[1:]) % 2 == 0 else at.strftime("%Y-%m-%d %H:%M:%S+00:00")
            writer.writerow([source, written, text])


def firsts(study: Path) -> tuple[int, int]:
    """Lines of which one source alone is called first, and passages that are said to be copied."""
    points, passages = rows(study, "talking_points"), rows(study, "passages")
    return sum(len(p["first_sources"]) == 1 for p in points), sum(p["copied_from"] is not None for p in passages)


def test_a_date_as_midnight_is_no_first(tmp_path: Path) -> None:
    for name, form in (("frame", "%Y-%m-%d 00:00:00+00:00"), ("local", "%Y-%m-%dT05:00:00Z"), ("dates", "%Y-%m-%d")):
        corpus(tmp_path / f"{name}.csv", form)
        study = tmp_path / name
        said = run("find", tmp_path / f"{name}.csv", "--out", study)
        assert said.code == 0
        notes = " ".join(open_study(study).manifest["notes"])
        assert ("midnight" in notes, "midnight" in said.err) == (name != "dates", name != "dates")
        if name != "local":
            assert firsts(study) == (0, 0)
        precision = {(r["source"], r["time_precision"]) for r in rows(study, "documents")}
        assert precision == {(f"S{s:02}", "second" if s % 2 else "day") for s in range(6)}


def test_a_monthly_is_no_first_of_its_month(tmp_path: Path) -> None:
    for name, form, many in (
        ("months", "%Y-%m-01", 0),
        ("frame", "%Y-%m-01 00:00:00+00:00", 0),
        ("dates", "%Y-%m-02", 1),
    ):
        corpus(tmp_path / f"{name}.csv", form)
        study = tmp_path / name
        said = run("find", tmp_path / f"{name}.csv", "--out", study)
        assert said.code == 0
        assert ("they are taken for months" in said.err) == (not many)
        assert {d["time_precision"] for d in rows(study, "documents") if d["source"] == "S00"} == {
            "day" if many else "month"
        }
        first, copied = firsts(study)
        assert (first > 10, copied > 10) == (bool(many), bool(many))


def test_what_a_monthly_printed_in_another_month_has_a_first(tmp_path: Path) -> None:
    line = "the council will rebuild the old bridge before the first snow of the winter falls"
    with (tmp_path / "months.csv").open("w", newline="") as f:
        writer = csv.writer(f)
        writer.writerow(["source", "time", "text"])
        writer.writerows(
            ["Monthly", f"2024-{month:02}-01", f"Of month {month} all is told here"] for month in range(1, 10)
        )
        writer.writerows([["Monthly", "2024-03-01", line], ["Daily", "2024-05-04", line], ["Post", "2024-03-30", line]])
    assert run("find", tmp_path / "months.csv", "--out", tmp_path / "study").code == 0
    [point] = rows(tmp_path / "study", "talking_points")
    assert point["first_sources"] == ["Monthly", "Post"]


def test_months_are_apart_where_their_spans_are() -> None:
    march, late, april = datetime(2024, 3, 1), datetime(2024, 4, 2, 9), datetime(2024, 4, 1)
    assert apart(march, "month", late, "second") == 32 * 86_400
    assert apart(late, "second", march, "month") == -32 * 86_400
    assert apart(april, "month", late, "second") == 0
    assert apart(datetime(2023, 1, 1), "year", late, "second") == 457 * 86_400
