"""Known answers: whose the sentences of a text are, with the edits, the firsts and what is nobody's."""

from __future__ import annotations

import random
from typing import Any

import pytest

import inchorus
from inchorus.api import Study
from inchorus.check.check import LONGEST, opened
from inchorus.errors import InputError, UsageError
from inchorus.progress import Silent

from .conftest import ALONE, EDITED, HEAD, LINE

OWN = "My aunt keeps twelve parrots in a caravan by the canal."


def only(study: Study, text: str, **options: Any) -> dict[str, Any]:
    (row,) = study.check(text, **options)["sentences"]
    return dict(row)


def test_word_for_word_whatever_its_capitals_and_points(valley: Study) -> None:
    for text in (LINE, LINE.upper(), LINE.replace(" clean", "\nclean"), LINE.replace("clean", "clean,")):
        row = only(valley, text)
        assert row["class"] == "verbatim"
        assert [m["doc_id"] for m in row["matches"]] == ["a", "b", "c"]
        assert [m["kind"] for m in row["matches"]] == ["verbatim", "verbatim", "near"]
        assert (row["n_documents"], row["n_sources"], row["n_near"]) == (2, 2, 1)
        assert row["first_sources"] == ["Herald"]
        (point,) = valley.talking_points.filter(f"tp_id = '{row['tp_id']}'").arrow()["text"].to_pylist()
        assert "pay for clean water twice" in point


def test_offsets_lead_to_the_words(valley: Study) -> None:
    texts = {row["doc_id"]: row["text"] for row in valley.documents.arrow().to_pylist()}
    for match in only(valley, LINE)["matches"]:
        assert texts[match["doc_id"]][match["start"] : match["end"]] == match["text"]
        assert match["text"].startswith("Nobody in this valley will")


def test_nearly_with_its_edits(valley: Study) -> None:
    row = only(valley, ALONE.replace("painted", "carved").replace("eleven ", ""))
    (match,) = row["matches"]
    assert (row["class"], match["doc_id"], match["kind"]) == ("near", "d", "near")
    assert [(op, piece.strip()) for op, piece in match["pieces"] if op != "same"] == [
        ("removed", "painted"),
        ("added", "carved"),
        ("removed", "eleven"),
    ]
    assert "".join(piece for op, piece in match["pieces"] if op != "removed").startswith("The heron on")


def test_a_sentence_of_one_source_alone_is_that_ones(valley: Study) -> None:
    row = only(valley, ALONE)
    assert (row["class"], row["label"], row["tp_id"], row["n_sources"]) == ("verbatim", None, None, 1)
    assert row["first_sources"] == []  # its document has no time
    assert row["matches"][0]["is_first"] is False


def test_a_part_of_a_sentence(valley: Study) -> None:
    half = " ".join(ALONE.lower().split()[:10])
    text = f"My uncle, who breeds hens and paints sheds, told his barber often that {half} and left for Peru."
    row = only(valley, text)
    assert row["class"] == "part"
    assert text[row["shared_start"] : row["shared_end"]] == half
    assert [m["doc_id"] for m in row["matches"]] == ["d"]


def test_what_anybody_writes_is_nobodys_and_boilerplate_is_said_to_be(valley: Study) -> None:
    assert only(valley, "It was late.")["class"] == "phrase"
    assert only(valley, "Thank you very much.")["class"] == "phrase"
    assert only(valley, "No way!")["class"] == "phrase"
    row = only(valley, HEAD)
    assert (row["class"], row["label"]) == ("boilerplate", "boilerplate")
    assert row["n_documents"] == 12
    assert "most of its documents" in row["why"]


def test_what_is_its_own(valley: Study) -> None:
    found = valley.check(f"{OWN} {LINE}\n\n{OWN} Water, water.")
    assert [row["class"] for row in found["sentences"]] == ["own", "verbatim", "own", "phrase"]
    assert found["counts"] == {"verbatim": 1, "near": 0, "part": 0, "boilerplate": 0, "phrase": 1, "own": 2}


def test_what_a_source_has_published_is_its_own(valley: Study) -> None:
    row = only(valley, ALONE, source="Courier")
    assert (row["class"], row["before"], row["matches"]) == ("own", 1, [])
    row = only(valley, LINE, source="Herald")
    assert (row["class"], row["before"], row["first_sources"]) == ("verbatim", 1, ["Courier"])
    with pytest.raises(UsageError, match="no document is by the source 'Heral'"):
        valley.check(LINE, source="Heral")


def test_the_limit_cuts_documents_and_not_counts(valley: Study) -> None:
    row = only(valley, HEAD, limit=2)
    assert (len(row["matches"]), row["n_documents"]) == (2, 12)
    assert len(only(valley, HEAD, limit=0)["matches"]) == 12
    with pytest.raises(UsageError):
        valley.check(LINE, limit=-1)


def test_a_title_is_told_as_one(valley: Study) -> None:
    checker = opened(valley, 1, Silent())
    (row,) = checker.check("Water. The council met for hours and came")["sentences"][1:]
    assert row["matches"][0]["start"] is not None


@pytest.mark.parametrize("text", ["", " \n", "...", "\x00", "😀", "https://example.org/a-long-address"])
def test_a_text_without_a_word_is_an_error(valley: Study, text: str) -> None:
    with pytest.raises(InputError, match="no word"):
        valley.check(text)


def test_a_text_that_is_too_long_is_an_error(valley: Study) -> None:
    with pytest.raises(InputError, match="2,000,000 is the most"):
        valley.check("a " * LONGEST)
    with pytest.raises(UsageError, match="give text"):
        valley.check(7)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        LINE * 300,
        "the of and " * 3000,
        (LINE[:-1] + " ") * 300,
        "\n".join(LINE.split()) * 50,
        "a" * 100_000,
        "Ab. " * 5000,
    ],
    ids=["repeated", "common", "no points", "lines", "one word", "short"],
)
def test_hostile_texts_are_checked(valley: Study, text: str) -> None:
    found = valley.check(text)
    assert sum(found["counts"].values()) == len(found["sentences"])


def test_a_planted_sentence_is_found_among_others(valley: Study) -> None:
    draw = random.Random(7)
    for planted, doc in ((LINE, "a"), (ALONE, "d"), (EDITED, "c"), (HEAD, "g00")):
        for _ in range(5):
            text = [OWN, "The moon is made of green cheese, my uncle says.", planted]
            draw.shuffle(text)
            rows = valley.check(" ".join(text))["sentences"]
            (row,) = [r for r in rows if r["text"] == planted]
            assert doc in [m["doc_id"] for m in row["matches"]]
            assert {r["class"] for r in rows if r["text"] != planted} <= {"own"}


def test_a_whole_sentence_of_common_words_is_hers_who_alone_has_it() -> None:
    """Words that stand everywhere make a phrase of a sentence that two have, and none of a whole one that one has."""
    draw = random.Random(4)
    said = "it is what we have to do and we will do it now"
    common = said.split()
    rows = []
    for k in range(120):
        coined = ["".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(60)]
        often = [word for _ in range(8) for word in draw.sample(common, len(common))]
        body = ". ".join(" ".join(part).capitalize() for part in (coined[:30], often, coined[30:]))
        rows.append({"id": f"n{k}", "source": f"S{k % 9}", "text": f"{body}."})
    for source, more in (("Ada", "verbatim"), ("Ben", "phrase")):
        rows.append(
            {"id": source, "source": source, "text": f"{source} begins here. {said.capitalize()}. So it ended."}
        )
        assert only(inchorus.find(rows, no_ties=True), f"{said.capitalize()}.")["class"] == more
