"""Talking points: the list as it ranks, one by its id or how that begins, its passages in their context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from inchorus.errors import UsageError, nearest
from inchorus.evidence.asking import Query, asking, check_sources, columns_of
from inchorus.evidence.copies import joint
from inchorus.evidence.edits import changes
from inchorus.evidence.filtered import SORTS, order, where
from inchorus.evidence.in_common import quote_in_common
from inchorus.evidence.paraphrases import linked
from inchorus.evidence.places import add_places
from inchorus.evidence.quotes import add_quotes, texts_of
from inchorus.evidence.score import reasons
from inchorus.evidence.variations import variations
from inchorus.evidence.wordings import wordings
from inchorus.labels import RANKS, check_labels
from inchorus.study import Study

COPIES = 300  # passages that are asked whether they are one text in several names
CONTEXT = 60  # code points on either side of a passage
_SINCE = "p.time >= ?::TIMESTAMPTZ"
_UNTIL = "p.time < ?::TIMESTAMPTZ + INTERVAL 1 DAY"


@dataclass(frozen=True)
class Wanted:
    """Which talking points a list has: with one of `labels`, with a passage of `source` from `since` to `until`.

    Nothing stands for any. rank: what they are ranked by, one of `labels.RANKS`. limit: how many at most; 0 for all.
    """

    labels: Sequence[str] = ()
    source: str | None = None
    since: date | None = None
    until: date | None = None
    rank: str = "score"
    limit: int = 20

    def filters(self) -> dict[str, str]:
        """As `filtered.where` takes them."""
        given = {"source": self.source, "since": _day(self.since), "until": _day(self.until)}
        return {name: value for name, value in given.items() if value is not None}


def shown(study: Study, tp_id: str | None, wanted: Wanted = Wanted()) -> dict[str, Any]:
    """The talking points that rank highest, or one with its wordings and passages; `of` says of how many.

    UsageError for an id, a label, a source or a rank that there is not.
    """
    check_wanted(wanted)
    if wanted.source is not None:
        check_sources(asking(study), [wanted.source])
    if tp_id is None:
        return {"talking_points": ranked(study, wanted), "of": count(study, wanted)}
    if wanted.labels or wanted.rank != "score":
        option = "--label" if wanted.labels else "--rank"
        raise UsageError(f"{option} is for the list of talking points", fix="leave out the id or the option")
    point = find_point(asking(study), tp_id, study.path)
    add_quotes([point], asking(study), texts_of(study))
    point["quote_shared"] = quote_in_common(asking(study), point, texts_of(study))
    found, total = passages(study, point["tp_id"], wanted)
    for row in found:
        row["changes"] = changes(row["edits"] or [])
    texts = texts_of(study)(sorted({row["doc_id"] for row in found[:COPIES]}))
    point |= {"reasons": reasons(point), "joint": joint(found, texts)}
    return {
        "talking_point": point,
        "wordings": wordings(study.sql, point["tp_id"]),
        "variations": variations(asking(study), point, wanted.limit),
        "passages": found,
        "of": total,
        **linked(study, point),
    }


def ranked(study: Study, wanted: Wanted = Wanted()) -> list[dict[str, Any]]:
    """The talking points that are wanted, with their `rank` among all; UsageError where the study knows none such."""
    passes, parameters = _passes(wanted)
    by = SORTS[wanted.rank][0]
    if by in {"burst", "independent"} and by not in columns_of(asking(study), "talking_points"):
        raise UsageError(f"the study is of an older inchorus, which wrote no {by!r}", fix="run inchorus find again")
    rows: list[dict[str, Any]] = study.sql(
        f"""
        SELECT * FROM (SELECT row_number() OVER (ORDER BY score DESC, tp_id) AS rank, * FROM talking_points)
        WHERE {passes} ORDER BY {order(wanted.rank)} {_limit(wanted.limit)}
        """,  # noqa: S608 - built from constants only
        parameters,
    ).to_pylist()
    add_quotes(rows, asking(study), texts_of(study))
    return rows


def count(study: Study, wanted: Wanted) -> int:
    """How many talking points `ranked` would give without a limit."""
    passes, parameters = _passes(wanted)
    sql = f"SELECT count(*) AS n FROM talking_points WHERE {passes}"  # noqa: S608 - as above
    return int(study.sql(sql, parameters)["n"][0].as_py())


def top(rows: Query, limit: int, label: str = "") -> list[dict[str, Any]]:
    """The talking points that rank highest in a loaded study; of one label, if one is named."""
    return rows(
        "SELECT rank, tp_id, text, label, n_sources, n_documents, n_variants, first_time, last_time, first_sources"
        " FROM talking_points WHERE $2 = '' OR label = $2 ORDER BY rank LIMIT $1",
        [limit, label],
    )


def label_counts(rows: Query) -> dict[str, int]:
    """How many talking points there are of each label, the most frequent first."""
    found = rows("SELECT label, count(*) AS n FROM talking_points GROUP BY label ORDER BY n DESC, label", [])
    return {row["label"]: row["n"] for row in found}


def of_ids(rows: Query, tp_ids: Sequence[str]) -> list[dict[str, Any]]:
    """The talking points with these ids; unknown ones are left out."""
    return rows("SELECT * FROM talking_points WHERE tp_id IN (SELECT unnest($1::VARCHAR[]))", [list(tp_ids)])


def ids_like(rows: Query, tp_id: str) -> list[str]:
    """Ids that begin with the same two characters, at most 50."""
    found = rows("SELECT tp_id FROM talking_points WHERE starts_with(tp_id, ?) LIMIT 50", [tp_id[:2]])
    return [row["tp_id"] for row in found]


def ids_by_rank(rows: Query, wanted: Wanted, sources: Sequence[str]) -> list[str]:
    """The ids in a loaded study that are wanted, in their order; where there are `sources`, used by one of them."""
    check_wanted(wanted)
    passes, parameters = list[str](), list[Any]()
    for source in [{"source": name} for name in sources] or [{}]:
        condition, asked = where({**wanted.filters(), **source})
        passes.append(f"({condition})")
        parameters += asked
    labelled = f" AND label IN ({', '.join('?' * len(wanted.labels))})" if wanted.labels else ""
    found = rows(
        f"SELECT tp_id FROM talking_points WHERE ({' OR '.join(passes)}){labelled} "  # noqa: S608 - as above
        f"ORDER BY {order(wanted.rank)}",
        [*parameters, *wanted.labels],
    )
    return [row["tp_id"] for row in found]


def check_wanted(wanted: Wanted) -> None:
    """Raise UsageError for a label or a rank that there is not, and for days that are none."""
    check_labels(wanted.labels)
    if wanted.rank not in RANKS:
        raise UsageError(f"no rank {wanted.rank!r}", fix=nearest(wanted.rank, RANKS) or f"there are {', '.join(RANKS)}")
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise UsageError("the last day is before the first", fix="change --since and --until")


def find_point(rows: Query, prefix: str, place: Path) -> dict[str, Any]:
    """The talking point whose id is, or alone begins with, `prefix`; UsageError, for the study at `place`, if none."""
    found = rows(
        "SELECT * FROM talking_points WHERE starts_with(tp_id, ?) ORDER BY tp_id = ? DESC, tp_id LIMIT 4",
        [prefix.lower(), prefix.lower()],
    )
    if not found or not prefix:
        known = [row["tp_id"] for row in rows("SELECT tp_id FROM talking_points", [])]
        hint = nearest(prefix, known) or f"list them with: inchorus show {place}"
        raise UsageError(f"no talking point has the id {prefix!r}", fix=hint)
    if len(found) > 1 and found[0]["tp_id"] != prefix.lower():
        some = ", ".join(row["tp_id"] for row in found[:3])
        raise UsageError(f"several talking points begin with {prefix!r}: {some}", fix="give more of the id")
    return found[0]


def passages(study: Study, tp_id: str, wanted: Wanted = Wanted()) -> tuple[list[dict[str, Any]], int]:
    """The passages of a talking point that are wanted, earliest first, in their context; and how many in all."""
    asked, parameters = "p.tp_id = ?", [tp_id]
    for name, condition in (("source", "p.source = ?"), ("since", _SINCE), ("until", _UNTIL)):
        if (value := wanted.filters().get(name)) is not None:
            asked, parameters = f"{asked} AND {condition}", [*parameters, value]
    rows = study.sql(
        f"""
        SELECT count(*) OVER () AS total, p.*, v.text AS wording, v.edits, d.time_precision, d.title, d.url,
            substring(d.text, greatest(p.start - {CONTEXT}, 0) + 1, least(p.start, {CONTEXT})) AS before,
            substring(d.text, p.start + 1, p."end" - p.start) AS text,
            substring(d.text, p."end" + 1, {CONTEXT}) AS after,
            p.start > {CONTEXT} AS more_before, length(d.text) > p."end" + {CONTEXT} AS more_after
        FROM passages p JOIN documents d USING (doc_id) LEFT JOIN variants v USING (variant_id)
        WHERE {asked}
        ORDER BY p.time NULLS LAST, p.is_first DESC, p.source, p.doc_id, p.start {_limit(wanted.limit)}
        """,  # noqa: S608 - built from constants only
        parameters,
    ).to_pylist()
    total = int(rows[0]["total"]) if rows else 0
    add_places(asking(study), rows)
    return [{k: v for k, v in row.items() if k != "total"} for row in rows], total


def _passes(wanted: Wanted) -> tuple[str, list[Any]]:
    passes, parameters = where(wanted.filters())
    if wanted.labels:
        passes = f"{passes} AND label IN ({', '.join('?' * len(wanted.labels))})"
    return passes, [*parameters, *wanted.labels]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _limit(n: int) -> str:
    return f"LIMIT {n}" if n else ""
