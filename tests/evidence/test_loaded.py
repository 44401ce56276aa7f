"""The tables of a study in memory: all of them, for several threads, and of one study only."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest

import inchorus
from inchorus.api import Study
from inchorus.errors import StudyError
from inchorus.evidence.loaded import Loaded
from inchorus.manifest import MANIFEST
from inchorus.schema import TABLES
from inchorus.study import write_study
from made_study import made, tables


@pytest.fixture(scope="module")
def loaded(small: Study) -> Iterator[Loaded]:
    found = Loaded(small)
    yield found
    found.close()


def test_every_table_is_there_or_empty(loaded: Loaded, small: Study) -> None:
    for name in TABLES:
        expected = len(small.table(name)) if loaded.has(name) else 0
        assert loaded.value(f"SELECT count(*) FROM {name}") == expected
    assert not loaded.has("ties")


def test_ranks_are_those_of_the_scores(loaded: Loaded) -> None:
    rows = loaded.rows("SELECT rank, score FROM talking_points ORDER BY rank")
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)


def test_positions_are_those_of_the_file(loaded: Loaded, small: Study) -> None:
    ids = loaded.arrow("SELECT doc_id FROM documents ORDER BY position")["doc_id"].to_pylist()
    assert ids == small.documents.arrow()["doc_id"].to_pylist()
    assert loaded.value("SELECT min(position) FROM documents") == 0


def test_texts_are_exactly_as_given(loaded: Loaded, small: Study) -> None:
    given = {row["doc_id"]: row["text"] for row in small.documents.arrow().to_pylist()}
    assert loaded.texts([*given, "none"]) == given
    assert loaded.texts([]) == {}


def test_values_are_values_and_not_sql(loaded: Loaded) -> None:
    attack = "'; DROP TABLE documents; --"
    assert loaded.rows("SELECT ? AS x", [attack]) == [{"x": attack}]
    assert loaded.texts([attack]) == {}
    assert loaded.value("SELECT source FROM documents WHERE source = ?", [attack]) is None


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_times_are_utc_whatever_the_zone_of_the_machine(small: Study, zone: str) -> None:
    script = (
        "import sys, inchorus; from inchorus.evidence.loaded import Loaded\n"
        "loaded = Loaded(inchorus.open(sys.argv[1]))\n"
        "print(*(row['t'] for row in loaded.rows('SELECT time::VARCHAR AS t FROM documents ORDER BY time')))\n"
        "print(*(row['time'].isoformat(' ') for row in loaded.rows('SELECT time FROM documents ORDER BY time')"
        " if row['time']))"
    )
    command = [sys.executable, "-c", script, str(small.path)]
    run = subprocess.run(command, env={**os.environ, "TZ": zone}, capture_output=True, text=True, check=True)
    times = sorted(time for time in small.documents.arrow()["time"].to_pylist() if time is not None)
    in_sql, in_python = run.stdout.splitlines()
    assert in_sql.startswith(str(times[0])[: len("2024-03-01 09:30:00")])
    assert in_python == " ".join(time.isoformat(" ") for time in times)


def test_columns_of_the_input_may_have_any_name(tmp_path: Path) -> None:
    rows = tables()
    count = rows["documents"].num_rows
    for name in ("position", "Text", "rank", 'a"b', "file_row_number"):
        rows["documents"] = rows["documents"].append_column(name, pa.array(range(count)))
    base = {"options": {}, "seed": 0, "inputs": [], "started": "2024-01-01T00:00:00+00:00"}
    loaded = Loaded(write_study(tmp_path / "study", rows, base))
    assert loaded.value("SELECT max(position) FROM documents") == count - 1
    assert loaded.value('SELECT max("a""b") FROM documents') == count - 1
    loaded.close()


def test_threads_may_ask_at_the_same_time(loaded: Loaded) -> None:
    def ask(n: int) -> tuple[int, int]:
        rank = n % 23 + 1
        tp_id = loaded.value("SELECT tp_id FROM talking_points WHERE rank = ?", [rank])
        doc_ids = [row["doc_id"] for row in loaded.rows("SELECT doc_id FROM passages WHERE tp_id = ?", [tp_id])]
        found = loaded.rows("SELECT rank, n_passages FROM talking_points WHERE tp_id = ?", [tp_id])[0]
        assert len(loaded.texts(doc_ids)) == len(doc_ids) == found["n_passages"]
        return rank, found["rank"]

    with ThreadPoolExecutor(8) as pool:
        assert all(asked == got for asked, got in pool.map(ask, range(200)))


def test_a_study_that_is_written_anew_is_not_mixed_with_the_old(tmp_path: Path) -> None:
    loaded = Loaded(made(tmp_path / "study"))
    assert loaded.value("SELECT count(*) FROM talking_points") == 8
    again = made(tmp_path / "study", points=3)
    os.utime(again.path / MANIFEST, ns=(1, 1))  # whatever the clock of the disk tells apart
    with pytest.raises(StudyError, match=r"study: the study was written anew or moved; start inchorus serve again"):
        loaded.value("SELECT 1")
    loaded.close()


def test_a_study_of_no_place_can_be_read() -> None:
    line = "nobody in this valley will ever pay for the same water twice again this year"
    study = inchorus.find([{"source": s, "text": f"{s} says that {line}."} for s in ("Herald", "Post")])
    loaded = Loaded(study)
    assert loaded.value("SELECT text FROM talking_points") is not None
    loaded.close()


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-9])])
def test_a_file_that_is_gone_or_damaged_is_said_to_be(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    study = made(tmp_path / "study")
    loaded = Loaded(study)
    doc_id = loaded.value("SELECT doc_id FROM documents")
    harm(study.file("documents"))
    with pytest.raises(StudyError, match=r"documents\.parquet is (gone|damaged)"):
        loaded.texts([doc_id])
    with pytest.raises(StudyError, match=r"documents\.parquet is (gone|damaged)"):
        Loaded(study)
    assert loaded.value("SELECT count(*) FROM passages") > 0  # what is in memory is still there
