"""How long stories last in corpora where that is known, and what one episode is."""

from __future__ import annotations

import numpy as np
import pytest

from bench.innocent.further import FURTHER
from bench.innocent.invented import INVENTED
from bench.innocent.worlds import MECHANISMS, World
from inchorus.compiled.kernel import I64
from inchorus.relate import pairs_tested, wording
from inchorus.relate.links import CLASSES
from inchorus.relate.stories import (
    DAY,
    by_episode,
    episode_of,
    episodes,
    least_apart,
    number_episodes,
    story_length,
    without_greatest,
)
from inchorus.relate.wording import TieOptions, judge_pairs
from inchorus.thresholds import LEVEL


def _judged(name: str, seed: int, planted: bool = False) -> tuple[wording.Tested, set[tuple[int, int]]]:
    world = World(np.random.default_rng(seed))
    (MECHANISMS | FURTHER | INVENTED)[name](world)
    truth = world.plant() if planted else set()
    m = world.material(False)
    return judge_pairs(m, np.ones(len(m.labels), bool), TieOptions()), truth


@pytest.mark.parametrize("name", ["nothing", "turnover, 16 weeks", "an election", "two cohorts", "two shifts"])
def test_no_story_is_told_where_there_is_none(name: str) -> None:
    assert _judged(name, 820_000)[0].lasts == 0


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("feuds of ten days", 8, 16), ("series of 12 days", 8, 32), ("a press pool that rotates", 16, 32)],
)
def test_stories_last_about_as_long_as_they_were_made(name: str, low: int, high: int) -> None:
    lasts = _judged(name, 820_000)[0].lasts
    assert low * DAY <= lasts <= high * DAY


@pytest.mark.parametrize("name", ["feuds of ten days", "a press pool that rotates"])
def test_one_story_ties_nobody_and_groups_are_found_beside_it(name: str) -> None:
    assert not (_judged(name, 820_001)[0].q <= LEVEL).any()
    t, truth = _judged(name, 820_001, planted=True)
    tied = set(zip(t.a[t.q <= LEVEL].tolist(), t.b[t.q <= LEVEL].tolist(), strict=True))
    assert tied == truth


def test_expected_occasions_are_of_all_occasions_where_only_episodes_are_tested(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by_episodes, _ = _judged("feuds of ten days", 820_002)
    assert by_episodes.lasts
    monkeypatch.setattr(wording, "story_length", lambda *given: 2 * DAY)
    every, _ = _judged("feuds of ten days", 820_002)
    assert (by_episodes.occasions == every.occasions).all()
    # What ties share is set aside first, and with every occasion counted there are more ties.
    assert by_episodes.expected_occasions.sum() == pytest.approx(every.expected_occasions.sum(), rel=0.1)


def test_times_that_lie_far_apart_ask_for_no_more_than_numbers_of_64_bits() -> None:
    n = 5000
    a, b = np.arange(0, n, 2), np.arange(1, n, 2)
    of = np.repeat(np.arange(n // 2), 3)
    matches = np.arange(2 * len(of)).reshape(-1, 2)
    source = np.stack([a[of], b[of]], axis=1).ravel().astype(np.int32)
    time = np.repeat(np.tile([0, 50, 100], n // 2) * 365 * DAY, 2)
    assert story_length(matches, of, (a, b), source, time, np.ones(len(time), np.int64), 2 * DAY) == 2 * DAY


def test_without_times_and_without_occasions_there_is_nothing_to_tell() -> None:
    none: I64 = np.zeros(0, np.int64)
    nobody = story_length(none.reshape(0, 2), none, (none, none), none.astype(np.int32), none, none, 2 * DAY)
    assert nobody == least_apart(none, none) == 2 * DAY
    undated = np.zeros(4, np.int64)
    assert episode_of(np.array([[0, 1], [2, 3]]), np.zeros(2, np.int64), undated, undated, DAY).tolist() == [0, 1]
    assert episode_of(none.reshape(0, 2), none, none, none, DAY).tolist() == []


def test_of_an_episode_the_rarest_occasion_counts() -> None:
    counts = by_episode(np.array([0, 0, 1, 2]), np.array([0, 0, 0, 1]), np.array([5, 3, 7, 1], np.int32), 3)
    assert counts.shape == (3, CLASSES)
    assert [np.flatnonzero(row).tolist() for row in counts] == [[3, 7], [1], []]


def test_episodes_are_parted_by_days() -> None:
    time = np.array([0, 1, 2, 3, 30, 31, 60, 100]) * DAY
    matches, of = np.array([[0, 1], [2, 3], [4, 5], [6, 6]]), np.array([0, 0, 0, 1])
    for known, expected in ((np.ones(8, np.int64), [2, 1]), (np.zeros(8, np.int64), [3, 1])):
        assert episodes(episode_of(matches, of, time, known, 2 * DAY), of, 2).tolist() == expected


def test_an_episode_goes_on_from_where_it_began() -> None:
    out = np.empty(8, np.int64)
    number_episodes(np.repeat([4, 9], 4), np.array([0, 1, 2, 3, 30, 31, 60, 100]) * DAY, 10 * DAY, out)
    assert out.tolist() == [0, 0, 0, 0, 1, 1, 2, 3]


def test_the_greatest_episode_is_left_out_whole_and_the_others_stay() -> None:
    episode = np.array([4, 4, 4, 2, 7, 0, 1])
    of, cls = np.array([0, 0, 0, 0, 0, 2, 2]), np.array([1, 1, 5, 0, 3, 6, 6], np.int32)
    left = without_greatest(episode, of, cls, 3)
    assert left.sum(1).tolist() == [2, 0, 1]
    assert left[0, [0, 3]].tolist() == [1, 1]
    assert left[2, 6] == 1


def _talked(seed: int, lines: list[float]) -> set[tuple[int, int]]:
    """Who is tied of thirty sources that share lines by chance, of which 0 and 1 share some on these days."""
    chance = np.random.default_rng(seed)
    w = World(chance)
    w.events(w.base(range(30), 40, 0, 26), 150)
    for day in lines:
        w.lines.append([w.add(s, (day + float(chance.uniform(0, 0.1))) * 86_400.0) for s in (0, 1)])
    m = w.material(False)
    t = judge_pairs(m, np.ones(len(m.labels), bool), TieOptions())
    return set(zip(t.a[t.q <= LEVEL].tolist(), t.b[t.q <= LEVEL].tolist(), strict=True))


@pytest.mark.parametrize("seed", range(3))
def test_a_talk_of_one_day_is_no_tie_and_as_many_lines_of_many_days_are(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = [50 + hour / 24 for hour in range(10)]
    assert (0, 1) in _talked(seed, [17.0 * k for k in range(1, 11)])
    assert (0, 1) not in _talked(seed, talk)
    monkeypatch.setattr(pairs_tested, "FEWEST_OCCASIONS", 1)
    assert (0, 1) not in _talked(seed, talk)  # nor where nobody asks for three episodes
    monkeypatch.setattr(pairs_tested, "STORY", 1.0)
    assert (0, 1) in _talked(seed, talk)
