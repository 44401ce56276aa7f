"""Which talking points are wordings and which paraphrases; what is inside a paraphrase; what is said of them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.evidence.asking import asking
from inchorus.study import Study

WORDING, PARAPHRASE = "wording", "paraphrase"
KINDS = (WORDING, PARAPHRASE)


def points(study: Study) -> str:
    """The talking points that are wordings, for SQL: all of them in a study of an older inchorus."""
    if "kind" not in study.talking_points.columns:
        return "talking_points"
    return "(SELECT * FROM talking_points WHERE kind = 'wording')"


def wordings(study: Study) -> pa.Table:
    """tp_id and label of the talking points that are wordings, in the order of the table."""
    found = study.talking_points
    return (found.filter("kind = 'wording'") if "kind" in found.columns else found).select("tp_id, label").arrow()


def of_kinds(study: Study, kinds: Sequence[str]) -> pa.Table:
    """tp_id and label of the talking points of some kinds, in the order of the table.

    With paraphrases among them, a wording that is inside one stands for nothing of its own: one thing is shared once.
    """
    if PARAPHRASE not in kinds or "kind" not in study.talking_points.columns:
        return wordings(study)
    points = study.talking_points
    if WORDING not in kinds:
        return points.filter(f"kind = '{PARAPHRASE}'").select("tp_id, label").arrow()
    return points.filter("paraphrase_id IS NULL").select("tp_id, label").arrow()


def of_wordings(passages: pa.Table, points: pa.Table) -> pa.ChunkedArray:
    """Whether each passage is one of the talking points given."""
    return pc.is_in(passages["tp_id"], value_set=points["tp_id"].combine_chunks())


def linked(study: Study, point: Mapping[str, Any]) -> dict[str, Any]:
    """What belongs to a talking point by its meaning; nothing where no model was named.

    Of a paraphrase: `wordings_inside`, the talking points that are wordings of it, the highest score first; and
    `other_claims`, sentences on its subject that make another claim, the nearest first.
    """
    if point.get("kind") != "paraphrase":
        return {}
    ask, tp_id = asking(study), point["tp_id"]
    inside = ask(
        "SELECT tp_id, text, n_sources FROM talking_points WHERE paraphrase_id = ? ORDER BY score DESC, tp_id", [tp_id]
    )
    others = ask(
        """
        SELECT o.doc_id, o.source, o.time, d.time_precision, o.start, o."end", o.similarity, o.reason,
            substring(d.text, o.start + 1, o."end" - o.start) AS text
        FROM other_claims o JOIN documents d USING (doc_id) WHERE o.tp_id = ?
        ORDER BY o.similarity DESC, o.doc_id, o.start
        """,
        [tp_id],
    )
    return {"wordings_inside": inside, "other_claims": others}


def told(facts: Mapping[str, Any]) -> str:
    """What a run found in other words, in a sentence; `facts` is what the manifest says of it.

    >>> told({"points": 3, "threshold": 0.81, "fdr": 0.05})
    '3 points in other words, of sentences with a likeness of 0.81 or more: at most 5% of their pairs by chance'
    >>> told({"points": 0, "threshold": None, "fdr": 0.05})
    'nothing in other words: no likeness tells pairs from chance so that at most 5% are false'
    """
    share = f"{facts['fdr']:.3g}" if facts["fdr"] < 0.01 else f"{facts['fdr']:.0%}"
    if facts["threshold"] is None:
        return f"nothing in other words: no likeness tells pairs from chance so that at most {share} are false"
    points = "1 point" if facts["points"] == 1 else f"{facts['points']:,} points"
    return (
        f"{points} in other words, of sentences with a likeness of {facts['threshold']:.2f} or more: "
        f"at most {share} of their pairs by chance"
    )
