"""`inchorus ties` and `inchorus separate`, from end to end on a simulated study."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import pytest

from inchorus import flow
from inchorus.cli.main import main
from inchorus.cli.terminal import stdout_console
from inchorus.cli.ties import _print_test
from inchorus.engine.parquet import write_table
from inchorus.options import ShareOptions, find_options
from inchorus.progress import Silent
from inchorus.read import ReadOptions
from inchorus.schema import arrow_schema
from inchorus.simulate import Simulation, simulate, truth
from inchorus.study import open_study, verify

OPTIONS = Simulation(
    documents=1500, sources=40, lines=100, groups=2, group_size=4, group_lines=8, edits="verbatim", seed=3
)
# Words for people that a description of texts has no use for; spelt backwards, so that no file holds them.
NEVER = re.compile(
    rf"\b({'|'.join(w[::-1] for w in ('tnega', 'tob', 'citnehtuani', 'adnagaporp'))})s?\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ties")
    write_table(folder / "documents.parquet", "simulated", simulate(OPTIONS))
    flow.find(
        [folder / "documents.parquet"],
        folder / "study",
        ReadOptions(),
        find_options(),
        Silent(),
        ShareOptions(no_ties=True),
    )
    groups = {r["source"]: r["group_id"] for r in truth(OPTIONS).to_pylist() if r["group_id"]}
    names = (
        open_study(folder / "study").sql("SELECT DISTINCT source FROM documents ORDER BY source")["source"].to_pylist()
    )
    table = pa.table({"source": names, "owner": [groups.get(n) for n in names], "colour": ["red", "blue"] * 20})
    pc.write_csv(table, folder / "sources.csv")
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "study", tmp_path / "study"))


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    code = main([str(a) for a in args])
    out, err = capsys.readouterr()
    assert not NEVER.search(out + err)
    return code, out, err


def test_pairs_that_cannot_be_tested_are_not_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    facts = {"tested": 3, "sources": 5, "without": [], "strata": "week", "tied": 0, "one_model_only": 0, "objects": {}}
    _print_test(stdout_console(), facts)
    assert "tested 3 pairs of the sources with three documents or more, of 5 sources; left out: nothing" in (
        " ".join(capsys.readouterr().out.split())
    )


def test_ties_are_tested_stored_and_shown_with_their_evidence(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "ties", study, "--quiet")
    assert code == 0
    assert "tested 780 pairs of 40 sources; left out: boilerplate, syndicated" in out
    assert "the rarest lines that they share" in out
    assert "group wording-1" in out
    opened = open_study(study)
    assert all(f.good for f in verify(opened))
    ties = opened.ties.arrow()
    assert ties.schema.equals(arrow_schema("ties"))
    assert opened.groups.arrow().schema.equals(arrow_schema("groups"))
    assert min(ties["observed"].to_pylist()) >= 1
    assert all(a < b for a, b in zip(ties["source_a"].to_pylist(), ties["source_b"].to_pylist(), strict=True))


def test_planted_groups_are_what_is_found(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "ties", study, "--quiet", "--json", "--limit", 0)
    found = json.loads(out)
    group = {r["source"]: r["group_id"] for r in truth(OPTIONS).to_pylist() if r["group_id"]}
    right = [t for t in found["ties"] if group.get(t["source_a"], 1) == group.get(t["source_b"], 2)]
    assert len(right) >= 8
    assert len(right) >= 0.9 * len(found["ties"])
    assert found["test"]["tested"] == 780
    assert {m["source"] for m in found["groups"][0]["members"]} <= set(group)
    layers = {layer["layer"] for t in found["ties"] for layer in t["layers"]}
    assert "one day" in layers
    assert all(t["lines"] for t in found["ties"])


def test_a_second_run_reads_what_the_first_wrote(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = run(capsys, "ties", study, "--quiet")
    before = (study / "ties.parquet").stat().st_mtime_ns
    assert run(capsys, "ties", study, "--quiet") == first
    assert (study / "ties.parquet").stat().st_mtime_ns == before
    _, out, _ = run(capsys, "ties", study, "--quiet", "--without", "none")
    assert "left out: nothing" in out
    assert (study / "ties.parquet").stat().st_mtime_ns != before


def test_a_pair_shows_every_line_and_what_to_do_next(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "ties", study, "--quiet", "--json", "--limit", 1)
    (tie,) = json.loads(out)["ties"]
    code, out, _ = run(capsys, "ties", study, "--quiet", "--pair", tie["source_b"], tie["source_a"])
    assert code == 0
    assert f"{tie['source_a']} - {tie['source_b']}: {tie['observed']} talking points" in out
    assert "next   inchorus show" in out
    code, out, _ = run(capsys, "ties", study, "--quiet", "--source", tie["source_a"], "--json")
    assert all(tie["source_a"] in (t["source_a"], t["source_b"]) for t in json.loads(out)["ties"])


def test_declared_values_explain_a_tie(made: Path, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ("--attributes", made / "sources.csv", "--same", "owner")
    code, out, _ = run(capsys, "ties", study, "--quiet", "--json", *args)
    assert code == 0
    tie = json.loads(out)["ties"][0]
    layer = next(x for x in tie["layers"] if x["layer"] == "same owner")
    assert (layer["observed"], layer["q_without"]) == (tie["observed"], 1.0)


def test_objects_have_rows_of_their_own_kind(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "ties", study, "--quiet", "--objects", "title", "--window", 86_400)
    assert code == 0
    assert "title, at most 86400 s apart" in out
    kinds = open_study(study).sql(
        "SELECT kind, count(*) AS n FROM ties WHERE kind = 'title' AND weight IS NULL GROUP BY ALL"
    )
    assert kinds.num_rows == 0


def test_separate_tells_owners_apart_but_not_colours(
    made: Path, study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "separate", study, "--attributes", made / "sources.csv", "--quiet", "--json")
    assert code == 0
    rows = {r["by"]: r for r in json.loads(out)["separations"]}
    assert rows["owner"]["auc"] > 0.9
    assert rows["owner"]["p"] < 0.05
    assert 0.35 < rows["colour"]["auc"] < 0.65
    code, out, _ = run(capsys, "separate", study, "--attributes", made / "sources.csv", "--by", "owner", "--lines", 2)
    assert code == 0
    assert "if shuffled" in out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--without", "quotatoin"), "did you mean 'quotation'"),
        (("--width", "fortnight"), "no stratum width"),
        (("--objects", "hashtag"), "no column 'hashtag'"),
        (("--source", "Nobody"), "no document is by the source"),
        (("--pair", "Nobody", "Noone"), "no document is by the source"),
    ],
)
def test_what_is_wrong_is_said(
    study: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], message: str
) -> None:
    code, _, err = run(capsys, "ties", study, "--quiet", *args)
    assert code == 2
    assert message in err


def test_separate_names_what_it_lacks(made: Path, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "separate", study, "--by", "party")
    assert code == 2
    assert "--attributes" in err
    code, _, err = run(capsys, "separate", study, "--attributes", made / "sources.csv", "--by", "ownr")
    assert "did you mean 'owner'" in err
    (made / "twice.csv").write_text("source,x\na,1\na,2\n")
    code, _, err = run(capsys, "separate", study, "--attributes", made / "twice.csv")
    assert code == 1
    assert "two rows" in err
