from __future__ import annotations

import json
import random
from pathlib import Path

from cases.case import given, rows, run

SYLLABLES = "ba be do fu ga ke li mo na pe ri so tu va we yo zi cra ple stu".split()


def section(rng: random.Random, number: int, words: int) -> str:
    """A section of a made bill, of words that nobody uses."""
    said = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(words)]
    return f"Sec. {number}. {' '.join(said).capitalize()}."


def test_the_bills_of_the_case(tmp_path: Path) -> None:
    path = given("omnibus", "in.json")
    said = run("find", path, "--out", tmp_path / "study", "--quiet")
    assert said.code == 0, said.err
    text = {row["source"]: row["text"] for row in json.loads(path.read_text(encoding="utf-8"))}
    small, other, omnibus = "H.R. 17 (small)", "S. 44 (other)", "H.R. 900 (omnibus)"
    covered: dict[str, set[int]] = {name: set() for name in text}
    for passage in rows(tmp_path / "study", "passages"):
        covered[passage["source"]] |= set(range(passage["start"], passage["end"]))
    assert len(covered[small]) > 0.9 * len(text[small])
    first, second = text[other].index("SEC. 1."), text[other].index("SEC. 2.")
    assert len({p for p in covered[other] if first <= p < second}) > 0.9 * (second - first)
    # All sections fill in one form: what is left of the second is what these have in common to the letter.
    beyond = [p for p in rows(tmp_path / "study", "passages") if p["source"] == other and p["end"] > second]
    assert all(text[other][p["start"] : p["end"]] in text[omnibus] for p in beyond)
    assert len({n for p in beyond for n in range(p["start"], p["end"])}) < 0.35 * (len(text[other]) - second)
    firsts = {name for point in rows(tmp_path / "study", "talking_points") for name in point["first_sources"]}
    assert small in firsts
    assert omnibus not in firsts


def test_a_bill_in_an_omnibus_bill_with_other_numbers_is_found(tmp_path: Path) -> None:
    rng = random.Random(1)
    term = " Reports are due within 30 days after the date of enactment of this Act."
    small = [section(rng, n, 120) + term * (n == 4) for n in range(1, 8)]
    other = [section(rng, n, 120) for n in range(1, 3)]
    within = [text.replace(f"Sec. {n}.", f"Sec. {300 + n}.") for n, text in enumerate(small, 1)]
    within[3] = within[3].replace("30 days", "45 days")
    filling = [section(rng, n, 200) for n in range(1, 40)]
    big = [*filling[:20], *within, *filling[20:], other[0].replace("Sec. 1.", "Sec. 800.")]
    bills = [
        ("small", "H.R. 17", "2024-01-02", small),
        ("other", "S. 44", "2024-01-03", other),
        ("big", "H.R. 900", "2024-02-01", big),
    ]
    path = tmp_path / "in.json"
    listed = [{"id": i, "source": s, "time": t, "text": "\n\n".join(text)} for i, s, t, text in bills]
    path.write_text(json.dumps(listed), encoding="utf-8")
    said = run("find", path, "--out", tmp_path / "study", "--quiet")
    assert said.code == 0, said.err
    covered: dict[str, set[int]] = {"small": set(), "other": set(), "big": set()}
    for passage in rows(tmp_path / "study", "passages"):
        covered[passage["doc_id"]] |= set(range(passage["start"], passage["end"]))
    text = {row["id"]: row["text"] for row in listed}
    assert len(covered["small"]) > 0.95 * len(text["small"])
    border = len(other[0])
    assert len({p for p in covered["other"] if p < border}) > 0.9 * border
    assert not {p for p in covered["other"] if p > border + 2}
    firsts = [set(point["first_sources"]) for point in rows(tmp_path / "study", "talking_points")]
    assert {"H.R. 17"} in firsts
    assert {"H.R. 900"} not in firsts
