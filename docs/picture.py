"""Draws docs/chorus.svg: one talking point of the simulated corpus, from its study's tables.

python docs/picture.py
"""

from __future__ import annotations

from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

import pyarrow as pa

import inchorus
from inchorus.simulate import Simulation, simulate

CORPUS = Simulation(documents=800, sources=30, lines=40)
SOURCES, VARIANTS = range(6, 9), range(3, 8)
WIDTH, MARGIN, ROW, TOP = 960, 24, 60, 92
NAMES, LINE, LINE_END, WORDS = 24, 262, 446, 472
LETTERS = 70  # of a line of the right column, at 13 pixels
STYLE = """
.ground { fill: #fffdf8 } text { font-family: Georgia, 'Times New Roman', serif; fill: #22252b; font-size: 13px }
.title { font-size: 17px } .small { fill: #6b6f76; font-size: 12px } .rail { stroke: #d9d5ca }
.copy { fill: none; stroke: #b9b3a3; stroke-width: 1.3 } .dot { fill: #8a3324 } .first { fill: #1f5f5b }
.new { fill: #8a3324; font-weight: bold } .gone { fill: #9a9da3; text-decoration: line-through }
"""


def main() -> None:
    """Find, choose the first talking point that shows what there is to show, draw."""
    study = inchorus.find(pa.Table.from_batches(simulate(CORPUS)))
    points = study.talking_points.filter("label = 'line'").arrow().to_pylist()
    point = next(p for p in points if p["n_sources"] in SOURCES and p["n_variants"] in VARIANTS and p["words"] < 24)
    rows = study.sql(
        "SELECT p.*, v.edits FROM passages p JOIN variants v USING (variant_id) WHERE p.tp_id = ? ORDER BY p.time",
        [point["tp_id"]],
    ).to_pylist()
    Path(__file__).with_name("chorus.svg").write_text(drawn(point, rows), encoding="utf-8")


def drawn(point: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """The picture: a row a passage, its time on a line, its likeliest original by an arc, its edits in colour."""
    height = TOP + ROW * len(rows) + 18
    first, last = rows[0]["time"], rows[-1]["time"]
    at = {row["doc_id"]: (_x(row["time"], first, last), TOP + ROW * i + 16) for i, row in enumerate(rows)}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="One talking point: {escape(point["text"])}">',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{height}" rx="8"/>',
        f'<text class="title" x="{MARGIN}" y="36">{point["n_sources"]} sources, {point["n_variants"]} wordings, '
        f"{(last - first).days + 1} days</text>",
        f'<text class="small" x="{MARGIN}" y="58">From the simulated corpus of inchorus demo. '
        "Arcs lead to the likeliest earlier passage; coloured words differ from the canonical wording.</text>",
    ]
    for row in rows:
        x, y = at[row["doc_id"]]
        if row["copied_from"] in at:
            x0, y0 = at[row["copied_from"]]
            parts.append(f'<path class="copy" d="M{x0:.0f},{y0} Q{x0:.0f},{y} {x:.0f},{y}"/>')
    for row in rows:
        x, y = at[row["doc_id"]]
        kind = "dot first" if row["is_first"] else "dot"
        parts += [
            f'<line class="rail" x1="{LINE}" y1="{y}" x2="{LINE_END}" y2="{y}"/>',
            f'<circle class="{kind}" cx="{x:.0f}" cy="{y}" r="5"/>',
            f'<text x="{NAMES}" y="{y}">{escape(row["source"])}</text>',
            f'<text class="small" x="{NAMES}" y="{y + 16}">{row["time"]:%d %b %Y, %H:%M}'
            f"{' (earliest here)' if row['is_first'] else ''}</text>",
        ]
        parts += [
            f'<text x="{WORDS}" y="{y - 2 + 17 * i}">{line}</text>' for i, line in enumerate(_lines(row["edits"]))
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(time: datetime, first: datetime, last: datetime) -> float:
    return LINE + 8 + (LINE_END - LINE - 16) * ((time - first) / (last - first))


def _lines(edits: list[dict[str, str]]) -> list[str]:
    """The wording with its edits, broken into lines."""
    words = [(kind, word) for edit in edits for kind, side in _sides(edit) for word in edit[side].split()]
    lines: list[list[str]] = [[]]
    room = LETTERS
    for kind, word in words:
        if len(word) > room:
            lines.append([])
            room = LETTERS
        room -= len(word) + (2 if kind == "new" else 1)
        lines[-1].append(f'<tspan class="{kind}">{escape(word)}</tspan>' if kind else escape(word))
    return [" ".join(line) for line in lines]


def _sides(edit: dict[str, str]) -> list[tuple[str, str]]:
    if edit["op"] == "keep":
        return [("", "to")]
    return [("gone", "from"), ("new", "to")]


if __name__ == "__main__":
    main()
