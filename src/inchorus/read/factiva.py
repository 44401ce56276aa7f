"""Articles in an export of Factiva, from HTML or rich text, with the letters of its index or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import lxml.html

from inchorus.read.formats.format import Broken, Document, Found, Passed
from inchorus.read.written_days import day_in, time_said

IN_PAGE = re.compile(rb"class\s*=\s*[\"']article [a-z]{2}Article")
_CLASS = re.compile(r"article ([a-z]{2})Article")
# `Document LBA0000020240501ek51001ab`, in the language of who exports: letters of the source, day, number
_ENDS = re.compile(r"[^\W\d_]{2,12}[:：]?\s+([A-Z][A-Z0-9]{2,11}(?:19|20)\d{6}[a-z0-9]{5,12})$")
_WORDS = re.compile(r"[\d.,\s]*\d\s+[^\W\d_]{1,12}$")  # 952 words, in any language
_HEADLINE = ".//*[contains(concat(' ', substring(@class, 3), ' '), 'Headline ')]"  # enHeadline
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?:\s*[AP]M)?$", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:Copyright|©|\(c\)|Copr\.|All rights reserved)", re.IGNORECASE)
_TAG = re.compile(
    r"(HD|BY|CR|WC|PD|ET|SN|SC|SE|ED|PG|VOL|LA|CY|LP|TD|CLM|CO|IN|NS|RE|IPC|IPD|PUB|AN|RF|ART|CT)(?:[\s|]+(.*))?$"
)
_FIX = "download it from Factiva again, with full articles"
_REACH = 12  # lines that a head has behind its date, at most


def articles_in_page(place: str, page: str) -> Iterator[Found]:
    """The articles of a saved page of Factiva."""
    tree = lxml.html.fromstring(page)
    for n, article in enumerate(tree.xpath("//div[starts-with(@class, 'article ')]"), 1):
        language = _CLASS.match(article.get("class", ""))
        if language is None:
            continue
        tags = _tags_of(article)
        if tags:
            yield _of_tags(f"{place}#{n}", tags, language[1])
            continue
        paragraphs = [_text(p) for p in article.xpath(".//p[contains(@class, 'articleParagraph')]")]
        head = [_text(div) for div in article.xpath(".//div[not(.//div)]")]
        ends = [match[1] for p in article.xpath(".//p") if (match := _ENDS.match(_text(p)))]
        title = next((text for one in article.xpath(_HEADLINE) if (text := _text(one))), None)
        author = next((text for one in article.xpath(".//div[@class='author']") if (text := _text(one))), None)
        lines = [line for line in head if line]
        yield _of_lines(f"{place}#{n}", lines, paragraphs, language[1], ends[-1] if ends else None, title, author)


def is_factiva(lines: Sequence[str]) -> bool:
    """Whether these are the lines of an export as rich text.

    >>> is_factiva(["Rain", "2 words", "1 May 2024", "News", "N", "Rain fell.", "Document NEWS000020240501ek510001"])
    True
    """
    return any(_ENDS.match(line.strip()) for line in lines) and any(
        (_WORDS.match(a.strip()) and day_in(b) is not None) or _tag(a) in {"HD", "WC"} for a, b in pairwise(lines)
    )


def factiva_articles(place: str, lines: Sequence[str]) -> Iterator[Found]:
    """The articles in the lines of an export as rich text."""
    block: list[str] = []
    n = 0
    for raw in lines:
        line = raw.replace("\xa0", " ").strip()
        end = _ENDS.match(line)
        if end is None:
            block.append(line)
            continue
        n += 1
        full = [text for text in block if text]
        block = []
        if sum(_tag(text) is not None for text in full) > 3:
            yield _of_tags(f"{place}#{n}", _gathered(full), None, end[1])
        else:
            yield _split(f"{place}#{n}", full, end[1])
    rest = [text for text in block if text]
    if any(_WORDS.match(text) for text in rest):
        yield Broken("an article without its end: the file was cut", _FIX, rest[0])
    elif rest:
        yield Passed("lines behind the last article, such as the summary of the search")


def _split(id_: str, lines: list[str], number: str) -> Found:
    """An article whose head and text are lines alike."""
    dated = next((i for i in range(1, len(lines)) if _WORDS.match(lines[i - 1]) and day_in(lines[i])), None)
    if dated is None:
        return Broken("an article without number of words and date", _FIX, "\n".join(lines[:10]))
    reach = min(len(lines), dated + 1 + _REACH)
    rights = [i for i in range(dated + 1, reach) if _RIGHTS.match(lines[i])]
    behind = dated + 1 + bool(dated + 1 < len(lines) and _CLOCK.match(lines[dated + 1]))
    # without a notice of rights: outlet, its letters and the language
    start = rights[-1] + 1 if rights else min(behind + 3, len(lines))
    return _of_lines(id_, lines[:start], lines[start:], None, number)


def _of_lines(
    id_: str,
    head: list[str],
    paragraphs: list[str],
    language: str | None,
    number: str | None,
    title: str | None = None,
    author: str | None = None,
) -> Found:
    """An article of the lines of its head; pages mark the title and the author, and may have a section above them."""
    dated = next((i for i in range(len(head)) if day_in(head[i]) and len(head[i]) <= 40), None)
    if dated is None or not head:
        return Broken("an article without a date", _FIX, "\n".join(head[:10]))
    words = dated - 1 if dated and _WORDS.match(head[dated - 1]) else dated
    clock = dated + 1 if dated + 1 < len(head) and _CLOCK.match(head[dated + 1]) else None
    outlet = (clock or dated) + 1
    if outlet >= len(head):
        return Broken("an article without an outlet", _FIX, "\n".join(head[:10]))
    above = head[:words]
    if title is None:
        title = above[0] if above else None
        author = next((line for line in above[1:] if line), None) if len(above) > 1 else None
    text = "\n".join(p for p in paragraphs if p and not _ENDS.match(p))
    if not text:
        return Passed("articles without their text")
    said = f"{head[dated]} {head[clock]}" if clock is not None else head[dated]
    return _document(id_, title, head[outlet], time_said(said), text, author, language, number)


def _of_tags(id_: str, tags: dict[str, str], language: str | None, number: str | None = None) -> Found:
    if not tags.get("SN") or day_in(tags.get("PD", "")) is None:
        return Broken("an article without outlet (SN) or date (PD)", _FIX, str(tags)[:500])
    text = "\n".join(part for part in (tags.get("LP"), tags.get("TD")) if part)
    if not text:
        return Passed("articles without their text")
    time = time_said(f"{tags['PD']} {tags.get('ET', '')}")
    found = _ENDS.match(tags.get("AN", ""))
    return _document(
        id_, tags.get("HD"), tags["SN"], time, text, tags.get("BY"), language, number or (found[1] if found else None)
    )


def _document(
    id_: str,
    title: str | None,
    source: str,
    time: str | None,
    text: str,
    author: str | None,
    language: str | None,
    number: str | None,
) -> Document:
    by = re.sub(r"^(?:By|Von|Par|Por|Di|Door)\s+", "", author or "", flags=re.IGNORECASE)
    values = {"id": id_, "source": source, "time": time, "text": text, "title": title}
    return Document(values | {"author": by or None, "language": language, "number": number})


def _tags_of(article: Any) -> dict[str, str]:
    """The values of the table in which an article stands with its index."""
    found: dict[str, str] = {}
    for row in article.xpath(".//tr"):
        cells = row.xpath("./td|./th")
        if len(cells) >= 2 and (tag := _tag(_text(cells[0]))):
            paragraphs = [_text(p) for p in cells[1].xpath(".//p")]
            found[tag] = "\n".join(p for p in paragraphs if p) or _text(cells[1])
    return found


def _gathered(lines: list[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    tag = None
    for line in lines:
        match = _TAG.match(line)
        if match is not None:
            tag = match[1]
            found.setdefault(tag, [])
        rest = (match[2] or "") if match is not None else line
        if tag is not None and (rest := rest.strip(" |\t")):
            found[tag].append(rest)
    return {tag: "\n".join(parts) for tag, parts in found.items()}


def _tag(text: str) -> str | None:
    match = _TAG.match(text.strip())
    return match[1] if match else None


def _text(element: Any) -> str:
    return " ".join(str(element.text_content()).split())
