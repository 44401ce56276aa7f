"""Zones of time: names that mean one offset, and local times of a place as UTC."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import UsageError, nearest

_MINUTE_US = 60_000_000
# Minutes ahead of UTC of names that mean one zone. docs/formats.md lists them.
ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180,
    "MSK": 180, "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540,
    "AKDT": -480, "HST": -600, "NZST": 720, "NZDT": 780, "AEST": 600, "AEDT": 660, "ACST": 570, "ACDT": 630,
    "AWST": 480, "JST": 540, "KST": 540, "HKT": 480, "SGT": 480, "PKT": 300, "SAST": 120, "WAT": 60, "CAT": 120,
    "EAT": 180,
}  # fmt: skip
# of America or China; of India, Israel or Ireland; of Britain or Bangladesh; and so on
TWO_MEANINGS = ("CST", "IST", "BST", "AST", "ADT", "GST", "SST", "AMT", "ECT", "WST")
# What RFC 2822 says of a name that has two meanings elsewhere holds in its own way of writing only.
RFC_2822 = {**ZONES, "CST": -360}
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d\d?)(?::?(\d\d))?", re.IGNORECASE)


class Local(NamedTuple):
    """Local times as UTC; `never`: the clocks skipped it; `twice`: they had it twice, the first is meant."""

    micros: npt.NDArray[np.int64]
    never: npt.NDArray[np.bool_]
    twice: npt.NDArray[np.bool_]


def has_two_meanings(name: str) -> bool:
    """Whether a name means several zones.

    >>> has_two_meanings("cst"), has_two_meanings("EST")
    (True, False)
    """
    return name.upper() in TWO_MEANINGS


def check_zone(name: str) -> None:
    """Raise UsageError where a name is neither one of the IANA database nor an offset, or means several zones.

    >>> check_zone("Europe/Berlin"), check_zone("-05:00")
    (None, None)
    """
    if fixed_offset(name) is not None:
        return
    if has_two_meanings(name):
        raise UsageError(
            f"--timezone {name!r} is the name of more than one zone",
            fix="name a place, such as America/Chicago or Asia/Shanghai, or an offset as -06:00",
        )
    try:
        pc.assume_timezone(pa.array([0], pa.timestamp("us")), name)
    except (pa.ArrowException, OSError) as e:
        from zoneinfo import available_timezones

        hint = nearest(name, available_timezones())
        raise UsageError(
            f"--timezone {name!r} is not known",
            fix=hint or "use a name such as America/New_York, or an offset as -05:00",
        ) from e


def fixed_offset(name: str) -> int | None:
    """Minutes ahead of UTC of an offset; None where it is none.

    >>> fixed_offset("+05:30"), fixed_offset("UTC"), fixed_offset("Europe/Berlin")
    (330, 0, None)
    """
    if name.upper() in {"Z", "UTC", "GMT"}:
        return 0
    match = _OFFSET.fullmatch(name)
    if match is None or int(match[2]) > 15 or int(match[3] or 0) > 59:
        return None
    minutes = 60 * int(match[2]) + int(match[3] or 0)
    return -minutes if match[1] == "-" else minutes


def to_utc(local: npt.NDArray[np.int64], zone: str | None) -> Local:
    """Microseconds of local clocks as UTC; without a zone they are UTC already.

    >>> clocks = np.array(["2024-03-31T01:30", "2024-03-31T02:30", "2024-10-27T02:30"], "datetime64[us]")
    >>> utc = to_utc(clocks.astype(np.int64), "Europe/Berlin")
    >>> utc.micros[[0, 2]].astype("datetime64[us]").tolist(), utc.never.tolist(), utc.twice.tolist()
    ([datetime.datetime(2024, 3, 31, 0, 30), datetime.datetime(2024, 10, 27, 0, 30)], [False, True, False], \
[False, False, True])
    """
    no = np.zeros(len(local), np.bool_)
    if zone is None or not len(local):
        return Local(local, no, no)
    minutes = fixed_offset(zone)
    if minutes is not None:
        return Local(local - minutes * _MINUTE_US, no, no)
    clocks = pa.array(local).cast(pa.timestamp("us"))
    early = pc.assume_timezone(clocks, zone, ambiguous="earliest", nonexistent="earliest")
    late = pc.assume_timezone(clocks, zone, ambiguous="latest", nonexistent="latest")
    first, last = (np.asarray(x.cast(pa.int64())) for x in (early, late))
    never = np.asarray(pc.local_timestamp(early).cast(pa.int64())) != local
    return Local(first, never, (first != last) & ~never)
