"""Corpora as texts in which nobody has anything to do with anybody: invented words, records as people hand them in."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

HOUR, DAY, WEEK = 3600.0, 86_400.0, 7 * 86_400.0
START = datetime(2022, 1, 3, tzinfo=UTC)  # a Monday
SMALL = "the of and to in a that for is on was with as by at from has".split()


@dataclass
class Doc:
    """A document: `time` is when it was really published (seconds), `told` what its record says, None for that time."""

    source: str
    time: float
    body: list[str]
    told: str | None = None
    columns: dict[str, object] = field(default_factory=dict)


class Texts:
    """Documents of invented words, drawn by `chance`.

    `dated`: the part of the sources, by lot, of which only dates are told, and `dates` their names; `find`: options of
    the run.
    """

    def __init__(self, seed: int, tongue: str = "") -> None:
        """An empty corpus; words of another `tongue` begin otherwise."""
        self.chance = random.Random(seed)
        self.docs: list[Doc] = []
        self.dated = 1 / 3
        self.dates: set[str] = set()
        self.find: dict[str, object] = {}
        self.words = self._vocabulary(tongue)
        self.common = list(accumulate(1 / (i + 6) ** 0.9 for i in range(len(self.words))))

    def _vocabulary(self, tongue: str, n: int = 4000) -> list[str]:
        onset = "b d f g h j k l m n p r s t v z bl dr fl gr kl pr sk st tr".split()
        vowel = "a e i o u ei ou".split()
        made: dict[str, None] = {}
        while len(made) < n:
            syllables = self.chance.choice((1, 2, 2, 3, 3))
            made[tongue + "".join(self.chance.choice(onset) + self.chance.choice(vowel) for _ in range(syllables))] = (
                None
            )
        return list(made)

    def sentence(self, low: int = 9, high: int = 17) -> str:
        """One sentence of so many words, a third of them small ones."""
        drawn = self.chance.choices(self.words, cum_weights=self.common, k=self.chance.randint(low, high))
        words = [self.chance.choice(SMALL) if i % 3 == 2 else w for i, w in enumerate(drawn)]
        return " ".join(words).capitalize() + "."

    def line(self) -> str:
        """A sentence long enough to be told from any other."""
        return self.sentence(14, 20)

    def lines(self, n: int) -> list[str]:
        """So many of them."""
        return [self.line() for _ in range(n)]

    def name(self) -> str:
        """A name of two words."""
        return " ".join(self.chance.choice(self.words).capitalize() for _ in range(2))

    def text(self, sentences: int = 8) -> list[str]:
        """So many sentences that nobody else has."""
        return [self.sentence() for _ in range(sentences)]

    def add(
        self, source: int | str, time: float, body: Sequence[str], told: str | None = None, **columns: object
    ) -> Doc:
        """A document of a source, which is a number or a name."""
        name = f"Paper {source:03d}" if isinstance(source, int) else source
        self.docs.append(Doc(name, time, list(body), told, columns))
        return self.docs[-1]

    def around(self, shared: Sequence[str], own: int = 7) -> list[str]:
        """Sentences of one's own before and behind what is shared."""
        cut = self.chance.randint(0, own)
        return [*self.text(cut), *shared, *self.text(own - cut)]

    def base(self, sources: range, documents: int, weeks: float, sentences: int = 8) -> list[Doc]:
        """So many documents of each source's own, at any time."""
        return [
            self.add(s, self.chance.uniform(0, weeks) * WEEK, self.text(sentences))
            for s in sources
            for _ in range(documents)
        ]

    def happen(self, docs: Sequence[Doc], n: int, window: int = 60, low: int = 2, high: int = 7) -> None:
        """So many lines, each printed by a few of `window` documents that follow one another."""
        inside = sorted(docs, key=lambda d: d.time)
        for _ in range(n):
            line, i = self.line(), self.chance.randrange(max(1, len(inside) - window))
            for d in self.chance.sample(inside[i : i + window], self.chance.randint(low, high)):
                d.body.insert(self.chance.randint(0, len(d.body)), line)

    def some(self, who: Sequence[int], low: int, high: int) -> list[int]:
        """Between `low` and `high` of these, by lot."""
        return self.chance.sample(who, min(len(who), self.chance.randint(low, high)))

    def popular(self, n: int, of: int, start: float = 1.0) -> list[int]:
        """So many draws of the numbers below `of`, the first ones rather (Zipf)."""
        return self.chance.choices(range(of), [1 / (k + start) for k in range(of)], k=n)

    def other(self, line: str, words: int = 1) -> str:
        """The sentence with so many words changed."""
        out = line.split()
        for i in self.chance.sample(range(len(out) - 1), words):
            out[i] = self.chance.choice(self.words)
        return " ".join(out)

    def plant(self, members: int = 5, lines: int = 5) -> set[tuple[str, str]]:
        """A group of sources that print lines of their own within a day and a half, in different weeks; its pairs.

        None where no such group was there together for so many weeks.
        """
        spans: dict[str, list[float]] = {}
        for d in self.docs:
            spans.setdefault(d.source, []).append(d.time)
        able = sorted(s for s, times in spans.items() if len(times) >= 10)
        for _ in range(2000):
            group = sorted(self.chance.sample(able, members))
            low, high = max(min(spans[s]) for s in group), min(max(spans[s]) for s in group)
            if high - low >= lines * WEEK:
                break
        else:
            return set()
        columns = dict.fromkeys(self.docs[0].columns) | {
            k: v for k, v in self.docs[0].columns.items() if k == "language"
        }
        for week in self.chance.sample(range(int((high - low) // WEEK)), lines):
            line, begin = self.line(), low + (week + self.chance.uniform(0, 0.5)) * WEEK
            for s in group:
                self.add(s, begin + self.chance.uniform(0, 1.5) * DAY, self.around([line]), None, **columns)
        return {(a, b) for a in group for b in group if a < b}

    def write(self, path: Path) -> dict[str, Doc]:
        """The records as lines of JSON; the documents by their ids."""
        names = sorted({d.source for d in self.docs})
        self.dates = set(self.chance.sample(names, int(self.dated * len(names))))
        rows, of = [], {}
        for k, d in enumerate(sorted(self.docs, key=lambda d: d.time)):
            told = stamp(d.time, day=d.source in self.dates) if d.told is None else d.told
            row = {"id": f"d{k}", "source": d.source, "text": " ".join(d.body), **d.columns}
            rows.append(json.dumps(row | ({"time": told} if told else {})))
            of[f"d{k}"] = d
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return of


def stamp(time: float, *, day: bool = False) -> str:
    """The time as records have it, or only its date.

    >>> stamp(90_061.0), stamp(90_061.0, day=True)
    ('2022-01-04T01:01:01Z', '2022-01-04')
    """
    at = START + timedelta(seconds=int(time))
    return at.strftime("%Y-%m-%d" if day else "%Y-%m-%dT%H:%M:%SZ")
