"""The account of reading as a table: what was read of every format, and what was left out, why and how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console


def print_not_read(console: Console, lines: Sequence[str], indent: str = "") -> None:
    """Print a line for every file that could not be read, or not to its end."""
    from inchorus.text.harmless import harmless

    for line in lines:
        console.print(f"{indent}{harmless(line)}")


def print_account(console: Console, read: Sequence[Mapping[str, Any]], indent: str = "") -> None:
    """Print a line for every format, and one for each further reason; nothing where nothing was left out."""
    from inchorus.cli.terminal import Column, print_table
    from inchorus.text.harmless import harmless

    if not any(of["left_out"] for of in read):
        return
    right = {"right": True}
    columns = [
        Column(f"{indent}format"),
        Column("files", **right),
        Column("rows", **right),
        Column("documents", **right),
        Column("left out", **right),
        Column("why", wide=True),
    ]
    rows: list[list[str]] = []
    for of in read:
        counts = [f"{of[name]:,}" for name in ("files", "rows", "documents")]
        reasons = [[f"{n:,}", harmless(why)] for why, n in of["left_out"].items()] or [["0", ""]]
        rows.append([f"{indent}{harmless(of['format'])}", *counts, *reasons[0]])
        rows += [[indent, "", "", "", *reason] for reason in reasons[1:]]
    print_table(console, columns, rows)
