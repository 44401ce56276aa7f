"""Texts about the source that uses them: a name put in, and not that of who speaks."""

from __future__ import annotations

import random

from inchorus import find
from match.planted import filler

PRAISE = "{} has fought hard for every mill of this valley and we are proud to give this prize for it"
SPEECH = "I have fought hard for every mill of this valley and am proud to have this prize for it, said {} on Monday"
NAMES = {"Alder": "Ada Alder", "Birch": "Ben Birch", "Cedar": "Cleo Cedar", "Dogwood": "Dan Dogwood"}


def independent(wording: str, put_in: dict[str, str]) -> float:
    """The part of the score that counts independent sources, of a wording into which each source puts some name.

    Elsewhere its documents have its full name.
    """
    rng = random.Random(1)
    rows = []
    for source, name in put_in.items():
        rows.append({"source": source, "text": f"{filler(rng, 60)}. {wording.format(name)}. {filler(rng, 60)}."})
        rows += [
            {
                "source": source,
                "text": f'{filler(rng, 9)}, {NAMES[source]} {filler(rng, 9)}. "{filler(rng, 9)}," said {w}.',
            }
            for w in ("many", "all", "few", "some", "none", "most")
        ]
    study = find(rows, no_ties=True)
    points = [row for row in study.talking_points.arrow().to_pylist() if "fought hard" in row["text"]]
    assert len(points) == 1
    return float(points[0]["independent"])


def test_praise_that_each_one_prints_of_itself_is_one_voice() -> None:
    assert independent(PRAISE, NAMES) == 1


def test_a_first_name_is_a_name_too() -> None:
    assert independent(PRAISE, {source: name.split()[0] for source, name in NAMES.items()}) == 1


def test_what_others_are_praised_for_and_what_each_says_itself_is_counted_by_source() -> None:
    assert independent(PRAISE, dict.fromkeys(NAMES, "Mayor Elm")) > 3
    assert independent(SPEECH, NAMES) > 3
