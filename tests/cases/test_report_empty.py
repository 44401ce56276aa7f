"""What `find` shows, the overview shows and the report holds, whatever its label."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inchorus.study import open_study
from inchorus.ui.page import Ask
from inchorus.ui.pages.overview import overview
from inchorus.ui.reader import Reader

from .case import given, rows, run


def agree(study: Path, tmp_path: Path) -> list[str]:
    shown = [row["tp_id"] for row in json.loads(run("show", study, "--json", "--limit", "10").out)["talking_points"]]
    reader = Reader(open_study(study), left=())
    lines = overview(reader, Ask("/")).data["lines"]
    first = [row["tp_id"] for line in lines for row in (line, *line["also"])]
    reader.close()
    said = json.loads(run("report", study, tmp_path / "r.html", "--json").out)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert sorted(shown) == sorted(first)  # what is nearly the same stands below one entry of the overview
    assert shown[0] == first[0]
    assert said["talking_points"] == said["of"] == len(rows(study, "talking_points"))
    assert all(f'id="{tp_id}"' in page or tp_id in page for tp_id in shown)
    return shown


def test_the_report_holds_what_find_shows(tmp_path: Path) -> None:
    assert run("find", given("report-empty", "in.json"), "--out", tmp_path / "study").code == 0
    assert len(agree(tmp_path / "study", tmp_path)) == 1
    assert "nobody in this valley will pay for water twice" in (tmp_path / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("preset", ["articles", "posts"])
def test_whatever_the_labels_are(preset: str, tmp_path: Path) -> None:
    line, whole = "nobody in this valley will pay for water twice", "Council Closes the Old Harbour Bakery After All"
    texts = [
        f"{whole}\n\n{name} asked around. {line}. And {n} more things were said, {name}."
        for n, name in enumerate(("Herald", "Courier", "Gazette"))
    ] + [f"“{line}”", f"{line}", f"Once more: {line}!"]
    with (tmp_path / "in.json").open("w", encoding="utf-8") as file:
        json.dump([{"source": f"s{n}", "text": text} for n, text in enumerate(texts)], file)
    assert run("find", tmp_path / "in.json", "--out", tmp_path / "study", "--preset", preset).code == 0
    assert agree(tmp_path / "study", tmp_path)
