"""Telegram Desktop's export, `result.json`: one chat, or all of an account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from inchorus.read.formats.format import MAPPED, Beginning, Broken, Document, DocumentFormat, Found, Passed, later
from inchorus.read.formats.post import POST, joined, listed, moment

if TYPE_CHECKING:
    from inchorus.read.records import File

_items = later("inchorus.read.json_tree:items")
_CHATS = ("chats.list.messages", "left_chats.list.messages", "messages")
_KINDS = (
    "personal_chat|bot_chat|saved_messages|replies|verification_codes|private_group|private_supergroup|public_supergroup|"
    "private_channel|public_channel"
)
_CHAT = re.compile(rf'"type"\s*:\s*"(?:{_KINDS})"')
_MESSAGE = re.compile(r'"(?:date_unixtime|text_entities|from_id|actor_id)"\s*:')
_ACCOUNT = frozenset("personal_information profile_pictures contacts frequent_contacts chats left_chats".split())


def _looks(begins: Beginning) -> bool:
    if not begins.start.startswith("{"):
        return False
    if "messages" in begins.keys:
        return bool(_CHAT.search(begins.text) or _MESSAGE.search(begins.text))
    return "about" in begins.keys and bool(_ACCOUNT & begins.keys)


def read_telegram(file: File) -> Iterator[Found]:
    """Every message of every chat; messages of the service itself, as that somebody joined, are passed."""
    local = 0
    for item in _items(file, *_CHATS):
        if isinstance(item, Broken):
            yield item
        elif item.path and item.path[-1] == "messages" and isinstance(item.around[-1], dict):
            found = _message(item.value, item.around[-1], item.line)
            local += isinstance(found, Document) and not item.value.get("date_unixtime")
            yield found
    if local:
        file.notes.append(
            f"{local:,} times of {file.name} are of the clock of the computer that exported them, and taken for UTC "
            "unless --timezone names its zone: newer versions of Telegram Desktop export UTC besides"
        )


def _message(value: Any, chat: dict[str, Any], line: int) -> Found:
    if not isinstance(value, dict):
        return Broken("a message that is no object", "export it again", repr(value)[:200], line)
    if value.get("type") == "service":
        return Passed("service messages of Telegram")
    if value.get("type") == "unsupported":
        return Passed("messages that Telegram Desktop does not export")
    entities = value.get("text_entities") or value.get("text")
    of_chat = chat.get("name") or chat.get("id")
    return Document(
        {
            "id": joined("/", chat.get("id") or chat.get("name"), value.get("id")),
            "source": value.get("from") or value.get("from_id") or of_chat,
            "source_id": value.get("from_id"),
            "time": moment(value.get("date_unixtime")) or value.get("date"),
            "text": text_of(value.get("text")) or _asked(value.get("poll")),
            "repost_of": _forwarded(value),
            "reply_to": joined("/", chat.get("id"), value.get("reply_to_message_id")),
            "edited": moment(value.get("edited_unixtime")) or value.get("edited"),
            "chat": of_chat,
            "chat_type": chat.get("type"),
            "author": value.get("author"),
            "media": value.get("media_type") or ("photo" if value.get("photo") else None),
            "links": links_of(entities),
            "hashtags": of_kind(entities, "hashtag"),
            "mentions": of_kind(entities, "mention"),
        },
        line,
    )


def _forwarded(value: dict[str, Any]) -> Any:
    """Whose message was forwarded; of one whose author hides, or is gone, only that it was."""
    if "forwarded_from" not in value:
        return value.get("forwarded_from_id")
    return value["forwarded_from"] or value.get("forwarded_from_id") or "(not named)"


def _asked(poll: Any) -> str | None:
    return text_of(poll.get("question")) if isinstance(poll, dict) else None


def text_of(text: Any) -> str:
    """The text of a message: a string, or a list of strings and of objects that say how a part looks.

    >>> text_of(["Rain, says ", {"type": "bold", "text": "the Herald"}, "."])
    'Rain, says the Herald.'
    """
    if isinstance(text, str):
        return text
    parts = text if isinstance(text, list) else []
    return "".join(part if isinstance(part, str) else str(part.get("text") or "") for part in _parts(parts))


def of_kind(entities: Any, kind: str) -> list[str]:
    """The texts of the parts of one kind."""
    return listed(part.get("text") for part in _parts(entities) if isinstance(part, dict) and part.get("type") == kind)


def links_of(entities: Any) -> list[str]:
    """The addresses that stand in the text, and those behind words of it."""
    return listed(
        part.get("href") if part.get("type") == "text_link" else part.get("text")
        for part in _parts(entities)
        if isinstance(part, dict) and part.get("type") in ("link", "text_link")
    )


def _parts(entities: Any) -> list[str | dict[str, Any]]:
    return [part for part in entities if isinstance(part, str | dict)] if isinstance(entities, list) else []


TELEGRAM = DocumentFormat(
    name="telegram",
    reads="a message of a chat that Telegram Desktop exported",
    also=("json",),
    looks=_looks,
    columns=(*MAPPED, *POST, "source_id", "reply_to", "edited", "chat", "chat_type", "author", "media"),
    read=read_telegram,
    takes="text from text, source from from (else the chat's name), time from date_unixtime (else date)",
    platform="telegram",
)
