"""Search over a study that becomes ready while the browser is already in use."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.engine.columns import batches
from inchorus.errors import InchorusError
from inchorus.evidence.wordings import edited
from inchorus.search.answer import (
    DocumentSection,
    Shelf,
    Wording,
    WordingSection,
    find_documents,
    find_wording,
)
from inchorus.search.facts import Facts, allowed, read_facts
from inchorus.search.index import build
from inchorus.search.query import Query, parse
from inchorus.study import Study
from inchorus.text.harmless import harmless

_LOG = logging.getLogger(__name__)
BATCH = 1024  # rows that are indexed at a time
_BREAK = pa.scalar("\n", pa.large_string())


@dataclass(frozen=True)
class Answer:
    """What was understood, and what was found; a section is None as long as it cannot be searched yet.

    notes: what of the query was left out or names nothing. share: how much of the documents is indexed, 0 to 1.
    error: why there will be no index; empty as long as all is well.
    """

    query: Query
    notes: tuple[str, ...]
    wording: WordingSection | None
    documents: DocumentSection | None
    share: float
    error: str


class Search:
    """The index of a study, in memory: first the wording, then the documents.

    `start` has a thread build it; `answer` may be called at any time and by any thread. Nothing is written.
    """

    def __init__(self, study: Study, threads: int | None = None) -> None:
        self._study = study
        self._threads = threads or max(1, min(4, (os.cpu_count() or 2) - 1))  # a core is left for the pages
        self._lock = Lock()
        self._thread: Thread | None = None
        self._stopped = False
        self._done = 0
        self._facts: Facts | None = None
        self._wording: Wording | None = None
        self._documents: Shelf | None = None
        self._error = ""

    def start(self) -> None:
        """Begin to build the index, unless that was begun before."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._build, name="search index", daemon=True)
                self._thread.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the index is there; whether it is, after at most so many seconds."""
        self.start()
        assert self._thread is not None
        self._thread.join(seconds)
        return self._documents is not None

    @property
    def documents(self) -> tuple[Facts, Shelf] | None:
        """What is known of the documents, and their texts with the index; None as long as it is being built."""
        return None if self._documents is None or self._facts is None else (self._facts, self._documents)

    @property
    def share(self) -> float:
        """How much of the documents is indexed, 0 to 1."""
        return 1.0 if self._documents is not None else min(0.99, self._done / self._rows())

    @property
    def error(self) -> str:
        """Why there will be no index; empty as long as all is well."""
        return self._error

    def close(self) -> None:
        """Stop building."""
        self._stopped = True
        if self._thread is not None:
            self._thread.join()

    @property
    def place(self) -> Path:
        """The folder of the study."""
        return self._study.path

    @property
    def size(self) -> int:
        """What the indexes and the packed texts take in memory so far, in bytes."""
        shelves = [*([self._wording.shelf] if self._wording else []), *([self._documents] if self._documents else [])]
        return sum(shelf.index.size + shelf.texts.size for shelf in shelves)

    def answer(
        self,
        text: str,
        wording_from: int = 0,
        documents_from: int = 0,
        most_wording: int = 20,
        most_documents: int = 20,
    ) -> Answer:
        """Find what `text` asks for (see `parse`); of each section at most so many results, from a number on."""
        query = parse(text)
        # Documents are looked at first: what becomes ready in between is not missed in the share.
        documents, wording, facts = self._documents, self._wording, self._facts
        found_wording, found_documents = None, None
        notes: list[str] = []
        if query.empty:
            found_wording, found_documents = WordingSection(0, []), DocumentSection(0, [])
        elif facts is not None:
            points, papers, notes = allowed(facts, query)
            if wording is not None:
                found_wording = find_wording(wording, facts, points, query, wording_from, most_wording)
            if documents is not None:
                found_documents = find_documents(documents, facts, papers, query, documents_from, most_documents)
        share = 1.0 if documents is not None else min(0.99, self.share)
        return Answer(query, (*query.notes, *notes), found_wording, found_documents, share, self._error)

    def _rows(self) -> int:
        return max(1, int(self._study.manifest["tables"]["documents"]["rows"]))

    def _build(self) -> None:
        try:
            facts = read_facts(self._study)
            wording = _wording(self._study, facts, self._threads)
            self._facts = facts._replace(points=facts.points.drop_columns(["text", "score"]))
            self._wording = wording
            pa.default_memory_pool().release_unused()
            # The first query ever waits for kernels to be compiled: let that be this one.
            self.answer('"a b"')
            documents = build(_until(lambda: self._stopped, _papers(self._study)), self._threads, self._advance)
            if not self._stopped:
                self._documents = Shelf(*documents)
            pa.default_memory_pool().release_unused()
        except InchorusError as error:  # the page has to say so; the thread has nobody to raise it to
            self._error = error.what
        except Exception as error:
            self._error = self._reason(error)

    def _reason(self, error: Exception) -> str:
        """Why there will be no index: a file is gone or damaged, or else a defect, which is logged."""
        try:
            self._study.check_files()
        except InchorusError as known:
            return known.what
        told = f"the search could not be prepared: {type(error).__name__}: {error}; this is a defect of inchorus"
        _LOG.error(harmless(told), exc_info=error if _LOG.isEnabledFor(logging.DEBUG) else None)
        return "this is a defect of inchorus"

    def _advance(self, rows: int) -> None:
        self._done += rows


def index_documents(study: Study, threads: int, advance: Callable[[int], None]) -> tuple[Facts, Shelf]:
    """What is known of the documents of a study, and their texts with the index; `advance` hears of rows.

    StudyError where a table is gone or damaged.
    """
    try:
        facts = read_facts(study)
        return facts, Shelf(*build(_papers(study), threads, advance))
    except Exception:
        study.check_files()  # a better reason, if that is why
        raise


def _wording(study: Study, facts: Facts, threads: int) -> Wording:
    others = edited(study)
    canonical = facts.points["text"].combine_chunks()
    texts = pa.concat_arrays([canonical, *others["text"].cast(canonical.type).chunks]).cast(pa.large_string())
    point = pc.index_in(others["tp_id"].cast(facts.points["tp_id"].type), facts.points["tp_id"].combine_chunks())
    of = np.concatenate([np.arange(facts.points.num_rows), point.to_numpy().astype(np.int64)])
    batches = (texts.slice(at, BATCH) for at in range(0, len(texts), BATCH))
    return Wording(Shelf(*build(batches, threads, lambda rows: None)), of, others["variant_id"])


def _papers(study: Study) -> Iterator[pa.Array]:
    """Title and text of each document, a line break between them; the text alone where there is no title."""
    for batch in batches(study.file("documents"), BATCH, ["title", "text"]):
        title, text = batch["title"].cast(pa.large_string()).fill_null(""), batch["text"].cast(pa.large_string())
        yield pc.if_else(pc.equal(title, ""), text, pc.binary_join_element_wise(title, text, _BREAK))


def _until(stopped: Callable[[], bool], batches: Iterable[pa.Array]) -> Iterator[pa.Array]:
    for batch in batches:
        if stopped():
            return
        yield batch
