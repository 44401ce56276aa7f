"""Articles in an export of Nexis Uni, one after another in a file of a word processor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from inchorus.read.formats.format import Broken, Document, Found, Passed
from inchorus.read.written_days import day_in, time_said

_END = "End of Document"
_BEHIND = re.compile(r"(?:Classification|Graphics?|Notes)$|(?:Load|Correction)-Date:", re.IGNORECASE)
_FIELD = re.compile(r"(Section|Length|Byline|Highlight|Dateline|Language|Load-Date|Publication-Type|Series)\s*:\s*(.*)")
_FIX = "download it from Nexis Uni again as .docx, with full documents"


class Line(NamedTuple):
    """A paragraph of the file, and whether it is a heading."""

    text: str
    heading: bool = False


def is_nexis(lines: Sequence[Line]) -> bool:
    """Whether these are the paragraphs of such an export.

    >>> is_nexis([Line("Body"), Line("Rain."), Line("Load-Date: May 2, 2024"), Line("End of Document")])
    True
    """
    plain = {line.text.strip() for line in lines}
    return _END in plain and ("Body" in plain or any(text.startswith("Load-Date:") for text in plain))


def nexis_articles(place: str, lines: Iterable[Line]) -> Iterator[Found]:
    """The articles, each with outlet, date and byline; `place` is the path of the file, of which their ids are made."""
    block: list[Line] = []
    n = 0
    for line in lines:
        if line.text.strip() != _END:
            block.append(line)
            continue
        n += 1
        yield from _article(f"{place}#{n}", block)
        block = []
    if any(line.text.strip() for line in block):
        if any(line.text.strip() == "Body" for line in block):
            yield Broken("an article without its end: the file was cut", _FIX, block[0].text)
        else:
            yield Passed("covers and lists of contents of exports")


def _article(id_: str, block: list[Line]) -> Iterator[Found]:
    texts = [line.text.replace("\xa0", " ").strip() for line in block]
    start = texts.index("Body") if "Body" in texts else None
    dated = next((i for i, text in enumerate(texts[:start]) if i and _is_date(text, texts[i - 1])), None)
    if dated is None:
        yield Broken("an article without outlet and date", _FIX, "\n".join(texts[:10]))
        return
    if start is None:
        yield Passed("articles without their text")
        return
    end = next((i for i in range(start + 1, len(texts)) if _BEHIND.match(texts[i])), len(texts))
    outlet = next(i for i in range(dated - 1, -1, -1) if texts[i])
    heading = next((i for i in range(outlet - 1, -1, -1) if block[i].heading and texts[i]), None)
    above = next((i for i in range(outlet - 1, -1, -1) if texts[i]), None)
    title = heading if heading is not None else above
    fields: dict[str, str] = {}
    for text in texts[dated:start] + texts[end:]:
        if (match := _FIELD.match(text)) and match[2]:
            fields.setdefault(match[1], match[2].strip())
    yield Document(
        {
            "id": id_,
            "source": texts[outlet],
            "time": time_said(texts[dated]),
            "text": "\n".join(text for text in texts[start + 1 : end] if text),
            "title": texts[title] if title is not None else None,
            "author": re.sub(r"^By\s+", "", fields.get("Byline", ""), flags=re.IGNORECASE) or None,
            "section": fields.get("Section"),
            "language": (fields.get("Language", "").split(";")[0].strip().lower() or None),
        }
    )


def _is_date(text: str, before: str) -> bool:
    """Whether a line is that of the date, below the outlet; the cover of an export has dates behind a name."""
    return 0 < len(text) <= 80 and day_in(text) is not None and ":" not in text.split("20", 1)[0] and bool(before)
