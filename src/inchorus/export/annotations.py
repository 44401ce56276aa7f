"""Passages as W3C Web Annotations (https://www.w3.org/TR/annotation-model/)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from inchorus.engine.columns import batches
from inchorus.evidence.passages import in_file_order
from inchorus.progress import Progress
from inchorus.study import Study

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Code points before and after the words, as the clients of annotation servers keep them.
AROUND = 32
_DOCUMENTS = 512
# What an address may hold unescaped (RFC 3986), the percent sign for what is escaped already.
_IN_ADDRESS = "%:/?#[]@!$&'()*+,;=~"


def write_annotations(study: Study, path: Path, *, lines: bool, progress: Progress) -> int:
    """Write one annotation for each passage, in the order of the documents; how many they are.

    One AnnotationCollection with a single page, an annotation a line; or, with `lines`, JSON Lines of annotations
    that have a context each. Documents are read one after the other, so that memory does not grow with them.
    """
    total = int(study.manifest["tables"]["passages"]["rows"])
    name = f"urn:inchorus:passages:{study.manifest['tables']['passages']['sha256']}"
    head = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": "Passages that several sources share",
        "generator": {"type": "Software", "name": "inchorus"},
        "total": total,
    }
    with (
        path.open("w", encoding="utf-8", newline="\n") as file,
        progress.stage("write annotations", total, "passages") as advance,
    ):
        if not lines:
            page = {"id": f"{name}:page", "type": "AnnotationPage", "partOf": name, "startIndex": 0}
            file.write(_json(head)[:-1] + ',"first":' + _json(page)[:-1] + ',"items":[')
        count = 0
        for found in _annotations(study):
            for annotation in found:
                if lines:
                    file.write(_json({"@context": CONTEXT, **annotation}) + "\n")
                else:
                    file.write((",\n" if count else "\n") + _json(annotation))
                count += 1
            advance(len(found))
        if not lines:
            file.write("\n]}}\n")
    return count


def address(url: str | None, doc_id: str) -> str:
    """What a document goes by: its address where that is one of the web, else a name made of its id.

    >>> address("https://example.org/a b", "1")
    'https://example.org/a%20b'
    >>> address("javascript:alert(1)", "A/1")
    'urn:inchorus:document:A%2F1'
    """
    if url:
        url = url.strip(" ")
        try:
            parts = urlsplit(url)
            if parts.scheme in {"http", "https"} and parts.hostname and url.isprintable():
                return quote(url, safe=_IN_ADDRESS)
        except ValueError:  # such as a bracket without its counterpart
            pass
    return "urn:inchorus:document:" + quote(doc_id, safe="")


def annotation(passage: dict[str, Any], text: str, url: str | None) -> dict[str, Any]:
    """The annotation of one passage of a document with that `text`; offsets are code points of it."""
    start, end, doc_id = passage["start"], passage["end"], passage["doc_id"]
    return {
        "id": f"urn:inchorus:passage:{quote(doc_id, safe='')}:{start}-{end}:{passage['tp_id']}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {
                "id": f"urn:inchorus:talking-point:{passage['tp_id']}",
                "type": "TextualBody",
                "purpose": "identifying",
                "format": "text/plain",
                "value": passage["wording"],
            },
            {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": passage["label"]},
        ],
        "target": {
            "source": address(url, doc_id),
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - AROUND) : start],
                    "suffix": text[end : end + AROUND],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }


def _annotations(study: Study) -> Iterator[list[dict[str, Any]]]:
    """The annotations of the documents that have some, a list a document."""
    passages = in_file_order(study)
    passage = next(passages, None)
    row = 0
    for batch in batches(study.file("documents"), _DOCUMENTS, ["text", "url"]):
        texts, urls = batch.column("text"), batch.column("url")
        while passage is not None and passage["row"] < row + batch.num_rows:
            at = passage["row"]
            text, url = texts[at - row].as_py(), urls[at - row].as_py()
            found = []
            while passage is not None and passage["row"] == at:
                found.append(annotation(passage, text, url))
                passage = next(passages, None)
            yield found
        row += batch.num_rows


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
