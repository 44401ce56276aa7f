"""The passages of one talking point, in the order of their times, each with the text around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import UsageError, nearest
from inchorus.evidence.edits import changes
from inchorus.evidence.passages import in_orders
from inchorus.text.differences import spaced
from inchorus.text.stored_edits import Stored, marked
from inchorus.ui.excerpt import by_its_ends, context, folded
from inchorus.ui.page import MissingError
from inchorus.ui.reader import Reader
from inchorus.ui.times import spoken

# Characters of wording that one list marks word by word: 50 passages of 400 words, or one of 20,000.
COMPARED = 120_000


def in_order(reader: Reader, tp_id: str) -> pa.Table:
    """All passages of a talking point, the earliest first, numbered `n` from 1, with the facts of their documents."""
    return in_orders(reader.arrow, [tp_id])[tp_id]


def of_source(passages: pa.Table, source: str) -> pa.Table:
    """Those of one source; MissingError if it has none."""
    found = passages.filter(pc.equal(passages["source"], source))
    if not found.num_rows:
        known = pc.unique(passages["source"]).to_pylist()
        raise MissingError(f"the source {source!r} has no passage of this talking point", fix=nearest(source, known))
    return found


def by_source(passages: pa.Table) -> list[dict[str, Any]]:
    """The sources by their earliest passage: `source`, `n` of that passage, its `time`, and their `passages`."""
    groups = passages.group_by("source").aggregate([("n", "min"), ("n", "count")]).sort_by("n_min")
    firsts = passages.take(pc.subtract(groups["n_min"], 1))
    rows = zip(*(t.to_pylist() for t in (groups["source"], groups["n_min"], groups["n_count"])), strict=True)
    moments = zip(firsts["time"].to_pylist(), firsts["time_precision"].to_pylist(), firsts["is_first"], strict=True)
    return [
        {"source": source, "n": n, "key": key, "passages": count, "time": time, "time_precision": precision,
         "when": spoken(time, precision), "is_first": bool(first.as_py())}
        for (source, n, count), (time, precision, first), key in zip(rows, moments, keys(firsts), strict=True)
    ]  # fmt: skip


def keys(passages: pa.Table) -> list[str]:
    """What an address calls each passage: its document and its first code point, `DOC:START`."""
    pairs = zip(passages["doc_id"].to_pylist(), passages["start"].to_pylist(), strict=True)
    return [f"{doc_id}:{start}" for doc_id, start in pairs]


def numbered(passages: pa.Table, key: str) -> int:
    """The number of the passage that an address calls `key`; MissingError if there is none."""
    doc_id, _, start = key.rpartition(":")
    if not start.isdecimal() or len(start) > 15:
        raise UsageError(f"{key!r} is not a passage", fix="write it as DOCUMENT:START")
    found = pc.and_(pc.equal(passages["doc_id"], doc_id), pc.equal(passages["start"], int(start)))
    rows = passages.filter(found)
    if not rows.num_rows:
        raise MissingError(f"no passage of this talking point begins at {start} in {doc_id!r}")
    return int(rows["n"][0].as_py())


def described(passages: pa.Table, among: pa.Table) -> list[dict[str, Any]]:
    """Some passages as dictionaries, with `key`, `when`, and `earlier`: what is known of the document copied_from.

    `among` are all passages of the talking point.
    """
    rows: list[dict[str, Any]] = passages.to_pylist()
    wanted = {row["copied_from"] for row in rows} - {None}
    known = among.filter(pc.is_in(among["doc_id"], pa.array(list(wanted), pa.string())))
    documents = {}
    for row in reversed(known.select(["doc_id", "n", "start", "source", "time", "time_precision"]).to_pylist()):
        documents[row["doc_id"]] = {**row, "when": spoken(row["time"], row["time_precision"])}
    for row in rows:
        row["key"] = f"{row['doc_id']}:{row['start']}"
        row["when"] = spoken(row["time"], row["time_precision"])
        row["earlier"] = documents.get(row["copied_from"])
    return rows


def add_context(rows: Sequence[dict[str, Any]], texts: Mapping[str, str], most: int) -> None:
    """Give each passage its `text`, and what stands `before` and `after` it."""
    for row in rows:
        text = texts[row["doc_id"]]
        row["text"] = text[row["start"] : row["end"]]
        row["before"], row["after"] = context(text, row["start"], row["end"], most)


def mark(rows: Sequence[dict[str, Any]], canonical: str, wordings: Mapping[str, Stored]) -> None:
    """Give each passage with its text its `pieces`: the edits from the canonical wording, as the study has them.

    `changes` says in words what they do. Past `COMPARED` characters in all, a passage has its ends for pieces and no
    edit is marked.
    """
    left = COMPARED
    for row in rows:
        left -= len(row["text"])
        row["changes"] = changes(wordings[row["variant_id"]].edits or ()) if row["variant_id"] in wordings else []
        row["compared"] = left >= 0 and row["variant_id"] in wordings
        if row["compared"]:
            row["pieces"] = folded(spaced(marked(canonical, wordings[row["variant_id"]], row["text"])))
        else:
            row["pieces"] = by_its_ends(row["text"])
