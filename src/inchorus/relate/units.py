"""What one source does once: the unit whose source the null model of shared objects exchanges."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.kernel import F64, I32, I64

PAUSE = 12 * 3600.0


class Units(NamedTuple):
    """Units of sources, and what they hold.

    By unit: `source`, `time` (seconds) and `document`. In parallel, in order of object and time: `object`, `unit`.
    """

    source: I32
    time: F64
    document: I64
    object: I32
    unit: I64


def units(objects: I32, document: I64, source: I32, time: F64, window: float, pause: float = PAUSE) -> Units:
    """The units of shares (`objects`, `document` in parallel); `source` and `time` in seconds are by document.

    A source that shares an object again, less than `pause` seconds (`window`, if that is more) after it last did, does
    nothing new. So a unit is a document together with all that only repeats it: it holds the objects that its source
    had not shared for so long, and its time is when it began. A row that was exported twice, a post and its copy, a
    link posted again and again are one unit. What nobody else ever shares is the source's own, and one unit
    however often it is repeated.

    >>> s = np.array([0, 0, 1], np.int32)
    >>> u = units(np.array([0, 0, 0], np.int32), np.array([0, 1, 2]), s, np.array([0.0, 90.0, 95.0]), 10.0)
    >>> u.document.tolist(), u.time.tolist()
    ([0, 2], [0.0, 95.0])
    """
    n = len(objects)
    users, when = source[document], time[document]
    by = np.lexsort((document, when, users, objects))
    which, who, held, begin = objects[by], users[by], document[by], when[by]
    lowest, highest = (np.full(int(objects.max(initial=-1)) + 1, value) for value in (np.iinfo(np.int32).max, -1))
    np.minimum.at(lowest, which, who)
    np.maximum.at(highest, which, who)
    shared = lowest[which] < highest[which]
    new = np.ones(n, bool)
    again = shared[1:] & (begin[1:] > begin[:-1] + max(pause, window))
    new[1:] = (which[1:] != which[:-1]) | (who[1:] != who[:-1]) | again
    used, unit = np.unique(held[new], return_inverse=True)
    order = np.lexsort((unit, time[used][unit], which[new]))
    return Units(source[used], time[used], used, which[new][order], unit[order].astype(np.int64))
