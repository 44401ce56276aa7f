from __future__ import annotations

import hashlib
import json
import random
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.errors import InputError, UsageError
from inchorus.progress import Silent
from inchorus.read import ReadOptions, read_documents
from inchorus.schema import DOCUMENTS

from .conftest import Read


def rows(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def test_canonical_order_is_by_source_time_and_id_in_bytes(read: Read, folder: Path) -> None:
    file = rows(
        folder / "a.jsonl",
        {"id": "4", "source": "\U00010000", "text": "x"},
        {"id": "3", "source": "\uffff", "text": "x"},
        {"id": "b", "source": "a", "text": "x"},
        {"id": "a", "source": "a", "text": "x"},
        {"id": "c", "source": "a", "text": "x", "time": "2024-05-01T10:00"},
        {"id": "d", "source": "a", "text": "x", "time": "2024-05-01"},
        {"id": "e", "source": "B", "text": "x"},
    )
    table = read(file).table
    assert table["doc_id"].to_pylist() == ["e", "d", "c", "a", "b", "3", "4"]
    assert table.schema.names[: len(DOCUMENTS)] == [c.name for c in DOCUMENTS]
    assert [f.type for f in table.schema][: len(DOCUMENTS)] == [c.type for c in DOCUMENTS]


def test_hashed_ids_are_known_and_repeats_are_numbered(read: Read, folder: Path) -> None:
    same = {"source": "A", "time": "2024-05-01", "text": "Rain."}
    file = rows(folder / "a.jsonl", same | {"n": 1}, same | {"n": 2}, same | {"n": 2}, {"source": "B", "text": "R"})
    other = rows(folder / "b.jsonl", {"source": "B", "text": "R"}, same | {"n": 2}, same | {"n": 2}, same | {"n": 1})
    table = read(file).table
    digest = hashlib.blake2b(b"1:10:A2024-05-01Rain.", digest_size=8).hexdigest()
    assert table["doc_id"].to_pylist()[:3] == [digest, f"{digest}-2", f"{digest}-3"]
    assert read(other).table.equals(table)


def test_an_id_given_twice_names_both_rows(read: Read, folder: Path) -> None:
    one = rows(folder / "a.jsonl", {"id": "x", "source": "A", "text": "1"}, {"id": "y", "source": "A", "text": "2"})
    two = rows(folder / "b.jsonl", {"id": "z", "source": "A", "text": "3"}, {"id": "y", "source": "A", "text": "4"})
    with pytest.raises(
        InputError, match=r"b\.jsonl, row 2 \(line 2\): the id 'y' was given before, in a\.jsonl, row 2 \(line 2\) \("
    ):
        read(two, one)


def test_empty_texts_are_left_out_with_whatever_else_their_rows_lack(read: Read, folder: Path) -> None:
    file = rows(
        folder / "a.jsonl",
        {"id": "1", "source": "A", "text": "x"},
        {"source": None, "text": "\u2003\n"},
        {"text": None, "time": "never"},
        {"id": "2", "source": "A", "text": "\x00"},
    )
    documents = read(file)
    assert documents.table["text"].to_pylist() == ["x", "\x00"]
    assert (documents.n_rows, documents.n_empty, documents.files[0].rows) == (4, 2, 4)


def test_bad_times_stop_or_are_null_and_counted(read: Read, folder: Path) -> None:
    file = rows(
        folder / "a.jsonl",
        {"source": "A", "text": "x", "time": "2024-05-01"},
        {"source": "A", "text": "y", "time": "03/04/2024"},
        {"source": "A", "text": "z", "time": ""},
    )
    with pytest.raises(
        InputError, match=r"row 2 \(line 2\), column 'time': .*more than one way, .*--time-format.*--bad-times null"
    ):
        read(file)
    documents = read(file, bad_times="null")
    assert any(
        n.startswith("1 time was not read, and counted as not known: '03/04/2024' (a.jsonl") for n in documents.notes
    )
    assert documents.n_bad_times == 1
    assert documents.table["time"].null_count == 2
    assert documents.table["time_precision"].null_count == 2


def test_columns_are_mapped_kept_and_renamed(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_text(
        "outlet,source,date,time,body,title,url,doc_id,id\nA,s,2024-05-01,noon,x,T,http://a,d,i\n"
    )
    documents = read(folder / "a.csv", source="outlet", time="date", text="body", id="url")
    assert documents.table.drop_columns(["time"]).to_pylist() == [
        {
            "doc_id": "http://a", "source": "A", "time_precision": "day", "title": "T", "text": "x",
            "url": "http://a", "repost_of": None, "language": None, "links": [], "hashtags": [], "mentions": [],
            "id": "i", "input_doc_id": "d", "input_source": "s", "input_time": "noon",
        }
    ]  # fmt: skip
    assert "the input's column 'time' is kept as 'input_time'" in documents.notes


def test_a_missing_column_says_what_is_there_and_what_to_do(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_text("Outlet,txt\nA,x\n")
    with pytest.raises(
        InputError, match=r"a\.csv: no column 'source'; the columns are: Outlet, txt; --source .*'Outlet'"
    ):
        read(folder / "a.csv")
    with pytest.raises(InputError, match=r"no column 'text'.*did you mean 'txt'"):
        read(folder / "a.csv", source="Outlet")
    for part in ("id", "source", "time", "text"):
        chosen: dict[str, Any] = {"source": "Outlet", "text": "txt"} | {part: "nope"}
        with pytest.raises(UsageError, match=rf"no column 'nope'.*--{part}"):
            read(folder / "a.csv", **chosen)


def test_a_missing_time_column_is_noted(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_text("source,text\nA,x\n")
    assert any("no column 'time' in a.csv: nobody is called first" in n for n in read(folder / "a.csv").notes)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "cvs"}, "did you mean 'csv'"),
        ({"bad_times": "skip"}, "use error or null"),
        ({"encoding": "utf-88"}, "--encoding 'utf-88' is not known"),
        ({"encoding": "rot13"}, "--encoding 'rot13' is not known"),
    ],
)
def test_wrong_options(read: Read, folder: Path, options: dict[str, Any], message: str) -> None:
    (folder / "a.csv").write_text("source,text\nA,x\n")
    with pytest.raises(UsageError, match=message):
        read(folder / "a.csv", **options)


