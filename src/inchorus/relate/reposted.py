"""What a document has only because it reposts another: no use of its own."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import BOOL, I64
from inchorus.relate.wording import Material


def originals(documents: pa.Table) -> I64:
    """Of each document (columns doc_id, repost_of) the row of the one that it reposts, -1 where none is there.

    >>> originals(pa.table({"doc_id": ["1", "2", "3"], "repost_of": [None, "1", "elsewhere"]})).tolist()
    [-1, 0, -1]
    """
    ids = documents["doc_id"].combine_chunks().cast(pa.string())
    found = pc.index_in(documents["repost_of"].cast(pa.string()), ids, skip_nulls=True)
    out: I64 = np.asarray(found.combine_chunks().fill_null(-1)).astype(np.int64)
    return out


def only_reposted(m: Material, original: I64) -> BOOL:
    """Which passages are in a document that reposts one with a passage of the same talking point.

    Such a document has the words of the other, and says so: who reposts is told by `repost_of`, and is no second source
    that came to say it. What a document says of its own beside what it reposts stays its own.
    """
    n = len(m.source) + 1
    held = np.unique(m.point * n + m.document)
    of = original[m.document]
    out: BOOL = (of >= 0) & np.isin(m.point * n + of, held)
    return out


def reposts(m: Material, which: BOOL, original: I64) -> tuple[I64, I64, I64]:
    """Pairs of documents of two sources of which one reposts the other, and the passages that it has so.

    The first result (pairs, 2) has the lesser document first; offsets (pairs + 1) into the talking points follow.
    """
    document = m.document[which]
    of = original[document]
    apart = m.source[document] != m.source[of]
    a, b, point = np.minimum(document, of)[apart], np.maximum(document, of)[apart], m.point[which][apart]
    rows = np.unique(np.stack([a, b, point], axis=1), axis=0)
    new = np.flatnonzero(np.any(np.diff(rows[:, :2], axis=0, prepend=-1), axis=1))
    return rows[new, :2], np.append(new, len(rows)).astype(np.int64), rows[:, 2].astype(np.int64)
