"""What is to be said of each sentence of a draft: how close the closest documents come, and who was first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inchorus.check.draft import Draft
from inchorus.check.runs import GRAM
from inchorus.check.windows import Aligned
from inchorus.compiled.kernel import BOOL, F64, I64
from inchorus.label.headers_footers import ALWAYS, FEWEST
from inchorus.label.labels import formula
from inchorus.match.anchored import LONG, kept_words
from inchorus.match.word_weights import UNSEEN, mean_bits, weighed, word_bits
from inchorus.search.index import Index
from inchorus.words.corpus import NEVER

# The least 2 x words kept / words of both of a sentence that another nearly is. Chosen on half of the drafts of
# bench.check: from 0.6 to 0.7 stand sentences of one form with other names and numbers; with one word in ten changed a
# sentence is at 0.9.
SAME = 0.7
KINDS = ("none", "part", "near", "verbatim")
NONE, PART, NEAR, VERBATIM = range(4)


@dataclass(frozen=True)
class Published:
    """One entry a document: the number of its source, and when it appeared, as `Corpus` has it (int64 each)."""

    source: I64
    earliest: I64
    latest: I64


@dataclass(frozen=True)
class Verdict:
    """What is to be said of one sentence.

    kind: one of `KINDS`. rows (int64): places of `Aligned` that come so close, in the order of time; more (int64):
    those that come close, but less so. first (bool): which of `rows` no other of them surely precedes.
    shared: the words of the sentence that are meant, of a part not all of it. common: these words are nobody's.
    fixed: one source has it in most of its documents. sources: how many have it. before: documents of the draft's own
    source that have it.
    """

    kind: str
    rows: I64
    more: I64
    first: BOOL
    shared: tuple[int, int]
    common: bool
    fixed: bool
    sources: int
    before: int


def verdicts(
    draft: Draft, found: Aligned, index: Index, published: Published, own: int, min_words: int
) -> list[Verdict]:
    """One verdict a sentence; `own` is the number of the draft's own source, or -1.

    A sentence stands to the letter where all of its words follow each other; nearly, where `SAME` of the words of both
    are kept in order and weigh no less than those that are not; in part, where at least `min_words` words follow each
    other. What it shares is a common phrase by the rule for talking points.
    """
    size = np.diff(draft.bounds)
    of = found.sentence
    run = found.run_end - found.run_begin
    kind = np.where(run >= min_words, PART, NONE)
    # Of the sentence itself as much must be kept: of half a sentence that is another's name, most words are not.
    most = (found.same >= SAME) & (found.kept >= SAME * size[of])
    kind[most & (found.shared >= found.lost)] = NEAR
    kind[run == size[of]] = VERBATIM
    theirs = published.source[found.document] != own
    alike = draft.first_alike()
    bounds = np.searchsorted(of, np.arange(len(draft) + 1))
    chosen = []
    for s in range(len(draft)):
        rows = np.arange(*bounds[alike[s] : alike[s] + 2])
        before = int((kind[rows[~theirs[rows]]] >= NEAR).sum())
        chosen.append((_chosen(found, kind, rows[theirs[rows]], published.earliest), before))
    common = _common(draft, found, index, [c for c, _ in chosen], min_words)
    published_by = np.bincount(published.source)
    out = []
    for s, ((rows, more, best), before) in enumerate(chosen):
        documents = found.document[rows]
        sources, n = np.unique(published.source[documents], return_counts=True)
        fixed = len(sources) == 1 and n[0] >= FEWEST and n[0] >= ALWAYS * published_by[sources[0]]
        begins, ends = published.earliest[documents], published.latest[documents]
        first = (begins != NEVER) & (begins < ends.min(initial=NEVER))
        shared = (0, int(size[s]))
        if best == PART:
            longest = rows[np.argmax(run[rows])]
            shared = int(found.run_begin[longest]), int(found.run_end[longest])
        # What anybody writes others have, too: a whole sentence that one source alone has to the letter is its own.
        nobodys = bool(common[s]) and not (best == VERBATIM and size[s] >= min_words and len(sources) == 1)
        nobodys = nobodys or bool(size[s] < GRAM)
        out.append(Verdict(KINDS[best], rows, more, first, shared, nobodys, bool(fixed), len(sources), before))
    return out


def _chosen(found: Aligned, kind: I64, rows: I64, earliest: I64) -> tuple[I64, I64, int]:
    """The rows that come closest and those that come close, each in the order of time, and how close."""
    best = int(kind[rows].max(initial=NONE))
    if best == NONE:
        return rows[:0], rows[:0], NONE
    rows = rows[np.lexsort((found.document[rows], -found.same[rows], earliest[found.document[rows]]))]
    closest = rows[kind[rows] == best]
    if best == PART:
        # Of several parts the longest is told, with all documents that have most of it.
        run = found.run_end - found.run_begin
        longest = closest[np.argmax(run[closest])]
        lo, hi = found.run_begin[longest], found.run_end[longest]
        both = np.minimum(found.run_end[closest], hi) - np.maximum(found.run_begin[closest], lo)
        return closest[2 * both >= hi - lo], rows[:0], PART
    return closest, rows[(kind[rows] < best) & (kind[rows] >= NEAR)], best


def _common(draft: Draft, found: Aligned, index: Index, chosen: list[tuple[I64, I64, int]], min_words: int) -> BOOL:
    """Whether what each sentence shares is made of words that anybody uses; its own places do not count as uses."""
    parts, uses = [], []
    for s, (rows, _, best) in enumerate(chosen):
        words = draft.words(s)
        if best == PART:
            longest = rows[np.argmax((found.run_end - found.run_begin)[rows])]
            words = words[found.run_begin[longest] : found.run_end[longest]]
        elif best == NEAR:
            closest = rows[np.argmax(found.same[rows])]
            kept = kept_words(words, index.stream[found.begin[closest] : found.end[closest]], LONG)
            words = words[kept[kept >= 0]]
        parts.append(words)
        # Of few words in a small study none is known to be common: then their own uses count against them.
        uses.append(len(rows) if len(words) >= min_words else 0)
    sizes = np.array([len(p) for p in parts], np.int64)
    end = np.cumsum(sizes)
    word = np.concatenate([*parts, np.empty(0, np.uint32)]).astype(np.uint32)
    frequency = np.zeros(max(len(index.words), int(word.max(initial=0)) + 1), np.int64)
    frequency[: len(index.words)] = index.frequency
    weights = weighed(word, end - sizes, end, np.array(uses, np.int64), frequency)
    looked_up = np.array([best != NONE for _, _, best in chosen], np.bool_)
    said: BOOL = formula(weights.weight, weights.rarest, min_words) & looked_up
    return said


def plain_weights(index: Index, draft: Draft) -> F64:
    """What each word weighs (float64), an ordinary running word 1; a word that the index lacks weighs as the rarest."""
    strange = max(0, int(draft.word.max(initial=0)) + 1 - len(index.words))
    weight = word_bits(index.frequency) / (mean_bits(index.frequency) or 1.0)
    return np.append(weight, np.full(strange, UNSEEN))
