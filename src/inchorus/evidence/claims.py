"""Claims that were looked up: who makes each, in which words, since when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inchorus.errors import UsageError, nearest
from inchorus.evidence.asking import Query, columns_of

_ASKED = """
WITH timed AS (
  SELECT c.*, d.source, d.time, min(d.time) OVER (PARTITION BY c.claim_id) AS earliest
  FROM claims c JOIN documents d USING (doc_id)
  WHERE {near} AND (len($1::VARCHAR[]) = 0 OR c.claim_id IN (SELECT unnest($1)))
)
SELECT claim_id, any_value(claim) AS claim, max(score) AS score, count(*) AS n_places,
  count(DISTINCT doc_id) AS n_documents, count(DISTINCT source) AS n_sources, any_value(earliest) AS first_time,
  list(DISTINCT source ORDER BY source) FILTER (time = earliest) AS first_sources
FROM timed GROUP BY claim_id ORDER BY score DESC, n_documents DESC, claim_id
"""
_PLACES = """
SELECT c.claim_id, c.doc_id, d.source, d.time, d.time_precision, d.title, c.start, c."end", c.kind, c.score,
  substring(d.text, c.start + 1, c."end" - c.start) AS text
FROM claims c JOIN documents d USING (doc_id) WHERE {near} AND c.claim_id IN (SELECT unnest($1::VARCHAR[]))
QUALIFY row_number() OVER (PARTITION BY c.claim_id ORDER BY c.score DESC, d.time NULLS LAST, c.doc_id, c.start) <= $2
ORDER BY c.claim_id, c.score DESC, d.time NULLS LAST, c.doc_id, c.start
"""
_ALL = 1 << 60


def claimed(
    ask: Query, not_found: Sequence[dict[str, Any]], claim_id: str | None = None, limit: int = 20, places: int = 3
) -> dict[str, Any]:
    """The claims that were found, nearest first, each with its nearest `places`; and those that were not.

    With `claim_id` that claim alone, with `limit` places. `limit` 0 gives all. UsageError for an id that there is not.
    """
    if claim_id is not None:
        _known(ask, not_found, claim_id)
    # A study of an older inchorus has those alone that count.
    near = "c.near" if "near" in columns_of(ask, "claims") else "true"
    rows = ask(_ASKED.format(near=near), [[] if claim_id is None else [claim_id]])
    of = len(rows)
    most = limit or _ALL
    shown = rows[:most] if claim_id is None else rows
    found = ask(_PLACES.format(near=near), [[row["claim_id"] for row in shown], places if claim_id is None else most])
    for row in shown:
        row["first_sources"] = row["first_sources"] or []
        row["places"] = [place for place in found if place["claim_id"] == row["claim_id"]]
    missing = [row for row in not_found if claim_id in {None, row["claim_id"]}]
    return {"claims": shown, "of": of, "not_found": missing}


def _known(ask: Query, not_found: Sequence[dict[str, Any]], claim_id: str) -> None:
    found = [row["claim_id"] for row in ask("SELECT DISTINCT claim_id FROM claims", [])]
    known = [*found, *(row["claim_id"] for row in not_found)]
    if claim_id not in known:
        raise UsageError(f"no claim has the id {claim_id!r}", fix=nearest(claim_id, known))
