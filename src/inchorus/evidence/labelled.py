"""The talking points that have passages in some documents, with their labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inchorus.evidence.asking import Query

_IN_DOCUMENTS = """
SELECT p.doc_id, p.start, p."end", p.tp_id, t.label, t.label_rule
FROM passages p JOIN talking_points t USING (tp_id) WHERE p.doc_id IN (SELECT unnest($1::VARCHAR[]))
ORDER BY p.doc_id, p.start, p.tp_id
"""


def labelled(ask: Query, doc_ids: Sequence[str]) -> list[dict[str, Any]]:
    """The passages of talking points in these documents: doc_id, start, end, tp_id, label, label_rule."""
    return ask(_IN_DOCUMENTS, [list(doc_ids)]) if doc_ids else []
