from __future__ import annotations

import random

import numpy as np

from inchorus.label.features import Features, measure
from inchorus.label.labels import Labels, judge
from inchorus.labels import LABELS
from match.planted import corpus_of, filler, find, wordings


def judged(rows: list[tuple[str, str]], mark: str) -> tuple[str, Features, Labels, int]:
    """The label of the one talking point whose wording has the word `mark`."""
    corpus = corpus_of(rows)
    families = find(corpus)
    features = measure(corpus, families)
    labels = judge(features, 8)
    word = corpus_of([("x", mark)])  # only to see that it is one word
    assert len(word.word) == 1
    holding = [f for f, w in enumerate(wordings(corpus, families)) if any(number_of(rows, mark) == n for n in w)]
    assert len(holding) == 1, wordings(corpus, families)
    return LABELS[labels.label[holding[0]]], features, labels, holding[0]


def number_of(rows: list[tuple[str, str]], mark: str) -> int:
    seen: list[str] = []
    for _, text in rows:
        for w in "".join(c if c.isalnum() else " " for c in text).lower().split():
            if w not in seen:
                seen.append(w)
            if w == mark:
                return seen.index(w)
    raise AssertionError(mark)


LINE = "we will not rest until every marked family in this valley has clean water"


def prose(rng: random.Random, n: int) -> str:
    return filler(rng, n, 10**6)


def test_a_line_in_texts_of_their_own() -> None:
    rng = random.Random(1)
    rows = [(f"s{k}", f"{prose(rng, 60)}. {LINE}. {prose(rng, 60)}") for k in range(6)]
    label, features, labels, f = judged(rows, "marked")
    assert label == "line"
    assert labels.rule[f] == "no other rule applies"
    assert (features.passages[f], features.documents[f], features.sources[f], features.words[f]) == (6, 6, 6, 14)
    assert features.bounded[f] == 1.0
    assert features.habit[f] == features.fixed[f] == features.quoted[f] == 0.0
    # Words that every document has say next to nothing: all of the line's are such.
    assert np.isclose(features.information[f], 14 * np.log2(7 / 6))


def test_information_is_the_bits_of_distinct_words() -> None:
    rng = random.Random(2)
    rows = [(f"s{k}", f"{prose(rng, 60)}. {LINE}. {prose(rng, 60)}") for k in range(4)]
    rows += [(f"t{k:02}", prose(rng, 60)) for k in range(12)]
    _, features, _, f = judged(rows, "marked")
    bits = 14 * np.log2(17 / 4)
    assert np.isclose(features.information[f], bits)


def test_a_quotation() -> None:
    rng = random.Random(3)
    for opening, closing in (('"', '"'), ("“", "”"), ("«", "»")):
        rows = [(f"s{k}", f"{prose(rng, 60)}. She said {opening}{LINE}{closing} {prose(rng, 60)}") for k in range(6)]
        assert judged(rows, "marked")[0] == "quotation"


def test_a_syndicated_text() -> None:
    rng = random.Random(4)
    story = f"{prose(rng, 100)}. {LINE}. {prose(rng, 100)}"
    rows = [(f"s{k}", f"{prose(rng, 10)}. {story}") for k in range(5)]
    rows += [(f"t{k}", prose(rng, 200)) for k in range(5)]
    assert judged(rows, "marked")[0] == "syndicated"


def test_boilerplate() -> None:
    rng = random.Random(5)
    rows = [(f"s{k % 3}", f"{prose(rng, rng.randrange(50, 90))}. {LINE}.") for k in range(15)]
    label, features, _, f = judged(sorted(rows), "marked")
    assert label == "boilerplate"
    assert features.habit[f] == features.fixed[f] == 1.0


def test_a_line_that_a_source_repeats_anywhere_in_its_texts_is_no_boilerplate() -> None:
    rng = random.Random(6)
    rows = []
    for k in range(20):
        lead = rng.randrange(20, 400)
        rows.append((f"s{k % 2}", f"{prose(rng, lead)}. {LINE}. {prose(rng, 420 - lead)}"))
    label, features, _, f = judged(sorted(rows), "marked")
    assert label == "line"
    assert features.habit[f] == 1.0


TITLE = "Senate Marked Subcommittee Agriculture Forestry Fisheries Water Power Public Lands"


def test_a_title_in_a_corpus_of_lower_case_text() -> None:
    rng = random.Random(7)
    rows = [(f"s{k}", f"{prose(rng, 60)} {TITLE} {prose(rng, 60)}") for k in range(6)]
    rows += [(f"t{k}", prose(rng, 60)) for k in range(6)]
    label, features, _, f = judged(rows, "marked")
    assert label == "title"
    assert features.capitals[f] == 1.0
    assert features.usual_capitals < 0.1


def test_capitalised_nouns_are_no_title() -> None:
    rng = random.Random(8)

    def german(n: int) -> str:
        return " ".join(f"{rng.choice('Zzz')}{rng.randrange(10**6)}" for _ in range(n))

    line = "die Marked Regierung hat dem Rat die neue Brücke in der Stadt mit großem Nachdruck versprochen"
    rows = [(f"s{k}", f"{german(60)} {line} {german(60)}") for k in range(6)]
    rows += [(f"t{k}", german(60)) for k in range(6)]
    label, features, _, f = judged(rows, "marked")
    assert label == "line"
    assert 0.25 < features.usual_capitals < 0.4
    assert 0.3 < features.capitals[f] < 0.45


def test_a_table_of_numbers_is_labelled_a_title() -> None:
    rng = random.Random(9)
    table = "marked 1200 1300 of 1400 1500 for 1600 and 1700"
    rows = [(f"s{k}", f"{prose(rng, 60)} {table} {prose(rng, 60)}") for k in range(6)]
    assert judged(rows, "marked")[0] == "title"


def test_nothing_found_nothing_labelled() -> None:
    corpus = corpus_of([("a", "x y"), ("b", "z")])
    families = find(corpus)
    labels = judge(measure(corpus, families), 8)
    assert labels.rule == []
    assert len(labels.label) == 0


def test_a_telephone_number_with_the_sentence_around_it_is_boilerplate() -> None:
    rng = random.Random(9)
    call = "to ask for help call the toll free line at 1 800 555 0100 or write to us"
    rows = [(f"s{k}", f"{prose(rng, 60)}. {call}. {prose(rng, 60)}") for k in range(6)]
    label, _, labels, f = judged(rows, "toll")
    assert label == "boilerplate"
    assert "telephone" in labels.rule[f]
    measured = call.replace("1 800 555 0100", "1800 metres, 555 of them new, and 100 old")
    rows = [(f"s{k}", f"{prose(rng, 60)}. {measured}. {prose(rng, 60)}") for k in range(6)]
    assert judged(rows, "toll")[0] == "line"
