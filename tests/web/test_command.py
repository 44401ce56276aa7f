"""The command as users run it, against a server of this machine; killed in the middle, and what find makes of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import inchorus
from cases.case import run
from inchorus.compiled import ahead
from read.formats.pages import PARAGRAPHS, page
from web.served import Asked, Web, answer

COMMAND = "import sys; from inchorus.cli import main; sys.exit(main(sys.argv[1:]))"
LINE = "we will rebuild the old bridge over the river before the first snow falls this winter"


def article(name: str, day: int) -> bytes:
    head = f'<title>{name}</title><meta property="article:published_time" content="2024-05-0{day}T08:30:00+00:00">'
    text = f"Asked by reporters of the {name} on that day, the mayor of the town said: {LINE}."
    return answer(page((text, PARAGRAPHS[day % 3]), head=head).replace("Bridge closes on Monday", name))


@pytest.fixture
def site(web: Web) -> str:
    for n in range(1, 5):
        web.routes[f"/{n}"] = article(f"Paper {n}", n)
    return f"http://127.0.0.1:{web.port}"


def test_from_addresses_to_talking_points(web: Web, site: str, tmp_path: Path) -> None:
    out, other = tmp_path / "docs", f"http://localhost:{web.port}"
    (tmp_path / "list.csv").write_text(f"name,url\nPaper,{site}/1\nPaper,{site}/absent\n")
    said = run(
        "collect", tmp_path / "list.csv", f"{other}/2", "--out", out, "--allow-private", "--delay", "0", "--json"
    )
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert (told["documents"], told["new"], told["waiting"], told["stopped"]) == (2, 2, 0, False)
    assert told["skipped"] == [{"reason": "it answers 404", "count": 1, "example": f"{site}/absent"}]
    assert web.asked[-1].headers["user-agent"] == f"inchorus/{inchorus.__version__}"
    for given in (out, out / "pages-00001.warc.gz"):
        study = inchorus.find(given)
        (point,) = study.talking_points.arrow().to_pylist()
        assert LINE in point["text"]
        assert (point["first_sources"], point["n_sources"]) == (["127.0.0.1"], 2)
        documents = sorted(study.documents.arrow().to_pylist(), key=lambda d: d["time"])
        assert [(d["source"], d["title"], d["time"].isoformat(), d["time_precision"]) for d in documents] == [
            ("127.0.0.1", "Paper 1", "2024-05-01T08:30:00+00:00", "second"),
            ("localhost", "Paper 2", "2024-05-02T08:30:00+00:00", "second"),
        ]
        assert [d["url"] for d in documents] == [f"{site}/1", f"{other}/2"]


def test_what_was_left_out_is_a_table(site: str, tmp_path: Path) -> None:
    out = tmp_path / "docs"
    said = run(
        "collect", f"{site}/1", f"{site}/absent", "--out", out, "--allow-private", "--delay", "0",
        "--contact", "a@b.example", "--quiet",
    )  # fmt: skip
    first, _, head, row = said.out.splitlines()
    assert first.startswith(f"1 documents in {out}, 1 of them new; 2 requests, ")
    assert head.split() == ["left", "out", "because", "such", "as"]
    assert row.split() == ["1", "it", "answers", "404", f"{site}/absent"]
    assert said.err == ""


def test_this_machine_is_not_asked_unless_that_is_wanted(web: Web, site: str, tmp_path: Path) -> None:
    said = run("collect", f"{site}/1", f"http://localhost:{web.port}/2", "--out", tmp_path / "docs", "--delay", "0")
    assert said.code == 1
    assert "its network address is of this machine; --allow-private takes such" in said.err
    assert web.asked == []


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "Missing argument"),
        (("courier.example",), "write https://courier.example"),
        (("https://courier.example/", "--max-bytes", "many"), "no size"),
        (("https://courier.example/", "--contact", "Zoë"), "cannot be sent"),
    ],
)
def test_a_wrong_call_is_told_and_leaves_nothing(tmp_path: Path, arguments: tuple[str, ...], why: str) -> None:
    said = run("collect", *arguments, "--out", tmp_path / "docs")
    assert (said.code, said.out) == (2, "")
    assert why in said.err
    assert not (tmp_path / "docs").exists()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for out in (tmp_path, tmp_path / "mine.txt"):
        said = run("collect", "https://courier.example/", "--out", out)
        assert said.code == 2
        assert "choose another --out" in said.err


def test_what_is_not_installed_is_named_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inchorus.web.place.find_spec", lambda name: None if name == "protego" else name)
    said = run("collect", "https://courier.example/", "--out", tmp_path / "docs")
    assert said.code == 2
    assert "protego" in said.err
    assert "pip install 'inchorus[web]'" in said.err


def test_a_run_that_is_killed_goes_on_where_it_was(web: Web, site: str, tmp_path: Path) -> None:
    out = tmp_path / "docs"
    process: list[subprocess.Popen[bytes]] = []

    def kill(asked: Asked) -> bytes | None:
        if len(web.paths) == 3:
            # the first two answers must be on the disk: they were had before the third was asked for
            process[0].send_signal(signal.SIGKILL)
            return None
        return article("Paper 3", 3)

    web.routes["/3"] = kill
    named = [f"{site}/{n}" for n in range(1, 5)]
    arguments = ["collect", *named, "--out", str(out), "--allow-private", "--delay", "0", "--quiet"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(ahead._paths())}
    process.append(subprocess.Popen([sys.executable, "-c", COMMAND, *arguments], env=env))
    assert process[0].wait(300) == -signal.SIGKILL
    assert not (out / "documents.parquet").exists()
    said = run(*arguments)
    assert said.code == 0, said.err
    found = pq.read_table(out / "documents.parquet")
    assert found["title"].to_pylist() == [f"Paper {n}" for n in range(1, 5)]
    asked = [path.rpartition("/")[2] for path in web.paths]
    assert asked == ["1", "2", "3", "3", "4"]
