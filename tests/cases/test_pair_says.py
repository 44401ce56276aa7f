"""Two sources that print one agency share its texts, which the test leaves out: that is said, and why."""

from __future__ import annotations

import json
import random
from pathlib import Path

from cases.case import run


def corpus(file: Path, texts: int) -> None:
    chance = random.Random(2)
    words = [f"w{i}x" for i in range(900)]

    def text(sentences: int) -> str:
        return " ".join(" ".join(chance.choices(words, k=12)).capitalize() + "." for _ in range(sentences))

    rows = [
        {"source": f"S{s}", "time": f"2024-0{1 + i % 9}-{1 + i % 28:02}T0{s}:1{i % 10}:07Z", "text": text(9)}
        for s in range(8) for i in range(12)
    ]  # fmt: skip
    for i in range(texts):
        story = text(8)
        rows += [
            {"source": s, "time": f"2024-0{1 + i % 9}-1{i % 10}T1{n}:2{i % 6}:09Z", "text": story}
            for n, s in enumerate(("S0", "S1"))
        ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    corpus(tmp_path / "in.jsonl", 12)
    assert run("find", tmp_path / "in.jsonl", "--out", tmp_path / "s", "--quiet").code == 0
    said = run("ties", tmp_path / "s", "--quiet", "--pair", "S1", "S0")
    assert said.code == 0
    assert "12 talking points shared that do not count in the test: 12 syndicated" in said.out
    assert "copied from one another" in " ".join(said.out.split())
    assert "--without none" in said.out
    assert said.out.count("syndicated, left out") == 12
    assert "nothing" not in said.out.split("left out: ")[1]
    found = json.loads(run("ties", tmp_path / "s", "--quiet", "--json", "--pair", "S0", "S1", "--limit", 3).out)
    assert [(x["reason"], x["talking_points"], len(x["lines"])) for x in found["left_out"]] == [("syndicated", 12, 3)]
    assert "these two sources share nothing" in run("ties", tmp_path / "s", "--quiet", "--pair", "S5", "S6").out
    assert (
        "S0 - S1: 12 talking points"
        in run("ties", tmp_path / "s", "--quiet", "--without", "none", "--pair", "S0", "S1").out
    )
