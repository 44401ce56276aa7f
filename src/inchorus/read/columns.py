"""Which input column becomes which column of the documents, and what type the further ones get."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import InchorusError, NoColumnError, UsageError, Where, nearest
from inchorus.read.batches import Kind, json_text, strings
from inchorus.read.options import ReadOptions
from inchorus.schema import DOCUMENTS, NAMED, arrow_schema

COPIED = ("title", "url", "repost_of", "language")
_RESERVED = frozenset(c.name for c in DOCUMENTS)
_USUAL = {
    "id": ("doc_id", "post_id", "tweet_id", "message_id", "uid", "guid"),
    "source": ("outlet", "publisher", "author", "account", "user", "username", "screen_name", "channel",
               "domain", "media", "media_name", "newspaper", "speaker", "from"),
    "time": ("date", "datetime", "timestamp", "created_at", "published", "published_at", "publish_date",
             "pubdate", "day"),
    "text": ("content", "body", "message", "full_text", "article", "tweet", "post", "plain_text"),
}  # fmt: skip
_LONG_LISTS = pa.large_list(pa.large_string())  # as lists of text are read
_ADDRESS = frozenset({"url", "link", "address"})
_SHARES = frozenset({"object_id", "account_id", "content_id", "timestamp_share"})  # CooRTweet's names
_OF_ARTICLES = frozenset({"media_name", "media_url", "media_id", "stories_id", "publish_date"})  # Media Cloud's names


@dataclass(frozen=True)
class Mapping:
    """Where the parts of a document are in the input: names of input columns, None where it has none.

    `kept` maps every further input column to its name in the documents.
    """

    id: str | None
    source: str
    time: str | None
    text: str
    precision: str | None
    kept: dict[str, str]


def map_columns(names: Iterable[str], options: ReadOptions, settled: bool = True) -> Mapping:
    """The mapping of the columns `names`.

    An input column that has the name of another part of a document is kept as `input_` and its name.
    `settled` says that no further column can turn up: only then can `doc_id` stand in for `id`.

    >>> map_columns(["outlet", "text", "date", "time"], ReadOptions(source="outlet", time="date")).kept
    {'time': 'input_time'}
    """
    names = list(names)
    fallback = "doc_id" if settled and "doc_id" in names else None
    id_ = options.id if options.id is not None else ("id" if "id" in names else fallback)
    id_ = id_ or None  # '' says that there is none
    source, text = options.source or "source", options.text or "text"
    time = options.time or ("time" if "time" in names else None)
    precision = "time_precision" if "time_precision" in names else None
    taken = {id_, source, time, text, precision} - set(COPIED)
    kept: dict[str, str] = {}
    for name in sorted(n for n in names if n not in taken):
        target = name
        while (target in _RESERVED and target not in COPIED) or (target != name and target in names):
            target = f"input_{target}"
        kept[name] = target
    return Mapping(id_, source, time, text, precision, kept)


def check_columns(file: str, names: Collection[str], options: ReadOptions) -> None:
    """Raise where a needed column is missing (InputError), or one that the user named (UsageError)."""
    for error in lacking(file, names, options):
        raise error


def lacking(file: str, names: Collection[str], options: ReadOptions) -> list[InchorusError]:
    """The errors for all columns that are needed, or named by the user, and missing."""
    given = {part: getattr(options, part) or None for part in ("id", "source", "time", "text")}
    if given["text"] is None and _addresses_alone(names):
        return [_missing(file, "text", None, names)]
    return [
        _missing(file, part, name, names)
        for part, name in given.items()
        if (name is not None or part in {"source", "text"}) and (name or part) not in names
    ]


def _addresses_alone(names: Collection[str]) -> bool:
    """Whether a table has addresses of articles, as Media Cloud's has, and no texts."""
    plain = {name.casefold() for name in names}
    return bool(_ADDRESS & plain) and not plain & {"text", *_USUAL["text"]} and bool(_OF_ARTICLES & plain)


