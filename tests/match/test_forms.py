"""What users see of forms: who fills one in with something else does not repeat the line."""

from __future__ import annotations

import random
from typing import Any

import inchorus

NOUNS = (
    "winter garden school barley gravel saddle budget orchard market ferry ladder tower ginger office dahlia bridge "
    "doctor candle hammer library bakery ember harbour lantern mirror needle ribbon velvet violin pencil station valley"
).split()


def section(rng: random.Random, number: int) -> str:
    """A section in one form, with entries of its own."""

    def some(n: int) -> str:
        return " ".join(rng.choices(NOUNS, k=n))

    return (
        f"Sec. {number}. {some(2)}. The Secretary shall submit a report on {some(3)} to the committee not later than "
        f"{30 * rng.randint(1, 9)} days after the date of enactment of this Act. No funds may be used for {some(4)} "
        f"unless {some(5)} has been certified by the {some(2)} office. The term {some(2)} means any {some(6)} here."
    )


def filling(rng: random.Random, n: int) -> str:
    return " ".join(rng.choices(NOUNS, k=n))


def shared(bills: dict[str, str]) -> list[tuple[str, set[str]]]:
    """The wordings of talking points, each with its sources."""
    days = (f"2024-0{i + 1}-01" for i in range(9))
    study = inchorus.find([{"source": s, "time": t, "text": x} for (s, x), t in zip(bills.items(), days, strict=False)])
    sources: dict[str, set[str]] = {}
    for row in study.passages.arrow().to_pylist():
        sources.setdefault(row["tp_id"], set()).add(row["source"])
    return [(row["text"], sources[row["tp_id"]]) for row in study.talking_points.arrow().to_pylist()]


def with_all(found: list[tuple[str, set[str]]], *words: str) -> list[set[str]]:
    return [sources for text, sources in found if all(word in text for word in words)]


def test_another_entry_in_the_form_is_no_repeat_and_an_edited_section_is() -> None:
    rng = random.Random(3)
    first, second, other = section(rng, 1), section(rng, 2), section(rng, 3)
    edited = first.replace(" days after", " working days after").replace("Sec. 1.", "Sec. 801.")
    found = shared(
        {
            "small": f"{first} {second}",
            "other": f"{other} {section(rng, 4)}",
            "omnibus": f"{filling(rng, 4000)} {edited} {filling(rng, 4000)}",
        }
    )
    long = [(text, sources) for text, sources in found if len(text.split()) > 30]
    assert long
    assert all(sources == {"small", "omnibus"} for _, sources in long)


def test_the_frame_of_a_form_stays_found() -> None:
    rng = random.Random(4)
    found = shared({name: f"{section(rng, 1)} {section(rng, 2)}" for name in ("one", "two", "three")})
    common = with_all(found, "days after the date of enactment of this Act", "No funds")
    assert {"one", "two", "three"} in common
    assert all(len(text.split()) < 30 for text, _ in found)


def test_a_line_that_a_document_says_twice_keeps_its_edits() -> None:
    line = "the council of Norwick will lower the fees that every family pays for water before the end of the summer"
    edited = "the town council will lower all fees that every family there pays for water before the end of summer"
    said: list[dict[str, Any]] = [
        {"source": "a", "text": f"{line}. Amber bolts. As was said, {line}. Copper doors."},
        {"source": "b", "text": f"Linen flags: {edited}. Marble gates. Again: {edited}. Velvet lamps."},
        {"source": "c", "text": f"Willow masts, and {line}."},
    ]
    study = inchorus.find(said)
    assert {"a", "b", "c"} in [set(p["sources"]) for p in _with_sources(study)]


def _with_sources(study: inchorus.Study) -> list[dict[str, Any]]:
    by: dict[str, set[str]] = {}
    for row in study.passages.arrow().to_pylist():
        by.setdefault(row["tp_id"], set()).add(row["source"])
    return [{"sources": sources} for sources in by.values()]
