from __future__ import annotations

import random

import numpy as np
import pytest

from inchorus.match.candidates import index_wordings
from inchorus.match.families import Families
from inchorus.match.merge import merge
from inchorus.words.corpus import Corpus
from match.planted import Found, by_family, corpus_of, filler, lcs, line

AROUND = 12  # words of other text on either side of a planted wording
LEAST = 0.6
MIN_WORDS = 8


def planted(texts: list[list[str]]) -> tuple[Corpus, Families]:
    """A corpus with one family for each list of wordings, a document each, the first one canonical."""
    rng = random.Random(11)
    rows = [
        (f"a{f:02}{k:02}", f"{filler(rng, AROUND, 10**7)} {text} {filler(rng, AROUND, 10**7)}")
        for f, family in enumerate(texts)
        for k, text in enumerate(family)
    ]
    # Rare is a word that at most one document in ten has.
    rows += [(f"b{k:04}", filler(rng, 4, 10**7)) for k in range(10 * len(rows))]
    corpus = corpus_of(rows)
    sizes = [len(family) for family in texts]
    family = np.repeat(np.arange(len(texts)), sizes)
    canonical = np.cumsum([0, *sizes[:-1]])
    document = np.arange(sum(sizes))
    begin, end = corpus.offsets[document] + AROUND, corpus.offsets[document + 1] - AROUND
    like = [
        similarity(corpus, (begin[canonical[f]], end[canonical[f]]), (b, e))
        for f, b, e in zip(family, begin, end, strict=True)
    ]
    return corpus, Families(family, document.astype(np.uint32), begin, end, np.array(like), canonical.astype(np.int64))


def similarity(corpus: Corpus, one: tuple[int, int], other: tuple[int, int]) -> float:
    a, b = (corpus.word[lo:hi].tolist() for lo, hi in (one, other))
    return 2 * lcs(a, b) / (len(a) + len(b))


def merged(corpus: Corpus, families: Families) -> list[list[Found]]:
    """Merge, and check what must hold whatever the families are."""
    index = index_wordings(corpus, families.begin[families.canonical], families.end[families.canonical])
    before = [families[k].copy() for k in range(len(families))]
    result = merge(corpus, families, index, MIN_WORDS, LEAST)
    assert all(np.array_equal(before[k], families[k]) for k in range(len(families)))
    assert np.all(np.diff(result.family) >= 0)
    assert result.family[result.canonical].tolist() == list(range(len(result.canonical)))
    assert np.all(result.similarity[result.canonical] == 1.0)
    for f, passages in enumerate(by_family(result)):
        c = result.canonical[f]
        assert passages == sorted(passages)
        for p in passages:
            assert corpus.offsets[p.document] <= p.begin < p.end <= corpus.offsets[p.document + 1]
            assert p.similarity == similarity(
                corpus, (result.begin[c], result.end[c]), (p.begin, p.end)
            )  # fmt: skip
    return by_family(result)


def edit(text: str, *places: int) -> str:
    """The wording with other words at some places."""
    return " ".join(f"e{i}{w}" if i in places else w for i, w in enumerate(text.split()))


WHOLE = line("w", 40)


def test_fragments_of_one_edited_line_are_joined() -> None:
    texts = [[WHOLE] * 4, [edit(WHOLE, 7, 15, 23, 31), edit(WHOLE, 6, 14, 22, 30)]]
    (family,) = merged(*planted(texts))
    assert [p.document for p in family] == [0, 1, 2, 3, 4, 5]
    assert [p.similarity for p in family] == [1.0] * 4 + [0.9, 0.9]


def test_a_moved_passage_has_the_ends_of_the_wording_that_it_comes_to() -> None:
    corpus, families = planted([[WHOLE] * 4, [edit(WHOLE, 20), edit(WHOLE, 22)]])
    # The smaller family knows only part of what its documents share with the larger one.
    part = families._replace(end=families.end - np.array([0] * 4 + [5] * 2))
    (family,) = merged(corpus, part)
    assert [(p.begin, p.end) for p in family] == list(zip(families.begin.tolist(), families.end.tolist(), strict=True))


