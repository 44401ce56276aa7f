"""Quotations of one text: their spans, their speakers, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.quote.altered import changes
from inchorus.quote.document import quotations
from inchorus.quote.found import in_chunk
from inchorus.quote.language import codes, language
from inchorus.quote.quotation import Quotation

EN, DE = language("en"), language("de")


def told(text: str, found: Quotation) -> tuple[list[str], str | None]:
    return [text[a:b] for a, b in found.spans], found.speaker and text[slice(*found.speaker)]


def direct(text: str, code: str = "en") -> list[tuple[list[str], str | None]]:
    return [told(text, q) for q in quotations(text, language(code)) if q.direct]


def indirect(text: str, code: str = "en") -> list[tuple[list[str], str | None]]:
    return [told(text, q) for q in quotations(text, language(code)) if not q.direct]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The bridge is safe,” Ada Ash said.", "Ada Ash"),
        ("“The bridge is safe,” said Ada Ash.", "Ada Ash"),
        ("“The bridge is safe,” said Ada Ash, who built it.", "Ada Ash"),
        ("Ada Ash, the mayor of Oldford, told reporters on Tuesday: “The bridge is safe.”", "Ada Ash"),
        ("According to Ada Ash, “the bridge is safe.”", "Ada Ash"),
        ("“The bridge is safe,” according to Ada Ash.", "Ada Ash"),
        ("In a statement on Monday, Ada Ash said: “The bridge is safe.”", "Ada Ash"),
        ("Ada Ash came in and said, “The bridge is safe.”", "Ada Ash"),
        ("Ada Ash fumed: “The bridge is safe.”", "Ada Ash"),
        ("Ada Ash, Chairman of the Oldford Bridge Council, said, “The bridge is safe.”", "Ada Ash"),
        ("The following is a statement by Ada Ash: “The bridge is safe.”", "Ada Ash"),
        ("“The bridge is safe,” conservative activist Ada Ash said.", "conservative activist Ada Ash"),
        ("“The bridge is safe,” Ada Ash, 41, of Oldford, who was there, said on Friday.", "Ada Ash"),
    ],
)
def test_the_speaker_stands_beside_the_word_of_saying(text: str, speaker: str) -> None:
    [(pieces, found)] = direct(text)
    assert pieces[0].casefold().rstrip(",.") == "the bridge is safe"
    assert found == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("„Die Brücke ist sicher“, sagte Ada Ash.", "Ada Ash"),
        ("Ada Ash sagte: „Die Brücke ist sicher.“", "Ada Ash"),
        ("„Die Brücke ist sicher“, so die Bürgermeisterin.", "die Bürgermeisterin"),
        ("Am Montag sagte Ada Ash: „Die Brücke ist sicher.“", "Ada Ash"),
        ("Laut Ada Ash „ist die Brücke sehr sicher“.", "Ada Ash"),
    ],
)
def test_german_puts_the_speaker_on_either_side(text: str, speaker: str) -> None:
    assert [found for _, found in direct(text, "de")] == [speaker]


def test_what_somebody_says_in_passing_is_of_the_subject_behind_it() -> None:
    assert direct("Calling it “a bridge to nowhere at all,” Mayor Ada Ash left the hall.")[0][1] == "Mayor Ada Ash"


def test_a_split_quotation_is_one_with_two_pieces() -> None:
    text = "“We will build it,” she said, “and nobody will pay twice.”"
    assert direct(text) == [(["We will build it,", "and nobody will pay twice."], "she")]


def test_a_quotation_over_paragraphs_is_one() -> None:
    text = "Ada Ash said: “One thing is clear.\n\n“Nobody will pay twice.\n\n“That is all.”\n\nShe left."
    assert direct(text) == [(["One thing is clear.", "Nobody will pay twice.", "That is all."], "Ada Ash")]


def test_a_quotation_alone_has_the_speaker_of_the_one_before() -> None:
    text = "“It is safe,” said Ada Ash.\n\n“Nobody will ever have to pay for it twice.”"
    assert [speaker for _, speaker in direct(text)] == ["Ada Ash", "Ada Ash"]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “experts” came to the hall.",
        "Ben Oak read from his book “The Long Road to Oldford” in the library.",
        "The film “Summer Nights” opened, and the song “Blue Water” was played.",
        'The board is 12" wide, and the boys’ club is closed.',
        "A “smart” meter was put into every house.",
        "He drove his '62 car past O'Brien's and the 5'10\" door.",
    ],
)
def test_what_is_no_quotation_is_none(text: str) -> None:
    assert direct(text) == []


def test_what_is_said_without_marks() -> None:
    assert indirect("Ada Ash said that the bridge is safe.") == [(["that the bridge is safe"], "Ada Ash")]
    assert indirect("The bridge is safe, Ada Ash said.") == [(["The bridge is safe"], "Ada Ash")]
    assert indirect("According to Ada Ash, the bridge is safe.") == [(["the bridge is safe"], "Ada Ash")]
    assert indirect("Laut Ada Ash ist die Brücke sicher.", "de")[0][1] == "Ada Ash"


def test_reported_speech_without_a_word_of_saying() -> None:
    assert [pieces for pieces, _ in indirect("Die Brücke sei sicher und koste nichts.", "de")] == [
        ["Die Brücke sei sicher und koste nichts"]
    ]


WORDS = st.sampled_from(
    'she said that told , . : “ ” " \' ’ „ « » according to Ada Ash the bridge is safe ? ! … \n\n \n 12" Mr. U.S. '
    "sagte laut zufolge sei … ( ) — 水 قال é 😀 ″ <b> &amp;".split(" ")
)


@settings(deadline=None, max_examples=150)
@given(st.lists(WORDS, max_size=70).map(" ".join), st.sampled_from(codes()))
def test_spans_are_of_the_text_in_order_and_apart(text: str, code: str) -> None:
    for quotation in quotations(text, language(code)):
        assert quotation.spans
        assert all(0 <= a < b <= len(text) for a, b in quotation.spans)
        assert all(a[1] <= b[0] for a, b in zip(quotation.spans, quotation.spans[1:], strict=False))
        for a, b in quotation.spans:
            assert not text[a].isspace()
            assert not text[b - 1].isspace()
        if quotation.speaker is not None:
            assert 0 <= quotation.speaker[0] < quotation.speaker[1] <= len(text)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for code in codes():
        quotations(text, language(code))


EVERYWHERE = st.one_of(
    st.sampled_from(
        [
            "“",
            "”",
            '"',
            "'",
            "’",
            "«",
            "»",
            "‹",
            "›",
            "„",
            "‚",
            "「",
            "」",
            "『",
            "』",
            "〝",
            "〟",
            "＂",
            "—",
            "–",
            "-",
            "\n",
            "\n\n",
            "“\u0301",
            "\n>",
            "\n\n    ",
            "wrote:",
            "<blockquote>",
            "</blockquote>",
        ]
    ),
    st.sampled_from(
        [
            "said",
            "dit",
            "dijo",
            "сказал",
            "قال",
            "گفت",
            "sagte",
            "Ash",
            "Эш",
            "أحمد",
            "水",
            "王明说：",
            "山田市長は",
            "と述べた。",
            "안녕",
            "😀👩‍👩‍👧",
            "e\u0301",
            "می‌کنیم",
            "🇫🇷",
            "\ufeff",
            "\u202e",
            "𝔘",
        ]
    ),
    st.text(max_size=4),
)


@settings(deadline=None, max_examples=200)
@given(st.lists(EVERYWHERE, max_size=40).map(" ".join), st.sampled_from(codes()))
def test_no_text_of_a_quotation_differs_from_its_document(text: str, code: str) -> None:
    found = in_chunk([7], [text], [code])
    for start, end, piece, begin, stop, speaker in zip(
        *(found[c].to_pylist() for c in ("start", "end", "text", "speaker_start", "speaker_end", "speaker")),
        strict=True,
    ):
        assert piece == text[start:end]
        assert speaker is None or speaker == text[begin:stop]


def test_tags_are_neither_words_nor_ends_of_sentences() -> None:
    text = "“The bridge is safe for carts,” Ben Oak said. <b>A. Ash</b> said: “Nobody may <i>build</i> behind it.”"
    found = quotations(text, language("en"))
    assert [text[slice(*q.speaker)] for q in found if q.speaker] == ["Ben Oak", "A. Ash"]
    assert changes("nobody may build behind it", ["nobody may <i>build</i> behind it"], language("en")) == []


@pytest.mark.parametrize("gap", ["\n\n", "\n   ", " \n \n"])
def test_a_paragraph_that_ends_with_a_colon_says_who_says_the_next(gap: str) -> None:
    text = f"It rained. Ada Ash read these words in the hall:{gap}“Nobody in this valley will pay for water twice.”"
    assert direct(text) == [(["Nobody in this valley will pay for water twice."], "Ada Ash")]


def test_a_noun_with_a_capital_is_no_word_of_saying() -> None:
    assert quotations("It is for judges and officers of the United States to weigh the rights of towns.", EN) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("As Ada Ash has stated, the owners who testified “did not answer the question put to them.”", "Ada Ash"),
        ("The FCC finally fell, stating that a “multiplicity of voices” spoke.", "The FCC"),
    ],
)
def test_who_is_only_said_to_speak_does_not_say_it(text: str, speaker: str) -> None:
    found = [q for q in quotations(text, language("en")) if q.direct]
    assert [text[slice(*q.speaker)] for q in found if q.speaker] == [speaker]


def test_the_title_of_a_report_is_no_quotation() -> None:
    text = (
        "Ash asked the board to read a recent report, “Rising Above the Gathering Storm: Water for a Brighter Future.”"
    )
    assert not any(q.direct for q in quotations(text, language("en")))
