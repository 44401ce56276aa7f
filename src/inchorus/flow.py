"""The stages in their order, and running them: this is the place to start reading."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from inchorus.asked import Asked, facts_of, of_file
from inchorus.check.claims import look_up
from inchorus.check.model import model_for
from inchorus.errors import InputError, UsageError
from inchorus.evidence.paraphrases import of_wordings, wordings
from inchorus.label.features import measure
from inchorus.label.labels import judge
from inchorus.labels import LABELS, STATEMENTS
from inchorus.manifest import check_target
from inchorus.match.meaning.model import load
from inchorus.match.meaning.paraphrases import How, paraphrases
from inchorus.match.talking_points import talking_points
from inchorus.options import FindOptions, ShareOptions
from inchorus.progress import Progress
from inchorus.quote.tables import quotation_tables
from inchorus.read import Documents, ReadOptions, read_documents
from inchorus.read.attributes import read_attributes, with_attributes
from inchorus.read.claims import read_claims
from inchorus.read.inputs import Held
from inchorus.read.pairs import read_pairs
from inchorus.read.said import say
from inchorus.read.skipped_rows import check_skipped_file, put_beside
from inchorus.relate.coortweet_study import coortweet_columns, of_coortweet, with_object
from inchorus.relate.up_to_date import check_columns, check_objects, made_for, ready
from inchorus.schema import TABLES, arrow_schema
from inchorus.stage import Stage, Things, run
from inchorus.study import Draft, Study, add_tables, drafted, now
from inchorus.trace.in_other_words import with_paraphrases
from inchorus.trace.tables import build_tables
from inchorus.words.corpus import build_corpus
from inchorus.words.reposts import with_reposts


def _read(things: Things, asked: Asked, progress: Progress) -> Things:
    declared = None if asked.sharing.attributes is None else read_attributes(asked.sharing.attributes)
    asked_claims = None if asked.sharing.claims is None else read_claims(asked.sharing.claims)
    model = None if asked.find.paraphrase is None else load(asked.find.paraphrase)
    documents = _with_reposts(_documents(asked, asked.read, progress), progress)
    table = documents.table if declared is None else with_attributes(documents.table, declared, progress.note)
    _check_sources(table)
    check_objects(asked.sharing.objects, table.column_names)  # now, and not when all the rest is done
    check_columns(asked.sharing.exchange_within, table.column_names)
    of_pairs = asked.find.pairs
    pairs = None if of_pairs is None else read_pairs(of_pairs, table["doc_id"], asked.read)
    facts = facts_of(documents, asked, asked.read, "text")
    return {
        "documents": table, "pairs": pairs, "asked_claims": asked_claims, "model": model, "skipped": documents.skipped,
        "facts": facts,
    }  # fmt: skip


def _words(things: Things, asked: Asked, progress: Progress) -> Things:
    table = things["documents"]
    corpus = build_corpus(table, asked.find.workers, progress)
    return {"corpus": corpus}


def _match(things: Things, asked: Asked, progress: Progress) -> Things:
    texts = things["documents"]["text"]
    given = talking_points(things["corpus"], texts, asked.find, progress, things["pairs"])._asdict()
    left_out = given.pop("left_out")
    return {**given, "facts": {"left_out": left_out}}


def _labels(things: Things, asked: Asked, progress: Progress) -> Things:
    families = things["families"]
    with progress.stage("labels", len(families.family), "passages") as advance:
        features = measure(things["corpus"], families)
        labels = judge(features, asked.find.min_words, things["frames"])
        advance(len(families.family))
    return {"features": features, "labels": labels}


def _meaning(things: Things, asked: Asked, progress: Progress) -> Things:
    o = asked.find
    if o.paraphrase is None:
        return {"paraphrases": None}
    corpus, labels = things["corpus"], things["labels"].label
    worth = np.isin(labels, [LABELS.index(name) for name in STATEMENTS])
    how = How(o.gram, o.min_words, o.min_sources, o.paraphrase_fdr, o.seed, o.workers)
    texts, words = things["documents"]["text"], things["lexicon"]
    found = paraphrases(corpus, texts, words, things["families"], worth, things["model"], how, progress)
    return {"paraphrases": found, "facts": {"paraphrase": found.facts}}


def _trace(things: Things, asked: Asked, progress: Progress) -> Things:
    table, corpus, families = things["documents"], things["corpus"], things["families"]
    with progress.stage("traces", len(families.family), "passages") as advance:
        forms, of, words, other_claims = things["forms"], things["frames"], things["lexicon"], None
        features, labels = things["features"], things["labels"]
        tables = build_tables(corpus, table, forms, words, families, features, labels, of)
        if things["paraphrases"] is not None:
            tables, other_claims = with_paraphrases(
                corpus, table, forms, words, families, of, tables, things["paraphrases"], asked.find.min_words
            )
        advance(len(families.family))
    return {**tables._asdict(), "other_claims": other_claims}


def _relate(things: Things, asked: Asked, progress: Progress) -> Things:
    window, least = asked.sharing.settled()
    how = {"objects": asked.sharing.objects, "window": window, "min_participation": least}
    given = {
        **(how if asked.sharing.objects else {}),
        "exchange_within": asked.sharing.exchange_within,
        "seed": asked.find.seed,
        "threads": asked.find.threads,
    }
    made = made_for(things["study"], given, progress)
    assert made is not None  # a new study has none
    tables, facts = made
    return {**tables, "facts": facts}


def _claims(things: Things, asked: Asked, progress: Progress) -> Things:
    if asked.sharing.claims is None:
        return {"claims": None}
    table, facts = look_up(things["study"], things["asked_claims"], asked.find.workers, progress, things["model"])
    return {"claims": table, "facts": {"claims": {**of_file(asked.sharing.claims), **facts}}}


def _read_shares(things: Things, asked: Asked, progress: Progress) -> Things:
    read = coortweet_columns(asked.read)
    documents = _documents(asked, read, progress)
    table = with_object(documents.table, progress.note)
    if asked.sharing.attributes is not None:
        table = with_attributes(table, read_attributes(asked.sharing.attributes), progress.note)
    _check_sources(table)
    none = {name: arrow_schema(name).empty_table() for name in _WORDING}
    facts = facts_of(documents, asked, read, "an object")
    return {"documents": table, **none, "skipped": documents.skipped, "facts": facts}


def _relate_shares(things: Things, asked: Asked, progress: Progress) -> Things:
    tables, facts = of_coortweet(things["study"], asked.sharing, asked.find, progress)
    return {**tables, "facts": {"ties": facts}}


_WORDING = ("talking_points", "passages", "variants")
_TIES = ("ties", "groups", "occasions")
_COLUMNS = tuple(field.name for field in fields(ReadOptions))
STAGES = (
    Stage("read",
          "Documents of files in any format, in one order, with what was skipped; pairs to compare; claims; a model.",
          (), ("documents", "pairs", "asked_claims", "model", "skipped"),
          (*_COLUMNS, "attributes", "pairs", "claims", "paraphrase"), _read),
    Stage("words", "The words of every document, folded, with where each stands.",
          ("documents",), ("corpus",), ("threads",), _words),
    Stage("match", "Passages that say the same, as families, each with its canonical one.",
          ("documents", "corpus", "pairs"), ("families", "frames", "forms", "lexicon"),
          ("gram", "min_words", "min_sources", "min_similarity", "edited", "within", "threads"), _match),
    Stage("labels", "What each talking point is like, and a label by that.",
          ("corpus", "families", "frames"), ("features", "labels"), ("min_words",), _labels),
    Stage("meaning", "Sentences that say one thing in other words, where a model is named; other claims beside them.",
          ("documents", "corpus", "families", "labels", "lexicon", "model"), ("paraphrases",),
          ("paraphrase", "paraphrase_fdr", "gram", "min_words", "min_sources", "seed", "threads"), _meaning),
    Stage("trace", "A score for each talking point; who was first, from whom, in which words.",
          ("documents", "corpus", "families", "frames", "forms", "lexicon", "features", "labels", "paraphrases"),
          (*_WORDING, "other_claims"), ("min_words",), _trace),
    Stage("claims", "Sentences that make the claims that are asked for.",
          ("study", "asked_claims", "model"), ("claims",), ("claims", "paraphrase"), _claims),
    Stage("relate", "Pairs of sources against chance: ties, groups, and the occasions behind them.",
          ("study",), _TIES,
          ("no_ties", "exchange_within", "objects", "window", "min_participation", "seed", "threads"), _relate),
)  # fmt: skip
COORTWEET = (
    Stage("read", "Shares in CooRTweet's four columns.",
          (), ("documents", *_WORDING, "skipped"), (*_COLUMNS, "attributes"), _read_shares),
    Stage("relate", "Every pair by CooRTweet's rules, each with its test.",
          ("study",), ("coortweet", *_TIES), ("window", "min_participation", "seed"), _relate_shares),
)  # fmt: skip


def find(
    inputs: Sequence[Path | Held],
    out: Path | None,
    read: ReadOptions,
    options: FindOptions,
    progress: Progress,
    sharing: ShareOptions | None = None,
) -> Study:
    """Run every stage on `inputs` and write the study at `out`, where it is put whole at the end.

    With no `out` the study is written to a temporary folder that goes when the Study does. Raises
    InputError where the input cannot be read or has one source only, UsageError where `out` is not
    to be written.
    """
    started = now()
    sharing = sharing or ShareOptions()
    if sharing.coortweet and options.paraphrase is not None:
        raise UsageError("--coortweet has no texts to compare", fix="leave out --paraphrase")
    if out is not None:
        check_target(out)
        check_skipped_file(out)
    stages = COORTWEET if sharing.coortweet else STAGES[:-1] if sharing.no_ties else STAGES
    place = None
    if out is None:
        place = tempfile.TemporaryDirectory(prefix="inchorus-study-")
        out = Path(place.name) / "study"
    skipped: list[Any] = []
    with (
        _scratch() as scratch,
        drafted(out, {"started": started}) as draft,
    ):

        def write(given: Things) -> Things:
            _say(draft, given.pop("facts", {}))
            tables = {name: given[name] for name in given if name in TABLES and given[name] is not None}
            if tables:
                rows = sum(len(table) for table in tables.values())
                with progress.stage("write", rows, "rows") as advance:
                    draft.add(tables)
                    advance(rows)
            skipped.extend([given.pop("skipped")] if "skipped" in given else [])
            return {**given, "study": draft.study}

        run(stages, Asked(inputs, None if place else out, read, options, sharing, scratch), progress, write)
        study = draft.done(ended=now())
        for rows in skipped:
            put_beside(rows, study.path)
    return _kept(study, place)


def quotations(study: Study, progress: Progress) -> Study:
    """The study with its quotations; they are found when they are first asked for.

    Every text is read again for them, which takes two to three times as long as all stages of `find` together.
    """
    if {"quotations", "statements"} <= set(study.usable):
        return study
    documents = study.documents.arrow()
    passages = study.passages.arrow()
    passages = passages.filter(of_wordings(passages, wordings(study)))
    with progress.stage("quotations", len(documents), "documents") as advance:
        tables = quotation_tables(documents, passages, os.cpu_count() or 1, advance)
    return add_tables(study, tables._asdict(), {})


def claims(study: Study, path: Path, progress: Progress, paraphrase: str | None = None) -> Study:
    """The study with the claims of a file looked up in its documents, in the place of those that were before.

    `paraphrase` names a model of meaning; nothing takes the one that the study was made with (see `model_for`).
    """
    asked, model = read_claims(path), model_for(study, paraphrase, progress)
    table, facts = look_up(study, asked, os.cpu_count() or 1, progress, model)
    return add_tables(study, {"claims": table}, {"claims": {**of_file(path), **facts}})


def ties(study: Study, given: Mapping[str, Any], progress: Progress) -> Study:
    """The study with its ties, groups and occasions as asked for (see `relate.ready`); they are made where needed."""
    return ready(study, given, progress)


def _say(draft: Draft, facts: Mapping[str, Any]) -> None:
    """Tell the manifest; what was left out by several stages is told together."""
    before = draft.study.manifest.get("left_out", {})
    draft.say({**facts, **({"left_out": {**before, **facts["left_out"]}} if "left_out" in facts else {})})


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="inchorus-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _documents(asked: Asked, read: ReadOptions, progress: Progress) -> Documents:
    """The documents; what the user should know of them is said."""
    documents = read_documents(asked.inputs, read, asked.scratch, progress)
    say(documents, asked.out, progress)
    return documents


def _with_reposts(documents: Documents, progress: Progress) -> Documents:
    """The documents; those that repost another in its words say so."""
    table, n = with_reposts(documents.table)
    if n == 0:
        return documents
    note = (
        f"{n:,} texts repost another (RT @name, or cut off by an ellipsis): repost_of says so, and no tie counts them"
    )
    progress.note(note)
    return replace(documents, table=table, notes=[*documents.notes, note])


def _check_sources(documents: pa.Table) -> None:
    first, last = documents["source"][0], documents["source"][-1]
    if first == last:
        raise InputError(
            f"all documents have the one source {first.as_py()!r}",
            fix="wording travels between two sources or more; name another column with --source",
        )


def _kept(study: Study, place: tempfile.TemporaryDirectory[str] | None) -> Study:
    """The study, which its temporary folder, if it has one, does not outlive."""
    if place is not None:
        weakref.finalize(study, place.cleanup)
    return study
