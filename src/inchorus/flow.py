"""The ordered stages: read, words, passages, labels, traces, study, ties."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa

from inchorus.errors import InputError
from inchorus.kernel import I64
from inchorus.manifest import check_target
from inchorus.match.content import lexicon
from inchorus.match.families import Families
from inchorus.match.features import measure
from inchorus.match.labels import judge
from inchorus.match.passages import find_passages
from inchorus.match.settle import paired, settle
from inchorus.match.split import split
from inchorus.match.within import within
from inchorus.options import FindOptions, ShareOptions
from inchorus.prepare.corpus import Corpus, build_corpus
from inchorus.prepare.texts import vocabulary
from inchorus.progress import Progress
from inchorus.read import Documents, ReadOptions, read_documents
from inchorus.read.attributes import read_attributes, with_attributes
from inchorus.read.kept_apart import check_skipped_file, put_beside, skipped_file
from inchorus.read.pairs import read_pairs
from inchorus.relate.ready import check_objects, ready
from inchorus.relate.shares import coortweet_columns, of_coortweet, with_object
from inchorus.schema import arrow_schema
from inchorus.study import Study, add_tables, hash_file, now, write_study
from inchorus.trace.tables import build_tables

_REASONS = 20  # that the manifest names, the commonest first


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="inchorus-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _manifest(
    documents: Documents,
    read: ReadOptions,
    options: FindOptions,
    sharing: ShareOptions,
    started: str,
    text: str = "text",
) -> dict[str, Any]:
    shaping = {name: value for name, value in asdict(options).items() if name not in {"threads", "seed", "pairs"}}
    if options.pairs is not None:
        shaping["pairs"] = {"name": options.pairs.name, "sha256": hash_file(options.pairs)}
    if sharing.attributes is not None:
        shaping["attributes"] = {"name": sharing.attributes.name, "sha256": hash_file(sharing.attributes)}
    return {
        "started": started,
        "options": {**asdict(read), **shaping},
        "seed": options.seed,
        "inputs": [asdict(file) for file in documents.files],
        "left_out": {f"without {text}": documents.n_empty, "skipped as bad rows": documents.skipped.n},
        "rows_skipped": dict(documents.skipped.reasons.most_common(_REASONS)),
        "times_not_read": documents.n_bad_times,
        "notes": documents.notes,
    }


def find(
    inputs: Sequence[Path],
    out: Path | None,
    read: ReadOptions,
    options: FindOptions,
    progress: Progress,
    sharing: ShareOptions | None = None,
) -> Study:
    """Run every stage on `inputs` and write the study at `out`; ties, too, where `sharing` names objects.

    With no `out` the study is written to a temporary folder that goes when the Study does. Raises
    InputError where the input cannot be read or has one source only, UsageError where `out` is not
    to be written.
    """
    started = now()
    sharing = sharing or ShareOptions()
    if out is not None:
        check_target(out)
        if read.skips:
            check_skipped_file(out)
    if sharing.coortweet:
        return _coortweet(inputs, out, read, options, progress, sharing, started)
    declared = None if sharing.attributes is None else read_attributes(sharing.attributes)
    with _scratch() as scratch:
        documents = _read(inputs, read, scratch, progress, out)
        table = documents.table if declared is None else with_attributes(documents.table, declared, progress.note)
        _check_sources(table)
        check_objects(sharing.objects, table.column_names)  # now, and not when all the rest is done and written
        corpus = build_corpus(table, options.workers, progress)
        pairs = None if options.pairs is None else read_pairs(options.pairs, table["doc_id"], read)
        families = find_passages(corpus, options, progress, pairs)
        forms = vocabulary(corpus, table["text"])
        if not options.edited:
            families = _same_lines(corpus, families, forms, options, progress, pairs)
        left_out: dict[str, int] = {}
        if options.within is not None:
            families, left_out = _near_in_time(corpus, families, options)
        with progress.stage("labels and traces", len(families.family), "passages") as advance:
            features = measure(corpus, families)
            labels = judge(families, features, len(corpus.source))
            tables = build_tables(corpus, table, forms, families, features, labels)
            advance(len(families.family))
        rows = {"documents": table, **tables._asdict()}
        manifest = _manifest(documents, read, options, sharing, started)
        manifest["left_out"].update(left_out)
        study, place = _written(out, rows, manifest, progress)
        put_beside(documents.skipped, study.path)
    if sharing.objects:
        window, least = sharing.settled()
        how = {"objects": sharing.objects, "window": window, "min_participation": least}
        study = ready(study, {**how, "seed": options.seed, "threads": options.threads}, progress)
    return _kept(study, place)


def _same_lines(
    corpus: Corpus, families: Families, forms: pa.Array, options: FindOptions, progress: Progress, pairs: I64 | None
) -> Families:
    """Families of which each passage says what the canonical one says."""
    with progress.stage("same lines", len(families.family), "passages") as advance:
        words = lexicon(corpus, forms)
        apart = split(corpus, families, words, options.min_words, options.min_sources, options.min_similarity)
        advance(len(families.family))
    return settle(corpus, apart if pairs is None else paired(apart, pairs), options.min_sources)


def ties(study: Study, given: Mapping[str, Any], progress: Progress) -> Study:
    """The study with its ties, groups and occasions as asked for (see `relate.ready`); they are made where needed."""
    return ready(study, given, progress)


def _near_in_time(corpus: Corpus, families: Families, options: FindOptions) -> tuple[Families, dict[str, int]]:
    """Families limited by `--within`, and how many passages that left out, by reason."""
    days = options.within or 0.0
    families, left = within(
        corpus, families, days, options.min_sources, 0.0 if options.edited else options.min_similarity
    )
    unit = "day" if days == 1 else "days"
    return families, {
        f"passages with no other source within {days:g} {unit}": left.apart,
        "passages without a time": left.without_time,
    }


def _coortweet(
    inputs: Sequence[Path],
    out: Path | None,
    read: ReadOptions,
    options: FindOptions,
    progress: Progress,
    sharing: ShareOptions,
    started: str,
) -> Study:
    """Read shares in CooRTweet's four columns; write every pair by its rules, each with its test."""
    with _scratch() as scratch:
        documents = _read(inputs, coortweet_columns(read), scratch, progress, out)
        table = with_object(documents.table)
        if sharing.attributes is not None:
            table = with_attributes(table, read_attributes(sharing.attributes), progress.note)
        _check_sources(table)
        none = {name: arrow_schema(name).empty_table() for name in ("talking_points", "passages", "variants")}
        rows = {"documents": table, **none}
        manifest = _manifest(documents, coortweet_columns(read), options, sharing, started, "an object")
        study, place = _written(out, rows, manifest, progress)
        put_beside(documents.skipped, study.path)
        tables, facts = of_coortweet(study, sharing, options, progress)
        study = add_tables(study, tables, {"ties": facts})
    return _kept(study, place)


