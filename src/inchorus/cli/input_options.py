"""The options that say what the input looks like, which every command that reads documents has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Decorator, option
from inchorus.read.formats import format_names

if TYPE_CHECKING:
    from inchorus.read import ReadOptions

INPUT = "What the input looks like"


def input_options(skipped: str) -> Decorator:
    """Declare the options of input; `skipped` is where rows are kept that `--bad-rows skip` leaves out."""

    def declare(command: Callable[..., Any]) -> Callable[..., Any]:
        for declared in reversed(_declared(skipped)):
            command = declared(command)
        return command

    return declare


def read_options(given: dict[str, Any]) -> tuple[ReadOptions, dict[str, Any]]:
    """What of the options given says how to read, and the others; options that were not given are in neither."""
    from inchorus.read import ReadOptions

    values = {name.rstrip("_"): value for name, value in given.items() if value is not None}
    columns = {f.name for f in fields(ReadOptions)}
    others = {name: value for name, value in values.items() if name not in columns}
    return ReadOptions(**{name: value for name, value in values.items() if name in columns}), others


def _declared(skipped: str) -> list[Decorator]:
    return [
        option(
            "--id",
            "id_",
            metavar="COLUMN",
            section=INPUT,
            help="The column of the document's id; '' if none holds ids. [default: id; without it, a hash of the "
            "document]",
        ),
        option(
            "--source",
            metavar="COLUMN",
            section=INPUT,
            help="The column that says who published it. [default: source]",
        ),
        option("--time", metavar="COLUMN", section=INPUT, help="The column of the time. [default: time]"),
        option("--text", metavar="COLUMN", section=INPUT, help="The column of the text. [default: text]"),
        option(
            "--format",
            "format_",
            metavar="FORMAT",
            section=INPUT,
            help=f"{format_names()}. [default: found out from the file]",
        ),
        option("--encoding", metavar="NAME", section=INPUT, help="The encoding of the text. [default: utf-8]"),
        option(
            "--bad-times",
            metavar="error|null",
            section=INPUT,
            help="What to do with a time that cannot be read: stop, or go on without it. [default: error]",
        ),
        option(
            "--time-format",
            metavar="FORMAT",
            section=INPUT,
            help="How times are written, where they do not tell: month-first, day-first, year-first, or a format of "
            "strptime such as '%d.%m.%Y %H:%M'. [default: found out from the column]",
        ),
        option(
            "--timezone",
            metavar="ZONE",
            section=INPUT,
            help="The zone of times that name none: America/New_York, or an offset such as -05:00. [default: UTC]",
        ),
        option(
            "--bad-rows",
            metavar="error|skip",
            section=INPUT,
            help="What to do with a row that cannot be read, or repeats one: stop, or skip it, count it and keep it "
            f"apart in {skipped}. [default: error]",
        ),
        option(
            "--list-separator",
            metavar="S",
            section=INPUT,
            help="What stands between the items of a list in a cell of a column of --objects. [default: found out from "
            "the column: JSON, Python, R, or separated by blanks, commas, semicolons, bars or line ends]",
        ),
        option(
            "--same-source",
            metavar="FILE",
            type=click.Path(path_type=Path),
            section=INPUT,
            help="A table in any format with the columns name and source: names that are one source.",
        ),
        option(
            "--namespace",
            metavar="COLUMN",
            section=INPUT,
            help="Put the value of this column before the name of each source, as in telegram:herald; formats of posts "
            "have a column platform. [default: sources of one name are one source]",
        ),
    ]
