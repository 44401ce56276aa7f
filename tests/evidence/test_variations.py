"""Variations of a frame, what passages have in common, and what edits do, wherever they are shown."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import inchorus
from inchorus.api import Study
from inchorus.cli import main
from inchorus.evidence.asking import asking
from inchorus.evidence.in_common import in_common, quote_in_common
from inchorus.evidence.quotes import add_quotes, texts_of
from inchorus.evidence.variations import slots, variations
from inchorus.text.differences import differences
from inchorus.ui.app import application
from inchorus.ui.reader import Reader

LINE = "We have to keep {} out of the hall of the old town this fall"
SAYS = (
    *(("Ann Bell", f"Courier {n}") for n in range(4)),
    *(("Ben Moss", f"Herald {n}") for n in range(3)),
    *(("Cy Dunn", f"Post {n}") for n in range(2)),
)


def own(n: int) -> str:
    return " ".join(f"q{n}x{i}" for i in range(9))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Three variations of one frame, of four, three and two sources; Courier 3 says "house" for "hall"."""
    rows = []
    for n, (name, source) in enumerate(SAYS):
        line = LINE.format(name).replace("hall", "house" if source == "Courier 3" else "hall")
        text = f"{own(n).capitalize()}. {line}. {own(n + 50).capitalize()}."
        rows.append({"id": f"d{n}", "source": source, "time": f"2024-05-{n + 1:02}", "text": text})
    return inchorus.find(rows, tmp_path_factory.mktemp("varied") / "study", preset="posts", no_ties=True)


@pytest.fixture(scope="module")
def client(study: Study) -> Iterator[TestClient]:
    reader = Reader(study)
    yield TestClient(application(reader), base_url="http://127.0.0.1")
    reader.close()


def point(study: Study, name: str) -> dict[str, object]:
    rows = study.sql("SELECT * FROM talking_points WHERE contains(text, ?) ORDER BY n_sources DESC", [name]).to_pylist()
    return dict(rows[0])


def test_what_stands_in_the_slot_is_set_off_with_who_says_it_and_nothing_is_added_up(study: Study) -> None:
    asked = point(study, "Ben")
    found = variations(asking(study), asked)
    assert found is not None
    told = {
        text.strip(): (row["n_sources"], [user["source"] for user in row["sources"]])
        for row in found["rows"]
        for op, text in row["pieces"]
        if op == "slot"
    }
    for name, n in (("ben moss", 3), ("cy dunn", 2)):
        (said,) = [key for key in told if key.lower() == name]
        assert told[said][0] == n == len(told[said][1])
    assert found["rows"][0]["tp_id"] == asked["tp_id"]
    assert max(row["n_sources"] for row in found["rows"]) <= len(SAYS)
    for row in found["rows"]:
        assert "".join(text for _, text in row["pieces"]) == row["text"]
    limited = variations(asking(study), asked, 2)
    assert limited is not None
    assert (len(limited["rows"]), limited["of"]) == (2, found["of"])


def test_command_json_and_page_show_the_same_variations(
    study: Study, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    tp_id = str(point(study, "Ben")["tp_id"])
    assert main(["show", str(study.path), tp_id]) == 0
    printed = capsys.readouterr().out
    assert "keep [Ben Moss] out of the hall" in printed
    assert "keep [Cy Dunn] out of the hall" in printed
    assert "Post 0 2024-05-08; Post 1 2024-05-09" in printed
    assert main(["show", str(study.path), tp_id, "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["variations"]["rows"]
    page = client.get("/talking-point", params={"id": tp_id}).text
    assert '<strong class="slot">Cy Dunn</strong>' in page
    data = client.get("/talking-point.json", params={"id": tp_id}).json()["evidence"]["variations"]["rows"]
    assert [row["tp_id"] for row in data] == [row["tp_id"] for row in listed]
    table = client.get("/talking-point.csv", params={"id": tp_id, "table": "variations"}).text
    assert len(table.splitlines()) == len(listed) + 1


def test_a_word_that_one_document_has_alone_is_not_shown_as_what_all_say(study: Study) -> None:
    asked = point(study, "Ann")
    add_quotes([asked], asking(study), texts_of(study))
    pieces = quote_in_common(asking(study), asked, texts_of(study))
    assert "".join(text for _, text in pieces) == asked["quote_parts"][1]  # type: ignore[index]
    assert "house" not in "".join(text for shared, text in pieces if shared)


def test_a_passage_says_what_its_edits_do(study: Study, client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    tp_id = str(point(study, "Ann")["tp_id"])
    assert main(["show", str(study.path), tp_id]) == 0
    assert "% alike (small changes)" in capsys.readouterr().out
    assert "% alike: small changes" in client.get("/talking-point", params={"id": tp_id}).text


def test_of_no_frame_there_are_no_variations(study: Study) -> None:
    assert variations(asking(study), {**point(study, "Ann"), "frame_id": None}) is None


WORDS = st.lists(st.sampled_from(["we", "must", "never", "pay", "twice"]), min_size=1, max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_pieces_are_the_wording_whatever_the_frame(frame: str, wording: str) -> None:
    pieces, _ = slots(frame, wording)
    assert "".join(text for _, text in pieces) == wording


@given(WORDS, WORDS, st.integers(1, 3))
def test_what_is_in_common_is_what_most_have(canonical: str, other: str, n: int) -> None:
    ops = {"same": "keep", "added": "insert", "removed": "delete"}
    edits = [
        {"op": ops[op], "from": "" if op == "added" else text.strip(), "to": "" if op == "removed" else text.strip()}
        for op, text in differences(canonical, other)
    ]
    rows = [{"n_passages": 2, "text": canonical, "edits": []}, {"n_passages": n, "text": other, "edits": edits}]
    for row, text in zip(rows, (canonical, other), strict=True):
        pieces = in_common(canonical, rows, row, text)
        assert "".join(piece for _, piece in pieces) == text
        shared = " ".join(piece.strip() for is_shared, piece in pieces if is_shared)
        if n < 2 and text is canonical:
            assert shared == canonical
        if n == 2:  # no word that only one has is had by most
            assert len(shared.split()) == sum(len(e["from"].split()) for e in edits if e["op"] == "keep")
