"""One quotation in many documents: its places together, its speakers pooled, its words compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import inchorus
from inchorus.api import Study
from inchorus.errors import StudyError, UsageError
from inchorus.evidence.asking import asking
from inchorus.evidence.statements import speakers
from inchorus.quote import found
from inchorus.quote.found import find_quotations
from inchorus.quote.same import families, words

SAID = "We will not sell the town hall to anybody for 300 dollars, and nobody may build on the green behind it"
ROWS = [
    ("Herald", "2024-05-01", f"The council met. “{SAID},” said Ada Ash, the mayor of Oldford."),
    ("Courier", "2024-05-02", f"Ada Ash spoke. “{SAID},” she said on Tuesday."),
    ("Post", "2024-05-03", f"It was a long night in the hall.\n\n“{SAID}.”"),
    ("Echo", "2024-05-04", f"“{SAID.replace(' not', '')},” Ben Oak said."),
    ("Star", "2024-05-05", "“nobody may build on the green behind it,” Ash said. Ada Ash was loud."),
]


@pytest.fixture(scope="module")
def study() -> Study:
    rows = [{"source": s, "time": t, "text": x, "id": s.lower()} for s, t, x in ROWS]
    found = inchorus.find(rows, no_ties=True)
    assert found.quotes()["quotations"]
    return found


def test_they_are_found_when_they_are_asked_for(tmp_path: Path, run: Callable[..., Any]) -> None:
    table = [{"source": s, "time": t, "text": x} for s, t, x in ROWS]
    made = inchorus.find(table, tmp_path / "study", no_ties=True)
    with pytest.raises(StudyError, match="inchorus quotes"):
        _ = made.quotations
    first = run("quotes", made.path, "--json", "--quiet")
    assert first.code == 0
    assert run("quotes", made.path, "--json", "--quiet").out == first.out
    assert run("verify", made.path).code == 0
    assert inchorus.open(made.path).quotations.arrow().num_rows >= len(ROWS)


def rows(study: Study) -> dict[str, dict[str, Any]]:
    return {row["doc_id"]: row for row in study.quotations.arrow().to_pylist() if row["direct"]}


def test_every_place_is_of_one_quotation(study: Study) -> None:
    assert len({row["quote_id"] for row in rows(study).values()}) == 1


def test_the_text_is_that_of_the_document(study: Study) -> None:
    texts = {row["doc_id"]: row["text"] for row in study.documents.arrow().to_pylist()}
    for row in study.quotations.arrow().to_pylist():
        assert texts[row["doc_id"]][row["start"] : row["end"]] == row["text"]
        if row["speaker"] is not None:
            assert texts[row["doc_id"]][row["speaker_start"] : row["speaker_end"]] == row["speaker"]


def test_a_speaker_that_a_document_does_not_name_is_that_of_most_others(study: Study) -> None:
    assert {doc: (row["speaker_name"], row["speaker_from"]) for doc, row in rows(study).items()} == {
        "herald": ("Ada Ash", "document"),
        "courier": ("Ada Ash", "document"),
        "post": ("Ada Ash", "pool"),
        "echo": ("Ben Oak", "document"),
        "star": ("Ada Ash", "document"),
    }


def test_changed_words_are_told_and_trimmed_ones_are_none(study: Study) -> None:
    assert {doc: row["altered"] for doc, row in rows(study).items()} == {
        "herald": None,
        "courier": None,
        "post": None,
        "echo": [{"class": "negation", "from": "not", "to": ""}],
        "star": None,
    }


def test_the_list_says_who_disagrees(study: Study) -> None:
    [listed] = study.quotes()["quotations"]
    assert (listed["n_sources"], listed["n_documents"], listed["n_altered"]) == (5, 5, 1)
    assert [(row["name"], row["n"]) for row in listed["speakers"]] == [("Ada Ash", 3), ("Ben Oak", 1)]
    assert listed["text"] == f"{SAID},"


def test_one_quotation_begins_with_what_changed_most(study: Study) -> None:
    quote_id = study.quotes()["quotations"][0]["quote_id"]
    found = study.quotes(quote_id[:6])
    assert [place["doc_id"] for place in found["places"]] == ["echo", "herald", "courier", "post", "star"]
    with pytest.raises(UsageError, match="no quotation has the id"):
        study.quotes("zz")


def test_statements_are_in_the_order_of_time_with_their_documents(study: Study) -> None:
    found = study.quotes(speaker="ash")
    assert found["speaker"] == "Ada Ash"
    direct = [row for row in found["statements"] if row["direct"]]
    assert [[d["doc_id"] for d in row["documents"]] for row in direct] == [["herald", "courier", "post", "star"]]
    assert study.quotes(speaker="Ada Ash", about="town HALL")["of"] >= 1
    assert study.quotes(speaker="Ada Ash", about="submarine")["statements"] == []
    with pytest.raises(UsageError, match="nobody of the name 'Eve Elm' is quoted"):
        study.quotes(speaker="Eve Elm")


def test_turns_of_a_transcript_are_statements_in_their_order() -> None:
    turns = [("ASH", 1, "Good evening to all of you."), ("OAK", 2, "We begin."), ("ASH", 3, "Water is dear.")]
    table = [{"source": s, "line": n, "text": t, "time": "2024-05-01"} for s, n, t in turns]
    found = inchorus.find(table, no_ties=True).quotes(speaker="ash")
    assert [row["text"] for row in found["statements"]] == ["Good evening to all of you.", "Water is dear."]


def test_who_speaks_in_a_transcript_is_listed_with_the_speakers() -> None:
    table = [
        {"source": "ASH", "line": 1, "time": "2024-05-01", "text": "Good evening to all of you."},
        {
            "source": "OAK",
            "line": 2,
            "time": "2024-05-01",
            "text": "“Nobody here will pay for water twice,” Eve Elm said.",
        },
        {"source": "ASH", "line": 3, "time": "2024-05-02", "text": "Water is dear."},
    ]
    study = inchorus.find(table, no_ties=True)
    study.quotes(limit=1)
    listed = {row["name"]: row["statements"] for row in speakers(asking(study))}
    assert listed == {"ASH": 2, "OAK": 1, "Eve Elm": 1}


def test_a_later_statement_with_words_of_an_earlier_one_says_so() -> None:
    table = [
        {"source": "a", "time": "2024-05-01", "text": "“Nobody here will ever pay for water twice,” Ada Ash said."},
        {"source": "b", "time": "2024-06-01", "text": "“I said nobody here will ever pay for water,” Ada Ash said."},
    ]
    first, second = inchorus.find(table, no_ties=True).quotes(speaker="Ada Ash")["statements"]
    assert first["repeats"] is None
    assert second["repeats"] == first["quote_id"]


def test_many_processes_find_what_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [x for _, _, x in ROWS] * 3
    table = pa.table(
        {"text": pa.chunked_array([pa.array(texts, pa.large_string())]), "language": pa.array([None] * 15, pa.string())}
    )
    done: list[int] = []
    alone = find_quotations(table, 1, done.append)
    monkeypatch.setattr(found, "SMALL", 0)
    monkeypatch.setattr(found, "CHUNK", 500)
    assert find_quotations(table, 2, done.append).equals(alone)
    assert sum(done) == 30


def test_short_quotations_are_one_only_within_a_talking_point() -> None:
    short, long = words("not me"), words("nobody here will pay twice for water")
    assert families([short, short], [[], []]) == [0, 1]
    assert families([short, short], [["x"], ["x"]]) == [0, 0]
    assert families([long, long], [[], []]) == [0, 0]


def test_what_anybody_says_is_listed_only_where_it_is_asked_for() -> None:
    table = [
        {
            "source": s,
            "time": "2024-05-01",
            "text": f"A long night for {s}. “Not on my watch,” Ada Ash said. Then all left.",
        }
        for s in ("Herald", "Courier")
    ]
    study = inchorus.find(table, no_ties=True)
    assert study.quotes()["quotations"] == []
    assert [row["text"] for row in study.quotes(about="watch")["quotations"]] == ["Not on my watch,"]


def test_the_command_prints_them(study: Study, run: Callable[..., Any]) -> None:
    out = run("quotes", study.path, "--json").out
    assert '"n_altered": 1' in out
    assert "Ada Ash 3 of 4, Ben Oak 1 of 4" in run("quotes", study.path).out
    quote_id = study.quotes()["quotations"][0]["quote_id"]
    assert "negation: [-not-] {++}" in run("quotes", study.path, quote_id).out
    said = run("quotes", study.path, "--speaker", "Ada Ash")
    assert said.code == 0
    assert "We will not sell" in said.out
    wrong = run("quotes", study.path, "--speaker", "Nobody Such")
    assert (wrong.code, "is quoted" in wrong.err) == (2, True)
    assert run("quotes", study.path, quote_id, "--about", "hall").code == 2


@pytest.fixture
def run() -> Callable[..., Any]:
    from cases.case import run

    return run


def test_who_quotes_words_of_others_says_something_else() -> None:
    lincoln = "to care for him who shall have borne the battle and for his widow and his orphan"
    long = f"We owe this valley far more than speeches, and it is written there, “{lincoln},” in letters of stone"
    alone, whole = words(lincoln), words(long)
    points = [["x"], ["x"]]
    assert families([whole, alone], points) == [0, 0]
    assert families([whole, alone], points, ["oak", "lincoln"]) == [0, 1]
    own = words("We owe this valley far more than speeches, and it is written there, in letters of stone")
    assert families([whole, alone], points, [None, "lincoln"], [own, alone]) == [0, 1]


def test_the_same_words_under_two_speakers_are_one_quotation() -> None:
    said = words(SAID)
    assert families([said, said[:-1]], [["x"], ["x"]], ["ash", "oak"]) == [0, 0]


def test_a_speaker_whom_a_sentence_names_counts_before_those_that_stand_around() -> None:
    rows = [
        ("Herald", f"“{SAID},” Ada Ash said."),
        ("Courier", f"“{SAID},” said Ada Ash."),
        ("Post", f"Ben Oak came late to the hall. “{SAID}.”"),
    ]
    study = inchorus.find([{"id": s.lower(), "source": s, "text": x} for s, x in rows], no_ties=True)
    study.quotes(limit=1)
    found = {
        r["doc_id"]: (r["speaker_name"], r["speaker_from"]) for r in study.quotations.arrow().to_pylist() if r["direct"]
    }
    assert found == {"herald": ("Ada Ash", "document"), "courier": ("Ada Ash", "document"), "post": ("Ada Ash", "pool")}


def test_a_formula_that_two_quotations_end_with_does_not_make_them_one() -> None:
    formula = "I urge everybody in this hall to join me in voting for it"
    first = words(f"The bridge has carried carts and oxen for two hundred years without a fall. {formula}")
    other = words(f"Nobody who drinks from the well has ever asked who pays for the rope. {formula}")
    alone = words(formula)
    numbers = families([first, other, alone], [["a"], ["b"], ["a", "b"]])
    assert numbers[0] != numbers[1]
    assert numbers[2] in numbers[:2]


def test_a_name_from_around_gives_way_to_what_others_say_it_stands_in() -> None:
    law = "The council may not sell the green behind the hall to anybody for any price"
    rows = [
        ("Herald", f"The amendment reads: “{law}.”"),
        ("Courier", f"The bill states, “{law}.”"),
        ("Post", f"Ada Ash leads those who want it, and it has few words: “{law}.” Ash is the mayor."),
    ]
    made = inchorus.find([{"source": s, "text": f"{x} {s} has it."} for s, x in rows], no_ties=True)
    listed = made.quotes()["quotations"][0]
    assert listed["speakers"] == []
    assert listed["written"] in {"The amendment", "The bill"}


def test_a_name_with_and_without_its_accent_is_one_speaker() -> None:
    rows = [
        {"source": s, "time": "2024-05-01", "text": f"“{SAID},” said {who}, a farmer."}
        for s, who in (("Herald", "Ada Céspedes"), ("Courier", "Ada Cespedes"))
    ]
    (quotation,) = inchorus.find(rows, no_ties=True).quotes()["quotations"]
    assert [(row["n"], row["of"]) for row in quotation["speakers"]] == [(2, 2)]
