"""The tables `ties` and `groups` of a study, from its talking points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inchorus.compiled.kernel import BOOL, F64, I64
from inchorus.engine.identifiers import identifier
from inchorus.evidence.asking import asking
from inchorus.evidence.posts import of_posts, whole_posts
from inchorus.evidence.sources import names as source_names
from inchorus.evidence.tested import p_values
from inchorus.labels import left_out
from inchorus.progress import Progress
from inchorus.relate.controls import controls
from inchorus.relate.direction import Direction, Matched, When, directions, precision
from inchorus.relate.evidence import counted_objects, counted_wording, left_out_wording, matched_otherwise
from inchorus.relate.exchangeability_blocks import DAY, alone, declared_parts, languages, parts
from inchorus.relate.groups import members
from inchorus.relate.layers import kept, layers, of_layer
from inchorus.relate.links import uses
from inchorus.relate.objects import Objects, Shared, judge_objects, read_objects
from inchorus.relate.strata import choose
from inchorus.relate.wording import Material, Tested, TieOptions, judge_pairs, material, shared_points
from inchorus.schema import arrow_schema
from inchorus.study import Study
from inchorus.thresholds import LEVEL

WORDING = "wording"
POSTS = "posts"
SOME = 5  # objects of a layer that are named


@dataclass(frozen=True)
class Asked:
    """What is asked of `ties`: layers to leave out (None for the default), objects, and how to test.

    `objects` are columns of the documents, or `posts` for near-identical posts; `window` is in seconds.
    `declared` has values by source: where both of a tie have the same, it is explained by that. `whole`: a value of
    a column of objects is one object, whatever it looks like. `within`: columns of the documents; only those with one
    value may exchange their sources. `threads` changes the time and no table.
    """

    without: tuple[str, ...] | None = None
    within: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    window: float = 60.0
    min_participation: int = 1
    declared: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    options: TieOptions = field(default_factory=TieOptions)
    each_layer: bool = True
    whole: bool = False
    threads: int = 1


class Related(NamedTuple):
    """The three tables, and what to tell the reader: how the test was made."""

    ties: pa.Table
    groups: pa.Table
    occasions: pa.Table
    facts: dict[str, Any]


def default_layers(study: Study) -> tuple[str, ...]:
    """What is left out where the user says nothing: boilerplate and syndicated, of posts only boilerplate.

    A post that others copied is the very thing to be found; an article that others copied may be an agency's.
    """
    return left_out(of_posts(study))


def relate(study: Study, asked: Asked, progress: Progress) -> Related:
    """Test every pair of sources on what they word alike, and find the groups."""
    without = default_layers(study) if asked.without is None else asked.without
    m = material(
        study.documents.select("doc_id, source, time").arrow(),
        study.talking_points.select("tp_id, label").arrow(),
        study.passages.select('tp_id, doc_id, start, "end"').arrow(),
    )
    whole = whole_posts(study)
    known_layers = layers(m, whole)
    within = precision(np.array(study.documents.select("time_precision").arrow()["time_precision"].to_pylist(), str))
    parted = parts(m.time, m.known, m.source, within < DAY, declared_parts(study, asked.within), languages(study))
    m = m._replace(part=parted.part)
    strata = choose(m.time, m.known, m.source, asked.options.width, m.part)
    keep = kept(known_layers, without)
    runs = _runs(known_layers, keep, without) if asked.each_layer else {}
    with progress.stage("ties", 1, "test of all pairs") as advance:
        tested = judge_pairs(m, keep, asked.options, strata)
        advance(1)
    beside, q_controls = {}, None
    if asked.each_layer:
        with progress.stage("controls", None, "controls") as advance:
            made = controls(m, keep, strata, asked.options.seed, asked.threads)
            advance(made.made)
        beside = {"controls": {"made": made.made, "with_ties": made.with_ties, "ties": list(made.ties)}}
        if made.made:
            q_controls = made.corrected(tested.q)
            tested = tested._replace(q=np.maximum(tested.q, q_controls))
    each = {}
    if runs and (tested.q <= LEVEL).any():
        with progress.stage("ties without layers", len(runs), "tests of all pairs") as advance:
            for name, mask in runs.items():
                each[name] = (mask, judge_pairs(m, keep & ~mask, asked.options, strata))
                advance(1)
    tied = tested.q <= LEVEL
    direction = _directions(tested, m, within, (m.point, m.document))
    explained = explain(m, tested, keep, each)
    _declare(explained, tested, asked.declared)
    q_models = tested.q_documents, tested.q_sharing, q_controls
    tables = [tie_table(WORDING, m, tested, q_models, direction, explained)]
    doc_ids = study.documents.select("doc_id").arrow()["doc_id"].combine_chunks().cast(pa.string())
    evidence = [
        counted_wording(m, tested.matches, keep, doc_ids),
        left_out_wording(m, keep, of_layer(known_layers, without), doc_ids),
        matched_otherwise(m, tested.matches, keep, doc_ids),
    ]
    kinds = [(WORDING, m.names, tested)]
    facts: dict[str, Any] = {
        "tested": tested.tested,
        "tied": int(tied.sum()),
        "one_model_only": int((((tested.q_documents <= LEVEL) != (tested.q_sharing <= LEVEL)) & ~tied).sum()),
        "as_in_controls": 0 if q_controls is None else int((q_controls > LEVEL).sum()),
        "only_in_sets": int((tied & (np.maximum(tested.q_documents, tested.q_sharing) > LEVEL)).sum()),
        **beside,
        "spread": round(tested.spread, 4),
        "strata": tested.strata,
        "parted_by": list(parted.by),
        "alone": alone(m.names, m.source, strata),
        "moved": round(tested.moved, 4),
        "without": list(without),
        "sources": len(m.names),
        "documents": len(m.source),
        "objects": {},
    }
    for name in asked.objects:
        with progress.stage(f"ties of {name}", 2, "tests of all pairs") as advance:
            if name == POSTS:
                o, others = _posts(m, whole), _texts(study)
            else:
                o, others = _objects(study, name, asked.whole, progress), None
            layered = asked.each_layer and asked.without != ()
            found = judge_objects(o, m, asked.window, asked.options, asked.min_participation, others, layered)
            advance(1)
            again = replace(asked.options, null="sharing")
            other = judge_objects(o, m, asked.window, again, asked.min_participation, others, layered)
            advance(1)
        t = found.tested
        lead = _directions(t, m, within, (o.object, o.document))
        explained = [[] for _ in t.a]
        _declare(explained, t, asked.declared)
        n = len(m.names)
        sharing = _looked_up(t.a * n + t.b, other.tested.a * n + other.tested.b, other.tested.q, 1.0)
        tables.append(tie_table(name, m, t, (t.q, sharing, None), lead, explained, found))
        evidence.append(counted_objects(name, m, t.matches, (o.object, o.document, o.names), doc_ids))
        kinds.append((name, m.names, t))
        facts["objects"][name] = {
            "read_as": o.read_as,
            "not_lists": o.apart,
            "window": asked.window,
            "min_participation": asked.min_participation,
            "tied": int((t.q <= LEVEL).sum()),
            "set_aside": {
                layer: {"objects": len(which), "some": [o.names[k] for k in which[:SOME].tolist()]}
                for layer, which in found.aside.items()
            },
            "crowded": found.pairs.crowded,
            "unlisted": found.pairs.unlisted,
            "most_unlisted": found.pairs.bound,
        }
    groups = group_table(kinds, asked.options.seed)
    return Related(pa.concat_tables(tables), groups, pa.concat_tables(evidence), facts)


def _directions(tested: Tested, m: Material, within: I64, things: tuple[I64, I64]) -> Direction:
    when = When(m.source, m.time, m.known, within)
    return directions(Matched(tested.matches, tested.of, tested.a, tested.b), when, things, tested.q <= LEVEL)


def _objects(study: Study, name: str, whole: bool, progress: Progress) -> Objects:
    separator = study.manifest.get("options", {}).get("list_separator")
    column = study.documents.select(identifier(name)).arrow()
    return read_objects(column, name, separator, progress.note, whole)


def _posts(m: Material, whole: BOOL) -> Objects:
    once = np.unique(np.stack([m.point[whole], m.document[whole]], axis=1), axis=0)
    return Objects(once[:, 0], once[:, 1], m.point_ids)


def _texts(study: Study) -> I64:
    """By document a number of its text, the same for equal ones: a post that nobody copied could have been copied."""
    numbers = study.documents.select("hash(trim(text)) >> 1 AS number").arrow()["number"]
    return np.asarray(numbers.to_numpy()).astype(np.int64)


def _runs(all_layers: Mapping[str, BOOL], keep: BOOL, without: Sequence[str]) -> dict[str, BOOL]:
    return {name: mask for name, mask in all_layers.items() if name not in without and (mask & keep).any()}


def explain(
    m: Material, tested: Tested, keep: BOOL, each: Mapping[str, tuple[BOOL, Tested]]
) -> list[list[dict[str, Any]]]:
    """By pair, for ties only: of each layer, how many of the shared talking points it holds and q without it."""
    out: list[list[dict[str, Any]]] = [[] for _ in tested.a]
    n = len(m.names)
    keys = tested.a * n + tested.b
    rows = np.flatnonzero(tested.q <= LEVEL)
    for name, (mask, other) in each.items():
        chosen = (keep & mask)[m.point]
        used = uses(m.point[chosen], m.document[chosen], m.source, len(m.source))
        inside_keys, inside = shared_points(used, m.source, n)
        other_keys = other.a * n + other.b
        held = _looked_up(keys[rows], inside_keys, inside.astype(np.float64), 0.0)
        q = _looked_up(keys[rows], other_keys, other.q, 1.0)
        for row, count, left in zip(rows.tolist(), held.tolist(), q.tolist(), strict=True):
            out[row].append({"layer": name, "observed": int(count), "q_without": left})
    return out


def _declare(
    explained: list[list[dict[str, Any]]], tested: Tested, declared: Mapping[str, NDArray[np.object_]]
) -> None:
    """Add what is declared of both sources of each tie: of the same value, all that they share is explained."""
    for name, values in declared.items():
        for row in np.flatnonzero(tested.q <= LEVEL).tolist():
            a, b = values[tested.a[row]], values[tested.b[row]]
            same = a is not None and a == b
            held = int(tested.observed[row]) if same else 0
            left = 1.0 if same else float(tested.q[row])
            explained[row].append({"layer": f"same {name}", "observed": held, "q_without": left})


def strengths(study: Study) -> tuple[F64, int]:
    """The strength of every pair of sources by wording, in the order of `numpy.triu_indices`; how many sources.

    A pair that shares nothing has strength 0.
    """
    at = {name: i for i, name in enumerate(sorted(source_names(asking(study))))}
    rows = p_values(study)
    n = len(at)
    a = np.array([at[x] for x in rows["source_a"].to_pylist()], np.int64)
    b = np.array([at[x] for x in rows["source_b"].to_pylist()], np.int64)
    out = np.zeros(n * (n - 1) // 2)
    out[a * n - a * (a + 1) // 2 + b - a - 1] = strength(rows["p_value"].to_numpy())
    return out, n


def _looked_up(wanted: I64, keys: I64, values: F64, missing: float) -> F64:
    if not len(keys):
        return np.full(len(wanted), missing)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], missing)


def tie_table(
    kind: str,
    m: Material,
    tested: Tested,
    q_models: tuple[F64, F64, F64 | None],
    direction: Direction,
    explained: list[list[dict[str, Any]]],
    objects: Shared | None = None,
) -> pa.Table:
    """The rows of `ties` of one kind, by source_a and source_b; `q_models`: documents, sharing, controls."""
    names = pa.array(m.names, pa.string())
    rows = len(tested.a)
    lead = np.where(direction.lead > 0, tested.a, tested.b)
    columns = {
        "source_a": names.take(pa.array(tested.a)),
        "source_b": names.take(pa.array(tested.b)),
        "kind": pa.array([kind] * rows, pa.string()),
        "observed": tested.observed,
        "expected": tested.expected,
        "occasions": tested.occasions.sum(1),
        "expected_occasions": tested.expected_occasions.sum(1),
        "p_value": tested.p,
        "q_value": tested.q,
        "q_documents": q_models[0],
        "q_sharing": q_models[1],
        "q_controls": pa.nulls(rows, pa.float64()) if q_models[2] is None else q_models[2],
        "q_recurring": tested.q_recurring if len(tested.q_recurring) else pa.nulls(rows, pa.float64()),
        "recurring_set": pa.array(
            [[m.names[x] for x in one.members] if one else None for one in map(tested.recur.get, range(rows))],
            pa.list_(pa.string()),
        ),
        "recurring_times": pa.array(
            [one.times if one else None for one in map(tested.recur.get, range(rows))],
            pa.list_(pa.timestamp("us", tz="UTC")),
        ),
        "tested": np.full(rows, tested.tested, np.int64),
        "first_a": direction.first_a,
        "first_b": direction.first_b,
        "median_delay": pa.array(direction.delay, pa.float64(), from_pandas=True),
        "leads": names.take(pa.array(lead, mask=direction.lead == 0)),
        "q_leads": direction.q,
        "weight": pa.nulls(rows, pa.int64()) if objects is None else objects.weight,
        "mean_delay": pa.nulls(rows, pa.float64()) if objects is None else objects.delay,
        "layers": pa.array(explained, arrow_schema("ties").field("layers").type),
    }
    return pa.table(columns).select(arrow_schema("ties").names).cast(arrow_schema("ties"))


def strength(p: F64) -> F64:
    """The strength of a tie: log10(1 / p), at most 300."""
    return np.asarray(-np.log10(np.maximum(p, 1e-300)))


def group_table(kinds: Sequence[tuple[str, list[str], Tested]], seed: int) -> pa.Table:
    """The rows of `groups`: those of each kind, and with several kinds those of all ties together (kind all)."""
    rows: list[dict[str, Any]] = []
    everything: list[tuple[I64, I64, F64, F64, list[str]]] = []
    for kind, names, tested in kinds:
        tied = tested.q <= LEVEL
        parts = (tested.a[tied], tested.b[tied], strength(tested.p[tied]), tested.occasions[tied].sum(1).astype(float))
        rows += _members(kind, *parts, names, seed)
        everything.append((*parts, names))
    if len(kinds) > 1:
        all_names = sorted({name for *_, names in everything for name in names})
        at = {name: i for i, name in enumerate(all_names)}
        moved = [(np.array([at[n] for n in names]), *parts) for *parts, names in everything]
        joined = [np.concatenate(x) for x in zip(*[(to[a], to[b], w, c) for to, a, b, w, c in moved], strict=True)]
        rows += _members("all", joined[0], joined[1], joined[2], joined[3], all_names, seed)
    return pa.Table.from_pylist(rows, arrow_schema("groups"))


def _members(kind: str, a: I64, b: I64, weight: F64, counts: F64, names: list[str], seed: int) -> list[dict[str, Any]]:
    return [
        {
            "group_id": f"{kind}-{member.group + 1}",
            "source": names[member.source],
            "kind": kind,
            "strength": member.strength,
            "stability": member.stability,
        }
        for member in members(a, b, weight, counts, seed)
    ]
