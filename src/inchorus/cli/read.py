"""`inchorus read`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, option, output_options
from inchorus.cli.input_options import input_options, read_options

if TYPE_CHECKING:
    from inchorus.read import Documents


@click.command(
    "read",
    cls=Manual,
    short_help="Turn exports into documents: one Parquet file, and an account of what was left out.",
    examples=(
        "inchorus read result.json --out posts.parquet",
        "inchorus read exports/ --out documents.parquet --bad-rows skip",
        "inchorus find documents.parquet --out study",
    ),
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@option(
    "--out",
    metavar="DOCS",
    required=True,
    type=click.Path(path_type=Path),
    section="Where it goes",
    help="The Parquet file to write; one that inchorus read wrote is replaced when the new one is complete.",
)
@input_options("DOCS.skipped.csv")
@output_options(quiet=True)
def read(inputs: tuple[Path, ...], out: Path, quiet: bool, as_json: bool, **given: Any) -> int:
    """Read the documents of INPUT and write them to one Parquet file, with an account of what was left out.

    INPUT is one or more files, folders or archives, in any formats; - is standard input. What find makes of DOCS is
    what it makes of INPUT.
    """
    import tempfile

    from inchorus.cli.standard_input import with_standard_input
    from inchorus.cli.terminal import progress_for
    from inchorus.read.said import say
    from inchorus.read.written import beside, write_documents

    options, _ = read_options(given)
    progress = progress_for(quiet)
    paths = click.get_current_context().with_resource(with_standard_input(inputs))
    with tempfile.TemporaryDirectory(prefix="inchorus-", ignore_cleanup_errors=True) as scratch:
        documents = write_documents(paths, out, options, progress, Path(scratch))
        say(documents, beside(out), progress)
        _summary(documents, out, as_json)
    return 0


def _summary(documents: Documents, out: Path, as_json: bool) -> None:
    import shlex
    from dataclasses import asdict

    from inchorus.cli.account import print_account, print_not_read
    from inchorus.cli.terminal import stdout_console
    from inchorus.read.said import summed_up
    from inchorus.text.harmless import harmless, shown_time, to_json

    found = summed_up(documents)
    account = [asdict(of) for of in documents.account]
    if as_json:
        said = {"read": account, "notes": documents.notes, "not_read": documents.skipped.lines()}
        click.echo(to_json({"documents_in": str(out), **found, **said}))
        return
    console = stdout_console()
    first, last = found["first"], found["last"]
    span = f", {shown_time(first)} to {shown_time(last)}" if first else ", no times"
    console.print(f"read   {found['documents']:,} documents of {found['sources']:,} sources{span}")
    print_account(console, account, "       ")
    print_not_read(console, documents.skipped.lines(), "       ")
    console.print()
    console.print(f"next   inchorus find {harmless(shlex.quote(str(out)))} --out study")
