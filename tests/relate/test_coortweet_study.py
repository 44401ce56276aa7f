"""CooRTweet's input as a study, shared objects asked of `find`, and what is declared of sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

import inchorus
from inchorus.cli import main
from inchorus.errors import InputError, UsageError
from inchorus.options import share_options
from inchorus.progress import Silent
from inchorus.relate.coortweet import COLUMNS, edges
from inchorus.relate.up_to_date import ready

START = 1_700_000_000
ROWS = [
    (f"o{k}", account, f"{account}{k}", START + 86_400 * k + delay)
    for k in range(6)
    for account, delay in (("x", 0), ("y", 4), ("z", 3000 + k))
]


@pytest.fixture
def shares(tmp_path: Path) -> Path:
    path = tmp_path / "shares.csv"
    pyarrow.csv.write_csv(pa.table(dict(zip(COLUMNS, map(list, zip(*ROWS, strict=True)), strict=True))), path)
    return path


def test_a_study_of_shares_has_coortweets_table_and_the_same_pairs_tested(shares: Path, tmp_path: Path) -> None:
    study = inchorus.find(shares, out=tmp_path / "s", coortweet=True, window=30)
    table = study.table("coortweet").arrow()
    assert table.equals(edges(pyarrow.csv.read_csv(shares), 30).cast(table.schema))
    assert [(r["account_a"], r["account_b"], r["weight"]) for r in table.to_pylist()] == [("x", "y", 6)]
    (tie,) = study.ties.arrow().to_pylist()
    assert (tie["source_a"], tie["source_b"], tie["kind"], tie["observed"], tie["weight"], tie["mean_delay"]) == (
        "x",
        "y",
        "object_id",
        6,
        6,
        4.0,
    )
    assert study.manifest["ties"]["coortweet"] == {"window": 30.0, "min_participation": 2, "edges": 1}


def test_coortweets_own_defaults_are_the_defaults(shares: Path) -> None:
    study = inchorus.find(shares, coortweet=True)
    assert study.manifest["ties"]["coortweet"]["window"] == 10.0


def test_ties_lists_every_pair_and_refuses_to_test_them_otherwise(
    shares: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "s")
    assert main(["find", str(shares), "--coortweet", "--window", "30", "--out", out, "--quiet"]) == 0
    assert "1 pair of accounts by CooRTweet's rules" in capsys.readouterr().out
    assert main(["ties", out]) == 0
    assert "x - y" in capsys.readouterr().out
    assert main(["ties", out, "--pair", "y", "x"]) == 0
    assert "x - y: 6 of object_id" in capsys.readouterr().out
    assert main(["ties", out, "--window", "5"]) == 2
    assert "run inchorus find again" in capsys.readouterr().err


def test_shares_keep_their_own_columns(shares: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--text does not go with --coortweet"):
        inchorus.find(shares, out=tmp_path / "s", coortweet=True, text="object_id")


def test_input_without_the_four_columns_says_which_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("object_id,account_id,timestamp_share\na,x,1700000000\na,y,1700000002\n")
    with pytest.raises(InputError, match="content_id"):
        inchorus.find(tmp_path / "a.csv", coortweet=True)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"window": 5}, "--window is for shared objects"),
        ({"min_participation": 2}, "--min-participation is for shared objects"),
        ({"objects": ["url"], "coortweet": True}, "leave out --objects"),
        ({"objects": ["url"], "window": -1.0}, "window is -1.0"),
    ],
)
def test_options_that_do_not_go_together(given: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        share_options(**given)


def posts() -> list[dict[str, Any]]:
    out = []
    for k in range(40):
        for source in ("a", "b", "c", "d", "e"):
            same = source in "ab" and k < 8
            at = START + 86_400 * k + (0 if same else 7000 * "abcde".index(source))
            link = f"https://example.org/{k if same else f'{source}{k}'}"
            text = f"note {k} of {source} on nothing in common with any other at all"
            out.append({"source": source, "time": at, "text": text, "url": link})
    return out


def test_objects_asked_of_find_are_tested_at_once(tmp_path: Path) -> None:
    study = inchorus.find(posts(), out=tmp_path / "s", objects="url", window=30)
    rows = study.ties.filter("kind = 'url'").arrow().to_pylist()
    assert [(r["source_a"], r["source_b"], r["observed"]) for r in rows] == [("a", "b", 8)]


def test_what_is_not_said_of_ties_stays_as_it_was(tmp_path: Path) -> None:
    study = inchorus.find(posts(), out=tmp_path / "s", objects=["url"], window=30)
    assert ready(study, {}, Silent()) is study
    assert ready(study, {"window": None, "objects": ()}, Silent()) is study
    wider = ready(study, {"window": 9000.0}, Silent())
    assert wider.manifest["ties"]["objects"]["url"]["window"] == 9000.0


def test_what_is_declared_of_sources_becomes_columns(tmp_path: Path) -> None:
    (tmp_path / "owners.csv").write_text("source,owner\na,North\nb,North\nc,South\nz,West\n")
    study = inchorus.find(posts(), out=tmp_path / "s", attributes=tmp_path / "owners.csv")
    owners = study.sql("SELECT source, any_value(owner) AS owner FROM documents GROUP BY source ORDER BY source")
    assert owners["owner"].to_pylist() == ["North", "North", "South", None, None]
    assert study.manifest["options"]["attributes"]["name"] == "owners.csv"


def test_declaring_what_the_documents_say_already_is_refused(tmp_path: Path) -> None:
    (tmp_path / "owners.csv").write_text("source,url\na,North\n")
    with pytest.raises(UsageError, match="have a column 'url' already"):
        inchorus.find(posts(), out=tmp_path / "s", attributes=tmp_path / "owners.csv")
    (tmp_path / "others.csv").write_text("source,owner\nnobody,North\n")
    with pytest.raises(InputError, match="no source of the documents is declared"):
        inchorus.find(posts(), out=tmp_path / "s", attributes=tmp_path / "others.csv")


@pytest.mark.parametrize(("window", "least"), [(10, 2), (60, 2)])
def test_the_study_of_coortweets_own_example(
    shared: Callable[[str], Path], tmp_path: Path, window: int, least: int
) -> None:
    path = shared("coordination/retweets.parquet")
    study = inchorus.find(path, out=tmp_path / "s", coortweet=True, window=window, min_participation=least)
    wanted = {
        (r["account_a"], r["account_b"]): r["weight"]
        for r in pq.read_table(shared("coordination/coortweet_edges.parquet")).to_pylist()
        if (r["window"], r["min_participation"]) == (window, least)
    }
    assert wanted
    ties = study.ties.arrow().to_pylist()
    assert {(r["source_a"], r["source_b"]): r["weight"] for r in ties} == wanted


def test_a_column_that_is_not_there_is_said_before_the_work_and_leaves_the_study_as_it_was(tmp_path: Path) -> None:
    rows = [{"source": name, "text": f"{name} said it"} for name in "ab"]
    inchorus.find(rows, out=tmp_path / "study")
    before = (tmp_path / "study" / "manifest.json").read_bytes()
    with pytest.raises(UsageError, match="no column 'urls'"):
        inchorus.find(rows, out=tmp_path / "study", objects="urls")
    assert (tmp_path / "study" / "manifest.json").read_bytes() == before


def test_declared_values_are_text_as_they_are_written(tmp_path: Path) -> None:
    declared = tmp_path / "declared.csv"
    declared.write_text("source,district,land\n007,01,NA\n8,,\n")
    rows = [{"source": name, "text": f"{name} said it"} for name in ("007", "8")]
    found = inchorus.find(rows, attributes=declared).documents.arrow().sort_by("source")
    assert found["district"].to_pylist() == ["01", None]
    assert found["land"].to_pylist() == ["NA", None]


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"source,party,party\na,b,c\n", "'party' more than once"), (b"source,party\n\xe9,b\n", "not valid utf-8"),
     (b"", "the file is empty")],
)  # fmt: skip
def test_a_table_of_sources_that_cannot_be_used_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    declared = tmp_path / "declared.csv"
    declared.write_bytes(content)
    with pytest.raises(InputError, match=says):
        inchorus.find([{"source": name, "text": f"{name} said it"} for name in "ab"], attributes=declared)


def test_a_share_without_a_content_is_refused(tmp_path: Path) -> None:
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in ROWS]
    with pytest.raises(InputError, match="1 of the shares have no content_id"):
        inchorus.find(
            [{**row, "content_id": row["content_id"] if n else None} for n, row in enumerate(rows)], coortweet=True
        )


@pytest.mark.parametrize("name", ["wording", "all"])
def test_a_column_cannot_share_its_name_with_another_kind_of_ties(name: str) -> None:
    rows = [{"source": source, "text": f"{source} said it", name: "x"} for source in "ab"]
    with pytest.raises(UsageError, match=f"'{name}' is the name of a kind of ties already"):
        inchorus.find(rows, objects=name)


def test_objects_may_stand_in_a_column_of_any_name() -> None:
    rows = [{'a"b' if name == "url" else name: value for name, value in row.items()} for row in posts()]
    study = inchorus.find(rows, objects='a"b', window=30)
    assert study.ties.filter("kind = 'a\"b'").arrow()["observed"].to_pylist() == [8]
