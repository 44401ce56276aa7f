"""Run as a program: finds the quotations of the tables of documents that come in, until there are no more."""

from __future__ import annotations

import sys

from inchorus.quote.found import in_chunk, receive, send


def main() -> None:
    """Answer each table of `row`, `text` and `language` on standard input with one of quotations on standard output."""
    while True:
        try:
            asked = receive(sys.stdin.buffer)
        except EOFError:
            return
        columns = (asked[name].to_pylist() for name in ("row", "text", "language"))
        send(sys.stdout.buffer, in_chunk(*columns))


if __name__ == "__main__":
    main()
