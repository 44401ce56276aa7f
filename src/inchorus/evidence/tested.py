"""All pairs that were tested: how many, how many are tied, and lists of them in several orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from inchorus.evidence.asking import Query
from inchorus.study import Study
from inchorus.thresholds import LEVEL

SORTS = {
    "strongest": "q_value NULLS LAST, p_value, observed DESC, source_a, source_b, kind",
    "shared": "observed DESC, source_a, source_b, kind",
    "occasions": "occasions DESC, q_value NULLS LAST, source_a, source_b, kind",
    "second": "greatest(q_documents, q_sharing) NULLS LAST, p_value, source_a, source_b, kind",
    "delay": "median_delay NULLS LAST, q_value, source_a, source_b, kind",
    "names": "source_a, source_b, kind",
}
_STRONGEST = "q_value, p_value, observed DESC, source_a, source_b, kind"
# One of the two null models finds a tie, the other does not.
_DISAGREE = "(q_documents <= $1) IS DISTINCT FROM (q_sharing <= $1)"
_ASKED = (
    f"CASE WHEN $5 THEN {_DISAGREE} ELSE q_value <= $2 OR $2 >= 1 END"
    " AND ($3 = '' OR $3 IN (source_a, source_b)) AND ($4 = '' OR kind = $4) AND $1 IS NOT NULL"
)
_OF_SOURCES = "q_value <= $2 AND (len($1) = 0 OR list_contains($1, source_a) OR list_contains($1, source_b))"
_DRAWN = "ORDER BY p_value, observed DESC, source_a, source_b LIMIT"


def kinds_there(rows: Query) -> list[str]:
    """The kinds of ties that the study has, wording first."""
    return [row["kind"] for row in rows("SELECT kind FROM ties GROUP BY kind ORDER BY kind <> 'wording', kind", [])]


def by_kind(rows: Query) -> list[dict[str, Any]]:
    """By kind: how many `pairs` share something, of how many `tested`, and how many are `tied`, or `untested`.

    `only_in_sets` of those that are tied, by neither null model alone; and on how many both models `disagree`.
    """
    return rows(
        f"SELECT kind, count(*) AS pairs, max(tested) AS tested, count(*) FILTER (q_value <= $1) AS tied,"  # noqa: S608
        f" count(*) FILTER (q_value <= $1 AND greatest(q_documents, q_sharing) > $1) AS only_in_sets,"
        f" count(*) FILTER ({_DISAGREE}) AS disagree,"
        " count(*) FILTER (q_value IS NULL) AS untested"
        " FROM ties GROUP BY kind ORDER BY kind = 'wording' DESC, kind",
        [LEVEL],
    )


def tied(rows: Query, sources: Sequence[str] = ()) -> int:
    """How many ties there are, of some sources if they are named."""
    (row,) = rows(f"SELECT count(*) AS n FROM ties WHERE {_OF_SOURCES}", [list(sources), LEVEL])  # noqa: S608
    return int(row["n"])


def strongest(rows: Query, limit: int, sources: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The strongest ties, of some sources if they are named."""
    asked = f"SELECT * FROM ties WHERE {_OF_SOURCES} ORDER BY {_STRONGEST} LIMIT $3"  # noqa: S608
    return rows(asked, [list(sources), LEVEL, limit])


def nearest_to_a_tie(rows: Query) -> dict[str, Any] | None:
    """The pair with the lowest q; None where no pair shares anything."""
    return next(iter(rows(f"SELECT * FROM ties ORDER BY {SORTS['strongest']} LIMIT 1", [])), None)  # noqa: S608


def count(rows: Query, q: float, source: str, kind: str, disagree: bool) -> int:
    """How many pairs `page` would give without a limit."""
    asked = [LEVEL, q, source, kind, disagree]
    return int(rows(f"SELECT count(*) AS n FROM ties WHERE {_ASKED}", asked)[0]["n"])  # noqa: S608


def page(
    rows: Query, q: float, source: str, kind: str, disagree: bool, sort: str, limit: int, offset: int
) -> list[dict[str, Any]]:
    """Pairs up to `q`, or those on which both null models `disagree`; of a source and of a kind, if named."""
    asked = f"SELECT * FROM ties WHERE {_ASKED} ORDER BY {SORTS[sort]} LIMIT $6 OFFSET $7"  # noqa: S608
    return rows(asked, [LEVEL, q, source, kind, disagree, limit, offset])


def lower(rows: Query, kind: str, p_value: float) -> int:
    """How many pairs of that kind have a lower p."""
    return int(rows("SELECT count(*) AS n FROM ties WHERE kind = ? AND p_value < ?", [kind, p_value])[0]["n"])


def count_up_to(rows: Query, kind: str, q: float) -> int:
    """How many pairs of that kind have at most that q."""
    return int(rows("SELECT count(*) AS n FROM ties WHERE kind = ? AND q_value <= ?", [kind, q])[0]["n"])


def drawn(rows: Query, kind: str, q: float, limit: int) -> list[dict[str, Any]]:
    """The pairs of a kind up to `q` as a picture of the network has them, `strength` being log10(1 / p)."""
    return rows(
        "SELECT source_a, source_b, observed, q_value, round(log10(1 / greatest(p_value, 1e-300)), 2) AS strength"  # noqa: S608
        f" FROM ties WHERE kind = ? AND q_value <= ? {_DRAWN} ?",
        [kind, q, limit],
    )


def drawn_in_words(rows: Query, kind: str, q: float, limit: int) -> list[dict[str, Any]]:
    """The same pairs as the table below it has them."""
    return rows(
        "SELECT source_a, source_b, observed, expected, p_value, q_value FROM ties"  # noqa: S608
        f" WHERE kind = ? AND q_value <= ? {_DRAWN} ?",
        [kind, q, limit],
    )


def edges(rows: Query, max_q: float, kind: str | None) -> list[dict[str, Any]]:
    """The pairs up to `max_q` that share something, of one kind if it is named, by kind and names."""
    return rows(
        "SELECT *, weight AS document_pairs FROM ties WHERE q_value <= ? AND observed >= 1 AND (? IS NULL OR kind = ?)"
        " ORDER BY kind, source_a, source_b",
        [max_q, kind, kind],
    )


def by_weight(rows: Query, source: str | None, limit: int) -> list[dict[str, Any]]:
    """Every pair by CooRTweet's rules, of one source if it is named, the heaviest first, whatever its q."""
    return rows(
        "SELECT t.*, c.edge_symmetry_score FROM ties t"
        " JOIN coortweet c ON source_a = account_a AND source_b = account_b"
        " WHERE $1::VARCHAR IS NULL OR $1 IN (source_a, source_b)"
        " ORDER BY t.weight DESC, q_value, source_a, source_b LIMIT $2",
        [source, limit or 1 << 40],
    )


def p_values(study: Study) -> pa.Table:
    """source_a, source_b and p_value of the pairs that share wording."""
    return study.sql("SELECT source_a, source_b, p_value FROM ties WHERE kind = 'wording'")
