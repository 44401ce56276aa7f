"""A study of shares in CooRTweet's four columns: every pair by its rules, whatever its q-value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import InputError, UsageError
from inchorus.evidence.shares import shared_in
from inchorus.options import FindOptions, ShareOptions
from inchorus.progress import Progress
from inchorus.read import ReadOptions
from inchorus.read.lists import MISSING
from inchorus.relate.coortweet import COLUMNS, edges
from inchorus.relate.ties import Asked, relate
from inchorus.relate.wording import TieOptions
from inchorus.schema import arrow_schema
from inchorus.study import Study

OBJECT = "object_id"


def coortweet_columns(read: ReadOptions) -> ReadOptions:
    """How to read such input: a share is a document, its object the text; UsageError for columns of other names."""
    for name in ("id", "source", "time", "text"):
        if getattr(read, name) is not None:
            raise UsageError(
                f"--{name} does not go with --coortweet",
                fix=f"its input has the columns {', '.join(COLUMNS)}",
            )
    return replace(read, source="account_id", time="timestamp_share", text=OBJECT)


def with_object(documents: pa.Table, note: Callable[[str], None] = lambda text: None) -> pa.Table:
    """The documents that such input gives, with the object in a column of its name.

    What other programs write for nothing, as R does NA, is no object, which is told to `note`: it would be one that all
    shared. InputError where the column of contents is not there, or a share has none.
    """
    if "content_id" not in documents.column_names:
        raise InputError("there is no column 'content_id'", fix=f"CooRTweet's input has {', '.join(COLUMNS)}")
    without = documents["content_id"].null_count
    if without:
        raise InputError(f"{without:,} of the shares have no content_id", fix="give each one, or leave these rows out")
    objects = documents["text"].cast(pa.string())
    nothing = pc.is_in(pc.utf8_trim_whitespace(objects), value_set=pa.array(sorted(MISSING)))
    if n := pc.sum(nothing).as_py():
        names = ", ".join(map(repr, sorted(pc.unique(objects.filter(nothing)).to_pylist())))
        shares = "1 share has" if n == 1 else f"{n:,} shares have"
        note(f"{shares} no object, but what stands for none ({names}): nothing is shared there")
        objects = pc.if_else(nothing, pa.scalar(None, pa.string()), objects)
    return documents.append_column(OBJECT, objects)


def of_coortweet(
    study: Study, sharing: ShareOptions, options: FindOptions, progress: Progress
) -> tuple[dict[str, pa.Table], dict[str, Any]]:
    """The tables coortweet, ties, groups and occasions, and how they were made.

    `ties` has a row for each edge, with its weight and mean delay, tested by the null model of shared objects; where
    a pair was met in crowds only, which are counted but not tested, the test is null.
    """
    window, least = sharing.settled()
    shares = shared_in(study)
    with progress.stage("shares", shares.num_rows, "shares") as advance:
        found = edges(shares, window, least)
        advance(shares.num_rows)
    tests = TieOptions(seed=options.seed)
    asked = Asked(objects=(OBJECT,), window=window, options=tests, each_layer=False, whole=True)
    related = relate(study, asked, progress)
    facts = {**related.facts, "coortweet": {"window": window, "min_participation": least, "edges": found.num_rows}}
    ties = _listed(found, related.ties)
    return {"coortweet": found, "ties": ties, "groups": related.groups, "occasions": related.occasions}, facts


def _listed(found: pa.Table, tested: pa.Table) -> pa.Table:
    """The tests of the pairs that are edges, and a row without a test for each other edge."""
    keys = ["source_a", "source_b"]
    edge = found.select(["account_a", "account_b", "weight", "avg_time_delta", "n_objects"]).rename_columns(
        [*keys, "edge_weight", "edge_delay", "edge_objects"]
    )
    # Lists cannot be joined, and of shared objects they hold nothing.
    lists = ["layers", "recurring_set", "recurring_times"]
    joined = edge.join(tested.drop_columns(["observed", "weight", "mean_delay", *lists]), keys, join_type="left outer")
    joined = joined.sort_by([(name, "ascending") for name in keys])
    rows = joined.num_rows
    usual = {"kind": OBJECT, "occasions": 0, "first_a": 0, "first_b": 0, "q_leads": 1.0}
    usual["tested"] = tested["tested"][0].as_py() if tested.num_rows else 0
    columns = {name: joined[name] for name in joined.column_names}
    for name, value in usual.items():
        columns[name] = pc.fill_null(joined[name], value)
    columns["observed"] = joined["edge_objects"]
    columns["weight"], columns["mean_delay"] = joined["edge_weight"], joined["edge_delay"]
    schema = arrow_schema("ties")
    columns["layers"] = pa.array([[]] * rows, schema.field("layers").type)
    columns |= {name: pa.nulls(rows, schema.field(name).type) for name in lists[1:]}
    return pa.table({name: columns[name] for name in schema.names}).cast(schema)
