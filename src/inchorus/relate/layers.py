"""Innocent reasons to share wording, as layers of talking points that can be left in or out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inchorus.compiled.kernel import BOOL, I64
from inchorus.labels import LABEL_LAYERS
from inchorus.relate.sorted_arrays import in_order
from inchorus.relate.wording import Material

DAY = 24 * 3_600_000_000


def layers(m: Material, whole: BOOL) -> dict[str, BOOL]:
    """Which talking points are in each of `labels.LAYERS`. `whole`, by passage: the post is hardly more than it."""
    n = len(m.labels)
    out: dict[str, BOOL] = {name: m.labels == name for name in LABEL_LAYERS}
    out["one day"] = _one_day(m, n)
    passages = np.bincount(m.point, minlength=n)
    out["whole post"] = (np.bincount(m.point[whole], minlength=n) >= 0.8 * np.maximum(passages, 1)) & (passages > 0)
    return out


def _one_day(m: Material, n: int) -> BOOL:
    times, sure = m.time[m.document] // DAY, m.known[m.document] > 0
    key = m.point * np.int64(len(m.names)) + m.source[m.document]
    order = in_order(key, times)
    first = np.ones(len(order), bool)
    first[1:] = key[order][1:] != key[order][:-1]
    used: I64 = order[first]
    low, high = np.full(n, np.iinfo(np.int64).max), np.full(n, np.iinfo(np.int64).min)
    np.minimum.at(low, m.point[used], times[used])
    np.maximum.at(high, m.point[used], times[used])
    unsure = np.zeros(n, bool)
    unsure[m.point[~sure]] = True
    same: BOOL = (low == high) & ~unsure
    return same


def of_layer(all_layers: dict[str, BOOL], without: Sequence[str]) -> NDArray[np.object_]:
    """By talking point, the first of the layers left out that it is in; None where it is in none."""
    out = np.full(len(next(iter(all_layers.values()))), None, dtype=object)
    for name in reversed(without):
        out[all_layers[name]] = name
    return out


def kept(all_layers: dict[str, BOOL], without: Sequence[str]) -> BOOL:
    """The talking points that are in none of the layers left out."""
    out = np.ones(len(next(iter(all_layers.values()))), bool)
    for name in without:
        out &= ~all_layers[name]
    return out
