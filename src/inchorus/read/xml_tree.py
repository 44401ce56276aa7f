"""XML from others, read without following what it refers to: no entities of its own, no other files, no network."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from lxml import etree

from inchorus.read.formats.format import Broken

MOST_BYTES = 128 << 20
_FIX = "fetch it again"
_ENTITIES = "XML that defines entities of its own, which are not followed"
_SPELLED = "replace them by what they stand for"
_DEFINES = re.compile(rb"<!DOCTYPE[^>\[]*\[(?:[^\]]|\](?!\s*>))*?<!ENTITY", re.IGNORECASE)
_HEAD = 1 << 16
# what libxml2 says behind its sentence: the place, which is no line of a file that was read from memory
_PLACE = re.compile(r"(?:, line (\d+), column \d+)? \(<string>, line \d+\)$")
_OWN_WORDS = (  # and what stands for its sentences in ours
    ("amplification", _ENTITIES),
    ("Entity", "it names a character that XML does not know"),
    ("excessive depth", "it nests deeper than 256 elements"),
    ("Excessive depth", "it nests deeper than 256 elements"),
    ("Document is empty", "it is empty"),
    ("Start tag expected", "it does not begin with an element"),
    ("Premature end", "it ends too early"),
    ("EndTag", "it ends too early"),
    ("mismatch", "an element is not closed where it should be"),
    ("Extra content", "something follows its end"),
    ("ncoding", "its bytes are not in the encoding that it names"),
    ("not proper UTF-8", "its bytes are not in the encoding that it names"),
)


def tree_of(data: bytes) -> Any:
    """The root element; Broken where it is no XML, defines entities, or nests deeper than 256 elements.

    >>> tree_of(b"<a><b>x</b></a>").findtext("b"), tree_of(b"<a>").what[:10]
    ('x', 'broken XML')
    """
    if len(data) > MOST_BYTES:
        return Broken(f"XML of more than {MOST_BYTES >> 20} MB", _FIX)
    if _DEFINES.search(data, 0, _HEAD):
        return Broken(_ENTITIES, _SPELLED)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as e:
        what = _why(str(e).splitlines()[0])
        return Broken(what, _SPELLED if what == _ENTITIES else _FIX)
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        return Broken(_ENTITIES, _SPELLED)
    return root


def _why(said: str) -> str:
    """What is wrong with XML, in words of our own where there are some."""
    place = _PLACE.search(said)
    line = f", line {place[1]}" if place is not None and place[1] else ""
    what = next((own for word, own in _OWN_WORDS if word in said), _PLACE.sub("", said))
    return _ENTITIES if what == _ENTITIES else f"broken XML ({what}{line})"


def name_of(element: Any) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def entity(element: Any) -> str:
    """The character that an entity such as &mdash; stands for, as HTML names it; empty for other nodes."""
    return html5.get(f"{element.name};", "\ufffd") if element.tag is etree.Entity else ""


def plain_text(element: Any) -> str:
    """All text in an element, on one line."""
    parts: list[str] = []
    for node in element.iter():
        parts += [
            entity(node),
            (node.text or "") if isinstance(node.tag, str) else "",
            node.tail or "" if node is not element else "",
        ]
    return " ".join("".join(parts).split())


def found(element: Any, *names: str) -> Any:
    """The first element below this one that has one of the names, or None."""
    return next((one for one in element.iter() if name_of(one) in names), None)


def all_found(element: Any, *names: str) -> list[Any]:
    """All elements below this one that have one of the names."""
    return [one for one in element.iter() if name_of(one) in names]


def text_at(element: Any, *names: str) -> str | None:
    """The text of the first element that has one of the names; None where there is none or it is empty."""
    one = found(element, *names)
    return (plain_text(one) or None) if one is not None else None
