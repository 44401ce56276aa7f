"""Bills and resolutions of the Congress of the United States, section by section: USLM, and the older XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from inchorus.read.bill_status import Status, status_beside
from inchorus.read.compressed import plain_name
from inchorus.read.formats.format import Broken, Document, Found, Passed
from inchorus.read.records import File
from inchorus.read.written_days import day_in
from inchorus.read.xml_tree import MOST_BYTES, all_found, entity, found, name_of, plain_text, text_at, tree_of

_BODY = (
    "main", "amendMain", "legis-body", "resolution-body", "legisBody", "amendment-body", "engrossed-amendment-body",
)  # fmt: skip
_PREAMBLE = ("preamble",)
_QUOTED = ("quoted-block", "quotedContent", "quotedText")
_APART = frozenset({"longTitle", "enactingFormula", "enacting-clause", "toc", "metadata", "meta", "footnote", "page"})
_STRUCK = frozenset({"del", "deleted-phrase"})
_HEAD = frozenset({"num", "enum", "heading", "header", "subheading"})
_HEADINGS = frozenset({"heading", "header", "subheading"})
_ON = frozenset({"text", "content", "chapeau"})  # go on in the line of their number
_BLOCKS = frozenset(
    """
    section subsection paragraph subparagraph clause subclause item subitem subsubitem division title subtitle part
    subpart chapter subchapter level p block quoted-block quotedContent continuation continuation-text whereas recital
    resolvingClause row tr table list listItem appropriations appropriations-major appropriations-intermediate
    appropriations-small appropriations-para
    """.split()
)
_NAMED = re.compile(r"(\d{2,3}) ?(h|hr|hres|hjres|hconres|s|sres|sjres|sconres) ?(\d+) ?([a-z]{2,4}\d?)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:SECTION|SEC\.?|§)?\s*([\w.\-–]+?)\.?\s*$", re.IGNORECASE)


class _Bill(NamedTuple):
    name: str | None  # 116hr1010
    version: str | None  # rh
    title: str | None
    time: str | None
    sponsor: str | None
    sponsor_id: str | None
    cosponsors: list[str]
    chamber: str | None


def read_bill(file: File) -> Iterator[Found]:
    """Every section of a bill, by its sponsor; what stands in no section, as a preamble does, by itself."""
    with file.stream() as stream:
        root = tree_of(stream.read(MOST_BYTES + 1))
    if isinstance(root, Broken):
        yield root
        return
    bill = _about(file, root)
    status = status_beside(file.input.path, bill.name) or Status()
    bodies = all_found(root, *_BODY, *_PREAMBLE)
    outer = [
        body for body in bodies if not any(name_of(above) in (*_BODY, *_PREAMBLE) for above in body.iterancestors())
    ]
    place = file.place.as_posix()
    n = 0
    for part in (part for body in outer for part in _parts(body)):
        n += 1
        text = "\n".join(line for line in _lines(part) if line)
        if not text:
            yield Passed("sections without words")
            continue
        number = found(part, "num", "enum") if name_of(part) == "section" else None
        match = _NUMBER.match(plain_text(number)) if number is not None else None
        yield Document(
            {
                "id": f"{place}#{n}",
                "source": status.sponsor or bill.sponsor or bill.chamber or bill.name or place,
                "time": bill.time,
                "text": text,
                "title": bill.title,
                "bill": bill.name,
                "version": bill.version,
                "section": match[1] if match else None,
                "heading": text_at(part, "heading", "header"),
                "sponsor_id": status.sponsor_id or bill.sponsor_id,
                "cosponsors": status.cosponsors or bill.cosponsors,
                "related": status.related,
            }
        )
    if not n:
        yield Broken("a bill without a body", "fetch its full text again")


def _about(file: File, root: Any) -> _Bill:
    title = text_at(root, "officialTitle", "official-title") or text_at(root, "title")
    stem = PurePosixPath(plain_name(file.place.name)).stem
    said = [plain_text(one) for one in all_found(root, "citableAs", "title")[:6]]
    named = next((match for text in [stem, *said] if (match := _NAMED.search(text.replace(".", "")))), None)
    preface = found(root, "preface", "amendPreface", "form")
    preface = root if preface is None else preface
    sponsor = found(preface, "sponsor")
    who = sponsor.get("bioGuideId") or sponsor.get("name-id") if sponsor is not None else None
    chamber = text_at(preface, "currentChamber", "current-chamber") or ""
    return _Bill(
        name=f"{named[1]}{named[2]}{named[3]}".lower() if named else None,
        version=named[4].lower() if named else None,
        title=title,
        time=_time(root, preface),
        sponsor=plain_text(sponsor) if sponsor is not None else None,
        sponsor_id=who,
        cosponsors=list(dict.fromkeys(plain_text(one) for one in all_found(preface, "cosponsor"))),
        chamber="Senate" if "SENATE" in chamber.upper() else "House" if chamber else None,
    )


def _time(root: Any, preface: Any) -> str | None:
    """The day of the last dated action, which made this version; else the day that the file says."""
    days = [
        day
        for one in all_found(preface, "date", "action-date", "actionDate")
        if (day := _day(one.get("date") or "") or day_in(plain_text(one)))
    ]
    return max(days) if days else _day(text_at(root, "date") or "")


def _day(text: str) -> str | None:
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if re.fullmatch(r"\d{8}", text) else day_in(text)


def _parts(body: Any) -> Iterator[Any]:
    """The sections of a body, and what of it stands in no section."""
    if name_of(body) in _PREAMBLE:
        yield body
        return
    for child in body:
        name = name_of(child)
        if not name or name in _APART or name in _HEAD:
            continue
        if name == "section" or not _holds_sections(child):
            yield child
        else:
            if (child.text or "").strip():
                # what an amendment does with the sections that it brings: strike out and insert
                lead = child.makeelement(child.tag)
                lead.text = child.text
                yield lead
            yield from _parts(child)


def _holds_sections(element: Any) -> bool:
    """Whether there are sections in it that are its own, not those of the law that it amends."""
    return any(
        not any(name_of(above) in _QUOTED for above in section.iterancestors())
        for section in all_found(element, "section")
    )


def _lines(element: Any) -> list[str]:
    """Its text: each paragraph and heading on a line, behind its number."""
    lines: list[str] = [""]

    def put(text: str) -> None:
        lines[-1] += text

    def walk(node: Any) -> None:
        name = name_of(node)
        if not name:
            put(entity(node))
            return
        if name in _APART or name in _STRUCK or node.get("reported-display-style") == "strikethrough":
            return
        before = node.getprevious()
        if name in _BLOCKS or (name in _ON and before is not None and name_of(before) in _HEADINGS):
            lines.append("")
        put(node.text or "")
        for child in node:
            walk(child)
            put(child.tail or "")
        if name in _HEAD:
            put(" ")

    walk(element)
    return [" ".join(line.split()) for line in lines]
