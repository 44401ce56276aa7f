"""Run as a program: what answers hold, one after another, from standard input to standard output."""

from __future__ import annotations

import json
import sys
from typing import Any

from inchorus.read.process_limits import bound, say
from inchorus.web.content import Nothing, content_of, text_of
from inchorus.web.lists import Listing


def message(head: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What an answer holds: {page}, {entries, broken} or {why}; `head` has its url, kind and charset.

    Where it has `whole` besides, {text}, all that is to be seen there.

    >>> message({"url": "http://a.example/", "kind": "image/png", "charset": None}, b"")
    {'why': 'it is no page, such as an image or a PDF file'}
    """
    if head.get("whole"):
        return {"text": text_of(data, head["kind"], head["charset"])}
    found = content_of(data, head["url"], head["kind"], head["charset"])
    return found._asdict() if isinstance(found, Nothing | Listing) else {"page": found._asdict()}


def main(memory: int) -> None:
    """Read a line {size, url, kind, charset} and as many bytes; write the message; and again."""
    bound(memory, 24 * 3600)
    while line := sys.stdin.buffer.readline():
        head = json.loads(line)
        say(message(head, sys.stdin.buffer.read(head["size"])))
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
