"""Talking points as they are told: each passage says what its line says, and nothing that is shared is left over."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, I64
from inchorus.match.content import Lexicon
from inchorus.match.families import Families
from inchorus.match.maximal_repeats import Suffixes, open_repeats, suffixes
from inchorus.match.nested import nested
from inchorus.match.overlaps import paired, settle, some, without_parts
from inchorus.match.passages import Found
from inchorus.match.split import split
from inchorus.match.uncovered import Uncovered, joined, untold
from inchorus.match.unturned import unturned
from inchorus.options import FindOptions
from inchorus.prepare.corpus import Corpus


class Lines(NamedTuple):
    """Talking points, what they have in common, and how many wordings there was no room for.

    families: each passage says what its line says. common: wordings to the letter that stand behind words that turn
    them round in some of their passages, and in others not: nobody's statement, but shared.
    """

    families: Families
    common: Families
    without_room: int


def lines(corpus: Corpus, found: Found, words: Lexicon, options: FindOptions, pairs: I64 | None = None) -> Lines:
    """Split what does not say the same (see `split`), and add what is then shared and untold (see `uncovered`).

    Of what has the words of a line to the letter that goes which others turn round (see `unturned`). What these have
    in common with the line is then told by no talking point, and is one of `common`.

    `pairs` limits passages as in `find_passages`. Both results are settled.
    """
    apart = split(corpus, found.families, words, options.min_words, options.min_sources, options.min_similarity)
    families = settle(corpus, apart if pairs is None else paired(apart, pairs), options.min_sources)
    families = without_parts(corpus, families, options.min_sources)
    of = suffixes(found.visits)
    rest = _untold(corpus, found, of, families, options, pairs)
    every = joined(families, rest.families)
    turned = unturned(corpus, words, every, options.min_sources)
    families = settle(corpus, turned, options.min_sources, tenths=10)
    if turned is every:
        return Lines(families, _none(), rest.without_room)
    again = _untold(corpus, found, of, families, options, pairs)
    return Lines(families, _common(corpus, again.families, families, options.min_sources), rest.without_room)


def _untold(
    corpus: Corpus, found: Found, of: Suffixes, families: Families, options: FindOptions, pairs: I64 | None
) -> Uncovered:
    left = open_repeats(corpus, found.visits, of, families, options.gram, options.min_words, options.min_sources)
    rest, without_room = untold(corpus, found.visits, left, families)
    return Uncovered(rest if pairs is None else paired(rest, pairs), without_room)


def _common(corpus: Corpus, rest: Families, families: Families, min_sources: int) -> Families:
    """Of what is untold, what is in no talking point at all of its places."""
    settled = settle(corpus, rest, min_sources, tenths=10)
    inside: BOOL = nested(joined(families, settled), 10)[len(families.canonical) :]
    return some(settled, ~inside)


def _none() -> Families:
    empty = np.empty(0, np.int64)
    return Families(empty, np.empty(0, np.uint32), empty, empty, np.empty(0), empty)