def test_inputs_that_are_not_there(read: Read, folder: Path) -> None:
    (folder / "posts.csv").write_text("source,text\nA,x\n")
    with pytest.raises(InputError, match=r"no such file or folder; did you mean 'posts\.csv'"):
        read(folder / "post.csv")
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match="holds no file that can be read"):
        read(folder / "empty")
    with pytest.raises(UsageError, match="given twice"):
        read(folder / "posts.csv", folder)
    with pytest.raises(UsageError, match="no input"):
        read()


def test_formats_are_found_by_content(read: Read, folder: Path) -> None:
    (folder / "a.dat").write_text("source;text\nA;x\n")
    (folder / "b").write_text(' {"source": "B", "text": "y"}\n')
    pq.write_table(pa.table({"source": ["C"], "text": ["z"]}), folder / "c.bin")
    table = read(folder / "a.dat", folder / "b", folder / "c.bin").table
    assert table["source"].to_pylist() == ["A", "B", "C"]
    (folder / "d").write_text("nothing to see")
    with pytest.raises(InputError, match="d: the format cannot be told; name it: --format"):
        read(folder / "d")
    assert read(folder / "d", format="text").table["text"].to_pylist() == ["nothing to see"]


def test_files_have_names_hashes_and_rows(read: Read, folder: Path) -> None:
    for year in ("2019", "2020"):
        (folder / year).mkdir()
        (folder / year / "posts.csv").write_text(f"source,text\nA,in {year}\nB,too in {year}\n")
    by_file = read(folder / "2020" / "posts.csv", folder / "2019" / "posts.csv").files
    assert [(f.name, f.rows) for f in by_file] == [("2019/posts.csv", 2), ("2020/posts.csv", 2)]
    content = (folder / "2019" / "posts.csv").read_bytes()
    assert by_file[0].sha256 == hashlib.sha256(content).hexdigest()
    assert read(folder).files == by_file


def test_the_table_is_mapped_and_an_older_one_stays_whole(read: Read, folder: Path, tmp_path: Path) -> None:
    (folder / "a.csv").write_text("source,text\nA,x\n")
    (folder / "b.csv").write_text("source,text\nB,y\n")
    first = read(folder / "a.csv").table
    before = pa.total_allocated_bytes()
    second = read(folder / "b.csv").table
    assert first["text"].to_pylist() == ["x"]
    assert second["text"].to_pylist() == ["y"]
    assert pa.total_allocated_bytes() <= before
    assert [p.name[:10] for p in (tmp_path / "scratch").iterdir()] == ["documents-"] * 2


VALUES = st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.floats(-2, 2), st.sampled_from(["", "x", "1"]))
RECORD = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["A", "B", "é", "\U00010000"]),
        "text": st.sampled_from(["one", "two\r\n", " ", "", "three"]),
        "time": st.sampled_from([None, "2024-05-01", "2024-05-01T00:00", "2024-05-01T00:00:00Z", 1714566605, "?"]),
    },
    optional={"n": VALUES, "title": VALUES, "l": st.one_of(VALUES, st.lists(VALUES, max_size=2))},
)


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORD, min_size=1, max_size=12), st.integers(1, 4), st.randoms(use_true_random=False))
def test_order_and_division_of_the_input_do_not_matter(
    records: list[dict[str, Any]], n_files: int, chance: random.Random
) -> None:
    records = [*records, {"source": "A", "text": "always", "n": 1, "l": 2, "title": "t"}]
    shuffled = records.copy()
    chance.shuffle(shuffled)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = rows(folder / "whole.jsonl", *records)
        parts = [shuffled[i::n_files] for i in range(n_files)]
        # a needed column that a file never has is missing: every part has all of its names once
        files = [rows(folder / f"{i}.jsonl", *p) for i, p in enumerate(parts) if p]
        chance.shuffle(files)
        options = ReadOptions(bad_times="null")
        one = read_documents([whole], options, folder / "s", Silent())
        many = read_documents(files, options, folder / "s", Silent())
        assert one.table.schema == many.table.schema
        assert one.table.to_pylist() == many.table.to_pylist()
        assert (one.n_rows, one.n_empty, one.n_bad_times) == (many.n_rows, many.n_empty, many.n_bad_times)
        assert one.n_rows == one.table.num_rows + one.n_empty
        assert len(set(one.table["doc_id"].to_pylist())) == one.table.num_rows


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip), min_size=1, max_size=5))
def test_texts_come_through_every_format_exactly(texts: list[str]) -> None:
    import csv

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = [{"id": str(i), "source": "A", "text": t} for i, t in enumerate(texts)]
        with (folder / "a.csv").open("w", encoding="utf-8", newline="") as f:
            writer = csv.writer(f, quoting=csv.QUOTE_ALL)
            writer.writerows([["id", "source", "text"], *([r["id"], r["source"], r["text"]] for r in records)])
        rows(folder / "a.jsonl", *records)
        pq.write_table(pa.Table.from_pylist(records), folder / "a.parquet")
        for file in ("a.csv", "a.jsonl", "a.parquet"):
            table = read_documents([folder / file], ReadOptions(), folder / "s", Silent()).table
            assert table["text"].to_pylist() == [t for t in texts if t.strip()]
