"""What explains a tie: how much of it lies in each layer, what is left without that, what is declared of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inchorus.compiled.kernel import BOOL, F64, I64
from inchorus.relate.links import uses
from inchorus.relate.wording import Material, Tested, shared_points
from inchorus.thresholds import LEVEL


def layers_apart(all_layers: Mapping[str, BOOL], keep: BOOL, without: Sequence[str]) -> dict[str, BOOL]:
    """By layer, which of the talking points that are kept it holds: the layers that ties are tested without."""
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
        held = looked_up(keys[rows], inside_keys, inside.astype(np.float64), 0.0)
        q = looked_up(keys[rows], other_keys, other.q, 1.0)
        for row, count, left in zip(rows.tolist(), held.tolist(), q.tolist(), strict=True):
            out[row].append({"layer": name, "observed": int(count), "q_without": left})
    return out


def declare(explained: list[list[dict[str, Any]]], tested: Tested, declared: Mapping[str, NDArray[np.object_]]) -> None:
    """Add what is declared of both sources of each tie: of the same value, all that they share is explained."""
    for name, values in declared.items():
        for row in np.flatnonzero(tested.q <= LEVEL).tolist():
            a, b = values[tested.a[row]], values[tested.b[row]]
            same = a is not None and a == b
            held = int(tested.observed[row]) if same else 0
            left = 1.0 if same else float(tested.q[row])
            explained[row].append({"layer": f"same {name}", "observed": held, "q_without": left})


def looked_up(wanted: I64, keys: I64, values: F64, missing: float) -> F64:
    """The values of the `wanted` keys; `keys` are in order, `missing` stands for those that are not among them.

    >>> looked_up(np.array([5, 7]), np.array([3, 5]), np.array([0.1, 0.2]), 1.0).tolist()
    [0.2, 1.0]
    """
    if not len(keys):
        return np.full(len(wanted), missing)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], missing)
