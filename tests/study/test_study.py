from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.api import Study
from inchorus.engine.parquet import write_table
from inchorus.errors import StudyError, UsageError
from inchorus.manifest import MANIFEST, check_target
from inchorus.schema import arrow_schema
from inchorus.study import hash_file, open_study, verify, write_study
from made_study import made, tables

FOUND = ("documents", "talking_points", "passages", "variants")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    made(tmp_path / "s")
    study = open_study(tmp_path / "s")
    for name, table in tables().items():
        assert study.table(name).arrow().equals(table)
        assert study.manifest["tables"][name]["rows"] == table.num_rows
        assert study.manifest["tables"][name]["sha256"] == hash_file(study.file(name))
    assert len(study.documents) == tables()["documents"].num_rows
    assert study.passages.filter("is_first").order("doc_id").select("doc_id").limit(1).arrow()[
        "doc_id"
    ].to_pylist() == ["d000-0"]


def test_relations_give_data_frames(tmp_path: Path) -> None:
    study = made(tmp_path / "s")
    assert len(study.variants.df()) == study.variants.pl().height == len(study.variants)
    assert str(study.talking_points.df()["first_time"].dtype).endswith("UTC]")


def test_arrow_needs_neither_pandas_nor_polars(tmp_path: Path) -> None:
    made(tmp_path / "s")
    code = f"""
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in ("pandas", "polars", "pytz"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
from inchorus.study import open_study
print(open_study({str(tmp_path / "s")!r}).passages.arrow()["time"].to_pylist()[0])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2024-03-01 09:30:00+00:00"


def test_input_columns_besides_the_declared_ones_are_kept(tmp_path: Path) -> None:
    given_tables = tables()
    party = pa.array(["x"] * given_tables["documents"].num_rows)
    given_tables["documents"] = given_tables["documents"].append_column("party", party)
    study = write_study(tmp_path / "s", given_tables, {})
    assert study.documents.columns == [*arrow_schema("documents").names, "party"]


@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(0, 9999), max_size=30))
def test_the_same_rows_give_the_same_bytes_however_they_are_cut(
    cuts: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    n = 9999
    table = pa.table(
        {
            "a": range(n),
            "b": [f"text {i % 7}" if i % 5 else None for i in range(n)],
            "c": [["x"] * (i % 3) for i in range(n)],
        }
    )
    marks = [0, *sorted(cuts), n]
    batches = [b for i, j in pairwise(marks) for b in table.slice(i, j - i).combine_chunks().to_batches()]
    assert write_table(folder / "one", "x", table) == n
    assert write_table(folder / "two", "x", iter(batches)) == n
    assert write_table(folder / "three", "x", pa.RecordBatchReader.from_batches(table.schema, batches)) == n
    assert (folder / "one").read_bytes() == (folder / "two").read_bytes() == (folder / "three").read_bytes()


def test_two_runs_differ_in_their_clock_only(tmp_path: Path) -> None:
    one, two = made(tmp_path / "deep" / "er" / "one"), made(tmp_path / "two", started="later")
    for name in FOUND:
        assert one.file(name).read_bytes() == two.file(name).read_bytes()
    clock = {"started", "ended"}
    assert {k: v for k, v in one.manifest.items() if k not in clock} == {
        k: v for k, v in two.manifest.items() if k not in clock
    }
    assert str(tmp_path) not in (one.path / MANIFEST).read_text()
    assert str(tmp_path).encode() not in one.file("documents").read_bytes()


def test_metadata_of_the_input_does_not_reach_the_files(tmp_path: Path) -> None:
    given_tables = tables()
    given_tables["documents"] = given_tables["documents"].replace_schema_metadata({"from": "/secret/path"})
    study = write_study(tmp_path / "s", given_tables, {})
    assert b"/secret/path" not in study.file("documents").read_bytes()


def test_long_texts_are_cut_into_row_groups(tmp_path: Path) -> None:
    texts = pa.table({"text": pa.array(["x" * 20_000] * 9_000)})
    write_table(tmp_path / "t", "x", texts)
    assert pq.ParquetFile(tmp_path / "t").num_row_groups == 3
    write_table(tmp_path / "n", "x", pa.table({"n": range(70_000)}))
    assert pq.ParquetFile(tmp_path / "n").num_row_groups == 2


def test_empty_tables_are_written(tmp_path: Path) -> None:
    study = write_study(tmp_path / "s", {n: arrow_schema(n).empty_table() for n in FOUND}, {})
    assert study.talking_points.arrow().schema.equals(arrow_schema("talking_points"))
    assert "0 talking points" in repr(study)


def test_a_study_is_replaced_and_other_folders_and_files_are_not(tmp_path: Path) -> None:
    made(tmp_path / "s", 3)
    assert len(made(tmp_path / "s", 5).talking_points) == 5
    assert [p.name for p in tmp_path.iterdir()] == ["s"]
    (tmp_path / "file").write_text("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.doc").write_text("x")
    (tmp_path / "empty").mkdir()
    made(tmp_path / "empty")
    for name in ("file", "full"):
        with pytest.raises(UsageError, match=name):
            made(tmp_path / name)
    assert (tmp_path / "full" / "thesis.doc").read_text() == "x"


def test_a_study_with_notes_of_the_user_is_not_replaced(tmp_path: Path) -> None:
    made(tmp_path / "s")
    (tmp_path / "s" / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"notes\.txt"):
        check_target(tmp_path / "s")


def test_an_error_while_writing_leaves_the_old_study(tmp_path: Path) -> None:
    made(tmp_path / "s", 3)
    with pytest.raises(ValueError, match="lacks"):
        write_study(tmp_path / "s", {"variants": pa.table({"a": [1]})}, {})
    assert len(open_study(tmp_path / "s").talking_points) == 3
    assert [p.name for p in tmp_path.iterdir()] == ["s"]


def test_a_symbolic_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    made(tmp_path / "real", 3)
    (tmp_path / "link").symlink_to("real")
    made(tmp_path / "link", 4)
    assert (tmp_path / "link").is_symlink()
    assert len(open_study(tmp_path / "real").talking_points) == 4


def test_opening_says_what_is_wrong(tmp_path: Path) -> None:
    made(tmp_path / "study")
    with pytest.raises(StudyError, match="did you mean 'study'"):
        open_study(tmp_path / "stdy")
    with pytest.raises(StudyError, match=r"not a study.*did you mean"):
        open_study(tmp_path)
    path = tmp_path / "study" / MANIFEST
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "format_version": 99}))
    with pytest.raises(StudyError, match="newer inchorus"):
        open_study(tmp_path / "study")
    evil = {"documents": {"file": "../../etc/passwd", "rows": 1, "sha256": ""}}
    for bad in (
        path.read_text()[:40],
        "[]",
        "{}",
        json.dumps({**manifest, "tables": evil}),
        json.dumps({**manifest, "tables": 3}),
    ):
        path.write_text(bad)
        with pytest.raises(StudyError, match="manifest"):
            open_study(tmp_path / "study")


def test_a_table_that_is_not_there_names_the_command_that_makes_it(tmp_path: Path) -> None:
    study = made(tmp_path / "s")
    for name, command in (("ties", "inchorus ties"), ("groups", "inchorus ties"), ("quotations", "inchorus quotes")):
        with pytest.raises(StudyError, match=command):
            getattr(study, name).arrow()
    study.file("variants").unlink()
    with pytest.raises(StudyError, match=r"variants\.parquet is gone"):
        _ = study.variants


def test_verify_finds_what_was_changed(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("text")
    named = [{"name": "a.csv", "sha256": hash_file(source), "rows": 1}, {"name": "b.csv", "sha256": "0", "rows": 1}]
    study = made(tmp_path / "s", inputs=named)
    states = {f.name: f.state for f in verify(study, [source])}
    assert states == {**dict.fromkeys(FOUND, "same"), "a.csv": "same", "b.csv": "not checked"}
    source.write_text("test")
    study.file("variants").write_bytes(b"x")
    study.file("passages").unlink()
    states = {f.name: f.state for f in verify(study, [source, tmp_path / "b.csv"])}
    assert states["variants"] == states["a.csv"] == "changed"
    assert states["passages"] == states["b.csv"] == "missing"


def test_a_study_shows_itself_in_a_notebook_without_running_what_texts_say(tmp_path: Path) -> None:
    given_tables = tables(3)
    points = given_tables["talking_points"]
    hostile = pa.array(["<script>alert(1)</script>"] * 3)
    given_tables["talking_points"] = points.set_column(1, points.schema.field(1), hostile)
    page = Study(write_study(tmp_path / "s", given_tables, {}))._repr_html_()
    assert "<script>" not in page
    assert page.count("<tr>") == 4
    assert "3 talking points" in page


def test_signs_that_mean_patterns_are_names(tmp_path: Path) -> None:
    study = made(tmp_path / "a[1]*'s")
    assert len(study.documents) == tables()["documents"].num_rows
    assert study.sql("SELECT count(*) AS n FROM documents")["n"][0].as_py() == tables()["documents"].num_rows


@pytest.mark.parametrize("spoilt", ["whole", "middle"])
def test_a_table_that_is_damaged_is_named_wherever_it_is_read(tmp_path: Path, spoilt: str) -> None:
    study = made(tmp_path / "study", 300)
    relation = study.passages
    path = study.file("passages")
    content = bytearray(path.read_bytes())
    part = slice(len(content) // 4, len(content) // 2) if spoilt == "middle" else slice(None)
    content[part] = b"?" * len(content[part])
    path.write_bytes(content)
    reads: list[Callable[[], object]] = [
        lambda: study.passages.arrow(), lambda: study.sql("SELECT * FROM passages"),  # noqa: PLW0108
        lambda: relation.filter("start > 3").arrow(),
    ]  # fmt: skip
    for read in reads:
        with pytest.raises(StudyError, match=r"passages\.parquet is damaged; run inchorus find again"):
            read()
    assert len(study.talking_points) == 300


def test_a_query_that_is_wrong_is_not_called_damage(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="nothing_like_it") as raised:
        made(tmp_path / "study").sql("SELECT nothing_like_it FROM passages")
    assert not isinstance(raised.value, StudyError)
