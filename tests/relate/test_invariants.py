"""What must hold of any corpus: counting, matching, expecting, testing and grouping, held against answers by hand."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import false_discovery_control, mannwhitneyu, nbinom, poisson

from inchorus.compiled.kernel import F64
from inchorus.read.urls import normalise_url
from inchorus.relate.direction import surely_first
from inchorus.relate.expected_counts import drawn, joined, joins
from inchorus.relate.groups import find_groups, members
from inchorus.relate.leiden import leiden, modularity
from inchorus.relate.links import CLASSES, Links, Uses, link, most_sources, uses
from inchorus.relate.p_values import _tails, q_values, tails
from inchorus.relate.permutation_null import index_pairs, matched_documents, observe
from inchorus.relate.separate import auc
from inchorus.relate.stories import episode_of, episodes, least_apart
from inchorus.relate.strata import WIDTHS, choose
from inchorus.relate.wording import Material, TieOptions, judge_pairs, shared_points
from relate.made import DAY, at_least, background, made

nx: Any = pytest.importorskip("networkx", reason="communities are held against networkx's")

# Kernels are compiled in the first example.
many = settings(max_examples=60, deadline=None)
P = st.floats(1e-9, 1.0)
SEEDS = st.integers(0, 100_000)


class Corpus:
    """Sixty documents of up to a dozen sources, and who of them uses which of twenty talking points."""

    def __init__(self, seed: int, sources: int) -> None:
        self.chance = np.random.default_rng(seed)
        self.sources = sources
        self.source = self.chance.integers(0, sources, 60).astype(np.int32)
        self.time = self.chance.integers(0, 20, 60) * DAY
        self.known = (self.chance.random(60) < 0.9).astype(np.int64)
        self.passages = np.unique(
            [(p, d) for p in range(20) for d in self.chance.choice(60, self.chance.integers(1, 7))], axis=0
        )

    @property
    def used(self) -> Uses:
        return uses(self.passages[:, 0], self.passages[:, 1], self.source, 60)

    @property
    def links(self) -> Links:
        return link(self.used, self.time, self.known, self.sources)

    def users(self) -> dict[int, set[int]]:
        """By hand: the sources of each talking point."""
        found: dict[int, set[int]] = {}
        for p, d in self.passages.tolist():
            found.setdefault(p, set()).add(int(self.source[d]))
        return found


corpora = st.builds(Corpus, SEEDS, st.integers(2, 12))


@many
@given(corpora)
def test_each_source_counts_once_for_a_wording_and_the_rest_are_repeats(c: Corpus) -> None:
    used = c.used
    wanted = {(p, s) for p, sources in c.users().items() if len(sources) > 1 for s in sources}
    assert sorted(zip(used.point.tolist(), c.source[used.document].tolist(), strict=True)) == sorted(wanted)
    shared = {p for p, _ in wanted}
    assert len(used.document) + len(used.repeat) == sum(p in shared for p in c.passages[:, 0].tolist())
    assert (c.source[used.repeated] == c.source[used.repeat]).all()
    assert (used.repeated < used.repeat).all()


@many
@given(corpora)
def test_what_two_sources_share_is_counted_as_by_hand(c: Corpus) -> None:
    keys, counts = shared_points(c.used, c.source, c.sources)
    found = {(k // c.sources, k % c.sources): n for k, n in zip(keys.tolist(), counts.tolist(), strict=True)}
    wanted: dict[tuple[int, int], int] = {}
    for sources in c.users().values():
        for pair in itertools.combinations(sorted(sources), 2):
            wanted[pair] = wanted.get(pair, 0) + 1
    assert found == wanted


@many
@given(corpora)
def test_links_are_between_sources_that_share_something_rare_the_rarest_first(c: Corpus) -> None:
    links, users = c.links, c.users()
    rare = {p for p, sources in users.items() if 2 <= len(sources) <= most_sources(c.sources)}
    of: dict[int, set[int]] = {}
    for p, d in zip(c.used.point.tolist(), c.used.document.tolist(), strict=True):
        of.setdefault(d, set()).add(p)
    for a, b, cls in zip(links.a.tolist(), links.b.tolist(), links.cls.tolist(), strict=True):
        both = of[a] & of[b] & rare
        assert both
        assert c.source[a] != c.source[b]
        assert bool(cls & 2) == (len(both) == 1)
    assert (np.diff(links.cls) >= 0).all()
    ends = np.concatenate([links.a, links.b])
    assert np.diff(links.first).tolist() == np.bincount(ends, minlength=60).tolist()


@many
@given(corpora)
def test_a_document_is_matched_once_with_a_source_and_none_is_left_that_could_be(c: Corpus) -> None:
    links = c.links
    keys, _ = shared_points(c.used, c.source, c.sources)
    counts, edges, of = observe(links, c.source, index_pairs(keys, c.sources))
    matches = matched_documents(links, edges, c.source)
    assert counts.sum() == len(matches) == len(of)
    taken = set()
    for x, y in matches.tolist():
        for one in ((x, int(c.source[y])), (y, int(c.source[x]))):
            assert one not in taken
            taken.add(one)
    for a, b in zip(links.a.tolist(), links.b.tolist(), strict=True):
        assert (a, int(c.source[b])) in taken or (b, int(c.source[a])) in taken
    episode = episode_of(matches, of, c.time, c.known, least_apart(c.time, c.known))
    found = episodes(episode, of, len(keys))
    assert (found <= np.bincount(of, minlength=len(keys))).all()
    assert ((found > 0) == (np.bincount(of, minlength=len(keys)) > 0)).all()


@many
@given(corpora, st.integers(1, 4))
def test_chance_joins_as_many_as_there_are_and_no_more_by_another_name(c: Corpus, strata: int) -> None:
    links, stratum = c.links, c.chance.integers(0, strata, 60).astype(np.int32)
    a, b = (x.astype(np.int64) for x in np.triu_indices(c.sources, 1))
    between = joins(links, stratum, int(stratum.max()) + 1)
    found = joined(between, drawn(c.source, stratum, np.ones(60, bool), c.sources), a, b)
    assert (found >= 0).all()
    possible = [
        any(x != y for x in c.source[stratum == s].tolist() for y in c.source[stratum == t].tolist())
        for s, t in zip(stratum[links.a].tolist(), stratum[links.b].tolist(), strict=True)
    ]
    assert found.sum(0) == pytest.approx(np.bincount(links.cls[possible], minlength=CLASSES), abs=1e-6)
    names = c.chance.permutation(c.sources)
    renamed = drawn(names[c.source].astype(np.int32), stratum, np.ones(60, bool), c.sources)
    again = joined(between, renamed, names[a], names[b])
    assert again == pytest.approx(found)


@many
@given(corpora)
def test_strata_part_times_in_their_order_and_keep_what_has_none_apart(c: Corpus) -> None:
    found = choose(c.time, c.known, c.source)
    sure = c.known > 0
    order = np.argsort(c.time[sure], kind="stable")
    assert (np.diff(found.stratum[sure][order]) >= 0).all()
    for t in np.unique(c.time[sure]):
        assert len(set(found.stratum[sure & (c.time == t)].tolist())) == 1
    assert not set(found.stratum[~sure].tolist()) & set(found.stratum[sure].tolist())
    assert (found.fellows >= 1).all()
    for s in np.unique(found.stratum):
        assert found.fellows[found.stratum == s].max() <= len(set(c.source[found.stratum == s].tolist())) + 1e-9


@settings(max_examples=6, deadline=None)
@given(SEEDS, st.integers(1, 30))
def test_the_test_knows_no_order_and_no_calendar(seed: int, weeks: int) -> None:
    point, document, source, day = background(seed, lines=60, sources=12, documents=400)
    options = TieOptions(width="week")
    m = made(point, document, source, day)
    every = np.ones(len(m.labels), bool)
    first = judge_pairs(m, every, options)
    order = np.random.default_rng(seed).permutation(len(point))
    mixed = judge_pairs(m._replace(point=m.point[order], document=m.document[order]), every, options)
    later = judge_pairs(m._replace(time=m.time + weeks * WIDTHS["week"]), every, options)
    for again in (mixed, later):
        for name in ("a", "b", "observed", "occasions", "p", "q", "matches", "q_recurring"):
            assert np.array_equal(getattr(first, name), getattr(again, name)), name
    assert ((first.p >= 0) & (first.p <= first.q) & (first.q <= 1)).all()
    assert (first.occasions.sum(1) <= first.observed).all()
    assert (first.a < first.b).all()


def planted(seed: int) -> Material:
    """Twenty sources that share by chance, and four of them that print five new lines of their own, a week apart."""
    point, document, source, day = background(seed, lines=60, sources=20, documents=500)
    for k in range(5):
        point += [60 + k] * 4
        document += range(len(source) + 4 * k, len(source) + 4 * k + 4)
    days = np.append(day, np.repeat(10 + 15 * np.arange(5), 4))
    return made(point, document, np.append(source, np.tile([3, 8, 11, 17], 5)), days)


def tied(m: Material) -> set[tuple[str, ...]]:
    t = judge_pairs(m, np.ones(len(m.labels), bool), TieOptions())
    return {tuple(sorted((m.names[a], m.names[b]))) for a, b in zip(t.a[t.q <= 0.05], t.b[t.q <= 0.05], strict=True)}


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 50))
def test_ties_know_no_names_no_copies_and_nobody_who_has_nothing_to_do_with_it(seed: int) -> None:
    m = planted(seed)
    found = tied(m)
    assert set(itertools.combinations(("s003", "s008", "s011", "s017"), 2)) <= found
    chance = np.random.default_rng(seed)

    number = chance.permutation(20)
    names = [m.names[i] for i in np.argsort(number).tolist()]
    assert tied(m._replace(names=names, source=number[m.source].astype(np.int32))) == found

    # Rows that stand twice, minutes later: each document that has wording, with all of it.
    held = np.unique(m.document)
    again = len(m.source) + np.arange(len(held))
    twice = m._replace(
        source=np.append(m.source, m.source[held]),
        time=np.append(m.time, m.time[held] + 60_000_000),
        known=np.append(m.known, m.known[held]),
        point=np.append(m.point, m.point),
        document=np.append(m.document, again[np.searchsorted(held, m.document)]),
    )
    assert tied(twice) == found

    # One more source with documents of its own, and one line that it prints again and again.
    alone = np.sort(chance.integers(0, 100, 25)) * DAY
    more = m._replace(
        names=[*m.names, "t"],
        source=np.append(m.source, np.full(25, 20, np.int32)),
        time=np.append(m.time, alone),
        known=np.append(m.known, np.ones(25, np.int64)),
        point_ids=[*m.point_ids, "own"],
        labels=np.append(m.labels, "line"),
        point=np.append(m.point, np.full(9, len(m.labels))),
        document=np.append(m.document, len(m.source) + np.arange(9)),
    )
    assert tied(more) == found


@many
@given(st.lists(P, min_size=1, max_size=40), st.integers(0, 60))
def test_q_values_are_those_of_scipy_and_keep_the_order_of_p(p: list[float], more: int) -> None:
    given = np.array(p)
    q = q_values(given, len(p) + more)
    assert q == pytest.approx(false_discovery_control(np.append(given, np.ones(more)))[: len(p)])
    assert (q >= given * (1 - 1e-12)).all()
    assert (np.diff(q[np.argsort(given)]) >= 0).all()


@many
@given(st.integers(0, 60), st.floats(1e-3, 50.0), st.floats(1e-3, 2.0))
def test_a_tail_of_one_class_is_poissons_or_with_spread_negative_binomial(k: int, mean: float, more: float) -> None:
    poissons, spread = np.empty(1), np.empty(1)
    _tails(np.array([[k]]), np.array([[mean]]), np.ones((1, 1)), 0.0, poissons)
    _tails(np.array([[k]]), np.array([[mean]]), np.ones((1, 1)), more, spread)
    assert poissons[0] == pytest.approx(poisson.sf(k - 1, mean), rel=1e-4, abs=1e-290)
    wanted = nbinom.sf(k - 1, 1 / more, 1 / (1 + more * mean))
    assert spread[0] == pytest.approx(wanted, rel=1e-3, abs=1e-9)
    if k > 2 * mean + 1:
        assert spread[0] >= poissons[0] * (1 - 1e-6)


@many
@given(SEEDS)
def test_more_occasions_are_never_less_surprising_and_chance_that_gives_more_never_more(seed: int) -> None:
    chance = np.random.default_rng(seed)
    means = chance.exponential(0.5, (1, CLASSES)) * (chance.random((1, CLASSES)) < 0.3)
    means[0, 0] += 0.01
    counts = chance.poisson(means)
    one_more = counts.copy()
    one_more[0, int(chance.choice(np.flatnonzero(means[0])))] += 1
    (p,), (less,) = tails(counts, means), tails(one_more, means)
    assert 0 <= less <= p <= 1
    assert tails(np.zeros_like(counts), means)[0] == 1.0


@many
@given(st.lists(st.floats(0.0, 1.0), max_size=8), st.integers(0, 9))
def test_a_sum_of_draws_is_as_if_every_outcome_were_written_down(chances: list[float], k: int) -> None:
    wanted = sum(
        float(np.prod([c if won else 1 - c for c, won in zip(chances, outcome, strict=True)]))
        for outcome in itertools.product((0, 1), repeat=len(chances))
        if sum(outcome) >= k
    )
    assert at_least(k, np.array(chances)) == pytest.approx(wanted, abs=1e-12)


@many
@given(st.lists(st.tuples(*[st.integers(0, 100)] * 2, *[st.integers(1, 30)] * 2), min_size=1, max_size=20))
def test_who_is_first_is_not_so_the_other_way_round(rows: list[tuple[int, int, int, int]]) -> None:
    x, y, within_x, within_y = np.array(rows).T
    found = surely_first(x, y, within_x, within_y)
    assert (found == -surely_first(y, x, within_y, within_x)).all()
    assert (np.sign(y - x)[found != 0] == found[found != 0]).all()


@many
@given(hnp.arrays(np.float64, st.integers(2, 30), elements=st.integers(0, 5).map(float)), SEEDS)
def test_auc_is_mann_and_whitneys_and_turns_round_with_the_groups(strength: F64, seed: int) -> None:
    same = np.random.default_rng(seed).random(len(strength)) < 0.5
    same[:2] = True, False
    n, m = same.sum(), (~same).sum()
    assert auc(strength, same) == pytest.approx(mannwhitneyu(strength[same], strength[~same]).statistic / (n * m))
    assert auc(strength, same) + auc(strength, ~same) == pytest.approx(1)
    assert auc(np.exp(strength), same) == auc(strength, same)


def graph_of(seed: int, nodes: int, share: float) -> Any:
    graph = nx.gnp_random_graph(nodes, share, seed)
    chance = np.random.default_rng(seed)
    for x, y in graph.edges:
        graph[x][y]["weight"] = float(chance.uniform(0.1, 5))
    return graph


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.integers(2, 25), st.floats(0.05, 0.6))
def test_communities_hold_together_and_are_better_than_none(seed: int, nodes: int, share: float) -> None:
    graph = graph_of(seed, nodes, share)
    rows = [{y: graph[x][y]["weight"] for y in graph[x]} for x in range(nodes)]
    community = leiden(rows, seed)
    sets = [{i for i in range(nodes) if community[i] == k} for k in range(max(community) + 1)]
    assert all(nx.is_connected(graph.subgraph(s)) for s in sets)
    if graph.number_of_edges():
        found = modularity(rows, community)
        assert found == pytest.approx(nx.community.modularity(graph, sets))
        assert found >= max(modularity(rows, list(range(nodes))), modularity(rows, [0] * nodes)) - 1e-9


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.integers(2, 20), st.floats(0.05, 0.6))
def test_groups_have_each_source_once_and_strength_comes_from_ties_inside(seed: int, nodes: int, share: float) -> None:
    graph = graph_of(seed, nodes, share)
    a, b = (np.array(x, np.int64) for x in (zip(*graph.edges, strict=True) if graph.edges else ((), ())))
    weight = np.array([graph[x][y]["weight"] for x, y in graph.edges])
    found = members(a, b, weight, np.full(len(a), 3.0), seed, resamples=5)
    assert len({m.source for m in found}) == len(found)
    home = {m.source: m.group for m in found}
    assert set(home) <= {n for n in graph if graph.degree[n]}
    sizes = [sum(m.group == g for m in found) for g in range(len(set(home.values())))]
    assert sizes == sorted(sizes, reverse=True)
    assert all(size >= 2 for size in sizes)
    inside = sum(w for x, y, w in zip(a.tolist(), b.tolist(), weight.tolist(), strict=True)
                 if x in home and home[x] == home.get(y))  # fmt: skip
    assert sum(m.strength for m in found) == pytest.approx(2 * inside)
    assert all(0 <= m.stability <= 1 + 1e-9 for m in found)
    assert find_groups(b, a, weight, seed) == find_groups(a, b, weight, seed)


URLS = r"https?://(www\.)?[a-z]{1,8}\.(org|com)(:80)?(/[a-zA-Z0-9%_.~-]{0,6}){1,3}(\?([a-z_]{1,8}=[a-zA-Z0-9]{0,4}&?){1,4})?"


@many
@given(st.from_regex(URLS, fullmatch=True), st.from_regex("#[a-z]{0,4}", fullmatch=True))
def test_an_address_in_its_one_form_stays_as_it_is(url: str, part: str) -> None:
    once = normalise_url(url)
    assert normalise_url(once) == once
    assert normalise_url(f" {url}{part} ") == once
