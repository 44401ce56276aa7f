"""Paraphrases beside the wordings in the tables of a study, each wording with the paraphrase that it belongs to."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import I64, U32
from inchorus.label.features import measure
from inchorus.label.labels import judge
from inchorus.match.families import Families
from inchorus.match.frames import Frames, no_frames
from inchorus.match.meaning.other_claims import REASONS
from inchorus.match.meaning.paraphrases import Paraphrases
from inchorus.match.spans import Lexicon
from inchorus.schema import arrow_schema
from inchorus.trace.tables import PARAPHRASE, Tables, build_tables, identities
from inchorus.words.corpus import NEVER, Corpus


def with_paraphrases(
    corpus: Corpus, documents: pa.Table, forms: pa.Array, words: Lexicon, families: Families, frames: Frames,
    wording: Tables, found: Paraphrases, min_words: int,
) -> tuple[Tables, pa.Table]:  # fmt: skip
    """The tables of wordings and paraphrases in one ranking; and the table of other claims on the same subjects.

    `families` are those that the tables `wording` were built of. A paraphrase is labelled and scored as a wording is.
    """
    own = found.families
    features = measure(corpus, own)
    labels = judge(features, min_words)
    made = build_tables(corpus, documents, forms, words, own, features, labels, kind=PARAPHRASE)
    point_ids = pa.array(identities(corpus, forms, own, no_frames(own), PARAPHRASE), pa.string())
    wording_ids = pa.array(identities(corpus, forms, families, frames), pa.string())
    linked = np.flatnonzero(found.inside >= 0)
    of = pc.index_in(wording.talking_points["tp_id"], wording_ids.take(pa.array(linked)))
    links = point_ids.take(pa.array(found.inside[linked])).take(of.combine_chunks())
    points = wording.talking_points
    points = points.set_column(points.schema.get_field_index("paraphrase_id"), "paraphrase_id", links)
    points = pa.concat_tables([points.cast(made.talking_points.schema), made.talking_points])
    points = points.sort_by([("score", "descending"), ("tp_id", "ascending")]).combine_chunks()
    both = (_ranked(points["tp_id"], pa.concat_tables(pair)) for pair in zip(wording[1:], made[1:], strict=True))
    return Tables(points, *both), _others(corpus, documents, point_ids, found)


def _ranked(ids: pa.ChunkedArray, table: pa.Table) -> pa.Table:
    """Rows in the order of their talking points, and as they were within each."""
    rank = pc.index_in(table["tp_id"], ids.combine_chunks()).to_numpy()
    return table.take(pa.array(np.argsort(rank, kind="stable"))).combine_chunks()


def _others(corpus: Corpus, documents: pa.Table, ids: pa.Array, found: Paraphrases) -> pa.Table:
    o = found.others
    order = np.lexsort((o.begin, o.document, -o.like, o.family))
    family, document, begin, end, like, reason = (column[order] for column in o)
    last = end - 1
    time = corpus.earliest[document]
    at = pa.array(document)
    return pa.table(
        [
            ids.take(pa.array(family)),
            documents["doc_id"].combine_chunks().cast(pa.string()).take(at),
            documents["source"].combine_chunks().cast(pa.string()).take(at),
            pa.array(time, pa.timestamp("us", "UTC"), mask=time == NEVER),
            _int(corpus.start[begin]),
            _int(corpus.start[last].astype(np.int64) + corpus.length[last]),
            pa.array(like.astype(np.float64)),
            pa.array(REASONS).take(pa.array(reason)),
        ],
        schema=arrow_schema("other_claims"),
    )


def _int(values: I64 | U32) -> pa.Array:
    return pa.array(values.astype(np.int64))
