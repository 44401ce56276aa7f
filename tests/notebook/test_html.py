"""What a study shows in a notebook: counts, a chart, a table, and nothing that runs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

import hostile
from inchorus.api import Study, find

CODES = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LINE = "we will rebuild the old bridge before the first snow falls this winter"


class Page(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.marks: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.open[-1:] == ["text"]:
            self.marks.append(data)

    def bars(self) -> list[float]:
        return [float(a["height"] or 0) for tag, a in self.elements if tag == "rect"]


def shown(days: list[float | None], tmp_path: Path) -> Page:
    """The page of a study with one line, used by one source each on these days after the first of May 2024."""
    start = datetime(2024, 5, 1, tzinfo=UTC)
    times = [None if d is None else (start + timedelta(days=d)).isoformat() for d in days]
    rows = [{"source": f"S{i}", "time": t, "text": f"{i} {LINE}."} for i, t in enumerate(times)]
    return Page(find(rows, out=tmp_path / "study")._repr_html_())


def test_attacks_are_text(attacks: Study) -> None:
    page = Page(attacks._repr_html_())
    assert page.open == []
    assert {tag for tag, _ in page.elements} == {
        "div", "p", "svg", "g", "rect", "title", "text", "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    names = {name for _, attributes in page.elements for name in attributes}
    assert not [name for name in names if name.startswith("on") or name in {"href", "src", "xlink:href"}]
    assert not any("url(" in (v or "") for _, attributes in page.elements for v in attributes.values())
    text = "".join(page.texts)
    assert hostile.MARK in text
    assert not CODES.search(text)


def test_ten_talking_points_stand_in_the_table(attacks: Study) -> None:
    page = Page(attacks._repr_html_())
    best = attacks.talking_points.order("score DESC, tp_id").limit(10).arrow()["tp_id"].to_pylist()
    assert [text for text in page.texts if text in best] == best


@pytest.mark.parametrize(
    ("days", "title", "bars", "ends"),
    [
        ([0, 0.1, 1.5], "Shared passages by hour, at most 1", 3, ["2024-05-01 00:00", "2024-05-02 12:00"]),
        ([0, 0, 20], "Shared passages by day, at most 2", 2, ["2024-05-01", "2024-05-21"]),
        ([0, 200], "Shared passages by week, at most 1", 2, ["2024-04-29", "2024-11-11"]),
        ([0, 900], "Shared passages by month, at most 1", 2, ["2024-05", "2026-10"]),
        ([0, 9000], "Shared passages by year, at most 1", 2, ["2024", "2048"]),
        ([0, -700_000], "Shared passages by century, at most 1", 2, ["0100-01-01", "2000-01-01"]),
        ([0, None], "Shared passages by hour, at most 1", 1, ["2024-05-01 00:00", "2024-05-01 00:00"]),
    ],
)
def test_the_chart_counts_passages_in_fitting_units_of_time(
    tmp_path: Path, days: list[float | None], title: str, bars: int, ends: list[str]
) -> None:
    page = shown(days, tmp_path)
    assert title in page.texts
    assert len(page.bars()) == bars
    assert page.marks == ends


def test_bars_are_as_high_as_their_counts(tmp_path: Path) -> None:
    first, second = shown([0, 0, 0, 0, 20], tmp_path).bars()
    assert first == pytest.approx(4 * second)


def test_without_times_the_chart_shows_sources(tmp_path: Path) -> None:
    page = shown([None, None, None], tmp_path)
    assert "Sources by talking points, at most 1" in page.texts
    assert page.marks == ["S0", "S1", "S2"]


def test_a_study_without_talking_points_says_so(tmp_path: Path) -> None:
    rows = [{"source": "A", "text": "Nothing in common with anybody."}, {"source": "B", "text": "Nor here, at all."}]
    page = Page(find(rows, out=tmp_path / "study")._repr_html_())
    assert "no talking points" in page.texts
    assert page.bars() == []
