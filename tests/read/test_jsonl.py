from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from inchorus.errors import InputError
from inchorus.read import json_again
from inchorus.read import jsonl as read_jsonl_module

from .conftest import Read


def lines(path: Path, *records: Any) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def test_lines_and_an_array_give_the_same(read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [{"source": f"s{i}", "text": f"text [{i}], {{}} é \U0001f600\n", "n": i} for i in range(50)]
    one = read(lines(folder / "a.jsonl", *records)).table
    monkeypatch.setattr(read_jsonl_module, "BATCH_BYTES", 16 * 7)
    (folder / "a.json").write_text(json.dumps(records, indent=1), encoding="utf-8")
    (folder / "b.json.gz").write_bytes(gzip.compress(json.dumps(records, ensure_ascii=False).encode()))
    assert one.schema.field("n").type == pa.int64()
    for name in ("a.json", "b.json.gz", "a.jsonl"):
        assert read(folder / name).table.equals(one)


def test_types_fit_every_row(read: Read, folder: Path) -> None:
    file = lines(
        folder / "a.jsonl",
        {"source": "A", "text": "1", "i": 1, "f": 1, "b": True, "m": 1, "w": 2**60, "l": [1, {"é": 2}], "h": 2**70},
        {"source": "A", "text": "2", "i": None, "f": 2.5, "b": False, "m": "one", "w": 0.5, "l": "x", "h": 1},
        {"source": "A", "text": "3", "late": "yes", "f": float("nan"), "b": None},
    )
    table = read(file).table.sort_by("text")
    assert table["i"].to_pylist() == [1, None, None]
    assert table["f"].to_pylist()[:2] == [1.0, 2.5]
    assert table["b"].to_pylist() == [True, False, None]
    assert table["m"].to_pylist() == ["1", "one", None]
    assert table["w"].to_pylist() == [str(2**60), "0.5", None]
    assert table["l"].to_pylist() == ['[1, {"é": 2}]', "x", None]
    assert table["h"].to_pylist() == [str(2**70), "1", None]
    assert table["late"].to_pylist() == [None, None, "yes"]
    assert table.schema.names[-8:] == ["b", "f", "h", "i", "l", "late", "m", "w"]


def test_a_type_does_not_depend_on_which_file_holds_which_row(read: Read, folder: Path) -> None:
    records = [{"id": str(i), "source": "A", "text": "x", "v": v} for i, v in enumerate([1, 2.5, None, 3])]
    together = read(lines(folder / "all.jsonl", *records)).table
    apart = read(*(lines(folder / f"{i}.jsonl", r) for i, r in enumerate(records))).table
    assert together.equals(apart)
    assert together["v"].to_pylist() == [1.0, 2.5, None, 3.0]


def test_lone_surrogates_are_replaced_and_counted(read: Read, folder: Path) -> None:
    (folder / "a.jsonl").write_text(
        '{"source": "A", "text": "x\\ud800y \\ud83d\\ude00", "k\\udc00": "v"}\n', encoding="utf-8"
    )
    documents = read(folder / "a.jsonl")
    assert documents.table["text"].to_pylist() == ["x\ufffdy \U0001f600"]
    assert documents.table["k\ufffd"].to_pylist() == ["v"]
    assert any("2 broken characters" in n for n in documents.notes)


def test_numbers_serve_as_id_source_and_time(read: Read, folder: Path) -> None:
    row = read(lines(folder / "a.jsonl", {"id": 7, "source": 12, "time": 1714566605, "text": 3})).table
    assert row.select(["doc_id", "source", "text"]).to_pylist() == [{"doc_id": "7", "source": "12", "text": "3"}]
    assert row["time_precision"].to_pylist() == ["second"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"source": "A", "text": "x"}\n{"source": "A", "te', r"a\.json, row 2 \(line 2\): broken JSON"),
        ('{"source": "A", "text": "x"}\n\n[1]\n', r"a\.json, row 2 \(line 3\): a JSON array where an object should be"),
        ('[{"source": "A", "text": "x"}, 3]', r"a\.json, row 2 \(line 1\): a JSON number"),
        ('[{"source": "A", "text": "x"}', r"a\.json, row 2 \(line 1\): broken JSON \(the array is not closed"),
        ('[{"source": "A", "text": "x"} {}]', r"a\.json, row 2 \(line 1\): broken JSON \(a comma is missing"),
        ('[{"source": "A", "text": "x"}] x', r"a\.json, row 2 \(line 1\): broken JSON \(something follows"),
        ('[{"source": "A", "text": "x"},', r"a\.json, row 2 \(line 1\): broken JSON"),
        ("[]", r"a\.json: the file holds no records"),
        ("", r"a\.json: the file holds no records"),
        ('{"source": "A", "text": ["x"]}', r"a\.json, row 1 \(line 1\), column 'text': a JSON array where text"),
        ('{"source": {"name": "A"}, "text": "x"}', r"a\.json, row 1 \(line 1\), column 'source': a JSON object"),
        (
            '{"source": "A", "text": "x"}\n{"text": "y"}',
            r"a\.json, row 2 \(line 2\), column 'source': the source is empty",
        ),
        ('{"text": "y"}', r"a\.json: no column 'source'; the columns are: text"),
        ('{"source": "A", "txt": "y"}', r"a\.json: no column 'text'; the columns are: source, txt; .*'txt'"),
        ("[" * 100_000, r"a\.json, row 1 \(line 1\): broken JSON \(nested too deeply"),
        ('{"source": "A", "text": ' + "9" * 5000 + "}", r"a\.json, row 1 \(line 1\): broken JSON"),
    ],
)
def test_broken_files_are_refused(read: Read, folder: Path, content: str, message: str) -> None:
    (folder / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read(folder / "a.json")


def test_an_id_in_some_rows_only_is_refused_in_any_order(
    read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_jsonl_module, "BATCH_ROWS", 1)
    for k, order in enumerate(([{"id": "a"}, {}], [{}, {"id": "a"}])):
        file = lines(folder / f"{k}.jsonl", *({"source": "A", "text": "x"} | r for r in order))
        with pytest.raises(InputError, match=rf"row {2 - k} \(line {2 - k}\), column 'id': the id is empty"):
            read(file)


ITEM = '{"source": "A", "text": "x"}'


@pytest.mark.parametrize(
    "content",
    [
        f'{{"data": [{ITEM}, {ITEM}]}}',
        f'{{\n  "data": [\n    {ITEM},\n    {ITEM}\n  ]\n}}\n',
        f'{{"meta": {{"n": 2}}, "data": [{ITEM}], "next": null}}\n{{"data": [{ITEM}]}}\n',
        f'{{"meta": [{{"a": 1}}], "odd name": [{ITEM}, {ITEM}]}}',
        '{"source":\n"A", "text": "x"}\n{"source": "A",\n "text": "x"}',
    ],
    ids=["one line", "many lines", "pages", "another name", "objects of several lines"],
)
def test_records_stand_in_a_list_or_take_several_lines(read: Read, folder: Path, content: str) -> None:
    (folder / "a.json").write_text(content)
    found = read(folder / "a.json")
    assert found.table["text"].to_pylist() == ["x", "x"]
    assert found.n_rows == 2


def test_a_list_of_another_kind_is_a_value(read: Read, folder: Path) -> None:
    lines(folder / "a.jsonl", {"data": [{"a": 1}], "source": "A", "text": "x"}, {"source": "B", "text": "y"})
    assert read(folder / "a.jsonl").table["text"].to_pylist() == ["x", "y"]
    (folder / "b.json").write_text('{"data": [{"who": "A", "body": "x"}]}')
    with pytest.raises(InputError, match="no column 'source'; the columns are: body, who"):
        read(folder / "b.json")
    assert read(folder / "b.json", source="who", text="body").table["text"].to_pylist() == ["x"]


def test_a_line_that_is_longer_than_memory_costs_itself(
    read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inchorus.read.lines.LONGEST", 100)
    monkeypatch.setattr("inchorus.read.lines._PIECE", 16)
    monkeypatch.setattr("inchorus.read.csv_ahead.BLOCK", 50)  # a block is shorter than the longest line
    lines(folder / "a.jsonl", *({"source": "A", "text": t} for t in ("x", "y" * 500, "z")))
    found = read(folder / "a.jsonl", bad_rows="skip")
    assert (found.table["text"].to_pylist(), found.skipped.n, found.n_rows) == (["x", "z"], 1, 3)
    (folder / "a.csv").write_text("source,text\nA,x\nA," + "y" * 500 + "\nA,z\n")
    found = read(folder / "a.csv", bad_rows="skip")
    assert (found.table["text"].to_pylist(), found.skipped.n, found.n_rows) == (["x", "z"], 1, 3)
    with pytest.raises(InputError, match=r"a\.csv, row 2 \(line 3\): a line is longer than"):
        read(folder / "a.csv")


def test_one_record_with_a_list_of_objects_is_a_record(read: Read, folder: Path) -> None:
    (folder / "a.jsonl").write_text('{"id": "1", "source": "A", "text": "Rain.", "media": [{"url": "x"}]}\n')
    assert read(folder).table["text"].to_pylist() == ["Rain."]


@pytest.mark.parametrize(
    "text",
    [
        '[{0},\n{1},\n{{"source": "C", "te',  # cut short
        "[{0}, {1}, {{oops}}]",
        "[{0} , {1} {{}}]",  # a comma is missing
        '{{"data": [{0}, {1}, {{"source": ',
        '{0}\n{{"source": "B",\n "text": "z"}}\n{{"source": ',
    ],
)
def test_what_stands_before_a_break_is_kept_and_the_break_is_one_row(read: Read, folder: Path, text: str) -> None:
    records = [json.dumps({"source": s, "text": t}, indent=1) for s, t in (("A", "x"), ("B", "z"))]
    (folder / "a.json").write_text(text.format(*records))
    with pytest.raises(InputError, match=r"row 3 .*broken JSON.*--bad-rows skip"):
        read(folder / "a.json")
    found = read(folder / "a.json", bad_rows="skip")
    assert sorted(found.table["text"].to_pylist()) == ["x", "z"]
    assert (found.skipped.n, found.n_rows) == (1, 3)
    assert "nothing of the file is read from here on" in found.skipped.examples[0]


BREAKS = {
    "a value that is none": '{{"source": "X", "text": oops}}',
    "a mark in a text": '{{"source": "X", "text": "she said "no" again"}}',
    "a mark that is not closed": '{{"source": "X", "text": "no end}}',
    "a line end in a text": '{{"source": "X", "text": "one\n two"}}',
    "no comma": "{0} {0}",
    "no bracket": '{{"source": "X", "text": "x"',
    "a list within": '{{"source": oops, "in": [{{"id": 1}}, {{"id": 2, "n": 3}}, {{"id": 4}}], "text": "x"}}',
}


@pytest.mark.parametrize("around", ["[{}]", '{{"data": [{}]}}', '{{"data": [{}], "meta": {{"n": 3}}}}'])
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
def test_records_behind_a_broken_one_of_an_array_are_read(
    read: Read, folder: Path, broken: str, indent: int | None, around: str
) -> None:
    good = [json.dumps({"source": "A", "text": f"text {i}"}, indent=indent) for i in range(6)]
    records = [*good[:3], broken.format('{"source": "X", "text": "x"}'), *good[3:]]
    (folder / "a.json").write_text(around.format(", ".join(records)))
    with pytest.raises(InputError, match=r"row [45] .*broken JSON.*--bad-rows skip"):
        read(folder / "a.json")
    found = read(folder / "a.json", bad_rows="skip")
    kept = set(found.table["text"].to_pylist())
    # the record behind one that has no end is taken for a part of it
    assert {f"text {i}" for i in range(6)} - kept <= (
        {"text 3"} if "no end" in broken or broken.endswith('"x"') else set()
    )
    assert found.skipped.n == 1
    assert "read again from line" in found.skipped.examples[0]
    assert found.n_rows == found.table.num_rows + 1


def test_a_broken_first_record_costs_itself(read: Read, folder: Path) -> None:
    (folder / "a.json").write_text('[{"source": oops}, {"source": "A", "text": "x"}, {"source": "B", "text": "y"}]')
    found = read(folder / "a.json", bad_rows="skip")
    assert (found.table["text"].to_pylist(), found.skipped.n) == (["x", "y"], 1)


@pytest.mark.parametrize("first", ['{"source": "A", "text": "x", "answers": [{"source": "B", "text": "y"}]}, ', ""])
def test_what_stands_within_a_broken_record_is_no_record(read: Read, folder: Path, first: str) -> None:
    within = '{"source": "C", "text": "z"}, {"source": "D", "text": "q"}'
    (folder / "a.json").write_text(
        f'[{first}{{"source": oops, "answers": [{within}]}}, {{"source": "E", "text": "w"}}]'
    )
    if first:
        found = read(folder / "a.json", bad_rows="skip")
        assert (found.table["text"].to_pylist(), found.skipped.n) == (["x"], 1)
    else:
        with_none = read(folder / "a.json", bad_rows="skip")
        assert with_none.table["text"].to_pylist() == ["w"]


def test_looking_for_the_next_record_is_not_quadratic(
    read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = 0
    told = json_again._told

    def counted(*given: Any, **named: Any) -> tuple[bool | None, int]:
        nonlocal looked_at
        found, tried = told(*given, **named)
        looked_at += tried
        return found, tried

    monkeypatch.setattr(json_again, "_told", counted)
    good = '{"source": "A", "text": "x"}'
    text = f'[{good}, {{"source": oops {good}, {{"source": [' + '}, {"a": [' * 600_000
    (folder / "a.json").write_text(text)
    found = read(folder / "a.json", bad_rows="skip")
    assert (found.table["text"].to_pylist(), found.skipped.n) == (["x"], 1)
    assert 0 < looked_at < 16 * len(text)
