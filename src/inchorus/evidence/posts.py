"""Which passages are their whole post, and whether a corpus is one of posts."""

from __future__ import annotations

import pyarrow as pa

from inchorus.compiled.kernel import BOOL
from inchorus.evidence.copies import SHORT
from inchorus.study import Study

WHOLE = 0.8

# Only short texts can be posts, so only they are looked into.
_WHOLE = r"""
SELECT coalesce(p."end" - p.start >= {whole} * length(trim(
        regexp_replace(d.text, 'https?://\S+|[@#]\w+', '', 'g'))), false) AS whole
FROM (SELECT *, row_number() OVER () AS at FROM passages) p
LEFT JOIN (SELECT doc_id, text FROM documents WHERE length(text) <= {short}) d USING (doc_id)
ORDER BY p.at
"""


def whole_posts(study: Study) -> BOOL:
    """By passage, in the order of the table: whether its text, links aside, is hardly more than it."""
    found = study.sql(_WHOLE.format(whole=WHOLE, short=SHORT))["whole"].combine_chunks().cast(pa.bool_())
    out: BOOL = found.to_numpy(zero_copy_only=False)
    return out


def of_posts(study: Study) -> bool:
    """Whether half of the documents are of at most 400 characters."""
    (row,) = study.sql("SELECT median(length(text)) AS middle FROM documents").to_pylist()
    return row["middle"] is not None and float(row["middle"]) <= SHORT
