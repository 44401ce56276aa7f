"""The network of a study: sources, and the ties between them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from inchorus.errors import UsageError, nearest
from inchorus.evidence.asking import asking
from inchorus.evidence.declared import declared, typed
from inchorus.evidence.groups import by_source
from inchorus.evidence.sources import described
from inchorus.evidence.tested import edges, kinds_there
from inchorus.export.cells import apart, plain
from inchorus.export.xml_text import allowed
from inchorus.study import Study
from inchorus.thresholds import LEVEL

# Gephi leaves out an edge whose weight is 0, which that of a pair with p = 1 is.
LEAST_WEIGHT = 1e-6
_TINY = 1e-300

_EDGE = {
    "kind": "string",
    "observed": "long",
    "expected": "double",
    "occasions": "long",
    "expected_occasions": "double",
    "p_value": "double",
    "q_value": "double",
    "first_a": "long",
    "first_b": "long",
    "median_delay": "double",
    "leads": "string",
    "document_pairs": "long",
    "mean_delay": "double",
}
_NODE = {
    "documents": "long",
    "passages": "long",
    "talking_points": "long",
    "lines": "long",
    "first_time": "string",
    "last_time": "string",
}


@dataclass(frozen=True)
class Node:
    """A source: its id in the file, its name, and the values of its attributes, None where not known."""

    id: str
    label: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Edge:
    """A tie: its id, the ids of both sources, and the values of its attributes."""

    id: str
    source: str
    target: str
    kind: str
    weight: float
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Network:
    """Nodes and undirected edges; the attributes of each as (name, type), a type of string, long, double or boolean."""

    node_attributes: tuple[tuple[str, str], ...]
    edge_attributes: tuple[tuple[str, str], ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network(study: Study, max_q: float = LEVEL, kind: str | None = None) -> Network:
    """The sources of the study, in the order of their names, and its ties with q_value of at most `max_q`.

    `max_q` of 1 gives every pair that was tested and shares something. StudyError if the study has no ties yet,
    UsageError if there are none of that `kind`.
    """
    study.file("ties")  # or else says how they are made
    kinds = sorted(kinds_there(asking(study)))
    if kind is not None and kind not in kinds:
        raise UsageError(f"no ties of the kind {kind!r}", fix=nearest(kind, kinds) or f"there are {', '.join(kinds)}")
    counts = described(asking(study))
    declared = _declared(study)
    groups = by_source(asking(study)) if "groups" in study.usable else {}
    types = {**_NODE, **{f"group_{k}": "string" for k in groups}}
    names = apart(allowed(name) for name in [*types, *(name for name, _, _ in declared)])
    labels = apart((allowed(row["source"]) for row in counts), alike=str)  # "Post" and "POST" are two sources
    nodes = tuple(
        Node(
            f"n{i}",
            label,
            (
                *(row[k] for k in ("documents", "passages", "points", "lines")),
                *(_iso(row[k]) for k in ("first_time", "last_time")),
                *(members.get(row["source"]) for members in groups.values()),
                *(values.get(row["source"]) for _, _, values in declared),
            ),
        )
        for i, (row, label) in enumerate(zip(counts, labels, strict=True))
    )
    ids = {row["source"]: node.id for row, node in zip(counts, nodes, strict=True)}
    return Network(
        tuple(zip(names, [*types.values(), *(t for _, t, _ in declared)], strict=True)),
        tuple(_EDGE.items()),
        nodes,
        _edges(study, ids, max_q, kind),
    )


def _edges(study: Study, ids: Mapping[str, str], max_q: float, kind: str | None) -> tuple[Edge, ...]:
    rows = edges(asking(study), max_q, kind)
    return tuple(
        Edge(
            f"e{i}",
            ids[row["source_a"]],
            ids[row["source_b"]],
            row["kind"],
            max(-math.log10(max(1.0 if row["p_value"] is None else row["p_value"], _TINY)), LEAST_WEIGHT),
            tuple(row[name] for name in _EDGE),
        )
        for i, row in enumerate(rows)
    )


def _declared(study: Study) -> list[tuple[str, str, dict[str, Any]]]:
    """What is declared of sources (see `evidence.declared`), as (name, type, value of each source)."""
    names = list(declared(asking(study)))
    if not names:
        return []
    fields = {f.name: f for f in study.documents.limit(0).arrow().schema}
    # Unsigned numbers of 64 bits would not fit the long of either format.
    found = typed(study, {name: _type(fields[name].type) == "string" for name in names})
    sources = found["source"].to_pylist()
    return [
        (name, _type(fields[name].type), dict(zip(sources, map(plain, found[f"a{i}"].to_pylist()), strict=True)))
        for i, name in enumerate(names)
    ]


def _type(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind) and not pa.types.is_uint64(kind):
        return "long"
    return "double" if pa.types.is_floating(kind) else "string"


def _iso(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()
