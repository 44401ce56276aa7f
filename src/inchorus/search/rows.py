"""An answer as plain rows, which pages, files and Python have alike; and all that a study answers to one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from inchorus.errors import StudyError, Where
from inchorus.search.answer import DocumentFound, DocumentSection, Shelf, WordingFound, WordingSection
from inchorus.search.excerpt import Excerpt
from inchorus.search.facts import Facts
from inchorus.search.search import Search

ALL = 1 << 40  # results


def columns() -> tuple[list[str], list[str]]:
    """The columns of the rows of wording and of documents."""
    part = [f.name for f in fields(Excerpt)]
    wording, documents = (
        [f.name for f in fields(kind) if f.name != "excerpt"] for kind in (WordingFound, DocumentFound)
    )
    return [*wording, *part], [*documents, *part, "at"]


def section(found: WordingSection | DocumentSection | None, first: int) -> dict[str, Any] | None:
    """A section: how many results there are (`total`), and those from `first` on as rows (`found`)."""
    if found is None:
        return None
    return {"total": found.total, "first": first, "found": [_row(one) for one in found.found]}


def searched(search: Search, text: str, limit: int) -> dict[str, Any]:
    """What is found of wording and of documents, of each at most `limit`; waits until all is indexed.

    StudyError where the study cannot be searched.
    """
    indexed(search)
    answer = search.answer(text, 0, 0, limit, limit)
    sections = {"wording": section(answer.wording, 0), "documents": section(answer.documents, 0)}
    return {"q": text, "notes": list(answer.notes), **sections}


def indexed(search: Search) -> tuple[Facts, Shelf]:
    """What is known of the documents, and their texts with the index; waits until they are there.

    StudyError where the study cannot be searched.
    """
    search.wait()
    if search.documents is None:
        raise StudyError(
            search.error or "the search was closed", where=Where(str(search.place)), fix="run inchorus verify"
        )
    return search.documents


def _row(found: WordingFound | DocumentFound) -> dict[str, Any]:
    """A result with its excerpt as columns of its own, and for documents where its first hit is."""
    row = asdict(found)
    excerpt = row.pop("excerpt")
    spans = {k: _pairs(v) for k, v in {**row, **excerpt}.items() if k in {"hits", "title_hits"}}
    flat = {**row, **excerpt, **spans}
    if isinstance(found, WordingFound):
        return flat
    return {**flat, "at": flat["start"] + flat["hits"][0][0] if flat["hits"] else None}


def _pairs(spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    return [list(span) for span in spans]
