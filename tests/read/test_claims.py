"""Claims are read from any table, and from text with a claim a line."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from inchorus.errors import InputError
from inchorus.read.claims import Claim, read_claims


def written(folder: Path, name: str, content: str) -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize(
    ("name", "content", "claims"),
    [
        ("a.csv", "id,text\n007,We pay.\nb,\n c , They pay. \n", [("007", "We pay."), ("c", "They pay.")]),
        ("b.csv", "Claim,speaker\nWe pay.,Ash\nThey pay.,Oak\n", [("1", "We pay."), ("2", "They pay.")]),
        ("c.tsv", "claim_id\tid\ttext\nx\t1\tWe pay.\n", [("x", "We pay.")]),
        ("d.txt", "\ufeffWe pay.\n\n They pay. \n", [("1", "We pay."), ("3", "They pay.")]),
        ("e.jsonl", json.dumps({"id": 7, "text": "你付钱"}) + "\n", [("7", "你付钱")]),
    ],
)
def test_known_files(tmp_path: Path, name: str, content: str, claims: list[tuple[str, str]]) -> None:
    assert read_claims(written(tmp_path, name, content)) == [Claim(*claim) for claim in claims]


def test_parquet(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["We pay.", None], "id": [1, 2]}), tmp_path / "a.parquet")
    assert read_claims(tmp_path / "a.parquet") == [Claim("1", "We pay.")]


def test_what_is_no_list_of_claims(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("Café".encode("latin-1"))
    for path, told in (
        (tmp_path / "none.csv", "no such file"),
        (tmp_path / "latin.txt", "not UTF-8"),
        (written(tmp_path, "blank.txt", "\n \n"), "no claim in it"),
    ):
        with pytest.raises(InputError, match=told):
            read_claims(path)
