"""A table as plain text: for a terminal, a log and a Markdown file alike."""

from __future__ import annotations

from collections.abc import Sequence


def print_table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns, the first two to the left, the others to the right.

    >>> print_table(("what", "where", "n"), [("lines", "toy", "12")])
    | what  | where |  n |
    |-------|-------|---:|
    | lines | toy   | 12 |
    """
    widths = [max(len(row[i]) for row in [titles, *rows]) for i in range(len(titles))]
    numeric = [i > 1 for i in range(len(titles))]
    print(_line(titles, widths, numeric))
    print(
        "|" + "|".join("-" * (w + 1) + ":" if n else "-" * (w + 2) for w, n in zip(widths, numeric, strict=True)) + "|"
    )
    for row in rows:
        print(_line(row, widths, numeric))


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = [c.rjust(w) if n else c.ljust(w) for c, w, n in zip(cells, widths, numeric, strict=True)]
    return "| " + " | ".join(padded) + " |"
