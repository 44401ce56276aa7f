"""What comes first: the parts of the score of a talking point, each a number that can be told in words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import F64, I64, U32, kernel
from inchorus.compiled.sorting import rising
from inchorus.label.bursts import bursts
from inchorus.label.features import Features
from inchorus.label.labels import Labels
from inchorus.label.self_named import share_self_named
from inchorus.label.words import of_words
from inchorus.labels import KINDS
from inchorus.match.families import Families
from inchorus.trace.declared import across_groups
from inchorus.trace.quotes import Quotes
from inchorus.words.corpus import Corpus
from inchorus.words.texts import cut

# Chosen on two of four corpora by the lines that came first: halves, thirds and round numbers, as finer ones could not
# be told apart (docs/decisions/042-what-comes-first.md).
DOUBLING = 2.0  # further independent sources that halve what is lacking to enough of them: three to five are plenty
ONE_DAY = 0.25  # what each doubling of the sources that copy a text whole, all on one day, counts as
UNHURRIED = 0.6  # what a wording is worth that is used as its users' activity alone has it, of one used in a burst
UNSAID = 0.1  # what a wording is worth that nobody would say aloud, of one that people are quoted with
YEAR = 365.0  # days
INFORMATION = 80.0  # bits of a wording that says something of its own: about ten words of ordinary rarity
RARE = 1.2  # ordinary words that a word weighs on average in such a wording
BRIEF, LONG = 10, 60  # words of a line; less or more is the less one
UNSHARED = 0.3  # what a line is worth of whose sentences next to nothing is shared
UNFINISHED = 0.6  # what a line is worth that begins within a sentence, of one that begins one
TOPIC = 1 / 2  # power of the share of sources that use its words
APART = 0.75  # what a wording is worth that one declared group alone uses, of one used across them
_MARKED = r"[#@]\w|https?:"  # what readers pass over: hashtags, names, links
_SMALL = r"^[^\p{L}\p{N}]*\p{Ll}"  # in scripts that have capitals
_WITHIN = r"[^\s.!?…\"“«'‘(][ \t\"“«'‘(]*$"  # what a line begins behind, where that is within a sentence
_BEHIND = 4  # code points that are looked at for it


class Score(NamedTuple):
    """One entry a talking point (float64).

    score: what it ranks by. independent: its sources, each counted by how little its documents share besides with the
    others; those that are copies of one text as a whole are counted by days, and those that it is about hardly. burst:
    share of its uses that are near another source's, beyond what their activity alone gives; NaN where fewer than two
    uses have a time. said: how much it reads like what people are quoted with. own: how rare its words are, and how
    few of them are names. whole: how far the sentences that are shown are shared, short, whole and without hashtags and
    links. topic: the share of sources that use its words. across: the share of declared columns in which its sources
    are of several groups; NaN without any.
    """

    score: F64
    independent: F64
    burst: F64
    said: F64
    own: F64
    whole: F64
    topic: F64
    across: F64


def score(
    corpus: Corpus, documents: pa.Table, forms: pa.Array, families: Families, f: Features, labels: Labels, shown: Quotes
) -> Score:
    """Rank the talking points by the product of what makes them worth reading first.

    Each is divided by what its label is `below` a line (`labels.KINDS`), and by one plus the number of better ones
    that half of its documents hold as well: one text that many copied counts once at the top. `forms` comes from
    `vocabulary`.
    """
    near, words = bursts(corpus, families), of_words(corpus, families)
    burst = np.clip((near.near - near.usual_near) / np.maximum(1 - near.usual_near, 1e-9), 0, 1)
    names = documents["source"].combine_chunks().dictionary_encode().dictionary.cast(pa.string())
    own_name = share_self_named(corpus, names, forms, families)
    independent = _independent(corpus, families, f, near.days, own_name)
    said = 1 - (1 - f.quoted) * (1 - words.spoken)
    capitals = np.clip((f.capitals - f.usual_capitals) / max(1 - f.usual_capitals, 1e-9), 0, 1)
    rare = np.clip(f.weight / np.maximum(f.words, 1) / RARE, 0, 1)
    own = np.minimum(1, f.information / INFORMATION) * rare * (1 - capitals) ** 2
    whole = _whole(documents["text"], shown)
    across = across_groups(corpus, documents, families)
    base = (
        (1 - 2 ** (-(independent - 1) / DOUBLING))
        * (UNHURRIED + (1 - UNHURRIED) * burst)
        * (UNSAID + (1 - UNSAID) * said)
        * own
        * whole
        * words.common**TOPIC
        * np.where(np.isnan(across), 1, APART + (1 - APART) * np.nan_to_num(across))
        * np.sqrt(f.sources / np.maximum(f.articles, 1))
        / np.sqrt(1 + f.span / YEAR)
        / np.array([kind.below for kind in KINDS])[labels.label]
    )
    ranked = _once(families, f.passages, base, len(corpus.source))
    known = f.uses > 1
    return Score(ranked, independent, np.where(known, burst, np.nan), said, own, whole, words.common, across)


def _independent(corpus: Corpus, families: Families, f: Features, days: I64, own_name: F64) -> F64:
    lengths = np.diff(corpus.offsets)[families.document.astype(np.int64)]
    covered = (families.end - families.begin) / np.maximum(lengths, 1)
    alone = np.bincount(families.family, weights=covered, minlength=len(f.words)) / np.maximum(f.passages, 1)
    besides = np.clip(np.nan_to_num(f.copied) - alone, 0, 1)
    further = np.minimum(days, 2 * f.sources) - 1
    copies = np.maximum(further, ONE_DAY * np.log2(np.maximum(f.sources, 1)))
    # A text in which each of its users stands by name was written for them, by one.
    return np.asarray(1 + (1 - own_name) * ((1 - alone) * (f.voices - 1) + alone * (1 - besides) * copies))


def _whole(texts: pa.ChunkedArray, shown: Quotes) -> F64:
    lines = cut(texts, shown.document, shown.start, shown.end)
    marks = pc.count_substring_regex(lines, _MARKED)
    words = np.maximum(shown.words, 1)
    fits = np.minimum(1, words / BRIEF) * np.sqrt(np.minimum(1, LONG / words))
    shared = UNSHARED + (1 - UNSHARED) * np.minimum(1, shown.shared / words)
    small = pc.match_substring_regex(lines, _SMALL).to_numpy(zero_copy_only=False)
    before = cut(texts, shown.document, np.maximum(shown.start - _BEHIND, 0), shown.start)
    within = pc.match_substring_regex(before, _WITHIN).to_numpy(zero_copy_only=False)
    whole = np.where(small & within, UNFINISHED, 1)
    return np.asarray(fits * shared * whole / (1 + marks.to_numpy(zero_copy_only=False)))


@kernel
def _divide(order: I64, first: I64, document: U32, held: U32, base: F64, out: F64) -> None:
    for f in order:
        lo = first[f]
        hi = first[f + 1]
        counts = np.empty(hi - lo, np.uint64)
        for i in range(lo, hi):
            counts[i - lo] = held[document[i]]
        better = counts[rising(counts)[(hi - lo - 1) // 2]]
        out[f] = base[f] / (1.0 + better)
        for i in range(lo, hi):
            if i == lo or document[i] != document[i - 1]:
                held[document[i]] += 1


def _once(families: Families, passages: I64, base: F64, n_documents: int) -> F64:
    """Each divided by one plus the better ones that half of its documents hold as well."""
    out = base.copy()
    first = np.concatenate([[0], np.cumsum(passages)]).astype(np.int64)
    order = np.argsort(-base, kind="stable").astype(np.int64)
    _divide(order, first, families.document, np.zeros(n_documents, np.uint32), base, out)
    return out
