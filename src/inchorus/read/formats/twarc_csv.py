"""Posts of X, formerly Twitter, as twarc-csv writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from inchorus.read.formats.format import MAPPED, Beginning, Broken, Document, DocumentFormat, Found, later
from inchorus.read.formats.post import POST, dicts, first, listed, plain
from inchorus.read.formats.x import FURTHER, unescaped

if TYPE_CHECKING:
    from inchorus.read.records import File

_rows = later("inchorus.read.csv_rows:csv_rows")


def _looks(begins: Beginning) -> bool:
    names = begins.header
    return {"id", "text", "author_id"} <= names and any(
        name.startswith(("author.", "public_metrics.")) for name in names
    )


def read_twarc_csv(file: File) -> Iterator[Found]:
    """Every row; a repost has no text of its own."""
    for row in _rows(file):
        yield row if isinstance(row, Broken) else Document(_values(_plainly(row.values)), row.line)


def _plainly(row: dict[str, str]) -> dict[str, str]:
    """The row without the quotation marks of `--json-encode-all`, which writes every value as JSON, ids too."""
    number = row.get("id", "")
    if not (len(number) > 2 and number[0] == number[-1] == '"'):
        return row
    values = {name: _json(value) if value.startswith('"') else value for name, value in row.items()}
    return {name: value if isinstance(value, str) else row[name] for name, value in values.items()}


def _values(row: dict[str, str]) -> dict[str, Any]:
    name, number = row.get("author.username"), row.get("id")
    refers = {str(one.get("type")): plain(one.get("id")) for one in dicts(_json(row.get("referenced_tweets")))}
    repost = first(row, "referenced_tweets.retweeted.id") or refers.get("retweeted")
    text = _text(row.get("text", ""))
    return {
        "id": number,
        "source": name or row.get("author_id"),
        "source_id": row.get("author_id"),
        "source_name": _text(row.get("author.name", "")) or None,
        "time": row.get("created_at"),
        "text": "" if repost else text,
        "url": f"https://twitter.com/{name}/status/{number}" if name and number else None,
        "language": row.get("lang"),
        "repost_of": repost,
        "reply_to": row.get("referenced_tweets.replied_to.id") or refers.get("replied_to"),
        "quote_of": row.get("referenced_tweets.quoted.id") or refers.get("quoted"),
        "reposted_text": text if repost else None,
        "reposted_source": row.get("retweeted_username"),
        "links": _names(row.get("entities.urls"), "expanded_url", ""),
        "hashtags": _names(row.get("entities.hashtags"), "tag", "#"),
        "mentions": _names(row.get("entities.mentions"), "username", "@"),
    }


def _text(written: str) -> str:
    """A text as it was: twarc-csv writes line ends as two characters, and its first versions all as JSON."""
    if len(written) > 1 and written[0] == written[-1] == '"':
        try:
            whole = json.loads(written)
        except ValueError:
            whole = None
        if isinstance(whole, str):
            return unescaped(whole)
    return unescaped(written.replace("\\n", "\n"))


def _json(written: str | None) -> Any:
    try:
        return json.loads(written) if written else None
    except (ValueError, RecursionError):
        return None


def _names(written: str | None, key: str, sign: str) -> list[str]:
    found = _json(written)
    values = found if isinstance(found, list) else []
    plainly = [one.get(key) if isinstance(one, dict) else one for one in values]
    return listed(sign + one.removeprefix(sign) for one in plainly if isinstance(one, str) and one)


TWARC_CSV = DocumentFormat(
    name="twarc-csv",
    reads="a post of X (Twitter) in a row that twarc-csv wrote",
    also=("csv",),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=read_twarc_csv,
    takes="text from text (of a repost none), source from author.username, time from created_at",
    platform="x",
)
