"""`inchorus show`: the ranked talking points, or one of them with its evidence."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, days_and_rank_options, limit_option, option, output_options
from inchorus.labels import LABELS
from inchorus.manifest import there

if TYPE_CHECKING:
    from rich.console import Console


@click.command(
    cls=Manual,
    short_help="Show the ranked talking points, or one with its evidence.",
    examples=(
        "inchorus show study",
        "inchorus show study --label line --label quotation --limit 100",
        "inchorus show study --source 'Daily Courier' --since 2024-05-01 --until 2024-05-31",
        "inchorus show study --rank sources",
        "inchorus show study 3f2a90",
        "inchorus show study --json | jq '.talking_points[].text'",
    ),
)
@click.argument("study", type=click.Path(path_type=Path))
@click.argument("tp_id", metavar="[TALKING_POINT_ID]", required=False)
@option(
    "--label",
    "labels",
    type=click.Choice(LABELS),
    multiple=True,
    section="Which rows",
    help="Only talking points with this label; may be given several times. [default: all]",
)
@option(
    "--source",
    metavar="NAME",
    section="Which rows",
    help="Only talking points that this source uses, or only its passages. [default: all]",
)
@days_and_rank_options(
    "Which rows", "Only talking points with a passage of this day (2024-05-01) or later, or only such passages."
)
@limit_option()
@output_options(quiet=False)
def show(
    study: Path,
    tp_id: str | None,
    *,
    labels: tuple[str, ...],
    source: str | None,
    since: datetime | None,
    until: datetime | None,
    rank: str,
    limit: int,
    as_json: bool,
) -> int:
    """Show the talking points of STUDY, highest score first; or one, with every passage in its context.

    The score ranks what several sources say by themselves, in a burst, in whole sentences and words of their own;
    what speaks for a talking point is said where it is shown alone. Those of a list that are nearly the same
    stand together, under the one that ranks highest.

    Wording is shown in whole sentences of one of its documents; where these say more than is shared, the
    shared words stand in ⟦brackets⟧. The first characters of a TALKING_POINT_ID suffice if no other begins
    with them. In a passage, words that the canonical wording lacks are marked {+so+}, and words that only it
    has [-so-]; on a terminal by underlining and by striking out. The tree of wordings marks what changed from
    each to the next in the same way. First means earliest in this corpus.

    What a passage changes is said in words: another figure, another name, "only" or a negation more or less, other
    words, small changes, its ends. Variations are talking points of the same frame that say something else: they
    stand beside each other, [what differs] set off, and are counted each for itself.
    """
    there(study)
    from inchorus.cli.terminal import stdout_console
    from inchorus.evidence.as_one import as_one
    from inchorus.evidence.asking import asking
    from inchorus.evidence.points import Wanted, shown
    from inchorus.study import open_study
    from inchorus.text.harmless import to_json

    first, last = (None if day is None else day.date() for day in (since, until))
    opened = open_study(study)
    found = shown(opened, tp_id, Wanted(labels, source, first, last, rank, limit))
    of = found.pop("of")
    if as_json:
        click.echo(to_json({"study": str(study), **found, "of": of}))
        return 0
    console = stdout_console()
    if tp_id is not None:
        from inchorus.cli.evidence import print_meaning, print_point
        from inchorus.cli.tree import print_tree
        from inchorus.cli.variations import print_variations

        def between() -> None:
            if found["talking_point"].get("kind") == "paraphrase":
                print_meaning(console, found)
                return
            print_variations(console, found["variations"], found["talking_point"]["tp_id"])
            if found["variations"] and len(found["wordings"]) > 1:
                console.print()
            print_tree(console, found["wordings"])

        print_point(console, found["talking_point"], found["passages"], between)
        _say_how_many(console, len(found["passages"]), of, "passages")
    elif rows := found["talking_points"]:
        print_ranked(console, as_one(rows, asking(opened)))
        _say_how_many(console, len(rows), of, "talking points")
    else:
        asked = [name for name, given in (("label", labels), ("source", source), ("day", since or until)) if given]
        console.print("no talking points" + (f" with this {' and '.join(asked)}" if asked else ""))
    return 0


def print_ranked(console: Console, rows: list[dict[str, Any]]) -> None:
    """Print talking points, a line or two each; those nearly the same as one before them below that."""
    from inchorus.cli.terminal import Column, print_table
    from inchorus.evidence.quotes import set_off
    from inchorus.text.harmless import harmless, shown_time

    columns = [
        Column("#", right=True),
        Column("wording", wide=True),
        Column("sources", right=True),
        Column("docs", right=True),
        Column("first"),
        Column("last"),
        Column("first source", most=18),
        Column("label"),
        Column("id"),
    ]
    entries = [("also as: " if n else "", row) for head in rows for n, row in enumerate([head, *head["also"]])]
    cells = [
        [
            str(row["rank"]),
            also + harmless(set_off(row["quote_parts"], 80)),
            f"{row['n_sources']:,}",
            f"{row['n_documents']:,}",
            shown_time(row["first_time"]),
            shown_time(row["last_time"]),
            _first_sources(row["first_sources"], 18 if console.is_terminal else None),
            row["label"] if row.get("kind") != "paraphrase" else f"{row['label']}, in other words",
            row["tp_id"][:8] if console.is_terminal else row["tp_id"],
        ]
        for also, row in entries
    ]
    print_table(console, columns, cells)


def _first_sources(names: list[str], width: int | None) -> str:
    from inchorus.cli.terminal import shortened
    from inchorus.text.harmless import harmless

    if not names:
        return ""
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    name = harmless(names[0])
    return (name if width is None else shortened(name, width - len(more))) + more


def _say_how_many(console: Console, shown: int, total: int, what: str) -> None:
    if shown < total:
        console.print()
        console.print(f"{shown:,} of {total:,} {what}; all of them with --limit 0")
