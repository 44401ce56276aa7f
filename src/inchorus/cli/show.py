"""`inchorus show`: the ranked talking points, or one of them with its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, option, output_options
from inchorus.errors import UsageError, nearest
from inchorus.labels import LABELS
from inchorus.manifest import there

if TYPE_CHECKING:
    from rich.console import Console

    from inchorus.study import Study

CONTEXT = 60


@click.command(
    cls=Manual,
    short_help="Show the ranked talking points, or one with its evidence.",
    examples=(
        "inchorus show study",
        "inchorus show study --label line --label quotation --limit 100",
        "inchorus show study --source 'Daily Courier'",
        "inchorus show study 3f2a90",
        "inchorus show study --json | jq '.talking_points[].text'",
    ),
)
@click.argument("study", type=click.Path(path_type=Path))
@click.argument("tp_id", metavar="[TALKING_POINT_ID]", required=False)
@option(
    "--label",
    "labels",
    type=click.Choice(LABELS),
    multiple=True,
    section="Which rows",
    help="Only talking points with this label; may be given several times. [default: all]",
)
@option(
    "--source",
    metavar="NAME",
    section="Which rows",
    help="Only talking points that this source uses, or only its passages. [default: all]",
)
@option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    metavar="N",
    section="Which rows",
    help="So many rows; 0 for all. [default: 20]",
)
@output_options(quiet=False)
def show(
    study: Path, tp_id: str | None, *, labels: tuple[str, ...], source: str | None, limit: int, as_json: bool
) -> int:
    """Show the talking points of STUDY, highest score first; or one, with every passage in its context.

    The first characters of a TALKING_POINT_ID suffice if no other begins with them. In a passage, words
    that the canonical wording lacks are marked {+so+}, and words that only it has [-so-]; on a terminal
    by underlining and by striking out. The tree of wordings marks what changed from each to the next
    in the same way. First means earliest in this corpus.
    """
    there(study)
    from inchorus.study import open_study
    from inchorus.terminal import stdout_console, to_json

    opened = open_study(study)
    if source is not None:
        _check_source(opened, source)
    if tp_id is None:
        rows = ranked(opened, labels, source, limit)
        if as_json:
            click.echo(to_json({"study": str(study), "talking_points": rows}))
            return 0
        console = stdout_console()
        if rows:
            print_ranked(console, rows)
            _say_how_many(console, len(rows), count(opened, labels, source), "talking points")
        else:
            console.print("no talking points" + (" with this label or source" if labels or source else ""))
        return 0
    if labels:
        raise UsageError("--label is for the list of talking points", fix="leave out the id or the label")
    point = find_point(opened, tp_id)
    found, total = passages(opened, point["tp_id"], source, limit)
    from inchorus.cli.evidence import print_point
    from inchorus.cli.tree import print_tree
    from inchorus.wordings import wordings

    changes = wordings(opened.sql, point["tp_id"])
    if as_json:
        click.echo(to_json({"study": str(study), "talking_point": point, "wordings": changes, "passages": found}))
        return 0
    console = stdout_console()
    print_point(console, point, found, tree=lambda: print_tree(console, changes))
    _say_how_many(console, len(found), total, "passages")
    return 0


def ranked(
    study: Study, labels: tuple[str, ...] = (), source: str | None = None, limit: int = 20
) -> list[dict[str, Any]]:
    """The talking points with their rank among all of the study, highest score first."""
    where, parameters = _where(labels, source)
    rows: list[dict[str, Any]] = study.sql(
        f"""
        SELECT * FROM (SELECT row_number() OVER (ORDER BY score DESC, tp_id) AS rank, * FROM talking_points)
        WHERE {where} ORDER BY rank {_limit(limit)}
        """,  # noqa: S608 - built from constants only
        parameters,
    ).to_pylist()
    return rows


def count(study: Study, labels: tuple[str, ...], source: str | None) -> int:
    """How many talking points `ranked` would give without a limit."""
    where, parameters = _where(labels, source)
    sql = f"SELECT count(*) AS n FROM talking_points WHERE {where}"  # noqa: S608 - as above
    return int(study.sql(sql, parameters)["n"][0].as_py())


def find_point(study: Study, prefix: str) -> dict[str, Any]:
    """The talking point whose id is, or alone begins with, `prefix`; UsageError if there is no such."""
    rows: list[dict[str, Any]] = study.sql(
        "SELECT * FROM talking_points WHERE starts_with(tp_id, ?) ORDER BY tp_id = ? DESC, tp_id LIMIT 4",
        [prefix.lower(), prefix.lower()],
    ).to_pylist()
    if not rows or not prefix:
        known = study.talking_points.select("tp_id").arrow()["tp_id"].to_pylist()
        hint = nearest(prefix, known) or f"list them with: inchorus show {study.path}"
        raise UsageError(f"no talking point has the id {prefix!r}", fix=hint)
    if len(rows) > 1 and rows[0]["tp_id"] != prefix.lower():
        some = ", ".join(row["tp_id"] for row in rows[:3])
        raise UsageError(f"several talking points begin with {prefix!r}: {some}", fix="give more of the id")
    return rows[0]


def passages(study: Study, tp_id: str, source: str | None, limit: int) -> tuple[list[dict[str, Any]], int]:
    """The passages of a talking point, earliest first, in their context; and how many there are in all."""
    where, parameters = "p.tp_id = ?", [tp_id]
    if source is not None:
        where, parameters = f"{where} AND p.source = ?", [tp_id, source]
    rows = study.sql(
        f"""
        SELECT count(*) OVER () AS total, p.*, d.time_precision, d.title, d.url,
            substring(d.text, greatest(p.start - {CONTEXT}, 0) + 1, least(p.start, {CONTEXT})) AS before,
            substring(d.text, p.start + 1, p."end" - p.start) AS text,
            substring(d.text, p."end" + 1, {CONTEXT}) AS after,
            p.start > {CONTEXT} AS more_before, length(d.text) > p."end" + {CONTEXT} AS more_after
        FROM passages p JOIN documents d USING (doc_id)
        WHERE {where}
        ORDER BY p.time NULLS LAST, p.is_first DESC, p.source, p.doc_id, p.start {_limit(limit)}
        """,  # noqa: S608 - built from constants only
        parameters,
    ).to_pylist()
    total = int(rows[0]["total"]) if rows else 0
    return [{k: v for k, v in row.items() if k != "total"} for row in rows], total


def print_ranked(console: Console, rows: list[dict[str, Any]]) -> None:
    """Print talking points, a line or two each."""
    from inchorus.terminal import Column, harmless, print_table, shown_time

    columns = [
        Column("#", right=True),
        Column("wording", wide=True),
        Column("sources", right=True),
        Column("docs", right=True),
        Column("first"),
        Column("last"),
        Column("first source", most=18),
        Column("label"),
        Column("id"),
    ]
    cells = [
        [
            str(row["rank"]),
            harmless(row["text"]),
            f"{row['n_sources']:,}",
            f"{row['n_documents']:,}",
            shown_time(row["first_time"]),
            shown_time(row["last_time"]),
            _first_sources(row["first_sources"], 18 if console.is_terminal else None),
            row["label"],
            row["tp_id"][:8] if console.is_terminal else row["tp_id"],
        ]
        for row in rows
    ]
    print_table(console, columns, cells)


def _first_sources(names: list[str], width: int | None) -> str:
    from inchorus.terminal import harmless, shortened

    if not names:
        return ""
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    name = harmless(names[0])
    return (name if width is None else shortened(name, width - len(more))) + more


def _say_how_many(console: Console, shown: int, total: int, what: str) -> None:
    if shown < total:
        console.print()
        console.print(f"{shown:,} of {total:,} {what}; all of them with --limit 0")


def _check_source(study: Study, source: str) -> None:
    known = study.sql("SELECT DISTINCT source FROM documents ORDER BY source")["source"].to_pylist()
    if source not in known:
        raise UsageError(f"no document is by the source {source!r}", fix=nearest(source, known))


def _where(labels: tuple[str, ...], source: str | None) -> tuple[str, list[str]]:
    conditions, parameters = ["true"], list(labels)
    if labels:
        conditions.append(f"label IN ({', '.join('?' * len(labels))})")
    if source is not None:
        conditions.append("tp_id IN (SELECT tp_id FROM passages WHERE source = ?)")
        parameters.append(source)
    return " AND ".join(conditions), parameters


def _limit(n: int) -> str:
    return f"LIMIT {n}" if n else ""
