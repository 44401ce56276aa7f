"""What is told of the sentences that a model has near a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inchorus.check.in_meaning import LEAST_SAMPLE, RARE, Hit, InMeaning
from inchorus.search.facts import Facts
from inchorus.search.query import plain

MEANING = "meaning"
MOST = 500  # sentences of a draft that the model reads, the first ones found nowhere
LEAST = 0.4  # likeness of what is told of at all


def mark(sentences: Sequence[dict[str, Any]], meaning: InMeaning, facts: Facts, own: int) -> None:
    """Tell of the sentences of a draft that were found nowhere what is near them (`meant`).

    Where something counts as near, the class becomes `meaning`. What the source `own` has published is left out.
    """
    asked = [row for row in sentences if row["class"] == "own"][:MOST]
    for row, hits in zip(asked, meaning.near([row["text"] for row in asked], own), strict=True):
        row["meant"] = rows_of(hits, facts)
        if any(hit.near for hit in hits):
            row["class"] = MEANING


def near_rows(meaning: InMeaning, text: str) -> dict[str, Any]:
    """What is near what somebody searches for: the model, the sentences, nearest first, and how sure that is."""
    said = plain(text)
    hits = meaning.near([said])[0] if said else []
    return {"model": meaning.model.name, "found": rows_of(hits, meaning.facts), "notes": notes_on(meaning)}


def rows_of(hits: Sequence[Hit], facts: Facts) -> list[dict[str, Any]]:
    """Hits as rows, with what is known of their documents; the least alike are left out."""
    return [
        {
            **facts.documents.slice(hit.document, 1).to_pylist()[0],
            "start": hit.start,
            "end": hit.end,
            "text": hit.text,
            "similarity": round(hit.like, 4),
            "chance": None if hit.chance is None else round(hit.chance, 4),
            "reason": hit.reason or None,
            "near": hit.near,
            "other_claim": hit.rare and bool(hit.reason),
        }
        for hit in hits
        if hit.like >= LEAST
    ]


def notes_on(meaning: InMeaning) -> list[str]:
    """How sure it is that what counts as near is no chance, a sentence."""
    n = len(meaning.by_chance())
    if not n:
        return [
            f"Nothing is called near in meaning: fewer than {LEAST_SAMPLE} sentences of the study can tell how near "
            "chance comes."
        ]
    return [
        f"Near in meaning is what at most {RARE:.0%} of {n:,} sentences of this study have so near in another source, "
        "so that about as many sentences of a text are called near by chance. Read them: a likeness is no proof."
    ]
