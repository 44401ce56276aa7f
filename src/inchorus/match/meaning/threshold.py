"""From where on two sentences say the same: the corpus's own pairs that cannot have met tell how often chance is so."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F32, F64, I64

LOWEST, STEP = 0.1, 0.01  # of the curve
# Pairs by chance that the tail is told by: a tenth of them, the most alike, from ten to 200. Of fewer there is no tail;
# and two hundred, where a thousand sentences have no more, are no tail: what they tell hid every point.
_TAIL, _LEAST, _MOST = 10, 10, 200
_FEWEST = 10  # pairs found from a threshold on: of fewer, one that is false is more than is asked for


class Curve(NamedTuple):
    """One entry a likeness (float64): nearest pairs found from there on; those that chance gives; the share of these.

    threshold: the least likeness from which on the share is at most what was asked for; None where there is none.
    by: months, where chance was told from pairs that lie apart in time; else draws.
    """

    at: F64
    found: F64
    chance: F64
    false: F64
    threshold: float | None
    by: str


def by_months(close: F32, chance: F32, compared: int, compared_far: int, rate: float) -> Curve:
    """The curve from the likeness of pairs near in time and of pairs far apart, of which so many were compared.

    What is alike in months that lie apart is common to all times: the form of such texts, and their subjects. One pair
    is added to those by chance, as in every comparison with decoys (Elias and Gygi 2007; Barber and Candès 2015), where
    they are too few for a tail. Give each wording's nearest pairs alone (see `nearest`): else one point that many make
    vouches for pairs of two.
    """
    at = _grid()
    ratio = compared / max(compared_far, 1)
    return _settled(at, _from_on(close, at), _tail(chance, at) * ratio, rate, "months")


def by_draws(close: F32, drawn: F32, compared: int, compared_drawn: int, rate: float) -> Curve:
    """The curve where no months are there: `drawn` is the likeness of the nearest of so many pairs drawn at random."""
    at = _grid()
    return _settled(at, _from_on(close, at), _tail(drawn, at) * compared / max(compared_drawn, 1), rate, "draws")


def nearest(a: I64, b: I64, like: F32) -> BOOL:
    """Whether each pair is the most alike one of both its wordings; of equals the first."""
    order = np.lexsort((np.arange(len(a)), -like))
    n = int(max(a.max(initial=-1), b.max(initial=-1))) + 1
    place = np.empty(len(a), np.int64)
    place[order] = np.arange(len(a))
    first = np.full(n, len(a))
    np.minimum.at(first, a, place)
    np.minimum.at(first, b, place)
    return np.asarray((first[a] == place) & (first[b] == place))


def _tail(values: F32, at: F64) -> F64:
    """How many of `values` there are from each likeness on; beyond where they are few, by an exponential tail.

    It falls more slowly than likeness can, that ends at 1.
    """
    found = _from_on(values, at)
    top = np.sort(values.astype(np.float64))[-min(max(len(values) // _TAIL, _LEAST), _MOST) :]
    if len(top) < _LEAST:
        return found + 1
    low = top[0]
    rest = len(top) * np.exp(-(at - low) / max(float((top - low).mean()), 1e-3))
    return np.asarray(np.where(at > low, np.maximum(rest, found), found))


def _grid() -> F64:
    return np.round(np.arange(LOWEST, 1, STEP), 4)


def _from_on(values: F32, at: F64) -> F64:
    return np.asarray(len(values) - np.searchsorted(np.sort(values), at.astype(np.float32)), np.float64)


def _settled(at: F64, found: F64, chance: F64, rate: float, by: str) -> Curve:
    false = np.minimum(1, chance / np.maximum(found, 1))
    false[found == 0] = 1
    fits = np.flatnonzero((false <= rate) & (found >= _FEWEST))
    return Curve(at, found, chance, false, float(at[fits[0]]) if len(fits) else None, by)
