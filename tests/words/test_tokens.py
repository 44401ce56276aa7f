from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from inchorus.words.flags import (
    IN_QUOTES,
    IS_CAPITAL,
    IS_CHARACTER,
    IS_NUMBER,
    STARTS_LINE,
    STARTS_SENTENCE,
)
from inchorus.words.scan import LONGEST
from inchorus.words.tokens import tokenise

TEXTS = (
    "",
    " \t\r\n",
    "e\u0301te\u0301 été ÉTÉ",
    "👨\u200d👩\u200d👧 family 👍🏽 ok",
    "قال الرئيس: «لن نرتاح» اليوم",
    "می\u200cخواهیم کتاب‌های خوب، یــک کشور",
    "Мы не успокоимся, пока… нет!",
    "我们决不罢休，直到山谷里。",
    "ประเทศไทยน้ำใจ",
    "साफ़ पानी मिलने तक",
    "שָׁלוֹם עֲלֵיכֶם",
    "co\u00adoperate co\u00adop\u00ad",
    "one\u00a0two\u3000three",
    "one\r\ntwo\rthree\n\nfour",
    "ＦＵＬＬ ｗｉｄｔｈ １２３",
    "𝔸𝕓 𠀀𠀁 𞤀𞤁 x",
    "nul\x00in\x00side",
    "don't 'quoted' it’s 1,250.5 3. 4",
    "1.a 2.3.4 a.b a,b '' .. ,, 5'",
    "\u0301leading mark \u200d\u200c",
    "中a中1中",
)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(
    "aB1 .,'’\"\n\r中ก\u0301\u200d\u0640é", max_size=30
)


def words(text: str) -> list[tuple[int, int, int, int]]:
    t = tokenise(pa.array([text], pa.large_string()))
    return [(int(s), int(n), int(h), int(f)) for s, n, h, f in zip(t.start, t.length, t.hash, t.flags, strict=True)]


def spelled(text: str) -> list[str]:
    return [text[s : s + n] for s, n, _, _ in words(text)]


def hashes(text: str) -> list[int]:
    return [h for _, _, h, _ in words(text)]


def flagged(text: str, flag: int) -> list[str]:
    return [text[s : s + n] for s, n, _, f in words(text) if f & flag]


def check_spans(text: str) -> None:
    last = 0
    for start, length, _, _ in words(text):
        assert start >= last
        assert 0 < length <= LONGEST
        last = start + length
        assert last <= len(text)
        first_kind = unicodedata.category(text[start])
        last_kind = unicodedata.category(text[last - 1])
        assert first_kind[0] in "LN" or first_kind == "Cn", (text, start)
        assert last_kind[0] in "LNM" or last_kind == "Cn", (text, start)


@pytest.mark.parametrize("text", TEXTS)
def test_spans_of_texts_in_many_scripts(text: str) -> None:
    check_spans(text)


@given(anything)
@settings(max_examples=300, deadline=None)
def test_spans_of_any_text(text: str) -> None:
    check_spans(text)


