"""The page of one talking point: who was first, two passages side by side, the wordings, every passage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from starlette.testclient import TestClient

import inchorus
from inchorus.errors import UsageError
from inchorus.ui.app import application
from inchorus.ui.evidence import evidence
from inchorus.ui.links import Within
from inchorus.ui.page import Ask, MissingError
from inchorus.ui.pages.point import point
from inchorus.ui.reader import Reader
from inchorus.ui.render import render

LINE = "nobody in this valley will ever pay for the same water twice again this year"
EDITED = LINE.replace("valley", "county")
AGAIN = EDITED.replace("ever", "gladly")
TIED = "every child in this town shall have a warm meal at noon until the bridge is whole"
ARABIC = "لن نرتاح حتى تحصل كل أسرة في هذا الوادي على مياه نظيفة قبل نهاية العام"
LONG = " ".join(f"word{n}" for n in range(12_000))

ROWS = [
    ("h", "Herald", "2024-05-01T08:00:00Z", f"Rivers rise fast here. {LINE}. Bridges closed.", "https://example.org/h"),
    ("c", "Courier", "2024-05-03T09:30:00Z", f"Mayor Ortiz spoke. {EDITED}. Then lunch came.", "javascript:alert(1)"),
    ("p", "Post", "2024-05-05", f"Old promises die hard. {AGAIN}. Who knew?", None),
    ("e", "Echo", None, f"Taps ran dry. {LINE}. School starts Monday.", None),
    ("t1", "Herald", "2024-06-01", f"Hungry crowds came. {TIED}. Bells rang.", None),
    ("t2", "Courier", "2024-06-01T12:00:00Z", f"Kitchens opened. {TIED}. Nobody left.", None),
    ("t3", "Post", "2024-06-04", f"Soup was served. {TIED}. Rain fell.", None),
    ("a:1", "جريدة", "2024-07-01", f"قال رئيس البلدية أمس. {ARABIC}. ثم انتهى الاجتماع.", None),
    ("a:2", "صحيفة", "2024-07-02", f"خبر من المدينة. {ARABIC.replace('نظيفة', 'صالحة')}. وأضاف المتحدث.", None),
    ("l1", "Herald", "2024-08-01", f"Before it. {LONG} After it.", None),
    ("l2", "Courier", "2024-08-02", f"Other words. {LONG.replace('word6000 ', 'changed ')} The end.", None),
]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    rows = [{"id": i, "source": s, "time": t, "text": x, "url": u} for i, s, t, x, u in ROWS]
    found = Reader(inchorus.find(pa.Table.from_pylist(rows)))
    yield found
    found.close()


@pytest.fixture(scope="module")
def client(reader: Reader) -> TestClient:
    return TestClient(application(reader), base_url="http://127.0.0.1")


def tp(reader: Reader, doc_id: str) -> str:
    return str(reader.value("SELECT tp_id FROM passages WHERE doc_id = ?", [doc_id]))


def data(reader: Reader, doc_id: str, **query: str) -> dict[str, Any]:
    page = point(reader, Ask("/talking-point", (("id", tp(reader, doc_id)), *query.items())))
    return dict(page.data["evidence"])


def shown(side: dict[str, Any], op: str) -> list[str]:
    return [piece["text"].strip() for piece in side["pieces"] if piece["op"] == op]


def test_the_earliest_is_beside_the_earliest_of_the_next_source(reader: Reader) -> None:
    (pair,) = data(reader, "h")["comparisons"]
    assert (pair["left"]["doc_id"], pair["right"]["doc_id"], pair["order"], pair["apart"]) == ("h", "c", -1, "2 days")
    assert shown(pair["left"], "only") == ["valley"]
    assert shown(pair["right"], "only") == ["county"]
    for side in (pair["left"], pair["right"]):
        text = reader.texts([side["doc_id"]])[side["doc_id"]]
        wording = "".join(piece["text"] for piece in side["pieces"])
        assert side["before"] + wording + side["after"] == text


def test_one_sentence_says_who_was_first(client: TestClient, reader: Reader) -> None:
    page = " ".join(client.get("/talking-point", params={"id": tp(reader, "h")}).text.split())
    assert "Earliest in this corpus:" in page
    assert data(reader, "h")["first"]["sources"][0]["source"] == "Herald"
    assert "1 May 2024, 08:00:00 UTC. Next:" in page
    assert "2 days later." in page
    assert "1 passage without a time is last in every list and never first." in page


def test_ties_in_time_are_said_and_drawn(client: TestClient, reader: Reader) -> None:
    found = data(reader, "t1")
    assert [row["source"] for row in found["first"]["sources"]] == ["Herald", "Courier"]
    assert found["comparisons"][0]["order"] == 0
    assert [row["tied"] for row in found["timeline"]["rows"]] == [True, True, False]
    page = client.get("/talking-point", params={"id": tp(reader, "t1")}).text
    assert "Their times cannot tell them apart." in page
    assert "do not tell which of the two came first" in page


def test_any_two_passages_can_be_chosen_by_an_address(client: TestClient, reader: Reader) -> None:
    keys = {row["doc_id"]: row["key"] for row in data(reader, "h")["passages"]}
    found = data(reader, "h", left=keys["p"], right=keys["c"])
    (pair,) = found["comparisons"]
    assert (pair["left"]["doc_id"], pair["right"]["doc_id"], pair["order"]) == ("p", "c", 1)
    assert found["steps"]["right_previous"] == keys["h"]
    assert found["steps"]["right_next"] == keys["e"]
    assert found["steps"]["left_next"] == keys["e"]
    page = client.get("/talking-point", params={"id": tp(reader, "h"), "right": keys["e"]}).text
    assert "One of the two has no time" in page
    assert "The two are the same to the word." in page


def test_the_earliest_on_the_right_gets_the_next_source_beside_it(reader: Reader) -> None:
    key = data(reader, "h")["passages"][0]["key"]
    (pair,) = data(reader, "h", right=key)["comparisons"]
    assert {pair["left"]["doc_id"], pair["right"]["doc_id"]} == {"h", "c"}


def test_an_id_may_hold_a_colon(reader: Reader) -> None:
    found = data(reader, "a:1")
    assert data(reader, "a:1", right=found["passages"][1]["key"])["comparisons"][0]["right"]["doc_id"] == "a:2"


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_a_passage_is_never_set_beside_itself(reader: Reader, n: int) -> None:
    key = data(reader, "h")["passages"][n]["key"]
    for chosen in ({"left": key, "right": key}, {"left": key}, {"right": key}):
        (pair,) = data(reader, "h", **chosen)["comparisons"]
        assert pair["left"]["key"] != pair["right"]["key"]
        assert key in {pair["left"]["key"], pair["right"]["key"]} or "left" not in chosen


@pytest.mark.parametrize("key", ["h", "h:", "h:x", ":5", "h:-1", "h:99999999999999999999"])
def test_what_is_no_passage_is_refused(reader: Reader, client: TestClient, key: str) -> None:
    with pytest.raises((UsageError, MissingError)):
        data(reader, "h", left=key)
    assert client.get("/talking-point", params={"id": tp(reader, "h"), "left": key}).status_code in {400, 404}


def test_ids_and_sources_that_are_not_there(client: TestClient, reader: Reader) -> None:
    assert client.get("/talking-point", params={"id": "nope"}).status_code == 404
    assert client.get("/talking-point").status_code == 400
    answer = client.get("/talking-point", params={"id": tp(reader, "h"), "source": "Herold"})
    assert answer.status_code == 404
    assert "Herald" in answer.text


def test_wordings_hang_under_the_one_they_come_from(reader: Reader) -> None:
    rows = data(reader, "h")["wordings"]
    assert [(row["source"], row["under"], row["depth"], row["n_passages"]) for row in rows] == [
        ("Herald", None, 0, 2),
        ("Courier", 1, 1, 1),
        ("Post", 2, 2, 1),
    ]
    assert shown(rows[2], "removed") == ["ever"]
    assert shown(rows[2], "added") == ["gladly"]


def test_passages_of_one_source_in_the_order_of_time(reader: Reader) -> None:
    found = data(reader, "h")
    assert [row["doc_id"] for row in found["passages"]] == ["h", "c", "p", "e"]
    assert [row["n"] for row in found["passages"]] == [1, 2, 3, 4]
    assert found["passages"][2]["earlier"]["source"] == "Courier"
    only = data(reader, "h", source="Post")
    assert [(row["doc_id"], row["n"]) for row in only["passages"]] == [("p", 3)]
    assert only["timeline"]["rows"][2]["href"].endswith("#p-3")


def test_pages_of_passages_and_where_the_timeline_leads(reader: Reader) -> None:
    found = evidence(reader, tp(reader, "h"), page=2, per_page=2)
    assert [row["doc_id"] for row in found["passages"]] == ["p", "e"]
    assert found["pages"] == 2
    assert [row["href"] for row in found["timeline"]["rows"]] == [None, None, "#p-3", "#p-4"]
    assert evidence(reader, tp(reader, "h"), page=99, per_page=2)["page"] == 2


def test_only_addresses_of_the_web_are_links(client: TestClient, reader: Reader) -> None:
    page = client.get("/talking-point", params={"id": tp(reader, "h")}).text
    assert 'href="https://example.org/h" rel="noopener noreferrer nofollow"' in page
    assert 'href="javascript' not in page


def test_right_to_left_text_says_its_direction(client: TestClient, reader: Reader) -> None:
    page = client.get("/talking-point", params={"id": tp(reader, "a:1")}).text
    assert '<h1 class="wording" dir="auto">' in page
    assert page.count('<blockquote class="wording" dir="auto">') == 4
    assert "<mark>نظيفة</mark>" in page
    assert "<mark>صالحة</mark>" in page


def test_a_very_long_wording_is_folded(client: TestClient, reader: Reader) -> None:
    page = client.get("/talking-point", params={"id": tp(reader, "l1")}).text
    assert "<summary>The shared words alone" in page
    assert "<mark>changed</mark>" in page
    assert "words the same" in page


def test_tables_have_every_row(client: TestClient, reader: Reader) -> None:
    params = {"id": tp(reader, "h")}
    lines = client.get("/talking-point.csv", params={**params, "table": "passages"}).text.splitlines()
    assert len(lines) == 5
    assert LINE in lines[1]
    assert len(client.get("/talking-point.csv", params={**params, "table": "wordings"}).text.splitlines()) == 4
    assert len(client.get("/talking-point.csv", params={**params, "table": "sources"}).text.splitlines()) == 5
    answer = client.get("/talking-point.json", params=params).json()
    assert answer["evidence"]["passages_in_all"] == 4


def test_a_report_shows_the_same_parts_within_itself(reader: Reader) -> None:
    tp_id = tp(reader, "h")
    found = evidence(reader, tp_id, against=3, prefix="x-")
    assert [pair["right"]["source"] for pair in found["comparisons"]] == ["Courier", "Post", "Echo"]
    page = render("parts/point.html", {"evidence": found, "shown_of_wording": 600}, Within({tp_id}))
    assert 'id="x-p-1"' in page
    assert "w-2" not in page
    assert "by their first use" not in page, "the list of passages says it"
    assert 'href="/' not in page
    assert "set beside" not in page
    assert "set it" not in page


def test_what_else_the_address_holds_is_not_repeated_at_every_passage(tmp_path: Path) -> None:
    rows = [{"source": f"s{n % 7}", "time": "2024-05-01", "text": f"number{n} {LINE} word{n}"} for n in range(120)]
    reader = Reader(inchorus.find(rows, out=tmp_path / "study"))
    tp_id = reader.value("SELECT tp_id FROM talking_points")
    found = point(reader, Ask("/talking-point", (("id", tp_id), ("more", "x" * 1000)))).data["evidence"]["timeline"]
    assert [row["href"] for row in found["rows"]][49:51] == ["#p-50", f"/talking-point?id={tp_id}&page=2#p-51"]
