"""The quotations of many documents as a table, by as many processes as there is work for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.engine.executor import Executor
from inchorus.quote.circumstance import circumstances
from inchorus.quote.document import quotations
from inchorus.quote.language import Language, told
from inchorus.quote.names import Names, name_in
from inchorus.quote.quotation import Quotation
from inchorus.quote.unspaced import name_of

CHUNK = 2_000_000  # bytes of text that a process is given at a time
SMALL = 6_000_000  # bytes of text up to which a process would take longer to begin than the work
FOUND = pa.schema(
    [
        ("row", pa.int32()), ("number", pa.int32()), ("piece", pa.int16()), ("start", pa.int64()), ("end", pa.int64()),
        ("text", pa.large_string()), ("direct", pa.bool_()), ("speaker", pa.string()), ("speaker_start", pa.int64()),
        ("speaker_end", pa.int64()), ("name", pa.string()), ("cue", pa.string()), ("language", pa.string()),
        ("near", pa.bool_()), ("said_where", pa.string()), ("said_when", pa.string()),
    ]
)  # fmt: skip


def in_chunk(rows: Sequence[int], texts: Sequence[str], languages: Sequence[str | None]) -> pa.Table:
    """The quotations of some documents: a row a piece, `row` that of the document, `number` of the quotation in it."""
    columns: dict[str, list[Any]] = {field.name: [] for field in FOUND}
    for row, text, given in zip(rows, texts, languages, strict=True):
        of = told(text, given)
        if of is None:
            continue
        found = quotations(text, of)
        names = named(text, found, of)
        for number, (quotation, name) in enumerate(zip(found, names, strict=True)):
            speaker, cue = quotation.speaker, quotation.cue
            said = circumstances(text, cue, speaker, quotation.spans, of)
            for piece, (start, end) in enumerate(quotation.spans):
                values = (
                    row, number, piece, start, end, text[start:end], quotation.direct,
                    None if speaker is None else text[slice(*speaker)], speaker and speaker[0], speaker and speaker[1],
                    name, None if cue is None else text[slice(*cue)], of.code, quotation.near, *said,
                )  # fmt: skip
                for column, value in zip(columns.values(), values, strict=True):
                    column.append(value)
    return pa.table(columns, FOUND)


def named(text: str, found: Sequence[Quotation], of: Language) -> list[str | None]:
    """The name of each quotation's speaker, resolved in the document; None where it has none or it is not sure.

    >>> from inchorus.quote.language import language
    >>> of = language("en")
    >>> text = "Ada Ash said it is safe. “Nobody pays,” Ash said. She added: “Not twice.”"
    >>> named(text, quotations(text, of), of)
    ['Ada Ash', 'Ada Ash', 'Ada Ash']
    """
    if not any(q.speaker for q in found):
        return [None] * len(found)
    if of.unspaced:
        return [None if q.speaker is None else name_of(text[slice(*q.speaker)], of) for q in found]
    names = Names(text, of)
    inside = [span for q in found if q.direct for span in q.spans]
    last: tuple[str, int] | None = None
    out: list[str | None] = []
    for quotation in found:
        if quotation.speaker is None:
            out.append(None)
            continue
        begin, end = quotation.speaker
        mention = text[begin:end]
        if mention.casefold() in of.persons:
            name = names.pronoun(begin, last, inside)
        else:
            plain = name_in(mention, of)
            if plain is not None and quotation.cue is None and not names.known(plain, begin):
                plain = None  # the first word of a sentence that says nothing of who speaks
            name = names.titled(mention) if plain is None else names.full(plain)
        if name is not None and (last is None or begin >= last[1]):
            last = (name, end)
        out.append(name)
    return out


def find_quotations(documents: pa.Table, workers: int, advance: Callable[[int], None]) -> pa.Table:
    """The quotations of all documents, in their order; `advance` is told of each document that is done."""
    texts = documents["text"]
    languages = documents["language"] if "language" in documents.column_names else pa.nulls(len(texts), pa.string())
    chunks = list(_chunks(texts))
    if workers < 2 or texts.nbytes < SMALL:
        return _joined([_done(_alone(texts, languages, chunk), chunk, advance) for chunk in chunks])
    free: list[_Process] = []

    def work(chunk: tuple[int, int]) -> pa.Table:
        process = free.pop() if free else _Process()
        table = process.ask(_asked(texts, languages, chunk))
        free.append(process)
        return _done(table, chunk, advance)

    try:
        return _joined(list(Executor(min(workers, len(chunks))).map(work, chunks)))
    finally:
        for process in free:
            process.end()


def _joined(tables: Sequence[pa.Table]) -> pa.Table:
    return pa.concat_tables([FOUND.empty_table(), *tables])


def _done(table: pa.Table, chunk: tuple[int, int], advance: Callable[[int], None]) -> pa.Table:
    advance(chunk[1] - chunk[0])
    return table


def _chunks(texts: pa.ChunkedArray) -> Iterator[tuple[int, int]]:
    """Ranges of documents with about `CHUNK` bytes of text each."""
    begin = size = 0
    for at, n in enumerate(pc.binary_length(texts).to_pylist()):
        size += n or 0
        if size >= CHUNK:
            yield begin, at + 1
            begin, size = at + 1, 0
    if begin < len(texts):
        yield begin, len(texts)


def _alone(texts: pa.ChunkedArray, languages: pa.ChunkedArray, chunk: tuple[int, int]) -> pa.Table:
    begin, end = chunk
    n = end - begin
    return in_chunk(range(begin, end), texts.slice(begin, n).to_pylist(), languages.slice(begin, n).to_pylist())


def _asked(texts: pa.ChunkedArray, languages: pa.ChunkedArray, chunk: tuple[int, int]) -> pa.Table:
    begin, end = chunk
    n = end - begin
    rows = pa.array(range(begin, end), pa.int32())
    return pa.table({"row": rows, "text": texts.slice(begin, n), "language": languages.slice(begin, n)})


class _Process:
    """A Python of its own that finds quotations: tables of documents go in, tables of quotations come out."""

    def __init__(self) -> None:
        folder = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join([folder, *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "inchorus.quote.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths},
        )  # fmt: skip

    def ask(self, documents: pa.Table) -> pa.Table:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        send(self._process.stdin, documents)
        return receive(self._process.stdout)

    def end(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def send(pipe: Any, table: pa.Table) -> None:
    """Write a table to a pipe: how many bytes it has, and these."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    data = sink.getvalue()
    pipe.write(len(data).to_bytes(8, "little"))
    pipe.write(data)
    pipe.flush()


def receive(pipe: Any) -> pa.Table:
    """Read a table that `send` wrote; EOFError where there is no more."""
    head = pipe.read(8)
    if len(head) < 8:
        raise EOFError("the process that looked for quotations has ended")
    return pa.ipc.open_stream(pipe.read(int.from_bytes(head, "little"))).read_all()
