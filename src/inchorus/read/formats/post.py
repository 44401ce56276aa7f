"""What posts of all platforms have in common: their columns, times as counts, lists of what a text links to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

# columns that posts have besides those of every document, where the platform says them
POST = ("platform", "repost_of", "links", "hashtags", "mentions")
_LATEST = datetime(2200, 1, 1, tzinfo=UTC).timestamp()


def moment(value: Any) -> Any:
    """A count of seconds since 1970, or of parts of them, as a time in UTC; None of nothing, anything else as it is.

    >>> moment("1714566605"), moment(1714566605000), moment("May"), moment("")
    ('2024-05-01T12:30:05+00:00', '2024-05-01T12:30:05+00:00', 'May', None)
    """
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        seconds = float(value)
    except (TypeError, ValueError, OverflowError):
        return value
    for _ in range(3):
        if seconds > _LATEST:
            seconds /= 1000
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return value


def joined(between: str, *parts: Any) -> str | None:
    """The parts as one id; None where the last is not there.

    >>> joined("/", 12, "7"), joined("/", None, 7), joined("/", 12, None)
    ('12/7', '7', None)
    """
    if parts[-1] is None or parts[-1] == "":
        return None
    return between.join(str(part) for part in parts if part is not None and part != "")


def first(values: Mapping[str, Any], *names: str) -> Any:
    """The first value that is there under one of the names.

    >>> first({"a": "", "b": 0, "c": 1}, "a", "b", "c")
    0
    """
    return next((values[name] for name in names if values.get(name) not in (None, "", [], {})), None)


def inner(value: Any, *path: str) -> Any:
    """What stands inside objects under names, one inside the other; None where it is not there.

    >>> inner({"user": {"id": 7}}, "user", "id"), inner({"user": None}, "user", "id")
    (7, None)
    """
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects in a list, or the one object; none of anything else."""
    if isinstance(value, dict):
        return [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def plain(value: Any) -> str | None:
    """A name or a number as text; None of anything else.

    >>> plain(12), plain("a"), plain({"a": 1}), plain("")
    ('12', 'a', None, None)
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
        return None
    return str(value)


def listed(values: Iterable[Any]) -> list[str]:
    """The values that are text, each once, in their order.

    >>> listed(["#a", None, "#a", "", "#b"])
    ['#a', '#b']
    """
    return list(dict.fromkeys(value for value in values if isinstance(value, str) and value))