def test_slogans_of_one_pattern_are_not_joined() -> None:
    slogans = [edit(WHOLE, 10), edit(WHOLE, 11)]
    families = merged(*planted([[slogans[0]] * 5, [slogans[1]] * 3]))
    assert [len(f) for f in families] == [5, 3]
    assert all(p.similarity == 1.0 for f in families for p in f)
    # Two passages to the letter establish nothing, nor do three of seven.
    assert [len(f) for f in merged(*planted([[slogans[0]] * 5, [slogans[1]] * 2]))] == [7]
    others = [edit(slogans[1], k) for k in range(4)]
    assert [len(f) for f in merged(*planted([[slogans[0]] * 9, [slogans[1]] * 3 + others]))] == [16]
    assert [len(f) for f in merged(*planted([[slogans[0]] * 9, [slogans[1]] * 3 + others[:3]]))] == [9, 6]


def test_a_family_of_which_much_does_not_fit_loses_nothing() -> None:
    near = edit(WHOLE, *range(0, 40, 4))  # 0.75 like the whole
    # 0.75 like the canonical passage of their own family, and half like the whole
    far = [edit(near, *range(k, 40, 4)) for k in (1, 2, 3)]
    joined = [edit(WHOLE, *range(k, 40, 4)) for k in (1, 2)]
    corpus, families = planted([[WHOLE] * 6, [near, *joined[:1], *far]])
    result = merged(corpus, families)
    assert [len(f) for f in result] == [6, 5]
    assert {p.document for f in result for p in f} == set(range(11))
    assert result[1] == by_family(families)[1]


def test_what_is_unlike_stays_apart_and_chains_of_joins_end_at_the_last() -> None:
    assert [len(f) for f in merged(*planted([[WHOLE] * 3, [line("v", 40)] * 2]))] == [3, 2]
    once = edit(WHOLE, 3, 12)
    twice = edit(once, 20, 33)
    texts = [[WHOLE] * 5, [once, edit(once, 5), edit(once, 9)], [twice, edit(twice, 25)]]
    (family,) = merged(*planted(texts))
    assert len(family) == 10
    # Whatever the numbers of the families are.
    (family,) = merged(*planted(texts[::-1]))
    assert len(family) == 10


def test_of_families_of_one_size_the_first_stays() -> None:
    corpus, families = planted([[edit(WHOLE, 3), edit(WHOLE, 9)], [edit(WHOLE, 20), edit(WHOLE, 30)]])
    (family,) = merged(corpus, families)
    assert [p.document for p in family if p.similarity == 1.0] == [0]


def test_a_wording_longer_than_the_index_takes_stays_as_it_is() -> None:
    long = line("w", 90)
    assert [len(f) for f in merged(*planted([[long] * 3, [edit(long, 9), edit(long, 19)]]))] == [3, 2]


def test_no_families() -> None:
    corpus = corpus_of([("a", "x y z"), ("b", "x y z")])
    none = np.empty(0, np.int64)
    families = Families(none, none.astype(np.uint32), none, none, np.empty(0), none)
    assert merged(corpus, families) == []


@pytest.mark.parametrize("seed", range(10))
def test_families_of_random_edits_break_no_rule_and_lose_little(seed: int) -> None:
    rng = random.Random(seed)
    lines = [line(f"l{k}x", rng.randrange(12, 60)) for k in range(4)]
    texts = []
    for _ in range(12):
        base = rng.choice(lines)
        n = len(base.split())
        own = edit(base, *rng.sample(range(n), rng.randrange(n // 3)))
        edits = [edit(own, *rng.sample(range(n), rng.randrange(n // 4 + 1))) for _ in range(rng.randrange(1, 6))]
        texts.append([own, *(t for t in edits if 2 * lcs(own.split(), t.split()) >= LEAST * 2 * n)])
    corpus, families = planted(texts)
    result = merged(corpus, families)
    assert len(result) < len(texts)
    lost = set(families.document.tolist()) - {p.document for f in result for p in f}
    # A family is only joined where three in four of its passages fit.
    assert all(
        sum(families.family[d] == families.family[list(lost)]) * 4 <= len(texts[families.family[d]]) for d in lost
    )
