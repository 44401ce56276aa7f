"""What a format is: a record of how to tell it, what it needs and what reads it. Nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from json import JSONDecoder
from typing import TYPE_CHECKING, Any, NamedTuple

from inchorus.errors import UsageError, Where
from inchorus.read.content import binary
from inchorus.read.encodings import certain

if TYPE_CHECKING:
    from inchorus.read.batches import Batch
    from inchorus.read.inputs import Input
    from inchorus.read.options import ReadOptions
    from inchorus.read.records import File

MAPPED = ("id", "source", "time", "text")  # of every document, whatever the format calls them


class Document(NamedTuple):
    """A document that a reader found: its columns by name, and the line of the file in which it begins, from 1."""

    values: dict[str, Any]
    line: int | None = None


class Passed(NamedTuple):
    """Something in a file that is no document by its nature, as a service message is none: why it is left out."""

    reason: str


class Broken(NamedTuple):
    """A record that cannot be read: what is wrong, what to do, and the record as it stands there.

    With `damage` nothing of the file can be read, or nothing from here on.
    """

    what: str
    fix: str
    raw: str = ""
    line: int | None = None
    damage: bool = False


Found = Document | Passed | Broken


@dataclass(frozen=True)
class Beginning:
    """How a file begins: its ending, its first bytes (decompressed), and what the user says about the input."""

    ending: str
    data: bytes
    options: ReadOptions

    @cached_property
    def text(self) -> str:
        """The first bytes decoded, without a byte order mark; nothing of what is no text."""
        if binary(self.data) is not None:
            return ""
        encoding = certain(self.data, self.options.encoding) or self.options.encoding
        return self.data.decode(encoding, "replace").removeprefix("\ufeff")

    @cached_property
    def start(self) -> str:
        """The text without the white space before it."""
        return self.text.lstrip()

    @cached_property
    def header(self) -> frozenset[str]:
        """The names in the first line, whatever of , ; tab and | stands between them."""
        first = self.text.removeprefix("sep=\t\n").split("\n", 1)[0]
        return frozenset(name.strip(' "\r') for d in "\t,;|" if d in first for name in first.split(d))

    @cached_property
    def keys(self) -> frozenset[str]:
        """The names in the JSON object that the file begins with, or the array in which it stands first."""
        return frozenset(_keys(self.start))

    @property
    def mapped(self) -> bool:
        """Whether it has the columns that the user names for source and text: it is meant to be a plain table."""
        asked = {name for name in (self.options.source, self.options.text) if name}
        return bool(asked) and asked <= self.header | self.keys


def _keys(text: str) -> Iterator[str]:
    """The names in the object that a text begins with, or an array of such, as far as the text goes."""
    decoder = JSONDecoder()
    at = text.find("{", 0, 64) + 1 if text[:1] in {"{", "["} else 0
    while at:
        try:
            name, at = decoder.raw_decode(text, _behind_blanks(text, at))
            if not isinstance(name, str):
                return
            yield name
            at = _behind_blanks(text, at)
            if text[at : at + 1] != ":":
                return
            _, at = decoder.raw_decode(text, _behind_blanks(text, at + 1))
        except (ValueError, RecursionError):
            return
        at = _behind_blanks(text, at)
        at = at + 1 if text[at : at + 1] == "," else 0


def _behind_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def never(_: Beginning) -> bool:
    """No content tells this format."""
    return False


@dataclass(frozen=True, kw_only=True)
class Format:
    """One format of files.

    `name` is what `--format` calls it, `reads` a sentence that says what a document is. A file with one of `endings` is
    taken for it; one with an ending of `also`, or with none that is known, if `looks` says so of its beginning. `needs`
    are modules that must be installed besides, which `extra` of the package brings. `whole`: it is read from a file on
    disk and cannot be decompressed while it is read.
    """

    name: str
    reads: str
    endings: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    looks: Callable[[Beginning], bool] = never
    needs: tuple[str, ...] = ()
    extra: str = ""
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class TableFormat(Format):
    """A format of tables, whose columns the user names: `read(file, index, options)` yields their rows in batches."""

    read: Callable[[Input, int, ReadOptions], Iterator[Batch]]


@dataclass(frozen=True, kw_only=True)
class DocumentFormat(Format):
    """A format that says itself what is text, source and time: `read(file)` yields every document, and what is none.

    `columns` are the names of all columns that its documents may have, `id`, `source`, `time` and `text` among them.
    `takes` says in words what becomes text, source and time. `platform` is where all of its documents were published:
    the value of their column `platform`, unless they have one of their own.
    """

    columns: tuple[str, ...]
    read: Callable[[File], Iterator[Found]]
    takes: str = ""
    platform: str = ""


def later(name: str) -> Callable[..., Any]:
    """The function `module:name`, imported when it is first called.

    >>> later("inchorus.read.text:time_in")("report 2024-05-01")
    '2024-05-01'
    """
    module, _, function = name.partition(":")

    def call(*args: Any, **named: Any) -> Any:
        return getattr(import_module(module), function)(*args, **named)

    return call


def check_installed(format: Format, file: str) -> None:
    """Raise UsageError, with the command that installs it, where a format needs what is not there."""
    lacking = [module for module in format.needs if find_spec(module) is None]
    if lacking:
        raise UsageError(
            f"the format {format.name} needs {' and '.join(lacking)}, which is not installed",
            where=Where(file),
            fix=f"install it: pip install 'inchorus[{format.extra}]'",
        )
