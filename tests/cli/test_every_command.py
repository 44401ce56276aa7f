"""What holds of every command alike: its help, its JSON, its errors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import made_ties
from cli.conftest import Run
from inchorus.cli.main import root

# What each is called with: a study, a file of documents with two sources, a folder to write into.
CALLS: dict[str, Callable[[Path, Path, Path], tuple[object, ...]]] = {
    "find": lambda study, documents, out: (documents, "--out", out / "found"),
    "read": lambda study, documents, out: (documents, "--out", out / "docs.parquet"),
    "collect": lambda study, documents, out: ("https://courier.example/a", "--out", out / "docs"),
    "show": lambda study, documents, out: (study,),
    "search": lambda study, documents, out: (study, "water"),
    "check": lambda study, documents, out: (study, documents),
    "claims": lambda study, documents, out: (study, documents),
    "quotes": lambda study, documents, out: (study,),
    "ties": lambda study, documents, out: (study,),
    "separate": lambda study, documents, out: (study, "--by", "owner"),
    "serve": lambda study, documents, out: (study, "--port", "0"),
    "report": lambda study, documents, out: (study, out / "report.html"),
    "export": lambda study, documents, out: (study, out / "ties.gexf", "--format", "gexf"),
    "demo": lambda study, documents, out: ("--out", out / "demo", "--background", "turnover"),
    "verify": lambda study, documents, out: (study,),
}
# Of the first two tests/cli has files of their own; collect needs a server: tests/web/test_command.py.
ENDING = [name for name in CALLS if name not in {"serve", "demo", "collect"}]
OF_A_STUDY = [name for name in CALLS if name not in {"find", "read", "demo", "collect"}]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return made_ties.made(tmp_path / "study").path


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    line = "nobody in this valley will ever pay for the same water twice again"
    (tmp_path / "in.csv").write_text(f"source,time,text\nHerald,2024-05-01,{line}\nCourier,2024-05-02,So: {line}\n")
    return tmp_path / "in.csv"


def test_no_command_is_left_out() -> None:
    assert list(CALLS) == list(root.commands)


@pytest.mark.parametrize("name", CALLS)
def test_help_says_what_it_does_first_and_ends_with_examples(name: str, run: Run) -> None:
    code, out, err = run(name, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: inchorus {name} ")
    does = (root.commands[name].help or "").split("\n\n")[0]
    assert " ".join(does.split()) in " ".join(out.split())
    assert out.index("Options:" if "Options:" in out else "Output:") < out.index("Examples:\n")
    examples = out.split("Examples:\n")[1].splitlines()
    assert examples[0].startswith(f"  inchorus {name}")
    assert all("inchorus " in line for line in examples)
    assert {"--json", "--debug", "--help"} <= set(out.replace(",", " ").split())


@pytest.mark.parametrize("name", ENDING)
def test_json_is_one_object_and_nothing_else(name: str, run: Run, study: Path, documents: Path, tmp_path: Path) -> None:
    code, out, _ = run(name, *CALLS[name](study, documents, tmp_path), "--json")
    assert code == 0
    assert isinstance(json.loads(out), dict)
    assert out.endswith("}\n")


@pytest.mark.parametrize("name", ENDING)
def test_people_are_told_the_same_in_words(name: str, run: Run, study: Path, documents: Path, tmp_path: Path) -> None:
    code, out, _ = run(name, *CALLS[name](study, documents, tmp_path))
    assert code == 0
    assert out
    assert not out.startswith("{")


def failed(said: tuple[int, str, str], code: int, *words: str) -> None:
    """Assert that a command ended so: nothing on standard output, one line on standard error with these words."""
    assert said[:2] == (code, "")
    assert said[2].startswith("error: ")
    assert said[2].count("\n") == 1
    for word in words:
        assert word in said[2]


@pytest.mark.parametrize("name", CALLS)
def test_an_option_that_is_not_there_is_wrong_usage(
    name: str, run: Run, study: Path, documents: Path, tmp_path: Path
) -> None:
    args = CALLS[name](study, documents, tmp_path)
    failed(run(name, *args, "--jsno"), 2, "'--jsno'", "'--json'", f"see inchorus {name} --help")


@pytest.mark.parametrize("extra", [(), ("--json",)])
@pytest.mark.parametrize("name", OF_A_STUDY)
def test_a_study_that_is_not_there_is_said_to_be(
    name: str, extra: tuple[str, ...], run: Run, documents: Path, tmp_path: Path
) -> None:
    args = CALLS[name](tmp_path / "none", documents, tmp_path)
    failed(run(name, *args, *extra), 1, str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", OF_A_STUDY)
def test_a_study_without_its_manifest_is_none(
    name: str, run: Run, study: Path, documents: Path, tmp_path: Path
) -> None:
    (study / "manifest.json").unlink()
    failed(run(name, *CALLS[name](study, documents, tmp_path)), 1, str(study))


@pytest.mark.parametrize("name", OF_A_STUDY)
def test_a_study_of_a_newer_version_is_not_guessed_at(
    name: str, run: Run, study: Path, documents: Path, tmp_path: Path
) -> None:
    manifest = json.loads((study / "manifest.json").read_text())
    (study / "manifest.json").write_text(json.dumps({**manifest, "format_version": 1000}))
    failed(run(name, *CALLS[name](study, documents, tmp_path)), 1, "1000", "newer")


@pytest.mark.parametrize("name", [name for name in OF_A_STUDY if name not in {"verify"}])
def test_a_table_that_is_damaged_is_named(name: str, run: Run, study: Path, documents: Path, tmp_path: Path) -> None:
    for table in study.glob("*.parquet"):
        table.write_bytes(b"no table")
    failed(run(name, *CALLS[name](study, documents, tmp_path)), 1, ".parquet")


@pytest.mark.parametrize("name", [name for name in OF_A_STUDY if name not in {"verify"}])  # which takes inputs
def test_a_name_that_is_no_argument_of_it_is_wrong_usage(name: str, run: Run, study: Path) -> None:
    code, out, err = run(name, study, "a", "b", "c")
    assert (code, out) == (2, "")
    assert "see inchorus" in err or "Usage" in err
