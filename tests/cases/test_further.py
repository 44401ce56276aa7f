"""Further inputs of the kinds of the cases: other languages and scripts, other lengths, several mixes."""

from __future__ import annotations

import random
import unicodedata
from itertools import pairwise
from typing import Any

import pytest
from rapidfuzz.distance import LCSseq

import inchorus

Rows = list[dict[str, Any]]
SAID = {
    "en": "The ferry board announced that passengers travelling without luggage would henceforth receive a "
    "considerable discount provided they registered beforehand at the harbourmaster's temporary office",
    "de": "Der Kreistag beschloss gestern mehrheitlich dass die Umgehungsstraße östlich der Kläranlage vorläufig "
    "zurückgestellt und stattdessen der Wasserleitungsbau vorgezogen werden soll",
    "ru": "Областное правительство объявило что строительство водопровода через заповедник приостановлено до "
    "завершения независимой экологической экспертизы назначенной прокуратурой",
    "el": "Το περιφερειακό συμβούλιο ανακοίνωσε ότι η κατασκευή του υδραγωγείου αναβάλλεται μέχρι να ολοκληρωθεί η "
    "ανεξάρτητη περιβαλλοντική αξιολόγηση",
    "ar": "أعلن مجلس المحافظة أن بناء خط المياه عبر المحمية سيتوقف حتى انتهاء التقييم البيئي المستقل الذي طلبه السكان",
    "he": "המועצה האזורית הודיעה שבניית קו המים דרך השמורה תיעצר עד לסיום הבדיקה הסביבתית העצמאית",
    "hi": "ज़िला परिषद ने घोषणा की कि अभयारण्य से होकर पानी की लाइन का निर्माण स्वतंत्र जाँच पूरी होने तक रुका रहेगा",
    "zh": "区议会宣布穿过保护区的输水管道工程将暂停施工直到居民要求的独立环境评估完成为止",
    "th": "สภาเขตประกาศว่าการก่อสร้างท่อน้ำผ่านเขตสงวนจะหยุดจนกว่าการประเมินอิสระจะทำเสร็จ",
    "ko": "군의회는 보호 구역을 지나는 수도관 공사를 독립 환경 평가가 끝날 때까지 멈추겠다고 어제 저녁에 발표했다",
    "vi": "Hội đồng huyện thông báo rằng việc xây đường ống nước qua khu bảo tồn sẽ tạm dừng đến khi đánh giá xong",
}


def study(rows: Rows, **options: Any) -> list[dict[str, Any]]:
    """The talking points, each with its `sources` and its `spans` (source, start, end, similarity, copied_from)."""
    found = inchorus.find(rows, **options)
    passages = found.passages.arrow().to_pylist()
    source = {d["doc_id"]: d["source"] for d in found.documents.arrow().to_pylist()}
    points: list[dict[str, Any]] = found.talking_points.arrow().to_pylist()
    for point in points:
        mine = sorted((p for p in passages if p["tp_id"] == point["tp_id"]), key=lambda p: (p["doc_id"], p["start"]))
        for a, b in pairwise(mine):
            assert a["doc_id"] != b["doc_id"] or a["end"] <= b["start"]
        point["sources"] = {p["source"] for p in mine}
        point["passages"] = mine
        point["copied"] = {p["source"]: source.get(p["copied_from"]) for p in mine}
    return points


def words(seed: int, n: int) -> list[str]:
    """Words that no language has."""
    rng = random.Random(seed)
    return [
        "".join(rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in range(rng.randint(2, 4))) for _ in range(n)
    ]


def broken(text: str, sign: str, end: str, width: int = 28) -> str:
    """The text in lines, its words broken where a line is full."""
    lines, line = [], ""
    for word in text.split():
        room = width - len(line) - 2
        if len(line) + len(word) < width:
            line = f"{line} {word}".strip()
        elif room > 2 and len(word) - room > 2 and word.isalpha():
            lines.append(f"{line} {word[:room]}{sign}")
            line = word[room:]
        else:
            lines.append(line)
            line = word
    return end.join([*lines, line])


BREAKS = [("-", "\n"), ("¬", "\n"), ("\u00ad", "\r\n"), ("\u2010", "\n  "), ("=", "\n"), ("⸗", "\n"), ("-", "\n\n\f")]


