from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pytest

from inchorus.cli import main
from inchorus.cli.main import root
from inchorus.compiled import ahead
from inchorus.errors import InputError, Where
from inchorus.options import FindOptions
from inchorus.relate.up_to_date import ready
from inchorus.study import open_study
from made_study import SOURCES, WORDINGS, made, tp_id

Captured = pytest.CaptureFixture[str]


class Flow(types.ModuleType):
    """Stands in for the stages: writes a study made by hand, or raises what it is given."""

    raises: BaseException | None = None
    points = len(WORDINGS)
    manifest: dict[str, Any] = {}  # noqa: RUF012
    called: tuple[Any, ...] = ()

    def find(self, inputs: Any, out: Path, read: Any, options: Any, progress: Any, sharing: Any = None) -> Any:
        self.called = (inputs, read, options)
        if self.raises is not None:
            raise self.raises
        with progress.stage("match", 3, "documents") as advance:
            advance(3)
        return made(out, self.points, **self.manifest)

    def ties(self, study: Any, given: Any, progress: Any) -> Any:
        return ready(study, given, progress)


@pytest.fixture
def flow(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Flow:
    import inchorus.simulate

    here = tmp_path_factory.mktemp("here")
    (here / "a.csv").write_text("source,text\nHerald,words\n")
    monkeypatch.chdir(here)
    monkeypatch.setattr(ahead, "begin", lambda *given: None)

    fake = Flow("inchorus.flow")
    monkeypatch.setitem(sys.modules, "inchorus.flow", fake)
    monkeypatch.setattr(inchorus, "flow", fake, raising=False)
    return fake


@pytest.fixture
def study(tmp_path: Path) -> str:
    made(tmp_path / "study", 30)
    return str(tmp_path / "study")


def commands() -> list[click.Command]:
    return list(root.commands.values())


@pytest.mark.parametrize("command", commands(), ids=lambda c: str(c.name))
def test_the_help_documents_every_option(command: click.Command, capsys: Captured) -> None:
    assert main([str(command.name), "--help"]) == 0
    page = capsys.readouterr().out
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, param.name
            assert any(f"  {name}" in page for name in param.opts), param.name
    assert "Examples:\n  inchorus " in page
    assert command.short_help
    assert max(map(len, page.splitlines())) <= 100


def test_the_help_gives_the_defaults_of_the_options(capsys: Captured) -> None:
    main(["find", "--help"])
    page = " ".join(capsys.readouterr().out.split())
    for default in (FindOptions.min_sources, FindOptions.min_words, FindOptions.gram, FindOptions.seed):
        assert f"[default: {default}]" in page


def test_the_first_page_of_help_gives_a_line_to_each_step(capsys: Captured) -> None:
    main(["--help"])
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "Try it on a simulated corpus:     inchorus demo" in lines
    assert "Browse the evidence:              inchorus serve study" in lines


def test_start_up_loads_nothing_heavy() -> None:
    code = "import sys; from inchorus.cli import main; main(['--help']); print([m for m in sys.modules if m in " \
        "('numba', 'pyarrow', 'duckdb', 'numpy', 'rich.console')])"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]")


def test_find_passes_on_what_is_given_and_sums_up(flow: Flow, tmp_path: Path, capsys: Captured) -> None:
    flow.manifest = {"inputs": [{"name": "a.csv", "rows": 40, "sha256": "0"}], "left_out": {"without text": 8}}
    out = str(tmp_path / "s")
    assert main(["find", "a.csv", "--out", out, "--id", "key", "--bad-times", "null", "--min-words", "9"]) == 0
    inputs, read, options = flow.called
    assert (inputs, read.id, read.bad_times, options.min_words) == ([Path("a.csv")], "key", "null", 9)
    shown = capsys.readouterr()
    assert "documents of 6 sources, 2024-03-01 to 2024-03-11 (1 without a time)" in shown.out
    assert "left out: 8 without text" in shown.out
    assert "found  8 talking points in 29 passages" in shown.out
    assert f"inchorus show {out} {tp_id(WORDINGS[0])}" in shown.out
    assert shown.err.startswith("match: 3 documents, ")


