"""Chinese and Japanese, which write no spaces: in brackets and in marks, with the speaker on either side."""

from __future__ import annotations

import pytest

from inchorus.quote.altered import changes
from inchorus.quote.document import quotations
from inchorus.quote.found import named
from inchorus.quote.language import Language, language, told

ZH, JA = language("zh"), language("ja")


@pytest.mark.parametrize(
    ("text", "said", "who"),
    [
        ("王明说：“桥是安全的，没有人会付两次钱。”", ["桥是安全的，没有人会付两次钱。"], "王明"),
        ("“桥是安全的，没有人会付两次钱，”王明说。", ["桥是安全的，没有人会付两次钱，"], "王明"),
        ("市长王明在会上表示：「桥是安全的。」", ["桥是安全的。"], "王明"),
        ("王明市長表示，「橋是安全的。」", ["橋是安全的。"], "王明"),
        ("“桥是安全的，”王明说，“没有人会付两次钱。”", ["桥是安全的，", "没有人会付两次钱。"], "王明"),
        ("据王明介绍，“桥是安全的”。", ["桥是安全的"], "王明"),
        ("昨天，王明强调：“桥是安全的。”", ["桥是安全的。"], "王明"),
        ("李华写道：『桥是安全的。』", ["桥是安全的。"], "李华"),
        ("天气很好。李华还补充说：“我们明天开工。”", ["我们明天开工。"], "李华"),
        ('发言人李华回应称:"我们明天开工。"', ["我们明天开工。"], "李华"),
    ],
)
def test_chinese(text: str, said: list[str], who: str) -> None:
    assert told(text) == ZH
    (found,) = quotations(text, ZH)
    assert [text[a:b] for a, b in found.spans] == said
    assert named(text, [found], ZH) == [who]


@pytest.mark.parametrize(
    ("text", "said", "who"),
    [
        ("山田市長は「橋は安全だ」と述べた。", "橋は安全だ", "山田"),
        ("「橋は安全だ」と山田市長は述べた。", "橋は安全だ", "山田"),
        ("山田氏は記者団に「誰も二度払わない」と語った。", "誰も二度払わない", "山田"),
        ("一方、山田さんは『橋は安全だ』と話した。", "橋は安全だ", "山田"),
        ("山田教授によると、「橋は安全だ」という。", "橋は安全だ", "山田"),
        ("佐藤知事は会見で、「橋を直す」と強調した。", "橋を直す", "佐藤"),
        ("「橋を直すべきだ」と佐藤議員が指摘した。", "橋を直すべきだ", "佐藤"),
        ("会議が開かれた。佐藤社長は「橋は売らない」と答えた。", "橋は売らない", "佐藤"),
        ("佐藤さんも「橋は美しい」と笑顔で話した。", "橋は美しい", "佐藤"),
        ("佐藤代表は「橋は美しい」などと訴えた。", "橋は美しい", "佐藤"),
    ],
)
def test_japanese(text: str, said: str, who: str) -> None:
    assert told(text) == JA
    (found,) = quotations(text, JA)
    assert [text[a:b] for a, b in found.spans] == [said]
    assert named(text, [found], JA) == [who]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("所谓“专家”来到了市政厅。", ZH),
        ("他看了电影“夏夜的桥”，然后回家。", ZH),
        ("いわゆる「専門家」が来た。", JA),
        ("映画「夏の橋」を見た。", JA),
    ],
)
def test_a_name_and_a_word_held_at_a_distance_are_none(text: str, of: Language) -> None:
    assert quotations(text, of) == []


def test_alterations_are_classed_by_letters() -> None:
    (change,) = changes("我们不会卖掉这座桥", ["我们会卖掉这座桥"], ZH)
    assert change.kind == "negation"
