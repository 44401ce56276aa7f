"""The dossier of two sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from inchorus.errors import UsageError
from inchorus.ui.app import application
from inchorus.ui.page import Ask, MissingError
from inchorus.ui.pages.tie import tie
from inchorus.ui.reader import Reader
from made_ties import DOGWOOD, SHALL, TIES, WATER, made


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(made(tmp_path_factory.mktemp("tie") / "study"))


def text(reader: Reader, a: str, b: str, kind: str = "wording") -> str:
    client = TestClient(application(reader), base_url="http://127.0.0.1")
    page = client.get("/tie", params={"a": a, "b": b, "kind": kind})
    assert page.status_code == 200
    return " ".join(page.text.split())


def of(reader: Reader, a: str, b: str, **query: str) -> dict[str, object]:
    return dict(tie(reader, Ask("/tie", (("a", a), ("b", b), *query.items()))).data)


def test_a_tie_is_said_in_words_with_its_figures(tied: Reader) -> None:
    page = text(tied, "Alder", "Birch")
    assert "They are of a set of sources that came together again and again." in page
    assert "They share 31 talking points on 19 occasions." in page
    assert "would share 3.2 on 2.5" in page
    assert "q = 0.0006" in page
    assert "6 pairs were tested, and none stands out more" in page
    assert "This does not say why" in page
    assert "The two by themselves would be no tie</strong> (q = 0.3)" in page
    assert "Cedar</bdi> first used the same wording within two days of each other in 3 episodes" in page
    assert "does not survive without quotations" in page


def test_who_leads_is_said_only_where_the_test_supports_it(tied: Reader, tmp_path: Path) -> None:
    page = text(tied, "Alder", "Birch")
    assert "On 15 of 19 occasions the times tell" in page
    assert "leads</span>" in page
    even = Reader(made(tmp_path / "even", [{**TIES[0], "leads": None, "q_leads": 0.7}]))
    assert "leads</span>" not in text(even, "Alder", "Birch")
    said = "that is not beyond chance (q = 0.7), and neither is said to lead. The median time between the two is 2 h."
    assert said in text(even, "Alder", "Birch")
    few = Reader(made(tmp_path / "few", [{**TIES[0], "leads": None, "q_leads": 1.0, "first_a": 2, "first_b": 1}]))
    assert "too few to test" in text(few, "Alder", "Birch")
    assert "Who leads is tested for ties only" in text(tied, "Alder", "Cedar")


def test_what_chance_gives_is_said_as_plainly(tied: Reader) -> None:
    page = text(tied, "Alder", "Cedar")
    assert "They share no more wording than chance gives." in page
    assert "Among the 6 pairs tested, about 3.0 are to be expected to share as much as this by chance alone" in page
    assert "nothing about the two follows from it" in page
    assert "This does not say why" not in page
    assert "What it rests on" not in page


def test_one_occasion_is_never_a_tie(tied: Reader) -> None:
    page = text(tied, "Birch", "Cedar")
    assert "They share wording on one occasion. That is never a tie." in page
    assert "It is too little to say anything of the two" in page
    assert "nothing about the two follows" not in page


def test_a_pair_that_shares_nothing_was_tested_as_well(tied: Reader) -> None:
    page = text(tied, "Cedar", DOGWOOD)
    assert "They share no wording that counts." in page
    assert "6 pairs of sources were tested, and this is one of them" in page
    assert "<b>" not in page


def test_a_pair_with_too_few_documents_is_said_not_to_be_tested(tmp_path: Path) -> None:
    few = Reader(made(tmp_path / "few", [{**row, "tested": 3} for row in TIES], tested=3))
    page = text(few, "Cedar", DOGWOOD)
    assert "this pair was not tested; 3 pairs were." in page
    assert "among the 3 pairs tested as well" not in page


def test_every_table_of_the_page_is_a_file(tied: Reader) -> None:
    client = TestClient(application(tied), base_url="http://127.0.0.1")
    query = {"a": "Alder", "b": "Birch"}
    lines = {
        name: client.get("/tie.csv", params={**query, "table": name}).text.splitlines()
        for name in ("shared", "tests", "delays", "layers", "declared")
    }
    assert lines["delays"] == ["apart,first_a,first_b", "up to a day,1,0"]
    assert lines["layers"][1:] == ["wording,quotation,12,0.4", "wording,title,1,0.001"]
    assert lines["declared"] == ["column,a,b", "owner,North,North"]
    none = client.get("/tie.csv", params={"a": "Cedar", "b": DOGWOOD, "table": "layers"}).text
    assert none.splitlines() == ["kind,layer,observed,q_without"]


def test_names_may_be_swapped(tied: Reader) -> None:
    assert of(tied, "Birch", "Alder") == of(tied, "Alder", "Birch")
    assert text(tied, "Birch", "Alder").split("<footer")[0] == text(tied, "Alder", "Birch").split("<footer")[0]


def test_what_they_share_stands_side_by_side(tied: Reader) -> None:
    rows = tie(tied, Ask("/tie", (("a", "Alder"), ("b", "Birch")))).data["shared"]
    assert [row["tp_id"] for row in rows] == ["11", "22"], "the rarest first, boilerplate left aside"
    left, right = rows[0]["left"], rows[0]["right"]
    assert "".join(piece["text"] for piece in left["pieces"]) == WATER
    assert "".join(piece["text"] for piece in right["pieces"]) == SHALL
    assert {"op": "only", "text": "will", "folded": ""} in left["pieces"]
    assert {"op": "only", "text": "shall", "folded": ""} in right["pieces"]
    page = text(tied, "Alder", "Birch")
    assert "<mark>shall</mark>" in page
    assert "left=a1%3A9" in page
    assert "right=b1%3A7" in page


def test_first_is_what_the_times_tell_at_their_precision(tied: Reader) -> None:
    rows = {row["tp_id"]: row for row in tie(tied, Ask("/tie", (("a", "Alder"), ("b", "Birch")))).data["shared"]}
    assert (rows["11"]["first"], rows["11"]["delay"]) == ("a", 7200.0)
    assert (rows["22"]["first"], rows["22"]["delay"]) == (None, 0.0), "one of the two is known to the day only"
    delays = tie(tied, Ask("/tie", (("a", "Alder"), ("b", "Birch")))).data["delays"]
    assert (delays["occasions"], delays["a"], delays["b"]) == (1, 1, 0), "more than half of the sources use the other"
    assert delays["bands"] == [{"band": "up to a day", "a": 1, "b": 0}]


def test_the_occasions_shown_are_those_that_were_tested(attacked: Reader) -> None:
    rows = attacked.rows("SELECT * FROM ties WHERE kind = 'wording' ORDER BY source_a, source_b")[::4]
    assert len(rows) > 50
    assert sum(row["first_a"] > 0 for row in rows) > 10
    for row in rows:
        data = tie(attacked, Ask("/tie", (("a", row["source_a"]), ("b", row["source_b"])))).data
        delays = data["delays"]
        assert data["total"] == row["observed"]
        assert (delays["occasions"], delays["a"], delays["b"]) == (row["occasions"], row["first_a"], row["first_b"])


def test_what_is_declared_of_both_is_beside_each_other(tied: Reader) -> None:
    assert of(tied, "Alder", "Birch")["declared"] == [{"column": "owner", "a": "North", "b": "North"}]
    assert of(tied, "Cedar", DOGWOOD)["declared"] == [{"column": "owner", "a": "South", "b": None}]


def test_another_kind_lists_the_objects_in_the_window(tied: Reader) -> None:
    page = text(tied, "Alder", "Birch", "link")
    assert "They share no more values of <bdi>link</bdi> than chance gives" in page
    (pair,) = tie(tied, Ask("/tie", (("a", "Birch"), ("b", "Alder"), ("kind", "link")))).data["pairs"]
    assert (pair["object"], pair["doc_id_a"], pair["doc_id_b"], pair["seconds"]) == ("x.org/p", "a1", "b1", 7200.0)
    assert "They share no value of <bdi>link</bdi> that counts" in text(tied, "Alder", "Cedar", "link")


def test_before_the_test_the_dossier_shows_what_they_share(tmp_path: Path) -> None:
    page = text(Reader(made(tmp_path / "untested", None)), "Alder", "Birch")
    assert "inchorus ties untested" in page
    assert "<mark>shall</mark>" in page
    assert "than chance gives." not in page


def test_what_cannot_be_shown_says_why(tied: Reader) -> None:
    with pytest.raises(MissingError, match="did you mean 'Cedar'"):
        of(tied, "Alder", "Cedr")
    with pytest.raises(UsageError, match="both names are the same"):
        of(tied, "Alder", "Alder")
    with pytest.raises(UsageError, match="did you mean 'link'"):
        of(tied, "Alder", "Birch", kind="lnk")
    with pytest.raises(UsageError, match="lacks 'b'"):
        tie(tied, Ask("/tie", (("a", "Alder"),)))


def test_the_strongest_dossiers_of_the_hostile_study_are_harmless(attacked: Reader) -> None:
    client = TestClient(application(attacked), base_url="http://127.0.0.1")
    rows = attacked.rows("SELECT source_a, source_b FROM ties ORDER BY observed DESC, source_a, source_b LIMIT 12")
    assert rows
    for row in rows:
        query = {"a": row["source_b"], "b": row["source_a"]}
        page, data = client.get("/tie", params=query), client.get("/tie.json", params=query)
        assert page.status_code == data.status_code == client.get("/tie.csv", params=query).status_code == 200
        assert data.json()["a"] < data.json()["b"]
        assert "<script>window" not in page.text
        assert "<img" not in page.text
        assert "\u202e" not in page.text.split("<main", 1)[1].split("</main>")[0]
