from __future__ import annotations

import dataclasses
import inspect
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import inchorus
from inchorus.api.study import Ties
from inchorus.cli.collect import collect as collect_command
from inchorus.cli.find import find as find_command
from inchorus.read import ReadOptions

LINE = "we will rebuild the old bridge before the first snow falls this winter"
ROWS: list[dict[str, Any]] = [
    {"source": "Herald", "time": "2024-05-01", "text": f"The mayor said: {LINE}.", "page": 1},
    {"source": "Courier", "time": "2024-05-03", "text": f"Asked again, she repeated it. {LINE}.", "page": 4},
    {"source": "Gazette", "time": "2024-05-04", "text": f"A promise to keep: {LINE}!", "page": 2},
    {"source": "Gazette", "time": "2024-05-05", "text": "The library opens on Sundays again.", "page": 9},
]


def parquet(folder: Path) -> Path:
    pq.write_table(pa.Table.from_pylist(ROWS), folder / "articles.parquet")
    return folder / "articles.parquet"


def by_index(_: Path) -> pd.DataFrame:
    frame = pd.DataFrame(ROWS)
    return frame[frame["page"] > 0].iloc[::-1]


GIVEN: dict[str, Callable[[Path], Any]] = {
    "path": parquet,
    "path as text": lambda folder: str(parquet(folder)),
    "paths": lambda folder: [parquet(folder)],
    "dictionaries": lambda folder: ROWS,
    "generator": lambda folder: (dict(row) for row in ROWS),
    "pyarrow": lambda folder: pa.Table.from_pylist(ROWS),
    "reader": lambda folder: pa.Table.from_pylist(ROWS).to_reader(),
    "polars": lambda folder: pl.DataFrame(ROWS),
    "pandas": lambda folder: pd.DataFrame(ROWS),
    "pandas with an index": by_index,
}


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN.keys())
def test_documents_may_come_from_anywhere(given: Callable[[Path], Any], tmp_path: Path) -> None:
    study = inchorus.find(given(tmp_path))
    (point,) = study.talking_points.arrow().to_pylist()
    assert (point["text"], point["n_sources"], point["first_sources"]) == (LINE, 3, ["Herald"])
    documents = study.documents.arrow()
    assert documents["page"].to_pylist() == [4, 2, 9, 1]
    assert "__index_level_0__" not in documents.column_names


def test_a_study_is_written_and_opened_again(tmp_path: Path) -> None:
    written = inchorus.find(ROWS, tmp_path / "study")
    opened = inchorus.open(tmp_path / "study")
    assert isinstance(opened, inchorus.Study)
    assert opened.passages.arrow() == written.passages.arrow()
    assert opened.manifest["inputs"][0]["rows"] == 4


def test_times_keep_their_precision(tmp_path: Path) -> None:
    moments = [date(2024, 5, 1), datetime(2024, 5, 3, 12, 30, tzinfo=UTC), None, pd.NaT]
    rows = [{**row, "time": time} for row, time in zip(ROWS, moments, strict=True)]
    study = inchorus.find(rows)
    found = study.documents.order("source, time").arrow()
    assert found["time_precision"].to_pylist() == ["second", None, None, "day"]


def test_a_value_missing_from_a_row_is_null(tmp_path: Path) -> None:
    rows = [ROWS[0], {**ROWS[1], "page": float("nan")}, {k: v for k, v in ROWS[2].items() if k != "page"}]
    study = inchorus.find(rows)
    assert study.documents.arrow()["page"].to_pylist() == [None, None, 1]


def test_options_of_both_kinds_are_taken() -> None:
    rows = [{"outlet": row["source"], "body": row["text"]} for row in ROWS]
    study = inchorus.find(rows, source="outlet", text="body", preset="posts", min_sources=3)
    options = study.manifest["options"]
    assert (options["source"], options["gram"], options["min_sources"]) == ("outlet", 4, 3)


