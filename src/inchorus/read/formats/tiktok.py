"""TikTok as JSON: answers of its Research API, what programs collect, and the data that a user downloads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from inchorus.read.formats.each import Made, each_object
from inchorus.read.formats.format import MAPPED, Beginning, Broken, DocumentFormat, Found, Passed
from inchorus.read.formats.post import POST, dicts, first, inner, listed, moment, plain

if TYPE_CHECKING:
    from inchorus.read.records import File

_ANSWER = re.compile(r'"(?:video_description|hashtag_names|parent_comment_id)"\s*:')
# a post or comment inside what the browser was sent, as Zeeschuimer keeps it
_COLLECTED = re.compile(r'"(?:createTime|aweme_id)"\s*:')
_ACCOUNT = re.compile(r'"(?:uniqueId|unique_id)"\s*:')
_DOWNLOAD = re.compile(r'"(?:Profile And Settings|VideoList|CommentsList|ProfileMap|App Settings)"')
_NOT_NAMED = "comments of TikTok of which the Research API does not say who wrote them"
FURTHER = ("source_id", "source_name", "url", "title", "country", "voice_to_text", "video", "reply_to")


def _looks(begins: Beginning) -> bool:
    keys = begins.keys
    if {"video_description", "create_time"} <= keys or {"desc", "createTime"} <= keys:
        return True
    if {"cid", "create_time", "text"} <= keys:
        return True
    if {"createTimeISO", "authorMeta"} <= keys or ({"createTime", "text"} <= keys and '"authorMeta"' in begins.text):
        return True
    text = begins.text
    inside = bool(keys & {"data", "videos"}) and _ANSWER.search(text) is not None
    collected = "data" in keys and _COLLECTED.search(text) is not None and _ACCOUNT.search(text) is not None
    return inside or collected or (text.lstrip()[:1] == "{" and _DOWNLOAD.search(text) is not None)


def read_tiktok(file: File) -> Iterator[Found]:
    """Every video and comment; of the data that a user downloads, these are by that user."""
    return each_object(lambda value: _found(value, file))(file)


def _found(value: dict[str, Any], file: File) -> Iterator[Made]:
    downloaded = _deep(
        value, ("Profile", "Profile And Settings", "Activity", "Comment", "Video", "Post", "Your Activity")
    )
    if downloaded:
        yield from _of_user(value, file)
        return
    data = first(value, "data", "videos")
    inside = first(data, "videos", "comments") if isinstance(data, dict) else data
    if isinstance(inside, list):
        for one in inside:
            yield (
                tiktok_post(one)
                if isinstance(one, dict)
                else Broken("a record that is no object", "leave it out", repr(one)[:200])
            )
    elif isinstance(data, dict) and data.keys() & {"desc", "createTime", "video_description", "cid"}:
        yield tiktok_post(data)
    else:
        yield tiktok_post(value)


def tiktok_post(value: dict[str, Any]) -> Made:
    """A video or comment, under whichever names programs give its parts."""
    comment = (
        value.keys() & {"parent_comment_id", "video_id", "cid"}
        and "text" in value
        and not value.keys() & {"video_description", "desc"}
    )
    author = first(value, "author", "authorMeta", "user")
    name = plain(
        first(
            value,
            "username",
            "author_username",
            "author_unique_id",
            "authorMeta.name",
            "author.uniqueId",
            "user.uniqueId",
        )
    ) or (plain(author) if not isinstance(author, dict) else plain(first(author, "uniqueId", "unique_id", "name")))
    # only beside a name in addresses is it the name that is shown
    name = name or plain(value.get("author_name"))
    if name is None and comment:
        return Passed(_NOT_NAMED)
    made = first(value, "create_time", "createTime", "video_timestamp", "createTimeISO", "timestamp")
    number = plain(first(value, "id", "video_id", "cid")) if not comment else plain(first(value, "id", "cid"))
    tags = first(value, "hashtag_names", "hashtags", "challenges")
    return {
        "id": number,
        "source": name,
        "source_id": plain(first(value, "author_id", "authorMeta.id", "authorId")) or plain(inner(author, "id")),
        "source_name": plain(first(value, "author_name", "authorMeta.nickName"))
        or plain(inner(author, "nickname") or inner(author, "nickName")),
        "time": moment(made),
        "text": plain(first(value, "video_description", "desc", "text", "description")) or "",
        "url": plain(first(value, "webVideoUrl", "video_url", "share_url"))
        or (f"https://www.tiktok.com/@{name}/video/{number}" if name and number and not comment else None),
        "country": plain(first(value, "region_code", "region", "locationCreated")),
        "voice_to_text": plain(value.get("voice_to_text")),
        "video": plain(first(value, "video_id", "aweme_id")) if comment else None,
        "reply_to": _answered(value) if comment else None,
        "hashtags": listed(f"#{tag}" for tag in _names(tags)),
    }


def _answered(value: dict[str, Any]) -> str | None:
    answered = plain(first(value, "parent_comment_id", "reply_id"))
    return None if answered == "0" else answered


def _names(tags: Any) -> list[str]:
    if isinstance(tags, str):
        tags = [tag for tag in re.split(r"[\[\]'\",\s#]+", tags) if tag]
    found = tags if isinstance(tags, list) else []
    return listed(plain(first(one, "name", "title", "hashtag_name")) if isinstance(one, dict) else one for one in found)


def _deep(value: Any, names: tuple[str, ...]) -> bool:
    return any(isinstance(value.get(name), dict) for name in names)


def _of_user(value: dict[str, Any], file: File) -> Iterator[Made]:
    """Videos and comments of the data of a user; whose they are stands in the profile."""
    name = next((plain(one) for one in _found_under(value, "userName") if plain(one)), None)
    whose = name or file.place.stem
    if name is None:
        file.notes.append(f"no profile is in {file.name}: its posts are of the source {whose!r}")
    kinds = (("VideoList", ("Title", "title", "Description")), ("CommentsList", ("Comment", "comment")))
    for kind, texts in kinds:
        for list_ in _found_under(value, kind):
            for n, one in enumerate(dicts(list_), 1):
                link = plain(first(one, "Link", "link", "Url", "url"))
                yield {
                    "id": (link if kind == "VideoList" else None) or f"{whose}/{kind}/{n}",
                    "source": whose,
                    "time": plain(first(one, "Date", "date")),
                    "text": plain(first(one, *texts)) or "",
                    "url": link,
                }


def _found_under(value: Any, name: str) -> Iterator[Any]:
    """All that stands under a name, however deep: the sections are called otherwise every year.

    What the user looked at stands under a history of names that are used for what the user made.
    """
    waits = [value]
    while waits:
        one = waits.pop(0)
        if isinstance(one, dict):
            if name in one:
                yield one[name]
            waits += (inside for section, inside in one.items() if "History" not in section)


TIKTOK = DocumentFormat(
    name="tiktok",
    reads="a video or comment of TikTok, as its Research API or programs give it, or in the data that a user downloads",
    also=("json", "jsonl", "ndjson"),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=read_tiktok,
    takes="text from video_description, desc, text or Comment, source from username, time from create_time",
    platform="tiktok",
)
