"""Tables of posts that CrowdTangle exported: of Facebook's pages and groups, and of Instagram."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inchorus.read.formats.each import Made, each_row
from inchorus.read.formats.format import MAPPED, Beginning, DocumentFormat, later
from inchorus.read.formats.post import POST, first, listed

if TYPE_CHECKING:
    from inchorus.read.records import File

_two_meanings = later("inchorus.read.zones:has_two_meanings")
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[.,'’\s](?=\d{3}(?!\d))")
_NAMES = ("Page Name", "Group Name", "Account", "User Name")
FURTHER = (
    "source_id", "user_name", "url", "title", "image_text", "link_text", "link_description", "type", "category",
    "country", "interactions",
)  # fmt: skip


def _looks(begins: Beginning) -> bool:
    header = begins.header
    created = "Post Created" in header or {"Created", "Total Interactions"} <= header  # until 2020 "Created"
    return created and "URL" in header and any(name in header for name in _NAMES)


def _post(row: dict[str, str], file: File) -> Made:
    facebook = "Message" in row or "Facebook Id" in row
    text = row.get("Message") if facebook else first(row, "Description", "Title")
    url = row.get("URL")
    return {
        "id": url,
        "platform": "facebook" if facebook else "instagram",
        "source": first(row, *_NAMES),
        "source_id": row.get("Facebook Id"),
        "user_name": row.get("User Name"),
        "time": _time(first(row, "Post Created", "Created"), file.options.timezone),
        "text": text or "",
        "url": url,
        "title": row.get("Title"),
        "image_text": row.get("Image Text"),
        "link_text": row.get("Link Text"),
        "link_description": row.get("Description") if facebook else None,
        "type": row.get("Type"),
        "category": row.get("Page Category"),
        "country": row.get("Page Admin Top Country"),
        "interactions": _count(row.get("Total Interactions")),
        "links": listed(one for one in [first(row, "Final Link", "Link")] if one != url),
    }


def _count(written: str | None) -> int | str | None:
    """A count, in whatever way its thousands are set off; what is none as it stands there."""
    bare = _BETWEEN_THOUSANDS.sub("", (written or "").strip())
    return int(bare) if bare.isascii() and bare.isdecimal() and len(bare) < 16 else written


def _time(written: str | None, zone: str | None) -> str | None:
    """The time as it stands there; where its zone has two meanings, without that if the user names the zone."""
    clock, _, name = (written or "").strip().rpartition(" ")
    return clock if zone is not None and _two_meanings(name) else written


CROWDTANGLE = DocumentFormat(
    name="crowdtangle",
    reads="a post of Facebook or Instagram in a table that CrowdTangle exported",
    also=("csv",),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=each_row(_post),
    takes="text from Message or Description, source from Page Name, Group Name or Account, time from Post Created",
)
