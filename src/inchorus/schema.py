"""The data model: every table of a study, a line a column.

The descriptions here are the documentation: `docs/tables.md` is checked against them by a test.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

FORMAT_VERSION = 1

TIME = pa.timestamp("us", tz="UTC")
STRINGS = pa.list_(pa.string())
EDITS = pa.list_(pa.struct([("op", pa.string()), ("from", pa.string()), ("to", pa.string())]))


@dataclass(frozen=True)
class Column:
    """One column: its name, its Arrow type, whether it may be null, and how it is computed."""

    name: str
    type: pa.DataType
    how: str
    nullable: bool = False


DOCUMENTS = (
    Column("doc_id", pa.string(), "the id column; else a hash of source, time and text"),
    Column("source", pa.string(), "who published it"),
    Column("time", TIME, "UTC; a time without a zone is taken as UTC", nullable=True),
    Column("time_precision", pa.string(), "second, minute or day; null where time is null", nullable=True),
    Column("title", pa.string(), "the input's column title", nullable=True),
    Column("text", pa.large_string(), "exactly as given"),
    Column("url", pa.string(), "the input's column url", nullable=True),
    Column("repost_of", pa.string(), "the input's column repost_of", nullable=True),
    Column("language", pa.string(), "the input's column language", nullable=True),
)

TALKING_POINTS = (
    Column("tp_id", pa.string(), "BLAKE2b-64 of the normalised canonical wording, in hexadecimal"),
    Column("text", pa.string(), "the canonical wording, cut from a real passage"),
    Column("words", pa.int32(), "words in the canonical wording"),
    Column("n_passages", pa.int64(), "rows of passages with this tp_id"),
    Column("n_documents", pa.int64(), "distinct documents among them"),
    Column("n_sources", pa.int64(), "distinct sources among them"),
    Column("n_variants", pa.int64(), "distinct normalised wordings among them"),
    Column("first_time", TIME, "earliest time of its passages; null where none has a time", nullable=True),
    Column("last_time", TIME, "latest time of its passages", nullable=True),
    Column("first_sources", STRINGS, "the sources of the passages with is_first, sorted"),
    Column("label", pa.string(), "line, quotation, syndicated, boilerplate or title"),
    Column("label_rule", pa.string(), "the rule that gave the label, with its figures"),
    Column("score", pa.float64(), "the ranking, highest first"),
)

PASSAGES = (
    Column("tp_id", pa.string(), "its talking point"),
    Column("variant_id", pa.string(), "its wording"),
    Column("doc_id", pa.string(), "its document"),
    Column("source", pa.string(), "the document's source"),
    Column("time", TIME, "the document's time", nullable=True),
    Column("start", pa.int64(), "first code point of the passage in the document's text"),
    Column("end", pa.int64(), "one past its last code point"),
    Column("similarity", pa.float64(), "2 x LCS / (m + n) over normalised words, to the canonical wording"),
    Column("is_first", pa.bool_(), "no other passage is surely earlier"),
    Column("copied_from", pa.string(), "doc_id of the likeliest earlier passage", nullable=True),
)

VARIANTS = (
    Column("variant_id", pa.string(), "BLAKE2b-64 of tp_id and the normalised wording, in hexadecimal"),
    Column("tp_id", pa.string(), "its talking point"),
    Column("text", pa.string(), "the wording, cut from its earliest passage"),
    Column("n_passages", pa.int64(), "passages with this wording"),
    Column("n_sources", pa.int64(), "distinct sources among them"),
    Column("first_time", TIME, "earliest time among them", nullable=True),
    Column("edits", EDITS, "word-level edits that turn the canonical wording into this one"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "documents": DOCUMENTS,
    "talking_points": TALKING_POINTS,
    "passages": PASSAGES,
    "variants": VARIANTS,
}


def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a table of the study.

    >>> arrow_schema("variants").names[:2]
    ['variant_id', 'tp_id']
    """
    return pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in TABLES[table]])
