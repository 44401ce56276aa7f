"""The quotations of a corpus: those that are one brought together, their speakers pooled, their words compared."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from inchorus.quote.altered import Change, changes, fullest
from inchorus.quote.language import language
from inchorus.quote.marks import stretches
from inchorus.quote.same import digest, families, words
from inchorus.text.unaccented import unaccented

_QUOTES = re.compile("[\"“”„«»‘']")
AGREED = 2 / 3  # of the documents that name a speaker must name the same one, for the others to be given it
WITNESSES = 2  # documents that must name a speaker


@dataclass
class Place:
    """One quotation in one document: the rows of its pieces, and what is known of it."""

    rows: list[int]
    document: int
    pieces: list[str]
    name: str | None
    language: str
    start: int
    end: int
    told: str | None = None  # who says it, as surely as its own sentence does: a last name, or the words for them
    points: list[str] = field(default_factory=list)


def places(found: pa.Table) -> list[Place]:
    """The direct quotations of a table of pieces, in its order."""
    out: list[Place] = []
    before: tuple[int, int] | None = None
    names = ("row", "number", "start", "end", "text", "direct", "name", "language", "speaker", "near")
    columns = [found[c].to_pylist() for c in names]
    for i, (row, number, start, end, text, direct, name, code, speaker, near) in enumerate(zip(*columns, strict=True)):
        if not direct:
            continue
        if before == (row, number):
            out[-1].rows.append(i)
            out[-1].pieces.append(text)
            out[-1].end = end
        else:
            out.append(Place([i], row, [text], name, code, start, end, _told(name, speaker, code) if near else None))
        before = (row, number)
    return out


def _told(name: str | None, speaker: str | None, code: str) -> str | None:
    """What stands for a speaker when two are compared."""
    if name is not None:
        return unaccented(name.split()[-1])
    return None if speaker is None or speaker.casefold() in language(code).pronouns else speaker.casefold()


def put_points(of: Sequence[Place], passages: pa.Table, documents: pa.Table) -> None:
    """Note for each place the talking points of whose passages it has half, or which have half of it; most first."""
    if not of or not len(passages):
        return
    row = {doc_id: i for i, doc_id in enumerate(documents["doc_id"].to_pylist())}
    held: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    # Passages come by talking point, the best first: of two with the same words the line is said to be quoted.
    rank = {tp_id: i for i, tp_id in enumerate(dict.fromkeys(passages["tp_id"].to_pylist()))}
    for doc_id, start, end, tp_id in zip(
        *(passages[c].to_pylist() for c in ("doc_id", "start", "end", "tp_id")), strict=True
    ):
        held[row[doc_id]].append((start, end, tp_id))
    longest = {document: max(end - start for start, end, _ in spans) for document, spans in held.items()}
    for spans in held.values():
        spans.sort()
    for place in of:
        spans = held.get(place.document, [])
        if not spans:
            continue
        lo = bisect_right(spans, (place.start - longest[place.document], -1, ""))
        shared = []
        for start, end, tp_id in spans[lo:]:
            if start >= place.end:
                break
            common = min(end, place.end) - max(start, place.start)
            if common > 0 and 2 * common >= min(end - start, place.end - place.start):
                shared.append((-common, rank[tp_id], tp_id))
        place.points = list(dict.fromkeys(tp_id for *_, tp_id in sorted(shared)))


@dataclass
class Family:
    """One quotation in all its places: `quote_id`, and for each place what differs from the fullest form."""

    quote_id: str
    places: list[Place]
    full: int
    changes: list[list[Change] | None]
    name: str | None

    @property
    def told(self) -> frozenset[str]:
        """Who says it in the sentences of its places, as these have it."""
        return frozenset(place.told for place in self.places if place.told is not None)


def _own_words(text: str, form: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a quotation without those that it quotes itself, if there are others."""
    if not _QUOTES.search(text):
        return form
    left, done = [], 0
    for inner in stretches(text):
        if inner.depth == 0 and inner.closed:
            left.append(text[done : inner.opens])
            done = max(done, inner.closes)
    return words(" ".join([*left, text[done:]])) or form


def pool(of: Sequence[Place]) -> list[Family]:
    """Bring together the places of each quotation; those of a family in the order of `of`."""
    forms = [words(" ".join(place.pieces)) for place in of]
    grouped: dict[int, list[int]] = defaultdict(list)
    own = [_own_words(" ".join(place.pieces), form) for place, form in zip(of, forms, strict=True)]
    told = [place.told for place in of]
    for i, number in enumerate(families(forms, [place.points for place in of], told, own)):
        grouped[number].append(i)
    out = []
    for members in grouped.values():
        texts = [" ".join(of[i].pieces) for i in members]
        best = fullest(texts) if len(members) > 1 else 0
        known = {forms[members[best]]: None}
        compared: dict[tuple[str, ...], list[Change] | None] = {}
        for i, text in zip(members, texts, strict=True):
            key = tuple(of[i].pieces)
            if key not in compared:
                same = forms[i] in known
                compared[key] = None if same else changes(texts[best], of[i].pieces, language(of[i].language)) or None
            del text
        differ = [compared[tuple(of[i].pieces)] for i in members]
        family = [of[i] for i in members]
        out.append(Family(digest(forms[members[best]], "direct"), family, best, differ, agreed(family)))
    return out


def agreed(of: Sequence[Place]) -> str | None:
    """The name that most documents give the speaker of a quotation, in its fullest form; None if they do not agree.

    Where the sentence of a quotation says in some of them who says it, only these are asked.
    """
    named = [place for place in of if place.name is not None]
    sure = [place for place in named if place.told is not None]
    by_document = {place.document: place.name for place in (sure or named) if place.name is not None}
    if len(by_document) < WITNESSES:
        return None
    last = Counter(unaccented(name.split()[-1]) for name in by_document.values())
    surname, n = last.most_common(1)[0]
    if n < WITNESSES or n < AGREED * len(by_document):
        return None
    full = Counter(name for name in by_document.values() if unaccented(name.split()[-1]) == surname)
    firsts = {unaccented(name.split()[0]) for name in full if " " in name}
    return max(full, key=lambda name: (len(name.split()) > 1 and len(firsts) <= 1, full[name], len(name)))
