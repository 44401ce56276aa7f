"""What is said of documents when they are read: notes, what was skipped, and a summary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from inchorus.progress import Progress
from inchorus.read.documents import Documents
from inchorus.read.skipped_rows import skipped_file


def say(documents: Documents, beside: Path | None, progress: Progress) -> None:
    """Tell the user how files were read, and what of them was skipped, which is kept in a file named after `beside`."""
    for note in (*documents.read_as, *documents.notes):
        progress.note(note)
    skipped = documents.skipped
    n = skipped.n - skipped.n_damaged
    if n:
        rows = "1 row was" if n == 1 else f"{n:,} rows were"
        more = "; …" if n > len(skipped.examples) else ""
        place = "" if beside is None else f"; all of them are kept in {skipped_file(beside)}"
        progress.note(f"{rows} skipped: {'; '.join(skipped.examples)}{more}{place}")


def summed_up(documents: Documents) -> dict[str, Any]:
    """How many documents of how many sources there are, and their first and last time."""
    table = documents.table
    times = pc.min_max(table["time"]).as_py()
    return {
        "documents": len(table),
        "sources": pc.count_distinct(table["source"]).as_py(),
        "first": times["min"],
        "last": times["max"],
        "without_time": table["time"].null_count,
    }
