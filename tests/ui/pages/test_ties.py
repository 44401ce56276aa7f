"""The list of ties, and how they were tested."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from inchorus.errors import UsageError
from inchorus.ui.app import application
from inchorus.ui.page import Ask, MissingError
from inchorus.ui.pages.ties import ties
from inchorus.ui.reader import Reader
from made_ties import TIES, made


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(made(tmp_path_factory.mktemp("ties") / "study"))


def text(reader: Reader, address: str = "/ties") -> str:
    page = TestClient(application(reader), base_url="http://127.0.0.1").get(address)
    assert page.status_code == 200
    return " ".join(page.text.split())


def pairs(reader: Reader, **query: str) -> list[tuple[str, str, str]]:
    rows = ties(reader, Ask("/ties", tuple(query.items()))).data["rows"]
    return [(row["source_a"], row["source_b"], row["kind"]) for row in rows]


AB, AC, BC = ("Alder", "Birch", "wording"), ("Alder", "Cedar", "wording"), ("Birch", "Cedar", "wording")
LINK = ("Alder", "Birch", "link")


def test_the_strongest_come_first_up_to_a_q(tied: Reader) -> None:
    assert pairs(tied) == [AB]
    assert pairs(tied, q="0.3") == [AB, BC]
    assert pairs(tied, q="1") == [AB, BC, LINK, AC]
    assert pairs(tied, q="1", sort="shared")[:2] == [AB, AC]


def test_filters_by_kind_source_and_disagreement(tied: Reader) -> None:
    assert pairs(tied, q="1", kind="link") == [LINK]
    assert pairs(tied, q="1", source="Cedar") == [BC, AC]
    assert pairs(tied, disagree="1") == [AB], "one of the null models does not find it"
    assert pairs(tied, disagree="1", kind="link") == []


def test_layers_that_it_does_not_survive_without(tied: Reader) -> None:
    assert ties(tied, Ask("/ties")).data["rows"][0]["not_without"] == ["quotation"]


def test_how_it_was_tested_is_said(tied: Reader) -> None:
    page = text(tied)
    assert "All 6 pairs of 4 sources were tested, including those that share nothing." in page
    assert "the documents of the same week exchange their sources" in page
    assert "Left out of the test: pieces of boilerplate. Of ties at q" in page, "sentences are parted"
    assert "1 pair shares more than chance gives" in page
    assert "On 1 pair the two" in page


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (3, "All 3 pairs of the sources with three documents or more were tested, including those that share nothing."),
        (1, "The only pair of sources with three documents or more was tested."),
        (0, "No pair of sources was tested: there are not two sources with three documents or more."),
    ],
)
def test_only_pairs_that_can_have_three_occasions_are_said_to_be_tested(tmp_path: Path, pairs: int, said: str) -> None:
    rows = [{**row, "tested": pairs} for row in TIES] if pairs else []
    assert said in text(Reader(made(tmp_path / "few", rows, [], tested=pairs)))


def test_a_q_near_nothing_is_not_written_out_but_in_files(tmp_path: Path) -> None:
    near = Reader(
        made(
            tmp_path / "near",
            [{**TIES[0], "p_value": 1e-117, "q_value": 1.6e-115, "q_documents": 0.0, "q_sharing": 0.0}],
        )
    )
    page = text(near)
    assert page.count("&lt; 0.0001</td>") == 2
    assert "e-1" not in page
    client = TestClient(application(near), base_url="http://127.0.0.1")
    assert "1.6e-115" in client.get("/ties.csv").text
    assert client.get("/ties.json").json()["rows"][0]["q_value"] == 1.6e-115
    dossier = " ".join(client.get("/tie", params={"a": "Alder", "b": "Birch"}).text.split())
    assert "(q &lt; 0.0001), fewer than one in a thousand is to be expected by chance" in dossier
    assert "e-1" not in dossier


def test_rows_above_the_level_are_said_to_be_no_ties(tied: Reader) -> None:
    assert "they are no ties" in text(tied, "/ties?q=1")
    assert "they are no ties" not in text(tied)


def test_no_tie_is_a_result(tmp_path: Path) -> None:
    page = text(Reader(made(tmp_path / "none", [row for row in TIES if row["q_value"] > 0.05], [])))
    assert "No two sources share more than chance gives" in page
    assert "That is a result" in page
    assert "Birch" in page, "the pair that comes nearest"
    nobody = Reader(made(tmp_path / "nobody", [], []))
    assert "No two sources share more than chance gives" in text(nobody)


def test_without_a_test_there_is_the_command(reader: Reader) -> None:
    assert "inchorus ties study" in text(reader)
    assert "more than chance gives</h1>" not in text(reader)


def test_pairs_that_were_not_tested_are_listed_as_such(tmp_path: Path) -> None:
    row = {
        **TIES[3],
        "expected": None,
        "expected_occasions": None,
        "p_value": None,
        "q_value": None,
        "q_documents": None,
        "q_sharing": None,
    }
    crowded = Reader(made(tmp_path / "crowds", [*TIES[:3], row]))
    assert pairs(crowded, q="1")[-1] == LINK
    assert "not tested" in text(crowded, "/ties?q=1")
    assert "1 pair met only in crowds" in text(crowded)


@pytest.mark.parametrize("q", ["two", "-1", "1.5", "nan", "inf"])
def test_a_bad_q_is_refused(tied: Reader, q: str) -> None:
    with pytest.raises(UsageError):
        ties(tied, Ask("/ties", (("q", q),)))


def test_an_unknown_source_gets_the_nearest(tied: Reader) -> None:
    with pytest.raises(MissingError, match="did you mean 'Cedar'"):
        ties(tied, Ask("/ties", (("source", "Ceder"),)))


def test_a_file_has_all_rows_of_all_pages(attacked: Reader) -> None:
    ask = (("q", "1"),)
    page, whole = ties(attacked, Ask("/ties", ask)), ties(attacked, Ask("/ties", ask, whole=True))
    assert len(page.data["rows"]) == 50
    assert len(whole.tables["ties"]) == page.data["total"] > 50
    again = [row for n in range(1, page.data["pages"] + 1) for row in pairs(attacked, q="1", page=str(n))]
    assert len(again) == len(set(again)) == page.data["total"]
