"""Messages of Telegram's channels as programs collect them: a list or lines of messages, a file for each channel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from inchorus.read.formats.format import MAPPED, Beginning, Broken, Document, DocumentFormat, Found, Passed, later
from inchorus.read.formats.post import POST, first, joined, listed, moment
from inchorus.read.formats.telegram import text_of

if TYPE_CHECKING:
    from inchorus.read.records import File

_items = later("inchorus.read.json_tree:items")
_TEXTS = ("text", "message", "caption", "raw_text")
_CHANNELS = frozenset("channel channel_name channel_id chat chat_id peer_id sender_id sender_chat".split())
# what is kept of a message besides, by its name there
_KEPT = {
    "category": "category",
    "views": "views",
    "forwards": "forwards",
    "post_author": "author",
    "author_signature": "author",
}


def _looks(begins: Beginning) -> bool:
    keys = begins.keys
    if "date" not in keys or not keys & _CHANNELS:
        return False
    collected = "message_id" in keys and bool(keys & set(_TEXTS))
    # Telethon and Pyrogram write the class of every object
    return collected or ("_" in keys and bool(keys & {"peer_id", "chat"}) and "id" in keys)


def read_telegram_messages(file: File) -> Iterator[Found]:
    """Every message of the file; messages of the service itself are passed."""
    for item in _items(file):
        if isinstance(item, Broken):
            yield item
        elif not isinstance(item.value, dict):
            yield Broken("a message that is no object", "export it again", repr(item.value)[:200], item.line)
        elif item.value.get("_") == "MessageService" or item.value.get("service") or item.value.get("action"):
            yield Passed("service messages of Telegram")
        else:
            yield Document(_values(item.value), item.line)


def _values(value: dict[str, Any]) -> dict[str, Any]:
    chat = first(value, "chat", "sender_chat", "peer_id", "channel")
    name = first(value, "channel", "channel_name", "chat_name", "chat_title")
    name = name if isinstance(name, str) else _name(chat)
    channel = _number(first(value, "channel_id", "chat_id")) or (_number(chat) if isinstance(chat, dict) else None)
    if channel is None and str(value.get("sender_id")).startswith("-"):
        channel = _number(value.get("sender_id"))
    user = chat.get("username") if isinstance(chat, dict) else None
    number = first(value, "message_id", "id")
    forwarded = first(value, "fwd_from", "forward_from_chat", "forward_origin", "forwarded_from", "forward_from")
    kept: dict[str, Any] = {}
    for theirs, ours in _KEPT.items():
        if not isinstance(value.get(theirs), dict | list):
            kept.setdefault(ours, value.get(theirs))
    return {
        "id": joined("/", channel or name, number),
        "source": _sender(value) or name or channel,
        "time": moment(first(value, "date", "date_unixtime")),
        "text": next((text for field in _TEXTS if (text := text_of(value.get(field)))), ""),
        "url": f"https://t.me/{user}/{number}" if isinstance(user, str) and number is not None else None,
        "repost_of": _forwarded(forwarded, value),
        "edited": moment(first(value, "edit_date", "edited")),
        "chat": name or channel,
        "links": listed(_addresses(value.get("entities"))),
        **kept,
    }


def _name(chat: Any) -> str | None:
    """What a chat is called: its title, or the person's name."""
    if not isinstance(chat, dict):
        return chat if isinstance(chat, str) and chat else None
    found = chat.get("title") or chat.get("username") or joined(" ", chat.get("last_name"), chat.get("first_name"))
    return found if isinstance(found, str) else None


def _number(chat: Any) -> str | None:
    if isinstance(chat, dict):
        chat = first(chat, "channel_id", "chat_id", "user_id", "id")
    return str(chat) if isinstance(chat, int | str) and not isinstance(chat, bool) and chat != "" else None


def _sender(value: dict[str, Any]) -> str | None:
    """Who wrote in a group; None of what a channel publishes itself."""
    sender = first(value, "from_user", "from", "from_id", "sender")
    if isinstance(sender, dict):
        return _name(sender) or _number(sender)
    return str(sender) if isinstance(sender, str | int) and not isinstance(sender, bool) else None


def _forwarded(forwarded: Any, value: dict[str, Any]) -> str | None:
    if not isinstance(forwarded, dict):
        return str(forwarded) if isinstance(forwarded, str | int) and forwarded else None
    inner = first(forwarded, "from_id", "chat", "sender_chat", "sender_user")
    of = _number(inner) or _number(forwarded) or first(forwarded, "from_name", "sender_user_name") or _name(forwarded)
    number = first(forwarded, "channel_post", "message_id") or value.get("forward_from_message_id")
    return joined("/", of, number) if number is not None else (str(of) if of else "(not named)")


def _addresses(entities: Any) -> Iterator[Any]:
    for entity in entities if isinstance(entities, list) else []:
        if isinstance(entity, dict):
            yield entity.get("url")


TELEGRAM_MESSAGES = DocumentFormat(
    name="telegram-messages",
    reads="a message of a channel, as programs collect them: one a line, or all in one array",
    also=("json", "jsonl", "ndjson"),
    looks=_looks,
    columns=(*MAPPED, *POST, "url", "edited", "chat", *dict.fromkeys(_KEPT.values())),
    read=read_telegram_messages,
    takes="text from text (or message, or caption), source from who wrote (else the channel), time from date",
    platform="telegram",
)