@pytest.mark.parametrize("language", ["en", "de", "ru", "el"])
def test_scans_break_words_in_many_ways(language: str) -> None:
    rows = [{"source": "whole", "text": SAID[language]}]
    rows += [{"source": f"scan{k}", "text": broken(SAID[language], *way)} for k, way in enumerate(BREAKS)]
    assert all(len(row["text"]) > len(SAID[language]) for row in rows[1:])
    (point,) = study(rows)
    assert len(point["sources"]) == 8
    assert all(p["similarity"] == 1 for p in point["passages"])
    assert {p["end"] - p["start"] for p in point["passages"]} == {len(row["text"]) for row in rows}


HIDDEN = "\u200b\u2060\ufeff\u00ad\u200e\u200f\u034f\u2063\u061c\ufe0f\u180e\u2068\U000e0041"


def written(text: str) -> dict[str, str]:
    """The text in other ways of writing the same words, by what was done."""
    parts = [(c, i % 4 == 1 and c.isalpha()) for i, c in enumerate(text)]
    return {
        **{f"{ord(sign):x}": "".join(c + sign if there else c for c, there in parts) for sign in HIDDEN},
        "NFC": unicodedata.normalize("NFC", text),
        "NFD": unicodedata.normalize("NFD", text),
        "NFKC": unicodedata.normalize("NFKC", text),
        "NFKD": unicodedata.normalize("NFKD", text),
        "no-break": text.replace(" ", "\u00a0"),
        "thin": text.replace(" ", "\u2009"),
        "upper": text.upper(),
        "right to left": f"\u202b{text}\u202c",
        "markup": f"<p>{text.replace(' ', '&nbsp;', 2)}</p>",
        "entities": "".join(c if c.isascii() else f"&#x{ord(c):x};" for c in text),
    }


@pytest.mark.parametrize("language", ["ru", "ar", "he", "hi", "zh", "th", "ko", "vi"])
def test_the_same_words_however_they_are_written(language: str) -> None:
    ways = written(SAID[language])
    rows = [{"source": name, "text": text} for name, text in ways.items()]
    (point,) = study([{"source": "plain", "text": SAID[language]}, *rows])
    assert point["sources"] == {"plain", *ways}
    assert all(p["similarity"] == 1 for p in point["passages"])


@pytest.mark.parametrize(
    ("form", "tail"),
    [
        (
            "Ich lehne es ab, dass der Fahrpreis steigt, weil Schüler von den Inseln keine andere Wahl haben.",
            "Einwendung zum Entwurf der Tarifordnung für den Fährverkehr am Sund, zweite Auslegung, Akte TF 2021/87",
        ),
        (
            "نرفض رفع ثمن التذاكر لأن تلاميذ الجزر لا يملكون طريقا آخر إلى مدارسهم في الشتاء",
            "ملاحظة على مشروع لائحة أسعار العبارات بين الجزر والميناء القديم رقم الملف 87 لسنة 2021",
        ),
        (
            "Мы против повышения цены билета потому что школьники с островов не имеют другой дороги в школу зимой.",
            "Замечание к проекту правил о тарифах паромного сообщения между островами и портом, дело номер 87",
        ),
    ],
)
@pytest.mark.parametrize("before", [False, True])
def test_what_all_comments_begin_or_end_with(form: str, tail: str, before: bool) -> None:
    said = [(f"form{k}", form) for k in range(5)]
    said += [(f"own{k}", " ".join(words(k, 16)).capitalize() + ".") for k in range(12)]
    rows = [{"source": s, "text": f"{tail}\n{text}" if before else f"{text}\n{tail}"} for s, text in said]
    points = study(rows)
    assert {s for s, _ in said} in [p["sources"] for p in points]
    with_form = [p for p in points if form.rstrip(".") in p["text"]]
    assert with_form
    assert all(p["sources"] == {f"form{k}" for k in range(5)} for p in with_form)


@pytest.mark.parametrize(
    "text",
    [
        "нет " * 14,
        "build the wall " * 5,
        "stop the new toll now " * 6,
        "🔥 vote " * 9,
        "加油中国" * 8,
        "الشعب يريد " * 9,
    ],
)
def test_words_that_repeat_in_any_script(text: str) -> None:
    (point,) = study([{"source": f"acct{k}", "text": text.strip()} for k in range(6)])
    assert len(point["sources"]) == 6


@pytest.mark.parametrize(("whole", "first"), [(9, 7), (10, 7), (13, 8), (20, 14)])
def test_that_fifty_others_share_the_beginning_or_the_end_takes_nothing_away(whole: int, first: int) -> None:
    said = words(1, whole)
    for part in (said[:first], said[-first:]):
        rows = [
            {"source": f"full{k}", "text": " ".join([*words(10 + k, 5), *said, *words(20 + k, 5)])} for k in range(2)
        ]
        rows += [
            {"source": f"o{k}", "text": " ".join([*words(30 + k, 6), *part, *words(90 + k, 6)])} for k in range(50)
        ]
        assert any(p["sources"] == {"full0", "full1"} and p["words"] >= whole for p in study(rows))


