"""Web archives: the articles of their pages, and nothing else that was fetched with them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from inchorus.errors import InputError
from inchorus.read import page_workers
from read.conftest import Read
from read.formats.pages import PARAGRAPHS, page

HOST = "https://www.courier.example"
HTML = "text/html; charset=utf-8"


def warc(*answers: tuple[str, str, str, bytes], zipped: bool = True, more: tuple[tuple[str, str], ...] = ()) -> bytes:
    """A WARC with these answers: address, status, type, body."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=zipped)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "tests"}))
    for url, status, kind, body in answers:
        head = StatusAndHeaders(status, [("Content-Type", kind), *more], protocol="HTTP/1.1")
        dates = {"WARC-Date": "2024-06-01T10:00:00Z"}
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=dates
            )
        )
    return out.getvalue()


def of(name: str) -> bytes:
    made = page(tuple(f"{text} {name}" for text in PARAGRAPHS), head=f"<title>{name}</title>")
    return made.replace("Bridge closes on Monday", name).encode()


ANSWERS = (
    (f"{HOST}/a", "200 OK", HTML, of("one")),
    (f"{HOST}/feed", "200 OK", "application/rss+xml", b"<rss><channel><item><title>one</title></item></channel></rss>"),
    (f"{HOST}/sitemap.xml", "200 OK", "text/xml", b"<urlset/>"),
    (f"{HOST}/logo.png", "200 OK", "image/png", b"\x89PNG"),
    (f"{HOST}/gone", "404 Not Found", HTML, of("gone")),
    (f"{HOST}/login", "200 OK", HTML, b"<!doctype html><html><body><form><input></form></body></html>"),
    (f"{HOST}/b", "200 OK", HTML, of("two")),
)


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("named", [True, False])
def test_pages_are_read_and_the_rest_is_counted(read: Read, folder: Path, zipped: bool, named: bool) -> None:
    path = folder / (("a.warc.gz" if zipped else "a.warc") if named else "a")
    path.write_bytes(warc(*ANSWERS, zipped=zipped))
    found = read(path)
    one, two = sorted(found.table.to_pylist(), key=lambda d: d["title"])
    assert [d["text"].split("\n") for d in (one, two)] == [[f"{t} {n}" for t in PARAGRAPHS] for n in ("one", "two")]
    assert (one["source"], one["captured_url"], one["captured"]) == (
        "courier.example",
        f"{HOST}/a",
        "2024-06-01T10:00:00Z",
    )
    assert one["time"] is None
    assert found.passed == {
        "records that are no answers": 1,
        "feeds and sitemaps": 2,
        "answers that are no pages, such as images and scripts": 1,
        "answers other than 200": 1,
        "pages in which there is no article": 1,
    }
    assert found.n_rows == 8


def test_what_a_server_says_of_the_encoding_holds(read: Read, folder: Path) -> None:
    text = "Старый мост закроют на ремонт с понедельника, сообщили в городском совете, паромы будут ходить чаще."
    body = (
        page((text, text[::-1]), head="")
        .replace('<meta charset="utf-8">', "")
        .replace("“", "")
        .encode("koi8-r", "ignore")
    )
    (folder / "a.warc").write_bytes(warc((f"{HOST}/a", "200 OK", "text/html; charset=KOI8-R", body)))
    assert read(folder / "a.warc").table["text"].to_pylist()[0].split("\n")[0] == text