def test_find_quiet_says_nothing_on_standard_error(flow: Flow, tmp_path: Path, capsys: Captured) -> None:
    assert flow.points
    assert main(["find", "a.csv", "--out", str(tmp_path / "s"), "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_find_json_is_json_alone(flow: Flow, tmp_path: Path, capsys: Captured) -> None:
    assert flow.points
    assert main(["find", "a.csv", "--out", str(tmp_path / "s"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {k: v for k, v in found.items() if k != "top"} == {
        "study": str(tmp_path / "s"), "documents": 29, "sources": 6, "talking_points": 8, "passages": 29,
    }  # fmt: skip
    assert [row["text"] for row in found["top"]] == list(WORDINGS)
    assert found["top"][0]["first_time"] == "2024-03-01T09:30:00+00:00"


@pytest.mark.parametrize(
    ("options", "why"),
    [({"min_words": 8, "min_sources": 2}, "no wording of 8 words"), ({"min_sources": 9}, "only 6 sources"),
     ({"min_words": 500}, "no document is long enough")],
)  # fmt: skip
def test_nothing_found_says_why(
    flow: Flow, tmp_path: Path, capsys: Captured, options: dict[str, int], why: str
) -> None:
    from inchorus.cli.find import summary
    from inchorus.study import write_study
    from made_study import tables

    assert flow
    full = tables()
    empty = {name: table if name == "documents" else table.slice(0, 0) for name, table in full.items()}
    summary(write_study(tmp_path / "s", empty, {"options": options}), as_json=False)
    assert why in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InputError("no column 'text'", where=Where("a.csv")), 1, "error: a.csv: no column 'text'"),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "error: the disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "a.csv"), 1, "error: a.csv: Permission denied"),
        (MemoryError(), 1, "error: there is not enough memory"),
        (KeyboardInterrupt(), 1, "stopped; nothing was changed in "),
        (KeyError("x\x1b[2J"), 1, "error: KeyError: 'x\\x1b[2J'; this is a defect of inchorus"),
    ],
)
def test_errors_are_one_line(
    flow: Flow, tmp_path: Path, capsys: Captured, error: BaseException, code: int, said: str
) -> None:
    flow.raises = error
    assert main(["find", "a.csv", "--out", str(tmp_path / "s")]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(said)
    assert shown.err.count("\n") == 1
    assert not (tmp_path / "s").exists()


def test_debug_shows_the_traceback(flow: Flow, tmp_path: Path, capsys: Captured) -> None:
    flow.raises = InputError("bad")
    assert main(["find", "a.csv", "--out", str(tmp_path / "s"), "--debug"]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("Traceback")
    assert shown.endswith("error: bad\n")


def test_find_does_not_start_where_it_must_not_write(flow: Flow, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "thesis.doc").write_text("x")
    assert main(["find", "a.csv", "--out", str(tmp_path)]) == 2
    assert flow.called == ()
    assert "not empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "said"),
    [(["shw"], "'show'"), (["find", "a", "--ot", "x"], "'--out'"), (["show", "s", "--lable", "line"], "'--label'"),
     (["find", "a"], "--out"), (["find", "a", "--out", "s", "--gram", "x"], "--gram")],
)  # fmt: skip
def test_wrong_usage_ends_with_2_and_suggests(args: list[str], said: str, capsys: Captured) -> None:
    assert main(args) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1


def test_show_lists_the_highest_scores_first(study: str, capsys: Captured) -> None:
    assert main(["show", study]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["#", "wording", "sources", "docs", "first", "last", "first", "source", "label", "id"]
    assert [line.split()[0] for line in lines[1:21]] == [str(n) for n in range(1, 21)]
    assert lines[1].endswith(tp_id(WORDINGS[0]))
    assert lines[-1] == "20 of 30 talking points; all of them with --limit 0"
    assert not {"\x1b", "\x9b", "\u202e"} & set("".join(lines))
    assert "[bold red]not markup[/] :smile:" in lines[6]
    assert "Daily Courier +2" in lines[3]


def test_show_filters_by_label_and_source(study: str, capsys: Captured) -> None:
    assert main(["show", study, "--label", "line", "--label", "title", "--limit", "0", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["talking_points"]
    assert {row["label"] for row in rows} == {"line", "title"}
    assert [row["rank"] for row in rows][:3] == [1, 5, 6]
    assert main(["show", study, "--source", SOURCES[5], "--limit", "0", "--json"]) == 0
    assert {row["n_sources"] for row in json.loads(capsys.readouterr().out)["talking_points"]} == {6}
    assert main(["show", study, "--source", "daily courrier"]) == 2
    assert "did you mean 'Daily Courier'" in capsys.readouterr().err


def test_show_one_gives_every_passage_in_context(study: str, capsys: Captured) -> None:
    assert main(["show", study, tp_id(WORDINGS[0])[:5]]) == 0
    page = capsys.readouterr().out
    assert page.startswith(
        WORDINGS[0] + "\n\n2 sources, 2 documents, 2 passages in 2 wordings, 2024-03-01 to 2024-03-02\n"
    )
    assert "Daily Courier  2024-03-01 09:30  d000-0  100% alike  first\n" in page
    assert "Valley Post  2024-03-02  d000-1  90% alike  likeliest from d000-0\n" in page
    assert f"Number 0: ⟦{WORDINGS[0]}⟧ and after it" in page
    assert "valley has [-clean -]{+clear drinking +}water⟧" in page


def test_show_one_counts_code_points_and_passages_without_a_time(study: str, capsys: Captured) -> None:
    for wording in WORDINGS:
        assert main(["show", study, tp_id(wording), "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["passages"][0]["text"] == wording
        assert found["passages"][0]["before"].endswith(": ")
    assert main(["show", study, tp_id(WORDINGS[1]), "--limit", "0"]) == 0
    assert "Valley Post  no time  d001-1" in capsys.readouterr().out


def test_hostile_texts_and_sources_do_not_reach_the_terminal(study: str, capsys: Captured) -> None:
    for wording in (WORDINGS[4], WORDINGS[6]):
        for extra in ([], ["--json"]):
            assert main(["show", study, tp_id(wording), *extra]) == 0
            assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(capsys.readouterr().out)


def test_an_id_that_is_not_there_or_not_enough(study: str, capsys: Captured) -> None:
    wrong = tp_id(WORDINGS[0])[:-1] + "z"
    assert main(["show", study, wrong]) == 2
    assert f"did you mean '{tp_id(WORDINGS[0])}'" in capsys.readouterr().err
    ids = open_study(study).talking_points.arrow()["tp_id"].to_pylist()
    first = max("0123456789abcdef", key=lambda c: sum(i.startswith(c) for i in ids))
    assert main(["show", study, first]) == 2
    assert "several talking points begin with" in capsys.readouterr().err


def test_show_of_no_study(tmp_path: Path, capsys: Captured) -> None:
    assert main(["show", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_verify_tells_what_changed(study: str, capsys: Captured) -> None:
    assert main(["verify", study]) == 0
    assert "changed" not in capsys.readouterr().out
    Path(study, "passages.parquet").write_bytes(b"")
    assert main(["verify", study, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [f["name"] for f in found["findings"] if f["state"] == "changed"] == ["passages"]
    assert found["good"] is False


@pytest.mark.skipif(os.name == "nt", reason="pipes differ")
def test_a_closed_pipe_is_quiet(study: str) -> None:
    code = "import sys; from inchorus.cli import main; sys.exit(main(sys.argv[1:]))"
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-c", code, "show", study], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_demo_writes_documents_and_a_study_and_compares(
    flow: Flow, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    import inchorus.simulate

    recovered = types.ModuleType("inchorus.simulate.recovered")
    rows = [{"kind": "line", "planted": 60, "recall": 0.9876}]
    recovered.compare = lambda *tables: types.SimpleNamespace(rows=lambda: rows)  # type: ignore[attr-defined]
    recovered.compare_ties = lambda *tables: {"planted": 30, "tied": 6, "right": 5}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "inchorus.simulate.recovered", recovered)
    monkeypatch.setattr(inchorus.simulate, "recovered", recovered, raising=False)
    batch = pa.record_batch({"id": ["a"], "source": ["s"], "time": [None], "title": ["t"], "text": ["x"]})
    monkeypatch.setattr("inchorus.simulate.simulate", lambda options: iter([batch]))
    monkeypatch.setattr("inchorus.simulate.truth", lambda options: pa.table({"line_id": [str(options.seed)]}))
    out = tmp_path / "demo"
    for _ in range(2):
        assert main(["demo", "--out", str(out), "--quiet"]) == 0
        page = capsys.readouterr().out
        assert "line       60   0.988" in page
        assert "of 30 pairs of sources in a planted group 5 share more than chance gives" in page
        assert "of the other pairs 1" in page
        assert "found  8 talking points" in page
    assert flow.called[0] == [out / "documents.parquet"]
    assert {p.name for p in out.iterdir()} == {"documents.parquet", "truth.parquet", "study"}


def test_the_demo_leaves_documents_of_the_user_alone(flow: Flow, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "documents.parquet").write_text("mine")
    assert main(["demo", "--out", str(tmp_path)]) == 2
    assert flow.called == ()
    assert (tmp_path / "documents.parquet").read_text() == "mine"
    assert "already" in capsys.readouterr().err


def test_the_demo_names_the_nearest_background(tmp_path: Path, capsys: Captured) -> None:
    out = str(tmp_path / "no")
    assert main(["demo", "--out", out, "--background", "turn-over"]) == 2
    assert "turnover" in capsys.readouterr().err
    assert main(["demo", "--out", out, "--installed", "--groups", "1"]) == 2
    assert "--installed" in capsys.readouterr().err
    assert not (tmp_path / "no").exists()


def test_standard_input_is_a_file(flow: Flow, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    held: list[bytes] = []

    def find(inputs: list[Path], *others: Any) -> Any:
        held.append(inputs[0].read_bytes())
        return Flow.find(flow, inputs, *others)

    monkeypatch.setattr(flow, "find", find)
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(b"source,text\nHerald,words\n")))
    assert main(["find", "-", "a.csv", "--out", "study"]) == 0
    assert held == [b"source,text\nHerald,words\n"]
    assert [path.name for path in flow.called[0]] == ["standard input", "a.csv"]
    assert not flow.called[0][0].exists()
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(b"")))
    assert main(["find", "-", "--out", "study"]) == 1
    assert "standard input: it is empty; pipe documents into it" in capsys.readouterr().err
    assert main(["find", "-", "-", "--out", "study"]) == 2
    assert "standard input, -, is given twice" in capsys.readouterr().err
