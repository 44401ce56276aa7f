"""`inchorus show`: the list of talking points, and one of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inchorus.cli import main
from inchorus.study import open_study
from made_study import SOURCES, WORDINGS, tp_id

Captured = pytest.CaptureFixture[str]


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


def test_show_takes_days_and_ranks(study: str, capsys: Captured) -> None:
    def rows(*options: str) -> list[dict[str, Any]]:
        assert main(["show", study, "--limit", "0", "--json", *options]) == 0
        return list(json.loads(capsys.readouterr().out)["talking_points"])

    assert [row["words"] for row in rows("--rank", "words")] == sorted((r["words"] for r in rows()), reverse=True)
    assert rows("--rank", "first")[0]["tp_id"] == tp_id(WORDINGS[0])
    assert [row["rank"] for row in rows("--rank", "burst")][:2] == [30, 29]
    assert [row["tp_id"] for row in rows("--until", "2024-03-01")] == [tp_id(WORDINGS[0])]
    assert not rows("--until", "2024-02-28")
    last = [str(row["last_time"])[:10] for row in rows("--since", "2024-03-20")]
    assert last
    assert min(last) >= "2024-03-20"
    # The source and the days hold of one and the same passage.
    assert rows("--source", SOURCES[0], "--until", "2024-03-01")
    assert not rows("--source", SOURCES[5], "--until", "2024-03-05")
    assert main(["show", study, "--since", "2024-03-05", "--until", "2024-03-01"]) == 2
    assert "the last day is before the first" in capsys.readouterr().err
    assert main(["show", study, "--since", "5 March"]) == 2
    assert main(["show", study, tp_id(WORDINGS[0]), "--rank", "words"]) == 2
    capsys.readouterr()
    assert main(["show", study, tp_id(WORDINGS[0]), "--since", "2024-03-02", "--json"]) == 0
    assert [p["source"] for p in json.loads(capsys.readouterr().out)["passages"]] == ["Valley Post"]
    assert main(["show", study, "--label", "title", "--until", "2024-02-28"]) == 0
    assert capsys.readouterr().out == "no talking points with this label and day\n"


def test_show_one_says_what_it_ranks_by(study: str, capsys: Captured) -> None:
    assert main(["show", study, tp_id(WORDINGS[0])]) == 0
    assert "what it ranks by:\n  2 sources in 2 days\n  no burst: " in capsys.readouterr().out


def test_show_one_gives_every_passage_in_context(study: str, capsys: Captured) -> None:
    assert main(["show", study, tp_id(WORDINGS[0])[:5]]) == 0
    page = capsys.readouterr().out
    assert page.startswith(
        WORDINGS[0] + "\n\n2 sources, 2 documents, 2 passages in 2 wordings, 2024-03-01 to 2024-03-02\n"
    )
    assert "Daily Courier  2024-03-01 09:30  d000-0  100% alike  first\n" in page
    assert "Valley Post  2024-03-02  d000-1  90% alike (other words)  likeliest from d000-0\n" in page
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
