"""`inchorus verify`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from inchorus.cli.common import Manual, option, output_options
from inchorus.errors import UsageError
from inchorus.manifest import there


@click.command(
    cls=Manual,
    short_help="Check a study against its manifest.",
    examples=(
        "inchorus verify study",
        "inchorus verify study articles.csv more.csv",
        "inchorus verify study docs --document 4ce65f26-6d88-4867-b8a2-3068fd39ac20",
    ),
)
@click.argument("study", type=click.Path(path_type=Path))
@click.argument("inputs", metavar="[INPUT]...", nargs=-1, type=click.Path(path_type=Path))
@option(
    "--document",
    metavar="ID",
    help="Show what the page of this document said, as the collection keeps it that is given as INPUT.",
)
@output_options(quiet=False)
def verify(study: Path, inputs: tuple[Path, ...], document: str | None, as_json: bool) -> int:
    """Check that the tables of STUDY, and the INPUT files it was made from, are what they were.

    Hashes each of them again (SHA-256) and compares with the study's manifest.json. An input is known
    by its file name; those not given are not checked. A folder that inchorus collect wrote stands for its documents and
    for the answers that it keeps. Ends with 1 if anything is changed or missing.
    """
    there(study)
    from inchorus.web.place import check_installed, parted

    files, folders = parted(inputs)
    if folders:
        check_installed()
    if document is not None:
        return _said(study, folders, document, as_json)
    from inchorus import study as studies
    from inchorus.cli.terminal import Column, print_table, stdout_console
    from inchorus.text.harmless import harmless as h
    from inchorus.text.harmless import to_json

    opened = studies.open_study(study)
    findings = studies.verify(opened, files)
    if folders:
        from inchorus.web.kept import check

        findings += [check(opened, folder) for folder in folders]
    good = all(f.good for f in findings)
    if as_json:
        click.echo(to_json({"study": str(study), "good": good, "findings": [asdict(f) for f in findings]}))
        return 0 if good else 1
    columns = [Column("what"), Column("name"), Column("state"), Column("detail", wide=True)]
    console = stdout_console()
    print_table(console, columns, [[f.kind, h(f.name), f.state, h(f.detail)] for f in findings])
    return 0 if good else 1


def _said(study: Path, folders: list[Path], document: str, as_json: bool) -> int:
    """Show what the page of a document said; 1 if it is not the answer that the document was taken from."""
    if len(folders) != 1:
        raise UsageError("--document needs the collection that keeps its page", fix="inchorus verify STUDY DOCS")
    from inchorus import study as studies
    from inchorus.cli.terminal import stdout_console
    from inchorus.evidence.asking import asking
    from inchorus.evidence.documents import found
    from inchorus.text.harmless import harmless as h
    from inchorus.text.harmless import to_json
    from inchorus.web.kept import shown

    row = found(asking(studies.open_study(study)), document)
    if row is None:
        raise UsageError(f"no document has the id {document[:200]!r}", fix="inchorus serve shows the ids")
    page = shown(row, folders[0])
    if as_json:
        click.echo(to_json(page._asdict()))
        return 0 if page.same else 1
    console = stdout_console()
    console.print(h(f"{page.url}, asked for at {page.captured}, answered {page.status}"))
    state = "the answer that the document was taken from" if page.same else "another answer than the document's"
    console.print(h(f"record {page.record} in {page.file}, SHA-256 {page.sha256}: {state}"))
    console.print()
    console.print("\n".join(h(line) for line in page.text.split("\n")))
    return 0 if page.same else 1
