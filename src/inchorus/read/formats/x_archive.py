"""The archive that X, formerly Twitter, lets a user download: `tweets.js` and its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from inchorus.read.formats.format import MAPPED, Beginning, Broken, Document, DocumentFormat, Found, Passed, later
from inchorus.read.formats.post import POST, inner, plain
from inchorus.read.formats.x import FURTHER, of_v1, unescaped

if TYPE_CHECKING:
    from inchorus.read.records import File

_items = later("inchorus.read.json_tree:items")
_BEGINS = re.compile(r"\s*window\.YTD\.(tweets?|community_tweets?|account|note_tweets?)\.part\d+\s*=")
_REPOST = re.compile(r"RT @(\w+): ")
# code points of a text that tell of which longer one it is the beginning
_BEGINNING = 100
_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*(?:https://t\.co/\w+)?\s*\Z")  # what X puts where it cuts a long post


def _looks(begins: Beginning) -> bool:
    return _BEGINS.match(begins.text) is not None


def read_x_archive(file: File) -> Iterator[Found]:
    """Every post of a file of the archive; whose they are stands in `account.js` beside it."""
    account: dict[str, Any] = {}
    for value, _ in _values(file, "account.js", "account"):
        account = value
    name = plain(account.get("username"))
    longer: dict[str, list[str]] = {}
    for value, _ in _values(file, "note-tweet.js", "noteTweet"):
        if (text := unescaped(inner(value, "core", "text"))) and text not in longer.get(text[:_BEGINNING], ()):
            longer.setdefault(text[:_BEGINNING], []).append(text)
    whose = name or file.place.parent.parent.name or file.place.parent.name or file.place.stem
    for item in _items(file, behind="="):
        if isinstance(item, Broken):
            yield item
        elif isinstance(value := inner(item.value, "tweet"), dict) or isinstance(value := item.value, dict):
            if "account" in value or "noteTweet" in value:
                yield Passed("what the archive of X says of the account, and long posts that stand among its posts")
            else:
                yield Document(_post(value, name, whose, plain(account.get("accountId")), longer), item.line)
        else:
            yield Broken("a post that is no object", "download the archive again", repr(item.value)[:200], item.line)
    if not name:
        file.notes.append(f"no account.js is beside {file.name}: its posts are of the source {whose!r}")


def _post(
    tweet: dict[str, Any], name: str | None, whose: str, number: str | None, longer: dict[str, list[str]]
) -> dict[str, Any]:
    values = of_v1(tweet)
    values |= {"source": whose, "source_id": number}
    if name and values["id"]:
        values["url"] = f"https://twitter.com/{name}/status/{values['id']}"
    text = values["text"]
    if repost := _REPOST.match(text):
        # the archive has no id of what is reposted, and cuts it: the same beginning stands for the same post
        of = text[3:]
        values |= {"text": "", "repost_of": of, "reposted_text": of[len(repost[1]) + 3 :], "reposted_source": repost[1]}
    elif whole := _whole(text, longer.get(text[:_BEGINNING], [])):
        values["text"] = whole
    return values


def _whole(text: str, longer: list[str]) -> str | None:
    """The one of the long texts that a post is the beginning of; None where none or several can be meant."""
    begun = _CUT.sub("", text)
    found = [one for one in longer if one.startswith(begun)]
    return found[0] if len(found) == 1 else None


def _values(file: File, name: str, key: str) -> Iterator[tuple[dict[str, Any], int]]:
    """The objects of another file of the archive."""
    other = file.beside(name)
    for item in _items(other, behind="=") if other is not None else ():
        if not isinstance(item, Broken) and isinstance(value := inner(item.value, key), dict):
            yield value, item.line


X_ARCHIVE = DocumentFormat(
    name="x-archive",
    reads="a post in the archive that a user of X (Twitter) downloads",
    also=("js",),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=read_x_archive,
    takes="text from full_text (of a repost none), source from the account's name, time from created_at",
    platform="x",
)
