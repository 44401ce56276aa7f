"""A first look at the input: what the columns are, what would become of them, and what would be left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import InchorusError
from inchorus.read.bad_rows import Skipped
from inchorus.read.batches import Batch
from inchorus.read.columns import Mapping, lacking, map_columns
from inchorus.read.finding import find_inputs
from inchorus.read.formats import DocumentFormat, check_installed
from inchorus.read.ids import written_times
from inchorus.read.inputs import Held, Input
from inchorus.read.intake import Intake
from inchorus.read.lists import ONE, about, read_lists
from inchorus.read.options import ReadOptions, check_options
from inchorus.read.places import Places
from inchorus.read.reading import Part, check_named, parts_of
from inchorus.read.spill import Spill

ROWS = 20  # that are shown of every file, or of the files of a format
PARTS = 50  # that are looked into; the rest are of a folder with very many tables
_VALUES = 1_000  # of a column, from which a list is told


@dataclass(frozen=True)
class Seen:
    """A column of the input: what becomes of it, how many of the rows have a value, and the first of these.

    `becomes` is `id`, `source`, `time`, `text`, `time_precision`, or the name of the column of the documents that it
    is kept as. `lists` says in words what kind of lists it holds; empty where each value is one item.
    """

    name: str
    becomes: str
    filled: int
    example: str
    lists: str = ""


@dataclass(frozen=True)
class Look:
    """What a first look at a file, or at the files of a format, shows.

    `rows` were looked at, the first of it: `documents` are the first ROWS of those that they gave, with `source`,
    `time` (in ISO 8601, as precise as it is), `title` and `text`; `left_out` counts the others by reason. `problems`
    are the errors with which `inchorus find` would end. `notes` are things that the user should know.
    """

    files: list[str]
    format: str
    takes: str
    rows: int = 0
    columns: list[Seen] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Looked:
    """Every look, and what of the input was left out; `more` counts files that were not looked into, by format."""

    looks: list[Look]
    notes: list[str]
    more: dict[str, int]


def look(inputs: Sequence[Path | Held], options: ReadOptions, scratch: Path) -> Looked:
    r"""Look at the beginning of every file: some 16 MB, or 16,384 rows. Nothing else is read.

    Raises what `find_inputs` raises. What is wrong with a file is among the `problems` of its look.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> file = folder / "posts.csv"
    >>> _ = file.write_text("source,date,text\nHerald,2024-05-01,Rain at last\nCourier,,\n")
    >>> (seen,) = look([file], ReadOptions(time="date"), folder / "scratch").looks
    >>> [(c.name, c.becomes) for c in seen.columns], seen.left_out
    ([('source', 'source'), ('date', 'time'), ('text', 'text')], {'without text': 1})
    """
    check_options(options)
    scratch.mkdir(parents=True, exist_ok=True)
    more: Counter[str] = Counter()
    with TemporaryDirectory(prefix="members-", dir=scratch) as members:
        files, notes = find_inputs(inputs, options, Path(members))
        for file in files:
            check_installed(file.format, file.name)
        check_named(files, options)
        looks = [Look([f.name], f.format.name, "", problems=[str(f.error)]) for f in files if f.error is not None]
        for n, part in enumerate(parts_of(files, replace(options, bad_rows="skip", bad_times="null"))):
            if n >= PARTS:
                more[part.format.name] += len(part.indices)
            else:
                looks.append(_look(files, part, scratch))
    return Looked(looks, notes, dict(more))


def _look(files: list[Input], part: Part, scratch: Path) -> Look:
    names = [files[i].name for i in part.indices]
    takes = part.format.takes if isinstance(part.format, DocumentFormat) else ""
    seen = Look(names, part.format.name, takes)
    with Spill(scratch) as spill, Skipped(scratch) as skipped:
        try:
            batch = next(part.batches, None)
            if batch is None:
                return seen
            mapping = map_columns(batch.columns, part.options, batch.settled)
            seen = replace(seen, columns=_columns(batch, mapping), rows=_rows(batch))
            if errors := lacking(part.name, batch.columns, part.options):
                return replace(seen, problems=[str(error) for error in errors])
            intake = Intake(Places([f.name for f in files]), spill, skipped)
            intake.begin(part.name, part.options)
            intake.take(batch)
            intake.end()
        except InchorusError as error:
            return replace(seen, problems=[str(error)])
        spill.seal()
        reasons: Counter[str] = Counter()
        for (_, reason), n in (intake.left_out + skipped.by_file).items():
            reasons[reason] += n
        return replace(
            seen,
            takes=takes or intake.taken(),
            documents=_documents(intake, spill),
            left_out=dict(reasons.most_common()),
            notes=intake.notes(timeless=False) + [f"skipped: {one}" for one in skipped.examples],
        )


def _rows(batch: Batch) -> int:
    return batch.n_rows + len(batch.bad) + sum(batch.passed.values())


def _columns(batch: Batch, mapping: Mapping) -> list[Seen]:
    parts = {
        mapping.id: "id",
        mapping.source: "source",
        mapping.time: "time",
        mapping.text: "text",
        mapping.precision: "time_precision",
    }
    return [_seen(name, parts.get(name) or mapping.kept[name], array) for name, array in batch.columns.items()]


def _seen(name: str, becomes: str, array: pa.Array) -> Seen:
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        array = pc.if_else(pc.equal(array, ""), None, array)
    filled = array.drop_null()
    lists = ""
    if pa.types.is_nested(array.type):
        lists = f"column {name!r} holds lists"
    elif becomes not in {"id", "source", "time", "text", "time_precision", "title"} and len(filled):
        values = pc.unique(filled.slice(0, _VALUES)).cast(pa.string(), safe=False).to_pylist()
        found = read_lists(values)
        lists = about(name, values, found) if found.kind != ONE else ""
    return Seen(name, becomes, len(filled), str(filled[0].as_py()) if len(filled) else "", lists)


def _documents(intake: Intake, spill: Spill) -> list[dict[str, Any]]:
    if not intake.collected.parts:
        return []
    part = intake.collected.parts[0]
    n = min(ROWS, len(part.row))
    schema = pa.schema([("title", pa.string()), ("text", pa.string())])
    kept = spill.gather(np.arange(n, dtype=np.int64), schema).to_pylist()
    times = [time.decode() or None for time in written_times(part.times)[:n]]
    rows = zip(part.id.slice(0, n).to_pylist(), part.source.slice(0, n).to_pylist(), times, kept, strict=True)
    return [{"id": id_, "source": source, "time": time, **texts} for id_, source, time, texts in rows]
