"""Whether a wording was copied whole: documents that say nothing else, whose they are, and how soon they came."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

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


def _is_whole(row: Mapping[str, Any], text: str) -> bool:
    left = len(_BESIDE.sub("", text).strip())
    return len(_BESIDE.sub("", text[row["start"] : row["end"]]).strip()) >= WHOLE * left > 0
