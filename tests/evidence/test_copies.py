"""Posts that are nothing but the wording: whose, how soon, and who said more; and one text in several names."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import inchorus
from inchorus.cli import main
from inchorus.evidence.copies import copied_whole
from inchorus.ui.app import application
from inchorus.ui.reader import Reader

LINE = "nobody in this valley will ever pay twice for clean water"
START = datetime(2024, 3, 1, 9, tzinfo=UTC)


def passages(*rows: tuple[str, str, float], precision: str = "minute") -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Passages of (source, text, hours after the first), and the texts."""
    found = [
        {"doc_id": str(n), "source": source, "time": START + timedelta(hours=hours), "time_precision": precision,
         "start": text.index(LINE), "end": text.index(LINE) + len(LINE)}
        for n, (source, text, hours) in enumerate(rows)
    ]  # fmt: skip
    return found, {str(n): text for n, (_, text, _) in enumerate(rows)}


def test_links_hashtags_and_names_are_nothing_else_and_the_rest_is() -> None:
    rows = (
        ("a", LINE, 0),
        ("b", f"@a {LINE} #water https://x.example/1", 0.5),
        ("a", LINE, 30),
        ("c", f"I say it again and again: {LINE}!", 1),
    )
    assert copied_whole(*passages(*rows)) == {
        "documents": 3, "of": 4, "sources": 2, "days": 2, "soon": 1, "added": ["c"],
    }  # fmt: skip
    days = copied_whole(*passages(*rows, precision="day"))
    assert days is not None
    assert days["soon"] == 0


def test_lines_inside_of_other_texts_are_not_copied_whole() -> None:
    around = "and so on and so forth, as everybody in the hall said on that day"
    assert copied_whole(*passages(("a", f"{around} {LINE}", 0), ("b", f"{LINE} {around}", 1), ("c", LINE, 2))) is None


def test_the_page_says_so() -> None:
    rows = [{"source": s, "time": f"2024-03-0{k + 1}T10:00", "text": LINE} for k, s in enumerate("abc")]
    study = inchorus.find(
        [*rows, {"source": "d", "text": f"{LINE}, and we have waited long enough for that"}], no_ties=True
    )
    tp_id = study.talking_points.arrow()["tp_id"][0].as_py()
    with closing(Reader(study)) as reader, TestClient(application(reader), base_url="http://127.0.0.1") as client:
        page = " ".join(client.get(f"/talking-point?id={tp_id}").text.split())
    assert "Copied whole: 3 of 4 documents say nothing else, of 3 sources on 3 days." in page
    assert "said more." in page
    assert "<li>4 sources in 3 days" in page


def test_a_release_in_two_names_is_told_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = "nobody in this valley will ever pay for the same water twice again this year"
    joint = f"The two offices said today that {line}. They will meet the mayors of the four towns in June. "
    joint += " ".join(f"On day {n} of the month the {n} mills were seen by guest {n}." for n in range(11, 19))
    rows = [
        {"id": "a", "source": "Ann", "time": "2024-05-01", "text": joint},
        {"id": "b", "source": "Ben", "time": "2024-05-01", "text": joint.replace(". ", ".\n")},
        {"id": "c", "source": "Cy", "time": "2024-05-03", "text": f"At lunch he told them that {line}, and left."},
        {"id": "d", "source": "Di", "time": "2024-05-04", "text": joint},
    ]
    study = inchorus.find(rows, tmp_path / "study", no_ties=True)
    told = "ne text in several names, as a joint release is: Ann and Ben, "
    tp_id = str(study.sql("SELECT tp_id FROM talking_points ORDER BY n_sources DESC")["tp_id"][0].as_py())
    assert main(["show", str(study.path), tp_id]) == 0
    assert f"o{told}2024-05-01\n" in capsys.readouterr().out
    reader = Reader(study)
    client = TestClient(application(reader), base_url="http://127.0.0.1")
    assert f"O{told}1 May 2024." in client.get("/talking-point", params={"id": tp_id}).text
    for doc_id, is_told in (("a", True), ("b", True), ("c", False), ("d", False)):
        assert (told in client.get("/document", params={"id": doc_id}).text) == is_told
    reader.close()