@given(st.text("abYZ09 \n!?()-/\t", max_size=60))
@settings(max_examples=200, deadline=None)
def test_plain_words_are_what_a_regular_expression_finds(text: str) -> None:
    assume(not re.search(r"-[ \t]*\n", text))  # may divide a word
    expected = [(m.start(), m.end() - m.start()) for m in re.finditer("[A-Za-z0-9]+", text)]
    assert [(s, n) for s, n, _, _ in words(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It's 1,250 Ж!", ["It's", "1,250", "Ж"]),
        ("don't 'quoted' it’s", ["don't", "quoted", "it’s"]),
        ("3.5% and 4. a.b", ["3.5", "and", "4", "a", "b"]),
        ("co\u00adoperate end\u00ad.", ["co\u00adoperate", "end"]),
        ("می\u200cخواهیم ما", ["می\u200cخواهیم", "ما"]),
        ("我们 go去", ["我", "们", "go", "去"]),
        ("น้ำใจ", ["น้", "ำ", "ใ", "จ"]),
        ("साफ़ पानी", ["साफ़", "पानी"]),
        ("👨\u200d👩 hi 👍🏽", ["hi"]),
        ("nul\x00in", ["nul", "in"]),
        ("one\u00a0two\u3000three", ["one", "two", "three"]),
        ("𠀀𠀁 𞤀𞤁", ["𠀀", "𠀁", "𞤀𞤁"]),
        ("", []),
        (".,'’ \n", []),
    ],
)
def test_words_of_hand_made_texts(text: str, expected: list[str]) -> None:
    assert spelled(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://t.co/abc?x=1, then www.foo.org/bar.", ["see", "then"]),
        ("lost spacehttps://t.co/x and herepic.twitter.com/Ab1 end", ["lost", "space", "and", "here", "end"]),
        ("my-site.com/x a bit.ly/3sd/ youtu.be/x", ["a"]),
        ("told him.he/she and/or U.S./Canada 1.5/2 km/h", "told him he she and or U S Canada 1.5 2 km h".split()),
        ("https://x.org/日本 日https://t.co/ab次", ["日", "本", "日", "次"]),
        ("http:// www. https:/ x:y ://", ["www", "https", "x", "y"]),
        ("https:\\/\\/t.co\\/abc x", ["x"]),
        ("M&uuml;nchen &amp; caf&#233;s&nbsp;x &bogus; a&b;", "M&uuml;nchen caf&#233;s x bogus a b".split()),
        ("<p>ru<wbr>ral <b>bold</b>x<br/>y <a href='u v'>z</a><!-- no -->", ["ru<wbr>ral", "bold", "x", "y", "z"]),
        ("a<b and c>d 3<4 <x> <p", ["a", "b", "and", "c", "d", "3", "4", "x", "p"]),
        ("RT @a_b: RT @c: hello there or…", ["hello", "there"]),
        ("RT @a: hello there or… https://t.co/…", ["hello", "there"]),
        ("RT @a: hello there …", ["hello", "there"]),
        ("it trails off...", ["it", "trails", "off"]),
        ("then RT @a: said", ["then", "RT", "a", "said"]),
        ("RT: said", ["RT", "said"]),
        ("we need #Brexit now, @joe says #Brexit", "we need Brexit now joe says Brexit".split()),
        ("vote today. #Brexit", ["vote", "today"]),
        ("vote today https://t.co/x #Brexit", ["vote", "today"]),
        ("vote #a, #b_c https://t.co/x @d today", ["vote", "today"]),
        ("#a#b vote today #c #d", ["vote", "today"]),
        ("@joe vote today", ["vote", "today"]),
        ("@joe.bsky.social vote (via @paper)", ["vote"]),
        ("#Brexit", []),
        ("#a_b says mail me@x.org of C# no &#a #1 @ # x", "a b says mail me x org of C no a 1 x".split()),
        ("你 #话题#世界 ＃a ＃b", ["你", "话", "题", "世", "界"]),
        ("RT @a: then #b #c hello there or…", ["then", "hello", "there"]),
        (
            "gath-\nered gath¬\r\n  ered co\u00ad\nop CON-\nTIN",
            ["gath-\nered", "gath¬\r\n  ered", "co\u00ad\nop", "CON-\nTIN"],
        ),
        (
            "gath=\nered gath⸗\nered co\u2e40\nop gath-\n\fered gath-\n\n \f\n ered CON-\f\nTIN",
            [
                *["gath=\nered", "gath⸗\nered", "co\u2e40\nop", "gath-\n\fered"],
                *["gath-\n\n \f\n ered", "CON-\f\nTIN"],
            ],
        ),
        ("a = \nb x=y a-\r\n\r\nb a-\r\rb Aa-\n\fB = c ⸗\nd", "a b x y a b a b Aa B c d".split()),
        ("Smith-\nJones a - \nb x--\ny 19-\nth a-\n\nb", ["Smith", "Jones", "a", "b", "x", "y", "19", "th", "a", "b"]),
    ],
)
def test_links_markup_reposts_and_broken_words(text: str, expected: list[str]) -> None:
    assert spelled(text) == expected


def test_a_word_cut_short_is_none_where_the_text_is_long_enough_to_have_been_cut() -> None:
    text = "x " * 60 + "hel…"
    assert len(spelled(text)) == 60
    assert len(spelled("x " * 40 + "hel…")) == 41


def test_thai_and_lao_am_is_one_letter_however_it_is_written() -> None:
    for word in ("ทำน้ำ", "ນໍ້າຄຳ"):
        assert hashes(unicodedata.normalize("NFKC", word)) == hashes(word) == hashes(unicodedata.normalize("NFD", word))
    assert len(hashes("ทำน้ำ")) == 4