def test_pairs_may_be_named_by_text(tmp_path: Path) -> None:
    rows = [{**row, "id": row["source"] + str(row["page"])} for row in ROWS]
    (tmp_path / "pairs.csv").write_text("a,b\nHerald1,Courier4\n")
    study = inchorus.find(rows, pairs=str(tmp_path / "pairs.csv"))
    assert study.passages.arrow()["source"].to_pylist() == ["Herald", "Courier"]


@pytest.mark.parametrize(
    ("documents", "options", "message"),
    [
        (ROWS, {"min_source": 3}, "no option 'min_source'; did you mean 'min_sources'?"),
        (ROWS, {"encoding": "utf-8"}, "encoding is for files, and the documents are in memory; leave it out"),
        ({"text": ["a"]}, {}, "documents is a dict"),
        (7, {}, "documents is a int"),
        ([*ROWS, "articles.csv"], {}, "document 5 is a str"),
        (
            [{**ROWS[0], "tags": {1, 2}}],
            {},
            "row 1, column 'tags': a value cannot be kept: set is not text, a number or a time",
        ),
        ([], {}, "no input is given"),
        (iter([]), {}, "the file holds no records"),
        (ROWS[2:], {}, "all documents have the one source 'Gazette'"),
    ],
)
def test_errors_say_what_to_do(documents: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(inchorus.InchorusError) as caught:
        inchorus.find(documents, **options)
    assert message in str(caught.value)


def test_an_old_study_stays_when_the_new_run_fails(tmp_path: Path) -> None:
    inchorus.find(ROWS, tmp_path / "study")
    with pytest.raises(inchorus.InputError):
        inchorus.find(ROWS[2:], tmp_path / "study")
    assert len(inchorus.open(tmp_path / "study").talking_points.arrow()) == 1


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import inchorus, sys; print({'numpy', 'numba', 'pyarrow', 'duckdb'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"


def test_public_names_are_there_and_others_are_not() -> None:
    assert all(hasattr(inchorus, name) for name in inchorus.__all__)
    assert set(inchorus.__all__) <= set(dir(inchorus))
    with pytest.raises(AttributeError, match="no attribute 'finds'"):
        _ = inchorus.finds


def test_tables_of_a_study_that_nothing_else_holds() -> None:
    assert inchorus.find(ROWS).talking_points.arrow()["n_sources"].to_pylist() == [3]
    assert inchorus.find(ROWS).passages.filter("is_first").select("source").df()["source"].tolist() == ["Herald"]


def test_a_folder_named_like_a_partition_says_nothing_of_the_sources(tmp_path: Path) -> None:
    text = "one two three four five six seven eight nine"
    study = inchorus.find([{"source": s, "text": text} for s in "pq"], out=tmp_path / "source=abc" / "study")
    assert study.documents.arrow()["source"].to_pylist() == ["p", "q"]
    assert study.sql("SELECT DISTINCT source FROM documents ORDER BY source")["source"].to_pylist() == ["p", "q"]


def test_a_time_beyond_pythons_years_is_told_as_it_stands() -> None:
    times = pa.array([2**60, 1], pa.timestamp("us"))
    with pytest.raises(inchorus.InputError, match="1152921504606846976 is no time that is known"):
        inchorus.find(pa.table({"source": ["a", "b"], "text": ["x", "y"], "time": times}))


def test_the_names_of_the_package_are_those_that_are_public() -> None:
    code = "import inchorus; print(sorted(x for x in dir(inchorus) if not x.startswith('_')))"
    shown = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert shown.strip() == str(sorted(name for name in inchorus.__all__ if not name.startswith("_")))


@pytest.mark.parametrize(
    "call", [inchorus.collect, inchorus.find, inchorus.Study.export, inchorus.Study.report, Ties.__call__]
)
def test_an_editor_can_complete_every_option(call: Callable[..., Any]) -> None:
    signature = inspect.signature(call)
    wrong = [p for p in signature.parameters.values() if p.kind is inspect.Parameter.VAR_KEYWORD]
    assert all(str(p.annotation) == "Never" for p in wrong)
    assert not any(str(p.annotation) == "Any" for p in signature.parameters.values())


@pytest.mark.parametrize(("call", "command"), [(inchorus.find, find_command), (inchorus.collect, collect_command)])
def test_a_function_has_the_options_of_the_command(call: Callable[..., Any], command: click.Command) -> None:
    options = {p.name for p in command.params} - {"inputs", "addresses", "out", "columns", "quiet", "as_json", "debug"}
    named = {name.rstrip("_") for name in options if name}
    assert named <= set(inspect.signature(call).parameters)


def test_ties_are_a_table_and_can_be_tested_again(tmp_path: Path) -> None:
    study = inchorus.find(ROWS, tmp_path / "study")
    study.ties(without="none")
    assert len(study.ties) == len(study.ties.arrow()) == 3
    assert study.manifest["ties"]["without"] == []
    assert study.ties(without=["quotation", "boilerplate"]).columns == study.ties.columns
    assert inchorus.open(tmp_path / "study").manifest == study.manifest
    assert study.manifest["ties"]["without"] == ["quotation", "boilerplate"]
    assert all(finding.good for finding in study.verify())
    with pytest.raises(inchorus.UsageError, match="no option 'withuot'; did you mean 'without'"):
        study.ties(withuot="none")  # type: ignore[arg-type]


def test_ties_of_a_study_in_a_temporary_folder_stay_as_long_as_it() -> None:
    study = inchorus.find(ROWS)
    study.ties()
    assert study.path.is_dir()
    assert len(study.groups) == 0


def test_what_show_and_separate_print_as_json_python_gives(tmp_path: Path) -> None:
    rows = [{**row, "owner": row["source"] != "Gazette"} for row in ROWS]
    study = inchorus.find(rows, tmp_path / "study")
    (point,) = study.show()["talking_points"]
    one = study.show(point["tp_id"][:4], source="Herald")
    assert (one["talking_point"]["tp_id"], [p["source"] for p in one["passages"]]) == (point["tp_id"], ["Herald"])
    with pytest.raises(inchorus.UsageError, match="no document is by the source 'Heralt'; did you mean 'Herald'"):
        study.show(source="Heralt")
    with pytest.raises(inchorus.UsageError, match="no label 'lines'"):
        study.show(label="lines")
    found = study.separate("owner")
    assert [row["by"] for row in found["separations"]] == ["owner"]
    assert len(study.ties) == 3, "which it tested"


def test_a_study_is_searched_as_in_the_browser() -> None:
    study = inchorus.find(ROWS)
    found = study.search('"old bridge" source:Herald')
    assert (found["wording"]["total"], found["documents"]["total"], found["notes"]) == (1, 1, [])
    (document,) = found["documents"]["found"]
    assert document["source"] == "Herald"
    assert document["text"][slice(*document["hits"][0])] == "old bridge"
    assert study.search("library")["wording"]["total"] == 0
    assert len(study.search("bridge", limit=2)["documents"]["found"]) == 2
    assert study.search("bridge", limit=2)["documents"]["total"] == 3


def test_a_study_that_is_damaged_cannot_be_searched(tmp_path: Path) -> None:
    study = inchorus.find(ROWS, tmp_path / "study")
    study.file("passages").write_bytes(b"nothing")
    with pytest.raises(inchorus.StudyError, match=r"passages\.parquet is damaged"):
        study.search("bridge")


@pytest.mark.parametrize("function", [inchorus.find, inchorus.read_documents, inchorus.look])
def test_editors_are_told_every_option(function: Callable[..., Any]) -> None:
    parameters = inspect.signature(function).parameters
    assert {f.name for f in dataclasses.fields(ReadOptions)} <= set(parameters)
    assert "Any" not in str(parameters["wrong"].annotation)
    with pytest.raises(inchorus.UsageError, match=r"no option 'sourc'.*'source'"):
        function(ROWS, sourc="x")
