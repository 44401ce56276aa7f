"""Points in other words are found by `find`, other claims are set apart, and nothing else of the study changes."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import inchorus
from inchorus.cli import main
from inchorus.errors import UsageError
from inchorus.schema import arrow_schema
from match.meaning.tiny_model import write_model

pytest.importorskip("tokenizers", reason="the extra [paraphrase] is not installed")

POINTS, WORDS, TIMES, EVERY = 12, 10, 4, 18
ONSETS, RIMES = (
    "b br cl d dr f fl g gr j k l m n p pl r s st t".split(),
    "ack elm ick old umb arn esh ilt ong uff".split(),
)
COINED = [f"{a}{b}{c}" for a in ONSETS for b in RIMES for c in ("ab", "en", "or")]
# Of each point ten words, every one with a synonym; the rest is what is said besides.
TWINS = [[(COINED[2 * (p * WORDS + k)], COINED[2 * (p * WORDS + k) + 1]) for k in range(WORDS)] for p in range(POINTS)]
FILLER = COINED[2 * POINTS * WORDS :]
RATE = 0.05


def reworded(rng: random.Random, point: int, turn: int) -> str:
    """The point with its words in another order, and synonyms for some: hardly three words stay in a row."""
    words = [rng.choice(pair) for pair in TWINS[point]]
    random.Random(turn).shuffle(words)
    return " ".join(words)


def documents(planted: bool) -> list[dict[str, Any]]:
    """Each point is made by four sources within a week; of the first one the fourth says the contrary."""
    rng = random.Random(11)
    rows = []
    for k in range(POINTS * EVERY):
        day = date(2024, 1, 1) + timedelta(2 * k)
        said = [" ".join(rng.sample(FILLER, 12)).capitalize() + "." for _ in range(3)]
        point, turn = divmod(k, EVERY)
        if planted and turn < TIMES:
            words = reworded(rng, point, turn)
            said[1] = f"Not {words}." if point == 0 and turn == TIMES - 1 else f"{words.capitalize()}."
        rows.append({"id": f"d{k}", "source": f"S{k % 6}", "time": day.isoformat(), "text": " ".join(said)})
    return rows


def find(rows: list[dict[str, Any]], model: Path, out: Path | None = None, threads: int = 2) -> inchorus.Study:
    return inchorus.find(rows, out, paraphrase=str(model), threads=threads)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    groups = [*(pair for point in TWINS for pair in point), *([word] for word in FILLER), ["not"]]
    return write_model(tmp_path_factory.mktemp("model"), groups)


@pytest.fixture(scope="module")
def study(model: Path, tmp_path_factory: pytest.TempPathFactory) -> inchorus.Study:
    return find(documents(planted=True), model, tmp_path_factory.mktemp("study") / "study")


def test_points_in_other_words_are_found_with_all_who_make_them(study: inchorus.Study) -> None:
    points = study.talking_points.filter("kind = 'paraphrase'").arrow().to_pylist()
    assert len(points) == POINTS
    texts = {row["id"]: row["text"] for row in documents(planted=True)}
    seen = set()
    for point in points:
        found = study.passages.filter(f"tp_id = '{point['tp_id']}'").arrow().to_pylist()
        (of,) = {int(p["doc_id"][1:]) // EVERY for p in found}
        seen.add(of)
        assert {int(p["doc_id"][1:]) % EVERY for p in found} == set(range(TIMES if of else TIMES - 1))
        for passage in found:
            words = texts[passage["doc_id"]][passage["start"] : passage["end"]].lower().split()
            assert len(words) == WORDS
            assert all({*words} & {*pair} for pair in TWINS[of])
            assert passage["similarity"] == pytest.approx(1, abs=1e-3)
        assert (point["n_sources"], point["n_documents"]) == (len({p["source"] for p in found}), len(found))
    assert seen == set(range(POINTS))


def test_who_says_the_contrary_is_set_apart(study: inchorus.Study) -> None:
    table = study.table("other_claims").arrow()
    assert table.schema.equals(arrow_schema("other_claims"))
    assert [(row["doc_id"], row["reason"]) for row in table.to_pylist()] == [(f"d{TIMES - 1}", "negation")]


def test_the_manifest_has_the_curve(study: inchorus.Study) -> None:
    facts = study.manifest["paraphrase"]
    assert (facts["told_by"], facts["points"], facts["fdr"]) == ("months", POINTS, RATE)
    (at,) = [row for row in facts["curve"] if row["from"] == facts["threshold"]]
    assert at["false"] <= RATE
    assert all(row["false"] > RATE for row in facts["curve"] if row["from"] < facts["threshold"])


def test_where_nothing_is_planted_nothing_is_found(model: Path) -> None:
    study = find(documents(planted=False), model)
    assert "paraphrase" not in study.talking_points.arrow()["kind"].to_pylist()
    assert study.manifest["paraphrase"]["points"] == 0


def test_ties_and_wordings_are_as_without(model: Path, tmp_path: Path) -> None:
    rows = documents(planted=True)
    line = "nobody in this valley will ever pay for the same water twice again"
    for k in (20, 21, 22, 40):
        rows[k]["text"] += f" {line.capitalize()}."
    one = find(rows, model, tmp_path / "one")
    other = inchorus.find(rows, tmp_path / "other")
    assert one.ties.arrow().equals(other.ties.arrow())
    assert one.occasions.arrow().equals(other.occasions.arrow())
    wordings = one.talking_points.filter("kind = 'wording'").order("tp_id").arrow()
    assert wordings.equals(other.talking_points.order("tp_id").arrow())
    assert len(one.talking_points) == len(other.talking_points) + POINTS


def test_ties_count_paraphrases_where_they_are_asked_for(model: Path, tmp_path: Path) -> None:
    made = find(documents(planted=True), model, tmp_path / "s")

    def observed() -> int:
        return sum(row["observed"] for row in made.ties.arrow().to_pylist())

    assert observed() == 0
    made.ties(kinds=["wording", "paraphrase"])
    shared = made.table("occasions").arrow()["shared"].to_pylist()
    points = set(made.talking_points.filter("kind = 'paraphrase'").arrow()["tp_id"].to_pylist())
    assert observed() > 0
    assert {point for row in shared for point in row} <= points
    assert made.manifest["ties"]["asked"]["kinds"] == ["wording", "paraphrase"]
    made.ties(seed=1)  # what is not said stays as it was
    assert observed() > 0
    made.ties(kinds="wording")
    assert observed() == 0
    with pytest.raises(UsageError, match="no kind 'meaning' of talking points"):
        made.ties(kinds="meaning")
    other = inchorus.find(documents(planted=False), no_ties=True)
    with pytest.raises(UsageError, match="this study has no paraphrases"):
        other.ties(kinds="paraphrase")


def test_the_same_call_gives_the_same_study(model: Path, study: inchorus.Study, tmp_path: Path) -> None:
    again = find(list(reversed(documents(planted=True))), model, tmp_path / "s", threads=1)
    for name in ("talking_points", "passages", "variants", "other_claims"):
        assert again.manifest["tables"][name]["sha256"] == study.manifest["tables"][name]["sha256"], name


def test_show_says_that_it_is_in_other_words_and_who_says_the_contrary(
    study: inchorus.Study, capsys: pytest.CaptureFixture[str]
) -> None:
    (contrary,) = study.table("other_claims").arrow().to_pylist()
    point = study.talking_points.filter(f"tp_id = '{contrary['tp_id']}'").arrow().to_pylist()[0]
    main(["show", str(study.path)])
    assert "in other words" in capsys.readouterr().out
    main(["show", str(study.path), point["tp_id"]])
    said = capsys.readouterr().out
    assert "same subject, other claim (negation)" in said
    assert "{+" not in said  # other words are no edits
    shown = study.show(point["tp_id"])
    assert [row["doc_id"] for row in shown["other_claims"]] == [f"d{TIMES - 1}"]
    assert shown["wordings_inside"] == []


def test_wrong_calls_are_answered(tmp_path: Path) -> None:
    rows = documents(planted=True)
    with pytest.raises(UsageError, match="no model 'none-such'"):
        inchorus.find(rows, tmp_path / "s", paraphrase="none-such")
    assert not (tmp_path / "s").exists()
    with pytest.raises(UsageError, match="paraphrase_fdr is 2"):
        inchorus.find(rows, paraphrase="none-such", paraphrase_fdr=2.0)
    with pytest.raises(UsageError, match="--coortweet has no texts to compare"):
        inchorus.find(rows, paraphrase="none-such", coortweet=True)
    with pytest.raises(UsageError, match="--paraphrase is not for --preset edited"):
        inchorus.find(rows, paraphrase="none-such", preset="edited")
