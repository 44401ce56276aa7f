"""`inchorus collect`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, Stopped, option, output_options

if TYPE_CHECKING:
    from inchorus.web.collection import Collected

ASKED = "What is asked for"
MANNERS = "How it is asked for"


@click.command(
    cls=Manual,
    short_help="Collect articles from the web.",
    examples=(
        "inchorus collect https://courier.example/feed.xml --out docs",
        "inchorus collect https://courier.example/sitemap.xml https://herald.example/news/bridge --out docs",
        "inchorus collect stories.csv --url link --out docs --contact research@university.example",
        "inchorus find docs --out study",
    ),
)
@click.argument("addresses", metavar="URL...", nargs=-1, required=True)
@option(
    "--out",
    metavar="DOCS",
    required=True,
    type=click.Path(path_type=Path),
    section="Where it goes",
    help="The folder to write: documents.parquet, and every answer as WARC. One that is there is added to; a run that "
    "was stopped goes on.",
)
@option(
    "--url",
    metavar="COLUMN",
    section=ASKED,
    help="The column of addresses in a table. [default: url, link, address, story_url or permalink]",
)
@option(
    "--max-pages",
    type=click.IntRange(min=1),
    metavar="N",
    section=ASKED,
    help="Ask for at most so many addresses in this run. [default: 10000]",
)
@option(
    "--max-bytes",
    metavar="SIZE",
    section=ASKED,
    help="Stop when so much has come, such as 500MB. [default: 2GB]",
)
@option("--refresh", is_flag=True, section=ASKED, help="Ask again for pages that are there, too.")
@option(
    "--delay",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    section=MANNERS,
    help="At least so long between two requests to one server; longer where its robots.txt asks for it. [default: 1]",
)
@option(
    "--servers",
    type=click.IntRange(min=1),
    metavar="N",
    section=MANNERS,
    help="Ask so many servers at the same time. [default: 8]",
)
@option(
    "--contact",
    metavar="ADDRESS",
    section=MANNERS,
    help="A web or mail address at which you can be reached, told to the servers. [default: none]",
)
@option(
    "--allow-private",
    is_flag=True,
    section=MANNERS,
    help="Take addresses of this machine and of private networks, too, which a page could otherwise make you read.",
)
@output_options(quiet=True)
def collect(addresses: tuple[str, ...], out: Path, quiet: bool, as_json: bool, **given: Any) -> int:
    """Collect the articles at URL...: pages, feeds (RSS, Atom, JSON), sitemaps, and files with lists of addresses.

    Each server is asked for one page at a time, and only for what its robots.txt allows; nothing that comes is run.
    Every answer is kept as it was given, so that it can be shown later what a page said: inchorus verify STUDY DOCS.
    """
    from inchorus.web.place import check_folder, check_installed

    check_installed()
    check_folder(out)
    from inchorus.cli.terminal import progress_for
    from inchorus.text.harmless import to_json
    from inchorus.web.collection import collect as work
    from inchorus.web.options import CollectOptions

    options = CollectOptions(**{name: value for name, value in given.items() if value is not None})
    collected = work(addresses, out, options, progress_for(quiet))
    if as_json:
        click.echo(to_json(collected.facts()))
    else:
        _print(collected)
    if collected.stopped:
        raise Stopped(f"stopped; what was collected is in {out}, and the same call goes on")
    return 0


def _print(collected: Collected) -> None:
    from inchorus.cli.terminal import Column, print_table, stdout_console
    from inchorus.text.harmless import harmless as h

    console = stdout_console()
    same = f", {collected.unchanged:,} answers as before" if collected.unchanged else ""
    console.print(
        f"{collected.documents:,} documents in {h(str(collected.path))}, {collected.new:,} of them new; "
        f"{collected.requests:,} requests, {collected.bytes / 1e6:,.1f} MB{same}"
    )
    if collected.waiting:
        console.print(f"{collected.waiting:,} addresses are not asked for yet: the same call goes on with them")
    if collected.skipped:
        console.print()
        columns = [Column("left out", right=True), Column("because", wide=True), Column("such as")]
        rows = [[f"{row['count']:,}", h(row["reason"]), h(row["example"])] for row in collected.skipped]
        print_table(console, columns, rows)
