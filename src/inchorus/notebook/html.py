"""A study as a notebook shows it: the talking points that rank highest, and a chart, without a script or a request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from inchorus.evidence.activity import passages_by, span
from inchorus.evidence.asking import asking
from inchorus.evidence.points import Wanted, ranked
from inchorus.evidence.sources import most_sharing
from inchorus.text.harmless import harmless

if TYPE_CHECKING:
    from inchorus.study import Study

_COLUMNS = ("text", "n_sources", "n_documents", "first_time", "first_sources", "label", "tp_id")
_LONGEST = 160
_WIDTH, _HEIGHT, _ROW = 640, 120, 18
# The shortest unit of time that gives fewer bars than this.
_BARS = 60
_DAY = 86_400
_UNITS = {
    "hour": _DAY // 24,
    "day": _DAY,
    "week": 7 * _DAY,
    "month": 30 * _DAY,
    "year": 365 * _DAY,
    "decade": 3650 * _DAY,
}


def html(study: Study) -> str:
    """The study as a piece of HTML: counts, a chart as inline SVG, and a table of ten talking points.

    Everything is in the colours of the page around it, so that it can be read on a light and on a dark one.
    """
    rows = ranked(study, Wanted(limit=10))
    head = "".join(f"<th>{name}</th>" for name in _COLUMNS)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td dir="auto" style="text-align:start;overflow-wrap:anywhere">{_cell(row[n])}</td>' for n in _COLUMNS
        )
        + "</tr>"
        for row in rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if rows else "no talking points"
    return f'<div style="overflow-x:auto"><p>{escape(harmless(repr(study)))}</p>{_chart(study)}{table}</div>'


def _chart(study: Study) -> str:
    """Passages over time; where they have no times, the sources that use most talking points."""
    rows = asking(study)
    first, last = span(rows)
    if first is None or last is None:
        most = most_sharing(rows, 10)
        return _rows([(row["source"], row["n"]) for row in most]) if most else ""
    seconds = (last - first).total_seconds()
    unit = next((name for name, length in _UNITS.items() if seconds / length < _BARS), "century")
    return _bars(passages_by(rows, unit, first, last), unit)


def _bars(counts: Sequence[tuple[datetime, int]], unit: str) -> str:
    most = max(n for _, n in counts)
    step = _WIDTH / len(counts)
    marks = "".join(
        f'<rect x="{i * step:.1f}" y="{_HEIGHT * (1 - n / most):.1f}" width="{max(step - 1, 0.5):.1f}" '
        f'height="{_HEIGHT * n / most:.1f}"><title>{_date(at, unit)}: {n:,}</title></rect>'
        for i, (at, n) in enumerate(counts)
        if n
    )
    ends = (
        f'<text x="0" y="{_HEIGHT + 14}">{_date(counts[0][0], unit)}</text>'
        f'<text x="{_WIDTH}" y="{_HEIGHT + 14}" text-anchor="end">{_date(counts[-1][0], unit)}</text>'
    )
    title = f"Shared passages by {unit}, at most {most:,}"
    return _svg(title, marks, ends, _HEIGHT)


def _rows(counts: Sequence[tuple[str, int]]) -> str:
    most = max(n for _, n in counts)
    left = _WIDTH / 2
    marks = "".join(
        f'<rect x="{left}" y="{i * _ROW + 3}" width="{(_WIDTH - left) * n / most:.1f}" height="{_ROW - 6}">'
        f"<title>{_cell(name)}: {n:,}</title></rect>"
        for i, (name, n) in enumerate(counts)
    )
    names = "".join(
        f'<text x="{left - 6}" y="{i * _ROW + 13}" text-anchor="end">{_cell(name, 40)}</text>'
        for i, (name, _) in enumerate(counts)
    )
    return _svg(f"Sources by talking points, at most {most:,}", marks, names, _ROW * len(counts))


def _svg(title: str, marks: str, texts: str, height: int) -> str:
    return (
        f"<p>{title}</p>"
        f'<svg role="img" aria-label="{title}" width="{_WIDTH}" height="{height + 20}" '
        f'viewBox="0 0 {_WIDTH} {height + 20}" style="max-width:100%;height:auto" fill="currentColor" font-size="11">'
        f'<g fill-opacity="0.6">{marks}</g>{texts}</svg>'
    )


def _date(at: datetime, unit: str) -> str:
    text = at.isoformat(sep=" ", timespec="minutes")
    return text[: {"year": 4, "month": 7, "hour": 16}.get(unit, 10)]


def _cell(value: object, longest: int = _LONGEST) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if value is None:
        return ""
    text = harmless(", ".join(map(str, value)) if isinstance(value, list) else str(value)).strip()
    return escape(text if len(text) <= longest else text[: longest - 1] + "…")
