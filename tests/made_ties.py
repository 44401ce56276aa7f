"""A small study made by hand in which the ties are known: numbers that a page must show, not what a test would find.

Alder and Birch are tied; Alder and Cedar share what chance gives; Birch and Cedar meet once; Dogwood (a name with
markup) shares nothing. Alder and Birch also share a link, 30 seconds apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from inchorus.api import Study
from inchorus.schema import arrow_schema
from inchorus.study import write_study
from made_study import PARTS

DOGWOOD = "Dogwood <b>&"
WATER = "we will pay for water once and never twice in this valley"
SHALL = "we shall pay for water once and never twice in this valley"
BRIDGE = "the old bridge will stand as long as anybody here can carry a stone"
FOOTER = "for more information call the office of the press on any day"
# doc_id, source, time, precision, text, owner, link
DOCUMENTS = (
    ("a1", "Alder", "2024-03-01T09:00:00", "minute", f"She said {WATER}, and left.", "North", "http://x.org/p?utm_source=a"),
    ("a2", "Alder", "2024-03-05T09:00:00", "day", f"{BRIDGE}. {FOOTER}", "North", None),
    ("a3", "Alder", None, None, "Nothing of this is anywhere else.", "North", None),
    ("b1", "Birch", "2024-03-01T11:00:00", "minute", f"Again: {SHALL}! {FOOTER}", "North", "https://www.x.org/p/"),
    ("b2", "Birch", "2024-03-05T21:00:00", "minute", f"{BRIDGE}, they say.", "North", None),
    ("c1", "Cedar", "2024-03-09T09:00:00", "minute", f"Late: {BRIDGE}.", "South", None),
    ("d1", DOGWOOD, "2024-03-02T09:00:00", "minute", "Alone with its own words.", None, None),
    ("d2", DOGWOOD, "2024-03-03T09:00:00", "minute", "Alone with some others.", None, None),
)  # fmt: skip
# tp_id, text, label, the passages as (document, wording), the sources that are first, score
POINTS: Sequence[tuple[str, str, str, Sequence[tuple[str, str]], list[str], float]] = (
    ("11", WATER, "line", (("a1", WATER), ("b1", SHALL)), ["Alder"], 9.0),
    ("22", BRIDGE, "line", (("a2", BRIDGE), ("b2", BRIDGE), ("c1", BRIDGE)), ["Alder", "Birch"], 5.0),
    ("33", FOOTER, "boilerplate", (("a2", FOOTER), ("b1", FOOTER)), ["Birch"], 1.0),
)
_ROW: dict[str, Any] = {
    "kind": "wording", "tested": 6, "first_a": 0, "first_b": 0, "median_delay": None, "leads": None, "q_leads": 1.0,
    "weight": None, "mean_delay": None, "layers": [],
}  # fmt: skip
TIES: tuple[dict[str, Any], ...] = (
    {**_ROW, "source_a": "Alder", "source_b": "Birch", "observed": 31, "expected": 3.25, "occasions": 19,
     "expected_occasions": 2.5, "p_value": 0.0001, "q_value": 0.0006, "q_documents": 0.0005,
     "q_sharing": 0.3, "q_recurring": 0.0006,
     "recurring_set": ["Alder", "Birch", "Cedar"],
     "recurring_times": [datetime(2024, month, 1, tzinfo=UTC) for month in (1, 2, 4)], "first_a": 11, "first_b": 4,
     "median_delay": 7200.0, "leads": "Alder", "q_leads": 0.02,
     "layers": [{"layer": "quotation", "observed": 12, "q_without": 0.4},
                {"layer": "title", "observed": 1, "q_without": 0.001}]},
    {**_ROW, "source_a": "Alder", "source_b": "Cedar", "observed": 7, "expected": 6.5, "occasions": 5,
     "expected_occasions": 5.5, "p_value": 0.5, "q_value": 0.9,
     "q_documents": 0.9, "q_sharing": 0.8, "q_recurring": 1.0},
    {**_ROW, "source_a": "Birch", "source_b": "Cedar", "observed": 1, "expected": 0.1, "occasions": 1,
     "expected_occasions": 0.1, "p_value": 0.09, "q_value": 0.27,
     "q_documents": 0.27, "q_sharing": 0.27, "q_recurring": 1.0},
    {**_ROW, "source_a": "Alder", "source_b": "Birch", "kind": "link", "observed": 1, "expected": 0.2, "occasions": 4,
     "expected_occasions": 0.2, "p_value": 0.2, "q_value": 0.6,
     "q_documents": 0.6, "q_sharing": 0.6, "q_recurring": None, "weight": 1, "mean_delay": 30.0},
)  # fmt: skip
GROUPS = tuple(
    {"group_id": "wording-1", "source": source, "kind": "wording", "strength": 4.0, "stability": 0.75}
    for source in ("Alder", "Birch")
)
# The occasions: of which pair and kind, documents, what they share, why it is not counted.
OCCASIONS = (
    ("Alder", "Birch", "wording", "a1", "b1", "11", None),
    ("Alder", "Birch", "wording", "a2", "b1", "33", "boilerplate"),
    ("Alder", "Birch", "wording", "a2", "b2", "22", "of more than 2 sources"),
    ("Alder", "Cedar", "wording", "a2", "c1", "22", "of more than 2 sources"),
    ("Birch", "Cedar", "wording", "b2", "c1", "22", "of more than 2 sources"),
    ("Alder", "Birch", "link", "a1", "b1", "x.org/p", None),
)
TEST = {
    "tested": 6, "tied": 1, "one_model_only": 0, "only_in_sets": 1, "strata": "week", "without": ["boilerplate"],
    "sources": 4, "documents": len(DOCUMENTS),
    "objects": {"link": {"window": 7200.0, "unlisted": 0, "most_unlisted": 0}},
}  # fmt: skip


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


def tables() -> dict[str, pa.Table]:
    """The tables but ties and groups."""
    names = ("doc_id", "source", "time", "time_precision", "text", "owner", "link")
    documents = [dict(zip(names, (*row[:2], _time(row[2]), *row[3:]), strict=True)) for row in DOCUMENTS]
    documents.sort(key=lambda row: (row["source"], row["time"] is None, row["time"] or datetime.min, row["doc_id"]))
    further = pa.schema([("owner", pa.string()), ("link", pa.string())])
    of = {row["doc_id"]: row for row in documents}
    passages, points = [], []
    for tp_id, text, label, places, first, score in POINTS:
        for doc, wording in places:
            start = of[doc]["text"].index(wording)
            passages.append(
                {"tp_id": tp_id, "variant_id": tp_id + wording[:5], "doc_id": doc, "source": of[doc]["source"],
                 "time": of[doc]["time"], "start": start, "end": start + len(wording), "similarity": 1.0,
                 "is_first": of[doc]["source"] in first, "copied_from": None}
            )  # fmt: skip
        points.append(
            {"tp_id": tp_id, "text": text, "words": len(text.split()), "n_passages": len(places),
             "n_documents": len(places), "n_sources": len(places), "n_variants": 1, "first_time": None,
             "last_time": None, "first_sources": first, "label": label, "label_rule": "made by hand", "score": score,
             **PARTS,
             "quote_doc": places[0][0], "quote_start": of[places[0][0]]["text"].index(places[0][1]),
             "quote_end": of[places[0][0]]["text"].index(places[0][1]) + len(places[0][1]),
             "kind": "wording"}
        )  # fmt: skip
    schema = pa.schema([*arrow_schema("documents"), *further])
    return {
        "documents": pa.Table.from_pylist(
            [{name: row.get(name) for name in schema.names} for row in documents], schema
        ),
        "talking_points": pa.Table.from_pylist(points, arrow_schema("talking_points")),
        "passages": pa.Table.from_pylist(passages, arrow_schema("passages")),
        "variants": arrow_schema("variants").empty_table(),
    }


def made(
    out: Path,
    ties: Sequence[dict[str, Any]] | None = TIES,
    groups: Sequence[dict[str, Any]] = GROUPS,
    **facts: Any,
) -> Study:
    """Write the study; without ties if `ties` is None. `facts` are said of the test in the manifest."""
    manifest: dict[str, Any] = {"options": {}, "seed": 0, "inputs": [], "started": "2024-01-01T00:00:00+00:00"}
    rows = tables()
    if ties is not None:
        rows["ties"] = pa.Table.from_pylist(list(ties), arrow_schema("ties"))
        rows["groups"] = pa.Table.from_pylist(list(groups), arrow_schema("groups"))
        matched = [
            {"source_a": a, "source_b": b, "kind": kind, "doc_a": x, "doc_b": y, "shared": [shared],
             "class": "made by hand", "counted": reason is None, "reason": reason}
            for a, b, kind, x, y, shared, reason in OCCASIONS
        ]  # fmt: skip
        rows["occasions"] = pa.Table.from_pylist(matched, arrow_schema("occasions"))
        manifest["ties"] = {**TEST, **facts}
    return Study(write_study(out, rows, manifest))
