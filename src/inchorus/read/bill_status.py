"""What GPO's BILLSTATUS says of a bill: its sponsors, its related bills and their kind, its summaries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import lxml.html

from inchorus.read.formats.format import Broken, Document, Found, Passed
from inchorus.read.records import File
from inchorus.read.xml_tree import MOST_BYTES, all_found, found, name_of, plain_text, text_at, tree_of

SUMMARIES = "Congressional Research Service"


@dataclass(frozen=True)
class Status:
    """Who brought a bill in and with whom, and the bills that are related to it."""

    bill: str | None = None
    title: str | None = None
    sponsor: str | None = None
    sponsor_id: str | None = None
    cosponsors: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)


def read_bill_status(file: File) -> Iterator[Found]:
    """Every summary of a bill as a document by those who write them; its bill without one is counted."""
    with file.stream() as stream:
        root = tree_of(stream.read(MOST_BYTES + 1))
    if isinstance(root, Broken):
        yield root
        return
    status = _status(root)
    bill = found(root, "bill")
    summaries = next((one for one in (root if bill is None else bill) if name_of(one) == "summaries"), None)
    told = (
        [one for one in all_found(summaries, "summary", "item") if text_at(one, "text")]
        if summaries is not None
        else []
    )
    if not told:
        yield Passed("bills without a summary")
    for n, one in enumerate(told, 1):
        yield Document(
            {
                "id": f"{file.place.as_posix()}#{n}",
                "source": SUMMARIES,
                "time": text_at(one, "actionDate"),
                "text": _without_tags(text_at(one, "text") or ""),
                "title": status.title,
                "bill": status.bill,
                "sponsor": status.sponsor,
                "sponsor_id": status.sponsor_id,
                "cosponsors": status.cosponsors,
                "related": status.related,
                "versions": status.versions,
            }
        )


def status_beside(path: Path, bill: str | None) -> Status | None:
    """What the file `BILLSTATUS-116hr1010.xml` in the folder of a bill says of it; None where there is none."""
    beside = path.with_name(f"BILLSTATUS-{bill}.xml") if bill else None
    if beside is None or not beside.is_file() or beside.stat().st_size > MOST_BYTES:
        return None
    return _read(beside)


@lru_cache(16)
def _read(path: Path) -> Status | None:
    root = tree_of(path.read_bytes())
    return None if isinstance(root, Broken) else _status(root)


def _status(root: Any) -> Status:
    bill = found(root, "bill")
    bill = root if bill is None else bill
    own = {name_of(child): plain_text(child) for child in bill if name_of(child)}
    # amendments have sponsors of their own, and in older files stand before those of the bill
    parts = {name_of(child): child for child in bill}
    sponsors, cosponsors = parts.get("sponsors"), parts.get("cosponsors")
    related, versions = parts.get("relatedBills"), parts.get("textVersions")
    return Status(
        bill=_named(
            own.get("congress"), own.get("type") or own.get("billType"), own.get("number") or own.get("billNumber")
        ),
        title=own.get("title") or None,
        sponsor=text_at(sponsors, "fullName") if sponsors is not None else None,
        sponsor_id=text_at(sponsors, "bioguideId") if sponsors is not None else None,
        cosponsors=[name for one in _items(cosponsors) if (name := _stands(one))],
        related=[line for one in _items(related) if (line := _relation(one))],
        versions=[f"{text_at(one, 'type')} {(text_at(one, 'date') or '')[:10]}".strip() for one in _items(versions)],
    )


def _stands(cosponsor: Any) -> str | None:
    """The name of a cosponsor; None of who withdrew."""
    return None if text_at(cosponsor, "sponsorshipWithdrawnDate") else text_at(cosponsor, "fullName")


def _relation(item: Any) -> str | None:
    own = {name_of(child): plain_text(child) for child in item if name_of(child)}
    name = _named(own.get("congress"), own.get("type"), own.get("number"))
    details = found(item, "relationshipDetails")
    kinds = [plain_text(one) for one in all_found(details, "type")] if details is not None else []
    return f"{name}: {', '.join(dict.fromkeys(kinds))}" if name else None


def _items(element: Any) -> list[Any]:
    return [child for child in element if name_of(child) == "item"] if element is not None else []


def _named(congress: str | None, kind: str | None, number: str | None) -> str | None:
    # H.R. or HR
    return re.sub(r"\W", "", f"{congress}{kind}{number}").lower() if congress and kind and number else None


def _without_tags(text: str) -> str:
    """A summary, which is HTML, as text: paragraphs on lines."""
    body = lxml.html.fromstring(f"<div>{text}</div>")
    for one in body.iter("p", "li", "br", "div"):
        one.tail = "\n" + (one.tail or "")
    lines = (" ".join(line.split()) for line in re.split(r"\n", body.text_content()))
    return "\n".join(line for line in lines if line)
