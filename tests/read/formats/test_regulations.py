"""Comments on regulations: bulk tables and the interface of regulations.gov."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import inchorus
from inchorus.cli import main
from inchorus.errors import InchorusError, InputError
from read.conftest import Read

HTML = "We oppose the rule.<br/><br/>It&rsquo;s about rain &amp; hail."
TEXT = "We oppose the rule.\n\nIt’s about rain & hail."
FILES = [f"https://downloads.example/EPA-1-000{n}/attachment_1.pdf" for n in (1, 2)]
ROW = {
    "Document ID": "EPA-1-0001",
    "Agency ID": "EPA",
    "Docket ID": "EPA-1",
    "Document Type": "Public Submission",
    "Posted Date": "2021-02-11T05:00Z",
    "Is Withdrawn?": "false",
    "Title": "Comment submitted by A. Lee",
    "Received Date": "2021-02-10T05:00Z",
    "Duplicate Comments": "12",
    "First Name": "Ann",
    "Last Name": "Lee",
    "State/Province": "MD",
    "Organization Name": "",
    "Comment": HTML,
    "Attachment Files": ",".join(FILES),
}
ATTRIBUTES = {
    "agencyId": "EPA",
    "comment": HTML,
    "commentOnDocumentId": "EPA-1-0000",
    "docketId": "EPA-1",
    "documentType": "Public Submission",
    "duplicateComments": 12,
    "firstName": "Ann",
    "lastName": "Lee",
    "organization": None,
    "postedDate": "2021-02-11T05:00:00Z",
    "receiveDate": "2021-02-10T05:00:00Z",
    "stateProvinceRegion": "MD",
    "title": "Comment submitted by A. Lee",
    "withdrawn": False,
}
COMMENT = {
    "id": "EPA-1-0001",
    "type": "comments",
    "attributes": ATTRIBUTES,
    "relationships": {"attachments": {"data": [{"id": "f1", "type": "attachments"}]}},
}
FORMATS = [{"fileUrl": url, "format": "pdf"} for url in FILES]
INCLUDED = [{"id": "f1", "type": "attachments", "attributes": {"title": "Letter", "fileFormats": FORMATS}}]
PAGE = {"data": COMMENT, "included": INCLUDED}
DAY = datetime(2021, 2, 10, tzinfo=UTC)


def table(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def lines(path: Path, *values: Any) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), "utf-8")
    return path


def as_json(**said: Any) -> dict[str, Any]:
    return {"data": {**COMMENT, "attributes": {**ATTRIBUTES, **said}}}


def test_the_table_and_the_interface_give_the_same_comment(read: Read, folder: Path) -> None:
    found = read(table(folder / "a.csv", ROW))
    files = [lines(folder / "one.json", PAGE), lines(folder / "many.jsonl", PAGE)]
    for file in files:
        (row,) = read(file).table.to_pylist()
        assert (row["doc_id"], row["source"], row["text"]) == ("EPA-1-0001", "Ann Lee", TEXT)
        assert (row["comment_on"], row["docket"], row["state"]) == ("EPA-1-0000", "EPA-1", "MD")
        assert (row["duplicates"], json.loads(row["attachments"])) == (12, FILES)
    (row,) = found.table.to_pylist()
    assert (row["doc_id"], row["source"], row["text"], row["duplicates"]) == ("EPA-1-0001", "Ann Lee", TEXT, 12)
    assert json.loads(row["attachments"]) == FILES
    assert any("1 comment in a.csv stands for 12 that were handed in" in note for note in found.notes)


def test_a_midnight_in_washington_is_a_day(read: Read, folder: Path) -> None:
    for file in (table(folder / "a.csv", ROW), lines(folder / "a.json", PAGE)):
        (row,) = read(file).table.to_pylist()
        assert (row["time"], row["time_precision"]) == (DAY, "day")
    (row,) = read(lines(folder / "b.json", as_json(receiveDate="2021-07-10T15:20:00Z"))).table.to_pylist()
    assert row["time_precision"] in {"second", "minute"}


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ({"organization": "Harbour Club"}, "Harbour Club"),
        ({"firstName": None, "lastName": None}, "A. Lee"),
        ({"firstName": "Anonymous", "lastName": "Anonymous", "title": "Anonymous public comment"}, "EPA-1-0001"),
    ],
)
def test_whose_comment_it_is(read: Read, folder: Path, said: dict[str, Any], source: str) -> None:
    assert read(lines(folder / "a.json", as_json(**said))).table["source"].to_pylist() == [source]


@pytest.mark.parametrize(
    "words", ["See attached file(s)", "Please see the attached letter.", "Comment attached", "See Attachment 1."]
)
def test_see_attached_is_no_wording_and_its_file_is_named(read: Read, folder: Path, words: str) -> None:
    other = {**ROW, "Document ID": "EPA-1-0002", "Comment": words, "Duplicate Comments": ""}
    found = read(table(folder / "a.csv", ROW, other))
    assert (found.table.num_rows, found.passed) == (1, {"comments that say no more than that something is attached": 1})
    assert any(FILES[0] in note and "2 files that are attached" in note for note in found.notes)
    attached = {"data": {**COMMENT, "attributes": {**ATTRIBUTES, "comment": words}}, "included": INCLUDED}
    assert read(lines(folder / "a.jsonl", PAGE, attached)).table.num_rows == 1


def test_what_is_no_comment_is_counted(read: Read, folder: Path) -> None:
    rule = {**ROW, "Document ID": "EPA-1-0000", "Document Type": "Proposed Rule", "Comment": ""}
    gone = {**ROW, "Document ID": "EPA-1-0003", "Is Withdrawn?": "true"}
    found = read(table(folder / "a.csv", ROW, rule, gone))
    assert found.passed == {"documents of the agency, which are no comments": 1, "comments that were withdrawn": 1}
    listed = {key: value for key, value in ATTRIBUTES.items() if key != "comment"}
    found = read(lines(folder / "a.jsonl", PAGE, {"data": [{**COMMENT, "attributes": listed}], "meta": {}}))
    assert found.passed == {"entries of lists, which have no words of the comment: each is to be fetched by its id": 1}


def test_where_nothing_is_a_comment_that_is_what_is_said(read: Read, folder: Path) -> None:
    listed = {**COMMENT, "attributes": {key: value for key, value in ATTRIBUTES.items() if key != "comment"}}
    with pytest.raises(InputError, match=r"there is no document in it: 1 entries of lists, which have no words"):
        read(lines(folder / "a.jsonl", {"data": [listed], "meta": {}}))


NAMES = [*ATTRIBUTES, *COMMENT, *INCLUDED[0], *PAGE, "fileFormats", "fileUrl"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, max_size=6), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3), st.integers(0, 300))
def test_no_row_is_lost_and_no_other_error_leaves(
    read: Read, folder: Path, values: list[Any], changed: dict[str, Any], cut: int
) -> None:
    text = "".join(json.dumps(v) + "\n" for v in [PAGE, as_json(**changed), {**COMMENT, **changed}, *values])
    (folder / "r.jsonl").write_text(text[: len(text) - cut])
    try:
        found = read(folder / "r.jsonl", format="regulations", bad_rows="skip", bad_times="null")
    except InchorusError:
        return
    assert found.n_rows == found.table.num_rows + found.n_empty + sum(found.passed.values()) + found.skipped.n


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("ab <br/>&;0\n", max_size=8), min_size=len(ROW), max_size=len(ROW)), st.integers(0, 200))
def test_no_row_of_a_table_is_lost(read: Read, folder: Path, cells: list[str], cut: int) -> None:
    file = table(folder / "r.csv", ROW, dict(zip(ROW, cells, strict=True)))
    file.write_bytes(file.read_bytes()[: -cut or None])
    try:
        found = read(file, format="regulations-csv", bad_rows="skip", bad_times="null")
    except InchorusError:
        return
    assert found.n_rows == found.table.num_rows + found.n_empty + sum(found.passed.values()) + found.skipped.n


def test_comments_that_the_agency_counts_as_one_are_counted_by_find(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "We ask the agency to withdraw this rule, which takes the water of our valley away for good."
    handed_in = {"Ann": 1_250, "Bob": 40, "Cy": 1, "Dee": None}
    for i, (name, duplicates) in enumerate(handed_in.items()):
        page = as_json(comment=f"{line}<br/>So says {name}.", firstName=name, duplicateComments=duplicates)
        page["data"]["id"] = f"EPA-1-{i:04}"
        (folder / f"EPA-1-{i:04}.json").write_text(json.dumps(page))
    assert main(["find", str(folder), "--out", str(tmp_path / "study"), "--no-ties"]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "2 comments in 4 files stand for 1,290 that were handed in" in said
    study = inchorus.open(tmp_path / "study")
    assert [note for note in study.manifest["notes"] if "handed in" in note] == [
        "2 comments in 4 files stand for 1,290 that were handed in, as the agency counts those that are alike: the "
        "column duplicates has how many"
    ]
    counted = study.documents.arrow().select(["source", "duplicates"]).to_pylist()
    assert {row["source"]: row["duplicates"] for row in counted} == {
        f"{name} Lee": duplicates for name, duplicates in handed_in.items()
    }
    # each is one document: what the agency counts besides is in nobody's hands
    (point,) = study.talking_points.arrow().to_pylist()
    assert (point["n_documents"], point["n_sources"]) == (4, 4)
