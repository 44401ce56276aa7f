"""`inchorus separate`: how well shared wording tells declared groups of sources apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, option, output_options
from inchorus.manifest import there

if TYPE_CHECKING:
    from rich.console import Console

HOW = "How it is measured"


@click.command(
    cls=Manual,
    short_help="Say how well shared wording tells declared groups of sources apart.",
    examples=(
        "inchorus separate study --attributes senators.csv --by state",
        "inchorus separate study --attributes senators.csv",
        "inchorus separate study --by country --lines 40",
    ),
)
@click.argument("study", type=click.Path(path_type=Path))
@option(
    "--by",
    metavar="COLUMN",
    section=HOW,
    help="Compare sources that have the same value of this column with those that do not. [default: every column]",
)
@option(
    "--attributes",
    metavar="FILE",
    type=click.Path(path_type=Path),
    section=HOW,
    help="A table in any format keyed by source. [default: the further columns of the documents]",
)
@option("--seed", type=int, metavar="N", default=0, section=HOW, help="Start chance from here. [default: 0]")
@option(
    "--lines",
    type=click.IntRange(min=0),
    default=10,
    metavar="N",
    section="Which rows",
    help="So many lines that tell the groups apart. [default: 10]",
)
@output_options(quiet=True)
def separate(
    study: Path, by: str | None, attributes: Path | None, seed: int, lines: int, quiet: bool, as_json: bool
) -> int:
    """Ask of STUDY whether sources with the same declared value share more wording than others do.

    AUC is the chance that a pair of sources with the same value has a stronger tie than a pair with different
    ones whose sources publish as much, in the same language and the same weeks: 0.5 says that wording does not tell, 1
    that it always does. All pairs count, not only those with a tie. Values are shuffled among such sources, too.
    """
    there(study)
    from inchorus.cli.terminal import progress_for, stdout_console
    from inchorus.evidence.asking import asking
    from inchorus.evidence.sources import names
    from inchorus.relate.separations import separations
    from inchorus.study import open_study
    from inchorus.text.harmless import to_json

    opened = open_study(study)
    found, _ = separations(opened, by, attributes, seed, lines, progress_for(quiet))
    if as_json:
        click.echo(to_json({"study": str(study), **found}))
        return 0
    sources = len(names(asking(opened)))
    _print(stdout_console(), found["separations"], found["lines"], sources)
    return 0


def _print(console: Console, rows: list[dict[str, Any]], told: list[dict[str, Any]], sources: int) -> None:
    from inchorus.cli.terminal import Column, print_table
    from inchorus.text.harmless import harmless

    if not rows:
        console.print("no column has pairs of sources with the same value and pairs with different ones")
        return
    titles = ("AUC", "if shuffled", "p", "same", "different", "base rate", "sources", "alike in", "AUC of all")
    columns = [Column("by", wide=True), *(Column(t, right=True) for t in titles)]
    cells = [
        [
            harmless(r["by"]),
            f"{r['auc']:.3f}",
            f"{r['low']:.3f} to {r['high']:.3f}",
            f"{r['p']:.3f}",
            f"{r['same']:,}",
            f"{r['different']:,}",
            f"{r['base_rate']:.1%}",
            f"{r['sources']:,} of {sources:,}",
            f"{r['within']}, {r['strata']:,} strata" if r["within"] else "nothing",
            f"{r['crude']:.3f}",
        ]
        for r in rows
    ]
    print_table(console, columns, cells)
    console.print(
        "compared and shuffled among sources that are alike in language, and in activity where a value goes with it; "
        "compared are pairs that were there together as much; AUC of all compares any pairs"
    )
    for r in rows:
        if not r["movable"]:
            console.print(f"{harmless(r['by'])}: sources with different values are never alike, nothing to compare")
        elif r["there"] > 0.5:
            console.print(
                f"{harmless(r['by'])}: of the pairs compared, those with one value were there together more "
                f"(AUC {r['there']:.3f}); p is of what AUC has above that"
            )
    if not told:
        return
    console.print()
    columns = [Column("line", wide=True), Column("of"), *(Column(t, right=True) for t in ("users", "others", "q"))]
    lines = [
        [
            harmless(t["text"]),
            harmless(t["value"]),
            f"{t['users']:,} of {t['of']:,}",
            f"{t['other_users']:,} of {t['of_others']:,}",
            f"{t['q']:.2g}",
        ]
        for t in told
    ]
    print_table(console, [*columns, Column("id")], [[*c, t["tp_id"]] for c, t in zip(lines, told, strict=True)])
