"""What the user names: addresses, and files with lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from inchorus.errors import InputError, UsageError, Where, nearest
from inchorus.read.options import ReadOptions
from inchorus.read.table import read_table
from inchorus.web.address import asked_form
from inchorus.web.content import addresses_in
from inchorus.web.lists import Listing, list_reader, listed

NAMES = ("url", "link", "address", "story_url", "permalink")  # of columns, where none is named
_HEAD = 1 << 16
_MOST_FEED = 64 << 20  # and of a sitemap
_MOST = 256 << 20  # bytes of a list


class Given(NamedTuple):
    """The addresses that are named, the files with what they list, and why other files cannot be read."""

    urls: list[str]
    files: list[tuple[str, Listing]]
    unread: list[InputError]


def given_addresses(named: Sequence[str], column: str | None) -> Given:
    """The addresses that are named, and the files with what they list.

    Raises UsageError for what is neither an address nor a file, and InputError, where nothing else is named, for a file
    that cannot be read or has no addresses.

    >>> given_addresses(["https://a.example/feed#top"], None).urls
    ['https://a.example/feed']
    """
    if not named:
        raise UsageError("no address is given", fix="name pages, feeds, sitemaps, or a file with a list of addresses")
    urls: list[str] = []
    files: list[tuple[str, Listing]] = []
    unread: list[InputError] = []
    for name in dict.fromkeys(named):
        if "://" in name:
            url = asked_form(name)
            if url is None:
                raise UsageError(
                    f"{name[:200]!r} is no address of the web", fix="write it as https://site.example/page"
                )
            urls.append(url)
        elif Path(name).is_file():
            try:
                files.append((Path(name).name, _list_in(Path(name), column)))
            except InputError as error:
                unread.append(error)
        elif "." in name and "/" not in name.split(".", maxsplit=1)[0] and Path(name).suffix != ".csv":
            raise UsageError(f"there is no file {name[:200]!r}", fix=f"if it is an address, write https://{name[:200]}")
        else:
            raise UsageError(f"there is no file {name[:200]!r}", fix="name an address with https://, or a file")
    if unread and not urls and not files:
        raise unread[0]
    return Given(urls, files, unread)


def _list_in(path: Path, column: str | None) -> Listing:
    """The addresses of a file: a feed or sitemap, one a line, or those of a column of a table in any format."""
    if column is None:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if reads := list_reader(head):
                # of a file that was saved, no address is known that its own could begin at
                return _some(reads(head + file.read(_MOST_FEED), "") or Listing(()), path)
            whole = head if len(head) < _HEAD else head.rpartition(b"\n")[0]
            if addresses_in(whole):
                lines = (head + file.read(_MOST)).decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
                return _some(listed([s for line in lines if (s := line.strip()) and s[0] != "#"], None), path)
    table = read_table(path, ReadOptions())
    names = {name.casefold(): name for name in reversed(table.column_names)}
    chosen = column if column is not None else next((names[n] for n in NAMES if n in names), None)
    if chosen is None or chosen not in table.column_names:
        hint = nearest(column or "url", table.column_names) or f"there are {', '.join(table.column_names[:20])}"
        raise InputError(
            f"there is no column {column or 'url'}", where=Where(path.name), fix=f"name it with --url; {hint}"
        )
    values = table[chosen].cast(pa.string()).to_pylist()
    return _some(listed([value for value in values if value], None), path)


def _some(found: Listing, path: Path) -> Listing:
    if not found.entries:
        raise InputError("there is no address in it", where=Where(path.name), fix="addresses begin with https://")
    return found
