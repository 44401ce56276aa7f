"""Sentences in other words are found in a study by a model, and chance says which of them count."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import inchorus
from inchorus.api import Study
from inchorus.check import model as models
from inchorus.check.in_meaning import LEAST_SAMPLE, RARE, InMeaning
from inchorus.check.model import model_for
from inchorus.check.synonyms import Synonyms
from inchorus.cli import main
from inchorus.errors import UsageError
from inchorus.match.meaning.model import load
from inchorus.progress import Silent
from inchorus.search.index import build
from match.meaning.tiny_model import write_model

pytest.importorskip("tokenizers", reason="the extra [paraphrase] is not installed")

ONSETS, RIMES = (
    "b br cl d dr f fl g gr j k l m n p pl r s st t".split(),
    "ack elm ick old umb arn esh ilt ong uff".split(),
)
FILLER = [f"{a}{b}" for a in ONSETS for b in RIMES]
TWINS = [(f"{word}ab", f"{word}or") for word in FILLER[:10]]
SAID = " ".join(a for a, _ in TWINS).capitalize() + "."
REWORDED = " ".join(b for _, b in reversed(TWINS)).capitalize() + "."
DENIED = f"Not {REWORDED.lower()}"
STRANGE = " ".join(random.Random(5).sample(FILLER, 11)).capitalize() + "."


def documents(n: int) -> list[dict[str, Any]]:
    rng = random.Random(3)
    rows = []
    for k in range(n):
        said = [" ".join(rng.sample(FILLER, 12)).capitalize() + "." for _ in range(3)]
        day = date(2024, 1, 1) + timedelta(2 * k)
        if k == 40:
            said[1] = SAID
        rows.append({"id": f"d{k}", "source": f"S{k % 5}", "time": day.isoformat(), "text": " ".join(said)})
    return rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    groups = [*TWINS, *([word] for word in FILLER), ["not"]]
    return write_model(tmp_path_factory.mktemp("model") / "m", groups)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return inchorus.find(documents(90), tmp_path_factory.mktemp("s") / "study", no_ties=True)


def test_a_sentence_in_other_words_is_told_and_its_denial_is_set_apart(study: Study, folder: Path) -> None:
    found = study.check(f"{REWORDED} {DENIED} {STRANGE}", paraphrase=str(folder))
    said, denied, strange = found["sentences"]
    assert [row["class"] for row in found["sentences"]] == ["meaning", "own", "own"]
    assert (found["counts"]["meaning"], found["model"]) == (1, str(folder))
    first = said["meant"][0]
    assert (first["doc_id"], first["near"], first["other_claim"]) == ("d40", True, False)
    text = study.documents.filter("doc_id = 'd40'").arrow()["text"][0].as_py()
    assert text[first["start"] : first["end"]] == first["text"] == SAID[:-1]
    assert first["chance"] <= RARE
    assert first["similarity"] == pytest.approx(1, abs=0.05)
    assert [(hit["doc_id"], hit["reason"]) for hit in denied["meant"] if hit["other_claim"]] == [("d40", "negation")]
    assert not any(hit["near"] for hit in strange["meant"])


def test_what_the_source_itself_has_published_is_left_out(study: Study, folder: Path) -> None:
    (row,) = study.check(REWORDED, source="S0", paraphrase=str(folder))["sentences"]
    assert row["class"] == "own"
    assert "d40" not in {hit["doc_id"] for hit in row["meant"]}


def test_by_words_alone_it_is_found_nowhere(study: Study) -> None:
    found = study.check(REWORDED)
    assert ([row["class"] for row in found["sentences"]], found["model"]) == (["own"], None)
    assert "meaning" not in found["counts"]


def test_where_too_few_sentences_can_tell_nothing_counts(folder: Path) -> None:
    small = inchorus.find(documents(LEAST_SAMPLE - 1), no_ties=True)
    found = small.check(REWORDED, paraphrase=str(folder))
    (row,) = found["sentences"]
    assert row["class"] == "own"
    assert (row["meant"][0]["doc_id"], row["meant"][0]["chance"]) == ("d40", None)
    assert any("can tell how near chance comes" in note for note in found["notes"])


def test_what_chance_has_near_is_what_the_study_has(study: Study, folder: Path) -> None:
    documents = study._index.documents if study._index.wait() else None
    assert documents is not None
    meaning = InMeaning(load(str(folder)), *documents, 1)
    told = meaning.by_chance()
    assert len(told) == 90
    assert np.all(np.diff(told) >= 0)
    hits = meaning.near([STRANGE])[0]
    for hit in hits:
        assert hit.chance == pytest.approx((1 + np.sum(told >= np.float32(hit.like))) / (len(told) + 1))


def test_a_claim_in_other_words_is_found_by_meaning(study: Study, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text(f"id,text\nsame,{REWORDED}\nmoon,The moon is made of cheese.\n")
    by_words = study.claims(file)
    assert [row["claim_id"] for row in by_words["claims"]] == []
    found = study.claims(file, paraphrase=str(folder))
    assert [(row["claim_id"], row["places"][0]["doc_id"], row["places"][0]["kind"]) for row in found["claims"]] == [
        ("same", "d40", "paraphrase")
    ]
    assert [row["claim_id"] for row in found["not_found"]] == ["moon"]
    assert study.manifest["claims"]["model"] == str(folder)


def test_search_has_wording_then_meaning(study: Study, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", str(study.path), REWORDED, "--paraphrase", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["wording"]["total"], found["documents"]["total"]) == (0, 0)
    assert found["meaning"]["found"][0]["doc_id"] == "d40"
    assert main(["search", str(study.path), REWORDED, "--paraphrase", str(folder), "--quiet"]) == 0
    assert "1 sentence near in meaning" in capsys.readouterr().out
    assert main(["search", str(study.path), " ".join(SAID[:-1].split()[:3]), "--quiet"]) == 0
    said = capsys.readouterr().out
    assert "1 document\n" in said
    assert "--paraphrase MODEL looks for meaning, too" in said


def test_check_on_the_terminal_and_as_a_page(
    study: Study, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft, page = tmp_path / "draft.txt", tmp_path / "page.html"
    draft.write_text(f"{REWORDED} {DENIED}")
    call = ["check", str(study.path), str(draft), "--paraphrase", str(folder), "--html", str(page), "--quiet"]
    assert main(call) == 0
    said = capsys.readouterr().out
    assert "near in meaning" in said
    assert "same subject, other claim (negation)" in said
    assert SAID[:-1] in page.read_text()
    assert main(["check", str(study.path), str(draft), "--paraphrase", "none-such"]) == 2
    assert "pip install" in capsys.readouterr().err


def test_the_model_of_the_study_is_taken_where_it_is_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = inchorus.find(documents(30), no_ties=True, paraphrase=str(folder))
    taken = model_for(made, None, Silent())
    assert taken is not None
    assert taken.name == str(folder)
    assert model_for(made, "none", Silent()) is None

    def gone(name: str) -> None:
        raise UsageError("it is not installed", fix="pip install it")

    monkeypatch.setattr(models, "load", gone)
    notes: list[str] = []

    class Said(Silent):
        def note(self, text: str) -> None:
            notes.append(text)

    assert model_for(made, None, Said()) is None
    assert notes == ["nothing is looked up by meaning: it is not installed; pip install it"]
    with pytest.raises(UsageError, match="pip install it"):
        model_for(made, "other", Silent())


def test_documents_are_found_by_words_near_those_asked_for(folder: Path) -> None:
    import pyarrow as pa

    index, _ = build([pa.array([SAID, STRANGE, "Flack felm fick."], pa.large_string())], 1, lambda rows: None)
    synonyms = Synonyms(load(str(folder)), index)
    every = np.ones(3, np.bool_)
    (found,) = synonyms.documents(synonyms.words([REWORDED]), [every], 3)
    assert found.tolist() == [0]
    every[0] = False
    (found,) = synonyms.documents(synonyms.words([REWORDED]), [every], 3)
    assert found.tolist() == []


def test_pages_check_and_search_by_meaning(study: Study, folder: Path) -> None:
    from starlette.testclient import TestClient

    from inchorus.ui.app import application
    from inchorus.ui.reader import Reader

    reader = Reader(study, model=load(str(folder)))
    assert reader.search().wait()
    client = TestClient(application(reader), base_url="http://127.0.0.1")
    linked = client.get("/search", params={"q": REWORDED}).text
    assert "in=meaning" in linked
    page = client.get("/search", params={"q": REWORDED, "in": "meaning"})
    assert (page.status_code, SAID[:-1] in page.text) == (200, True)
    found = client.get("/search.json", params={"q": REWORDED, "in": "meaning"}).json()
    assert (found["meaning"]["found"][0]["doc_id"], found["meaning"]["found"][0]["near"]) == ("d40", True)
    assert client.get("/search.csv", params={"q": REWORDED, "in": "meaning"}).status_code == 200
    checked = client.post("/check", data={"text": f"{REWORDED} {DENIED}"}).text
    assert SAID[:-1] in checked
    assert "near in meaning" in checked
    reader.close()
    without = Reader(study)
    assert without.search().wait()
    other = TestClient(application(without), base_url="http://127.0.0.1")
    assert "in=meaning" not in other.get("/search", params={"q": REWORDED}).text
    without.close()