@pytest.mark.parametrize(("size", "step"), [(16, 3), (120, 30), (12, 3)])
def test_texts_that_move_on(size: int, step: int) -> None:
    of = words(2, 400)
    said = {f"c{k:02}": of[step * k : step * k + size] for k in range(10)}
    points = study(
        [{"source": s, "time": f"2024-03-{k + 1:02}", "text": " ".join(t)} for k, (s, t) in enumerate(said.items())]
    )
    for a, b in pairwise(said):
        assert any({a, b} <= p["sources"] for p in points)
    for point in points:
        whole = point["text"].split()
        for p in point["passages"]:
            own = " ".join(said[p["source"]])[p["start"] : p["end"]].split()
            assert 2 * LCSseq.similarity(whole, own) / (len(whole) + len(own)) >= 0.6


def test_one_line_again_and_again_in_several_documents() -> None:
    line = "the mayor promised to keep the ferry running through the winter for everyone on the island"
    own = [" ".join(words(k, 9)) for k in range(5)]
    rows = [
        {"source": "s1", "text": ". ".join(f"{line} {text}" for text in own)},
        {"source": "s2", "text": f"{line}. {' '.join(words(20, 20))}. {line}"},
        {"source": "s3", "text": line},
    ]
    (point,) = study(rows)
    assert (point["n_sources"], point["n_documents"], point["n_passages"]) == (3, 3, 8)
    (point,) = study(
        [
            {"source": s, "text": "我们绝不会为同一股水支付两次费用，市长必须辞职。" * n}
            for s, n in (("甲", 7), ("乙", 1))
        ]
    )
    assert (point["n_sources"], point["n_documents"], point["n_passages"]) == (2, 2, 8)


def test_sections_of_a_small_bill_in_another_order_in_a_large_one() -> None:
    def section(number: int, seed: int, size: int) -> str:
        title, said = words(seed, 3), words(seed + 1000, size)
        return f"SEC. {number}. {' '.join(title).upper()}.\n(a) {' '.join(said).capitalize()}.\n\n"

    small = [section(n, 2000 + n, 80) for n in range(5)]
    order = [3, 0, 4, 1, 2]
    moved = [small[k].replace(f"SEC. {k}.", f"SEC. {700 + k}.") for k in order]
    large = [section(n, 3000 + n, 120) for n in range(30)]
    within = [text for pair in zip(large, moved, strict=False) for text in pair] + large[5:]
    rows = [("small", "2020-01-01", "".join(small)), ("large", "2020-03-01", "".join(within))]
    points = study([{"source": s, "time": t, "text": text} for s, t, text in rows])
    covered = {n for p in points for q in p["passages"] if q["source"] == "small" for n in range(q["start"], q["end"])}
    assert len(covered) > 0.95 * len(rows[0][2])
    assert all(p["first_sources"] == ["small"] for p in points)


@pytest.mark.parametrize(
    ("times", "first", "copied"),
    [
        (["2024-05-01", "2024-05-01T09:30", "2024-05-02T08:00:00"], "AB", {"A": None, "B": None, "C": "A"}),
        (["2024-05-01T23:30:00-05:00", "2024-05-02T04:00:00Z", "2024-05-02T06:00:00+02:00"], "BC",
            {"A": "C", "B": None, "C": None}),
        (["2024-05-01T10:00:00Z", None, "2024-05-03T10:00:00Z"], "A", {"A": None, "B": None, "C": "A"}),
        ([None, None, None], "", {"A": None, "B": None, "C": None}),
        (["2024-05-01T10:00", "2024-05-01T10:00:30Z", "2024-05-01T10:01:10Z"], "AB", {"A": None, "B": None, "C": "A"}),
        (["2024-05-02", "2024-05-01T23:00:00-05:00", "2024-05-04"], "AB", {"A": None, "B": None, "C": "A"}),
    ],
)  # fmt: skip
def test_who_is_first_where_times_differ_in_zone_and_precision(
    times: list[str | None], first: str, copied: dict[str, str | None]
) -> None:
    said = " ".join(words(7, 60))
    (point,) = study([{"source": s, "time": t, "text": said} for s, t in zip("ABC", times, strict=True)])
    assert point["first_sources"] == list(first)
    assert {s: c is not None for s, c in point["copied"].items()} == {s: c is not None for s, c in copied.items()}
    assert all(c in {None, *first} for c in point["copied"].values())
