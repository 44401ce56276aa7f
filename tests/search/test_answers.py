"""Known answers over whole studies: scripts, filters, titles, other wordings, what is not ready yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import inchorus
from inchorus.search.answer import DocumentFound, WordingFound
from inchorus.search.search import Answer, Search
from made_study import made

LINE = "nobody in this valley will ever have to pay for clean water twice in one and the same year"
EDITED = LINE.replace("clean", "drinking").replace("nobody", "no one")
OWN = [" ".join(f"own{k}word{i}" for i in range(40)) for k in "abcd"]
DOCUMENTS: list[dict[str, Any]] = [
    {"id": "a", "source": "Daily Courier", "time": "2024-05-01", "title": "Water: Mayor speaks",
     "text": f"She said {LINE}. {OWN[0]}"},
    {"id": "b", "source": "Valley Post", "time": "2024-05-03", "title": "", "text": f"Once more, {LINE}! {OWN[1]}"},
    {"id": "c", "source": "Courier", "time": "2024-06-02", "title": None, "text": f"{OWN[2]} Again {EDITED}, he said."},
    {"id": "d", "source": "Courier", "time": None, "title": "<b>Reservoir</b>", "text": "Nothing is known of a plan."},
]  # fmt: skip


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    found = Search(inchorus.find(DOCUMENTS, out=tmp_path_factory.mktemp("study") / "s"))
    assert found.wait()
    return found


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Search:
    found = Search(made(tmp_path_factory.mktemp("scripts") / "s"))
    assert found.wait()
    return found


def documents(answer: Answer) -> list[str]:
    assert answer.documents is not None
    assert answer.documents.total >= len(answer.documents.found)
    return sorted(found.doc_id for found in answer.documents.found)


def wording(answer: Answer) -> list[WordingFound]:
    assert answer.wording is not None
    return answer.wording.found


def marked(found: WordingFound | DocumentFound) -> list[str]:
    return [found.excerpt.text[a:b] for a, b in found.excerpt.hits]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("clean water", "ab"),
        ('"clean water"', "ab"),
        ('"water clean"', ""),
        ("water", "abc"),
        ("water -clean", "c"),
        ('water -"clean water"', "c"),
        ("wat", "abc"),
        ("wat ", ""),
        ("WÁTER ", "abc"),
        ("mayor", "a"),
        ("reservoir", "d"),
        ('source:"Daily Courier" water', "a"),
        ("source:courier", "cd"),
        ("source:post", "b"),
        ("source:daily", "a"),
        ("source:courier source:post water", "bc"),
        ("from:2024-05-02", "bc"),
        ("from:2024-05 to:2024-05", "ab"),
        ("to:2023", ""),
        ("label:line", "abc"),
        ("-water", "d"),
        ("…", ""),
    ],
)
def test_documents(search: Search, asked: str, found: str) -> None:
    answer = search.answer(asked)
    assert documents(answer) == list(found)
    assert answer.documents is not None
    assert answer.documents.total == len(found)
    assert answer.share == 1.0


def test_a_talking_point_by_its_canonical_wording(search: Search) -> None:
    (found,) = wording(search.answer('"clean water" year'))
    assert found.variant_id is None
    assert marked(found) == ["clean water", "year"]
    assert (found.n_sources, found.n_documents, found.label) == (3, 3, "line")
    assert found.first_time is not None
    assert found.first_time.isoformat() == "2024-05-01T00:00:00+00:00"


def test_a_talking_point_by_another_wording_says_so(search: Search) -> None:
    (found,) = wording(search.answer("drinking water "))
    assert found.variant_id is not None
    assert marked(found) == ["drinking", "water"]
    (same,) = wording(search.answer("water "))
    assert same.variant_id is None
    assert same.tp_id == found.tp_id


@pytest.mark.parametrize(
    ("asked", "total"),
    [("source:courier", 1), ("source:courier from:2024-07", 0), ("label:line", 1), ("label:title", 0), ("label:li", 1)],
)
def test_filters_of_wording(search: Search, asked: str, total: int) -> None:
    answer = search.answer(asked)
    assert answer.wording is not None
    assert answer.wording.total == total


def test_titles_are_searched_and_marked_apart(search: Search) -> None:
    answer = search.answer("water mayor")
    assert answer.documents is not None
    (found,) = answer.documents.found
    assert found.title == "Water: Mayor speaks"
    assert [found.title[a:b] for a, b in found.title_hits] == ["Water", "Mayor"]
    assert found.excerpt.text.startswith("She said nobody")
    assert marked(found) == ["water"]


def test_documents_without_a_query_for_words_are_in_the_order_of_their_times(search: Search) -> None:
    answer = search.answer("-zebra")
    assert answer.documents is not None
    assert [found.doc_id for found in answer.documents.found] == ["a", "b", "c", "d"]


def test_a_name_that_is_not_there_finds_nothing_and_says_so(search: Search) -> None:
    answer = search.answer("water source:Corier label:lyne")
    assert documents(answer) == []
    assert wording(answer) == []
    assert answer.notes == (
        "There is no source 'Corier': did you mean 'Courier'?",
        "There is no label 'lyne': did you mean 'line'?",
    )


def test_pages_of_results_join_without_gap(search: Search) -> None:
    whole = search.answer("water").documents
    assert whole is not None
    parts = [search.answer("water", documents_from=k, most_documents=1).documents for k in range(3)]
    assert [part.found[0] for part in parts if part] == whole.found
    assert {part.total for part in parts if part} == {3}


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ("clean wat", ["clean", "water"]),
        ("نرتاح الوادى", ["نرتاح", "الوادي"]),  # alef maksura for yeh
        ("میاه نظيفة", ["مياه", "نظيفة"]),  # Persian yeh
        ("مِيَاهٍ نظيفـــة", ["مياه", "نظيفة"]),  # vowel points, tatweel
        ("ДОЛИНЕ чист", ["долине", "чистой"]),
        ("饮用水", ["饮用水"]),
        ("山谷 家庭", ["山谷", "家庭"]),
        ("साफ़ पानी", ["साफ़", "पानी"]),
        ("ＣＬＥＡＮ w\u0301ater ", ["clean", "water"]),
        ("title codes", ["codes", "title"]),
    ],
)
def test_any_script(scripts: Search, asked: str, hits: list[str]) -> None:
    found = wording(scripts.answer(asked))
    assert found
    assert set(marked(found[0])) >= set(hits)


def test_scripts_without_spaces_are_searched_by_any_run_of_characters(tmp_path: Path) -> None:
    text = "เราจะไม่หยุดจนกว่าทุกครอบครัวจะมีน้ำสะอาด 👍🏽 e\u0301te\u0301"
    rows = [{"source": s, "text": text + s} for s in "ab"] + [{"source": "c", "text": "สะอาดน้ำ"}]
    search = Search(inchorus.find(rows, out=tmp_path / "s"))
    assert search.wait()
    answer = search.answer("น้ำสะอาด")
    assert answer.documents is not None
    assert [marked(found) for found in answer.documents.found] == [["น้ำสะอาด"]] * 2
    answer = search.answer("👍 ÉTÉ")
    assert answer.documents is not None
    assert [marked(found)[0][:4] for found in answer.documents.found] == ["e\u0301te"] * 2


@given(st.text(max_size=40) | st.text('"- :sourcelabfmt2024中و', max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_query_has_an_answer(scripts: Search, asked: str) -> None:
    answer = scripts.answer(asked)
    assert answer.wording is not None
    assert answer.documents is not None
    excerpts = [found.excerpt for found in answer.wording.found] + [found.excerpt for found in answer.documents.found]
    for part in excerpts:
        assert all(0 <= a < b <= len(part.text) for a, b in part.hits)


def test_a_study_that_shares_nothing_is_searched_too(tmp_path: Path) -> None:
    rows = [{"source": "a", "text": "one of a kind"}, {"source": "b", "text": "another"}]
    search = Search(inchorus.find(rows, out=tmp_path / "s"))
    assert search.wait()
    answer = search.answer("kind")
    assert wording(answer) == []
    assert len(documents(answer)) == 1


def test_before_anything_is_ready_there_is_an_answer(tmp_path: Path) -> None:
    search = Search(made(tmp_path / "s"))
    answer = search.answer("water")
    assert (answer.wording, answer.documents, answer.share, answer.error) == (None, None, 0.0, "")
    assert search.answer("").wording is not None
    assert search.wait()
    assert search.answer("water").wording is not None


def test_building_can_be_stopped(tmp_path: Path) -> None:
    search = Search(made(tmp_path / "s"))
    search.close()
    assert not search.wait()
    assert search.answer("water").documents is None


def test_a_study_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    study = made(tmp_path / "s")
    (tmp_path / "s" / "documents.parquet").unlink()
    search = Search(study)
    assert not search.wait()
    assert search.answer("water").error == "the file documents.parquet is gone"


def test_a_damaged_file_is_the_reason_why_there_is_no_index(tmp_path: Path) -> None:
    study = made(tmp_path / "s")
    study.file("documents").write_bytes(b"PAR1 this is none PAR1")
    search = Search(study)
    assert not search.wait()
    assert search.answer("water").error == "the file documents.parquet is damaged"
