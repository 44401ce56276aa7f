"""Studies of planted corpora, and the few of them that are small enough to be made at every change."""

from __future__ import annotations

from collections.abc import Iterator

import inchorus
from bench.rows import Row
from bench.signed.figures import FORMULA, GENERIC, LINKED, LOST, NEAR, PHRASE, SLOT, STAY, UPDATED, Judge, tables
from bench.signed.planted import LANGUAGES, SETS, corpus
from bench.signed.share import Share, added

SEED = 1
_WHOLE = {
    NEAR: ("all", "frames"), STAY: ("all",), LINKED: ("frames", "frames, whatever their labels"),
    PHRASE: ("of those found",), FORMULA: ("all",),
    LOST: ("all",), UPDATED: ("all",), SLOT: ("that one document alone has", "that some documents lack"),
}  # fmt: skip


def shares(language: str, which: str, kind: str, seed: int) -> Iterator[Share]:
    """The shares of one corpus: its language, its templates (to choose or to report by), posts or articles."""
    made = corpus(language, which, kind, seed)
    study = inchorus.find(made.documents, preset=kind, no_ties=True)
    yield from Judge(made, tables(study)).shares()


def small() -> Iterator[Row]:
    """Posts in every language, a row a measure over all languages, and near misses by language."""
    for which in SETS:
        every: list[Share] = []
        for language in LANGUAGES:
            own = list(shares(language, which, "posts", SEED))
            every += own
            near = next(s for s in own if (s.measure, s.where) == (NEAR, "all"))
            yield Row(NEAR, f"{language} posts, to {which} by", near.value, low=True)
        for s in added(every):
            if s.measure.startswith("B-cubed") or s.measure == GENERIC or s.where in _WHOLE.get(s.measure, ()):
                yield Row(f"{s.measure}, {s.where}", f"planted posts, to {which} by", s.value, low=s.low)
