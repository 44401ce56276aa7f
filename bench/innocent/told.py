"""Innocent mechanisms as texts, from records to ties as a user has them: who is tied, leads, is first, is told apart.

    python -m bench.innocent.told                        6 corpora a mechanism
    python -m bench.innocent.told --corpora 20           so many
    python -m bench.innocent.told --only "form letters"  one of them; may be repeated
    python -m bench.innocent.told --first 100            other seeds

Of each corpus the lines of JSON are read, wording is found, ties are tested with all their controls, and `separate` is
asked of a value that each source has by lot, and of whether its times are dates.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import inchorus
from bench.innocent.asked import print_measured
from bench.innocent.texts import Doc, Texts
from bench.innocent.told_archives import ARCHIVES
from bench.innocent.told_papers import PAPERS
from bench.innocent.told_platforms import PLATFORMS
from bench.rows import Row
from inchorus.thresholds import FEWEST_OCCASIONS, LEVEL

FIRST_SEED = 960000
TOLD: dict[str, Callable[[Texts], None]] = PAPERS | ARCHIVES | PLATFORMS


class Said(NamedTuple):
    """What the study of one corpus says.

    `pairs` tied, by kind, of `often` pairs that have three occasions; how many of these by `sets` that recur, and how
    many are `unexplained`, tied without any one layer, too (wording of one day, whole posts and so on); how many
    `groups` and `leaders` are named and firsts are `untrue`; how much of what is by lot `separates`; the `facts` of the
    test and the `rows` of ties.
    """

    pairs: dict[str, int]
    often: int
    sets: int
    unexplained: int
    groups: int
    leaders: int
    untrue: int
    separates: int
    facts: Mapping[str, object]
    rows: list[dict[str, object]]


def said(make: Callable[[Texts], None], seed: int) -> Said:
    """Make a corpus, and find, test and separate it."""
    corpus = Texts(seed)
    make(corpus)
    with TemporaryDirectory() as folder:
        of = corpus.write(Path(folder) / "corpus.jsonl")
        names = sorted({d.source for d in of.values()})
        lot = "".join(f"{name},{corpus.chance.choice('xy')},{name in corpus.dates}\n" for name in names)
        (Path(folder) / "lot.csv").write_text("source,lot,dated\n" + lot, encoding="utf-8")
        study = inchorus.find(Path(folder) / "corpus.jsonl", Path(folder) / "study", seed=seed, **corpus.find)  # type: ignore[arg-type]
        rows = study.ties.arrow().to_pylist()
        tied = [row for row in rows if row["q_value"] <= LEVEL]
        groups = study.table("groups").arrow()["group_id"].to_pylist()
        apart = study.separate(attributes=Path(folder) / "lot.csv")["separations"]
        return Said(
            {kind: sum(row["kind"] == kind for row in tied) for kind in sorted({row["kind"] for row in tied})},
            sum(row["occasions"] >= FEWEST_OCCASIONS for row in rows),
            sum(row["recurring_set"] is not None for row in tied),
            sum(all(layer["q_without"] <= LEVEL for layer in row["layers"]) for row in tied),
            len(set(groups)),
            sum(row["leads"] is not None for row in tied),
            untrue(study, of),
            sum(row["p"] <= LEVEL for row in apart if row["by"] in ("lot", "dated")),
            study.manifest["ties"],
            tied,
        )


def planted(make: Callable[[Texts], None], seed: int) -> tuple[int, int, int]:
    """Of a group planted in a corpus, how many pairs are tied, how many there are, and how many are tied at all."""
    corpus = Texts(seed)
    make(corpus)
    truth = corpus.plant()
    if not truth:
        return 0, 0, 0
    with TemporaryDirectory() as folder:
        corpus.write(Path(folder) / "corpus.jsonl")
        study = inchorus.find(Path(folder) / "corpus.jsonl", Path(folder) / "study", seed=seed, **corpus.find)  # type: ignore[arg-type]
        rows = study.ties.arrow().to_pylist()
    tied = {(r["source_a"], r["source_b"]) for r in rows if r["q_value"] <= LEVEL and r["kind"] == "wording"}
    return len(tied & truth), len(truth), len(tied)


def untrue(study: inchorus.Study, of: Mapping[str, Doc]) -> int:
    """How many talking points have one first source that was not the first to print it."""
    docs: dict[str, list[Doc]] = {}
    for row in study.passages.arrow().select(["tp_id", "doc_id"]).to_pylist():
        docs.setdefault(row["tp_id"], []).append(of[row["doc_id"]])
    wrong = 0
    for row in study.talking_points.arrow().select(["tp_id", "first_sources"]).to_pylist():
        first = min(d.time for d in docs[row["tp_id"]])
        really = {d.source for d in docs[row["tp_id"]] if d.time == first}
        wrong += len(row["first_sources"]) == 1 and row["first_sources"][0] not in really
    return wrong


def measure(corpora: int = 6, first: int = FIRST_SEED, only: Sequence[str] = ()) -> Iterator[Row]:
    """Rows of every mechanism: corpora with any tie, and by what; leaders; untrue firsts; what the lot separates."""
    for name, make in TOLD.items():
        if only and name not in only:
            continue
        found = [said(make, seed) for seed in range(first, first + corpora)]
        yield Row(f"corpora with any tie, of {corpora}", name, sum(bool(s.pairs) for s in found), low=True)
        yield Row(
            f"of these that no layer explains, of {corpora}", name, sum(s.unexplained > 0 for s in found), low=True
        )
        yield Row("pairs with three occasions", name, sum(s.often for s in found), floored=False)
        for kind in sorted({kind for s in found for kind in s.pairs}):
            yield Row(f"tied by {kind}", name, sum(s.pairs.get(kind, 0) for s in found), low=True)
        yield Row("of these by sets", name, sum(s.sets for s in found), low=True)
        yield Row("groups", name, sum(s.groups for s in found), low=True)
        yield Row("leaders", name, sum(s.leaders for s in found), low=True)
        yield Row("firsts that were not", name, sum(s.untrue for s in found), low=True)
        yield Row(f"lots that separate, of {2 * corpora}", name, sum(s.separates for s in found), low=True)
        yield from _found("", name, [planted(make, seed) for seed in range(first, first + corpora)])


def _found(which: str, corpus: str, groups: Sequence[tuple[int, int, int]]) -> Iterator[Row]:
    """Recall and precision of the pairs of groups (see `planted`), if any could be planted."""
    right, wanted, claimed = map(sum, zip(*groups, strict=True))
    if wanted:
        yield Row(f"recall of planted pairs{which}", corpus, right / wanted)
        yield Row(f"precision of ties{which}", corpus, right / max(1, claimed))


# One corpus each, in well under a second: these by time, by calendar, by habit, by what programs do, by links and tags.
_SMALL = (
    "two of five agencies",
    "greetings at holidays",
    "rulings",
    "five leagues",
    "a menu of phrases",
    "boxes of a site's program",
    "sayings of a calendar",
    "pieces printed again by a program",
    "older half deleted",
    "prizes to be won",
    "tags of weekdays",
)
_PLANTED = 3


def small() -> Iterator[Row]:
    """One corpus of each of some mechanisms, added up."""
    found = [said(TOLD[name], FIRST_SEED + 500) for name in _SMALL]
    corpus = f"{len(_SMALL)} innocent mechanisms as texts"
    yield Row("corpora with any tie", corpus, sum(bool(s.pairs) for s in found), low=True)
    yield Row("leaders", corpus, sum(s.leaders for s in found), low=True)
    yield Row("firsts that were not", corpus, sum(s.untrue for s in found), low=True)
    yield from _found(
        f" in {_PLANTED} of them", corpus, [planted(TOLD[n], FIRST_SEED + 500) for n in _SMALL[:_PLANTED]]
    )


def main() -> int:
    """Print a table of the figures."""
    return print_measured("bench.innocent.told", __doc__, TOLD, 6, FIRST_SEED, measure)


if __name__ == "__main__":
    sys.exit(main())