def test_an_answer_that_is_compressed_is_unpacked_and_a_bomb_is_not(
    read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoding = (("Content-Encoding", "gzip"),)
    (folder / "a.warc").write_bytes(warc((f"{HOST}/a", "200 OK", HTML, gzip.compress(of("one"))), more=encoding))
    assert read(folder / "a.warc").table["title"].to_pylist() == ["one"]
    monkeypatch.setattr("inchorus.read.warc.MOST_BYTES", 1 << 20)
    bomb = gzip.compress(b"<html>" + b" " * (1 << 22))
    (folder / "b.warc").write_bytes(
        warc(
            (f"{HOST}/a", "200 OK", HTML, bomb), (f"{HOST}/b", "200 OK", HTML, gzip.compress(of("two"))), more=encoding
        )
    )
    found = read(folder / "b.warc", bad_rows="skip")
    assert (found.table["title"].to_pylist(), found.skipped.reasons) == (["two"], {"a page of more than 1 MB": 1})


def test_what_nothing_unpacks_is_said_and_no_page_without_an_article(read: Read, folder: Path) -> None:
    packed = (f"{HOST}/a", "200 OK", HTML, b"\x1b\x10\x00\xf8")
    body = warc(packed, more=(("Content-Encoding", "zstd"),)) + warc((f"{HOST}/b", "200 OK", HTML, of("two")))
    (folder / "a.warc.gz").write_bytes(body)
    found = read(folder / "a.warc.gz", bad_rows="skip")
    assert (found.table.num_rows, found.skipped.n) == (1, 1)
    with pytest.raises(InputError, match="a page compressed with zstd, which nothing installed unpacks"):
        read(folder / "a.warc.gz")


def wacz(
    path: Path, listed: list[str] | None, *answers: tuple[str, str, str, bytes], more: tuple[tuple[str, str], ...] = ()
) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        if listed is not None:
            lines = [
                json.dumps({"format": "json-pages-1.0", "id": "pages"}),
                *(json.dumps({"url": url}) for url in listed),
            ]
            archive.writestr("pages/pages.jsonl", "\n".join(lines))
        archive.writestr("archive/data.warc.gz", warc(*answers, more=more))
        archive.writestr("datapackage.json", "{}")
    return path


def test_the_pages_of_a_wacz_are_those_that_it_lists(read: Read, folder: Path) -> None:
    found = read(wacz(folder / "a.wacz", [f"{HOST}/b"], *ANSWERS))
    assert found.table["title"].to_pylist() == ["two"]
    assert found.passed["answers that the archive does not list as pages"] == 2
    found = read(wacz(folder / "b.wacz", None, *ANSWERS))
    assert sorted(found.table["title"].to_pylist()) == ["one", "two"]
    assert "b.wacz has no pages/pages.jsonl: all pages in it are read" in found.notes
    (folder / "c").write_bytes((folder / "a.wacz").read_bytes())
    assert read(folder / "c").table["title"].to_pylist() == ["two"]


def test_a_wacz_without_its_beginning_is_said_to_be_damaged(read: Read, folder: Path) -> None:
    whole = wacz(folder / "a.wacz", None, *ANSWERS).read_bytes()
    (folder / "b.wacz").write_bytes(whole[10:])
    with pytest.raises(InputError, match=r"b\.wacz: no WACZ, or one that is damaged"):
        read(folder / "b.wacz", format="wacz")


def test_a_listed_page_that_moved_is_found(read: Read, folder: Path) -> None:
    moved = ((f"{HOST}/old", "301 Moved", HTML, b""), (f"{HOST}/b", "200 OK", HTML, of("two")))
    assert read(wacz(folder / "a.wacz", [f"{HOST}/old"], *moved, more=(("Location", "/b"),))).table[
        "title"
    ].to_pylist() == ["two"]


def test_an_archive_that_is_cut_short_keeps_its_pages(read: Read, folder: Path) -> None:
    whole = warc(*ANSWERS)
    (folder / "a.warc.gz").write_bytes(whole[:-200])
    found = read(folder / "a.warc.gz")
    assert any(note.startswith("not read to its end: a.warc.gz, row ") for note in found.notes)
    assert found.table["title"].to_pylist() == ["one"]
    assert found.n_rows == found.table.num_rows + found.skipped.n + sum(found.passed.values())
    (folder / "b.warc").write_bytes(warc(*ANSWERS, zipped=False)[:-500])
    found = read(folder / "b.warc")
    assert (found.table["title"].to_pylist(), found.skipped.reasons) == (["one"], {"a page that is cut short": 1})
    (folder / "c.warc").write_bytes(b"no archive")
    with pytest.raises(InputError, match=r"c\.warc"):
        read(folder / "c.warc")


def test_a_page_that_takes_too_long_is_left_out(read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_workers, "SECONDS", 0)
    (folder / "a.warc").write_bytes(warc(*ANSWERS))
    with pytest.raises(InputError, match="a page that takes more than a minute"):
        read(folder / "a.warc")


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flips=st.lists(st.tuples(st.integers(0, 1 << 14), st.integers(1, 255)), max_size=5), zipped=st.booleans())
def test_no_foreign_error_comes_of_damage(read: Read, folder: Path, flips: list[tuple[int, int]], zipped: bool) -> None:
    data = bytearray(warc(*ANSWERS[:4], zipped=zipped))
    for at, by in flips:
        data[at % len(data)] ^= by
    (folder / "a.warc").write_bytes(data)
    try:
        found = read(folder / "a.warc", bad_rows="skip", format="warc")
    except InputError:
        return
    assert found.n_rows == found.table.num_rows + found.skipped.n + sum(found.passed.values())
