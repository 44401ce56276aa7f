"""`inchorus verify`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from inchorus.cli.common import Manual, output_options
from inchorus.manifest import there


@click.command(
    cls=Manual,
    short_help="Check a study against its manifest.",
    examples=("inchorus verify study", "inchorus verify study articles.csv more.csv"),
)
@click.argument("study", type=click.Path(path_type=Path))
@click.argument("inputs", metavar="[INPUT]...", nargs=-1, type=click.Path(path_type=Path))
@output_options(quiet=False)
def verify(study: Path, inputs: tuple[Path, ...], as_json: bool) -> int:
    """Check that the tables of STUDY, and the INPUT files it was made from, are what they were.

    Hashes each of them again (SHA-256) and compares with the study's manifest.json. An input is known
    by its file name; those not given are not checked. Ends with 1 if anything is changed or missing.
    """
    there(study)
    from inchorus import study as studies
    from inchorus.cli.terminal import Column, print_table, stdout_console
    from inchorus.text.harmless import harmless as h
    from inchorus.text.harmless import to_json

    findings = studies.verify(studies.open_study(study), inputs)
    good = all(f.good for f in findings)
    if as_json:
        click.echo(to_json({"study": str(study), "good": good, "findings": [asdict(f) for f in findings]}))
        return 0 if good else 1
    columns = [Column("what"), Column("name"), Column("state"), Column("detail", wide=True)]
    console = stdout_console()
    print_table(console, columns, [[f.kind, h(f.name), f.state, h(f.detail)] for f in findings])
    return 0 if good else 1
