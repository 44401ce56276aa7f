"""`inchorus quotes`: what is quoted most, one quotation in all its places, and what a speaker said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, limit_option, option, output_options
from inchorus.manifest import there

if TYPE_CHECKING:
    from rich.console import Console


@click.command(
    cls=Manual,
    short_help="Show quotations, who said them, and how their words changed.",
    examples=(
        "inchorus quotes study",
        "inchorus quotes study 5d0c71",
        "inchorus quotes study --speaker 'Ada Ash'",
        "inchorus quotes study --speaker 'Ada Ash' --about water --limit 0",
        "inchorus quotes study --json | jq '.quotations[].speakers'",
    ),
)
@click.argument("study", type=click.Path(path_type=Path))
@click.argument("quote_id", metavar="[QUOTE_ID]", required=False)
@option(
    "--speaker",
    metavar="NAME",
    section="Which rows",
    help="What this speaker said, in the order of time.",
)
@option(
    "--about",
    metavar="WORDS",
    section="Which rows",
    help="Only quotations with all of these words. [default: all]",
)
@limit_option()
@output_options(quiet=True)
def quotes(
    study: Path,
    quote_id: str | None,
    *,
    speaker: str | None,
    about: str | None,
    limit: int,
    quiet: bool,
    as_json: bool,
) -> int:
    """Show the direct quotations of STUDY that stand in most sources; or one, with every place and its words.

    The first characters of a QUOTE_ID suffice if no other begins with them. Who says it is as the documents name them:
    38 of 41 means that 38 of the 41 documents that name somebody name this one. Words inside the marks that differ from
    the fullest form are shown by what the difference is; what was a slip, a correction or an earlier draft, the reader
    judges. A study of an older inchorus is given its quotations first.
    """
    there(study)
    from inchorus.cli.terminal import progress_for, stdout_console
    from inchorus.evidence.asking import asking
    from inchorus.evidence.statements import quoted
    from inchorus.flow import quotations
    from inchorus.study import open_study
    from inchorus.text.harmless import to_json

    made = quotations(open_study(study), progress_for(quiet or as_json))
    found = quoted(asking(made), speaker, about, limit, quote_id)
    if as_json:
        click.echo(to_json({"study": str(study), **found}))
        return 0
    console = stdout_console()
    if quote_id is not None:
        _print_one(console, found)
    elif speaker is not None:
        _print_statements(console, found)
    else:
        _print_list(console, found)
    return 0


def _print_list(console: Console, found: dict[str, Any]) -> None:
    from inchorus.cli.terminal import Column, print_table
    from inchorus.evidence.quotations import said_by
    from inchorus.text.harmless import harmless, shown_time

    rows = found["quotations"]
    if not rows:
        console.print("no quotations")
        return
    columns = [
        Column("#", right=True), Column("quotation", wide=True), Column("speaker", most=34),
        Column("sources", right=True), Column("docs", right=True), Column("altered", right=True),
        Column("first"), Column("id"),
    ]  # fmt: skip
    cells = [
        [
            str(n), harmless(row["text"]), harmless(said_by(row)), f"{row['n_sources']:,}",
            f"{row['n_documents']:,}", str(row["n_altered"] or ""), shown_time(row["first_time"]),
            row["quote_id"][:8] if console.is_terminal else row["quote_id"],
        ]
        for n, row in enumerate(rows, 1)
    ]  # fmt: skip
    print_table(console, columns, cells)
    _say_how_many(console, len(rows), found["of"], "quotations")


def _print_one(console: Console, found: dict[str, Any]) -> None:
    from rich.text import Text

    from inchorus.evidence.quotations import said_by
    from inchorus.text.harmless import harmless, shown_time

    def put(text: str, style: str = "", indent: str = "") -> None:
        console.print(Text(indent + harmless(text), style=style), soft_wrap=True)

    put(found["text"], "bold")
    console.print()
    put(f"said by {said_by(found) or 'nobody who is named'}")
    put(f"id      {found['quote_id']}")
    for place in found["places"]:
        console.print()
        put(f"{place['source']}  {shown_time(place['time'], place['time_precision']) or 'no time'}  {place['doc_id']}")
        who = place["speaker_name"] or "nobody named"
        told = {"document": "", "pool": ", as other documents have it", None: ""}[place["speaker_from"]]
        said = ", ".join(filter(None, (place["said_where"], place["said_when"])))
        put(f"{who}{told}{_as_written(place)}{f'; {said}' if said else ''}", indent="  ")
        put(place["text"], indent="  ")
        for change in place["altered"] or ():
            put(f"{change['class']}: [-{change['from']}-] {{+{change['to']}+}}", indent="    ")


def _as_written(place: dict[str, Any]) -> str:
    if place["speaker"] is None or place["speaker"] == place["speaker_name"]:
        return ""
    return f" (written {place['speaker']!r})"


def _print_statements(console: Console, found: dict[str, Any]) -> None:
    from inchorus.cli.terminal import Column, print_table
    from inchorus.text.harmless import harmless, shown_time

    rows = found["statements"]
    also = f"; may be the same: {', '.join(map(harmless, found['also']))}" if found["also"] else ""
    console.print(f"{harmless(found['speaker'])}{also}", markup=False, highlight=False, soft_wrap=True)
    console.print()
    if not rows:
        console.print("no statements" + " with these words")
        return
    columns = [
        Column("when"), Column("statement", wide=True), Column("docs", right=True), Column("first source", most=18),
        Column("repeats"), Column("id"),
    ]  # fmt: skip
    short = 8 if console.is_terminal else 16
    cells = [
        [
            shown_time(row["time"], row["time_precision"]),
            f"“{harmless(row['text'])}”" if row["direct"] else harmless(row["text"]),
            f"{len(row['documents']):,}", harmless(row["documents"][0]["source"]), (row["repeats"] or "")[:short],
            row["quote_id"][:short],
        ]
        for row in rows
    ]  # fmt: skip
    print_table(console, columns, cells)
    _say_how_many(console, len(rows), found["of"], "statements")


def _say_how_many(console: Console, shown: int, total: int, what: str) -> None:
    if shown < total:
        console.print()
        console.print(f"{shown:,} of {total:,} {what}; all of them with --limit 0")
