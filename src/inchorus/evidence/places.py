"""Where in a recording or on which page a passage stands, for documents whose format says it."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from inchorus.evidence.asking import Query, columns_of

_COLUMNS = ("moments", "pages")  # pairs of a place in the text and a second; places at which pages begin


def add_places(rows: Query, passages: Sequence[dict[str, Any]]) -> None:
    """Give each passage its `moment`, the second of the recording in which it begins to be said, and its `page`.

    None where the document has no such. The address of one with a moment, `url`, leads to it: `…#t=65`.
    """
    for passage in passages:
        passage["moment"] = passage["page"] = None
    there = columns_of(rows, "documents") if passages else []
    columns = [name for name in _COLUMNS if name in there]
    if not columns:
        return
    ids = sorted({passage["doc_id"] for passage in passages})
    some = " OR ".join(f"{name} IS NOT NULL" for name in columns)
    asked = (
        f"SELECT doc_id, {', '.join(columns)} FROM documents "  # noqa: S608 - of constants
        f"WHERE doc_id IN (SELECT unnest($1::VARCHAR[])) AND ({some})"
    )
    known = {row["doc_id"]: {name: _listed(row.get(name)) for name in _COLUMNS} for row in rows(asked, [ids])}
    for passage in passages:
        if (found := known.get(passage["doc_id"])) is None:
            continue
        passage["moment"] = moment(found["moments"], passage["start"])
        passage["page"] = page(found["pages"], passage["start"])
        passage["url"] = address(passage["url"], passage["moment"])


def moment(moments: Sequence[Any], start: int) -> float | None:
    """The second in which what stands at a place is said: of the last pair that is not behind it.

    >>> moment([[0, 1.0], [30, 65.25]], 31), moment([], 31)
    (65.25, None)
    """
    try:
        at = bisect_right([int(pair[0]) for pair in moments], start)
        return float(moments[at - 1][1]) if at else None
    except (TypeError, ValueError, IndexError, KeyError):
        return None  # a column of this name that the input had


def page(pages: Sequence[Any], start: int) -> int | None:
    """The number of the page on which a place is, from 1.

    >>> page([0, 100], 99), page([0, 100], 100), page([], 7)
    (1, 2, None)
    """
    if not pages or pages[0] != 0 or not all(isinstance(place, int) for place in pages):
        return None  # pages of the input, such as those of an article in a journal
    return bisect_right(list(pages), start)


def address(url: str | None, moment: float | None) -> str | None:
    """The address of a recording at a moment of it.

    >>> address("https://tv.example/v?id=7", 65.25), address("https://tv.example/#a", 3.0), address(None, 3.0)
    ('https://tv.example/v?id=7#t=65', 'https://tv.example/#a', None)
    """
    return url if url is None or moment is None or "#" in url else f"{url}#t={int(moment)}"


def clock(moment: float) -> str:
    """A moment of a recording as its players show it.

    >>> clock(65.25), clock(3605)
    ('1:05', '1:00:05')
    """
    minutes, seconds = divmod(int(moment), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _listed(written: Any) -> list[Any]:
    """A column that is a list, or JSON text of one; empty of anything else."""
    if isinstance(written, str):
        try:
            written = json.loads(written)
        except (ValueError, RecursionError):
            written = None
    return written if isinstance(written, list) else []
