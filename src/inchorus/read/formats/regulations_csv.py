"""Comments on regulations of the United States in the tables of regulations.gov's bulk downloads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from inchorus.read.formats.comment import (
    FURTHER,
    NO_WORDING,
    NO_WORDS,
    Counted,
    author,
    copies,
    day,
    is_wording,
    text_of,
)
from inchorus.read.formats.each import Made, each_row
from inchorus.read.formats.format import MAPPED, Beginning, DocumentFormat, Found, Passed
from inchorus.read.formats.post import listed

if TYPE_CHECKING:
    from inchorus.read.records import File

_FILES = re.compile(r"\s*[,;|\s]\s*(?=https?://)")


def _looks(begins: Beginning) -> bool:
    return begins.header >= {"Document ID", "Docket ID", "Posted Date", "Comment"}


def read_regulations_csv(file: File) -> Iterator[Found]:
    """Every comment; what else is in the docket is passed."""
    counted = file.tally(Counted)
    yield from each_row(lambda row, _: _comment(row, counted))(file)


def _comment(row: dict[str, str], counted: Counted) -> Made:
    number = row.get("Document ID")
    kind = row.get("Document Type", "")
    if row.get("Is Withdrawn?", "").casefold() in {"true", "yes"}:
        return Passed("comments that were withdrawn")
    if "Comment" not in row and kind and kind != "Public Submission":
        return Passed("documents of the agency, which are no comments")
    files = listed(_FILES.split(row.get("Attachment Files", "")))
    text = text_of(row.get("Comment", ""))
    more = copies(row.get("Duplicate Comments"))
    counted.see(more)
    if not is_wording(text):
        counted.attached += files
        return Passed(NO_WORDING if text or files else NO_WORDS)
    return {
        "id": number,
        "source": author(
            number, row.get("Organization Name"), row.get("First Name"), row.get("Last Name"), row.get("Title")
        ),
        "time": day(row.get("Received Date") or row.get("Posted Date")),
        "text": text,
        "title": row.get("Title"),
        "url": f"https://www.regulations.gov/comment/{number}" if number else None,
        "docket": row.get("Docket ID"),
        "agency": row.get("Agency ID"),
        "comment_on": row.get("Comment on Document ID"),
        "posted": day(row.get("Posted Date")),
        "organization": row.get("Organization Name"),
        "city": row.get("City"),
        "state": row.get("State/Province"),
        "country": row.get("Country"),
        "category": row.get("Category"),
        "duplicates": more,
        "attachments": files,
    }


REGULATIONS_CSV = DocumentFormat(
    name="regulations-csv",
    reads="a comment in a table of the bulk downloads of regulations.gov",
    also=("csv",),
    looks=_looks,
    columns=(*MAPPED, *FURTHER),
    read=read_regulations_csv,
    takes="text from Comment, source from Organization Name or the name, time from Received Date (else Posted Date)",
)
