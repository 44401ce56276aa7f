"""What a test of declared groups asks: how active sources are, in which language, and who uses which talking point."""

from __future__ import annotations

import pyarrow as pa

from inchorus.evidence.paraphrases import points
from inchorus.study import Study

_USED = """
WITH names AS (
    SELECT source, row_number() OVER (ORDER BY source) - 1 AS place FROM (SELECT DISTINCT source FROM documents)),
points AS (SELECT tp_id, row_number() OVER (ORDER BY tp_id) - 1 AS number FROM {points})
SELECT DISTINCT number, place FROM passages JOIN names USING (source) JOIN points USING (tp_id) ORDER BY ALL
"""


def activity_and_language(study: Study) -> pa.Table:
    """By source, in the order of their names: its documents, `n`, and the `language` of most of them."""
    return study.sql("SELECT count(*) AS n, mode(language) AS language FROM documents GROUP BY source ORDER BY source")


def uses(study: Study) -> pa.Table:
    """A row for each talking point and source that uses it: `number` by tp_id, `place` by name, both from 0."""
    return study.sql(_USED.format(points=points(study)))


def by_id(study: Study) -> pa.Table:
    """tp_id, text and label of all talking points, by tp_id."""
    return study.sql(f"SELECT tp_id, text, label FROM {points(study)} ORDER BY tp_id")  # noqa: S608 - of constants
