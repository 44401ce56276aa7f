"""Leiden's method and the stability of groups."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from inchorus.relate.groups import find_groups, members
from inchorus.relate.leiden import leiden, modularity

nx: Any = pytest.importorskip("networkx", reason="only these tests need networkx, for its graphs")


def rows(graph: Any) -> list[dict[int, float]]:
    return [{int(v): 1.0 for v in graph[u]} for u in sorted(graph)]


def test_the_known_best_partition_of_the_karate_club() -> None:
    graph = rows(nx.karate_club_graph())
    found = [modularity(graph, leiden(graph, seed)) for seed in range(5)]
    assert max(found) > 0.4197  # 0.4198 is the greatest there is
    assert min(found) > 0.415


def test_planted_communities_are_found_whole_and_connected() -> None:
    graph = nx.planted_partition_graph(12, 25, 0.5, 0.01, seed=3)
    community = leiden(rows(graph), 1)
    assert community == [community[25 * (i // 25)] for i in range(300)]
    assert len(set(community)) == 12
    sparse = nx.fast_gnp_random_graph(400, 0.008, seed=2)
    community = leiden(rows(sparse), 0)
    for c in set(community):
        assert nx.is_connected(sparse.subgraph([i for i in range(400) if community[i] == c]))


def test_the_seed_settles_it() -> None:
    graph = rows(nx.fast_gnp_random_graph(200, 0.05, seed=1))
    assert leiden(graph, 7) == leiden(graph, 7)
    assert leiden([], 0) == []


def test_members_by_strength_and_stability() -> None:
    a = np.array([0, 0, 1, 5, 5, 6, 2])
    b = np.array([1, 2, 2, 6, 7, 7, 5])
    weight = np.array([9.0, 8.0, 7.0, 9.0, 9.0, 9.0, 0.2])
    found = members(a, b, weight, np.full(7, 12.0), 0)
    groups = {g: {m.source for m in found if m.group == g} for g in {m.group for m in found}}
    assert sorted(map(sorted, groups.values())) == [[0, 1, 2], [5, 6, 7]]
    assert all(m.stability > 0.9 for m in found)
    assert found == members(a, b, weight, np.full(7, 12.0), 0)
    none = np.zeros(0, np.int64)
    assert members(none, none, np.zeros(0), np.zeros(0), 0) == []
    assert find_groups(none, none, np.zeros(0), 0) == {}


def test_a_pair_that_rests_on_little_is_less_stable() -> None:
    firm = members(np.array([0]), np.array([1]), np.ones(1), np.full(1, 40.0), 0)
    weak = members(np.array([0]), np.array([1]), np.ones(1), np.full(1, 1.0), 0)
    assert firm[0].stability == 1.0
    assert 0.4 < weak[0].stability < 0.9
