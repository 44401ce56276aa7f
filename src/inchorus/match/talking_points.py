"""Talking points of a corpus: families of passages that say the same, and the frames that link them."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa

from inchorus.compiled.kernel import I64
from inchorus.match.content import Lexicon, lexicon
from inchorus.match.families import Families
from inchorus.match.frames import Frames, frames, no_frames
from inchorus.match.lines import lines
from inchorus.match.passages import find_passages
from inchorus.match.time_window import within
from inchorus.match.uncovered import joined
from inchorus.options import FindOptions
from inchorus.progress import Progress
from inchorus.words.corpus import Corpus
from inchorus.words.texts import vocabulary


class TalkingPoints(NamedTuple):
    """Families and their frames; `forms` and `lexicon` are of the corpus's words; what was `left_out`, by reason."""

    families: Families
    frames: Frames
    forms: pa.Array
    lexicon: Lexicon
    left_out: dict[str, int]


def talking_points(
    corpus: Corpus, texts: pa.ChunkedArray, options: FindOptions, progress: Progress, pairs: I64 | None = None
) -> TalkingPoints:
    """Find them; `pairs` limits passages as in `find_passages`.

    Edited passages are taken as they are found. Otherwise a passage says what its line says, and what is turned is a
    line of its own: the last families are what such lines have in common (see `lines`).
    """
    found = find_passages(corpus, options, progress, pairs)
    forms = vocabulary(corpus, texts)
    words = lexicon(corpus, forms)
    if options.edited:
        families, left_out = _near_in_time(corpus, found.families, options)
        return TalkingPoints(families, no_frames(families), forms, words, left_out)
    total = len(found.families.family)
    with progress.stage("same lines", total, "passages") as advance:
        told = lines(corpus, found, words, options, pairs)
        advance(total)
    families, left_out = _near_in_time(corpus, told.families, options)
    if told.without_room:
        left_out["wordings that overlap one another in too many places"] = told.without_room
    common, _ = _near_in_time(corpus, told.common, options)
    families = joined(families, common)
    of = frames(corpus, words, families, options.min_words, len(common.canonical))
    return TalkingPoints(families, of, forms, words, left_out)


def _near_in_time(corpus: Corpus, families: Families, options: FindOptions) -> tuple[Families, dict[str, int]]:
    """Families limited by `--within`, where that is asked for, and how many passages that left out, by reason."""
    if options.within is None:
        return families, {}
    days = options.within
    families, left = within(
        corpus, families, days, options.min_sources, 0.0 if options.edited else options.min_similarity
    )
    unit = "day" if days == 1 else "days"
    return families, {
        f"passages with no other source within {days:g} {unit}": left.apart,
        "passages without a time": left.without_time,
    }
