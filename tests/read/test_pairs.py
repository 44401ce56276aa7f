from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.cli import main
from inchorus.errors import InputError, UsageError
from inchorus.flow import find
from inchorus.options import find_options
from inchorus.progress import Silent
from inchorus.read import ReadOptions
from inchorus.read.pairs import read_pairs
from inchorus.study import Study

Row = dict[str, str]
Captured = pytest.CaptureFixture[str]

IDS = pa.chunked_array([["alpha", "beta"], ["gamma", "7", "δέλτα"]], pa.string())


def csv_of(path: Path, rows: Sequence[Row]) -> Path:
    lines = [",".join(rows[0])] + [",".join(f'"{v}"' for v in row.values()) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def pairs_of(path: Path) -> list[list[int]]:
    found = read_pairs(path, IDS, ReadOptions())
    assert found.dtype == "int64"
    assert found.shape[1] == 2
    return [list(map(int, pair)) for pair in found]


def test_pairs_come_once_smaller_first_and_sorted(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(
        "one,other,note\ngamma,alpha,x\n7,beta,y\nalpha,gamma,z\ngamma,alpha,x\nδέλτα,7,\n", encoding="utf-8"
    )
    assert pairs_of(path) == [[0, 2], [1, 3], [3, 4]]


def test_every_kind_of_table(tmp_path: Path) -> None:
    lines, table, tabs = tmp_path / "p.jsonl", tmp_path / "p.parquet", tmp_path / "p.tsv"
    lines.write_text('{"a": "beta", "b": 7}\n{"a": "alpha", "b": 7}\n')
    pq.write_table(pa.table({"a": pa.array(["beta", "alpha"]).dictionary_encode(), "b": [7, 7]}), table)
    tabs.write_text("a\tb\nbeta\t7\nalpha\t7\n")
    assert pairs_of(lines) == pairs_of(table) == pairs_of(tabs) == [[0, 3], [1, 3]]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda p: p[0] != p[1]), min_size=1))
def test_pairs_against_the_obvious(tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[int, int]]) -> None:
    path = tmp_path_factory.mktemp("pairs") / "p.csv"
    names = IDS.to_pylist()
    path.write_text("a,b\n" + "".join(f"{names[a]},{names[b]}\n" for a, b in chosen), encoding="utf-8")
    assert pairs_of(path) == sorted([a, b] for a, b in {(min(p), max(p)) for p in chosen})


WRONG: list[tuple[str, str, int, list[str]]] = [
    ("p.csv", "a\nalpha\n", 1, ["p.csv", "two columns"]),
    ("p.csv", "a,b\nalpha,gama\n", 1, ["p.csv, row 1 (line 2), column 'b'", "'gama'", "did you mean 'gamma'?"]),
    ("p.csv", "a,b\nalpha,beta\nqqqqq,beta\n", 1, ["row 2 (line 3), column 'a'", "'qqqqq'", "ids of documents"]),
    ("p.csv", "a,b\nalpha,beta\n7,7\n", 1, ["row 2", "paired with itself", "leave this row out"]),
    ("p.csv", "a,b\nalpha,\n", 1, ["row 1 (line 2), column 'b'", "an id is missing"]),
    ("p.csv", "a,b\n", 1, ["p.csv", "empty", "header"]),
    # A file without a header: its first pair is read as one.
    ("p.csv", "alpha,beta\n", 1, ["p.csv", "empty", "header"]),
    ("p.csv", "", 1, ["p.csv", "empty"]),
    ("p.jsonl", "", 1, ["p.jsonl"]),
    ("p.jsonl", '{"a": "alpha"}\n', 1, ["two columns"]),
    ("p.txt", "alpha beta\n", 1, ["p.txt", "table of two columns", "CSV"]),
    ("p.csv", "a,b\nalpha,beta,gamma\n", 1, ["row 1", "3 fields"]),
]


