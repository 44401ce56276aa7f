"""Talking points as they are told: each passage says what its line says, and nothing that is shared is left over."""

from __future__ import annotations

from inchorus.compiled.kernel import I64
from inchorus.match.content import Lexicon
from inchorus.match.maximal_repeats import open_repeats
from inchorus.match.overlaps import paired, settle, without_parts
from inchorus.match.passages import Found
from inchorus.match.split import split
from inchorus.match.uncovered import Uncovered, joined, untold
from inchorus.match.unturned import unturned
from inchorus.options import FindOptions
from inchorus.prepare.corpus import Corpus


def lines(corpus: Corpus, found: Found, words: Lexicon, options: FindOptions, pairs: I64 | None = None) -> Uncovered:
    """Split what does not say the same (see `split`), and add what is then shared and untold (see `uncovered`).

    Of what has the words of a line to the letter that goes which others turn round (see `unturned`).

    `pairs` limits passages as in `find_passages`. The result is settled, and says how many
    wordings there was no room for.
    """
    apart = split(corpus, found.families, words, options.min_words, options.min_sources, options.min_similarity)
    families = settle(corpus, apart if pairs is None else paired(apart, pairs), options.min_sources)
    families = without_parts(corpus, families, options.min_sources)
    left = open_repeats(corpus, found.visits, families, options.gram, options.min_words, options.min_sources)
    rest, without_room = untold(corpus, found.visits, left, families)
    every = joined(families, rest if pairs is None else paired(rest, pairs))
    turned = unturned(corpus, words, every, options.min_sources)
    return Uncovered(settle(corpus, turned, options.min_sources, tenths=10), without_room)
