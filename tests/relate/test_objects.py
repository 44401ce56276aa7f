"""Shared objects: every pair in the window counted, CooRTweet's rules, and the null model over them."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.api import find
from inchorus.errors import InputError, UsageError
from inchorus.read.urls import normalise_url
from inchorus.relate import co_sharing
from inchorus.relate.co_sharing import Coactions, _met_in_crowds, coactions, order
from inchorus.relate.coortweet import edges
from inchorus.relate.object_window import _crowds, _near, window_links
from inchorus.relate.objects import Objects, judge_objects, read_objects
from inchorus.relate.set_aside import object_layers, without
from inchorus.relate.sharing_units import units
from inchorus.relate.wording import Material, TieOptions
from inchorus.thresholds import MOST_SOURCES
from relate.made import made


def shares(seed: int, n: int, objects: int, sources: int, span: int) -> Any:
    chance = np.random.default_rng(seed)
    which, who = (chance.integers(0, most, n).astype(np.int32) for most in (objects, sources))
    return order(which, who, np.arange(n, dtype=np.int32), chance.integers(0, span, n).astype(float))


def by_hand(s: Any, window: float) -> tuple[Counter[tuple[int, int]], dict[tuple[int, int], float]]:
    """Pairs of bursts of which any two shares are in the window; a burst is a share and what follows it so closely."""
    bursts: dict[tuple[int, int], list[list[float]]] = defaultdict(list)
    for time, which, who in sorted(zip(s.time, s.object.tolist(), s.source.tolist(), strict=True)):
        held = bursts[which, who]
        if held and time - held[-1][-1] <= window:
            held[-1].append(time)
        else:
            held.append([time])
    weight: Counter[tuple[int, int]] = Counter()
    total: dict[tuple[int, int], float] = defaultdict(float)
    for (one, left), (two, right) in itertools.combinations(sorted(bursts), 2):
        for x, y in itertools.product(bursts[one, left], bursts[two, right]) if one == two else ():
            if min(abs(t - u) for t in x for u in y) <= window:
                weight[left, right] += 1
                total[left, right] += abs(x[0] - y[0])
    return weight, total


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 30), st.sampled_from([512, 6]), st.sampled_from([1 << 24, 5]))
def test_every_pair_in_the_window_is_counted_crowds_or_not(seed: int, window: int, crowd: int, buffer: int) -> None:
    s = shares(seed, 120, 6, 9, 200)
    found = coactions(s, window, crowd, buffer)
    weight, total = by_hand(s, window)
    listed = list(zip(found.a.tolist(), found.b.tolist(), strict=True))
    assert [weight[p] for p in listed] == found.weight.tolist()
    assert [total[p] / weight[p] for p in listed] == pytest.approx(found.delay.tolist())
    rest = {p: n for p, n in weight.items() if p not in listed}
    assert sum(rest.values()) == found.unlisted
    assert max(rest.values(), default=0) <= found.bound
    if crowd == 512:
        assert not rest
        objects: dict[tuple[int, int], set[int]] = {p: set() for p in listed}
        for i in range(len(s.object)):
            for j in range(len(s.object)):
                close = s.object[i] == s.object[j] and abs(s.time[i] - s.time[j]) <= window
                if close and s.source[i] < s.source[j]:
                    objects[int(s.source[i]), int(s.source[j])].add(int(s.object[i]))
        assert [len(objects[p]) for p in listed] == found.objects.tolist()


def test_a_very_popular_object_takes_no_quadratic_time() -> None:
    n = 200_000
    s = order(np.zeros(n, np.int32), np.arange(n, dtype=np.int32), np.arange(n, dtype=np.int32), np.zeros(n))
    found = coactions(s, 60.0)
    assert len(found.a) == 0
    assert found.unlisted == n * (n - 1) // 2
    assert found.bound == 1


def in_crowds(rows: list[tuple[int, int, float]], crowd: int) -> tuple[Coactions, int]:
    """What is found of (object, source, time) rows, and how many crowded bursts were looked at for it."""
    which, who, time = (np.array(column) for column in zip(*rows, strict=True))
    s = order(which.astype(np.int32), who.astype(np.int32), np.arange(len(rows), dtype=np.int32), time.astype(float))
    looked = []

    def counted(*given: Any) -> int:
        looked.append(_met_in_crowds(*given))
        return looked[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(co_sharing, "_met_in_crowds", counted)
        return coactions(s, 60.0, crowd), sum(looked)


def test_a_source_in_all_crowds_costs_its_partners_little() -> None:
    costs = []
    for n in (500, 1000, 2000):
        # Source 0 and two others are a crowd, again and again; each has also met source 0 alone.
        rows = [(0, who, 1000.0 * k) for k in range(n) for who in (0, 1 + k, 1 + (k + 1) % n)]
        rows += [(1 + who, source, 0.0) for who in range(n) for source in (0, 1 + who)]
        found, looked = in_crowds(rows, 2)
        assert found.a.tolist() == [0] * n
        assert set(found.weight.tolist()) == {3}
        assert found.unlisted == n
        assert found.uncounted == 0
        costs.append(looked)
    assert costs[2] <= 2.3 * costs[1] <= 2.3**2 * costs[0]


def test_beyond_what_is_affordable_pairs_are_listed_without_what_they_share_in_crowds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    n = 20
    rows = [(thing, who, 0.0) for thing in range(n) for who in range(n)]
    pairs = list(itertools.combinations(range(n), 2))
    rows += [(n + k, who, 0.0) for k, pair in enumerate(pairs) for who in pair]
    found, looked = in_crowds(rows, 6)
    assert set(found.weight.tolist()) == {n + 1}
    assert found.uncounted == found.unlisted == 0
    assert looked > 0
    monkeypatch.setattr(co_sharing, "STEPS", 1)
    found, looked = in_crowds(rows, 6)
    assert set(found.weight.tolist()) == {1}
    assert (found.uncounted, found.unlisted, looked) == (len(pairs), n * len(pairs), 0)


def test_coortweets_rules_by_hand() -> None:
    rows = [
        ("o", "x", "1", 0), ("o", "y", "2", 5), ("o", "z", "3", 9),
        ("p", "x", "4", 100), ("p", "y", "5", 103), ("q", "z", "6", 500),
        ("q", "once", "7", 501), ("r", "x", "8", 900), ("r", "x", "9", 901),
    ]  # fmt: skip
    table = pa.table(
        dict(
            zip(
                ("object_id", "account_id", "content_id", "timestamp_share"),
                map(list, zip(*rows, strict=True)),
                strict=True,
            )
        )
    )
    found = {(r["account_a"], r["account_b"]): r for r in edges(table, 10, 2).to_pylist()}
    # z takes part once only, but its pairs with x and y stay, as those participate; `once` has one share.
    assert {k: (r["weight"], r["avg_time_delta"]) for k, r in found.items()} == {
        ("x", "y"): (2, 4.0), ("x", "z"): (1, 9.0), ("y", "z"): (1, 4.0),
    }  # fmt: skip
    assert found["x", "y"]["edge_symmetry_score"] == 1.0
    assert edges(table, 10, 3).num_rows == 0
    with pytest.raises(InputError, match="content_id"):
        edges(table.drop_columns("content_id"), 10)


def test_edge_symmetry_counts_each_side_as_its_own() -> None:
    rows = [("o", "b", "b1", 0), ("o", "a", "a1", 1), ("o", "a", "a2", 2), ("o", "a", "a3", 3), ("o", "b", "b2", 90)]
    names = ("object_id", "account_id", "content_id", "timestamp_share")
    table = pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
    (row,) = edges(table, 10, 1).to_pylist()
    assert (row["n_content_a"], row["n_content_b"]) == (3, 1)
    assert row["edge_symmetry_score"] == pytest.approx(1 / 3)


def test_coortweets_own_edges_at_its_four_settings(shared: Callable[[str], Path]) -> None:
    table = pq.read_table(shared("coordination/retweets.parquet"))
    wanted = pq.read_table(shared("coordination/coortweet_edges.parquet")).to_pylist()
    for window, least in {(r["window"], r["min_participation"]) for r in wanted}:
        found = {(r["account_a"], r["account_b"]): r for r in edges(table, window, least).to_pylist()}
        theirs = [r for r in wanted if (r["window"], r["min_participation"]) == (window, least)]
        assert len(found) == len(theirs)
        for r in theirs:
            ours = found[r["account_a"], r["account_b"]]
            assert ours["weight"] == r["weight"]
            assert ours["avg_time_delta"] == pytest.approx(r["avg_time_delta"])


@pytest.mark.parametrize(
    ("given_url", "wanted"),
    [
        ("http://www.example.org/", "example.org"),
        ("HTTPS://m.Example.org:443/a/b/?fbclid=1&utm_campaign=x#y", "example.org/a/b"),
        ("https://example.org/?id=5&utm_source=x", "example.org?id=5"),
        ("https://example.org:8080/x?b=1&a=2", "example.org:8080/x?a=2&b=1"),
        ("https://example.org/a%7Eb", "example.org/a~b"),
        ("http://m.org/x", "m.org/x"),
        ("not an address", "not an address"),
        ("http://", "http://"),
        ("https://xn--bcher-kva.example/ü", "xn--bcher-kva.example/%C3%BC"),
    ],
)
def test_addresses_of_one_page_become_one(given_url: str, wanted: str) -> None:
    assert normalise_url(given_url) == wanted
    assert normalise_url("  " + given_url + " ") == wanted


def test_objects_from_text_and_from_lists() -> None:
    table = pa.table({"tags": [["a", "b"], None, ["b", "b", ""], []], "n": [1, 2, 3, 4]})
    o = read_objects(table, "tags")
    assert [(o.names[x], d) for x, d in zip(o.object.tolist(), o.document.tolist(), strict=True)] == [
        ("a", 0), ("b", 0), ("b", 2),
    ]  # fmt: skip
    with pytest.raises(UsageError, match="did you mean 'tags'"):
        read_objects(table, "tag")


def test_lists_that_a_study_holds_as_json_are_lists_again() -> None:
    table = pa.table({"tags": ['["a", "b"]', "[]", '["b"]', "[not a list", "b"]})
    o = read_objects(table, "tags")
    assert sorted((o.names[x], d) for x, d in zip(o.object.tolist(), o.document.tolist(), strict=True)) == [
        ("[not a list", 3), ("a", 0), ("b", 0), ("b", 2), ("b", 4),
    ]  # fmt: skip


def test_sources_that_share_objects_at_one_time_are_tied_and_nobody_else() -> None:
    chance = np.random.default_rng(0)
    n, sources = 3000, 60
    source = chance.integers(0, sources, n)
    seconds = np.sort(chance.integers(0, 20 * 86_400, n))
    objects = chance.integers(0, 150, n)
    for k in range(6):
        at = int(np.searchsorted(seconds, (k + 1) * 2 * 86_400))
        source[at : at + 2], objects[at : at + 2], seconds[at : at + 2] = (7, 31), 1000 + k, seconds[at]
    m = made([], [], source, np.zeros(n), sources)._replace(time=seconds * 1_000_000)
    o = Objects(objects.astype(np.int64), np.arange(n), [])
    found = judge_objects(o, m, 60.0, TieOptions())
    t = found.tested
    tied = {(int(a), int(b)) for a, b, q in zip(t.a, t.b, t.q, strict=True) if q <= 0.05}
    assert tied == {(7, 31)}
    row = np.flatnonzero((t.a == 7) & (t.b == 31))[0]
    assert found.weight[row] >= 6
    assert judge_objects(o, m, 60.0, TieOptions(), min_participation=10_000).tested.a.size == 0


def linked(document: list[int], source: list[int], time: list[float], objects: list[int], n: int) -> Any:
    who = np.array(source, np.int32)
    found = units(np.array(objects, np.int32), np.array(document), who, np.array(time))
    links = window_links(found, 60.0, n)
    return found, {(int(found.source[a]), int(found.source[b])) for a, b in zip(links.a, links.b, strict=True)}


def test_links_leave_out_what_a_crowd_shares() -> None:
    every = list(range(100))
    assert linked(every, every, [0.0] * 100, [0] * 100, 100)[1] == set()
    assert linked([0, 1, 2], [0, 1, 2], [0.0] * 3, [0] * 3, 100)[1] == {(0, 1), (0, 2), (1, 2)}


@pytest.mark.parametrize("n", [1000, 2000, 4000, 100_000])
@pytest.mark.parametrize("apart", [0.0, 1.0])
def test_an_object_that_all_share_at_once_is_no_quadratic_work(n: int, apart: float) -> None:
    objects, time = np.zeros(n, np.int32), np.array(np.arange(n) * apart, np.float64)
    last, users, none = np.empty(n, np.int64), np.empty(n, np.int64), np.zeros(0, np.int64)
    _crowds(objects, time, 60.0, last, users)
    assert users.max() == (n if apart == 0 else 121)
    assert _near(last, users, MOST_SOURCES, none, none)[1] <= MOST_SOURCES * n
    _crowds(objects, time, 15.0, last, users)
    assert _near(last, users, MOST_SOURCES, none, none)[1] <= MOST_SOURCES * n


def test_what_a_source_repeats_is_one_unit_however_late() -> None:
    hour = 3600.0
    time = [0.0, 3.0, 5 * hour, 400 * hour, 3.0]
    found, between = linked([0, 1, 2, 3, 4], [0, 0, 0, 0, 1], time, [0] * 5, 10)
    assert found.document.tolist() == [0, 4]
    assert between == {(0, 1)}
    assert linked([0, 1, 2], [0, 0, 1], [0.0, 400 * hour, 400 * hour], [0] * 3, 10)[1] == set()


def test_a_post_and_its_copy_are_one_unit_with_all_that_they_hold() -> None:
    objects, document = [0, 1, 2, 0, 1, 2, 0, 1, 2, 3], [0, 0, 0, 1, 1, 1, 2, 2, 2, 1]
    found, between = linked(document, [0, 0, 1], [0.0, 20.0, 5.0], objects, 10)
    assert found.document.tolist() == [0, 1, 2]
    assert found.object[found.unit == 0].tolist() == [0, 1, 2]
    assert found.object[found.unit == 1].tolist() == [3]
    assert between == {(0, 1)}


def corpus(seed: int, n: int = 900, sources: int = 30) -> tuple[Any, Objects]:
    chance = np.random.default_rng(seed)
    source, time = chance.integers(0, sources, n), chance.integers(0, 10 * 86_400, n)
    objects = np.where(chance.random(n) < 0.5, chance.integers(0, 60, n), 1000 + np.arange(n))
    for k in range(5):
        source[k * 4 : k * 4 + 4], objects[k * 4 : k * 4 + 4] = np.arange(4), 5000 + k
        time[k * 4 : k * 4 + 4] = 86_400 * (k + 1) + np.arange(4)
    m = made([], [], source, np.zeros(n), sources)._replace(time=time * 1_000_000)
    return m, Objects(objects.astype(np.int64), np.arange(n), [])


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_rows_that_stand_twice_and_repeats_change_nothing(seed: int, times: int) -> None:
    m, o = corpus(seed)
    n, chance = len(m.source), np.random.default_rng(seed)
    again = np.concatenate([np.arange(n), chance.integers(0, n, n * times), np.arange(n)])
    later = np.concatenate([np.zeros(n), chance.integers(0, 30, n * times), np.zeros(n)]).astype(np.int64)
    by = np.argsort(again, kind="stable")
    by = np.concatenate([np.arange(n), by[by >= n]])
    more = m._replace(source=m.source[again[by]], time=(m.time[again] + later * 1_000_000)[by])
    more = more._replace(known=np.ones(len(by), np.int64))
    one = judge_objects(o, m, 60.0, TieOptions()).tested
    two = judge_objects(Objects(o.object[again[by]], np.arange(len(by)), []), more, 60.0, TieOptions()).tested
    occasions = {(a, b): c for a, b, c in zip(one.a.tolist(), one.b.tolist(), one.occasions.sum(1), strict=True)}
    rows = zip(two.a.tolist(), two.b.tolist(), two.occasions.sum(1), two.observed, strict=True)
    assert all(occasions.get((a, b), 0) == c and c <= seen for a, b, c, seen in rows)
    tied = [{(a, b) for a, b, q in zip(t.a.tolist(), t.b.tolist(), t.q, strict=True) if q <= 0.05} for t in (one, two)]
    assert tied[0] == tied[1] >= {(0, 1), (2, 3)}


def test_one_object_is_one_occasion_however_often_two_sources_come_back_to_it() -> None:
    rounds = 20
    time = (np.arange(rounds).repeat(2) * 5 * 86_400 + np.tile([0, 4], rounds)) * 1_000_000
    m = made([], [], np.tile([0, 1], rounds), np.zeros(2 * rounds), 2)._replace(time=time)
    found = judge_objects(Objects(np.zeros(2 * rounds, np.int64), np.arange(2 * rounds), []), m, 60.0, TieOptions())
    assert (found.tested.observed.tolist(), found.tested.occasions.sum(), found.weight.tolist()) == ([1], 1, [rounds])


def test_who_joins_a_crowd_that_comes_back_each_day_has_no_pair_and_spoils_no_other() -> None:
    crowd, days = 520, 6
    rows = [(day * 86_400 + 0.01 * s, s, 0) for day in range(days) for s in range(crowd)]
    rows += [(day * 86_400 + 9 + k, crowd + 2 * day + k, 0) for day in range(days) for k in range(2)]
    rows += [((day + 9) * 86_400 + s, s, day) for day in (1, 2, 3) for s in range(3)]
    time, source, thing = (np.array(column) for column in zip(*rows, strict=True))
    m = made([], [], source, np.zeros(len(rows)), crowd + 2 * days)._replace(time=(time * 1e6).astype(np.int64))
    found = judge_objects(Objects(thing, np.arange(len(rows)), []), m, 60.0, TieOptions())
    assert (found.tested.a.tolist(), found.tested.b.tolist()) == ([0, 0, 1], [1, 2, 2])
    assert found.tested.occasions.sum(1).tolist() == [3, 3, 3]


def test_how_a_column_was_read_is_kept_in_the_manifest(tmp_path: Path) -> None:
    rows = [
        {"source": f"s{i % 3}", "time": f"2024-01-01T00:00:{i:02d}Z", "text": f"post {i}", "tags": f"#a{i};#b{i % 2}"}
        for i in range(9)
    ]
    study = find(rows, tmp_path / "study", objects=["tags"], window=60)
    how = study.manifest["ties"]["objects"]["tags"]
    assert (how["read_as"], how["not_lists"]) == ("semicolons", 0)


def _event(hours: float, users: int, sources: int = 30, things: int = 12) -> tuple[Material, Objects]:
    """Things that so many sources share within so many hours, on different days, and things of their own."""
    chance = np.random.default_rng(3)
    rows = [(s, float(chance.uniform(0, 80)) * 24, 1000 + 40 * s + k) for s in range(sources) for k in range(40)]
    for thing in range(things):
        begin = 24.0 * 5 * thing
        rows += [(s, begin + float(chance.uniform(0, hours)), thing) for s in range(users)]
    source = np.array([r[0] for r in rows], np.int32)
    time = (np.array([r[1] for r in rows]) * 3_600_000_000).astype(np.int64)
    none = np.zeros(0, np.int64)
    names = [f"s{i:02}" for i in range(sources)]
    m = Material(names, source, time, np.ones(len(rows), np.int64), [], np.zeros(0, np.str_), none, none)
    return m, Objects(np.array([r[2] for r in rows]), np.arange(len(rows)), [])


@pytest.mark.parametrize(
    ("hours", "users", "layer"),
    [(0.9, 20, "one hour"), (23.0, 20, "one day"), (24.0 * 60, 20, "everybody's"), (0.9, 15, None), (0.9, 5, None)],
)
def test_what_everybody_has_is_set_aside(hours: float, users: int, layer: str | None) -> None:
    m, o = _event(hours, users)
    found = judge_objects(o, m, 300.0, TieOptions())
    assert {name: which.tolist() for name, which in found.aside.items()} == (
        {} if layer is None else {layer: list(range(12))}
    )
    whole = judge_objects(o, m, 300.0, TieOptions(), layered=False)
    assert whole.aside == {}
    assert whole.tested.observed.tolist() == found.tested.observed.tolist()  # counted all the same
    if layer is not None:
        assert found.tested.occasions.sum() == 0
        assert not (found.tested.q <= 0.05).any()


@pytest.mark.parametrize(("users", "sources"), [(10, 20), (15, 30), (7, 9)])
def test_a_group_is_not_everybody(users: int, sources: int) -> None:
    m, o = _event(0.01, users, sources)
    assert judge_objects(o, m, 60.0, TieOptions()).aside == {}


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(0, 200_000)), max_size=60))
def test_an_object_is_in_one_layer_at_most(rows: list[tuple[int, int, int]]) -> None:
    source = np.array([r[0] for r in rows], np.int32)
    things, time = np.array([r[1] for r in rows], np.int32), np.array([float(r[2]) for r in rows])
    u = units(things, np.arange(len(rows)), source, time)
    layers = object_layers(u, len(set(source.tolist())))
    assert np.sum([which.astype(int) for which in layers.values()], axis=0).max(initial=0) <= 1
    left = without(u, layers)
    assert len(left.source) == len(u.source)
    assert not any(which[left.object].any() for which in layers.values() if len(left.object))
