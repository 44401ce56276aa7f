"""The edits of each wording, as the table of variants has them: what was done where, and what that does."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from inchorus.match.classes import CLASSES, classes, kept_of, sides
from inchorus.match.content import Lexicon
from inchorus.match.edits import KEEP, OPERATIONS, edits
from inchorus.match.families import Families
from inchorus.schema import EDITS
from inchorus.trace.variants import Variants
from inchorus.words.corpus import Corpus
from inchorus.words.texts import cut


def edit_lists(
    corpus: Corpus, texts: pa.ChunkedArray, words: Lexicon, families: Families, variants: Variants
) -> pa.Array:
    """For each variant a list of edits (`schema.EDITS`) that turn the canonical wording of its family into it."""
    canonical = families.canonical[variants.family]
    runs = edits(
        corpus.word,
        families.begin[canonical],
        families.end[canonical],
        families.begin[variants.passage],
        families.end[variants.passage],
    )
    n, counts = len(canonical), np.diff(runs.offsets)
    owner = np.repeat(np.arange(n), counts)
    of = sides(corpus, words, runs)
    changed = np.bincount(owner, weights=runs.op != KEEP, minlength=n) > 0
    found = classes(corpus, words, runs, owner, of, kept_of(runs, owner, of, n), changed)
    columns = []
    for passage, begin, end in (
        (canonical, runs.from_begin, runs.from_end),
        (variants.passage, runs.to_begin, runs.to_end),
    ):
        document = np.repeat(families.document[passage], counts).astype(np.int64)
        empty = begin == end
        start = corpus.start[np.where(empty, 0, begin)].astype(np.int64)
        last = np.where(empty, 1, end) - 1
        stop = corpus.start[last].astype(np.int64) + corpus.length[last]
        columns.append(cut(texts, document, np.where(empty, 0, start), np.where(empty, 0, stop)).cast(pa.string()))
    names = pa.array(OPERATIONS).take(pa.array(runs.op.astype(np.int64)))
    # What is kept has no class.
    does = pa.array(CLASSES).take(pa.array(found.classes.astype(np.int64), mask=runs.op == KEEP))
    structs = pa.StructArray.from_arrays([names, *columns, does], fields=list(EDITS.value_type))
    return pa.ListArray.from_arrays(pa.array(runs.offsets.astype(np.int32)), structs)
