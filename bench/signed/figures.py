"""What a study says of a planted corpus: only its tables are read, by the names of the contract."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pyarrow as pa

from bench.signed.planted import RATES, Corpus, Planted
from bench.signed.share import Share
from bench.signed.vary import SEVERAL
from inchorus.labels import LABELS
from inchorus.simulate.recovered import compare

# Labels under which passages are said to repeat a wording; a phrase, a title or boilerplate is nobody's statement.
CALLED = ("line", "quotation", "syndicated")
# Words between a passage and words that turn it round that still make a reader see the one beside the other.
BESIDE = 1
RARE = 5
# Changes whose words are no filler of a slot.
NO_FILLER = ("negation", "negation outside", "only", SEVERAL)
SHORT, LONG = 12, 20
NEAR = "near misses that are called the same line"
STAY = "harmless edits that stay with their line"
LINKED = "pairs of fillers of one frame that are linked"
PHRASE = "passages of formulas that are labelled phrase"
GENERIC = "generic heads, tails, titles and calls labelled line"
FORMULA = "passages of formulas that are labelled line"
LOST = "planted lines that are not labelled line"
SLOT = "wordings shown with a filler of a slot"
UPDATED = "long texts with new figures that stay with the old ones"


@dataclass(frozen=True)
class Tables:
    """Talking points by id, passages by document, and documents by talking point."""

    points: dict[str, dict[str, Any]]
    by_document: dict[str, list[dict[str, Any]]]
    by_point: dict[str, list[dict[str, Any]]]
    talking_points: pa.Table
    passages: pa.Table


def tables(study: Any) -> Tables:
    """The tables of a study; a study of before there were frames has no `frame_id`, which is null then."""
    points, passages = study.talking_points.arrow(), study.passages.arrow()
    by_document: dict[str, list[dict[str, Any]]] = defaultdict(list)
    by_point: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in passages.select(["tp_id", "doc_id", "start", "end"]).to_pylist():
        by_document[row["doc_id"]].append(row)
        by_point[row["tp_id"]].append(row)
    names = [n for n in ("tp_id", "text", "label", "frame_id") if n in points.schema.names]
    rows = {row["tp_id"]: row for row in points.select(names).to_pylist()}
    return Tables(rows, by_document, by_point, points, passages)


@dataclass
class Judge:
    """One corpus, one study of it, and what follows from the two."""

    corpus: Corpus
    study: Tables

    def __post_init__(self) -> None:
        self.texts = self.corpus.texts()
        self.frequency = Counter(word for text in self.texts.values() for word in set(_words(text)))
        self.originals: dict[str, Counter[str]] = defaultdict(Counter)
        for p in self.corpus.planted:
            if p.kind == "line" or (p.kind == "long" and not p.said.change):
                self.originals[p.line_id].update(self.points_of(p))

    def passages_of(self, p: Planted) -> list[dict[str, Any]]:
        """The passages that lie in a planted one, by at least half of the shorter of the two."""
        found = self.study.by_document.get(p.doc_id, [])
        return [
            f
            for f in found
            if 2 * (min(f["end"], p.end) - max(f["start"], p.start)) >= min(f["end"] - f["start"], p.end - p.start)
        ]

    def points_of(self, p: Planted) -> set[str]:
        """Their talking points, where they are called lines."""
        return {f["tp_id"] for f in self.passages_of(p) if self.label(f["tp_id"]) in CALLED}

    def label(self, tp_id: str) -> str:
        """The label of a talking point."""
        return str(self.study.points[tp_id]["label"])

    def at_change(self, p: Planted, labels: Collection[str] = CALLED) -> set[str]:
        """The talking points with one of `labels` that take the planted one for what it is not.

        Their passage there holds what was changed, or words of theirs that follow on words that turn them round. A
        talking point of what stands on one side of the change, and of nothing else, is true, and is not among them.
        """
        text, high = self.texts[p.doc_id], p.start + p.said.high
        out = set[str]()
        for f in self.passages_of(p):
            if self.label(f["tp_id"]) not in labels:
                continue
            if p.said.place == "outside":
                touches = f["end"] > high and len(text[high : f["start"]].split()) <= BESIDE
            else:
                touches = any(_holds(f, p.start + a, p.start + b) for a, b, _ in p.said.changes)
            if touches or self._tells(f["tp_id"], p):
                out.add(f["tp_id"])
        return out

    def _tells(self, tp_id: str, p: Planted) -> bool:
        """Whether a wording has what the line has where the planted one differs."""
        shown = _folded(self.study.points[tp_id]["text"])
        return any(was.strip() and _folded(was) in shown for _, _, was in p.said.changes)

    def is_called(self, p: Planted) -> bool:
        """Whether a near miss is in a talking point of its line."""
        return any(self.originals[p.line_id][t] for t in self.at_change(p))

    def of(self, kind: str) -> list[Planted]:
        """What is planted of a kind."""
        return [p for p in self.corpus.planted if p.kind == kind]

    def near(self) -> Iterator[Share]:
        """Near misses by class, by place, by how rare the other word is, by length, and with edits besides."""
        groups: dict[str, list[bool]] = defaultdict(list)
        for p in self.of("near"):
            called, said = self.is_called(p), p.said
            words = len(said.text.split())
            length = f"up to {SHORT} words" if words <= SHORT else f"to {LONG}" if words <= LONG else f"over {LONG}"
            rare = min((self.frequency[w] for w in _words(said.word)), default=RARE + 1) <= RARE
            for name in (
                "all", said.change, f"at the {said.place}", f"{'rare' if rare else 'frequent'} words", length,
                f"by {p.sources}", *([p.level] if p.level else []),
            ):  # fmt: skip
                groups[name].append(called)
        for name, own in groups.items():
            yield Share(NEAR, name, sum(own), len(own), low=True)
        frames = self.of("frame")
        others = [self._meets_another(p, frames) for p in frames]
        yield Share(NEAR, "frames", sum(others), len(others), low=True)

    def _meets_another(self, p: Planted, frames: list[Planted]) -> bool:
        mine = self.at_change(p)
        return any(q.line_id == p.line_id and q.said.word != p.said.word and mine & self.at_change(q) for q in frames)

    def together(self) -> Iterator[Share]:
        """B-cubed F1 of lines by how much they were edited, other documents aside; and what stays of each edit."""
        for level in RATES:
            lines = [p for p in self.of("line") if p.level == level]
            yield Share("B-cubed F1 of harmless edits", level, self._f1(lines) * len(lines), len(lines))
        kinds: dict[str, list[bool]] = defaultdict(list)
        for p in self.of("line"):
            if p.said.kinds:
                stays = bool(self.points_of(p) & self._verbatim(p.line_id))
                kinds["all"].append(stays)
                if len(p.said.kinds) == 1:
                    kinds[p.said.kinds[0]].append(stays)
        for kind, stay in kinds.items():
            yield Share(STAY, kind, sum(stay), len(stay))

    def _verbatim(self, line_id: str) -> set[str]:
        plain = [p for p in self.of("line") if p.line_id == line_id and not p.said.kinds]
        return {t for p in plain for t in self.points_of(p)}

    def _f1(self, lines: list[Planted]) -> float:
        firsts = {p.line_id: p.doc_id for p in reversed(lines)}
        truth = pa.table(
            {
                "line_id": [p.line_id for p in lines],
                "kind": ["line"] * len(lines),
                "doc_id": [p.doc_id for p in lines],
                "source": [p.doc_id for p in lines],
                "start": [p.start for p in lines],
                "end": [p.end for p in lines],
                "is_first": [firsts[p.line_id] == p.doc_id for p in lines],
            }
        )
        documents = {p.doc_id for p in lines}
        kept = [d in documents for d in self.study.passages["doc_id"].to_pylist()]
        passages = self.study.passages.filter(pa.array(kept, pa.bool_()))
        return compare(truth, self.study.talking_points, passages).all.f1

    def frames(self) -> Iterator[Share]:
        """Pairs of fillers of one frame, and near misses by two sources or more with their line."""
        for name, labels in (("frames", CALLED), ("frames, whatever their labels", LABELS)):
            pairs: list[bool] = []
            fillers: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
            for p in self.of("frame"):
                fillers[p.line_id][p.said.word] |= self.at_change(p, labels)
            for of_frame in fillers.values():
                pairs += [self._linked(a, b) for a, b in combinations(of_frame.values(), 2)]
            yield Share(LINKED, name, sum(pairs), len(pairs))
        misses: dict[tuple[str, str], set[str]] = defaultdict(set)
        for p in self.of("near"):
            if p.sources > 1 and p.said.place != "outside":
                misses[p.line_id, p.said.text] |= self.at_change(p)
        linked = [self._linked(points, set(self.originals[line])) for (line, _), points in misses.items()]
        yield Share(LINKED, "near misses by two sources or more, and their line", sum(linked), len(linked))

    def _linked(self, a: set[str], b: set[str]) -> bool:
        frames = [{self.study.points[t].get("frame_id") for t in own} - {None} for own in (a - b, b - a)]
        return bool(frames[0] & frames[1])

    def formulas(self) -> Iterator[Share]:
        """Formulas, and generic text around other contents."""
        labels = [{self.label(f["tp_id"]) for f in self.passages_of(p)} for p in self.of("formula")]
        found = [own for own in labels if own]
        yield Share(PHRASE, "of those found", sum(own == {"phrase"} for own in found), len(found))
        yield Share(FORMULA, "all", sum("line" in own for own in labels), len(labels), low=True)
        generic = self.of("generic")
        for kind in dict.fromkeys(p.level for p in generic):
            own = [p for p in generic if p.level == kind]
            is_line = [any(self.label(f["tp_id"]) == "line" for f in self.passages_of(p)) for p in own]
            yield Share(GENERIC, kind, sum(is_line), len(is_line), low=True)

    def lost(self) -> Iterator[Share]:
        """Lines of which no talking point labelled line has two of the passages; long texts that part."""
        names = {p.line_id for p in self.of("line")}
        lost = [not any(n > 1 and self.label(t) == "line" for t, n in self.originals[name].items()) for name in names]
        yield Share(LOST, "all", sum(lost), len(lost), low=True)
        new = [p for p in self.of("long") if p.said.change]
        stay = [bool(self.points_of(p) & set(self.originals[p.line_id])) for p in new]
        yield Share(UPDATED, "all", sum(stay), len(stay))

    def shown(self) -> Iterator[Share]:
        """Wordings with a filler that only one of several documents has."""
        words: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        points: dict[str, set[str]] = defaultdict(set)
        for p in self.corpus.planted:
            if p.kind in ("near", "frame", "line"):
                points[p.line_id] |= self.points_of(p)
                if p.said.change not in NO_FILLER:
                    words[p.line_id] |= {(p.said.word,), (p.said.was, *p.said.alike)}
        one: dict[str, bool] = {}
        some: dict[str, bool] = {}
        for line_id, own in points.items():
            for tp_id in own:
                shown = _folded(self.study.points[tp_id]["text"])
                passages = self.study.by_point[tp_id]
                texts = {f["doc_id"]: _folded(self.texts[f["doc_id"]]) for f in passages}
                having = [
                    sum(any(f in text for f in filler) for text in texts.values())
                    for filler in ([_folded(f) for f in fs] for fs in words[line_id])
                    if filler[0] in shown and all(f.strip() for f in filler)
                ]
                one[tp_id] = one.get(tp_id, False) or 1 in having
                some[tp_id] = some.get(tp_id, False) or any(n < len(texts) for n in having)
        yield Share(SLOT, "that one document alone has", sum(one.values()), len(one), low=True)
        yield Share(SLOT, "that some documents lack", sum(some.values()), len(some), low=True)

    def shares(self) -> Iterator[Share]:
        """Every measure."""
        for part in (self.near, self.together, self.frames, self.formulas, self.lost, self.shown):
            yield from part()


def _holds(passage: dict[str, Any], low: int, high: int) -> bool:
    """Whether a passage holds a word of a span, or an empty span inside."""
    return bool(passage["start"] < high and low < passage["end"])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _folded(text: str) -> str:
    return f" {' '.join(_words(text))} "
