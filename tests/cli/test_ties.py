"""`inchorus ties`, from end to end on a simulated study."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Run, planted_groups
from inchorus.cli.terminal import stdout_console
from inchorus.cli.ties import _print_test
from inchorus.schema import arrow_schema
from inchorus.study import open_study, verify


def test_pairs_that_cannot_be_tested_are_not_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    facts = {"tested": 3, "sources": 5, "without": [], "strata": "week", "tied": 0, "one_model_only": 0, "objects": {}}
    _print_test(stdout_console(), facts)
    assert "tested 3 pairs of the sources with three documents or more, of 5 sources; left out: nothing" in (
        " ".join(capsys.readouterr().out.split())
    )


def test_ties_are_tested_stored_and_shown_with_their_evidence(grouped: Path, run: Run) -> None:
    code, out, _ = run("ties", grouped, "--quiet")
    assert code == 0
    assert "tested 780 pairs of 40 sources; left out: boilerplate, syndicated" in out
    assert "the rarest lines that they share" in out
    assert "group wording-1" in out
    opened = open_study(grouped)
    assert all(f.good for f in verify(opened))
    ties = opened.ties.arrow()
    assert ties.schema.equals(arrow_schema("ties"))
    assert opened.groups.arrow().schema.equals(arrow_schema("groups"))
    assert min(ties["observed"].to_pylist()) >= 1
    assert all(a < b for a, b in zip(ties["source_a"].to_pylist(), ties["source_b"].to_pylist(), strict=True))


def test_planted_groups_are_what_is_found(tied: Path, run: Run) -> None:
    _, out, _ = run("ties", tied, "--quiet", "--json", "--limit", 0)
    found = json.loads(out)
    group = planted_groups()
    right = [t for t in found["ties"] if group.get(t["source_a"], 1) == group.get(t["source_b"], 2)]
    assert len(right) >= 8
    assert len(right) >= 0.9 * len(found["ties"])
    assert found["test"]["tested"] == 780
    assert {m["source"] for m in found["groups"][0]["members"]} <= set(group)
    layers = {layer["layer"] for t in found["ties"] for layer in t["layers"]}
    assert "one day" in layers
    assert all(t["lines"] for t in found["ties"])


def test_a_second_run_reads_what_the_first_wrote(grouped: Path, run: Run) -> None:
    first = run("ties", grouped, "--quiet")
    before = (grouped / "ties.parquet").stat().st_mtime_ns
    assert run("ties", grouped, "--quiet") == first
    assert (grouped / "ties.parquet").stat().st_mtime_ns == before
    _, out, _ = run("ties", grouped, "--quiet", "--without", "none")
    assert "left out: nothing" in out
    assert (grouped / "ties.parquet").stat().st_mtime_ns != before


def test_a_pair_shows_every_line_and_what_to_do_next(tied: Path, run: Run) -> None:
    _, out, _ = run("ties", tied, "--quiet", "--json", "--limit", 1)
    (tie,) = json.loads(out)["ties"]
    code, out, _ = run("ties", tied, "--quiet", "--pair", tie["source_b"], tie["source_a"])
    assert code == 0
    assert f"{tie['source_a']} - {tie['source_b']}: {tie['observed']} talking points" in out
    assert "next   inchorus show" in out
    code, out, _ = run("ties", tied, "--quiet", "--source", tie["source_a"], "--json")
    assert all(tie["source_a"] in (t["source_a"], t["source_b"]) for t in json.loads(out)["ties"])


def test_declared_values_explain_a_tie(owners: Path, grouped: Path, run: Run) -> None:
    args = ("--attributes", owners, "--same", "owner")
    code, out, _ = run("ties", grouped, "--quiet", "--json", *args)
    assert code == 0
    tie = json.loads(out)["ties"][0]
    layer = next(x for x in tie["layers"] if x["layer"] == "same owner")
    assert (layer["observed"], layer["q_without"]) == (tie["observed"], 1.0)


def test_objects_have_rows_of_their_own_kind(grouped: Path, run: Run) -> None:
    code, out, _ = run("ties", grouped, "--quiet", "--objects", "title", "--window", 86_400)
    assert code == 0
    assert "title, at most 86400 s apart" in out
    kinds = open_study(grouped).sql(
        "SELECT kind, count(*) AS n FROM ties WHERE kind = 'title' AND weight IS NULL GROUP BY ALL"
    )
    assert kinds.num_rows == 0


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
def test_what_is_wrong_is_said(tied: Path, run: Run, args: tuple[str, ...], message: str) -> None:
    code, _, err = run("ties", tied, "--quiet", *args)
    assert code == 2
    assert message in err
