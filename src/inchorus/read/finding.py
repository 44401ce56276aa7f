"""The files behind what the user names: as given, found in folders, unpacked from archives; a format for each."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from inchorus.errors import InputError, UsageError, Where
from inchorus.read import formats
from inchorus.read.archives import ENDINGS, archive_kind, unpack, without_common_folder
from inchorus.read.compressed import DAMAGE, codec_of, plain_name, unpacked_head
from inchorus.read.content import advice, binary
from inchorus.read.formats import ARCHIVE, MEMORY, UNKNOWN, Beginning, DocumentFormat, Format, format_names, named
from inchorus.read.inputs import Held, Input, ending, missing, table_named, with_tables
from inchorus.read.options import ReadOptions, check_options

_SHOWN = 5
_HEAD = 1 << 14  # bytes that are held against what formats look like


def find_inputs(
    given: Sequence[Path | Held], options: ReadOptions, scratch: Path | None = None
) -> tuple[list[Input], list[str]]:
    """Every file to read, sorted by name, and notes on files that were left out.

    A folder stands for its files, at any depth; an archive for its members, which are unpacked into the folder
    `scratch`, or, without it, for itself, as a file of the format ARCHIVE. Raises InputError for a path that is not
    there or a folder without files that can be read; UsageError where nothing is given or a file is given twice. An
    archive that cannot be unpacked and a file whose format cannot be told, or that may not be read, have an `error`;
    where nothing else is given it is raised.
    """
    if not given:
        raise UsageError("no input is given", fix="name a file or a folder")
    check_options(options)
    search = _Search(options, scratch)
    for path in given:
        if not isinstance(path, Path):
            search.inputs.append(Input(Path(path.name), path.name, MEMORY, held=path))
            continue
        try:
            folder = path.is_dir()
        except OSError as e:
            raise InputError(
                f"there is no such file or folder ({e.strerror})", where=Where(str(path)[:200]), fix="check the path"
            ) from e
        if folder:
            search.folder(path)
        elif path.exists():
            search.file(path)
        elif (in_database := table_named(path)) is not None:
            search.table(*in_database)
        else:
            raise missing(path)
    refused = [file.error for file in search.inputs if file.error is not None]
    if refused and len(refused) == len(search.inputs):
        raise refused[0]
    return sorted(_distinct(search.inputs), key=lambda f: f.name), search.notes


class _Search:
    """What the inputs stand for so far, and what of them is left out."""

    def __init__(self, options: ReadOptions, scratch: Path | None) -> None:
        self.inputs: list[Input] = []
        self.notes: list[str] = []
        self._options = options
        self._scratch = scratch
        self._seen: set[Path] = set()
        self._endings = _by_ending()

    def file(self, path: Path) -> None:
        """A file that the user names."""
        self._once(path)
        try:
            kind = self._archive(path)
            format = UNKNOWN if kind else _format_of(path, self._options)
        except InputError as error:
            self.inputs.append(Input(path, path.name, UNKNOWN, error=error))
            return
        if kind:
            self._members(Input(path, path.name, ARCHIVE), kind)
        else:
            self.inputs.append(Input(path, path.name, format, place=PurePosixPath(path.name)))

    def table(self, path: Path, table: str) -> None:
        """A table of a database that the user names."""
        self._once(path)
        format = with_tables(path, _format_of(path, self._options))
        self.inputs.append(Input(path, path.name, format, table=table, place=PurePosixPath(path.name)))

    def folder(self, folder: Path) -> None:
        """All files of a folder; of a study, its documents."""
        before = len(self.inputs)
        table = folder / "documents.parquet"
        if self._options.format in {None, "parquet"} and table.is_file():
            self._once(table)
            self.inputs.append(Input(table, table.name, named("parquet"), folder, place=PurePosixPath(table.name)))
            return
        others: list[str] = []
        links: list[str] = []
        inside = folder.resolve()
        for file in sorted(_walk(folder)):
            place = PurePosixPath(file.relative_to(folder).as_posix())
            name = place.as_posix()
            if file.is_symlink() and not file.resolve().is_relative_to(inside):
                links.append(name)
                continue
            try:
                kind = self._archive(file)
                format = None if kind else self._told(place, lambda file=file: _head(file))  # type: ignore[misc]
            except InputError as error:
                self.inputs.append(Input(file, name, UNKNOWN, folder, place=place, error=error))
                continue
            if kind:
                self._once(file)
                self._members(Input(file, name, ARCHIVE, folder, place=place), kind)
            elif format:
                self._once(file)
                self.inputs.append(Input(file, name, format, folder, place=place))
            else:
                others.append(name)
        name = folder.name or str(folder)
        if len(self.inputs) == before:
            wanted = [f for f in formats.FORMATS if self._options.format in {None, f.name}]
            endings = ", ".join(f".{e}" for e in dict.fromkeys(e for f in wanted for e in (*f.endings, *f.also)))
            raise InputError(
                "the folder holds no file that can be read", where=Where(str(folder)), fix=f"looked for {endings}"
            )
        self._leave(f"left out of the folder {name}, as not of the format read", others)
        self._leave(f"left out of the folder {name}, as links that lead out of it", links)

    def _once(self, path: Path) -> None:
        real = path.resolve()
        if real in self._seen:
            raise UsageError(f"the file {path.name} is given twice", fix="name it once")
        self._seen.add(real)

    def _leave(self, why: str, names: list[str]) -> None:
        if names:
            self.notes.append(f"{why}: {', '.join(names[:_SHOWN])}{' …' if len(names) > _SHOWN else ''}")

    def _archive(self, path: Path) -> str | None:
        """The kind of archive that a file is; None where it is none, or of a format that is packed in one."""
        end = ending(path)
        if end not in ENDINGS and (end in self._endings or self._options.format is not None):
            return None
        head = _head(path)
        kind = archive_kind(head, end)
        packed = kind == "zip" and any(f.looks(Beginning(end, head, self._options)) for f in formats.FORMATS)
        return None if packed else kind

    def _members(self, archive: Input, kind: str) -> None:
        """What an archive holds; one that cannot be unpacked has an error."""
        if self._scratch is None:
            self.inputs.append(archive)
            return
        try:
            self._unpacked(archive, kind, self._scratch / f"{len(self._seen)}")
        except InputError as error:
            self.inputs.append(replace(archive, error=error))

    def _unpacked(self, archive: Input, kind: str, to: Path) -> None:
        to.mkdir()
        unpacked = unpack(archive.path, archive.name, kind, to, self._told_of)
        self.notes += unpacked.notes(archive.name)
        if not unpacked.members:
            raise InputError(
                "the archive holds no file that can be read",
                where=Where(archive.name),
                fix="; ".join(unpacked.notes(archive.name)) or "unpack it and look",
            )
        members = list(unpacked.members.values())
        above = archive.place.with_name(_stem(archive.path)) if archive.folder else PurePosixPath()
        for member, inner in zip(members, without_common_folder([m.place for m in members]), strict=True):
            at = member.place.as_posix()
            self.inputs.append(
                Input(
                    member.path,
                    f"{archive.name}/{at}",
                    member.format,
                    archive.folder,
                    place=above / inner,
                    archive=archive.path,
                    member=at,
                )
            )
        if unpacked.error is not None:
            self.inputs.append(replace(archive, error=unpacked.error))

    def _told_of(self, place: PurePosixPath, head: bytes) -> Format | None:
        return self._told(place, lambda: _plain(head))

    def _told(self, place: PurePosixPath, head: Callable[[], bytes]) -> Format | None:
        """The format of a file that was found; None where it is not read, or not in the format that the user names."""
        end = ending(place)
        if self._options.format is not None:
            wanted = named(self._options.format)
            if end in wanted.endings or not (wanted.endings or wanted.also):
                return wanted
            likely = end in wanted.also and wanted.looks(Beginning(end, head(), self._options))
            return wanted if likely else None
        if not end and plain_name(place.name) != place.name:
            # dumps of posts are named RC_2023-01.zst: what was compressed was meant to be data
            return _by_content(Beginning(end, head(), self._options))
        return _among(self._endings, end, head, self._options)


def _walk(folder: Path) -> Iterable[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        yield from (path for n in names if not n.startswith(".") and (path := Path(parent, n)).is_file())


def _stem(path: Path) -> str:
    return plain_name(path.name).rpartition(".")[0] or path.name


def _format_of(path: Path, options: ReadOptions) -> Format:
    """The format that the user names, else that of the file's ending and beginning."""
    if options.format is not None:
        return named(options.format)
    end = ending(path)
    told = _among(_by_ending(), end, lambda: _head(path), options)
    if told is not None:
        return told
    begins = Beginning(end, _head(path), options)
    if (told := _by_content(begins)) is not None:
        return told
    if what := binary(begins.data):
        raise InputError(f"this is {what}", where=Where(path.name), fix=advice(what))
    raise InputError("the format cannot be told", where=Where(path.name), fix=f"name it: --format {format_names()}")


