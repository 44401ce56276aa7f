"""Texts that are checked and claims that are looked up, as a user would, with what goes wrong."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import inchorus
from cases.case import rows, run
from inchorus.api import Study

LINE = "Nobody in this valley will ever have to pay for clean water twice in one and the same year."
OTHER = "The ferry to Saltmarsh was sold to three brothers from the island for one silver coin."
OWN = "My aunt keeps twelve parrots in a caravan by the canal."
DOCUMENTS = [
    {"id": "a", "source": "Herald", "time": "2024-05-01", "text": f"She spoke at noon. {LINE} Rain fell all day."},
    {"id": "b", "source": "Courier", "time": "2024-05-03", "text": f"The council met for hours. {LINE}"},
    {"id": "c", "source": "Gazette", "time": "2024-05-09", "text": f"Sheep came down early. {OTHER} It was late."},
]
CLAIMS = (
    'id,text\nwater,"No one in this valley pays for clean water twice in the same year."\nmoon,The moon is cheese.\n'
)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return inchorus.find(DOCUMENTS, out=tmp_path_factory.mktemp("checked") / "study", no_ties=True).path


def written(folder: Path, text: str | bytes, name: str = "draft.txt") -> Path:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_a_draft(study: Path, tmp_path: Path) -> None:
    text = f"{OWN} {LINE} {OTHER.replace('silver', 'golden')}"
    said = run("check", study, written(tmp_path, text), "--quiet")
    assert said.code == 0
    assert re.search(r"^  1  found nowhere +My aunt keeps", said.out, re.MULTILINE)
    assert re.search(r"^  2  word for word +Nobody in this valley", said.out, re.MULTILINE)
    assert "2 documents of 2 sources, first 2024-05-01 Herald" in said.out
    assert "for one [-silver-] {+golden+} coin" in " ".join(said.out.split())
    assert "3 sentences: 1 word for word, 1 nearly, 1 found nowhere" in said.out
    found = json.loads(run("check", study, written(tmp_path, text), "--json", "--limit", 1).out)
    assert [row["class"] for row in found["sentences"]] == ["own", "verbatim", "near"]
    assert [len(row["matches"]) for row in found["sentences"]] == [0, 1, 1]


def test_standard_input_with_a_mark_at_its_beginning(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(("\ufeff" + LINE).encode())))
    found = json.loads(run("check", study, "-", "--json").out)
    assert found["text"] == "standard input"
    assert found["sentences"][0]["start"] == 0
    assert found["counts"]["verbatim"] == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "there is no word"),
        (b"\xff\xfe\xfa" + LINE.encode(), "it is not utf-8 at byte 0"),
        (b"PK\x03\x04 and so on", "it is no plain text"),
        (b"%PDF-1.7", "it is no plain text"),
        (b"a\x00b", "it is no plain text"),
        (b"a" * (9 << 20), "it is longer than"),
        (b"ab " * 700_000, "2,000,000 is the most"),
    ],
    ids=["empty", "encoding", "zip", "pdf", "nul", "bytes", "characters"],
)
def test_what_is_no_text_is_said_to_be(study: Path, tmp_path: Path, content: bytes, told: str) -> None:
    said = run("check", study, written(tmp_path, content), "--quiet")
    assert (said.code, said.out) == (1, "")
    assert told in said.err
    assert said.err.count("\n") == 1


def test_files_that_are_not_there_and_other_encodings(study: Path, tmp_path: Path) -> None:
    assert "there is no such file" in run("check", study, tmp_path / "none.txt").err
    assert "it is a folder" in run("check", study, tmp_path).err
    assert "no encoding 'utf-9'" in run("check", study, written(tmp_path, LINE), "--encoding", "utf-9").err
    file = written(tmp_path, LINE.encode("utf-16"))
    assert run("check", study, file, "--encoding", "utf-16", "--quiet").code == 0
    assert run("check", tmp_path, file).code == 1


def test_a_page_of_a_check_is_written_whole_and_replaces_no_other(study: Path, tmp_path: Path) -> None:
    file, page = written(tmp_path, f"{LINE} {OWN}"), tmp_path / "page.html"
    assert run("check", study, file, "--html", page, "--quiet").code == 0
    assert "Whose the sentences of" in page.read_text(encoding="utf-8")
    assert run("check", study, file, "--html", page, "--quiet").code == 0
    page.write_text("<p>mine</p>", encoding="utf-8")
    said = run("check", study, file, "--html", page, "--quiet")
    assert said.code == 2
    assert page.read_text(encoding="utf-8") == "<p>mine</p>"
    assert run("check", study, file, "--html", page, "--force", "--quiet").code == 0


def test_the_same_in_another_script(tmp_path: Path) -> None:
    line = "لن يدفع أحد في هذا الوادي ثمن الماء مرتين ما دام النهر يجري"
    chinese = "只要河水还在流淌，这个山谷里就没有人会为水付两次钱，也没有人会失去桥梁"
    texts = {"ar": f"قال المجلس. {line}. وانتهى.", "zh": f"议会说。{chinese}。结束。", "en": f"It said so. {LINE}"}
    documents = [{"id": k, "source": k, "time": "2024-05-01", "text": text} for k, text in texts.items()]
    study = Study(inchorus.find(documents, out=tmp_path / "study", no_ties=True))
    for key, text in (("ar", line), ("zh", chinese), ("en", LINE.upper())):
        (row,) = study.check(text)["sentences"]
        assert (row["class"], row["first_sources"]) == ("verbatim", [key])


def test_claims_with_find_and_after_it(tmp_path: Path) -> None:
    claims, documents = written(tmp_path, CLAIMS, "claims.csv"), tmp_path / "documents.jsonl"
    documents.write_text("\n".join(json.dumps(row) for row in DOCUMENTS), encoding="utf-8")
    said = run("find", documents, "--out", tmp_path / "study", "--claims", claims, "--no-ties", "--quiet")
    assert said.code == 0
    assert "1 of 2 claims are made in documents" in said.out
    found = rows(tmp_path / "study", "claims")
    assert sorted((row["claim_id"], row["doc_id"], row["kind"]) for row in found) == [
        ("water", "a", "wording"),
        ("water", "b", "wording"),
    ]
    texts = {row["id"]: row["text"] for row in DOCUMENTS}
    assert all(texts[row["doc_id"]][row["start"] : row["end"]] == LINE[:-1] for row in found)
    assert all(0.5 <= row["score"] < 1 for row in found)
    said = run("claims", tmp_path / "study")
    assert "2 documents of 2 sources, first 2024-05-01 Herald" in said.out
    assert "nothing near 1 claim:\n  moon  The moon is cheese." in said.out
    other = written(tmp_path, f"{OTHER}\n\nNobody says so at all, never.\n")
    told = json.loads(run("claims", tmp_path / "study", other, "--json").out)
    assert [(row["claim_id"], round(row["score"], 6)) for row in told["claims"]] == [("1", 1.0)]
    assert [row["claim_id"] for row in told["not_found"]] == ["3"]
    assert told == {**json.loads(run("claims", tmp_path / "study", "--json").out)}
    one = json.loads(run("claims", tmp_path / "study", "--claim", "1", "--json").out)
    assert [place["doc_id"] for place in one["claims"][0]["places"]] == ["c"]
    assert run("claims", tmp_path / "study", "--claim", "77").code == 2
    assert run("verify", tmp_path / "study").code == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "empty"),
        ("id,text\n", "no claim in it"),
        ("id,words\n1,a b c\n", "no column text or claim; there are 'id', 'words'"),
        ("id,text\n1,a b c\n1,d e f\n", "the id '1' stands 2 times"),
        ("id,text\n1,a b c\n,d e f\n", "row 2, column 'id': a claim has no id"),
        ("id,text\n1," + "a " * 6000 + "\n", "10,000 is the most"),
    ],
    ids=["empty", "none", "column", "twice", "no id", "long"],
)
def test_claims_that_cannot_be_read(study: Path, tmp_path: Path, content: str, told: str) -> None:
    said = run("claims", study, written(tmp_path, content, "claims.csv"))
    assert said.code == 1
    assert told in said.err
    assert "claims" not in inchorus.open(study).manifest["tables"]


def test_claims_that_were_never_looked_up(study: Path, tmp_path: Path) -> None:
    said = run("claims", study)
    assert said.code == 1
    assert "this study has no claims yet; run: inchorus claims" in said.err
    assert "there is no such file" in run("claims", study, tmp_path / "none.csv").err


def test_a_claim_that_many_documents_repeat_is_found_in_all(tmp_path: Path) -> None:
    documents = [{"id": f"{i}", "source": f"s{i}", "text": f"Page {i} of nothing. {LINE}"} for i in range(120)]
    study = Study(inchorus.find(documents, out=tmp_path / "study", no_ties=True))
    found = study.claims(written(tmp_path, f"claim\n{LINE}\n", "c.csv"), limit=0)
    assert [row["n_documents"] for row in found["claims"]] == [120]
    assert found["claims"][0]["first_sources"] == []
