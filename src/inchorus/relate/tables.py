"""The rows of the tables `ties` and `groups`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import F64, I64
from inchorus.evidence.asking import asking
from inchorus.evidence.sources import names as source_names
from inchorus.evidence.tested import p_values
from inchorus.relate.direction import Direction
from inchorus.relate.groups import members
from inchorus.relate.objects import Shared
from inchorus.relate.wording import Material, Tested
from inchorus.schema import arrow_schema
from inchorus.study import Study
from inchorus.thresholds import LEVEL


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


def strength(p: F64) -> F64:
    """The strength of a tie: log10(1 / p), at most 300."""
    return np.asarray(-np.log10(np.maximum(p, 1e-300)))


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
