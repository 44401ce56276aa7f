"""What a talking point ranks by, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from inchorus.evidence.score import reasons
from made_study import PARTS

POINT: dict[str, Any] = {
    "n_sources": 9,
    "n_documents": 9,
    "first_time": datetime(2024, 3, 1, 23, 30, tzinfo=UTC),
    "last_time": datetime(2024, 3, 3, 0, 10, tzinfo=UTC),
    "label": "line",
    **PARTS,
    "independent": 9.0,
}


def test_figures_are_said_in_words() -> None:
    assert reasons(POINT)[0] == "9 sources in 3 days"
    assert "in a burst: 50% of its uses are near another source's, beyond what their activity gives" in reasons(POINT)
    assert "its subject: 50% of all sources use its words, the rarer counting more" in reasons(POINT)
    assert reasons({**POINT, "independent": 6.9})[0].endswith(", as good as 6.9 that write by themselves")
    assert reasons({**POINT, "last_time": POINT["first_time"]})[0] == "9 sources in one day"
    assert "each uses it 2.0 times" in reasons({**POINT, "n_documents": 18})


def test_what_speaks_against_it_is_said_too() -> None:
    said = reasons({**POINT, "burst": 0.0, "own": 0.2, "across": 0.0, "label": "standing", "first_time": None})
    assert said[0] == "9 sources at unknown times"
    assert any(reason.startswith("no burst") for reason in said)
    assert "used within one declared group alone" in said
    assert "made of common words, or of names: 0.20 of 1" in said
    assert said[-1] == "standing texts come after lines"
    assert "used across declared groups" in reasons({**POINT, "across": 0.5})


def test_a_study_of_an_older_inchorus_says_nothing() -> None:
    assert reasons({name: POINT[name] for name in ("n_sources", "n_documents", "label")}) == []
    assert not [reason for reason in reasons({**POINT, "burst": None}) if "burst" in reason]
