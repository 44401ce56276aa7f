"""Run as a program: the articles of pages, one after another, from standard input to standard output."""

from __future__ import annotations

import json
import sys

from inchorus.read.page import page_of
from inchorus.read.process_limits import bound, say


def main(memory: int) -> None:
    """Read a line {size, url, charset} and as many bytes; write {page}, null where there is no article; and again."""
    bound(memory, 24 * 3600)
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        page = page_of(sys.stdin.buffer.read(asked["size"]), asked["url"], asked["charset"])
        say({"page": None if page is None else page._asdict()})
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
