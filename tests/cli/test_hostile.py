"""What a terminal gets of documents that attack it: of every command that `test_exported` does not call."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

import hostile
from cli.conftest import Run
from inchorus.api import Study

BROKEN = "\x1b[31m\u202ezz\x9b1m"
# All but the end of a line; the isolates around right-to-left text are ours, and stand on a terminal only.
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def study(attacks: Study, tmp_path: Path) -> Path:
    """The study of attacks in a folder whose name is one."""
    return Path(shutil.copytree(attacks.path, tmp_path / f"s{BROKEN}<b>=1+1"))


def test_no_command_prints_a_control_code(study: Path, attacks: Study, tmp_path: Path, run: Run) -> None:
    (text,) = attacks.sql(
        "SELECT text FROM documents WHERE doc_id IN (SELECT quote_doc FROM talking_points) ORDER BY doc_id LIMIT 1"
    )["text"].to_pylist()
    draft = tmp_path / f"draft{BROKEN}.txt"
    draft.write_text(text.replace("\0", " "), encoding="utf-8", errors="replace")
    claims = tmp_path / f"claims{BROKEN}.jsonl"
    claims.write_text(json.dumps({"id": BROKEN, "text": text[:200]}) + "\n")
    documents = tmp_path / f"in{BROKEN}.jsonl"
    documents.write_text("\n".join(map(json.dumps, hostile.documents(2))))
    tie = attacks.sql("SELECT source_a, source_b FROM ties ORDER BY q_value, source_a LIMIT 1").to_pylist()[0]
    calls: list[tuple[object, ...]] = [
        ("search", study, hostile.SCRIPT),
        ("search", study, f"the {BROKEN}"),
        ("check", study, draft),
        ("claims", study, claims),
        ("quotes", study),
        ("ties", study, "--pair", tie["source_a"], tie["source_b"]),
        ("ties", study, "--source", tie["source_a"]),
        ("show", study, "--source", tie["source_b"]),
        ("verify", study),
        ("report", study, tmp_path / f"report{BROKEN}.html"),
        ("read", documents, "--out", tmp_path / f"docs{BROKEN}.parquet"),
        ("find", documents, "--columns"),
    ]
    for call in [*calls, *((*call, "--json") for call in calls)]:
        code, out, err = run(*call)
        assert code == 0, (call, err)
        assert out
        assert not CONTROL.search(out + err), call


@pytest.mark.parametrize("more", [(BROKEN,), ("--source", BROKEN), ("--label", BROKEN), ("--rank", BROKEN)])
def test_an_error_says_what_was_typed_without_its_control_codes(study: Path, more: tuple[str, ...], run: Run) -> None:
    code, out, err = run("show", study, *more)
    assert (code, out) == (2, "")
    assert not CONTROL.search(err)
