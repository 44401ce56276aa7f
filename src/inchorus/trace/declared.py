"""Whether a talking point is used across groups of sources that are declared, such as parties."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import F64, I64
from inchorus.match.families import Families
from inchorus.schema import DOCUMENTS, NAMED
from inchorus.words.corpus import Corpus

_OWN = {column.name for column in (*DOCUMENTS, *NAMED)}


def across_groups(corpus: Corpus, documents: pa.Table, families: Families) -> F64:
    """By talking point the share of declared columns in which its sources are of two values or more.

    NaN where less than two of its sources have a value. A column is declared of sources if each has one value in all
    of its documents, and several sources have the same.
    """
    n = len(families.canonical)
    columns = [
        codes for name in documents.column_names if name not in _OWN for codes in _declared(corpus, documents[name])
    ]
    if not columns:
        return np.full(n, np.nan)
    pairs = np.unique(
        (families.family.astype(np.uint64) << np.uint64(32)) | corpus.source[families.document].astype(np.uint64)
    )
    family, source = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    several, asked = np.zeros(n), np.zeros(n)
    for codes in columns:
        value = codes[source]
        known = value >= 0
        having = np.bincount(family[known], minlength=n)
        low, high = np.full(n, len(codes)), np.full(n, -1)
        np.minimum.at(low, family[known], value[known])
        np.maximum.at(high, family[known], value[known])
        asked += having > 1
        several += (having > 1) & (high > low)
    return np.where(asked > 0, several / np.maximum(asked, 1), np.nan)


def _declared(corpus: Corpus, column: pa.ChunkedArray) -> list[I64]:
    """The number of the value of each source, -1 without one; nothing where the column is not declared of sources."""
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return []
    codes = column.combine_chunks().dictionary_encode().indices.fill_null(-1).to_numpy().astype(np.int64)
    first = np.searchsorted(corpus.source, np.arange(int(corpus.source.max(initial=0)) + 1))
    of_source: I64 = codes[first]
    if not np.array_equal(of_source[corpus.source], codes) or len(first) == len(codes):
        return []
    known = of_source[of_source >= 0]
    distinct = len(np.unique(known))
    return [of_source] if 1 < distinct < len(known) else []
