"""What users see: passages that say something else are in no talking point of the line."""

from __future__ import annotations

from typing import Any

import inchorus

LINE = "the council will lower the taxes of every family in Norwick before the end of March because 40 shops closed"


def documents(*texts: str) -> list[dict[str, Any]]:
    own = ("amber bolts", "copper doors", "linen flags", "marble gates", "velvet lamps", "willow masts")
    return [
        {
            "id": str(i),
            "source": f"s{i}",
            "time": f"2024-03-{i + 1:02d}",
            "text": f"{own[i % 6]} number{i}. {text}. {own[-1 - i % 6]} day{i}.",
        }
        for i, text in enumerate(texts)
    ]


def spoken(*texts: str) -> dict[str, set[str]]:
    """The sources of each talking point, by its wording; but for what lines have in common that turn it round."""
    study = inchorus.find(documents(*texts))
    out: dict[str, set[str]] = {}
    wordings = {
        row["tp_id"]: row["text"]
        for row in study.talking_points.arrow().to_pylist()
        if "turn it round" not in row["label_rule"]
    }
    for row in study.passages.arrow().to_pylist():
        if row["tp_id"] in wordings:
            out.setdefault(wordings[row["tp_id"]], set()).add(row["source"])
    return out


def test_who_gives_another_number_does_not_repeat_the_line() -> None:
    found = spoken(LINE, LINE, LINE.replace("40", "70"))
    assert {"s0", "s1"} in found.values()
    assert not any("40" in wording and "s2" in sources for wording, sources in found.items())


def test_what_two_say_with_another_number_is_a_talking_point_of_its_own() -> None:
    other = LINE.replace("40", "70")
    found = spoken(LINE, LINE, other, other)
    assert next(s for w, s in found.items() if "70" in w) == {"s2", "s3"}
    assert next(s for w, s in found.items() if "40" in w) == {"s0", "s1"}


def test_words_that_both_have_to_the_letter_stay_found() -> None:
    found = spoken(LINE, LINE, LINE.replace("40", "70"))
    shared = [w for w, s in found.items() if "s2" in s]
    assert shared
    assert all(w in LINE for w in shared)


def test_harmless_edits_stay() -> None:
    found = spoken(LINE, LINE.replace("every", "each"), LINE.replace("the taxes", "taxes"), LINE.upper())
    assert {"s0", "s1", "s2", "s3"} in found.values()


def test_who_has_the_words_of_a_line_to_the_letter_is_in_it() -> None:
    # s0 has both: a passage of the one line is no reason to be left out of the other.
    short = "lower the taxes of every family in Norwick before the end of March"
    rest = "said the mayor on Tuesday to 30 traders who had come from all over the county to hear her speak"
    found = spoken(f"{LINE} {rest}", f"{LINE} {rest}", f"all parties will {short} 2031 and 12 schools and roads", short)
    for wording, sources in found.items():
        if wording in short:
            assert sources == {"s0", "s1", "s2", "s3"}


SHORT = "not one judge has asked the {} why it got the work without any bidding"
AROUND = ("The people of the town saw the port and the bank by the road to the river.",) * 2


def test_one_word_that_two_sources_have_for_another_where_nouns_stand_is_something_else() -> None:
    one, other = SHORT.format("bank"), SHORT.format("port")
    found = spoken(one, one, one, other, other, *AROUND)
    assert next(s for w, s in found.items() if "bank" in w and "without" in w) == {"s0", "s1", "s2"}
    assert next(s for w, s in found.items() if "port" in w and "without" in w) == {"s3", "s4"}


def test_of_one_source_it_may_be_an_edit() -> None:
    one, other = SHORT.format("bank"), SHORT.format("port")
    found = spoken(one, one, one, other, *AROUND)
    assert any({"s0", "s1", "s2", "s3"} == sources for sources in found.values())


def test_a_name_is_one_in_capitals_and_at_the_beginning_too() -> None:
    line = "Brightwater should pay every worker of the town what they earned"
    found = spoken(
        line.upper(), line.upper(), line.upper(), line.replace("Brightwater", "Kestrel"),
        "The men asked Brightwater and Kestrel for more.", "The women asked Brightwater and Kestrel for less.",
    )  # fmt: skip
    assert not any("s3" in sources and "BRIGHTWATER" in wording for wording, sources in found.items())
