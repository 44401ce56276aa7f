"""A small study to check texts against: four sources, one shared line, sentences of one source alone, a letterhead."""

from __future__ import annotations

from typing import Any

import pytest

import inchorus
from inchorus.api import Study

LINE = "Nobody in this valley will ever have to pay for clean water twice in one and the same year."
EDITED = LINE.replace("clean water", "drinking water").replace("ever have to", "have to")
ALONE = "The heron on the weir at Saltmarsh was painted by eleven schoolchildren from the island."
HEAD = "Gazette of the Upper Valley, printed weekly by Ash and Sons at the old mill."
FILLER = [
    "Rain fell on the hills until noon and the river rose.",
    "The council met for hours and came to no end.",
    "A bridge is being mended near the quarry by masons.",
    "Farmers brought their sheep down early because of the frost.",
    "The library opens late on Sundays in the winter months.",
    "A band played in the square while the market was closed.",
    "Trains were late again because of leaves on the rails.",
    "The harbour was dredged and two boats were moved away.",
]
NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()


def documents() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"id": "a", "source": "Herald", "time": "2024-05-01", "text": f"She spoke at noon. {LINE} {FILLER[0]}"},
        {"id": "b", "source": "Courier", "time": "2024-05-03", "title": "Water", "text": f"{FILLER[1]} {LINE}"},
        {"id": "c", "source": "Gazette", "time": "2024-05-04", "text": f"{FILLER[2]} {EDITED} It was late."},
        {"id": "d", "source": "Courier", "time": None, "title": "Heron", "text": f"{FILLER[3]} {ALONE} {FILLER[4]}"},
    ]
    for i, number in enumerate(NUMBERS):
        text = f"{HEAD} Number {number} has {number} pages. {FILLER[i % 8]} {FILLER[(i * 3 + 1) % 8]}"
        rows.append({"id": f"g{i:02}", "source": "Gazette", "time": f"2024-06-{i + 1:02}", "text": text})
        thanks = f"Thank you very much for coming here. {FILLER[(i + 5) % 8]} Page {number} of all {number}."
        rows.append({"id": f"p{i:02}", "source": f"Post {i}", "time": f"2024-07-{i + 1:02}", "text": thanks})
    return rows


@pytest.fixture(scope="session")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return inchorus.find(documents(), out=tmp_path_factory.mktemp("valley") / "study", no_ties=True)