@pytest.mark.parametrize(("name", "content", "code", "said"), WRONG)
def test_what_is_wrong_with_a_list_of_pairs_is_said(
    name: str, content: str, code: int, said: list[str], tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(InputError) as raised:
        read_pairs(path, IDS, ReadOptions())
    rows = [{"id": str(i), "source": f"s{k}", "text": "a b c"} for k, i in enumerate(IDS.to_pylist())]
    documents = csv_of(tmp_path / "documents.csv", rows)
    out = tmp_path / "study"
    assert main(["find", str(documents), "--out", str(out), "--pairs", str(path)]) == raised.value.exit_code == code
    error = capsys.readouterr().err
    for part in said:
        assert part in str(raised.value)
        assert part in error
    assert "Traceback" not in error
    assert not out.exists()


def test_a_list_of_pairs_that_is_not_there_or_a_folder(tmp_path: Path, capsys: Captured) -> None:
    documents = csv_of(tmp_path / "d.csv", [{"id": k, "source": k, "text": "a b c"} for k in "ab"])
    csv_of(tmp_path / "pairs.csv", [{"a": "a", "b": "b"}])
    args = ["find", str(documents), "--out", str(tmp_path / "study"), "--pairs"]
    assert main([*args, str(tmp_path / "pair.csv")]) == 1
    error = capsys.readouterr().err
    assert "no such file" in error
    assert "did you mean 'pairs.csv'?" in error
    with pytest.raises(UsageError, match="folder"):
        read_pairs(tmp_path, IDS, ReadOptions())
    assert main([*args, str(tmp_path)]) == 2
    assert "folder" in capsys.readouterr().err
    assert not (tmp_path / "study").exists()


def filler(rng: random.Random, n: int) -> str:
    return " ".join(" ".join(f"z{rng.randrange(10**7)}" for _ in range(12)) + "." for _ in range(n))


def reworded(rng: random.Random, name: str) -> str:
    """Seven sentences and their words in another order, one word in seven another."""
    out = []
    for k in rng.sample(range(7), 7):
        words = [f"{name}{k}x{i}" if rng.random() > 0.15 else f"n{rng.randrange(10**9)}" for i in range(12)]
        out.append(" ".join(rng.sample(words, 12)) + ".")
    return " ".join(out)


def documents(seed: int, others: int = 60) -> list[Row]:
    """Two passages, each reworded by three of six sources, a line that all six share, and other documents."""
    rng = random.Random(seed)
    line = " ".join(f"line{i}" for i in range(14))
    rows = []
    for k in range(6):
        middle = f"{filler(rng, 12)} {reworded(rng, 'pq'[k % 2])} {filler(rng, 12)}"
        rows.append((f"a{k}", f"s{k}", f"{middle} {line}. {filler(rng, 3)}"))
    rows += [(f"b{k:02}", f"s{k % 9}", filler(rng, 12)) for k in range(others)]
    return [{"id": i, "source": s, "time": f"2024-03-{1 + n % 28:02}", "text": t} for n, (i, s, t) in enumerate(rows)]


def run(
    inputs: Sequence[Path], out: Path, preset: str = "articles", pairs: Path | None = None, threads: int = 1
) -> Study:
    return find(inputs, out, ReadOptions(), find_options(preset, threads=threads, pairs=pairs), Silent())


def found(study: Study) -> list[list[str]]:
    """For each talking point its documents."""
    points: dict[str, list[str]] = {}
    for row in study.passages.arrow().to_pylist():
        points.setdefault(row["tp_id"], []).append(row["doc_id"])
    return sorted(sorted(ids) for ids in points.values())


def test_the_edited_preset_from_files_to_study(tmp_path: Path) -> None:
    rows = documents(1)
    study = run([csv_of(tmp_path / "d.csv", rows)], tmp_path / "study", "edited")
    assert found(study) == [["a0", "a2", "a4"], ["a1", "a3", "a5"]]
    texts = {row["id"]: row["text"] for row in rows}
    for row in study.passages.arrow().to_pylist():
        text = texts[row["doc_id"]][row["start"] : row["end"]]
        name = "pq"[int(row["doc_id"][1]) % 2]
        own = [w for w in text.replace(".", "").split() if w.startswith(name)]
        assert len(own) > 0.7 * len(text.split())
        assert 0 < row["similarity"] <= 1
    for point in study.talking_points.arrow().to_pylist():
        assert point["n_sources"] == point["n_documents"] == 3


@pytest.mark.parametrize("preset", ["articles", "edited"])
def test_pairs_limit_a_study(preset: str, tmp_path: Path) -> None:
    data = csv_of(tmp_path / "d.csv", documents(2))
    pairs = csv_of(tmp_path / "p.csv", [{"a": "a2", "b": "a0"}, {"a": "a1", "b": "b00"}, {"a": "a3", "b": "a2"}])
    study = run([data], tmp_path / "study", preset, pairs)
    assert found(study) == ([["a0", "a2", "a3"]] if preset == "articles" else [["a0", "a2"]])
    said = study.manifest["options"]["pairs"]
    assert said == {"name": "p.csv", "sha256": hashlib.sha256(pairs.read_bytes()).hexdigest()}
    assert str(tmp_path) not in json.dumps(study.manifest)
    nothing = csv_of(tmp_path / "q.csv", [{"a": "a2", "b": "b00"}])
    assert found(run([data], tmp_path / "other", preset, nothing)) == []


def hashes(study: Study) -> dict[str, str]:
    names = ("documents", "talking_points", "passages", "variants")
    return {n: hashlib.sha256((study.path / f"{n}.parquet").read_bytes()).hexdigest() for n in names}


def manifest(study: Study) -> dict[str, object]:
    return {k: v for k, v in study.manifest.items() if k not in {"started", "ended", "inputs"}}


@pytest.mark.parametrize("preset", ["articles", "edited"])
@pytest.mark.parametrize("with_pairs", [False, True])
def test_threads_order_and_files_change_no_byte(preset: str, with_pairs: bool, tmp_path: Path) -> None:
    rng = random.Random(4)
    rows = documents(3)
    chosen = [{"a": f"a{a}", "b": f"a{b}"} for a in range(6) for b in range(a) if (a + b) % 3]
    pairs = csv_of(tmp_path / "p.csv", chosen) if with_pairs else None
    shuffled, turned = rng.sample(rows, len(rows)), rng.sample(chosen, len(chosen))
    first = run([csv_of(tmp_path / "d.csv", rows)], tmp_path / "first", preset, pairs)
    assert len(found(first)) >= 1
    split = [csv_of(tmp_path / "1.csv", shuffled[:20]), csv_of(tmp_path / "2.csv", shuffled[20:])]
    again = [
        run([tmp_path / "d.csv"], tmp_path / "two", preset, pairs, threads=2),
        run([tmp_path / "d.csv"], tmp_path / "three", preset, pairs, threads=3),
        run([csv_of(tmp_path / "e.csv", shuffled)], tmp_path / "shuffled", preset, pairs),
        run(split[::-1], tmp_path / "split", preset, pairs, threads=2),
    ]
    for other in again:
        assert hashes(other) == hashes(first)
    assert manifest(again[0]) == manifest(first)
    if pairs is not None:
        csv_of(pairs, turned)
        assert hashes(run([tmp_path / "d.csv"], tmp_path / "turned", preset, pairs)) == hashes(first)