def test_what_stands_for_another_spelling_has_its_hash() -> None:
    assert hashes("M&uuml;nchen ru<wbr>ral gath-\nered newshttps://t.co/a") == hashes("munchen rural gathered news")


@pytest.mark.parametrize(
    "code", [0x00AD, 0x034F, 0x061C, 0x180E, 0x200B, 0x200E, 0x2060, 0x2064, 0x3164, 0xFE0F, 0xE0101]
)
def test_what_cannot_be_seen_is_not_compared(code: int) -> None:
    assert hashes(f"mi{chr(code)}nistry {chr(code)}will{chr(code)}") == hashes("ministry will")


def test_hashtags_pass_the_beginning_of_a_sentence_on() -> None:
    assert flagged("One. #a #b two. @c @d. Three", STARTS_SENTENCE) == ["One", "two", "Three"]


def test_a_link_passes_the_beginning_of_a_sentence_on() -> None:
    assert flagged("One. https://t.co/x two. bit.ly/x three", STARTS_SENTENCE) == ["One", "two", "three"]


FRAGMENTS = [
    "<b>",
    "</p>",
    "<wbr>",
    "&eacute;",
    "&amp;",
    "https://t.co/x",
    "t.co/",
    "a-b.com/x",
    "RT @a: ",
    "#ab ",
    "@b.a",
    "_",
    " via @a",
    "-\n",
    "…",
    "'",
]
mixed = st.lists(st.sampled_from(FRAGMENTS) | st.text("ab1.,-:/ \n\u00ad\u200b\u0301水", max_size=5), max_size=12)


@given(mixed, st.data())
@settings(max_examples=300, deadline=None)
def test_a_passage_alone_has_the_words_that_it_has_in_its_text(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    found = words(text)
    last = 0
    for start, length, _, _ in found:
        assert last <= start < start + length <= len(text)
        last = start + length
    if found:
        a = data.draw(st.integers(0, len(found) - 1))
        b = data.draw(st.integers(a, len(found) - 1))
        passage = text[found[a][0] : found[b][0] + found[b][1]]
        alone = tokenise(pa.array([passage], pa.large_string()), whole=False)
        assert alone.hash.tolist() == [h for _, _, h, _ in found[a : b + 1]]


@given(st.sampled_from(TEXTS) | anything)
@settings(max_examples=300, deadline=None)
def test_composed_and_decomposed_texts_have_the_same_words(text: str) -> None:
    assert hashes(unicodedata.normalize("NFC", text)) == hashes(unicodedata.normalize("NFD", text))


@given(anything)
@settings(max_examples=300, deadline=None)
def test_case_does_not_matter(text: str) -> None:
    text = text.replace("ı", "i")  # Turkish alone tells it from i, and capitals do not
    if not text.startswith("\u0345"):
        assert hashes(text.casefold()) == hashes(text)
        assert hashes(text.lower()) == hashes(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("STRASSE ΣΊΣΥΦΟΣ İstanbul", "straße σίσυφος istanbul"),
        ("ﬁnance ﬀ", "finance ff"),
        ("ＦＵＬＬ ｗｉｄｔｈ １２３", "full width 123"),
        ("کتاب یک", "كتاب يك"),
        ("كـــتاب", "كتاب"),
        ("كِتَابٌ", "كتاب"),
        ("می\u200cخواهیم", "میخواهیم"),
        ("co\u00adoperate", "cooperate"),
        ("שָׁלוֹם", "שלום"),
        ("it’s don‘t", "it's don't"),
        ("١٢٣ ۴۵", "123 45"),
        ("1,250", "1250"),
        ("ŉ aŉ", "ʼn aʼn"),
        ("café Ёлка", "cafe елка"),
        ("\U0002f800", "\u4e3d"),
        ("\ufeffword", "word"),
    ],
)
def test_spellings_of_the_same_words(one: str, other: str) -> None:
    assert hashes(one) == hashes(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.5", "15"), ("1.5", "1,5"), ("ab c", "a bc"), ("का", "कि"), ("か", "が"), ("й", "о"), ("a", "b"), ("ab", "ba")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert hashes(one) != hashes(other)


@given(st.text("abcdé中ک", min_size=1, max_size=12), st.data())
@settings(max_examples=100, deadline=None)
def test_invisible_characters_inside_a_word_change_nothing(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word)))
    unseen = data.draw(st.sampled_from("\u00ad\u0640\u200b\u200c\u200d\u200e\u2060\ufeff"))
    changed = word[:at] + unseen + word[at:]
    assert hashes(changed) == hashes(word)
    assert spelled(changed)[0][-1] != unseen


