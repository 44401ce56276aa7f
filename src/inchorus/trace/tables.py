"""The tables of a study from what was matched: talking points, passages, variants."""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import BOOL, F64, I64, U32
from inchorus.label.features import Features
from inchorus.label.labels import Labels
from inchorus.labels import LABELS
from inchorus.match.content import Lexicon
from inchorus.match.families import Families
from inchorus.match.frames import Frames, no_frames
from inchorus.schema import arrow_schema
from inchorus.trace.copies import likeliest_originals
from inchorus.trace.edit_lists import edit_lists
from inchorus.trace.first import first_passages
from inchorus.trace.quotes import quotes
from inchorus.trace.score import score
from inchorus.trace.variants import Variants, distinct_wordings
from inchorus.words.corpus import NEVER, Corpus
from inchorus.words.texts import cut, normalised


class Tables(NamedTuple):
    """Three tables of a study, as `schema` describes them."""

    talking_points: pa.Table
    passages: pa.Table
    variants: pa.Table


class _Order(NamedTuple):
    """rank: families by score; of_family: its inverse; rows: passages in the order of the table."""

    rank: I64
    of_family: I64
    rows: I64


_FRAME = "frame\n"  # before the wording of what lines have in common: one of them may have just its words
WORDING, PARAPHRASE = "wording", "paraphrase"


def _ids(wordings: pa.Array) -> list[str]:
    return [_id(w) for w in wordings.to_pylist()]


def _id(wording: str) -> str:
    return blake2b(wording.encode(), digest_size=8).hexdigest()


def identities(corpus: Corpus, forms: pa.Array, families: Families, frames: Frames, kind: str = WORDING) -> list[str]:
    """The tp_id of each family: of the words of its canonical passage, and of what kind it is."""
    canonical = families.canonical
    before = "" if kind == WORDING else f"{kind}\n"
    wordings = normalised(corpus, forms, families.begin[canonical], families.end[canonical]).to_pylist()
    out = [_id(before + wording) for wording in wordings]
    for f in np.flatnonzero(frames.turned).tolist():
        out[f] = _id(_FRAME + wordings[f])
    return out


def _times(values: I64) -> pa.Array:
    return pa.array(values, pa.timestamp("us", "UTC"), mask=values == NEVER)


def _extent(family: I64, values: I64, families: int) -> tuple[I64, I64]:
    """Earliest and latest time of each family; both `NEVER` where no passage has a time."""
    first, last = np.full(families, NEVER), np.full(families, np.iinfo(np.int64).min)
    known = values != NEVER
    np.minimum.at(first, family[known], values[known])
    np.maximum.at(last, family[known], values[known])
    return first, np.where(last == np.iinfo(np.int64).min, NEVER, last)


def _cut_words(corpus: Corpus, texts: pa.ChunkedArray, document: I64, begin: I64, end: I64) -> pa.Array:
    start, stop = _points(corpus, begin, end)
    return cut(texts, document.astype(np.int64), start, stop)


def _points(corpus: Corpus, begin: I64, end: I64) -> tuple[I64, I64]:
    """Code points from the first word of a span to the end of its last."""
    last = end - 1
    return corpus.start[begin].astype(np.int64), corpus.start[last].astype(np.int64) + corpus.length[last]


def _lists(values: pa.Array, offsets: I64) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), values)


def _first_sources(corpus: Corpus, names: pa.Array, families: Families, is_first: BOOL, rank: I64) -> pa.Array:
    # Sources are numbered in the order of their names, so that sorting the numbers sorts the names.
    keys = np.unique(
        (rank[families.family[is_first]].astype(np.uint64) << np.uint64(32))
        | corpus.source[families.document[is_first]].astype(np.uint64)
    )
    counts = np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=len(rank))
    sources = names.take(pa.array((keys & np.uint64(0xFFFFFFFF)).astype(np.int64)))
    return _lists(sources, np.concatenate([[0], np.cumsum(counts)]))


def _names(documents: pa.Table) -> pa.Array:
    return documents["source"].combine_chunks().dictionary_encode().dictionary.cast(pa.string())


def _distinct_counts(of: I64, source: U32, n: int) -> I64:
    keys = np.unique((of.astype(np.uint64) << np.uint64(32)) | source.astype(np.uint64))
    return np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=n)


def _order(corpus: Corpus, families: Families, score: F64, tp_ids: list[str]) -> _Order:
    by_score = np.array(sorted(range(len(score)), key=lambda f: (-score[f], tp_ids[f])), np.int64)
    rank = np.empty(len(score), np.int64)
    rank[by_score] = np.arange(len(score))
    document = families.document
    rows = np.lexsort((families.begin, document, corpus.earliest[document], rank[families.family]))
    return _Order(rank, by_score, rows)


def _frame_ids(ids: pa.Array, frame: I64) -> pa.Array:
    """The tp_id of the talking point that each one is linked to as a variation; null for the others."""
    return ids.take(pa.array(np.maximum(frame, 0), pa.int64(), mask=frame < 0))