def _read(inputs: Sequence[Path], read: ReadOptions, scratch: Path, progress: Progress, out: Path | None) -> Documents:
    """The documents; what the user should know of them is said."""
    documents = read_documents(inputs, read, scratch, progress)
    for note in documents.notes:
        progress.note(note)
    skipped = documents.skipped
    if skipped.n:
        rows = "1 row was" if skipped.n == 1 else f"{skipped.n:,} rows were"
        more = "; …" if skipped.n > len(skipped.examples) else ""
        place = "" if out is None else f"; all of them are kept in {skipped_file(out)}"
        progress.note(f"{rows} skipped: {'; '.join(skipped.examples)}{more}{place}")
    return documents


def _check_sources(documents: pa.Table) -> None:
    first, last = documents["source"][0], documents["source"][-1]
    if first == last:
        raise InputError(
            f"all documents have the one source {first.as_py()!r}",
            fix="wording travels between two sources or more; name another column with --source",
        )


def _written(
    out: Path | None, rows: dict[str, pa.Table], manifest: dict[str, Any], progress: Progress
) -> tuple[Study, tempfile.TemporaryDirectory[str] | None]:
    """The study of these tables, at `out` or in a temporary folder, which is the second value."""
    with progress.stage("write", sum(len(t) for t in rows.values()), "rows") as advance:
        place = None
        if out is None:
            place = tempfile.TemporaryDirectory(prefix="inchorus-study-")
            out = Path(place.name) / "study"
        study = write_study(out, rows, manifest)
        advance(sum(len(t) for t in rows.values()))
    return study, place


def _kept(study: Study, place: tempfile.TemporaryDirectory[str] | None) -> Study:
    """The study, which its temporary folder, if it has one, does not outlive."""
    if place is not None:
        weakref.finalize(study, place.cleanup)
    return study
