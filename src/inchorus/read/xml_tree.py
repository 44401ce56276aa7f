"""XML from others, read without following what it refers to: no entities of its own, no other files, no network."""

from __future__ import annotations

from html.entities import html5
from typing import Any

from lxml import etree

from inchorus.read.formats.format import Broken

MOST_BYTES = 128 << 20
_FIX = "fetch it again"


def tree_of(data: bytes) -> Any:
    """The root element; Broken where it is no XML, defines entities, or nests deeper than 256 elements.

    >>> tree_of(b"<a><b>x</b></a>").findtext("b"), tree_of(b"<a>").what[:10]
    ('x', 'broken XML')
    """
    if len(data) > MOST_BYTES:
        return Broken(f"XML of more than {MOST_BYTES >> 20} MB", _FIX)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as e:
        return Broken(f"broken XML ({str(e).splitlines()[0]})", _FIX)
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        return Broken(
            "XML that defines entities of its own, which are not followed", "replace them by what they stand for"
        )
    return root


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
