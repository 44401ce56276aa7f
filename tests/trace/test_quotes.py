"""What people read: whole sentences of a passage that most agree on, with the marks that belong to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus import find
from inchorus.trace.quotes import bounded

OWN = (
    "The harvest was poor this year and prices rose in every market of the region.",
    "Ferries ran late all week because of the fog that lay over the strait.",
    "A choir from the north sang in the old hall to a full house on Sunday.",
    "The museum has bought two paintings by a painter whom nobody knew before.",
)


def quoted(*texts: str) -> list[str]:
    """The quote of each line of a study in which each text is by a source of its own."""
    rows = [
        {"source": f"s{i}", "time": f"2024-05-0{i + 1}", "text": f"{OWN[i % len(OWN)]} {text}"}
        for i, text in enumerate(texts)
    ]
    study = find(rows)
    text_of = {row["doc_id"]: row["text"] for row in study.documents.arrow().to_pylist()}
    points = study.talking_points.arrow().to_pylist()
    return [text_of[p["quote_doc"]][p["quote_start"] : p["quote_end"]] for p in points]


def test_the_whole_sentence_is_shown_where_most_share_it_though_the_passage_is_cut() -> None:
    line = "nobody in this valley will ever pay twice for clean water again"
    assert quoted(f"I say that {line}.", f"I say that {line}.", f"They hold that {line}, or so we hear.") == [
        f"I say that {line}."
    ]


def test_what_one_document_adds_is_left_out_where_another_has_the_line_by_itself() -> None:
    line = "Nobody in this valley will ever pay twice for clean water again"
    assert quoted(f"{line}.", f"{line}, said Mayor Alder when the long debate of the council was over at last.") == [
        f"{line}."
    ]


def test_a_quotation_is_shown_without_the_words_around_it_that_differ() -> None:
    line = "Nobody in this valley will ever pay twice for clean water"
    (found,) = quoted(
        f"“{line},” said the mayor of the town in the council last night.",
        f"“{line},” as others put it on Monday morning when it rained.",
    )
    assert found.strip("“”,") == line


def test_tails_of_other_sentences_go() -> None:
    shared = "of the whole valley. Nobody in this town will ever pay twice for its clean water. That is"
    (found,) = quoted(
        f"It is the wish of all the old people and the young ones {shared} what the mayor told the press on Monday.",
        f"He spoke for every farmer and every miller {shared} a promise that few of the others believed in.",
    )
    assert found == "Nobody in this town will ever pay twice for its clean water."


def test_a_long_text_is_cut_to_one_sentence_of_it() -> None:
    sentences = [f"The {n} bridge of the valley was built by hand in the year of the great {n} flood." for n in
                 ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")]  # fmt: skip
    (found,) = quoted(" ".join(sentences), " ".join(sentences))
    assert found in sentences


def test_headings_titles_and_links_are_no_part_of_a_sentence() -> None:
    line = "Sen. Alder told the U.S. Senate that nobody in this valley will ever pay twice for clean water"
    (found,) = quoted(f"\n\nWATER PLAN\n\n{line}.", f"\n\nNO PAYMENT\n\n{line}. https://example.org/a")
    assert found == f"{line}."


def test_scripts_without_capitals_are_cut_at_their_own_marks() -> None:
    line = "لن نرتاح حتى تحصل كل أسرة في هذا الوادي على مياه نظيفة"
    (found,) = quoted(f"وصل الوفد أمس. {line}؟ نعم.", f"غادر الضيف اليوم. {line}؟ لا أحد يعلم.")
    assert found == f"{line}؟"


def test_what_a_preposition_begins_within_a_sentence_is_not_cut_off_it_in_a_script_without_capitals() -> None:
    line = "في المنطقة الممتدة شرقا من الوادي الكبير وحتى الجسر القديم وغربا حتى السوق"
    (found,) = quoted(
        f"وصل الوفد أمس. فرض حالة الطوارئ «{line}» لمدة ثلاثة أشهر.",
        f"غادر الضيف اليوم. يسري القرار «{line}» حتى نهاية العام.",
    )
    assert line in found
    assert found.startswith(("فرض حالة الطوارئ", "يسري القرار"))


def test_a_sentence_that_goes_on_with_another_gives_way_to_one_that_stands_alone() -> None:
    line = "أن الطريق الجديد سيفتح في نهاية العام أمام كل سكان الوادي والقرى المجاورة"
    (found,) = quoted(f"وصل الوفد أمس.\n\nمؤكدا {line}.", f"غادر الضيف اليوم. أكد المدير {line}.", f"مؤكدا {line}.")
    assert found == f"أكد المدير {line}."


@pytest.mark.parametrize(
    ("text", "words", "shared", "expected"),
    [
        ('She said, "We must act." Then', "We must act", "We must act", '"We must act."'),
        ("He asked (twice) for it.", "He asked (twice) for it", "asked", "He asked (twice) for it."),
        ("act now,” said Alder. Then", "act now,” said Alder", "act now", "act now"),
        ("said: “We must act now and", "said: “We must act now", "We must act now", "We must act now"),
        (
            "They call it “freedom” and want more",
            "They call it “freedom” and want more",
            "and want more",
            "They call it “freedom” and want more",
        ),
        ("sie sagt „nein“ und geht", "sagt „nein“ und geht", "geht", "sagt „nein“ und geht"),
        ("They call it “freedom“ and want", "it “freedom“ and want", "and want", "it “freedom“ and want"),
        ("costs $5 or 10%, at most", "$5 or 10", "5 or 10", "$5 or 10%"),
        ("«نحن هنا» قال", "نحن هنا", "نحن هنا", "«نحن هنا»"),
        (
            'It calls on them «to stop at once" and',
            "It calls on them «to stop at once",
            "to stop at once",
            'It calls on them «to stop at once"',
        ),
        ("from “Alder Mills” for new machines", "Mills” for new machines", "for new", "Mills” for new machines"),
        ("a plan against “lies, and more”", "a plan against “lies", "a plan", "a plan against “lies"),
        ("#WeMustAct now!! Then", "WeMustAct now", "now", "#WeMustAct now!!"),
    ],
)
def test_marks_belong_to_their_words_and_never_stand_alone(text: str, words: str, shared: str, expected: str) -> None:
    start, at = text.index(words), text.index(shared)
    a, b = bounded(text, start, start + len(words), at, at + len(shared))
    assert text[a:b] == expected


@given(st.text(st.sampled_from('ab .,!?"“”«»()…:—'), min_size=1, max_size=40), st.data())
def test_bounds_stay_in_the_text_and_have_no_white_space_at_the_ends(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    a, b = bounded(text, start, end, start, end)
    assert 0 <= a <= b <= len(text)
    assert text[a:b] == text[a:b].strip()


def test_every_talking_point_has_a_quote_that_touches_one_of_its_passages() -> None:
    lines = [
        "Nobody in this valley will ever pay twice for clean water",
        "The bridge will be built before the next flood comes",
    ]
    rows = [
        {"source": f"s{i}", "text": f"{OWN[i]} {' '.join(lines)}. {OWN[i - 1]}"} for i in range(3)
    ] + [{"source": "s4", "text": f"{lines[1]} here"}]  # fmt: skip
    study = find(rows)
    passages = study.passages.arrow().to_pylist()
    for point in study.talking_points.arrow().to_pylist():
        assert any(
            p["doc_id"] == point["quote_doc"] and p["start"] < point["quote_end"] and p["end"] > point["quote_start"]
            for p in passages
            if p["tp_id"] == point["tp_id"]
        )
