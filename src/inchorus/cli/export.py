"""`inchorus export`: a study in the format of another tool."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, option, output_options
from inchorus.manifest import there
from inchorus.thresholds import LEVEL

if TYPE_CHECKING:
    from inchorus.export.exported import Exported

FORMATS = ("gexf", "graphml", "csv", "sqlite", "annotations")
NETWORK = "Which ties (gexf, graphml)"
CSV = "Which tables, and how (csv)"


@click.command(
    cls=Manual,
    short_help="Write a study in the format of another tool.",
    examples=(
        "inchorus export study --format gexf ties.gexf",
        "inchorus export study --format csv tables",
        "inchorus export study --format csv --table ties ties.csv",
        "inchorus export study --format csv --table altered_quotations altered.csv",
        "inchorus export study --format sqlite study.db",
        "inchorus export study --format annotations passages.jsonl",
    ),
)
@click.argument("study", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--format",
    type=click.Choice(FORMATS),
    required=True,
    section="What it becomes",
    help="gexf or graphml: the network of sources, for Gephi and others. csv: the tables, for spreadsheets. sqlite: "
    "one database, for Datasette and others. annotations: W3C Web Annotations of the passages.",
)
@option(
    "--force",
    is_flag=True,
    section="What it becomes",
    help="Replace the file that is there even if it is of another kind. [default: leave it alone]",
)
@option(
    "--max-q",
    type=click.FloatRange(0, 1),
    default=LEVEL,
    metavar="Q",
    section=NETWORK,
    help="Only ties with a q of at most this; 1 for every pair that was tested and shares something. "
    f"[default: {LEVEL:g}]",
)
@option("--kind", metavar="KIND", section=NETWORK, help="Only ties of this kind, such as wording. [default: all]")
@option(
    "--table",
    metavar="NAME",
    section=CSV,
    help="Write only this table, and FILE is one file; altered_quotations has a row for every change of the words of a "
    "quotation. [default: all, and FILE is a folder]",
)
@option(
    "--raw",
    is_flag=True,
    section=CSV,
    help="Leave text that a spreadsheet would take for a formula as it is. [default: an apostrophe before it]",
)
@option("--bom", is_flag=True, section=CSV, help="Begin with a byte order mark, which Excel needs to read UTF-8.")
@output_options(quiet=True)
def export(study: Path, file: Path, *, format: str, quiet: bool, as_json: bool, **how: Any) -> int:
    """Write STUDY to FILE in another format.

    FILE is put in place whole, at the end. A file of the same kind that is there is replaced; anything
    else is left alone. The same study and options give the same bytes.
    """
    there(study)
    from inchorus.cli.terminal import progress_for, stdout_console
    from inchorus.export.exported import ExportOptions
    from inchorus.export.exported import export as write
    from inchorus.study import open_study
    from inchorus.text.harmless import harmless, to_json

    done = write(open_study(study), file, format, ExportOptions(**how), progress_for(quiet))
    if as_json:
        summary = {"file": str(file), "format": done.format, "rows": done.rows, "bytes": done.bytes}
        click.echo(to_json({"study": str(study), **summary}))
        return 0
    console = stdout_console()
    console.print(harmless(f"wrote {file}: {_amounts(done)}, {_size(done.bytes)}"))
    if done.rows.get("edges") == 0:
        console.print(f"no tie has a q of at most {how['max_q']:g}; --max-q 1 writes every pair that was tested")
    return 0


def _amounts(done: Exported) -> str:
    return ", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in done.rows.items())


def _size(count: int) -> str:
    for unit, size in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} bytes"
