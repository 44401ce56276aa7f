"""Variations of a talking point as text: lines of the same frame that say something else, what differs set off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.text import Text

from inchorus.text.differences import abridged
from inchorus.text.harmless import harmless, isolated, shown_time

_LONG, _ENDS = 400, 80  # characters of a wording, and of a piece at either end where it is longer
_NAMED = 4  # sources
_INDENT = 25


def print_variations(console: Console, found: dict[str, Any] | None, tp_id: str) -> None:
    """Print variations, each with its slot in brackets, or underlined, and who uses it since when; or nothing."""
    if found is None:
        return
    styled = console.is_terminal
    console.print(Text("variations: the same frame, other words; each is counted for itself", "bold" if styled else ""))
    for row in found["rows"]:
        n = f"{row['n_sources']:,} source{'s' * (row['n_sources'] != 1)}"
        _put(console, f"{'*' if row['tp_id'] == tp_id else ' '} {row['tp_id'][:8]}  {n:>11}  ", _wording(row, styled))
        _put(console, " " * _INDENT, Text(_users(row, isolated if styled else str), "dim" if styled else ""))
    left = found["of"] - len(found["rows"])
    if left > 0:
        console.print(Text(f"  … and {left:,} more; all of them with --limit 0"))


def _wording(row: dict[str, Any], styled: bool) -> Text:
    line = Text()
    for op, piece in abridged(row["pieces"], _LONG, _ENDS):
        text = harmless(piece)
        if op == "slot":
            words = text.rstrip()
            line.append(words if styled else f"[{words}]", "underline green" if styled else "")
            text = text[len(words) :]
        line.append(text, "dim" if styled and op == "end" else "")
    return line


def _users(row: dict[str, Any], apart: Callable[[str], str]) -> str:
    named = []
    for user in row["sources"][:_NAMED]:
        time = shown_time(user["time"], user["time_precision"])
        named.append(f"{apart(harmless(user['source']))}{f' {time}' if time else ''}")
    left = row["n_sources"] - len(named)
    return "; ".join(named) + (f"; {left:,} more" if left > 0 else "")


def _put(console: Console, head: str, line: Text) -> None:
    """Print a line behind its head; on a terminal in the room that is left beside it."""
    parts = line.wrap(console, max(20, console.width - _INDENT)) if console.is_terminal else [line]
    for n, part in enumerate(parts):
        console.print(Text(head if n == 0 else " " * _INDENT) + part, soft_wrap=True)
