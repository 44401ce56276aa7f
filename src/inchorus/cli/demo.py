"""`inchorus demo`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, option, output_options
from inchorus.errors import UsageError, Where
from inchorus.thresholds import LEVEL

if TYPE_CHECKING:
    from rich.console import Console

    from inchorus.simulate import Simulation

# A few seconds' worth.
SIZE: dict[str, Any] = {"documents": 800, "sources": 30, "lines": 40}
# Sources enough to compare with in a sixth of a year.
BEFORE: dict[str, Any] = {
    **{"documents": 2400, "sources": 60, "days": 364, "edits": "light"},
    **{"lines": 0, "groups": 2, "left_out": 0.0},
}


@click.command(
    cls=Manual,
    short_help="Plant lines in a simulated corpus, and find them.",
    examples=(
        "inchorus demo",
        "inchorus demo --installed --out mine",
        "inchorus demo --background turnover --groups 0",
        "inchorus show demo/study",
    ),
)
@option(
    "--out",
    metavar="DIR",
    default="demo",
    type=click.Path(path_type=Path),
    section="Where it goes",
    help="The folder for documents.parquet and the study. [default: demo]",
)
@option(
    "--installed",
    is_flag=True,
    section="What it reads",
    help="Use texts that are installed on this machine instead; what they share is not known beforehand.",
)
@option(
    "--background",
    metavar="NAME",
    section="What it reads",
    help="Sources that share wording for an innocent reason instead: nothing, turnover, accounts, languages, beats, "
    "series, agency, habit, footers, versions, calendar, unequal or election. Shows what ties make of a corpus like "
    "yours.",
)
@option(
    "--groups",
    type=click.IntRange(min=0),
    metavar="N",
    section="What it reads",
    help="Plant so many groups of five sources, which share five lines; 0 for none. [default: 3, in a background 2]",
)
@option(
    "--seed",
    type=int,
    default=0,
    metavar="N",
    section="What it reads",
    help="Another number simulates another corpus. [default: 0]",
)
@output_options(quiet=True)
def demo(
    out: Path, installed: bool, background: str | None, groups: int | None, seed: int, quiet: bool, as_json: bool
) -> int:
    """Simulate a corpus, plant lines in it, find them, and compare what was found with what was planted.

    Takes a few seconds. The documents are made up; the study is one like any other: look around in it.
    """
    from inchorus.manifest import check_target

    if out.exists() and not out.is_dir():
        raise UsageError("this is a file", where=Where(str(out)), fix="choose another --out")
    documents = out / "documents.parquet"
    # A rerun may replace what a demo wrote; documents of the user's own it must not.
    ours = (out / "truth.parquet", out / "study" / "manifest.json")
    if documents.exists() and not any(path.is_file() for path in ours):
        fix = "choose another --out, or remove it"
        raise UsageError("there are documents here already", where=Where(str(documents)), fix=fix)
    check_target(out / "study")
    simulation = _simulation(background, groups, seed, installed)  # imports what simulates
    from inchorus.cli.find import run, summary
    from inchorus.cli.terminal import progress_for, stdout_console
    from inchorus.compiled import ahead
    from inchorus.engine.parquet import write_table
    from inchorus.evidence.points import ranked
    from inchorus.options import FindOptions
    from inchorus.read import ReadOptions
    from inchorus.text.harmless import to_json

    out.mkdir(parents=True, exist_ok=True)
    progress = progress_for(quiet)
    ahead.begin(progress, None, "find", "ties")
    if installed:
        from inchorus.read import installed as texts

        rows: Any = texts.installed_texts()
    else:
        from inchorus.simulate import simulate, truth

        rows, planted = simulate(simulation), truth(simulation)
        write_table(out / "truth.parquet", "truth", planted)
    with progress.stage("write documents", None, "documents") as advance:
        partial = documents.with_suffix(".partial")
        advance(write_table(partial, "simulated", rows))
        partial.replace(documents)
    study = run([documents], out / "study", ReadOptions(), FindOptions(seed=seed), progress)
    if installed:
        summary(study, as_json)
        return 0

    from inchorus import flow
    from inchorus.simulate.recovered import compare, compare_ties

    study = flow.ties(study, {"seed": seed}, progress)
    recovery = compare(planted, study.talking_points.arrow(), study.passages.arrow())
    ties = compare_ties(planted, study.ties.filter("kind = 'wording'").arrow())
    if as_json:
        found = {name: study.manifest["tables"][name]["rows"] for name in ("talking_points", "passages")}
        shown = {**found, "recovery": recovery.rows(), "ties": ties, "top": ranked(study)}
        click.echo(to_json({"study": str(study.path), **shown}))
        return 0
    console = stdout_console()
    if background is not None:
        from inchorus.simulate.background import BACKGROUNDS

        console.print(f"background {background}: {BACKGROUNDS[background][0]}")
        console.print()
    print_recovery(console, recovery.rows())
    console.print()
    console.print(
        f"of {ties['planted']:,} pairs of sources in a planted group {ties['right']:,} share more than chance gives "
        f"(q <= {LEVEL:g}), of the other pairs {ties['tied'] - ties['right']:,}"
    )
    console.print()
    summary(study, as_json=False)
    return 0


def _simulation(background: str | None, groups: int | None, seed: int, installed: bool) -> Simulation:
    from inchorus.simulate import Simulation
    from inchorus.simulate.options import check

    if installed and (background is not None or groups is not None):
        raise UsageError("texts that are installed have no background and no groups", fix="leave --installed out")
    planted: dict[str, Any] = {} if groups is None else {"groups": groups}
    if background is None:
        made = Simulation(**{**SIZE, **planted}, seed=seed)
    else:
        made = Simulation(**{**BEFORE, **planted}, background=background, seed=seed)
    check(made)
    return made


def print_recovery(console: Console, rows: list[dict[str, Any]]) -> None:
    """Print what was recovered of what was planted, a line for each kind."""
    from inchorus.cli.terminal import Column, print_table
    from inchorus.text.harmless import harmless

    if not rows:
        return
    names = list(rows[0])
    columns = [Column(n.replace("_", " "), right=i > 0, wide=i == 0) for i, n in enumerate(names)]
    print_table(console, columns, [[harmless(_figure(row[n])) for n in names] for row in rows])


def _figure(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None else str(value)
