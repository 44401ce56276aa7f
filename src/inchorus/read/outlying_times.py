"""Times that lie far from the rest: they decide who is first, and often stand for no time at all."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from inchorus.read.times import DAY_US, NONE, Times

# As Excel's day 0 and the first second of Unix do from any run of posts; beside these, from what the rest spans.
LEAST_YEARS = 5
SPANS = 10
# More than a quarter are no few.
FEW = 0.25
_LEAST = 4
# Years that texts are usually from: 2016 is 1395 in Iran, 1438 in the Islamic calendar, 2559 in Thailand.
GREGORIAN = (1500, 2200)
_SHOWN = 3


def far_from_the_rest(times: Times) -> list[str]:
    """A note, if a few times lie further from the middle half of all than ten times its span, and than five years.

    >>> days = np.array(["1970-01-01", "2024-05-01", "2024-05-02", "2024-05-03", "2024-05-09"], "datetime64[D]")
    >>> known = Times(days.astype("datetime64[us]").astype(np.int64), np.full(5, 3, np.int8), np.zeros(5, bool))
    >>> far_from_the_rest(known)
    ['1 of 5 times lies far from the rest, and decides who is first or last: 1970-01-01; leave it empty if it stands \
for no time']
    """
    known = np.sort(times.micros[times.precision != NONE])
    if not len(known):
        return []
    year = int(str(known[len(known) // 2].astype("datetime64[us]").astype("datetime64[Y]")))
    said = []
    if not GREGORIAN[0] <= year <= GREGORIAN[1]:
        said.append(
            f"the times lie about the year {year}: if that is of another calendar (Persian, Islamic, Buddhist, "
            "Hebrew), write them in that of ISO 8601"
        )
    far = far_times(known)
    if len(known) < _LEAST or not len(far):
        return said
    days = list(dict.fromkeys(str(d) for d in far.astype("datetime64[us]").astype("datetime64[D]")))
    shown = ", ".join(days[:_SHOWN]) + (" …" if len(days) > _SHOWN else "")
    does, it = ("lies", "it") if len(far) == 1 else ("lie", "them")
    decides, stands = ("decides", "it stands") if len(far) == 1 else ("decide", "they stand")
    return [
        *said,
        f"{len(far):,} of {len(known):,} times {does} far from the rest, and {decides} who is first or last: {shown}; "
        f"leave {it} empty if {stands} for no time",
    ]


def far_times(known: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Those of sorted times, in microseconds, that lie far from the rest; none where they are no few."""
    low = int(known[int(np.ceil((len(known) - 1) * 0.25))])
    high = int(known[int((len(known) - 1) * 0.75)])
    reach = max(SPANS * (high - low), LEAST_YEARS * 365 * DAY_US)
    # in floating point, as ten times a span of ten thousand years does not fit
    away = np.maximum(low - known.astype(np.float64), known.astype(np.float64) - high) > reach
    far = known[away]
    return far if len(far) <= FEW * len(known) else far[:0]
