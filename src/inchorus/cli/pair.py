"""What `inchorus ties --pair` prints of two sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inchorus.cli.edges import small
from inchorus.labels import LAYERS
from inchorus.thresholds import LEVEL

if TYPE_CHECKING:
    from rich.console import Console

    from inchorus.study import Study


def print_pair(console: Console, found: dict[str, Any], pair: tuple[str, str], study: Study) -> None:
    """Print what two sources share, what chance gives, and what the test leaves out, and why."""
    from inchorus.text.harmless import harmless

    lines, left_out = found["shared"], found["left_out"]
    names = " - ".join(harmless(name) for name in sorted(pair))
    for row in found["pair"]:
        what = "talking points" if row["kind"] == "wording" else f"of {harmless(row['kind'])}"
        console.print(
            f"{names}: {row['observed']:,} {what} "
            f"(chance {row['expected']:.1f}) on {row['occasions']:,} occasions "
            f"(chance {row['expected_occasions']:.1f}), p {small(row['p_value'])}, q {small(row['q_value'])}"
        )
        for layer in row["layers"] or []:
            stays = "stays a tie" if layer["q_without"] <= LEVEL else "is no tie"
            left = small(layer["q_without"])
            console.print(f"  {layer['layer']}: {layer['observed']:,} of them; without, q {left}, {stays}")
    if not found["pair"] and not left_out:
        console.print(f"{names}: these two sources share nothing")
    if left_out:
        several = ", ".join(f"{x['talking_points']:,} {x['reason']}" for x in left_out)
        total = sum(x["talking_points"] for x in left_out)
        points = f"{total:,} {'further ' if found['pair'] else ''}talking point{'' if total == 1 else 's'}"
        console.print(f"{names}: {points} shared that do not count in the test: {several}")
        if labels := [x["reason"] for x in left_out if x["reason"] in LAYERS]:
            console.print(f"  {_why(labels)}; to count them, inchorus ties {harmless(str(study.path))} --without none")
    for line in lines:
        _print_line(console, line, "")
    for reason in left_out:
        for line in reason["lines"]:
            _print_line(console, line, ", left out")
    first = next(iter(lines or [line for reason in left_out for line in reason["lines"]]), None)
    if first:
        console.print()
        console.print(f"next   inchorus show {harmless(str(study.path))} {first['tp_id']}")


def _why(labels: list[str]) -> str:
    return "; ".join(f"{label}: {LAYERS[label]}" for label in labels)


def _print_line(console: Console, line: dict[str, Any], more: str) -> None:
    from inchorus.evidence.quotes import set_off
    from inchorus.text.harmless import harmless, shown_time

    times = " - ".join(shown_time(line[k]) or "no time" for k in ("time_a", "time_b"))
    console.print()
    console.print(f"{line['tp_id']}  {line['label']}{more}, {line['n_sources']:,} sources, {times}")
    console.print(f"  {harmless(set_off(line['quote_parts'], 240))}")
