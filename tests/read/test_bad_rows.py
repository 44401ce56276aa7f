from __future__ import annotations

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InputError
from inchorus.progress import Silent
from inchorus.read import Documents, ReadOptions, read_documents
from inchorus.read.lines import Lines

HEAD = "id,source,time,text\n"
BROKEN = [
    "{},b,2024-05-01",
    "{},b,2024-05-01,one,two",
    '{},b,2024-05-01,"one "two" three"',
    '{},b,2024-05-01,"never closed',
]
TEXTS = st.sampled_from(["plain", "with, comma", 'with "quotes"', "two\nlines", "3\n\nlines, and, commas", "\ufeff"])


def read(folder: Path, text: str) -> Documents:
    (folder / "a.csv").write_text(text, encoding="utf-8", newline="")
    return read_documents([folder / "a.csv"], ReadOptions(bad_rows="skip"), folder / "scratch", Silent())


GOOD = st.tuples(st.just(True), TEXTS)
BAD = st.tuples(st.just(False), st.sampled_from(BROKEN))
FUZZ = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])


def table(rows: list[tuple[bool, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for i, (good, text) in enumerate(rows):
        if good:
            writer.writerow([i, f"s{i}", "2024-05-01", text])
        else:
            out.write(text.format(i) + "\n")
    writer.writerow(["last", "last", "2024-05-01", "last"])
    return HEAD + out.getvalue()


def found_in(documents: Documents) -> dict[str, tuple[str, str]]:
    return {d["doc_id"]: (d["source"], d["text"]) for d in documents.table.to_pylist()}


def written_as(rows: list[tuple[bool, str]]) -> dict[str, tuple[str, str]]:
    return {str(i): (f"s{i}", t) for i, (good, t) in enumerate(rows) if good} | {"last": ("last", "last")}


@FUZZ
@given(st.lists(st.one_of(GOOD.map(lambda row: [row]), st.tuples(BAD, GOOD).map(list)), min_size=1, max_size=6))
def test_a_broken_row_costs_itself_only(tmp_path: Path, parts: list[list[tuple[bool, str]]]) -> None:
    rows = [row for part in parts for row in part]
    documents = read(tmp_path, table(rows))
    assert found_in(documents) == written_as(rows)
    assert documents.skipped.n == sum(not good for good, _ in rows)


@FUZZ
@given(st.lists(st.one_of(GOOD, BAD), min_size=1, max_size=8))
def test_no_broken_row_shifts_another(tmp_path: Path, rows: list[tuple[bool, str]]) -> None:
    with suppress(InputError):
        assert found_in(read(tmp_path, table(rows))).items() <= written_as(rows).items()


def test_rows_and_lines_are_those_of_an_editor(tmp_path: Path) -> None:
    documents = read(tmp_path, 'source,text\r\na,"one\r\n\r\ntwo"\r\n\r\nb\r\nc,three\r\n')
    assert documents.skipped.examples == ["a.csv, row 2 (line 6): 1 field where the header has 2"]


def test_without_skipping_the_first_bad_row_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("source,text\na,b\nc\nd,e,f\n")
    with pytest.raises(InputError, match=r"row 2 \(line 3\): 1 field .* or go on without it: --bad-rows skip"):
        read_documents([tmp_path / "a.csv"], ReadOptions(), tmp_path / "scratch", Silent())


def test_lines_that_swallow_each_other_are_not_read_over_and_over() -> None:
    # each of these lines opens a quotation mark, and leaves one open that is
    lines = Lines(io.StringIO('x","z\n' * 100_000))
    reader = csv.reader(lines, strict=True)
    handed_out = 0
    while True:
        lines.begin()
        try:
            next(reader)
        except StopIteration:
            break
        except csv.Error:
            pass
        handed_out += len(lines.record)
        if lines.swallowed(",", lambda fields: True):
            lines.give_back()
    assert handed_out < 10 * 100_000


def test_a_broken_line_of_json_costs_itself_only(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"source": "a", "text": "one"}\n{"source": "b", "te\n[1]\n{"source": ["c"], "text": "x"}\n'
        '{"source": "", "text": "y"}\n{"source": "d", "text": "two"}\n'
    )
    options = ReadOptions(bad_rows="skip")
    documents = read_documents([tmp_path / "a.jsonl"], options, tmp_path / "scratch", Silent())
    assert documents.table["text"].to_pylist() == ["one", "two"]
    assert documents.skipped.n == 4
    assert documents.files[0].rows == 6
    with documents.skipped.path.open(encoding="utf-8", newline="") as file:
        kept = {row["line"]: row["record"] for row in csv.DictReader(file)}
    assert kept["2"] == '{"source": "b", "te'
    assert set(kept) == {"2", "3", "4", "5"}
