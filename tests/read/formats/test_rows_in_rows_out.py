"""Of every format: rows in are documents and rows left out, each with a reason, whatever the rows are."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pyarrow import feather

from inchorus.errors import InputError
from inchorus.progress import Silent
from inchorus.read import ReadOptions, read_documents
from inchorus.read.formats import FORMATS, Format
from read.formats import test_bluesky as bluesky
from read.formats import test_mastodon as mastodon
from read.formats import test_reddit as reddit
from read.formats import test_regulations as regulations
from read.formats import test_tables_of_posts as tables
from read.formats import test_telegram as telegram
from read.formats import test_videos_and_pages as videos
from read.formats import test_x as x
from read.formats import test_x_scraped as x_scraped
from read.formats.pages import page
from read.formats.test_bills import OLD, OLD_STATUS
from read.formats.test_databases import duck, sqlite
from read.formats.test_office import pdf
from read.formats.test_speech import SRT
from read.formats.test_warc import HOST, HTML, of, wacz, warc

GOOD, EMPTY, ODD = "good", "empty", "odd"
Kinds = list[str]


class Counted(NamedTuple):
    """How many rows were written, and how many of them are documents."""

    rows: int
    documents: int


# writes rows of these kinds into a folder, and says how many there are; of documents, unless it says so, one a good row
Make = Callable[[Path, Kinds], int | Counted]
LOGIN = b"<!doctype html><html><body><form><input></form></body></html>"


def text_of(kind: str, i: int) -> str:
    return f"Rain on day {i}, said the mayor of the harbour." if kind == GOOD else " "


def csv_of(columns: list[str], row: Callable[[str, int], dict[str, str]]) -> Make:
    """A table, whose odd rows have a field alone."""

    def make(folder: Path, kinds: Kinds) -> int:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(columns)
        for i, kind in enumerate(kinds):
            writer.writerow(["alone"] if kind == ODD else [row(kind, i).get(name, "") for name in columns])
        (folder / "a.csv").write_text(out.getvalue(), "utf-8")
        return len(kinds)

    return make


def row_of(base: dict[str, str], number: str, text: str) -> Make:
    """A table of posts whose columns are those of an example."""
    return csv_of(list(base), lambda kind, i: {**base, number: str(i), text: text_of(kind, i)})


def lines_of(made: Callable[[str, int], Any], odd: str = '{"no": ') -> Make:
    """Objects, one a line, whose odd ones are broken."""

    def make(folder: Path, kinds: Kinds) -> int:
        written = [odd if kind == ODD else json.dumps(made(kind, i)) for i, kind in enumerate(kinds)]
        (folder / "a.jsonl").write_text("\n".join(written), "utf-8")
        return len(kinds)

    return make


def object_of(base: dict[str, Any], number: str, text: str) -> Make:
    return lines_of(lambda kind, i: {**base, number: str(i), text: text_of(kind, i)})


def plain(kind: str, i: int) -> dict[str, Any]:
    return {"id": str(i), "source": None if kind == ODD else "A", "text": text_of(kind, i)}


def table_of(kinds: Kinds) -> pa.Table:
    schema = pa.schema([(name, pa.string()) for name in ("id", "source", "text")])
    return pa.Table.from_pylist([plain(kind, i) for i, kind in enumerate(kinds)], schema)


def parquet(folder: Path, kinds: Kinds) -> int:
    pq.write_table(table_of(kinds), folder / "a.parquet")
    return len(kinds)


def arrow(folder: Path, kinds: Kinds) -> int:
    feather.write_feather(table_of(kinds), str(folder / "a.feather"))
    return len(kinds)


def database(name: str, made: Callable[[Path, str], Path]) -> Make:
    def make(folder: Path, kinds: Kinds) -> int:
        values = ", ".join(
            f"('{i}', {'NULL' if kind == ODD else repr('A')}, '{text_of(kind, i)}')" for i, kind in enumerate(kinds)
        )
        script = "CREATE TABLE posts (id VARCHAR, source VARCHAR, text VARCHAR);"
        made(folder / name, script + (f"INSERT INTO posts VALUES {values};" if kinds else ""))
        return len(kinds)

    return make


def workbook(folder: Path, kinds: Kinds) -> int:
    book = Workbook()
    book.active.append(["id", "source", "text"])
    for i, kind in enumerate(kinds):
        book.active.append(list(plain(kind, i).values()))
    book.save(folder / "a.xlsx")
    return len(kinds)


def files_of(ending: str, made: Callable[[str, int], bytes]) -> Make:
    """A file for each row."""

    def make(folder: Path, kinds: Kinds) -> int:
        for i, kind in enumerate(kinds):
            (folder / f"{i}.{ending}").write_bytes(made(kind, i))
        return len(kinds)

    return make


def word(kind: str, i: int) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph(text_of(kind, i).strip())
    made.save(out)
    return out.getvalue() if kind != ODD else b"PK\x03\x04 and no more"


def archive_of(kinds: Kinds) -> list[tuple[str, str, str, bytes]]:
    kind_of = {GOOD: HTML, EMPTY: HTML, ODD: "image/png"}
    return [
        (f"{HOST}/{i}", "200 OK", kind_of[kind], of(str(i)) if kind == GOOD else LOGIN) for i, kind in enumerate(kinds)
    ]


def warc_file(folder: Path, kinds: Kinds) -> int:
    (folder / "a.warc.gz").write_bytes(warc(*archive_of(kinds)))
    return len(kinds) + 1  # what wrote it is a record, too


def wacz_file(folder: Path, kinds: Kinds) -> int:
    wacz(folder / "a.wacz", None, *archive_of(kinds))
    return len(kinds) + 1


def telegram_export(folder: Path, kinds: Kinds) -> int:
    messages = [telegram.JOINED if k == ODD else telegram.message(i, text_of(k, i)) for i, k in enumerate(kinds)]
    telegram.put(folder / "result.json", telegram.chat(*messages))
    return len(kinds)


def x_archive(folder: Path, kinds: Kinds) -> int:
    posts = [
        {
            "tweet": 7
            if kind == ODD
            else {"id_str": str(i), "created_at": x.V1["created_at"], "full_text": text_of(kind, i)}
        }
        for i, kind in enumerate(kinds)
    ]
    with zipfile.ZipFile(folder / "twitter.zip", "w") as archive:
        archive.writestr("data/tweets.js", f"window.YTD.tweets.part0 = {json.dumps(posts)}")
    return len(kinds)


RULE = "_" * 60
ARTICLE = {
    GOOD: "Full text: {}\n\nTitle: Rain {i}\n\nPublication title: The Herald\n\nPublication date: May 1, 2024",
    EMPTY: "Full text: Not available.\n\nTitle: Rain {i}\n\nPublication title: The Herald",
    ODD: "Full text: Rain, and nobody says where.\n\nTitle: Rain {i}",
}


def proquest(folder: Path, kinds: Kinds) -> Counted:
    articles = [
        f"Document {i + 1} of {len(kinds)}\n\nRain {i}\n\n{ARTICLE[kind].format(text_of(kind, i), i=i)}\n\n"
        f"ProQuest document ID: {i}"
        for i, kind in enumerate(kinds)
    ]
    blocks = ["Report Information from ProQuest", *articles, "Contact us at: http://about.proquest.example"]
    (folder / "a.txt").write_text("".join(f"{RULE}\n\n{block}\n\n" for block in blocks), "utf-8")
    return Counted(len(kinds) + 2, kinds.count(GOOD))  # a cover and a back


def lexisnexis(folder: Path, kinds: Kinds) -> Counted:
    said = {
        GOOD: "Rain again\n\nLENGTH: 9 words\n\n{}\n\nLOAD-DATE: January 12, 2010",
        EMPTY: "Rain again\n\nLENGTH: 0 words\n\nLOAD-DATE: January 12, 2010",
    }
    head = f"{' ' * 30}The Courier\n\n{' ' * 28}January 11, 2010 Monday\n\n"
    articles = [
        f"{' ' * 30}{i + 1} of {len(kinds)} DOCUMENTS\n\n"
        + ("" if kind == ODD else head + said[kind].format(text_of(kind, i)))
        for i, kind in enumerate(kinds)
    ]
    (folder / "a.txt").write_text("\n\n".join(["Download Request: Selected Items", *articles]), "utf-8")
    return Counted(len(kinds) + 1, kinds.count(GOOD))  # a cover


def transcript(folder: Path, kinds: Kinds) -> Counted:
    said = {GOOD: "SPEAKER {i}: {}", EMPTY: "(Applause)", ODD: "SPEAKER {i}:"}
    turns = [said[kind].format(text_of(kind, i), i=i % 2) for i, kind in enumerate(kinds)]
    (folder / "a.txt").write_text("\n".join(["SPEAKER A: We begin.", "SPEAKER B: We do.", *turns]), "utf-8")
    return Counted(len(kinds) + 2, kinds.count(GOOD) + 2)


def bills(folder: Path, kinds: Kinds) -> Counted:
    files_of("xml", bill)(folder, kinds)
    return Counted(len(kinds) + 2 * kinds.count(GOOD), 3 * kinds.count(GOOD))  # a preamble and two sections


def bill(kind: str, i: int) -> bytes:
    empty = '<bill bill-stage="x"><form/><legis-body><section><enum/></section></legis-body></bill>'
    return {GOOD: OLD.replace("Copies", f"Copies {i}"), EMPTY: empty, ODD: '<bill bill-stage="x"><form>'}[kind].encode()


def status(kind: str, i: int) -> bytes:
    empty = "<billStatus><bill><billNumber>7</billNumber></bill></billStatus>"
    return {GOOD: OLD_STATUS.replace("ferries", f"ferries {i}"), EMPTY: empty, ODD: "<billStatus><bill>"}[kind].encode()


def activity(kind: str, i: int) -> dict[str, Any]:
    note = {**mastodon.NOTE, "id": f"{mastodon.ACTOR}/statuses/{i}", "content": text_of(kind, i)}
    return {**mastodon.CREATE, "object": note}


def feed(kind: str, i: int) -> dict[str, Any]:
    record = {"$type": "app.bsky.feed.post", "createdAt": "2024-05-01T12:30:05.123Z", "text": text_of(kind, i)}
    return {"uri": f"{bluesky.URI}{i}", "cid": "c", "author": bluesky.AUTHOR, "record": record}


def comment(kind: str, i: int) -> dict[str, Any]:
    attributes = {**regulations.ATTRIBUTES, "comment": text_of(kind, i)}
    return {**regulations.COMMENT, "id": f"EPA-1-{i:04}", "attributes": attributes}


TWARC = {
    "id": "1",
    "text": "",
    "author_id": "5",
    "author.username": "harbour",
    "created_at": "2024-05-13T12:30:05.000Z",
}
TIKTOK_ROW = {"id": "1", "username": "harbour", "video_description": "", "create_time": "1714566605"}
MESSAGE = {"message_id": 1, "date": "2024-05-01T12:30:05", "text": "", "channel": "harbour"}
META_ROW = {"id": "1", "post_owner.name": "Harbour", "creation_time": "2024-05-01T12:30:05+0000", "text": ""}

MAKE: dict[str, Make] = {
    "parquet": parquet,
    "arrow": arrow,
    "sqlite": database("a.sqlite", sqlite),
    "duckdb": database("a.duckdb", duck),
    "warc": warc_file,
    "wacz": wacz_file,
    "pdf": files_of("pdf", lambda kind, i: pdf(text_of(kind, i).strip()) if kind != ODD else b"%PDF-1.4 and no more"),
    "rtf": files_of("rtf", lambda kind, i: b"{\\rtf1 " + text_of(kind, i).encode() + b"}"),
    "docx": files_of("docx", word),
    "workbook": workbook,
    "bill": bills,
    "billstatus": files_of("xml", status),
    "page": files_of("html", lambda kind, i: page().encode() if kind == GOOD else LOGIN),
    "telegram": telegram_export,
    "telegram-messages": object_of(MESSAGE, "message_id", "text"),
    "x": lines_of(lambda kind, i: {**x.V2, "id": str(i), "note_tweet": {}, "text": text_of(kind, i)}, '{"delete": {}}'),
    "x-archive": x_archive,
    "x-scraped": object_of(x_scraped.SCRAPED, "id", "rawContent"),
    "twarc-csv": row_of(TWARC, "id", "text"),
    "reddit": object_of(reddit.COMMENT, "id", "body"),
    "bluesky": lines_of(feed),
    "mastodon": lines_of(activity),
    "meta-content-library": row_of(META_ROW, "id", "text"),
    "tiktok": object_of(videos.TIKTOK, "id", "video_description"),
    "regulations": lines_of(comment),
    "4cat": row_of(tables.FOURCAT, "id", "body"),
    "crowdtangle": row_of(tables.CROWDTANGLE, "URL", "Message"),
    "youtube-data-tools": row_of(videos.COMMENT, "id", "text"),
    "tiktok-csv": row_of(TIKTOK_ROW, "id", "video_description"),
    "coordination": row_of(tables.EIGHT, "message_id", "message"),
    "regulations-csv": row_of(regulations.ROW, "Document ID", "Comment"),
    "jsonl": lines_of(plain),
    "subtitles": files_of(
        "srt", lambda kind, i: SRT.encode() if kind == GOOD else b"1\n00:00:01,000 --> 00:00:02,000\n\n"
    ),
    "proquest": proquest,
    "lexisnexis": lexisnexis,
    "csv": csv_of(["id", "source", "text"], plain),
    "transcript": transcript,
    "text": files_of("txt", lambda kind, i: text_of(kind, i).encode() if kind != ODD else b"\xff\xfe\x00\xd8"),
}


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([GOOD, EMPTY, ODD]), min_size=1, max_size=4))
def test_rows_in_are_documents_and_rows_left_out(format: Format, kinds: Kinds) -> None:
    with TemporaryDirectory() as made, TemporaryDirectory() as scratch:
        folder = Path(made) / "a source"
        folder.mkdir()
        made_of = MAKE[format.name](folder, kinds)
        rows, documents = made_of if isinstance(made_of, Counted) else (made_of, kinds.count(GOOD))
        options = ReadOptions(bad_rows="skip", format=None if format.name == "x-archive" else format.name)
        inputs = [folder] if len(list(folder.iterdir())) > 1 else list(folder.iterdir())
        try:
            found = read_documents(inputs, options, Path(scratch), Silent())
        except InputError:
            assert not documents
            return
        (of_format,) = found.account
        assert of_format.rows == of_format.documents + sum(of_format.left_out.values())
        assert of_format.documents == found.table.num_rows
        assert (of_format.rows, of_format.documents) == (rows, documents)
        assert all(reason and n for reason, n in of_format.left_out.items())
