"""Where an export goes, what it leaves alone, and what it says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import hostile
from inchorus.api import Study
from inchorus.cli.export import FORMATS as OFFERED
from inchorus.cli.main import main
from inchorus.errors import UsageError
from inchorus.export import csv as csv_format
from inchorus.export.exported import FORMATS
from inchorus.study import open_study
from made_study import made

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    code = main([str(a) for a in args])
    out, err = capsys.readouterr()
    return code, out, err


def content(path: Path) -> dict[str, bytes]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name if path.is_dir() else "": file.read_bytes() for file in files}


def test_the_command_offers_every_format() -> None:
    assert OFFERED == FORMATS


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_study_gives_the_same_bytes_over_what_was_there(
    attacks: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    file = tmp_path / "out"
    code, out, err = run(capsys, "export", attacks.path, "--format", format, file)
    assert (code, err.count("error")) == (0, 0)
    assert out.startswith("wrote ")
    first = content(file)
    code, out, err = run(capsys, "export", attacks.path, "--format", format, file, "--quiet", "--json")
    assert (code, err) == (0, "")
    summary = json.loads(out)
    assert summary["bytes"] == sum(map(len, first.values()))
    assert summary["format"] == format
    assert content(file) == first
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("format", ["gexf", "graphml", "sqlite", "annotations"])
def test_a_file_of_another_kind_is_left_alone_unless_forced(news: Study, tmp_path: Path, format: str) -> None:
    file = tmp_path / "thesis.doc"
    file.write_bytes(b"years of work")
    with pytest.raises(UsageError, match="--force"):
        news.export(file, format)
    assert file.read_bytes() == b"years of work"
    news.export(file, format, force=True)
    assert file.read_bytes() != b"years of work"


def test_an_empty_file_and_the_file_of_a_link_are_replaced(news: Study, tmp_path: Path) -> None:
    (tmp_path / "real").touch()
    (tmp_path / "link").symlink_to("real")
    news.export(tmp_path / "link", "gexf")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes().startswith(b"<?xml")


def test_a_folder_with_other_files_is_left_alone(news: Study, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(UsageError, match=r"mine\.txt"):
        news.export(tmp_path, "csv", force=True)
    with pytest.raises(UsageError, match="this is a folder"):
        news.export(tmp_path, "sqlite", force=True)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_table_that_the_study_has_no_more_goes_from_the_folder(news: Study, tmp_path: Path) -> None:
    news.export(tmp_path / "tables", "csv")
    assert (tmp_path / "tables" / "ties.csv").exists()
    made(tmp_path / "study").export(tmp_path / "tables", "csv")
    assert not (tmp_path / "tables" / "ties.csv").exists()


def test_what_a_killed_export_left_behind_goes(news: Study, tmp_path: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    (tmp_path / f".ties.gexf.inchorus-{int(dead.stdout)}.new").write_text("half")
    news.export(tmp_path / "ties.gexf", "gexf")
    assert [p.name for p in tmp_path.iterdir()] == ["ties.gexf"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_file_is_left_alone(news: Study, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        news.export(tmp_path / "pipe", "gexf", force=True)


def test_nothing_is_written_into_the_study(news: Study) -> None:
    with pytest.raises(UsageError, match="inside the study"):
        news.export(news.path / "ties.gexf", "gexf")
    with pytest.raises(UsageError, match="inside the study"):
        news.export(news.path, "csv")


@pytest.mark.parametrize("table", [None, "ties"])
def test_a_failure_leaves_what_was_there(
    news: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str | None
) -> None:
    news.export(tmp_path / "out", "csv", table=table)
    before = content(tmp_path / "out")

    def broken(*args: Any) -> Any:
        raise OSError("the disk is gone")

    monkeypatch.setattr(csv_format, "defused", broken)
    with pytest.raises(OSError, match="disk"):
        news.export(tmp_path / "out", "csv", table=table)
    assert content(tmp_path / "out") == before
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("--format", "gefx", "f"), 2, "gefx"),
        (("--format", "sqlite", "--table", "ties", "f"), 2, "--table is for csv; leave it out"),
        (("--format", "csv", "--max-q", "0.5", "f"), 2, "--max-q is for gexf and graphml"),
        (("--format", "csv", "f.csv"), 2, "name one table with --table"),
        (("--format", "csv", "--table", "tie", "f.csv"), 1, "did you mean 'ties'"),
        (("--format", "gexf", "--kind", "wordng", "f"), 2, "did you mean 'wording'"),
        (("--format", "gexf", "no/such/f"), 2, "there is no such folder"),
    ],
)
def test_what_is_wrong_is_said(
    news: Study,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    args: tuple[str, ...],
    code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    found, out, err = run(capsys, "export", news.path, *args)
    assert (found, out) == (code, "")
    assert message in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("format", ["gexf", "graphml"])
def test_a_study_without_ties_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str) -> None:
    study = made(tmp_path / "study")
    code, _, err = run(capsys, "export", study.path, "--format", format, tmp_path / "f")
    assert code == 1
    assert f"this study has no ties yet; run: inchorus ties {study.path}" in err


def test_a_network_without_ties_under_the_threshold_says_so(
    news: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "export", news.path, "--format", "gexf", "--max-q", "0", tmp_path / "f")
    assert code == 0
    assert "--max-q 1 writes every pair" in out


def test_python_names_the_options_that_there_are(news: Study, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'max_q'"):
        news.export(tmp_path / "f", "gexf", maxq=1)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="did you mean 'graphml'"):
        news.export(tmp_path / "f", "graphlm")
    with pytest.raises(UsageError, match="not a share"):
        news.export(tmp_path / "f", "gexf", max_q=2)


def test_the_terminal_gets_no_control_code_of_a_document(
    attacks: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = Path(shutil.copytree(attacks.path, tmp_path / "s"))
    points = open_study(study).talking_points.arrow()["tp_id"].to_pylist()
    calls: list[tuple[object, ...]] = [("show", study, "--limit", 0), ("ties", study, "--limit", 0)]
    calls += [("show", study, point, "--limit", 0) for point in points[::6]]
    (tmp_path / "documents.jsonl").write_text("\n".join(map(json.dumps, hostile.documents())))
    calls += [("find", tmp_path / "documents.jsonl", "--out", tmp_path / "\x1b[31mfound"), ("separate", study)]
    calls += [
        ("separate", study, "--by", hostile.PARTY),
        ("export", study, "--format", "gexf", tmp_path / "a\x1b[31m\u202e.gexf"),
    ]
    for call in calls + [(*call, "--json") for call in calls]:
        code, out, err = run(capsys, *call)
        assert code == 0
        assert out
        assert not CONTROL.search(out + err), call


def test_a_file_of_many_comments_is_recognised_at_once(attacks: Study, tmp_path: Path) -> None:
    file = tmp_path / "ties.xml"
    file.write_bytes(b"<!---->" * 70 + b"<other/>")  # backtracking over these would take longer than anybody lives
    with pytest.raises(UsageError, match="not GEXF"):
        attacks.export(file, "gexf")
    file.write_bytes(b"<!-- a - b --><!-- c --><gexf/>")
    assert attacks.export(file, "gexf").rows["nodes"] > 0