def build_tables(
    corpus: Corpus,
    documents: pa.Table,
    forms: pa.Array,
    words: Lexicon,
    families: Families,
    features: Features,
    labels: Labels,
    frames: Frames | None = None,
    kind: str = WORDING,
) -> Tables:
    """Say of every talking point who was first, in which wordings, and who likely had it from whom.

    Talking points are sorted by score; passages by talking point, time, document and place; variants
    by talking point, the canonical wording first, then by passages. `forms` comes from `vocabulary`, `words`
    from `lexicon`, `frames` from `match.frames`. A paraphrase has another `tp_id` than a wording
    with the words of its canonical sentence.
    """
    texts, n = documents["text"], len(families.canonical)
    document, family = families.document.astype(np.int64), families.family
    canonical = families.canonical
    frames = no_frames(families) if frames is None else frames
    tp_ids = identities(corpus, forms, families, frames, kind)
    shown = quotes(corpus, texts, forms, families)
    ranked = score(corpus, documents, forms, families, features, labels, shown)
    order = _order(corpus, families, ranked.score, tp_ids)
    earliest = corpus.earliest[document]
    is_first = first_passages(family, families.document, corpus.earliest, corpus.latest, n)
    # Within the canonical wording the canonical passage stands for its variant.
    variants = distinct_wordings(corpus.word, family, families.begin, families.end, earliest)
    canonical_variant = variants.of[canonical]
    first_row = np.concatenate([[0], np.cumsum(features.passages)]).astype(np.int64)
    origin = likeliest_originals(
        corpus.word,
        families.begin,
        families.end,
        families.document,
        corpus.earliest,
        corpus.latest,
        variants,
        first_row,
    )

    ids = pa.array(tp_ids, pa.string())
    variant_wordings = normalised(corpus, forms, families.begin[variants.passage], families.end[variants.passage])
    variant_ids = pa.array(
        _ids(pc.binary_join_element_wise(ids.take(pa.array(variants.family)).cast(pa.large_string()),
                                                 variant_wordings, pa.scalar("\n", pa.large_string()))), pa.string()
    )  # fmt: skip
    first_time, last_time = _extent(family, earliest, n)
    names = _names(documents)
    by_score = pa.array(order.of_family)
    text = _cut_words(corpus, texts, document[canonical], families.begin[canonical], families.end[canonical])
    doc_ids = documents["doc_id"].combine_chunks().cast(pa.string())
    talking_points = pa.table(
        [
            ids.take(by_score),
            text.cast(pa.string()).take(by_score),
            pa.array(features.words[order.of_family], pa.int32()),
            pa.array(features.passages[order.of_family]),
            pa.array(features.documents[order.of_family]),
            pa.array(features.sources[order.of_family]),
            pa.array(np.bincount(variants.family, minlength=n)[order.of_family]),
            _times(first_time[order.of_family]),
            _times(last_time[order.of_family]),
            _first_sources(corpus, names, families, is_first, order.rank),
            pa.array(LABELS).take(pa.array(labels.label[order.of_family])),
            pa.array(labels.rule, pa.string()).take(by_score),
            *(pa.array(part[order.of_family], mask=np.isnan(part[order.of_family])) for part in ranked),
            doc_ids.take(pa.array(shown.document)).take(by_score),
            pa.array(shown.start[order.of_family]),
            pa.array(shown.end[order.of_family]),
            _frame_ids(ids, frames.of).take(by_score),
            pa.array([kind] * n, pa.string()),
            pa.nulls(n, pa.string()),
        ],
        schema=arrow_schema("talking_points"),
    )
    rows = order.rows
    start, stop = _points(corpus, families.begin, families.end)
    copied = origin[rows]
    passages = pa.table(
        [
            ids.take(pa.array(family[rows])),
            variant_ids.take(pa.array(variants.of[rows])),
            doc_ids.take(pa.array(document[rows])),
            names.take(pa.array(corpus.source[document[rows]])),
            _times(earliest[rows]),
            pa.array(start[rows]),
            pa.array(stop[rows]),
            pa.array(families.similarity[rows]),
            pa.array(is_first[rows]),
            doc_ids.take(pa.array(document[np.maximum(copied, 0)], mask=copied < 0)),
        ],
        schema=arrow_schema("passages"),
    )
    return Tables(
        talking_points,
        passages,
        _variant_table(corpus, texts, words, families, variants, variant_ids, ids, order, canonical_variant),
    )


def _variant_table(
    corpus: Corpus, texts: pa.ChunkedArray, words: Lexicon, families: Families, variants: Variants,
    variant_ids: pa.Array, ids: pa.Array, order: _Order, canonical_variant: I64,
) -> pa.Table:  # fmt: skip
    n = len(variants.family)
    document = families.document.astype(np.int64)
    passages = np.bincount(variants.of, minlength=n)
    first_time, _ = _extent(variants.of, corpus.earliest[document], n)
    other = np.ones(n, np.bool_)
    other[canonical_variant] = False
    rows = np.lexsort((np.arange(n), -passages, other, order.rank[variants.family]))
    take = pa.array(rows)
    text = _cut_words(
        corpus,
        texts,
        document[variants.passage],
        families.begin[variants.passage],
        families.end[variants.passage],
    )
    return pa.table(
        [
            variant_ids.take(take),
            ids.take(pa.array(variants.family[rows])),
            text.cast(pa.string()).take(take),
            pa.array(passages[rows]),
            pa.array(_distinct_counts(variants.of, corpus.source[document], n)[rows]),
            _times(first_time[rows]),
            edit_lists(corpus, texts, words, families, variants).take(take),
        ],
        schema=arrow_schema("variants"),
    )
