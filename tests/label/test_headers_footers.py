"""Footers that change, by their place."""

from __future__ import annotations

import random

from inchorus.label.features import measure
from inchorus.label.labels import judge
from inchorus.labels import LABELS
from match.planted import corpus_of, filler, find


def labels(rows: list[tuple[str, str]]) -> list[str]:
    corpus = corpus_of(rows)
    families = find(corpus)
    return [LABELS[i] for i in judge(measure(corpus, families), 8).label]


def articles(share: float, at: str, months: int = 6, a_month: int = 2) -> list[tuple[str, str]]:
    """Four sources that share a line each month, in so many of their articles, at one place."""
    chance = random.Random(7)
    rows = []
    for month in range(months):
        line = " ".join(f"m{month}x{i}" for i in range(14))
        for s in range(4):
            for k in range(a_month):
                body = filler(chance, 60, 10**6)
                more = filler(chance, 60, 10**6)
                has = chance.random() < share
                if at == "end":
                    whole = f"{body}. {more}. {line}." if has else f"{body}. {more}."
                elif at == "start":
                    whole = f"{line}. {body}. {more}." if has else f"{body}. {more}."
                else:
                    whole = f"{body}. {line}. {more}." if has else f"{body}. {more}."
                rows.append((f"s{s}", f"{whole} {month}z{s}z{k}" if at != "end" else whole))
    return sorted(rows, key=lambda row: row[0])


def test_a_footer_that_changes_every_month_is_boilerplate() -> None:
    assert set(labels(articles(1.0, "end"))) == {"boilerplate"}
    assert set(labels(articles(1.0, "start"))) == {"boilerplate"}
    assert set(labels(articles(0.85, "end"))) == {"boilerplate"}


def test_lines_in_the_middle_or_now_and_then_at_the_end_are_lines() -> None:
    assert set(labels(articles(1.0, "middle"))) == {"line"}
    assert set(labels(articles(0.25, "end"))) == {"line"}


def test_a_campaign_of_some_weeks_is_none() -> None:
    quiet = [(f"s{s}", filler(random.Random(1000 * s + k + 50), 120, 10**6)) for s in range(4) for k in range(30)]
    assert set(labels(sorted([*articles(1.0, "end", months=4), *quiet], key=lambda row: row[0]))) == {"line"}
