"""`inchorus separate`: how well shared wording tells declared groups of sources apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, option, output_options
from inchorus.manifest import there

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import Console

    from inchorus.study import Study

HOW = "How it is measured"


@click.command(
    cls=Manual,
    short_help="Say how well shared wording tells declared groups of sources apart.",
    examples=(
        "inchorus separate study --attributes senators.csv --by state",
        "inchorus separate study --attributes senators.csv",
        "inchorus separate study --by country --lines 40",
    ),
)
@click.argument("study", type=click.Path(path_type=Path))
@option(
    "--by",
    metavar="COLUMN",
    section=HOW,
    help="Compare sources that have the same value of this column with those that do not. [default: every column]",
)
@option(
    "--attributes",
    metavar="FILE",
    type=click.Path(path_type=Path),
    section=HOW,
    help="A CSV or Parquet table keyed by source. [default: the further columns of the documents]",
)
@option("--seed", type=int, metavar="N", default=0, section=HOW, help="Start chance from here. [default: 0]")
@option(
    "--lines",
    type=click.IntRange(min=0),
    default=10,
    metavar="N",
    section="Which rows",
    help="So many lines that tell the groups apart. [default: 10]",
)
@output_options(quiet=True)
def separate(
    study: Path, by: str | None, attributes: Path | None, seed: int, lines: int, quiet: bool, as_json: bool
) -> int:
    """Ask of STUDY whether sources with the same declared value share more wording than others do.

    AUC is the chance that a pair of sources with the same value has a stronger tie than a pair with different
    ones whose sources publish as much, in the same language: 0.5 says that wording does not tell, 1 that it always
    does. All pairs count, not only those with a tie. Values are shuffled among such sources, too.
    """
    there(study)
    from inchorus.read.attributes import read_attributes
    from inchorus.relate.attributes import columns
    from inchorus.relate.ready import ready
    from inchorus.relate.ties import strengths
    from inchorus.study import open_study
    from inchorus.terminal import progress_for, stdout_console, to_json

    table = read_attributes(attributes) if attributes else None
    opened = open_study(study)
    names = [by] if by else columns(opened, table)
    if by:
        columns_of(opened, by, table)
    opened = opened if "ties" in opened.usable else ready(opened, {}, progress_for(quiet))
    strength, sources = strengths(opened)
    found = [_row(opened, name, table, strength, sources, seed) for name in names]
    rows = [row for row in found if row is not None]
    told = _told(opened, by, table, lines) if by and lines else []
    if as_json:
        click.echo(to_json({"study": str(study), "separations": rows, "lines": told}))
        return 0
    _print(stdout_console(), rows, told, sources)
    return 0


def columns_of(study: Study, by: str, table: pa.Table | None) -> None:
    """Raise UsageError where there is no such attribute, before the work."""
    from inchorus.relate.attributes import attribute

    attribute(study, by, table)


def _strata(study: Study, values: Any) -> tuple[Any, str]:
    """By source, in order of their names, a number that sources which are alike share; and in what they are alike."""
    import numpy as np

    from inchorus.relate.separate import alike, goes_with

    counted = study.sql("SELECT count(*) AS n FROM documents GROUP BY source ORDER BY source")
    documents, language = counted["n"].to_numpy().astype(np.int64), _language(study)
    busy = goes_with(values, documents)
    names = [name for name, used in (("language", language is not None), ("activity", busy)) if used]
    return alike(documents if busy else np.ones_like(documents), language), " and ".join(names)


def _language(study: Study) -> Any:
    """By source the language of most of its documents; None where no document has one."""
    import numpy as np

    found = study.sql("SELECT mode(language) AS language FROM documents GROUP BY source ORDER BY source")
    values = found["language"].to_pylist()
    return np.array(values, dtype=object) if any(v is not None for v in values) else None


def _row(
    study: Study, name: str, table: pa.Table | None, strength: Any, sources: int, seed: int
) -> dict[str, Any] | None:
    from inchorus.relate.attributes import attribute
    from inchorus.relate.separate import separation

    values = attribute(study, name, table)
    strata, within = _strata(study, values)
    found = separation(strength, sources, values, seed, strata)
    if not found.same or not found.different:
        return None
    return {"by": name, "within": within, "values": len({v for v in values if v is not None}), **found._asdict()}


def _told(study: Study, by: str, table: pa.Table | None, limit: int) -> list[dict[str, Any]]:
    from inchorus.relate.attributes import attribute
    from inchorus.relate.separate import telling

    used = study.sql(
        "WITH names AS (SELECT source, row_number() OVER (ORDER BY source) - 1 AS place FROM"
        " (SELECT DISTINCT source FROM documents)),"
        " points AS (SELECT tp_id, row_number() OVER (ORDER BY tp_id) - 1 AS number FROM talking_points)"
        " SELECT DISTINCT number, place FROM passages JOIN names USING (source) JOIN points USING (tp_id) ORDER BY ALL"
    )
    found = telling(used["number"].to_numpy(), used["place"].to_numpy(), attribute(study, by, table))[:limit]
    points = study.sql("SELECT tp_id, text, label FROM talking_points ORDER BY tp_id")
    return [
        {**points.slice(t.point, 1).to_pylist()[0], **{k: v for k, v in t._asdict().items() if k != "point"}}
        for t in found
    ]


def _print(console: Console, rows: list[dict[str, Any]], told: list[dict[str, Any]], sources: int) -> None:
    from inchorus.terminal import Column, harmless, print_table

    if not rows:
        console.print("no column has pairs of sources with the same value and pairs with different ones")
        return
    titles = ("AUC", "if shuffled", "p", "same", "different", "base rate", "sources", "alike in", "AUC of all")
    columns = [Column("by", wide=True), *(Column(t, right=True) for t in titles)]
    cells = [
        [
            harmless(r["by"]),
            f"{r['auc']:.3f}",
            f"{r['low']:.3f} to {r['high']:.3f}",
            f"{r['p']:.3f}",
            f"{r['same']:,}",
            f"{r['different']:,}",
            f"{r['base_rate']:.1%}",
            f"{r['sources']:,} of {sources:,}",
            f"{r['within']}, {r['strata']:,} strata" if r["within"] else "nothing",
            f"{r['crude']:.3f}",
        ]
        for r in rows
    ]
    print_table(console, columns, cells)
    console.print(
        "compared and shuffled among sources that are alike in language, and in activity where a value goes with it; "
        "AUC of all compares any pairs"
    )
    for r in rows:
        if not r["movable"]:
            console.print(f"{harmless(r['by'])}: sources with different values are never alike, nothing to compare")
    if not told:
        return
    console.print()
    columns = [Column("line", wide=True), Column("of"), *(Column(t, right=True) for t in ("users", "others", "q"))]
    lines = [
        [
            harmless(t["text"]),
            harmless(t["value"]),
            f"{t['users']:,} of {t['of']:,}",
            f"{t['other_users']:,} of {t['of_others']:,}",
            f"{t['q']:.2g}",
        ]
        for t in told
    ]
    print_table(console, [*columns, Column("id")], [[*c, t["tp_id"]] for c, t in zip(lines, told, strict=True)])
