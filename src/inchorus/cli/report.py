"""`inchorus report`: the evidence in one file that can be mailed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, days_and_rank_options, option, output_options
from inchorus.labels import LABELS
from inchorus.manifest import there

if TYPE_CHECKING:
    from inchorus.ui.report import Reported

WHICH = "What is reported"
MUCH = "How much of it"


@click.command(
    cls=Manual,
    short_help="Write the evidence as one HTML file.",
    examples=(
        "inchorus report study report.html",
        "inchorus report study report.html --top 500",
        "inchorus report study may.html --since 2024-05-01 --until 2024-05-31 --rank sources",
        "inchorus report study courier.html --source 'Daily Courier' --label line --label quotation",
        "inchorus report study two.html --point 3f2a90 --point 77c1 --ties 0",
    ),
)
@click.argument("study", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--top",
    type=click.IntRange(min=1),
    default=100,
    metavar="N",
    section=WHICH,
    help="So many talking points, those that come first. [default: 100]",
)
@option(
    "--label",
    type=click.Choice(LABELS),
    multiple=True,
    section=WHICH,
    help="Only talking points with this label; may be given several times. [default: all]",
)
@option(
    "--source",
    multiple=True,
    metavar="NAME",
    section=WHICH,
    help="Only talking points, ties and groups of this source; may be given several times. [default: all]",
)
@days_and_rank_options(WHICH, "Only talking points with a passage of this day (2024-05-01) or later.")
@option(
    "--point",
    multiple=True,
    metavar="ID",
    section=WHICH,
    help="This talking point, whatever its label, and no others; may be given several times, and they stay in that "
    "order, unfolded. The first characters of an id suffice.",
)
@option(
    "--passages",
    type=click.IntRange(min=1),
    default=8,
    metavar="N",
    section=MUCH,
    help="So many passages of each talking point, the earliest. [default: 8]",
)
@option(
    "--ties",
    type=click.IntRange(min=0),
    default=10,
    metavar="N",
    section=MUCH,
    help="So many ties, the strongest; 0 leaves ties and groups out. [default: 10]",
)
@option(
    "--force",
    is_flag=True,
    section="Output",
    help="Replace the file that is there even if it is no report. [default: leave it alone]",
)
@output_options(quiet=True)
def report(study: Path, file: Path, *, quiet: bool, as_json: bool, **how: Any) -> int:
    """Write what STUDY found, with its evidence, to FILE: one HTML page that holds all it needs.

    It opens from disk in any browser, can be mailed and printed, and loads nothing from anywhere. It has passages of
    the documents in it, so mail it only to those who may read these. FILE is put in place whole, at the end. A report
    that is there is replaced; anything else is left alone. The same study and options give the same bytes.
    """
    there(study)
    for name in ("since", "until"):
        how[name] = None if how[name] is None else how[name].date()
    from inchorus.cli.terminal import progress_for, stdout_console
    from inchorus.study import open_study
    from inchorus.text.harmless import harmless, to_json
    from inchorus.ui.report import ReportOptions
    from inchorus.ui.report import report as write

    done = write(open_study(study), file, ReportOptions(**how), progress_for(quiet))
    if as_json:
        counts = {"talking_points": done.talking_points, "of": done.of, "ties": done.ties}
        click.echo(to_json({"study": str(study), "file": str(file), **counts, "bytes": done.bytes}))
        return 0
    console = stdout_console()
    console.print(harmless(f"wrote {file}: {_amounts(done)}, {done.bytes / 1e6:.1f} MB"))
    return 0


def _amounts(done: Reported) -> str:
    points = f"{done.talking_points:,} of {done.of:,}" if done.talking_points < done.of else f"{done.of:,}"
    return f"{points} talking point{'s' * (done.of != 1)}, {done.ties:,} tie{'s' * (done.ties != 1)}"
