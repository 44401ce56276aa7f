"""Who has the words of a line behind others that turn them round says something else."""

from __future__ import annotations

import pytest

import inchorus
from match.test_split import LINE, documents, spoken


@pytest.mark.parametrize(
    "lead",
    [
        "Nobody believes that",
        "The mayor denied that",
        "It is false that",
        "A court in Norwick rejected the claim that",
    ],
)
def test_who_denies_a_line_is_not_in_it(lead: str) -> None:
    found = spoken(LINE, LINE, LINE, f"{lead} {LINE}")
    assert {"s0", "s1", "s2"} in found.values()
    assert not any("s3" in sources for sources in found.values())


def test_a_denial_that_two_make_is_a_talking_point_with_its_denial() -> None:
    denied = f"The mayor denied that {LINE}"
    found = spoken(LINE, LINE, LINE, denied, denied)
    assert {"s0", "s1", "s2"} in found.values()
    assert next(s for w, s in found.items() if "denied" in w) == {"s3", "s4"}


def test_where_most_deny_it_the_line_is_the_denial() -> None:
    denied = f"The mayor denied that {LINE}"
    found = spoken(LINE, denied, denied, denied)
    assert not any(sources == {"s0", "s1", "s2", "s3"} for sources in found.values())
    assert any("denied" in wording and sources == {"s1", "s2", "s3"} for wording, sources in found.items())


def test_a_negation_far_before_a_line_in_its_sentence_turns_nothing() -> None:
    found = spoken(LINE, LINE, LINE, f"They would not wait in the cold for us to tell them here that {LINE}")
    assert {"s0", "s1", "s2", "s3"} in found.values()


def test_a_negation_of_a_sentence_before_turns_nothing() -> None:
    found = spoken(LINE, LINE, LINE, f"They said no. {LINE}")
    assert {"s0", "s1", "s2", "s3"} in found.values()


@pytest.mark.parametrize("lead", ["Sign this bill without delay", "Sign this bill now   "])
def test_what_turns_only_the_word_before_turns_no_line(lead: str) -> None:
    found = spoken(LINE, LINE, LINE, f"{lead} {LINE}")
    assert {"s0", "s1", "s2", "s3"} in found.values()


@pytest.mark.parametrize(("line", "turned"), [(1, 2), (2, 1), (2, 2), (3, 1)])
def test_what_a_line_and_its_denial_have_in_common_is_a_phrase_of_all(line: int, turned: int) -> None:
    denial = f"The mayor denied that {LINE}"
    study = inchorus.find(documents(*[LINE] * line, *[denial] * turned))
    points = {row["tp_id"]: row for row in study.talking_points.arrow().to_pylist()}
    sources: dict[str, set[str]] = {}
    for row in study.passages.arrow().to_pylist():
        sources.setdefault(row["tp_id"], set()).add(row["source"])
    (frame,) = (p for p in points.values() if p["label"] == "phrase")
    assert frame["text"] == LINE
    assert sources[frame["tp_id"]] == {f"s{i}" for i in range(line + turned)}
    said = [p for p in points.values() if p is not frame]
    assert [p["frame_id"] for p in said] == [frame["tp_id"]] * len(said)
    assert sorted(p["n_sources"] for p in said) == sorted(n for n in (line, turned) if n > 1)


def test_the_common_words_of_a_line_and_its_denial_tie_nobody() -> None:
    denial = f"The mayor denied that {LINE}"
    study = inchorus.find(documents(LINE, LINE, denial))
    assert not [row for row in study.ties.arrow().to_pylist() if "s2" in (row["source_a"], row["source_b"])]
    assert not [row for row in study.occasions.arrow().to_pylist() if row["doc_b"] == "2" and row["counted"]]


@pytest.mark.parametrize("line", ["We will not sell it", "We will sell it"])
def test_a_line_has_the_same_id_whether_others_turn_it_round_or_not(line: str) -> None:
    def ids(*texts: str) -> set[str]:
        points = inchorus.find(documents(*texts)).talking_points.arrow().to_pylist()
        return {p["tp_id"] for p in points if p["text"].startswith(line) and p["label"] != "phrase"}

    said = f"{line} to a bank from the far north in May because {LINE}"
    assert ids(said, said) == ids(said, said, f"Nobody believes that {said}", f"Nobody believes that {said}")


def test_where_two_say_it_plainly_the_line_is_theirs_however_many_deny_it() -> None:
    denied = f"The mayor denied that {LINE}"
    found = spoken(LINE, LINE, denied, denied, denied)
    assert next(s for w, s in found.items() if w.startswith("the council")) == {"s0", "s1"}
    assert next(s for w, s in found.items() if "denied" in w) == {"s2", "s3", "s4"}
