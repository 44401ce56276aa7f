"""The data model: every table of a study, a line a column.

The descriptions here are the documentation: `docs/tables.md` is checked against them by a test.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from inchorus.labels import LABELS

TIME = pa.timestamp("us", tz="UTC")
STRINGS = pa.list_(pa.string())
EDITS = pa.list_(pa.struct([(name, pa.string()) for name in ("op", "from", "to", "class")]))


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
    Column(
        "time_precision",
        pa.string(),
        "second, minute, hour, day, month or year; null if time is",
        nullable=True,
    ),
    Column("title", pa.string(), "the input's column title", nullable=True),
    Column("text", pa.large_string(), "exactly as given"),
    Column("url", pa.string(), "the input's column url", nullable=True),
    Column(
        "repost_of",
        pa.string(),
        "the input's column repost_of; else the id of the post that a text repeats as RT @name or cut off",
        nullable=True,
    ),
    Column("language", pa.string(), "the input's column language", nullable=True),
)

# Of the texts; an input's column of the same name stands in their place, as it is.
NAMED = (
    Column("links", STRINGS, "addresses in the text, each once, in one form; or the input's column links"),
    Column("hashtags", STRINGS, "hashtags in the text, in small letters, without #; or the input's column hashtags"),
    Column("mentions", STRINGS, "names behind @ in the text, in small letters; or the input's column mentions"),
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
    Column("label", pa.string(), f"{', '.join(LABELS[:-1])} or {LABELS[-1]}"),
    Column("label_rule", pa.string(), "the rule that gave the label, with its figures"),
    Column("score", pa.float64(), "the ranking, highest first"),
    Column("independent", pa.float64(), "its sources, those counted less whose documents share more with the others"),
    Column(
        "burst",
        pa.float64(),
        "share of its uses near another source's, beyond what their activity gives",
        nullable=True,
    ),
    Column("said", pa.float64(), "how much it reads like what people are quoted with, 0 to 1"),
    Column("own", pa.float64(), "how rare its words are, and how few of them are names, 0 to 1"),
    Column("whole", pa.float64(), "how far the sentences shown are shared, short, and no hashtags or links, 0 to 1"),
    Column("topic", pa.float64(), "the share of sources that use its words, the rarer counting more"),
    Column(
        "across",
        pa.float64(),
        "the share of declared columns in which its sources are of several groups",
        nullable=True,
    ),
    Column("quote_doc", pa.string(), "doc_id of the document that people are shown it in: whole sentences"),
    Column("quote_start", pa.int64(), "first code point of these sentences in the document's text"),
    Column("quote_end", pa.int64(), "one past their last code point"),
    Column(
        "frame_id",
        pa.string(),
        "the tp_id of the talking point that it is a variation of: the same, but for a number, a name, a negation",
        nullable=True,
    ),
    Column("kind", pa.string(), "wording; or paraphrase: sentences that say one thing in other words"),
    Column("paraphrase_id", pa.string(), "the tp_id of the paraphrase that it is one wording of", nullable=True),
)

PASSAGES = (
    Column("tp_id", pa.string(), "its talking point"),
    Column("variant_id", pa.string(), "its wording"),
    Column("doc_id", pa.string(), "its document"),
    Column("source", pa.string(), "the document's source"),
    Column("time", TIME, "the document's time", nullable=True),
    Column("start", pa.int64(), "first code point of the passage in the document's text"),
    Column("end", pa.int64(), "one past its last code point"),
    Column(
        "similarity",
        pa.float64(),
        "2 x LCS / (m + n) over normalised words, to the canonical wording; in a paraphrase the cosine of the model",
    ),
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

ALTERED = pa.list_(pa.struct([("class", pa.string()), ("from", pa.string()), ("to", pa.string())]))

QUOTATIONS = (
    Column("quote_id", pa.string(), "BLAKE2b-64 of the words of its fullest form: one quotation, wherever it stands"),
    Column("doc_id", pa.string(), "the document"),
    Column("piece", pa.int16(), "0, 1 … of a quotation that the narrator, or a new paragraph, cuts into pieces"),
    Column("start", pa.int64(), "first code point of the piece in the document's text, without marks"),
    Column("end", pa.int64(), "one past its last code point"),
    Column("text", pa.large_string(), "the piece, cut from the document"),
    Column("speaker", pa.string(), "the speaker as the document writes it", nullable=True),
    Column("speaker_start", pa.int64(), "first code point of the speaker in the document's text", nullable=True),
    Column("speaker_end", pa.int64(), "one past its last code point", nullable=True),
    Column("speaker_name", pa.string(), "the speaker's name, in the fullest form that is sure", nullable=True),
    Column("speaker_from", pa.string(), "document, or pool: most other documents with the quotation", nullable=True),
    Column("cue", pa.string(), "the word of saying", nullable=True),
    Column("said_where", pa.string(), "where, in what or to whom it is said to be spoken, as written", nullable=True),
    Column("said_when", pa.string(), "when it is said to be spoken, as written", nullable=True),
    Column("direct", pa.bool_(), "whether it stands in quotation marks"),
    Column("tp_id", pa.string(), "the talking point whose passage has most of it", nullable=True),
    Column("altered", ALTERED, "words inside that differ from the fullest form, gravest first", nullable=True),
    Column("language", pa.string(), "the language whose words of saying were looked for"),
)

STATEMENTS = (
    Column("speaker_name", pa.string(), "who is said to have said it"),
    Column("quote_id", pa.string(), "the quotation"),
    Column("time", TIME, "of the earliest document that gives it to this speaker", nullable=True),
    Column(
        "time_precision",
        pa.string(),
        "second, minute, hour, day, month or year; null if time is",
        nullable=True,
    ),
    Column("about", STRINGS, "its rarest words, in their order in it"),
)

LAYERS = pa.list_(pa.struct([("layer", pa.string()), ("observed", pa.int64()), ("q_without", pa.float64())]))

TIES = (
    Column("source_a", pa.string(), "the source whose name sorts first"),
    Column("source_b", pa.string(), "the other"),
    Column("kind", pa.string(), "wording, or the column of the shared objects"),
    Column("observed", pa.int64(), "talking points, or objects, that both share; 1 or more"),
    Column("expected", pa.float64(), "how many the null model gives", nullable=True),
    Column("occasions", pa.int64(), "documents of the one matched with documents of the other that share some"),
    Column("expected_occasions", pa.float64(), "how many the null model gives, once ties are set aside", nullable=True),
    Column("p_value", pa.float64(), "chance of occasions of such weight, or more, under the null model", nullable=True),
    Column(
        "q_value",
        pa.float64(),
        "Benjamini-Hochberg over all pairs tested, under the stricter null model, or that of a recurring set if less; "
        "q_controls if that is more",
        nullable=True,
    ),
    Column("q_documents", pa.float64(), "under the null model that exchanges sources of all documents", nullable=True),
    Column("q_sharing", pa.float64(), "under the one that exchanges those of documents that share", nullable=True),
    Column(
        "q_controls",
        pa.float64(),
        "ties as strong that a control of this corpus has on average, over those found in it; 0 of what is no tie",
        nullable=True,
    ),
    Column(
        "q_recurring",
        pa.float64(),
        "of the least likely set of three sources or more that both are of and that comes together again and again",
        nullable=True,
    ),
    Column("recurring_set", STRINGS, "the sources of that set, where its q is 0.05 or less", nullable=True),
    Column("recurring_times", pa.list_(TIME), "when each of its episodes began", nullable=True),
    Column("tested", pa.int64(), "pairs of sources tested, including those that share nothing"),
    Column("first_a", pa.int64(), "occasions on which source_a was surely first"),
    Column("first_b", pa.int64(), "occasions on which source_b was surely first"),
    Column("median_delay", pa.float64(), "seconds from the one to the other, median over occasions", nullable=True),
    Column("leads", pa.string(), "the source that is first more often than chance gives, if any", nullable=True),
    Column("q_leads", pa.float64(), "of the sign test behind it, over all ties; 1 where it was not made"),
    Column(
        "weight",
        pa.int64(),
        "objects only: times they shared one in the window, repeats once",
        nullable=True,
    ),
    Column("mean_delay", pa.float64(), "objects only: mean seconds between the first shares of each", nullable=True),
    Column("layers", LAYERS, "of a tie: what each layer holds of observed, and q_value without it"),
)

GROUPS = (
    Column("group_id", pa.string(), "the kind and a number, the largest group first"),
    Column("source", pa.string(), "a member"),
    Column("kind", pa.string(), "the kind of ties; all for those of every kind together"),
    Column("strength", pa.float64(), "sum of log10(1 / p_value) over its ties within the group"),
    Column("stability", pa.float64(), "how often the others stay with it over resamples of the evidence, 0 to 1"),
)

OCCASIONS = (
    Column("source_a", pa.string(), "the source whose name sorts first"),
    Column("source_b", pa.string(), "the other"),
    Column("kind", pa.string(), "wording, or the column of the shared objects"),
    Column("doc_a", pa.string(), "a document of source_a"),
    Column("doc_b", pa.string(), "the document of source_b that it is matched with"),
    Column("shared", STRINGS, "the tp_id of each talking point, or each object, that both have"),
    Column("class", pa.string(), "of wording: sources of the rarest, one or several, how far apart", nullable=True),
    Column("counted", pa.bool_(), "whether the test counts it"),
    Column(
        "reason",
        pa.string(),
        "why not: the layer left out, too many use it, one of the two reposts the other or is matched otherwise",
        nullable=True,
    ),
)

CLAIMS = (
    Column("claim_id", pa.string(), "the claim's id in the file of claims; else its row"),
    Column("claim", pa.large_string(), "what it says, as given"),
    Column("doc_id", pa.string(), "a document that makes it"),
    Column("start", pa.int64(), "first code point of the sentence in the document's text"),
    Column("end", pa.int64(), "one past its last word"),
    Column("kind", pa.string(), "wording: they are alike in their words; paraphrase: in their meaning, by a model"),
    Column(
        "score",
        pa.float64(),
        "cosine of both by weighed runs of four letters, 0 to 1; 1 for the same words. With a model, this and 1.5 "
        "times the model's cosine, over 2.5",
    ),
    Column("near", pa.bool_(), "whether that counts; else it is one of the five claims nearest to the document"),
)

COORTWEET = (
    Column("account_a", pa.string(), "the account whose name sorts first"),
    Column("account_b", pa.string(), "the other"),
    Column("weight", pa.int64(), "pairs of contents that share an object in the window, by CooRTweet's rules"),
    Column("avg_time_delta", pa.float64(), "mean seconds between them"),
    Column("n_objects", pa.int64(), "distinct objects among them, which CooRTweet does not give"),
    Column("n_content_a", pa.int64(), "distinct contents of account_a among them"),
    Column("n_content_b", pa.int64(), "distinct contents of account_b among them"),
    Column("edge_symmetry_score", pa.float64(), "the smaller of these two over the greater"),
)

OTHER_CLAIMS = (
    Column("tp_id", pa.string(), "the paraphrase whose subject it shares"),
    Column("doc_id", pa.string(), "the document"),
    Column("source", pa.string(), "the document's source"),
    Column("time", TIME, "the document's time", nullable=True),
    Column("start", pa.int64(), "first code point of the sentence in the document's text"),
    Column("end", pa.int64(), "one past its last code point"),
    Column("similarity", pa.float64(), "the cosine of the model, to the nearest sentence of the paraphrase"),
    Column("reason", pa.string(), "what makes it another claim: negation, only, direction, number or name"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "documents": DOCUMENTS,
    "talking_points": TALKING_POINTS,
    "passages": PASSAGES,
    "variants": VARIANTS,
    "quotations": QUOTATIONS,
    "statements": STATEMENTS,
    "ties": TIES,
    "groups": GROUPS,
    "occasions": OCCASIONS,
    "claims": CLAIMS,
    "other_claims": OTHER_CLAIMS,
    "coortweet": COORTWEET,
}


def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a table of the study.

    >>> arrow_schema("variants").names[:2]
    ['variant_id', 'tp_id']
    """
    return pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in TABLES[table]])
