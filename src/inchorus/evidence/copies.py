"""Whether a wording was copied whole, and which documents are one text in several names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

SHORT = 400  # characters of a text that may be a post
WHOLE = 0.8  # of a text, links, hashtags and names aside, that the wording makes up
HOUR = 3600  # seconds
_BESIDE = re.compile(r"https?://\S+|[@#]\w+")


def copied_whole(passages: Sequence[Mapping[str, Any]], texts: Mapping[str, str]) -> dict[str, Any] | None:
    """What is said of a talking point half of whose documents are nothing but its wording; None of any other.

    `passages` (rows with doc_id, source, time, time_precision, start and end) come earliest first, `texts` by doc_id.
    `documents` of how many `of`, by how many `sources` and on how many `days`, are nothing but the wording; `soon` of
    these came within an hour of the first, where times are known to the minute. `added` are sources that always said
    more.

    >>> rows = [{"doc_id": d, "source": s, "time": None, "start": 0, "end": 9} for d, s in ("1a", "2b", "3c")]
    >>> copied_whole(rows, {"1": "we march!", "2": "we march! #now", "3": "we march! And we shall win."})
    {'documents': 2, 'of': 3, 'sources': 2, 'days': 0, 'soon': 0, 'added': ['c']}
    """
    known = [row for row in passages if row["doc_id"] in texts]
    whole = [row for row in known if _is_whole(row, texts[row["doc_id"]])]
    if 2 * len({row["doc_id"] for row in whole}) < len({row["doc_id"] for row in known}) or len(whole) < 2:
        return None
    sources = {row["source"] for row in whole}
    times = [row["time"] for row in whole if isinstance(row["time"], datetime)]
    exact = all(row.get("time_precision") in {"second", "minute"} for row in whole)
    return {
        "documents": len({row["doc_id"] for row in whole}),
        "of": len({row["doc_id"] for row in known}),
        "sources": len(sources),
        "days": len({time.date() for time in times}),
        "soon": sum((time - times[0]).total_seconds() <= HOUR for time in times[1:]) if exact else 0,
        "added": sorted({row["source"] for row in known} - sources),
    }


def joint(documents: Sequence[Mapping[str, Any]], texts: Mapping[str, str], least: int = SHORT) -> list[dict[str, Any]]:
    """Documents of several sources that are one text from end to end, of one time, as a joint release is.

    `documents` are rows with doc_id, source, time and time_precision, `texts` go by doc_id; spaces and line ends make
    no difference. What has no time, or is no longer than a post (`least` characters), is left out. Each has its
    `sources`, their `doc_ids`, and the time.

    >>> rows = [{"doc_id": d, "source": s, "time": 1, "time_precision": "day"} for d, s in ("1a", "2b", "3c")]
    >>> joint(rows, {"1": "We march. Join us.", "2": "We march.  Join us.", "3": "We march."}, least=9)
    [{'sources': ['a', 'b'], 'doc_ids': ['1', '2'], 'time': 1, 'time_precision': 'day'}]
    """
    found: dict[tuple[Any, Any, str], dict[str, str]] = {}
    for row in documents:
        if row["time"] is not None and len(texts.get(row["doc_id"], "")) > least:
            key = (row["time"], row["time_precision"], " ".join(texts[row["doc_id"]].split()))
            found.setdefault(key, {})[row["doc_id"]] = row["source"]
    return [
        {"sources": sorted(set(of.values())), "doc_ids": list(of), "time": time, "time_precision": precision}
        for (time, precision, _), of in found.items()
        if len(set(of.values())) > 1
    ]


def said_of_joint(found: Sequence[Mapping[str, Any]], whens: Sequence[str], most: int = 3) -> str:
    """What is said of what `joint` found, `whens` being its times in words; empty where there is nothing.

    >>> said_of_joint([{"sources": ["a", "b"]}], ["1 May 2024"])
    'one text in several names, as a joint release is: a and b, 1 May 2024'
    """
    if not found:
        return ""
    told = []
    for row, when in zip(found[:most], whens, strict=False):
        names = row["sources"]
        listed = ", ".join(names[:5]) + f" and {len(names) - 5:,} more" if len(names) > 6 else _listed(names)
        told.append(f"{listed}, {when}")
    more = f"; {len(found) - most:,} more" if len(found) > most else ""
    return f"one text in several names, as a joint release is: {'; '.join(told)}{more}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _is_whole(row: Mapping[str, Any], text: str) -> bool:
    left = len(_BESIDE.sub("", text).strip())
    return len(_BESIDE.sub("", text[row["start"] : row["end"]]).strip()) >= WHOLE * left > 0
