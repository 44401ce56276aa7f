from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from inchorus.web.archive import Archive, LostError, Record, record_at
from inchorus.web.fetch import Answer

HEADERS = (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), ("X-Ort", "Köln"), ("X-Ort", "Bonn"))


def answer(body: bytes, status: int = 200) -> Answer:
    return Answer("http://courier.example/a", status, "Fine", HEADERS, body, "93.184.216.34", 1_715_600_000.0)


def ends(*records: Record) -> dict[str, int]:
    return {record.file: record.offset + record.length for record in records}


def test_what_is_kept_is_found_at_its_place(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "inchorus/1 (+me)", {})
    bodies = [b"one", b"", bytes(range(256)) * 99]
    records = [archive.keep(answer(body)) for body in bodies]
    for record, body in zip(records, bodies, strict=True):
        kept = record_at(tmp_path, record.file, record.offset)
        assert (kept.id, kept.url, kept.captured) == (record.id, "http://courier.example/a", "2024-05-13T11:33:20Z")
        assert (kept.status, kept.body) == (200, body)
        assert hashlib.sha256(kept.body).hexdigest() == record.sha256
        assert kept.headers == (
            ("Content-Type", "text/html"),
            ("X-Archive-Orig-Transfer-Encoding", "chunked"),
            ("X-Ort", "K%C3%B6ln"),  # as WARC writes what is not ASCII
            ("X-Ort", "Bonn"),
        )


def test_it_is_a_warc_that_says_by_whom_it_was_made(tmp_path: Path) -> None:
    record = Archive(tmp_path, "inchorus/1 (+me)", {}).keep(answer(b"one"))
    with (tmp_path / record.file).open("rb") as file:
        found = [
            (r.rec_type, r.rec_headers.get_header("WARC-IP-Address"), r.raw_stream.read())
            for r in ArchiveIterator(file)
        ]
    assert [kind for kind, *_ in found] == ["warcinfo", "response"]
    assert b"http-header-user-agent: inchorus/1 (+me)" in found[0][2]
    assert found[1][1:] == ("93.184.216.34", b"one")


def test_what_a_killed_run_left_half_is_cut_off(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "inchorus/1", {})
    one = archive.keep(answer(b"one"))
    whole = (tmp_path / one.file).read_bytes()
    archive.keep(answer(b"two"))
    (tmp_path / "pages-00002.warc.gz").write_bytes(b"half")
    (tmp_path / "notes.txt").write_text("mine")
    archive = Archive(tmp_path, "inchorus/1", ends(one))
    assert (tmp_path / one.file).read_bytes() == whole
    assert {p.name for p in tmp_path.iterdir()} == {one.file, "notes.txt"}
    three = archive.keep(answer(b"three"))
    assert [record_at(tmp_path, r.file, r.offset).body for r in (one, three)] == [b"one", b"three"]


def test_a_file_that_is_full_is_followed_by_another(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "inchorus/1", {}, most=1)
    records = [archive.keep(answer(b"one")) for _ in range(3)]
    assert [r.file for r in records] == [f"pages-0000{n}.warc.gz" for n in (1, 2, 3)]
    assert Archive(tmp_path, "inchorus/1", ends(*records), most=1).keep(answer(b"x")).file == "pages-00004.warc.gz"


@pytest.mark.parametrize("file", ["pages-00009.warc.gz", "../pages-00001.warc.gz", "/etc/passwd", "notes.txt"])
def test_no_other_file_is_read(tmp_path: Path, file: str) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(LostError):
        record_at(tmp_path, file, 0)


@pytest.mark.parametrize("offset", [0, 7, 10**9])
def test_a_wrong_place_has_no_answer(tmp_path: Path, offset: int) -> None:
    record = Archive(tmp_path, "inchorus/1", {}).keep(answer(b"one"))
    with pytest.raises(LostError):
        record_at(tmp_path, record.file, offset)


def test_damage_is_said(tmp_path: Path) -> None:
    record = Archive(tmp_path, "inchorus/1", {}).keep(answer(bytes(n * n % 251 for n in range(5000))))
    path = tmp_path / record.file
    whole = path.read_bytes()
    for cut in (record.offset + 1, record.offset + record.length // 2, len(whole) - 40):
        path.write_bytes(whole[:cut])
        with pytest.raises(LostError):
            record_at(tmp_path, record.file, record.offset)
