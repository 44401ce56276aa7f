"""Draws docs/calibration.svg: p-values where nobody coordinates, from the figures that bench.ties kept.

python -m bench.ties --only calibration --only senate --keep bench/ties/measured.json
python docs/calibration.py
"""

from __future__ import annotations

import json
import math
import re
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
KEPT = HERE.parent / "bench" / "ties" / "measured.json"
SERIES = (
    ("simulated, no coordination", "simulated corpora without coordination", "#8a3324"),
    ("senate, sources permuted", "press releases, sources permuted within weeks", "#1f5f5b"),
)
WIDTH, HEIGHT, LEFT, TOP, SIDE = 720, 470, 90, 66, 330
LEAST = -4.0  # log10 of the least share that is drawn
STYLE = """
.ground { fill: #fffdf8 } text { font-family: Georgia, 'Times New Roman', serif; fill: #22252b; font-size: 13px }
.title { font-size: 17px } .small { fill: #5d6169; font-size: 12px } .rule { stroke: #dcd8cc }
.uniform { stroke: #5d6169; stroke-dasharray: 5 4 } .line { fill: none; stroke-width: 2 }
"""


def main() -> None:
    """Read the figures and draw."""
    figures = json.loads(KEPT.read_text(encoding="utf-8"))
    (HERE / "calibration.svg").write_text(drawn(figures), encoding="utf-8")


def curve(figures: dict[str, float], corpus: str) -> list[tuple[float, float]]:
    """Pairs of a level and the share of all tests with a p-value at most so great, the least level first."""
    points = []
    for key, value in figures.items():
        found = re.fullmatch(r"p <= ([\d.e-]+), over [\d.e-]+ \| (.*)", key)
        if found and found[2].startswith(corpus):
            level = float(found[1])
            points.append((level, value * level))
    return sorted(points)


def drawn(figures: dict[str, float]) -> str:
    """The picture: level against share, both logarithmic, with the diagonal that a uniform p-value has."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-label="Of tests where nobody coordinates, the share with a p-value at most so great, by level: '
        'both curves lie a little below the diagonal of a uniform p-value.">',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}" rx="8"/>',
        f'<text class="title" x="{LEFT - 60}" y="34">Where nobody coordinates: p-values beside the uniform</text>',
    ]
    for power in range(int(LEAST), 1):
        x, y, name = _x(10.0**power), _y(10.0**power), f"{10.0**power:g}"
        parts.append(f'<line class="rule" x1="{LEFT}" x2="{LEFT + SIDE}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="small" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{name}</text>')
        parts.append(f'<text class="small" x="{x:.1f}" y="{TOP + SIDE + 20}" text-anchor="middle">{name}</text>')
    parts.append(
        f'<text class="small" x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 42}" text-anchor="middle">level of p</text>'
        f'<text class="small" transform="translate({LEFT - 56} {TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">'
        "share of all tests with a p at most so great</text>"
        f'<line class="uniform" x1="{LEFT}" y1="{TOP + SIDE}" x2="{LEFT + SIDE}" y2="{TOP}"/>'
        f'<text class="small" x="{LEFT + SIDE + 12}" y="{TOP + 6}">uniform</text>'
    )
    for i, (corpus, name, colour) in enumerate(SERIES):
        points = [(level, share) for level, share in curve(figures, corpus) if share > 10**LEAST]
        path = " ".join(f"{_x(level):.1f},{_y(share):.1f}" for level, share in points)
        parts.append(f'<polyline class="line" stroke="{colour}" points="{path}"/>')
        parts += [f'<circle cx="{_x(a):.1f}" cy="{_y(b):.1f}" r="3" fill="{colour}"/>' for a, b in points]
        y = TOP + 40 + 44 * i
        parts.append(f'<circle cx="{LEFT + SIDE + 18}" cy="{y - 4}" r="4" fill="{colour}"/>')
        for k, words in enumerate(_halves(name)):
            parts.append(f'<text class="small" x="{LEFT + SIDE + 30}" y="{y + 16 * k}">{escape(words)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(value: float) -> float:
    return LEFT + SIDE * (1 - math.log10(value) / LEAST)


def _y(value: float) -> float:
    return TOP + SIDE * math.log10(value) / LEAST


def _halves(name: str) -> list[str]:
    words = name.split()
    half = (len(words) + 1) // 2
    return [" ".join(words[:half]), " ".join(words[half:])]


if __name__ == "__main__":
    main()
