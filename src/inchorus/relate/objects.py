"""Ties from shared objects: links, hashtags, reposts, media, in a window of time."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import UsageError, nearest
from inchorus.kernel import BOOL, F64, I32, I64, kernel
from inchorus.read.lists import ONE, Lists, about, read_lists
from inchorus.read.nested import flat_text
from inchorus.relate.chance import index_pairs
from inchorus.relate.coaction import Coactions, coactions, order
from inchorus.relate.links import LEVELS, MOST_SOURCES, Links, most_sources
from inchorus.relate.strata import Strata, choose
from inchorus.relate.wording import Material, Tested, TieOptions, judge_links
from inchorus.urls import normalise_url


class Objects(NamedTuple):
    """Shares of objects: `object`, `document` in parallel, each once; `names` of the objects."""

    object: I64
    document: I64
    names: list[str]


def read_objects(
    documents: pa.Table,
    column: str,
    separator: str | None = None,
    note: Callable[[str], None] = lambda text: None,
    whole: bool = False,
) -> Objects:
    """The objects of a column of text, or of lists; addresses are normalised (see `urls.RULE`).

    Text may hold lists, which are told from the column as a whole (see `read.lists`) or, with `whole`, never;
    `separator` is what the user says stands between items. How the column was read is told to `note`. UsageError where
    there is no such column or it holds nothing that can be text.

    >>> t = pa.table({"url": ["https://www.a.org/x/", "http://a.org/x https://b.org", None]})
    >>> o = read_objects(t, "url")
    >>> o.names, o.object.tolist(), o.document.tolist()
    (['a.org/x', 'b.org'], [0, 0, 1], [0, 1, 1])
    """
    if column not in documents.column_names:
        hint = nearest(column, documents.column_names) or f"there are {', '.join(documents.column_names)}"
        raise UsageError(f"no column {column!r} to take objects from", fix=hint)
    values, parents = flat_text(documents[column].combine_chunks(), column)
    filled = pc.and_kleene(pc.is_valid(values), pc.not_equal(values, "")).fill_null(False)
    held = filled.to_numpy(zero_copy_only=False)
    encoded = values.filter(filled).dictionary_encode()
    given = encoded.dictionary.to_pylist()
    lists = Lists(ONE, [[value] for value in given]) if whole else read_lists(given, separator)
    if not whole:
        note(about(column, given, lists))
    listed = [[normalise_url(item) for item in items] for items in lists.items]
    names = sorted({name for several in listed for name in several})
    at = {name: i for i, name in enumerate(names)}
    size = np.array([len(several) for several in listed], np.int64)
    flat = np.array([at[name] for several in listed for name in several], np.int64)
    start = np.concatenate([[0], np.cumsum(size)])
    code = encoded.indices.to_numpy().astype(np.int64)
    times = size[code]
    objects = flat[np.repeat(start[code] - (np.cumsum(times) - times), times) + np.arange(times.sum())]
    document = np.repeat(parents[held], times)
    once = np.unique(np.stack([objects, document], axis=1), axis=0)
    return Objects(once[:, 0], once[:, 1], names)


class Shared(NamedTuple):
    """Pairs of sources that share objects in the window: what chance gives, and every pair counted."""

    tested: Tested
    weight: I64
    delay: F64
    pairs: Coactions


@kernel
def _window_links(
    objects: I64, document: I64, source: I32, time: F64, window: float, most: int, left: I64, right: I64, size: I64
) -> int:
    """Pairs of shares in the window of which at most `most` sources share the object within it."""
    n = 0
    start = 0
    end = 0
    for i in range(len(objects)):
        while objects[start] != objects[i] or time[i] - time[start] > window:
            start += 1
        end = max(end, i + 1)
        while end < len(objects) and objects[end] == objects[i] and time[end] - time[i] <= window:
            end += 1
        if end - start > 4 * most:
            continue
        users = 0
        for j in range(start, end):
            new = True
            for k in range(start, j):
                if source[k] == source[j]:
                    new = False
                    break
            if new:
                users += 1
        if users > most:
            continue
        for j in range(i + 1, end):
            if source[j] != source[i] and document[j] != document[i]:
                if n < len(left):
                    left[n] = document[i]
                    right[n] = document[j]
                    size[n] = users
                n += 1
    return n


def window_links(o: Objects, source: I32, time: F64, window: float, n_sources: int) -> Links:
    """Links between documents that share an object in the window, where few enough sources do."""
    by = np.lexsort((o.document, time[o.document], o.object))
    objects, document = o.object[by], o.document[by]
    users, times = source[document], time[document]
    most = most_sources(n_sources)
    none = np.zeros(0, np.int64)
    n = _window_links(objects, document, users, times, window, most, none, none, none)
    left, right, size = (np.empty(n, np.int64) for _ in range(3))
    _window_links(objects, document, users, times, window, most, left, right, size)
    documents = len(source)
    low, high = np.minimum(left, right), np.maximum(left, right)
    kind = np.searchsorted(LEVELS, np.minimum(np.maximum(size, 2), MOST_SOURCES))
    key = low * documents + high
    ranked = np.lexsort((kind, key))
    new = np.ones(n, bool)
    new[1:] = key[ranked][1:] != key[ranked][:-1]
    chosen = ranked[new]
    several = np.diff(np.append(np.flatnonzero(new), n)) > 1
    near = np.abs(time[low[chosen]] - time[high[chosen]]) <= window / 4
    cls = 4 * kind[chosen] + 2 * ~several + ~near
    rare = np.argsort(cls, kind="stable")
    a, b = low[chosen][rare].astype(np.int32), high[chosen][rare].astype(np.int32)
    ends = np.concatenate([a, b])
    other = np.concatenate([b, a])[np.argsort(ends, kind="stable")]
    first = np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=documents))]).astype(np.int64)
    empty = np.zeros(1, np.int64)
    repeats = np.zeros(documents, np.int32)
    return Links(first, other, a, b, cls[rare].astype(np.int32), empty, np.zeros(0, np.int32), repeats)


def judge_objects(
    o: Objects,
    m: Material,
    window: float,
    options: TieOptions,
    min_participation: int = 1,
    strata: Strata | None = None,
) -> Shared:
    """Count and test pairs of sources that share an object at most `window` seconds apart.

    Sources with fewer than `min_participation` documents that share any object are left out, as are
    documents without a time. `observed` is the number of distinct objects shared in the window; the
    statistic and the null model are those of wording, with n the sources that share the object in the window.
    """
    if window < 0:
        raise UsageError(f"window is {window}", fix="give seconds, 0 or more")
    seconds = m.time / 1e6
    timed = m.known[o.document] > 0
    sharing = np.zeros(len(m.source), bool)
    sharing[o.document[timed]] = True
    per = np.bincount(m.source[sharing], minlength=len(m.names))
    stay: BOOL = timed & (per[m.source[o.document]] >= min_participation)
    o = o._replace(object=o.object[stay], document=o.document[stay])
    users = m.source[o.document]
    found = coactions(order(o.object.astype(np.int32), users, o.document.astype(np.int32), seconds[o.document]), window)
    n = len(m.names)
    keys = found.a * n + found.b
    links = window_links(o, m.source, seconds, window, n)
    strata = strata or choose(m.time, m.known, m.source, options.width)
    tested = judge_links(links, m, index_pairs(keys, n), found.objects, strata, options)
    tested = tested._replace(expected=tested.expected_occasions.sum(1))
    return Shared(tested, found.weight, found.delay, found)
