"""`inchorus find --columns`: a first look at the input, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from inchorus.read import ReadOptions
    from inchorus.read.look import Look


def first_look(inputs: Sequence[Path], options: ReadOptions, as_json: bool) -> int:
    """Show what the columns are, what becomes of them, the first documents, and what would be left out.

    Ends with 0 if the files could be looked at, whether or not `find` could use them.
    """
    import tempfile

    from inchorus.cli.standard_input import with_standard_input
    from inchorus.cli.terminal import stdout_console
    from inchorus.read.look import look
    from inchorus.text.harmless import harmless, to_json

    paths = click.get_current_context().with_resource(with_standard_input(inputs))
    with tempfile.TemporaryDirectory(prefix="inchorus-", ignore_cleanup_errors=True) as scratch:
        found = look(paths, options, Path(scratch))
    if as_json:
        click.echo(to_json(asdict(found)))
        return 0
    console = stdout_console()
    for one in found.looks:
        _print(console, one)
    for format, n in found.more.items():
        console.print(f"{n:,} more files of the format {format}, which were not looked into")
    for note in found.notes:
        console.print(harmless(note))
    console.print("next   inchorus find, without --columns and with --out STUDY")
    return 0


def _print(console: Console, look: Look) -> None:
    from inchorus.cli.terminal import Column, print_table
    from inchorus.text.harmless import harmless

    more = f" and {len(look.files) - 1:,} more files" if len(look.files) > 1 else ""
    how = f"{look.format}, {look.takes}" if look.takes else look.format
    console.print(harmless(f"{look.files[0]}{more}: {how}"))
    if look.columns:
        console.print(f"the columns, by the first {look.rows:,} rows:")
        rows = [[harmless(c.name), harmless(c.becomes), f"{c.filled:,}", harmless(c.example)] for c in look.columns]
        columns = [Column("column", most=30), Column("becomes", most=30), Column("filled", right=True)]
        print_table(console, [*columns, Column("example", wide=True)], rows)
        for column in look.columns:
            if column.lists:
                console.print(harmless(column.lists))
    console.print()
    for problem in look.problems:
        console.print(harmless(f"find would stop: {problem}"))
    if look.problems:
        console.print()
        return
    if look.documents:
        console.print(f"the first {len(look.documents):,} documents:")
        columns = [Column("source", most=30), Column("time"), Column("text", wide=True)]
        rows = [[harmless(d["source"]), d["time"] or "", harmless(d["text"] or "")] for d in look.documents]
        print_table(console, columns, rows)
        console.print()
    if look.left_out:
        console.print(f"left out of the first {look.rows:,} rows:")
        rows = [[f"{n:,}", harmless(why)] for why, n in look.left_out.items()]
        print_table(console, [Column("rows", right=True), Column("why", wide=True)], rows)
        console.print()
    for note in look.notes:
        console.print(harmless(note))
    if look.notes:
        console.print()
