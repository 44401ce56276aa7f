"""The tables `quotations` and `statements`, from what was found and pooled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from inchorus.quote.found import find_quotations
from inchorus.quote.language import codes, language
from inchorus.quote.pooled import WITNESSES, Family, places, pool, put_points
from inchorus.quote.same import digest, words
from inchorus.schema import arrow_schema

ABOUT = 5  # words that say what a statement is about
_LEAST = 4  # letters that such a word has
_WORD = re.compile(rf"[^\W\d_]{{{_LEAST},}}")


class Tables(NamedTuple):
    """One Arrow table for each table of the study, by its name."""

    quotations: pa.Table
    statements: pa.Table


def quotation_tables(documents: pa.Table, passages: pa.Table, workers: int, advance: Callable[[int], None]) -> Tables:
    """Find the quotations of all documents, pool those that are one, and list what each speaker said.

    `advance` is told of each document that is done.
    """
    found = find_quotations(documents, workers, advance)
    direct = places(found)
    put_points(direct, passages, documents)
    quotations = _quotations(found, pool(direct), documents)
    return Tables(quotations, _statements(quotations, documents))


def _quotations(found: pa.Table, families: Sequence[Family], documents: pa.Table) -> pa.Table:
    n = len(found)
    names: list[str | None] = found["name"].to_pylist()
    ids: list[str | None] = [None] * n
    source: list[str | None] = [None if name is None else "document" for name in names]
    points: list[str | None] = [None] * n
    altered: list[list[dict[str, str]] | None] = [None] * n
    for family in families:
        for place, changed in zip(family.places, family.changes, strict=True):
            told = None if changed is None else [{"class": c.kind, "from": c.old, "to": c.new} for c in changed]
            for row in place.rows:
                ids[row] = family.quote_id
                points[row] = place.points[0] if place.points else None
                altered[row] = told
                names[row], source[row] = _name(place.name, family.name, place.told is not None, family.told)
    _indirect_ids(found, ids)
    doc_id = documents["doc_id"].take(found["row"])
    columns = {
        "quote_id": pa.array(ids, pa.string()),
        "doc_id": doc_id,
        "piece": found["piece"],
        "start": found["start"],
        "end": found["end"],
        "text": found["text"],
        "speaker": found["speaker"],
        "speaker_start": found["speaker_start"],
        "speaker_end": found["speaker_end"],
        "speaker_name": pa.array(names, pa.string()),
        "speaker_from": pa.array(source, pa.string()),
        "cue": found["cue"],
        "said_where": found["said_where"],
        "said_when": found["said_when"],
        "direct": found["direct"],
        "tp_id": pa.array(points, pa.string()),
        "altered": pa.array(altered, arrow_schema("quotations").field("altered").type),
        "language": found["language"],
    }
    return pa.table(columns).cast(arrow_schema("quotations"))


def _name(own: str | None, pooled: str | None, sure: bool, told: frozenset[str]) -> tuple[str | None, str | None]:
    """Which name a place has, and from where.

    What the sentence of the document says stays, save that the pool has a fuller form; a name from around it gives way,
    also to words that other documents have for the speaker (`told`): "the amendment".
    """
    if own is not None and not sure and len(told) >= WITNESSES and own.split()[-1].casefold() not in told:
        own = None
    if own is None:
        return (None, None) if pooled is None else (pooled, "pool")
    if pooled is not None and pooled.split()[-1].casefold() == own.split()[-1].casefold():
        return (pooled if " " not in own else own), "document"
    return (own, "document") if sure or pooled is None else (pooled, "pool")


def _indirect_ids(found: pa.Table, ids: list[str | None]) -> None:
    """Give an id to what stands without marks: that of its words."""
    at: list[int] = []
    pieces: list[str] = []
    before: tuple[int, int] | None = None
    columns = [found[c].to_pylist() for c in ("row", "number", "text")]
    for i, (row, number, text) in enumerate(zip(*columns, strict=True)):
        if ids[i] is not None:
            continue
        if before != (row, number) and at:
            _put(ids, at, pieces)
            at, pieces = [], []
        at.append(i)
        pieces.append(text)
        before = (row, number)
    if at:
        _put(ids, at, pieces)


def _put(ids: list[str | None], at: Sequence[int], pieces: Sequence[str]) -> None:
    quote_id = digest(words(" ".join(pieces)), "indirect")
    for i in at:
        ids[i] = quote_id


def _statements(quotations: pa.Table, documents: pa.Table) -> pa.Table:
    """What each named speaker said, once, at the time of the first document that has it."""
    row = {doc_id: i for i, doc_id in enumerate(documents["doc_id"].to_pylist())}
    times, precisions = documents["time"].to_pylist(), documents["time_precision"].to_pylist()
    first: dict[tuple[str, str], int] = {}
    texts: dict[str, str] = {}
    columns = [quotations[c].to_pylist() for c in ("speaker_name", "quote_id", "doc_id", "text", "piece")]
    for name, quote_id, doc_id, text, piece in zip(*columns, strict=True):
        if name is None:
            continue
        if quote_id not in texts or (piece and text not in texts[quote_id]):
            texts[quote_id] = text if piece == 0 else f"{texts.get(quote_id, '')} {text}"
        at = row[doc_id]
        key = (name, quote_id)
        if key not in first or _earlier(times[at], times[first[key]]):
            first[key] = at
    about = _about(texts)
    order = sorted(first, key=lambda key: (_sortable(times[first[key]]), first[key], key))
    columns_out: dict[str, Any] = {
        "speaker_name": [name for name, _ in order],
        "quote_id": [quote_id for _, quote_id in order],
        "time": [times[first[key]] for key in order],
        "time_precision": [precisions[first[key]] for key in order],
        "about": [about[quote_id] for _, quote_id in order],
    }
    return pa.table(columns_out, arrow_schema("statements"))


def _earlier(a: Any, b: Any) -> bool:
    return a is not None and (b is None or a < b)


def _sortable(time: Any) -> tuple[bool, Any]:
    return (time is None, time)


def _about(texts: dict[str, str]) -> dict[str, list[str]]:
    """The rarest words of each text, in their order in it; words of one statement only tell nothing of a subject."""
    common = frozenset().union(*(_ordinary(code) for code in codes()))
    found = {
        key: dict.fromkeys(w for w in _WORD.findall(text.casefold()) if w not in common) for key, text in texts.items()
    }
    count = Counter(word for held in found.values() for word in held)
    out = {}
    for key, held in found.items():
        rare = sorted(held, key=lambda word: (count[word] == 1, count[word]))[:ABOUT]
        out[key] = [word for word in held if word in rare]
    return out


def _ordinary(code: str) -> frozenset[str]:
    of = language(code)
    return (
        of.common | of.pronouns | of.determiners | of.prepositions | of.conjunctions | of.auxiliaries | of.adverbs
        | of.saying | of.modals | of.negations
    )  # fmt: skip
