"""Comments on regulations of the United States as the interface of regulations.gov, v4, gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

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
from inchorus.read.formats.each import Made, each_object
from inchorus.read.formats.format import MAPPED, Beginning, Broken, DocumentFormat, Found, Passed
from inchorus.read.formats.post import dicts, first, inner, listed, plain

if TYPE_CHECKING:
    from inchorus.read.records import File

_COMMENT = re.compile(r'"type"\s*:\s*"(?:comments|documents)"')
_ATTRIBUTES = re.compile(r'"(?:docketId|agencyId|commentOnDocumentId|objectId)"\s*:')


def _looks(begins: Beginning) -> bool:
    if not begins.keys & {"data", "id", "type", "attributes", "included"}:
        return False
    return _COMMENT.search(begins.text) is not None and _ATTRIBUTES.search(begins.text) is not None


def read_regulations(file: File) -> Iterator[Found]:
    """Every comment of the file; entries of lists have none of the words."""
    counted = file.tally(Counted)
    yield from each_object(lambda value: _found(value, counted))(file)


def _found(value: dict[str, Any], counted: Counted) -> Iterator[Made]:
    inside, beside = value.get("data"), dicts(value.get("included"))
    if not isinstance(inside, dict | list):
        inside = value
    for one in inside if isinstance(inside, list) else [inside]:
        if isinstance(one, dict) and isinstance(one.get("attributes"), dict):
            own = beside if isinstance(inside, dict) else _own(one, beside)
            yield _comment(one, [*own, *dicts(one.get("included"))], counted)
        else:
            yield Broken("no comment: it has no attributes", "leave it out", repr(one)[:200])


def _own(value: dict[str, Any], beside: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = {plain(one.get("id")) for one in dicts(inner(value, "relationships", "attachments", "data"))}
    return [one for one in beside if plain(one.get("id")) in ids]


def _comment(value: dict[str, Any], beside: list[dict[str, Any]], counted: Counted) -> Made:
    said, number = value["attributes"], plain(value.get("id"))
    if (
        value.get("type") == "documents"
        or (plain(said.get("documentType")) or "Public Submission") != "Public Submission"
    ):
        return Passed("documents of the agency, which are no comments")
    if said.get("withdrawn") is True:
        return Passed("comments that were withdrawn")
    if "comment" not in said:
        return Passed("entries of lists, which have no words of the comment: each is to be fetched by its id")
    files = listed(plain(one.get("fileUrl")) or "" for attached in beside for one in _formats(attached))
    text = text_of(plain(said.get("comment")) or "")
    more = copies(said.get("duplicateComments"))
    counted.see(more)
    if not is_wording(text):
        counted.attached += files or ([number] if number and text else [])
        return Passed(NO_WORDING if text or files else NO_WORDS)
    name = said.get("organization")
    return {
        "id": number,
        "source": author(number, name, said.get("firstName"), said.get("lastName"), said.get("title")),
        "time": day(first(said, "receiveDate", "postedDate")),
        "text": text,
        "title": plain(said.get("title")),
        "url": f"https://www.regulations.gov/comment/{number}" if number else None,
        "docket": plain(said.get("docketId")),
        "agency": plain(said.get("agencyId")),
        "comment_on": plain(first(said, "commentOnDocumentId", "commentOn")),
        "posted": day(said.get("postedDate")),
        "organization": plain(name),
        "city": plain(said.get("city")),
        "state": plain(said.get("stateProvinceRegion")),
        "country": plain(said.get("country")),
        "category": plain(said.get("category")),
        "duplicates": more,
        "attachments": files,
    }


def _formats(attached: dict[str, Any]) -> list[dict[str, Any]]:
    return dicts(inner(attached, "attributes", "fileFormats"))


REGULATIONS = DocumentFormat(
    name="regulations",
    reads="a comment as the interface of regulations.gov (v4) gives it: one a file, one a line or in an array",
    also=("json", "jsonl", "ndjson"),
    looks=_looks,
    columns=(*MAPPED, *FURTHER),
    read=read_regulations,
    takes="text from comment, source from organization or the name, time from receiveDate (else postedDate)",
)
