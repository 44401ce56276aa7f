"""What one source does once: the unit whose source the null model of shared objects exchanges."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F64, I32, I64
from inchorus.relate.sorted_arrays import in_order


class Units(NamedTuple):
    """Units of sources, and what they hold.

    By unit: `source`, `time` (seconds) and `document`. In parallel, in order of object and time: `object`, `unit`.
    """

    source: I32
    time: F64
    document: I64
    object: I32
    unit: I64


def units(objects: I32, document: I64, source: I32, time: F64) -> Units:
    """The units of shares (`objects`, `document` in parallel); `source` and `time` in seconds are by document.

    What a source has shared before it does not share anew. So a unit is a document together with all that only repeats
    it: it holds the objects that its source had not shared before, and its time is when it began. A row that was
    exported twice, a post and its copy, a link posted again and again are one unit.

    >>> s = np.array([0, 0, 1], np.int32)
    >>> u = units(np.array([0, 0, 0], np.int32), np.array([0, 1, 2]), s, np.array([0.0, 90.0, 95.0]))
    >>> u.document.tolist(), u.time.tolist()
    ([0, 2], [0.0, 95.0])
    """
    users, when = source[document], time[document]
    by = in_order(objects, users, when, document)
    which, who, held = objects[by], users[by], document[by]
    new = np.ones(len(by), bool)
    new[1:] = (which[1:] != which[:-1]) | (who[1:] != who[:-1])
    used, unit = np.unique(held[new], return_inverse=True)
    order = in_order(which[new], time[used][unit], unit)
    return Units(source[used], time[used], used, which[new][order], unit[order].astype(np.int64))
