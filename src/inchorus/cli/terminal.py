"""What the command line prints: tables, progress."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress
from rich.progress import Task as RichTask
from rich.text import Text

from inchorus.progress import Progress, Silent, Task
from inchorus.text.harmless import harmless, isolated


class PlainConsole(Console):
    """A console that takes text as it is: no markup, no emoji codes; a closed pipe is the caller's."""

    def __init__(self, *, stderr: bool = False, file: IO[str] | None = None, width: int | None = None) -> None:
        super().__init__(
            stderr=stderr, file=file, width=width, markup=False, emoji=False, highlight=False, soft_wrap=True
        )

    def on_broken_pipe(self) -> None:
        """Leave it to the command line, which ends quietly."""
        raise BrokenPipeError


def shortened(text: str, width: int) -> str:
    """The text cut to `width` cells of a terminal; wide characters count two.

    >>> shortened("in chorus", 6)
    'in ch…'
    """
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…"


@dataclass(frozen=True)
class Column:
    """A column of a printed table; `wide` takes the room that the others leave."""

    title: str
    right: bool = False
    wide: bool = False
    most: int | None = None


def print_table(console: Console, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns: one line each where the terminal is wide enough, else two.

    In two lines, the wide column comes first and alone, the others under it. Where the output is
    not a terminal nothing is shortened but the wide column, to 80 cells.
    """
    terminal = console.is_terminal
    cells = [
        [c if not terminal or col.most is None else shortened(c, col.most) for c, col in zip(row, columns, strict=True)]
        for row in rows
    ]
    widths = [max([cell_len(col.title), *(cell_len(row[i]) for row in cells)]) for i, col in enumerate(columns)]
    wide = next(i for i, col in enumerate(columns) if col.wide)
    others = sum(w + 2 for i, w in enumerate(widths) if i != wide)
    room = console.width - others
    if not terminal:
        widths[wide] = min(widths[wide], 80)
    elif room >= 60:  # less is too little of a wording to know it by
        widths[wide] = min(widths[wide], room)
    else:
        _print_in_two_lines(console, columns, cells, widths, wide)
        return
    order = range(len(columns))
    _print(console, _line(columns, [c.title for c in columns], widths, order, terminal), "bold")
    for row in cells:
        _print(console, _line(columns, row, widths, order, terminal))


def _print_in_two_lines(
    console: Console, columns: Sequence[Column], rows: Sequence[Sequence[str]], widths: list[int], wide: int
) -> None:
    first, rest = range(wide + 1), range(wide + 1, len(columns))
    indent = sum(widths[i] + 2 for i in range(wide))
    widths[wide] = max(10, console.width - indent)
    titles = [c.title for c in columns]
    _print(console, _line(columns, titles, widths, first, True), "bold")
    _print(console, " " * indent + _line(columns, titles, widths, rest, True), "bold")
    for row in rows:
        _print(console, _line(columns, row, widths, first, True))
        _print(console, " " * indent + _line(columns, row, widths, rest, True), "dim")


def _line(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int], which: range, isolate: bool) -> str:
    parts = []
    for i in which:
        cell = shortened(cells[i], widths[i])
        room = " " * (widths[i] - cell_len(cell))
        cell = isolated(cell) if isolate else cell
        parts.append(room + cell if columns[i].right else cell + room)
    return "  ".join(parts).rstrip()


def _print(console: Console, line: str, style: str = "") -> None:
    console.print(Text(line, style=style), soft_wrap=True)


class _Rate(ProgressColumn):
    def render(self, task: RichTask) -> Text:
        speed = task.finished_speed or task.speed
        unit = task.fields["unit"]
        return Text(f"{speed:,.0f} {unit}/s" if speed else f"{task.completed:,.0f} {unit}", style="dim")


class Bars:
    """Progress on a terminal: a bar for each stage at work, a line for each that is done."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            _Rate(),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
        )

    @contextmanager
    def stage(self, name: str, total: int | None, unit: str) -> Iterator[Task]:
        """Show a bar while the stage works."""
        if not self._bars.tasks:
            self._bars.start()
        bar = self._bars.add_task(harmless(name), total=total, unit=unit)
        units, started = 0, time.monotonic()

        def advance(done: int) -> None:
            nonlocal units
            units += done
            self._bars.advance(bar, done)

        try:
            yield advance
            _print(self._console, _finished(name, units, unit, started))
        finally:
            self._bars.remove_task(bar)
            if not self._bars.tasks:
                self._bars.stop()

    def note(self, text: str) -> None:
        """Print a line above the bars."""
        _print(self._console, harmless(text))


class Lines:
    """Progress in a log: one plain line for each stage when it is done."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def stage(self, name: str, total: int | None, unit: str) -> Iterator[Task]:
        """Count, and print when the stage is done."""
        units, started = 0, time.monotonic()

        def advance(done: int) -> None:
            nonlocal units
            units += done

        yield advance
        _print(self._console, _finished(name, units, unit, started))

    def note(self, text: str) -> None:
        """Print a line."""
        _print(self._console, harmless(text))


def progress_for(quiet: bool) -> Progress:
    """What fits standard error: bars on a terminal, lines in a log, nothing if `quiet`."""
    if quiet:
        return Silent()
    console = PlainConsole(stderr=True)
    return Bars(console) if console.is_terminal else Lines(console)


def stdout_console() -> Console:
    """The console of standard output; what its encoding lacks is escaped instead of failing."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    return PlainConsole()


def _finished(name: str, done: int, unit: str, started: float) -> str:
    seconds = time.monotonic() - started
    amount = f"{done:,} {unit}, " if done else ""
    return f"{harmless(name)}: {amount}{seconds:.1f} s"
