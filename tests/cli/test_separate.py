"""`inchorus separate`, from end to end on a simulated study."""

from __future__ import annotations

import json
from pathlib import Path

from cli.conftest import Run


def test_separate_tells_owners_apart_but_not_colours(owners: Path, tied: Path, run: Run) -> None:
    code, out, _ = run("separate", tied, "--attributes", owners, "--quiet", "--json")
    assert code == 0
    rows = {r["by"]: r for r in json.loads(out)["separations"]}
    assert rows["owner"]["auc"] > 0.9
    assert rows["owner"]["p"] < 0.05
    assert 0.35 < rows["colour"]["auc"] < 0.65
    code, out, _ = run("separate", tied, "--attributes", owners, "--by", "owner", "--lines", 2)
    assert code == 0
    assert "if shuffled" in out


def test_separate_names_what_it_lacks(owners: Path, tied: Path, run: Run) -> None:
    code, _, err = run("separate", tied, "--by", "party")
    assert code == 2
    assert "--attributes" in err
    code, _, err = run("separate", tied, "--attributes", owners, "--by", "ownr")
    assert "did you mean 'owner'" in err
    twice = tied.with_name("twice.csv")
    twice.write_text("source,x\na,1\na,2\n")
    code, _, err = run("separate", tied, "--attributes", twice)
    assert code == 1
    assert "two rows" in err
