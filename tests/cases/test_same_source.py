"""Names that are one source, from the file that says so to lists, ties, pages and files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from starlette.testclient import TestClient

import inchorus
from cases.case import rows, run
from inchorus.ui.app import application
from inchorus.ui.reader import Reader

OWN = "nobody in this valley will ever pay for the same water twice again"
BOTH = "every bridge in this county shall be mended before the next winter comes"
POSTS = (
    ("N.Y. Times", "2024-05-01", f"She said that {OWN}."),
    ("New York Times", "2024-05-02", f"Once more: {OWN}!"),
    ("Courier", "2024-05-03", f"Well, {BOTH}."),
    ("NYT ", "2024-05-04", f"So {BOTH}, they say."),
)


def test_several_names_are_one_source_in_all_that_is_shown(tmp_path: Path) -> None:
    posts = [",".join((str(n), source, day, f'"{text}"')) for n, (source, day, text) in enumerate(POSTS)]
    (tmp_path / "in.csv").write_text("\n".join(["id,source,time,text", *posts]))
    # As a spreadsheet saves it: with a byte order mark.
    (tmp_path / "same.csv").write_text("\ufeffname,source\nN.Y. Times,NYT\nNew York Times,NYT\n", "utf-8")
    (tmp_path / "by.csv").write_text("source,owner\nNYT,North\nCourier,South\n")
    apart = run("find", tmp_path / "in.csv", "--out", tmp_path / "apart")
    assert (apart.code, len(rows(tmp_path / "apart", "talking_points"))) == (0, 2)
    study = tmp_path / "study"
    more = ("--same-source", tmp_path / "same.csv", "--attributes", tmp_path / "by.csv")
    ended = run("find", tmp_path / "in.csv", *more, "--out", study)
    assert ended.code == 0
    assert "2 names stand for 1 source, as --same-source says" in ended.err
    assert {d["source"]: d["owner"] for d in rows(study, "documents")} == {"NYT": "North", "Courier": "South"}
    # What only names of one source have is shared with nobody.
    (point,) = rows(study, "talking_points")
    assert (point["text"].lower(), point["n_sources"], point["first_sources"]) == (BOTH, 2, ["Courier"])
    assert {p["source"] for p in rows(study, "passages")} == {"NYT", "Courier"}
    found = run("show", study, "--source", "NYT")
    assert (found.code, point["tp_id"][:8] in found.out) == (0, True)
    refused = run("show", study, "--source", "New York Times")
    assert (refused.code, "it is a name of 'NYT', as --same-source says" in refused.err) == (2, True)
    reader = Reader(inchorus.open(study))
    client = TestClient(application(reader), base_url="http://127.0.0.1")
    listed = list(csv.DictReader(io.StringIO(client.get("/sources.csv").text)))
    assert {row["source"]: row["documents"] for row in listed} == {"NYT": "3", "Courier": "1"}
    assert "2 names stand for 1 source" in client.get("/").text
    reader.close()
