"""Groups of five sources that share two to five lines, among 100 sources and 5,000 documents."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa

from bench.rows import Row
from bench.ties.made import OPTIONS, found, numbers, study_of, tied_pairs
from inchorus.relate.wording import Material, judge_pairs
from inchorus.simulate import Simulation, simulate_with_truth

NO_LABELS = "line"
Pairs = set[tuple[str, str]]


def planted_material(lines: int, seed: int) -> tuple[Material, set[tuple[str, str]]]:
    """100 sources, 5,000 documents, 300 wordings that 2 to 20 sources happen on, 3 groups of 5 that share `lines`."""
    chance = np.random.default_rng(seed)
    weights = (np.arange(100) + 3.0) ** -0.5
    source = chance.choice(100, 5000, p=weights / weights.sum()).astype(np.int32)
    day = chance.integers(0, 120, 5000)
    point, document = [], []
    for k in range(300):
        users = chance.choice(5000, int(chance.integers(2, 21)), replace=False)
        point += [k] * len(users)
        document += users.tolist()
    members = chance.permutation(100)[:15].reshape(3, 5)
    wanted = set()
    extra_source: list[int] = []
    extra_day: list[int] = []
    for g, group in enumerate(members):
        wanted |= {tuple(sorted((f"s{a:03}", f"s{b:03}"))) for a, b in itertools.combinations(group.tolist(), 2)}
        for k in range(lines):
            when = int(chance.integers(0, 118))
            for s in group.tolist():
                point.append(300 + g * lines + k)
                document.append(5000 + len(extra_source))
                extra_source.append(s)
                extra_day.append(when + int(chance.integers(0, 2)))
    source = np.concatenate([source, np.array(extra_source, np.int32)])
    times = (np.concatenate([day, np.array(extra_day)]).astype(np.int64) + 19800) * 86_400_000_000
    n = 300 + 3 * lines
    names = [f"s{i:03}" for i in range(100)]
    ids = [str(i) for i in range(n)]
    known = np.ones(len(source), np.int64)
    m = Material(names, source, times, known, ids, np.array([NO_LABELS] * n), np.array(point), np.array(document))
    return m, {(a, b) for a, b in wanted}


def _apart(planted_lines: pa.Table) -> dict[tuple[str, str], int]:
    """Of each pair of members, in how many documents of the first they have lines of the group in common."""
    where: dict[str, dict[str, dict[str, str]]] = {}
    for row in planted_lines.to_pylist():
        if row["group_id"]:
            where.setdefault(row["group_id"], {}).setdefault(row["source"], {})[row["line_id"]] = row["doc_id"]
    out = {}
    for group in where.values():
        for a, b in itertools.combinations(sorted(group), 2):
            both = group[a].keys() & group[b].keys()
            out[a, b] = min(len({group[s][line] for line in both}) for s in (a, b))
    return out


def tables() -> Iterator[Row]:
    """Each line in a document of its own, given as passages: what the test alone finds."""
    for lines in (5, 4, 3, 2):
        tied, wanted = [], []
        for seed in range(5):
            m, want = planted_material(lines, seed)
            tied.append(tied_pairs(m, judge_pairs(m, np.ones(len(m.labels), bool), OPTIONS)))
            wanted.append(want)
        yield from found(f"planted tables, {lines} lines", tied, wanted, lines == 5)


def texts(lines: int, seeds: int, strict: bool) -> Iterator[Row]:
    """The same from texts, one word in ten edited, the whole way from reading on.

    If `strict`, every member uses every line, in a document of its own. Else a member leaves out one line in ten,
    and three in ten go into a document that has one already; the pairs with lines in three documents or more
    are then counted besides, as others cannot have three occasions.
    """
    tied, wanted, often = [], [], []
    for seed in range(900, 900 + seeds):
        options = Simulation(
            documents=5000, sources=100, lines=0, groups=3, group_lines=lines, edits="light", seed=seed
        )
        if strict:
            options = replace(options, left_out=0, doubled=0)
        with TemporaryDirectory() as folder:
            documents, planted = simulate_with_truth(options)
            m, keep = numbers(study_of(documents, Path(folder)))
        tied.append(tied_pairs(m, judge_pairs(m, keep, OPTIONS)))
        apart = _apart(planted)
        wanted.append(set(apart))
        often.append({pair for pair, documents in apart.items() if documents >= 3})
    kind = "texts, each line in a document of its own" if strict else "texts, lines left out and doubled up"
    name = f"{kind}, {lines} lines, {'one corpus' if seeds == 1 else f'{seeds} corpora'}"
    yield from found(name, tied, wanted, strict and lines == 5)
    if not strict:
        right = sum(len(f & w) for f, w in zip(tied, often, strict=True))
        share = right / max(1, sum(map(len, often)))
        yield Row("recall of member pairs with lines in 3 documents or more", name, share, floored=lines == 5)


def measure(quick: bool) -> Iterator[Row]:
    """Tables, then texts."""
    yield from tables()
    for lines in (5,) if quick else (5, 4, 3, 2):
        for strict in (True, False):
            yield from texts(lines, 1 if quick else 4, strict)
