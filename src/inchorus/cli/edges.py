"""Every pair of accounts by CooRTweet's rules, as `inchorus ties` prints them of a study of shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from inchorus.study import Study


def all_edges(study: Study, source: str | None, limit: int, as_json: bool) -> int:
    """Print every pair by CooRTweet's rules, the heaviest first, whatever its q."""
    from inchorus.cli.terminal import Column, print_table, stdout_console
    from inchorus.evidence.asking import asking
    from inchorus.evidence.tested import by_weight
    from inchorus.text.harmless import harmless, to_json

    facts = study.manifest["ties"]
    rows = by_weight(asking(study), source, limit)
    if as_json:
        click.echo(to_json({"study": str(study.path), "test": facts, "ties": rows}))
        return 0
    how = facts["coortweet"]
    pairs = "pair" if how["edges"] == 1 else "pairs"
    console = stdout_console()
    console.print(
        f"{how['edges']:,} {pairs} of accounts by CooRTweet's rules, at most {how['window']:g} s apart and of "
        f"{how['min_participation']:,} shares or more; q by the null model, which CooRTweet lacks"
    )
    console.print()
    names = ("accounts", "weight", "seconds apart", "objects", "chance", "q", "symmetry")
    columns = [Column(name, right=i > 0, wide=i == 0) for i, name in enumerate(names)]
    cells = [
        [
            f"{harmless(row['source_a'])} - {harmless(row['source_b'])}",
            f"{row['weight']:,}",
            f"{row['mean_delay']:.1f}",
            f"{row['observed']:,}",
            "" if row["expected"] is None else f"{row['expected']:.2f}",
            "" if row["q_value"] is None else small(row["q_value"]),
            f"{row['edge_symmetry_score']:.2f}",
        ]
        for row in rows
    ]
    print_table(console, columns, cells)
    if how["edges"] > len(rows) and source is None:
        console.print()
        console.print(f"{len(rows):,} of {how['edges']:,} pairs; all of them with --limit 0")
    return 0


def small(value: float | None) -> str:
    """A p or q to two digits; empty where it is not known."""
    if value is None:
        return ""
    return f"{value:.2g}" if value >= 1e-3 or value == 0 else f"{value:.0e}"