def _missing(file: str, part: str, given: str | None, names: Collection[str]) -> InchorusError:
    wanted = given or part
    usual = next((n for n in names if n.casefold() in _USUAL[part]), None)
    others = {name for role, also in _USUAL.items() if role != part for name in (role, *also)}
    like = nearest(wanted, [n for n in names if n.casefold() not in others])
    expected = f"did you mean {usual!r}?" if usual else ""
    # Whoever asks for a column by the name of its part wants that part; others mistyped a name.
    hint = (expected or like) if wanted.casefold() in {part, *_USUAL[part]} else (like or expected)
    there = ", ".join(sorted(names)) or "none"
    error = UsageError if given is not None else NoColumnError
    if given is None and set(names) >= _SHARES:
        return error(
            f"no column {wanted!r}: these are shares in CooRTweet's four columns, which have no texts",
            where=Where(file),
            fix="compare who shares what: inchorus find FILE --coortweet --out STUDY",
        )
    if part == "text" and given is None and not hint and _ADDRESS & {n.casefold() for n in names}:
        return error(
            f"no column {wanted!r}: this table has addresses of articles and not their texts; the columns are: {there}",
            where=Where(file),
            fix="collect the articles: inchorus collect FILE --out DOCS; or name the column of the texts with --text",
        )
    return error(
        f"no column {wanted!r}; the columns are: {there}",
        where=Where(file),
        fix=f"--{part} names the column that holds the {part}" + (f": {hint}" if hint else ""),
    )


def common_type(kinds: set[Kind]) -> pa.DataType:
    """The one type for a column that holds these kinds: theirs if it is one, a wider number, else string.

    >>> common_type({pa.int64(), pa.float64()}), common_type({"wide", pa.float64()})
    (DataType(double), DataType(string))
    """
    types = {pa.int64() if k == "wide" else k for k in kinds}
    if not types:
        return pa.string()
    if len(types) == 1:
        return next(iter(types))
    if all(pa.types.is_integer(t) and t != pa.uint64() for t in types):
        return pa.int64()
    small = all(pa.types.is_floating(t) or (pa.types.is_integer(t) and t != pa.uint64()) for t in types)
    return pa.float64() if small and "wide" not in kinds else pa.string()


def documents_schema(kinds: dict[str, set[Kind]]) -> pa.Schema:
    """The schema of the documents: DOCUMENTS, NAMED, then the further columns in the order of their names."""
    own = arrow_schema("documents")
    types = {c.name: common_type(kinds[c.name]) if c.name in kinds else c.type for c in NAMED}
    named = [pa.field(c.name, c.type if types[c.name] == _LONG_LISTS else types[c.name]) for c in NAMED]
    known = {*own.names, *types}
    return pa.schema([*own, *named, *(pa.field(n, common_type(kinds[n])) for n in sorted(set(kinds) - known))])


def converted(array: pa.Array, type_: pa.DataType) -> pa.Array:
    """The array as `type_`; lists and structs become JSON text, bytes hexadecimal digits.

    >>> converted(pa.array([{"a": 1}, None]), pa.string()).to_pylist()
    ['{"a": 1}', None]
    """
    if array.type == type_:
        return array
    if array.type == _LONG_LISTS and pa.types.is_list(type_):
        return array.cast(type_)
    if pa.types.is_nested(array.type):
        return strings([None if v is None else json_text(v) for v in array.to_pylist()])[0].cast(type_)
    if pa.types.is_boolean(array.type) and pa.types.is_string(type_):
        return pc.if_else(array, "true", "false").cast(type_)
    if pa.types.is_binary(array.type) or pa.types.is_large_binary(array.type):
        return pa.array([None if v is None else v.hex() for v in array.to_pylist()], type_)
    try:
        return pc.cast(array, type_, safe=not pa.types.is_floating(type_))
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return pa.array([None if v is None else str(v) for v in array.to_pylist()], type_)
