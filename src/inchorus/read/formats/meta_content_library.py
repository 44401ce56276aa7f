"""Posts of Facebook and Instagram as the Meta Content Library gives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from inchorus.read.formats.each import Made, each_object, each_row
from inchorus.read.formats.format import MAPPED, Beginning, Broken, DocumentFormat, Found
from inchorus.read.formats.post import POST, first, listed, moment, plain

if TYPE_CHECKING:
    from inchorus.read.records import File

_OWNERS = ("post_owner", "owner", "surface")
FURTHER = (
    "source_id", "source_name", "user_name", "url", "language", "surface", "type", "edited", "link_text",
    "link_description",
)  # fmt: skip


def _looks(begins: Beginning) -> bool:
    header, keys = begins.header, begins.keys
    if {"creation_time", "text"} <= header and any(name.startswith("post_owner.") for name in header):
        return True
    return {"creation_time", "post_owner"} <= keys or ("data" in keys and '"post_owner"' in begins.text)


def read_meta_content_library(file: File) -> Iterator[Found]:
    """Every post, of a table or of JSON."""
    with file.text("replace") as text:
        start = text.read(64).lstrip()[:1]
    yield from (_objects if start in {"{", "["} else _rows)(file)


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    """Objects inside as a table has them: `post_owner.name`."""
    flat: dict[str, Any] = {}
    for name, inside in value.items():
        if isinstance(inside, dict):
            flat |= {f"{name}.{part}": one for part, one in inside.items()}
        else:
            flat[name] = inside
    return flat


def _found(value: dict[str, Any]) -> Iterator[Made]:
    inside = value.get("data")
    if not isinstance(inside, list):
        yield _post(_flat(value))
        return
    for one in inside:
        yield (
            _post(_flat(one))
            if isinstance(one, dict)
            else Broken("a record that is no object", "leave it out", repr(one)[:200])
        )


def _post(row: dict[str, Any]) -> Made:
    number = plain(row.get("id"))
    names = [plain(row.get(f"{owner}.name")) for owner in _OWNERS]
    tags = row.get("hashtags")
    return {
        "id": number or plain(row.get("mcl_url")),
        "source": next((name for name in names if name), None)
        or plain(first(row, "post_owner.username", "post_owner.id")),
        "source_id": plain(first(row, "post_owner.id", "owner.id")),
        "user_name": plain(first(row, "post_owner.username", "owner.username")),
        "time": moment(row.get("creation_time")),
        "text": plain(row.get("text")) or "",
        "repost_of": plain(row.get("shared_post_id")),
        "url": plain(first(row, "mcl_url", "url")),
        "language": plain(first(row, "lang", "language")),
        "surface": plain(first(row, "surface.name", "surface.id")),
        "type": plain(first(row, "content_type", "surface.type")),
        "edited": moment(row.get("modified_time")),
        "link_text": plain(first(row, "link_attachment.name", "link_attachment.caption")),
        "link_description": plain(row.get("link_attachment.description")),
        "links": listed([plain(row.get("link_attachment.link"))]),
        "hashtags": listed(f"#{name}" for tag in _listed(tags) if (name := tag.strip(" #'\"[]"))),
    }


def _listed(tags: Any) -> list[str]:
    if isinstance(tags, list):
        return listed(tags)
    return str(tags).split(",") if tags else []


_rows = each_row(lambda row, file: _post(row))
_objects = each_object(_found)

META_CONTENT_LIBRARY = DocumentFormat(
    name="meta-content-library",
    reads="a post of Facebook, Instagram or Threads in a table or an answer of the Meta Content Library",
    also=("csv", "json", "jsonl", "ndjson"),
    looks=_looks,
    columns=(*MAPPED, *POST, *FURTHER),
    read=read_meta_content_library,
    takes="text from text, source from post_owner.name, time from creation_time",
)
