"""What is told of the sentences of a draft: their documents with the words there, the edits, labels, firsts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

import pyarrow as pa

from inchorus.check.draft import Draft
from inchorus.check.verdict import KINDS, NEAR, PART, Verdict
from inchorus.check.windows import Aligned
from inchorus.evidence.asking import Query
from inchorus.evidence.labelled import labelled
from inchorus.labels import NOBODYS
from inchorus.search.answer import Shelf
from inchorus.search.excerpt import Words, words_of
from inchorus.search.facts import Facts
from inchorus.text.differences import differences

LIMIT = 5  # documents that are shown of each sentence, and at least as many that its label is taken from
CLASSES = ("verbatim", "near", "part", *NOBODYS, "own")


@dataclass(frozen=True)
class Match:
    """A place in a document that has a sentence, nearly has it, or has a part of it.

    kind: verbatim, near or part. start, end: code points in the document's text, None where it stands in the title.
    text: the words there. pieces: the sentence, or the part of it, in pieces that are the `same` as there, `added`, or
    `removed`. similarity: 2 x words kept / words of both. is_first: no other of this kind is surely earlier.
    tp_id, label: of the talking point that it is a passage of, or None.
    """

    doc_id: str
    source: str
    time: datetime | None
    time_precision: str | None
    title: str | None
    kind: str
    start: int | None
    end: int | None
    text: str
    pieces: list[tuple[str, str]]
    similarity: float
    is_first: bool
    tp_id: str | None
    label: str | None


class _Place(NamedTuple):
    """Where a match stands: a row of the documents, code points in its text (negative in the title), its words."""

    row: dict[str, Any]
    start: int
    end: int
    text: str


class Teller:
    """Tells of one draft; the texts of documents are read once each."""

    def __init__(self, draft: Draft, found: Aligned, facts: Facts, shelf: Shelf, ask: Query) -> None:
        self._draft, self._found, self._facts, self._shelf, self._ask = draft, found, facts, shelf, ask
        self._read: dict[int, tuple[str, Words]] = {}

    def told(self, said: Sequence[Verdict], limit: int) -> list[dict[str, Any]]:
        """A row for each sentence, with at most `limit` matches, 0 for all."""
        looked = [[*v.rows.tolist(), *v.more.tolist()] for v in said]
        if limit:
            looked = [rows[: max(limit, LIMIT)] for rows in looked]
        places = {row: self._place(row) for row in sorted({row for rows in looked for row in rows})}
        points = self._points(places.values())
        return [
            self._row(s, verdict, [(row, places[row]) for row in rows], points, limit)
            for s, (verdict, rows) in enumerate(zip(said, looked, strict=True))
        ]

    def _place(self, row: int) -> _Place:
        number = int(self._found.document[row])
        document = self._facts.documents.slice(number, 1).to_pylist()[0]
        if number not in self._read:
            whole = self._shelf.texts[number]
            self._read[number] = whole, words_of(whole)
        whole, words = self._read[number]
        base = int(self._shelf.index.offsets[number])
        start = int(words.start[int(self._found.begin[row]) - base])
        end = int(words.end[int(self._found.end[row]) - 1 - base])
        shift = len(document["title"]) + 1 if document["title"] else 0
        return _Place(document, start - shift, end - shift, whole[start:end])

    def _points(self, places: Iterable[_Place]) -> dict[str, list[dict[str, Any]]]:
        of: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for passage in labelled(self._ask, sorted({place.row["doc_id"] for place in places})):
            of[passage["doc_id"]].append(passage)
        return of

    def _row(
        self,
        s: int,
        verdict: Verdict,
        rows: Sequence[tuple[int, _Place]],
        points: dict[str, list[dict[str, Any]]],
        limit: int,
    ) -> dict[str, Any]:
        draft = self._draft
        first, last = (int(draft.bounds[s]) + word for word in verdict.shared)
        start, end = int(draft.start[s]), int(draft.end[s])
        if verdict.kind == "part":
            start, end = int(draft.word_start[first]), int(draft.word_end[last - 1])
        firsts = dict(zip(verdict.rows.tolist(), verdict.first.tolist(), strict=True))
        matches = [
            self._match(row, place, verdict, draft.text[start:end], firsts.get(row), points[place.row["doc_id"]])
            for row, place in rows
        ]
        passages = [point for match, point in matches if match.kind == verdict.kind]
        point, label, why = _label(verdict, passages)
        named = "own" if verdict.kind == "none" else verdict.kind
        if label in NOBODYS:
            named = label
        at = self._facts.documents.take(pa.array(self._found.document[verdict.rows[verdict.first]]))
        return {
            "n": s + 1,
            "start": int(draft.start[s]),
            "end": int(draft.end[s]),
            "text": draft.text[draft.start[s] : draft.end[s]],
            "gap": draft.text[draft.end[s] : draft.start[s + 1]] if s + 1 < len(draft) else "",
            "words": int(draft.bounds[s + 1] - draft.bounds[s]),
            "class": named,
            "kind": verdict.kind,
            "shared_start": None if verdict.kind == "none" else start,
            "shared_end": None if verdict.kind == "none" else end,
            "n_documents": len(verdict.rows),
            "n_sources": verdict.sources,
            "n_near": len(verdict.more),
            "before": verdict.before,
            "first_time": min(at["time"].to_pylist(), default=None),
            "first_sources": sorted(set(at["source"].to_pylist())),
            "tp_id": point,
            "label": label,
            "why": why,
            "matches": [asdict(match) for match, _ in (matches[:limit] if limit else matches)],
            "meant": [],
        }

    def _match(
        self, row: int, place: _Place, verdict: Verdict, text: str, first: bool | None, passages: list[dict[str, Any]]
    ) -> tuple[Match, dict[str, Any] | None]:
        """A match, and the passage of a talking point that has most of it, at least half."""
        found = self._found
        kind = verdict.kind if first is not None else KINDS[NEAR]
        # Of a part only the run is compared: around it the document says something else.
        shown = text if verdict.kind == KINDS[PART] else place.text
        over = [(min(p["end"], place.end) - max(p["start"], place.start), p["tp_id"], p) for p in passages]
        most = max(over, key=lambda o: (o[0], o[1]), default=(0, "", None))
        point = most[2] if 2 * most[0] >= place.end - place.start else None
        in_title = place.start < 0
        match = Match(
            **place.row,
            kind=kind,
            start=None if in_title else place.start,
            end=None if in_title else place.end,
            text=place.text,
            pieces=differences(shown, text),
            similarity=float(found.same[row]),
            is_first=bool(first),
            tp_id=point["tp_id"] if point else None,
            label=point["label"] if point else None,
        )
        return match, point


def _label(verdict: Verdict, passages: Sequence[dict[str, Any] | None]) -> tuple[str | None, str | None, str]:
    """The talking point that most of the matches are passages of, the label, and why it is that."""
    counts = Counter(p["tp_id"] for p in passages if p is not None)
    of = next((p for p in passages if p is not None and p["tp_id"] == counts.most_common(1)[0][0]), None)
    point = of["tp_id"] if of else None
    if verdict.common:
        return point, "phrase", "its words are so common that anybody may write them"
    if of is not None and of["label"] in NOBODYS:
        return point, of["label"], of["label_rule"]
    if verdict.fixed:
        return point, "boilerplate", "one source has it in most of its documents"
    return (point, of["label"], of["label_rule"]) if of else (None, None, "")
