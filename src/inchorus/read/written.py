"""Documents written to one Parquet file, as `inchorus read` does, with the account of what was read beside them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from inchorus.engine.parquet import said_in, write_table
from inchorus.errors import UsageError, Where
from inchorus.progress import Progress
from inchorus.read.account import said
from inchorus.read.documents import Documents, read_documents
from inchorus.read.inputs import Held
from inchorus.read.options import ReadOptions
from inchorus.read.skipped_rows import check_skipped_file, put_beside


def write_documents(
    inputs: Sequence[Path | Held], out: Path, options: ReadOptions, progress: Progress, scratch: Path
) -> Documents:
    """Read as `read_documents` does, and write the documents to the file `out`, which is there whole or not at all.

    The rows that are skipped stand in `OUT.skipped.csv` beside it. Its metadata (`engine.parquet.said_in`) has the
    account as JSON: every input with its SHA-256, the options, and what was left out. UsageError where another file is
    at `out`, errors of `read_documents` besides.
    """
    check_place(out)
    stem = beside(out)
    check_skipped_file(stem)
    documents = read_documents(inputs, options, scratch, progress)
    account = json.dumps(said_of(documents, options), ensure_ascii=False)
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as folder:
        draft = Path(folder) / out.name
        with progress.stage("write", len(documents.table), "documents") as advance:
            write_table(draft, "documents", documents.table, account)
            advance(len(documents.table))
        draft.replace(out)
    put_beside(documents.skipped, stem)
    return documents


def said_of(documents: Documents, options: ReadOptions) -> dict[str, object]:
    """What is said of documents that were read: of every input, of every format, and of how they were read."""
    return {
        "inputs": [asdict(file) for file in documents.files],
        "options": said(options),
        "read": [asdict(one) for one in documents.account],
        "read_as": documents.read_as,
        "notes": documents.notes,
        "not_read": documents.skipped.lines(),
    }


def beside(out: Path) -> Path:
    """What the file of skipped rows is named after.

    >>> beside(Path("may.parquet")).name, beside(Path("may")).name
    ('may', 'may')
    """
    return out.with_suffix("") if out.suffix == ".parquet" else out


def check_place(out: Path) -> None:
    """UsageError where `out` is a folder, or a file that `write_documents` did not write."""
    where = Where(str(out))
    if out.is_dir():
        raise UsageError("this is a folder; documents are one Parquet file", where=where, fix="name a file in it")
    if out.exists() and said_in(out) is None:
        raise UsageError(
            "inchorus read did not write this file, so it is left alone", where=where, fix="choose another --out"
        )
