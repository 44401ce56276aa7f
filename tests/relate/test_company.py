"""Who is beside whom without sharing, against the definition and on circles that are known."""

from __future__ import annotations

import numpy as np
import pytest

from inchorus.compiled.kernel import F64, I32, I64
from inchorus.relate import pairs_tested
from inchorus.relate.company import company, hours, kept, of_sets
from inchorus.relate.links import Links, link, uses
from inchorus.relate.strata import HOUR
from inchorus.relate.wording import Material, TieOptions, judge_pairs

NONE = np.zeros(0, np.int32)


def _no_links(documents: int) -> Links:
    return Links(np.zeros(documents + 1, np.int64), NONE, NONE, NONE, NONE)


@pytest.mark.parametrize("seed", range(4))
def test_company_is_that_of_the_definition(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n, sources = 150, 6
    source = chance.integers(0, sources, n).astype(np.int32)
    stratum, at = chance.integers(0, 3, n).astype(np.int32), (source // 2 * 3 + chance.integers(0, 4, n)) % 9
    known, counted = (chance.random(n) < 0.9).astype(np.int64), chance.random(n) < 0.9
    used = uses(np.repeat(np.arange(25), 3), chance.integers(0, n, 75), source, n)
    time = at * HOUR + chance.integers(0, HOUR, n)
    links = link(used, time, known, sources)
    a, b = np.triu_indices(sources, 1)
    found = company(kept(hours(source, time, known, stratum, counted, sources), links), a, b)
    place = np.where(known > 0, at, -1)
    shared = {(int(x), int(source[y])) for x, y in zip(links.a, links.b, strict=True)}
    shared |= {(int(y), int(source[x])) for x, y in zip(links.a, links.b, strict=True)}
    size = {
        h: sum((stratum[counted] == h[0]) & (place[counted] == h[1])) for h in set(zip(stratum, place, strict=True))
    }
    there = np.flatnonzero(counted).tolist()
    beside = [(x, y) for x in there for y in there if source[x] != source[y] and stratum[x] == stratum[y]]
    for row, (one, two) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        mine = [d for d in there if source[d] == one and (d, two) not in shared]
        theirs = [d for d in there if source[d] == two and (d, one) not in shared]
        weight: dict[tuple[int, int], float] = {}
        given = 0.0
        for s in range(3):
            all_of = [1 / size[s, place[x]] * (place[x] == place[y]) for x, y in beside if stratum[x] == s]
            given += np.mean(all_of) * sum(stratum[mine] == s) * sum(stratum[theirs] == s)
        for x in mine:
            for y in theirs:
                if stratum[x] == stratum[y] and place[x] == place[y]:
                    hour = int(stratum[x]), int(place[x])
                    weight[hour] = weight.get(hour, 0.0) + 1 / size[hour]
        seen, often = sum(weight.values()), sum(weight.values()) ** 2 / max(sum(w * w for w in weight.values()), 1e-9)
        wanted = max(1.0, seen / given * (1 - 1 / often**0.5)) if seen else 1.0
        assert found[row] == pytest.approx(wanted)
    assert (found > 1.02).any()
    assert (found == 1).any()


def _days(of: list[tuple[int, int, float]]) -> tuple[I32, I64]:
    """Documents of (source, day, hour)."""
    source, day, hour = (np.array(column) for column in zip(*of, strict=True))
    return source.astype(np.int32), ((day * 24 + hour) * HOUR).astype(np.int64)


def test_those_who_meet_only_to_act_keep_no_company() -> None:
    crowd = [(s, day, float(s)) for s in range(2, 20) for day in range(20)]
    acts = [(s, day, 3.0) for day in range(20) for s in (0, 1)]
    source, time = _days(crowd + acts)
    n, known = len(source), np.ones(len(source), np.int64)
    h = hours(source, time, known, np.zeros(n, np.int32), known > 0, 20)
    pair = np.array([0]), np.array([1])
    point = np.repeat(np.arange(20), 2)
    acted = link(uses(point, len(crowd) + np.arange(40), source, n), time, known, 20)
    assert company(kept(h, acted), *pair).tolist() == [1.0]
    assert company(kept(h, _no_links(n)), *pair)[0] > 10


def test_what_has_no_time_says_nothing() -> None:
    source = np.tile(np.arange(5), 8).astype(np.int32)
    none = np.zeros(40, np.int64)
    h = hours(source, none, none, np.zeros(40, np.int32), np.ones(40, bool), 5)
    assert np.allclose(company(kept(h, _no_links(40)), *np.triu_indices(5, 1)), 1.0)


def test_nothing_at_all() -> None:
    h = hours(NONE, np.zeros(0, np.int64), np.zeros(0, np.int64), NONE, np.zeros(0, bool), 0)
    assert company(kept(h, _no_links(0)), np.zeros(0, np.int64), np.zeros(0, np.int64)).tolist() == []


def test_sets_of_pairs_all_alike_are_as_much_denser() -> None:
    def twice(a: I64, b: I64) -> F64:
        return np.full(len(a), 2.0)

    assert of_sets(np.array([[5, 1, 3]]), 9, twice) == pytest.approx([4.0])
    assert of_sets(np.array([[5, 1, 3, 7, 8]]), 9, twice) == pytest.approx([16.0])


def _awake_at_night(seed: int, planted: int) -> Material:
    """Six of sixty accounts are awake at night; stories of an hour that who is there repeats, half of it.

    Accounts 10 and 11, both of the day, share so many lines besides, at any hour of the day and three days apart.
    """
    chance = np.random.default_rng(seed)
    rows = [
        (s, day, (3.0 if s < 6 else 14.0) + float(chance.normal(0, 2.5)))
        for s in range(60)
        for day in range(70)
        for _ in range(int(chance.poisson(2.5)))
    ]
    points: list[list[int]] = []
    source, time = _days(rows)
    for begin in chance.uniform(0, 69 * 24, 1200):
        near = np.flatnonzero((time >= begin * HOUR) & (time < (begin + 1.5) * HOUR))
        told = near[chance.random(len(near)) < 0.5]
        points += [told[chance.integers(0, 3, len(told)) == k].tolist() for k in range(3)]
    for k in range(planted):
        points.append([len(rows), len(rows) + 1])
        rows += [(s, 3 * k + 1, 12.0 + float(chance.uniform(0, 3))) for s in (10, 11)]
    source, time = _days(rows)
    points = [users for users in points if len(set(source[users].tolist())) > 1]
    return Material(
        [f"s{s:02}" for s in range(60)],
        source,
        time - time.min(),
        np.ones(len(time), np.int64),
        [str(k) for k in range(len(points))],
        np.array(["line"] * len(points)),
        np.repeat(np.arange(len(points)), [len(users) for users in points]),
        np.array([d for users in points for d in users], np.int64),
    )


def _tied(m: Material) -> set[tuple[int, int]]:
    t = judge_pairs(m, np.ones(len(m.labels), bool), TieOptions())
    return set(zip(t.a[t.q <= 0.05].tolist(), t.b[t.q <= 0.05].tolist(), strict=True))


def test_who_is_awake_when_nobody_else_is_is_not_tied(monkeypatch: pytest.MonkeyPatch) -> None:
    corpora = [_awake_at_night(seed, 0) for seed in range(5)]
    assert [_tied(m) for m in corpora] == [set()] * 5
    monkeypatch.setattr(pairs_tested, "company", lambda x, a, b: np.ones(len(a)))
    for pairs in map(_tied, corpora):
        assert sum(b < 6 for _, b in pairs) > 5


@pytest.mark.parametrize("seed", range(3))
def test_two_who_act_among_them_are(seed: int) -> None:
    assert (10, 11) in _tied(_awake_at_night(seed, 16))
