"""Leiden's method on a small weighted graph, seeded.

networkx 3.6 offers `leiden_communities` only through other backends, so the method is written out here, after
Traag, Waltman and van Eck 2019 (doi:10.1038/s41598-019-41695-z), with modularity as its measure: move
nodes while it pays, refine each community from single nodes upward, merge what is refined, and again.
"""

from __future__ import annotations

import math
import random
from collections import deque
from collections.abc import Mapping, Sequence

Graph = Sequence[Mapping[int, float]]
RANDOMNESS = 0.01


def modularity(graph: Graph, community: Sequence[int], resolution: float = 1.0) -> float:
    """Newman's modularity of a partition: sum over communities of inside / 2m - resolution (degree / 2m)^2.

    `graph` gives each node's neighbours with weights, both ways; a node's own entry counts twice its loop.

    >>> two = [{1: 1.0}, {0: 1.0}, {3: 1.0}, {2: 1.0}]
    >>> modularity(two, [0, 0, 1, 1])
    0.5
    """
    double = sum(sum(row.values()) for row in graph)
    inside: dict[int, float] = {}
    degree: dict[int, float] = {}
    for node, row in enumerate(graph):
        c = community[node]
        degree[c] = degree.get(c, 0.0) + sum(row.values())
        inside[c] = inside.get(c, 0.0) + sum(w for other, w in row.items() if community[other] == c)
    return sum(inside[c] / double - resolution * (degree[c] / double) ** 2 for c in degree)


def leiden(graph: Graph, seed: int = 0, resolution: float = 1.0) -> list[int]:
    """The community of each node, numbered from 0 by their first nodes. The same seed gives the same result.

    >>> triangle = [{1: 1.0, 2: 1.0}, {0: 1.0, 2: 1.0}, {0: 1.0, 1: 1.0, 3: 0.1}]
    >>> leiden([*triangle, {2: 0.1, 4: 1.0}, {3: 1.0}])
    [0, 0, 0, 1, 1]
    """
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    nodes = len(graph)
    place = list(range(nodes))
    community = list(range(nodes))
    level: Graph = graph
    while True:
        moved = _move(level, community, chance, resolution)
        count = len(set(moved))
        if count == len(level):
            break
        refined = _refine(level, moved, chance, resolution)
        names = {c: i for i, c in enumerate(dict.fromkeys(refined))}
        merged = [names[c] for c in refined]
        if len(names) == len(level):
            place = [moved[p] for p in place]
            return _numbered(place)
        level, above = _merged(level, merged, moved)
        place = [merged[p] for p in place]
        community = above
    return _numbered([community[p] for p in place])


def _move(graph: Graph, start: Sequence[int], chance: random.Random, resolution: float) -> list[int]:
    degree = [sum(row.values()) for row in graph]
    double = sum(degree) or 1.0
    community = list(start)
    total: dict[int, float] = {}
    for node, c in enumerate(community):
        total[c] = total.get(c, 0.0) + degree[node]
    order = list(range(len(graph)))
    chance.shuffle(order)
    waiting, queued = deque(order), [True] * len(graph)
    while waiting:
        node = waiting.popleft()
        queued[node] = False
        own = community[node]
        toward: dict[int, float] = {own: 0.0}
        for other, weight in graph[node].items():
            if other != node:
                toward[community[other]] = toward.get(community[other], 0.0) + weight
        total[own] -= degree[node]
        best, most = own, toward[own] - resolution * degree[node] * total[own] / double
        for c, weight in toward.items():
            gain = weight - resolution * degree[node] * total[c] / double
            if gain > most + 1e-12:
                best, most = c, gain
        total[best] += degree[node]
        community[node] = best
        if best != own:
            for other in graph[node]:
                if community[other] != best and not queued[other]:
                    queued[other] = True
                    waiting.append(other)
    return community


def _refine(graph: Graph, community: Sequence[int], chance: random.Random, resolution: float) -> list[int]:
    degree = [sum(row.values()) for row in graph]
    double = sum(degree) or 1.0
    whole: dict[int, float] = {}
    for node, c in enumerate(community):
        whole[c] = whole.get(c, 0.0) + degree[node]
    refined = list(range(len(graph)))
    total = list(degree)
    single = [True] * len(graph)
    # How strongly each part holds to the rest of its community.
    hold = [
        sum(w for other, w in row.items() if other != node and community[other] == community[node])
        for node, row in enumerate(graph)
    ]
    order = list(range(len(graph)))
    chance.shuffle(order)
    for node in order:
        rest = whole[community[node]] - degree[node]
        if not single[node] or hold[node] < resolution * degree[node] * rest / double:
            continue
        toward: dict[int, float] = {}
        for other, weight in graph[node].items():
            if other != node and community[other] == community[node]:
                toward[refined[other]] = toward.get(refined[other], 0.0) + weight
        choices, gains = [], []
        for c, weight in toward.items():
            gain = weight - resolution * degree[node] * total[c] / double
            apart = resolution * total[c] * (whole[community[node]] - total[c]) / double
            if gain >= 0 and hold[c] >= apart - 1e-12:
                choices.append(c)
                gains.append(gain)
        if not choices:
            continue
        best = max(gains)
        odds = [math.exp((g - best) / (RANDOMNESS * double)) for g in gains]
        chosen = chance.choices(choices, odds)[0]
        hold[chosen] += hold[node] - 2 * toward[chosen]
        total[chosen] += degree[node]
        single[chosen] = False
        refined[node] = chosen
    return refined


def _merged(graph: Graph, merged: Sequence[int], community: Sequence[int]) -> tuple[Graph, list[int]]:
    count = max(merged) + 1
    rows: list[dict[int, float]] = [{} for _ in range(count)]
    above = [0] * count
    for node, row in enumerate(graph):
        own = merged[node]
        above[own] = community[node]
        for other, weight in row.items():
            to = merged[other]
            rows[own][to] = rows[own].get(to, 0.0) + weight
    return rows, above


def _numbered(community: Sequence[int]) -> list[int]:
    names: dict[int, int] = {}
    return [names.setdefault(c, len(names)) for c in community]
