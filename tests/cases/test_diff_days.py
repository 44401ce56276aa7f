"""One article on several days, in several zones and at several precisions."""

from __future__ import annotations

from pathlib import Path

from cases.case import given, rows, run


def test_print_before_online(tmp_path: Path) -> None:
    assert run("find", given("diff-days", "in.csv"), "--out", tmp_path / "study").code == 0
    (point,) = rows(tmp_path / "study", "talking_points")
    assert (point["n_sources"], point["first_sources"]) == (4, ["Weekly (print)"])
    source = {r["doc_id"]: r["source"] for r in rows(tmp_path / "study", "documents")}
    copied = {r["source"]: source.get(r["copied_from"]) for r in rows(tmp_path / "study", "passages")}
    assert copied == {
        "Weekly (print)": None,
        "Daily online": "Weekly (print)",
        "Portal": "Weekly (print)",
        "Late print": "Weekly (print)",
    }