def test_no_letter_folds_to_nothing_or_to_a_space() -> None:
    from inchorus.words.fold import PLANES, fold_tables

    fold = fold_tables()
    for code in range(PLANES):
        if fold.kind[code] & 7 in {1, 2, 7}:
            lo = int(fold.first[code])
            folded = [chr(c) for c in fold.folded[lo : lo + int(fold.size[code])]]
            assert folded, hex(code)
            assert not any(c.isspace() for c in folded), hex(code)


@pytest.mark.parametrize("size", [LONGEST - 1, LONGEST, LONGEST + 1, 2 * LONGEST + 7])
@pytest.mark.parametrize("letter", ["a", "é", "𞤀"])
def test_a_very_long_word_is_cut_and_nothing_of_it_is_lost(size: int, letter: str) -> None:
    found = words("x " + letter * size + " y")
    assert sum(n for _, n, _, _ in found) == size + 2
    assert all(n <= LONGEST for _, n, _, _ in found)
    assert [b[0] - a[0] - a[1] for a, b in pairwise(found[1:-1])] == [0] * (len(found) - 3)
    assert found[-1][:2] == (size + 3, 1)


def test_a_word_with_thousands_of_marks_keeps_to_its_limits() -> None:
    check_spans("a" + "\u0301" * 200_000 + " b" + "\u00ad" * 70_000 + "c")


def test_slices_nulls_and_small_strings() -> None:
    texts = ["no", "Здравствуй мир", None, "", "a b c", "no"]
    whole = pa.array(texts, pa.string())
    for array in (
        whole.slice(1, 4),
        whole.cast(pa.large_string()).slice(1, 4),
        pa.array(texts[1:5], pa.large_string()),
    ):
        t = tokenise(array)
        assert t.offsets.tolist() == [0, 2, 2, 2, 5]
        assert t.start.tolist() == [0, 11, 0, 2, 4]
        assert t.length.tolist() == [10, 3, 1, 1, 1]


@pytest.mark.parametrize("texts", [[], [None], [None, None], [""], ["", None, " "]])
def test_no_text_no_words(texts: list[str | None]) -> None:
    for kind in (pa.string(), pa.large_string()):
        t = tokenise(pa.array(texts, kind))
        assert t.offsets.tolist() == [0] * (len(texts) + 1)
        assert len(t.hash) == 0


def test_flags_of_capitals_numbers_and_characters() -> None:
    text = "The quick Ёж 12th 3 我们 élan Élan"
    assert flagged(text, IS_CAPITAL) == ["The", "Ёж", "Élan"]
    assert flagged(text, IS_NUMBER) == ["12th", "3"]
    assert flagged(text, IS_CHARACTER) == ["我", "们"]


def test_flags_of_sentences() -> None:
    text = "One two. Three, four! five? Six: seven at 3.5 p.m. on\n\neight nine。十"
    assert flagged(text, STARTS_SENTENCE) == ["One", "Three", "five", "Six", "seven", "eight", "十"]
    assert flagged("the U. S. Senate met. It", STARTS_SENTENCE) == ["the", "It"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_flags_of_lines(end: str) -> None:
    assert flagged(f"one two{end}three four{end}{end}five", STARTS_LINE) == ["one", "three", "five"]
    assert flagged("one two   three", STARTS_LINE) == ["one", "three"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we will go" and left', ["we", "will", "go"]),
        ("He said “we will” and left", ["we", "will"]),
        ("قال «لن نرتاح» اليوم", ["لن", "نرتاح"]),
        ("他说「我们」了", ["我", "们"]),
        ('("yes") no', ["yes"]),
        ("“never closed\n\nnext paragraph", ["never", "closed"]),
        ("“carries\r\non” here", ["carries", "on"]),
    ],
)
def test_flags_of_quotations(text: str, expected: list[str]) -> None:
    assert flagged(text, IN_QUOTES) == expected
