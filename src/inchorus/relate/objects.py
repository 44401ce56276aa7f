"""Ties from shared objects: links, hashtags, reposts, media, in a window of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import BOOL, F64, I32, I64
from inchorus.errors import UsageError, nearest
from inchorus.read.ids import lost_digits
from inchorus.read.lists import ONE, Lists, about, read_lists
from inchorus.read.nested import flat_text
from inchorus.read.urls import normalise_url
from inchorus.relate.co_sharing import Coactions, coactions, order
from inchorus.relate.links import Links
from inchorus.relate.near_unshared import Posted
from inchorus.relate.object_window import window_links
from inchorus.relate.objects_tested import judge_meetings
from inchorus.relate.permutation_null import index_pairs
from inchorus.relate.runs_of_days import blocks
from inchorus.relate.set_aside import numbers as of_layers
from inchorus.relate.set_aside import object_layers, without
from inchorus.relate.sharing_units import Units, units
from inchorus.relate.sorted_arrays import distinct
from inchorus.relate.strata import Strata, choose
from inchorus.relate.wording import Material, Tested, TieOptions


class Objects(NamedTuple):
    """Shares of objects: `object`, `document` in parallel, each once; `names` of the objects.

    `read_as` is the kind of list that a value was read as, `apart` how many values are none and one item each (see
    `read.lists.Lists`).
    """

    object: I64
    document: I64
    names: list[str]
    read_as: str = ONE
    apart: int = 0


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
    listed = [[normalise_url(item) for item in items] for items in _whole_numbers(lists.items, column, note)]
    names = sorted({name for several in listed for name in several})
    at = {name: i for i, name in enumerate(names)}
    size = np.array([len(several) for several in listed], np.int64)
    flat = np.array([at[name] for several in listed for name in several], np.int64)
    start = np.concatenate([[0], np.cumsum(size)])
    code = encoded.indices.to_numpy().astype(np.int64)
    times = size[code]
    objects = flat[np.repeat(start[code] - (np.cumsum(times) - times), times) + np.arange(times.sum())]
    document = np.repeat(parents[held], times)
    once = distinct(objects * len(documents) + document)
    return Objects(once // len(documents), once % len(documents), names, lists.kind, lists.apart)


def _whole_numbers(items: Sequence[Sequence[str]], column: str, note: Callable[[str], None]) -> Sequence[Sequence[str]]:
    """The items without ids that lost digits: two that differed would be one object."""
    every = sorted({item for several in items for item in several if item[:1].isdigit()})
    lost = {every[i] for i in np.flatnonzero(lost_digits(pa.array(every, pa.large_string())))}
    if not lost:
        return items
    note(
        f"column {column!r} holds numbers that lost their last digits, as {min(lost)!r} did in a spreadsheet or as a "
        f"floating-point number: {len(lost):,} are left out, as two that differed may be equal now"
    )
    return [[item for item in several if item not in lost] for several in items]


class Shared(NamedTuple):
    """Pairs of sources that share objects in the window: what chance gives, and every pair counted.

    `aside`: the objects of each layer that the test leaves out (see `set_aside`).
    """

    tested: Tested
    weight: I64
    delay: F64
    pairs: Coactions
    aside: dict[str, I64]


def judge_objects(
    o: Objects,
    m: Material,
    window: float,
    options: TieOptions,
    min_participation: int = 1,
    others: I64 | None = None,
    layered: bool = True,
) -> Shared:
    """Count and test pairs of sources that share an object at most `window` seconds apart.

    Sources with fewer than `min_participation` documents that share any object are left out, as are
    documents without a time. `observed` is the number of distinct objects shared in the window; the
    statistic and the null model are those of wording, with n the sources that share the object in the window, and
    with units (see `sharing_units`) in place of documents. Units are of documents that have an object; `others`, by
    document, has a number of 0 or more for each further one that could have had one, the same for equal ones. Where
    `layered`, objects that everybody has are counted and not tested.
    """
    if window < 0:
        raise UsageError(f"window is {window}", fix="give seconds, 0 or more")
    n = len(m.names)
    seconds = m.time / 1e6
    timed = m.known[o.document] > 0
    sharing = np.zeros(len(m.source), bool)
    sharing[o.document[timed]] = True
    busy = np.bincount(m.source[sharing], minlength=n) >= min_participation
    stay: BOOL = timed & busy[m.source[o.document]]
    objects, document = _with_others(o.object[stay], o.document[stay], m, busy, others)
    numbers = objects.astype(np.int32)
    pairs = coactions(order(numbers, m.source[document], document.astype(np.int32), seconds[document]), window)
    common = _common(numbers, m.source[document])
    u = units(numbers[common], document[common], m.source, seconds)
    layers = object_layers(u, len(distinct(m.source[document]))) if layered else {}
    links = window_links(without(u, layers) if layers else u, window, n)
    strata = _strata(m, u, links, options.width)
    keys = index_pairs(pairs.a * n + pairs.b, n)
    posted = Posted(m.source, seconds, m.known > 0, o.object, o.document)
    tested = judge_meetings(links, u, keys, pairs.objects, strata, n, options, posted, window)
    return Shared(tested, pairs.weight, pairs.delay, pairs, of_layers(layers))


def _common(objects: I32, source: I32) -> BOOL:
    """Which shares count: those of objects that several share, if half of the sources have any; else all.

    Who passes on what others pass on, and how much of it, is a habit of its own, and it goes before how much somebody
    posts. Where few share anything with anybody, though, there would be nobody to compare them with.
    """
    lowest, highest = (np.full(int(objects.max(initial=-1)) + 1, value) for value in (np.iinfo(np.int32).max, -1))
    np.minimum.at(lowest, objects, source)
    np.maximum.at(highest, objects, source)
    several: BOOL = lowest[objects] < highest[objects]
    if 2 * len(distinct(source[several])) >= len(distinct(source)):
        return several
    return np.ones(len(objects), bool)


def _strata(m: Material, u: Units, links: Links, width: str | None) -> Strata:
    if width is None:
        return blocks(u.time, np.diff(links.first) > 0, u.source)
    return choose(m.time[u.document], m.known[u.document], u.source, width)


def _with_others(objects: I64, document: I64, m: Material, busy: BOOL, others: I64 | None) -> tuple[I64, I64]:
    """Objects and documents with an object of its source's own for each further document."""
    if others is None:
        return objects, document
    further = (others >= 0) & (m.known > 0) & busy[m.source]
    further[document] = False
    rest = np.flatnonzero(further)
    keys = np.stack([m.source[rest].astype(np.int64), others[rest]], axis=1)
    own = np.unique(keys, axis=0, return_inverse=True)[1].reshape(-1)
    own += int(objects.max(initial=-1)) + 1
    return np.concatenate([objects, own]), np.concatenate([document, rest])
