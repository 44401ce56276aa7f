"""Web Annotations point at the passages, code point by code point."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hostile
import inchorus
from inchorus.api import Study
from inchorus.export.annotations import address, annotation


def written(study: Study, path: Path) -> list[dict[str, Any]]:
    study.export(path, "annotations")
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.split("\n")[:-1]]
    found = json.loads(text)
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert found["type"] == "AnnotationCollection"
    assert found["first"]["type"] == "AnnotationPage"
    assert found["first"]["partOf"] == found["id"] != found["first"]["id"]
    items: list[dict[str, Any]] = found["first"]["items"]
    assert found["total"] == len(items)
    return items


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_each_passage_is_annotated_once_at_its_place(attacks: Study, tmp_path: Path, name: str) -> None:
    found = written(attacks, tmp_path / name)
    documents = {r["doc_id"]: r for r in attacks.documents.arrow().to_pylist()}
    points = {r["tp_id"]: r for r in attacks.talking_points.arrow().to_pylist()}
    passages = {(r["doc_id"], r["start"], r["end"], r["tp_id"]) for r in attacks.passages.arrow().to_pylist()}
    seen = set()
    for item in found:
        _, _, kind, doc, place, tp_id = item["id"].split(":")
        assert kind == "passage"
        doc_id, text = unquote(doc), documents[unquote(doc)]["text"]
        quote, position = item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert place == f"{start}-{end}"
        assert quote["exact"] == text[start:end]
        assert text[:start].endswith(quote["prefix"])
        assert len(quote["prefix"]) == min(start, 32)
        assert text[end:].startswith(quote["suffix"])
        wording, label = item["body"]
        assert (wording["value"], label["value"]) == (points[tp_id]["text"], points[tp_id]["label"])
        seen.add((doc_id, start, end, tp_id))
    assert seen == passages
    assert len(found) == len(passages)


def test_a_target_is_an_address_of_the_web_or_a_name_of_the_document(attacks: Study, tmp_path: Path) -> None:
    sources = [item["target"]["source"] for item in written(attacks, tmp_path / "a.json")]
    assert {urlsplit(s).scheme for s in sources} == {"https", "urn"}
    assert all(s.isascii() and not set(s) & set(' <>"\\^`{|}') for s in sources)


@pytest.mark.parametrize(
    "url", [u for u in hostile.ADDRESSES if not (u or "").startswith("https://")] + ["http://[", "http:x"]
)
def test_addresses_that_are_none_of_the_web_are_not_targets(url: str | None) -> None:
    assert address(url, "a:b") == "urn:inchorus:document:a%3Ab"


def test_what_is_escaped_in_an_address_stays_as_it_is() -> None:
    assert address(" https://example.org/é ", "1") == "https://example.org/%C3%A9"
    assert address("https://example.org/%C3%A9?a=1&b=[2]#x", "1") == "https://example.org/%C3%A9?a=1&b=[2]#x"


@given(st.text(min_size=1), st.data())
def test_offsets_are_code_points_of_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    passage = {"start": start, "end": end, "doc_id": "d", "tp_id": "p", "wording": "w", "label": "line"}
    quote = annotation(passage, text, None)["target"]["selector"][0]
    before, after = text[: start - len(quote["prefix"])], text[end + len(quote["suffix"]) :]
    assert before + quote["prefix"] + quote["exact"] + quote["suffix"] + after == text


def test_the_input_may_have_a_column_that_duckdb_would_add(tmp_path: Path) -> None:
    line = "nobody in this valley will pay for water twice"
    rows = [
        {"source": "Herald", "text": f"She said that {line}.", "File_Row_Number": 7},
        {"source": "Courier", "text": f"Once more: {line}!", "File_Row_Number": 7},
    ]
    study = inchorus.find(rows, out=tmp_path / "study")
    quotes = [item["target"]["selector"][0] for item in written(study, tmp_path / "a.jsonl")]
    assert [quote["exact"] for quote in quotes] == [line, line]
    assert sorted(quote["prefix"] for quote in quotes) == ["Once more: ", "She said that "]
