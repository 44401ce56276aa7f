"""How long a story lasts: for how long two sources that share something go on to share for one and the same reason.

A tie needs three episodes, as occasions of one story are one. Two days are the least that a story lasts. Where two
sources that share something now share rather in the days after than in the weeks after, beside what they share with all
others then, stories last longer: a quarrel of a week, a press pool of a month, a column under contract. That is told
from all pairs that share often enough to be tied, not from any one of them, whose evidence it would be.
"""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I32, I64, kernel
from inchorus.relate.links import CLASSES
from inchorus.relate.sorted_arrays import distinct_rows, in_order
from inchorus.relate.strata import HOUR
from inchorus.thresholds import FEWEST_OCCASIONS

DAY = 24 * HOUR
LONGEST = 32 * DAY  # what goes on for longer is no story
# Two standard errors below what is measured: at most 1.1 in corpora without stories, an election among these, 1.2 to
# 2.3 in quarrels, pools and contracts (docs/decisions/069).
LASTS = 1.15
_CELLS = 2  # of the least that a story lasts: what happens within one is once
TELL = 10  # pairs at least
FAR = 8  # times as long after a story as it lasts: what is compared with it
_ASKED = 10_000  # occasions of so many pairs tell as much as all


def least_apart(time: I64, known: I64) -> int:
    """How far apart episodes are at least: two days, or a fiftieth of the time of the corpus if that is less."""
    return min(2 * DAY, int(np.ptp(time[known > 0])) // 50) if (known > 0).any() else 2 * DAY


def story_length(matches: I64, of: I64, pairs: tuple[I64, I64], source: I32, time: I64, known: I64, least: int) -> int:
    """How long a story lasts (microseconds), `least` where nothing tells that it lasts longer, 32 days at most.

    `matches` are the documents of each occasion, `of` its row of `pairs`, their sources; `source`, `time`
    (microseconds) and `known` are by document. For a length e, the least, twice that and so on, the occasions of a
    pair that are e/2 to 2e from another of its own are set beside those that are 2e to 8e from it; and so are those
    that either of the two has with others, while both were there. Where the share of the near ones is greater by a
    seventh and two standard errors, on average over the pairs with three occasions or more, and that of those from e
    on by a seventh and one, stories last for 2e. The longest such counts.

    >>> chance = np.random.default_rng(1)
    >>> a, b = np.triu_indices(30, 1)
    >>> of = np.repeat(np.arange(435), 4)
    >>> matches = np.arange(2 * len(of)).reshape(-1, 2)
    >>> source = np.stack([a[of], b[of]], axis=1).ravel().astype(np.int32)
    >>> ever, quarrel = chance.uniform(0, 360, len(of)), chance.uniform(0, 350, 435)[of] + chance.uniform(0, 9, len(of))
    >>> when = [np.repeat(days * DAY, 2).astype(np.int64) for days in (ever, quarrel)]
    >>> [story_length(matches, of, (a, b), source, t, np.ones(len(t), np.int64), 2 * DAY) // DAY for t in when]
    [2, 8]
    """
    a, b = pairs
    sure = (known[matches[:, 0]] > 0) & (known[matches[:, 1]] > 0)
    row = of[sure]
    if int((np.bincount(row, minlength=len(a)) >= FEWEST_OCCASIONS).sum()) < TELL or least < _CELLS:
        return least
    # From here on times are numbers of cells; what happens within one is once.
    begin, cell = int(time[known > 0].min()), least // _CELLS
    cells = int(np.ptp(time[known > 0])) // cell + 1
    first, last = _there(source, (time - begin) // cell, known)
    when = (np.maximum(time[matches[sure, 0]], time[matches[sure, 1]]) - begin) // cell
    row, when = distinct_rows(row, when)
    width = FAR * cells
    own = row * width + when
    either = np.sort(np.concatenate([a[row] * width + when, b[row] * width + when]))
    asked = _asked(row, len(a))
    row, when = row[asked], when[asked]
    one, two = a[row], b[row]
    low, high = np.maximum(first[one], first[two]), np.minimum(last[one], last[two])
    _, of_pair = np.unique(row, return_inverse=True)

    def beside(begin: int, end: int) -> I64:
        bounds = (when, begin, end, low, high, width)
        same = _around(own, row, *bounds)
        others = _around(either, one, *bounds) + _around(either, two, *bounds) - 2 * same
        return np.stack([np.bincount(of_pair, same), np.bincount(of_pair, others)]).astype(np.int64)

    found, e = least, _CELLS
    while 2 * e * cell <= LONGEST and 2 * FAR * e <= cells:  # on both sides there is room for what is compared
        within, after, far = beside(e // 2, e), beside(e, 2 * e), beside(2 * e, FAR * e)
        if _rather(within + after, far, 2) >= LASTS and _rather(after, far, 1) >= LASTS:
            found = 2 * e * cell
        e *= 2
    return found


def _there(source: I32, time: I64, known: I64) -> tuple[I64, I64]:
    """From when to when each source was there."""
    n = int(source.max(initial=-1)) + 1
    first, last = np.full(n, np.iinfo(np.int64).max), np.zeros(n, np.int64)
    sure = known > 0
    np.minimum.at(first, source[sure], time[sure])
    np.maximum.at(last, source[sure], time[sure])
    return first, last


def _asked(row: I64, pairs: int) -> I64:
    """The occasions of pairs that have three or more, or of every so many of these pairs."""
    count = np.bincount(row, minlength=pairs)
    often = count >= FEWEST_OCCASIONS
    step = -(-int(count[often].sum()) // _ASKED)
    taken = np.zeros(pairs, bool)
    taken[np.flatnonzero(often)[:: max(step, 1)]] = True
    return np.flatnonzero(taken[row])


def _around(keys: I64, part: I64, when: I64, begin: int, end: int, low: I64, high: I64, width: int) -> I64:
    """How many of `keys` (part x `width` + time, rising) are of `part`, and `begin` to `end` before or after `when`."""
    base = part * width

    def until(moment: I64, side: str) -> I64:
        return np.asarray(np.searchsorted(keys, base + moment, side))  # type: ignore[call-overload]

    after = until(np.minimum(when + end, high), "right") - until(np.minimum(when + begin, high), "right")
    before = until(np.maximum(when - begin, low), "left") - until(np.maximum(when - end, low), "left")
    return np.asarray(after + before)


def _rather(near: I64, far: I64, errors: int) -> float:
    """How many times the share of near occasions is what it is with others, by so many standard errors less.

    `near` and `far` are (2, pairs): occasions of the pair itself, and of either with others.
    """
    either = near + far
    told = (either > 0).all(axis=0)
    if int(told.sum()) < TELL:
        return 0.0
    own, others = near[:, told] / either[:, told]
    mean = float(others.mean())
    return float(own.mean() - errors * (own - others).std() / np.sqrt(len(own))) / mean if mean else 0.0


def episode_of(matches: I64, of: I64, time: I64, known: I64, apart: int) -> I64:
    """The episode that each occasion is of: one begins where the last of the pair began more than `apart` before.

    Occasions of documents without a time are episodes of their own.

    >>> time = np.array([0, 1, 2, 9])
    >>> episode_of(np.array([[3, 3], [0, 0], [2, 2], [1, 1]]), np.zeros(4, np.int64), time, np.ones(4, np.int64), 2)
    array([1, 0, 0, 0])
    """
    out = np.zeros(len(of), np.int64)
    sure = (known[matches[:, 0]] > 0) & (known[matches[:, 1]] > 0)
    dated = np.flatnonzero(sure)
    when = np.maximum(time[matches[dated, 0]], time[matches[dated, 1]])
    order = dated[in_order(of[dated], when)]
    number = np.empty(len(order), np.int64)
    number_episodes(of[order], np.maximum(time[matches[order, 0]], time[matches[order, 1]]), apart, number)
    out[order] = number
    out[~sure] = number[-1:].sum() + len(number[-1:]) + np.arange(int((~sure).sum()))
    return out


@kernel
def number_episodes(row: I64, when: I64, apart: int, out: I64) -> None:
    """Write the episode that each moment is of, by `row` (rising) and `when` (rising in each): numbers rise from 0."""
    n = -1
    begun = np.int64(0)
    for i in range(len(row)):
        if i == 0 or row[i] != row[i - 1] or when[i] - begun > apart:
            n += 1
            begun = when[i]
        out[i] = n


def episodes(episode: I64, of: I64, pairs: int) -> I64:
    """How many episodes the occasions of each pair are, `episode` and row `of` by occasion.

    >>> episodes(np.array([1, 0, 0, 2]), np.array([0, 0, 0, 2]), 3).tolist()
    [2, 0, 1]
    """
    _, first = np.unique(episode, return_index=True)
    return np.bincount(of[first], minlength=pairs).astype(np.int64)


def by_episode(episode: I64, of: I64, cls: I32, pairs: int) -> I64:
    """The occasions of each pair by class, (pairs, classes), of which each episode has one, the rarest."""
    n = int(episode.max(initial=-1)) + 1
    rarest, row = np.full(n, CLASSES, np.int64), np.zeros(n, np.int64)
    np.minimum.at(rarest, episode, cls)
    row[episode] = of
    counts = np.bincount(row * CLASSES + rarest, minlength=pairs * CLASSES)
    return counts.reshape(-1, CLASSES).astype(np.int64, copy=False)


def without_greatest(episode: I64, of: I64, cls: I32, pairs: int) -> I64:
    """The occasions of each pair by class, (pairs, classes), without its episode of most, the first of several.

    >>> without_greatest(np.array([0, 1, 1, 2]), np.zeros(4, np.int64), np.array([0, 1, 1, 2], np.int32), 1)[0, :3]
    array([1, 0, 1])
    """
    n = int(episode.max(initial=-1)) + 1
    size, row = np.bincount(episode, minlength=n), np.zeros(n, np.int64)
    row[episode] = of
    order = np.lexsort((np.arange(n), -size, row))
    first = np.ones(n, bool)
    first[1:] = row[order][1:] != row[order][:-1]
    greatest = np.zeros(n, bool)
    greatest[order[first]] = True
    left = ~greatest[episode]
    counts = np.bincount(of[left] * CLASSES + cls[left], minlength=pairs * CLASSES)
    return counts.reshape(-1, CLASSES).astype(np.int64, copy=False)
