"""`inchorus claims`: who makes which claim, in which words, since when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, limit_option, model_option, option, output_options
from inchorus.manifest import there

if TYPE_CHECKING:
    from rich.console import Console


@click.command(
    cls=Manual,
    short_help="Look claims up in the documents of a study.",
    examples=(
        "inchorus claims study claims.csv",
        "inchorus claims study",
        "inchorus claims study --claim pf-1204 --limit 0",
        "inchorus claims study --json | jq '.not_found[].text'",
    ),
)
@click.argument("study", type=click.Path(path_type=Path))
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@option("--claim", "claim_id", metavar="ID", section="Which rows", help="Only this claim, with every place.")
@model_option("How they are compared")
@limit_option("So many claims, or places of one")
@output_options(quiet=True)
def claims(
    study: Path,
    file: Path | None,
    *,
    claim_id: str | None,
    paraphrase: str | None,
    limit: int,
    quiet: bool,
    as_json: bool,
) -> int:
    """Show which documents of STUDY make the claims of FILE, in which words and since when, and which nobody makes.

    FILE is a table with a column text (or claim), and ids in a column id (or claim_id); or text with a claim a line.
    What is found is written into the study, as inchorus find --claims does; without FILE, what is there is shown. A
    sentence is found by the words that it has in common with the claim, whatever their endings; with a model of
    meaning, by its meaning, too. The score is 1 where the words are the same; from 0.8 on, most say the same.
    """
    there(study)
    from inchorus.cli.terminal import progress_for, stdout_console
    from inchorus.evidence.asking import asking
    from inchorus.evidence.claims import claimed
    from inchorus.flow import claims as look_up
    from inchorus.study import open_study
    from inchorus.text.harmless import to_json

    opened = open_study(study)
    if file is not None:
        opened = look_up(opened, file, progress_for(quiet or as_json), paraphrase)
    opened.file("claims")  # says what to do where none were looked up
    found = claimed(asking(opened), opened.manifest.get("claims", {}).get("not_found", []), claim_id, limit)
    if as_json:
        click.echo(to_json({"study": str(study), **found}))
        return 0
    _print(stdout_console(), found, limit)
    return 0


def _print(console: Console, found: dict[str, Any], limit: int) -> None:
    from rich.text import Text

    from inchorus.text.harmless import harmless, shown_time

    def put(*parts: str, indent: str = "", style: str = "") -> None:
        console.print(Text(indent + "  ".join(map(harmless, parts)), style=style), soft_wrap=True)

    for row in found["claims"]:
        put(row["claim_id"], row["claim"], style="bold" if console.is_terminal else "")
        first = ", ".join(row["first_sources"][:3]) + (" …" if len(row["first_sources"]) > 3 else "")
        since = f", first {shown_time(row['first_time'])} {first}" if row["first_time"] else ", none with a time"
        put(f"{_counted(row['n_documents'], 'document')} of {_counted(row['n_sources'], 'source')}{since}", indent="  ")
        for place in row["places"]:
            time = shown_time(place["time"], place["time_precision"]) or "no time"
            other = ["in other words"] if place["kind"] == "paraphrase" else []
            put(f"{place['score']:.2f}", time, place["source"], place["doc_id"], *other, indent="    ")
            put(place["text"], indent="          ")
        console.print()
    if found["not_found"]:
        put(f"nothing near {_counted(len(found['not_found']), 'claim')}:")
        some = found["not_found"][: limit or None]
        for row in some:
            put(row["claim_id"], row["text"], indent="  ")
        if len(some) < len(found["not_found"]):
            put(f"… {len(found['not_found']) - len(some):,} more; all of them with --limit 0", indent="  ")
    if len(found["claims"]) < found["of"]:
        put(f"{len(found['claims']):,} of {found['of']:,} claims that were found; all of them with --limit 0")


def _counted(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"
