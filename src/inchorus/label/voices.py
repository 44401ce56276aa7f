"""How many voices a wording has: documents that share more than it are one, and so are those about their own source."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F64, I64
from inchorus.match.families import Families
from inchorus.words.corpus import Corpus


class Users(NamedTuple):
    """The sources of each talking point: family, and the first of its passages, which stand together (int64)."""

    family: I64
    first: I64


def users(corpus: Corpus, families: Families) -> Users:
    """The sources of each talking point; `families` are sorted by family, then document, and documents by source."""
    source = corpus.source[families.document]
    another = np.ones(len(source), np.bool_)
    another[1:] = (families.family[1:] != families.family[:-1]) | (source[1:] != source[:-1])
    first = np.flatnonzero(another)
    return Users(families.family[first], first)


def voices(corpus: Corpus, families: Families, copied: F64) -> F64:
    """By talking point how many of its sources use it by themselves, 1 or more.

    `copied` is the share of each passage's document that one other document of the talking point has too, NaN where it
    was not asked (see `shares_copied`). What is copied besides the passage counts against a use, and the one of a
    source counts that has least of it. The largest such share is given back: a release that all sign is one voice.
    """
    n = len(families.canonical)
    lengths = np.diff(corpus.offsets)[families.document.astype(np.int64)]
    besides = np.clip(copied - (families.end - families.begin) / np.maximum(lengths, 1), 0, 1)
    family, first = users(corpus, families)
    least = np.fmin.reduceat(besides, first) if len(first) else besides
    known = ~np.isnan(least)
    family, least = family[known], least[known]
    asked = np.bincount(family, minlength=n)
    alone = np.bincount(family, weights=1 - least, minlength=n) / np.maximum(asked, 1)
    most = np.zeros(n)
    np.maximum.at(most, family, least)
    sources = np.bincount(users(corpus, families).family, minlength=n)
    return np.maximum(1, alone * sources + most)
