from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.label.features import measure
from inchorus.label.labels import judge
from inchorus.label.recurrence import STRATUM, recurrence
from inchorus.labels import LABELS
from inchorus.match.families import Families
from match.planted import corpus_of, filler, find

LINE = "we will not rest until every family in this old valley has clean water to drink"


def one_family(documents: list[int]) -> Families:
    """A talking point of one passage in each of these documents."""
    n = len(documents)
    at = np.arange(n, dtype=np.int64)
    return Families(
        np.zeros(n, np.int64), np.array(documents, np.uint32), at, at + 1, np.ones(n), np.zeros(1, np.int64)
    )


def test_uses_are_days_of_sources_and_strata_are_expected_from_their_activity() -> None:
    # Source a has a document in each of 16 strata, b two documents in the first.
    days = [*range(100, 580, 30), 100, 101]
    corpus = corpus_of([(s, "word") for s in "a" * 16 + "bb"], days)
    r = recurrence(corpus, one_family([0, 1, 2, 3, 4, 5, 14, 16, 17]))
    assert (r.uses[0], r.span[0], r.strata[0]) == (9, 420, 7)
    # b's uses fall into the first stratum whatever happens, a's seven into any of 16.
    assert np.isclose(r.usual_strata[0], 1 + 15 * (1 - (15 / 16) ** 7))


def test_nothing_is_expected_of_what_is_used_seldom_or_for_less_than_a_year() -> None:
    corpus = corpus_of([("a", "word")] * 20, [*range(0, 360, 20), 400, 500])
    for documents in ([0, 3, 6, 9, 12, 18, 19], list(range(18))):
        r = recurrence(corpus, one_family(documents))
        assert r.uses[0] == len(documents)
        assert r.usual_strata[0] == 0
    assert recurrence(corpus, one_family([*range(8), 19])).usual_strata[0] > 0


def test_a_date_that_is_centuries_off_changes_nothing_for_the_others() -> None:
    days = list(range(0, 1000, 50))
    near = recurrence(corpus_of([("a", "word")] * 20, days), one_family(list(range(20))))
    corpus = corpus_of([("a", "word")] * 20 + [("b", "word")], [*days, 2_900_000])
    far = recurrence(corpus, one_family(list(range(20))))
    assert [float(x[0]) for x in near] == [float(x[0]) for x in far]


def test_two_documents_of_a_source_on_one_day_are_one_use_and_those_without_a_time_are_none() -> None:
    corpus = corpus_of([(s, "word") for s in "aaabb"], [5, 5, None, 5, None])
    r = recurrence(corpus, one_family([0, 1, 2, 3, 4]))
    assert (r.uses[0], r.span[0], r.strata[0]) == (2, 0, 1)


def test_without_any_times_there_are_no_uses() -> None:
    corpus = corpus_of([("a", "word"), ("b", "word")])
    assert [float(x[0]) for x in recurrence(corpus, one_family([0, 1]))] == [0, 0, 0, 0]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 900) | st.none()), min_size=1, max_size=40))
def test_strata_are_counted_and_expected_within_what_there_is(rows: list[tuple[str, int | None]]) -> None:
    rows.sort(key=lambda row: (row[0], row[1] is None, row[1] or 0))
    days = [day for _, day in rows]
    corpus = corpus_of([(s, "word") for s, _ in rows], days)
    r = recurrence(corpus, one_family(list(range(len(rows)))))
    known = [day for day in days if day is not None]
    first = min(known, default=0)
    assert r.uses[0] == len({row for row in rows if row[1] is not None})
    assert r.strata[0] == len({(day - first) // STRATUM for day in known})
    assert r.span[0] == max(known, default=0) - first
    assert r.usual_strata[0] <= min(r.uses[0], (max(known, default=0) - first) // STRATUM + 1) + 1e-9


def some(rng: random.Random) -> str:
    """Text of any length, so that the line stands at no fixed place."""
    return filler(rng, rng.randrange(30, 300), 10**6)


def label_of(uses: list[list[int]], around: int = 40) -> tuple[str, str]:
    """The label of a line that source k uses on the days `uses[k]`, among documents of four years."""
    rng = random.Random(9)
    rows: list[tuple[str, int, str]] = []
    for k, days in enumerate(uses):
        rows += [(f"s{k}", d, f"{some(rng)}. {LINE}. {some(rng)}") for d in days]
        rows += [(f"s{k}", i * 1460 // around, filler(rng, 120, 10**6)) for i in range(around)]
    rows.sort()
    corpus = corpus_of([(s, text) for s, _, text in rows], [d for _, d, _ in rows])
    families = find(corpus)
    labels = judge(measure(corpus, families), 8)
    assert len(labels.rule) == 1
    return LABELS[labels.label[0]], labels.rule[0]


def test_wording_in_use_for_years_without_a_burst_is_standing() -> None:
    label, rule = label_of([[10, 500, 900], [200, 700, 1300], [350, 1000, 1200]])
    assert label == "standing"
    assert rule.startswith("used 9 times in 1,290 days, in 9 spans of 30 days; by the activity of its users alone")


def test_a_slogan_that_comes_in_waves_is_a_line() -> None:
    assert label_of([[100, 103, 700, 1302], [101, 698, 701], [104, 703, 1300, 1305]])[0] == "line"


def test_a_line_of_one_campaign_is_a_line_and_so_is_one_that_few_have_used_for_years() -> None:
    assert label_of([[100, 110, 125], [103, 107, 130], [112, 118, 140]])[0] == "line"
    assert label_of([[10, 1300], [700]])[0] == "line"


def test_what_sources_say_whenever_they_write_is_no_standing_text_if_they_write_in_two_months_only() -> None:
    rng = random.Random(4)
    rows = []
    for k in range(3):
        for d in [*range(0, 20, 2), *range(1380, 1400, 2)]:
            said = f"{LINE}. " if d % 4 == 0 else ""
            rows.append((f"s{k}", d, f"{some(rng)}. {said}{some(rng)}"))
    corpus = corpus_of([(s, text) for s, _, text in rows], [d for _, d, _ in rows])
    families = find(corpus)
    f = measure(corpus, families)
    assert f.strata[0] == 2
    assert np.isclose(f.usual_strata[0], 2)
    assert LABELS[judge(f, 8).label[0]] == "line"