def _among(endings: dict[str, Format], end: str, head: Callable[[], bytes], options: ReadOptions) -> Format | None:
    """The format of a file with this ending: one that its beginning tells, else the one whose ending it is."""
    known, also = endings.get(end), [f for f in formats.FORMATS if end in f.also]
    if not also:
        return known
    begins = Beginning(end, head(), options)
    return next((f for f in also if _looks(f, begins)), known)


def _by_content(begins: Beginning) -> Format | None:
    return next((f for f in formats.FORMATS if _looks(f, begins)), None)


def _looks(format: Format, begins: Beginning) -> bool:
    """Whether a file looks like it, and does not have the columns that the user names, as a table has them."""
    return format.looks(begins) and not (isinstance(format, DocumentFormat) and begins.mapped)


def _by_ending() -> dict[str, Format]:
    return {ending: format for format in formats.FORMATS for ending in format.endings}


def _head(path: Path) -> bytes:
    try:
        return unpacked_head(path, _HEAD)
    except PermissionError as e:
        raise InputError("the file may not be read", where=Where(str(path)), fix="change its permissions") from e


def _plain(head: bytes) -> bytes:
    """The first bytes of a file, decompressed; none of what is damaged."""
    codec = codec_of(head)
    if codec is None:
        return head
    with suppress(*DAMAGE):
        data: bytes = codec.open(io.BytesIO(head)).read1(_HEAD)
        return data
    return b""


def _distinct(inputs: list[Input]) -> list[Input]:
    # two files of one name from different folders: as many parent folders as it takes to tell them apart
    own = inputs
    for more in range(1, 32):
        counts = Counter(f.name for f in inputs)
        if len(counts) == len(inputs):
            break
        inputs = [
            replace(f, name="/".join([*(f.folder or f.given.parent).resolve().parts[-more:], o.name]))
            if counts[f.name] > 1
            else f
            for f, o in zip(inputs, own, strict=True)
        ]
    return inputs
