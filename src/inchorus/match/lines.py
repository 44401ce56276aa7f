"""Talking points as they are told: each passage says what its line says, and nothing that is shared is left over."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, I64
from inchorus.match.content import Lexicon
from inchorus.match.edge_slots import edge_slots
from inchorus.match.families import Families
from inchorus.match.maximal_repeats import Suffixes, open_repeats, suffixes
from inchorus.match.nested import nested
from inchorus.match.overlaps import paired, settle, some, without_parts
from inchorus.match.passages import Found
from inchorus.match.split import split
from inchorus.match.uncovered import BEYOND, Uncovered, joined, untold
from inchorus.match.unturned import unturned
from inchorus.options import FindOptions
from inchorus.words.corpus import Corpus

NEAR = 16  # passages that begin next to one, and may have nearly all of its words


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
    every = joined(every, edge_slots(corpus, words, every, options.min_sources))
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
    left = some(settled, ~inside)
    return some(left, ~_longer(left))


def _longer(families: Families) -> BOOL:
    """Which families have a word or two more than another that has all but `BEYOND` of theirs at every place."""
    n = len(families.canonical)
    passages = np.bincount(families.family, minlength=n)
    order = np.lexsort((-families.end, families.begin, families.document))
    document, begin, end = families.document[order], families.begin[order], families.end[order]
    family = families.family[order]
    found = [np.empty((3, 0), np.int64)]
    for step in range(1, min(NEAR, len(order) - 1) + 1):
        both = (document[:-step] == document[step:]) & (family[:-step] != family[step:])
        first = np.flatnonzero(both)
        shared = np.minimum(end[first], end[first + step]) - begin[first + step]
        for own, other in ((first, first + step), (first + step, first)):
            held = shared >= end[own] - begin[own] - BEYOND
            found.append(np.stack([own[held], family[own[held]], family[other[held]]]))
    places = np.unique(np.concatenate(found, axis=1), axis=1)
    pairs, votes = np.unique(places[1:], axis=1, return_counts=True)
    whole = pairs[:, votes == passages[pairs[0]]]
    by: dict[int, list[int]] = {}
    for one, other in whole.T.tolist():
        by.setdefault(one, []).append(other)
    out = np.zeros(n, np.bool_)
    words = (families.end - families.begin)[families.canonical]
    for one in np.lexsort((words, -passages)).tolist():
        out[one] = any(not out[other] for other in by.get(one, ()) if (passages[other], -other) > (passages[one], -one))
    return out


def _none() -> Families:
    empty = np.empty(0, np.int64)
    return Families(empty, np.empty(0, np.uint32), empty, empty, np.empty(0), empty)
