"""The ordered stages: read, words, passages, labels, traces, study."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from inchorus.errors import InputError
from inchorus.match.features import measure
from inchorus.match.labels import judge
from inchorus.match.passages import find_passages
from inchorus.options import FindOptions
from inchorus.prepare.corpus import build_corpus
from inchorus.progress import Progress
from inchorus.read import Documents, ReadOptions, read_documents
from inchorus.read.pairs import read_pairs
from inchorus.study import Study, check_target, hash_file, now, write_study
from inchorus.trace.tables import build_tables


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="inchorus-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _manifest(documents: Documents, read: ReadOptions, options: FindOptions, started: str) -> dict[str, Any]:
    shaping = {name: value for name, value in asdict(options).items() if name not in {"threads", "seed", "pairs"}}
    if options.pairs is not None:
        shaping["pairs"] = {"name": options.pairs.name, "sha256": hash_file(options.pairs)}
    return {
        "started": started,
        "options": {**asdict(read), **shaping},
        "seed": options.seed,
        "inputs": [asdict(file) for file in documents.files],
        "left_out": {"without text": documents.n_empty},
        "times_not_read": documents.n_bad_times,
        "notes": documents.notes,
    }


def find(
    inputs: Sequence[Path], out: Path | None, read: ReadOptions, options: FindOptions, progress: Progress
) -> Study:
    """Run every stage on `inputs` and write the study at `out`.

    With no `out` the study is written to a temporary folder that goes when the Study does. Raises
    InputError where the input cannot be read or has one source only, UsageError where `out` is not
    to be written.
    """
    started = now()
    if out is not None:
        check_target(out)
    with _scratch() as scratch:
        documents = read_documents(inputs, read, scratch, progress)
        for note in documents.notes:
            progress.note(note)
        corpus = build_corpus(documents.table, options.workers, progress)
        if corpus.source[0] == corpus.source[-1]:
            raise InputError(
                f"all documents have the one source {documents.table['source'][0].as_py()!r}",
                fix="wording travels between two sources or more; name another column with --source",
            )
        pairs = None if options.pairs is None else read_pairs(options.pairs, documents.table["doc_id"], read)
        families = find_passages(corpus, options, progress, pairs)
        with progress.stage("labels and traces", len(families.family), "passages") as advance:
            features = measure(corpus, families)
            labels = judge(families, features, len(corpus.source))
            tables = build_tables(corpus, documents.table, families, features, labels)
            advance(len(families.family))
        rows = {"documents": documents.table, **tables._asdict()}
        with progress.stage("write", sum(len(t) for t in rows.values()), "rows") as advance:
            manifest = _manifest(documents, read, options, started)
            if out is not None:
                study = write_study(out, rows, manifest)
            else:
                folder = tempfile.TemporaryDirectory(prefix="inchorus-study-")
                study = write_study(Path(folder.name), rows, manifest)
                weakref.finalize(study, folder.cleanup)
            advance(sum(len(t) for t in rows.values()))
    return study
