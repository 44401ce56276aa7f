from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from inchorus.errors import InputError, UsageError
from inchorus.web.given import given_addresses

ONE, TWO = "https://courier.example/1", "https://courier.example/2"
LISTS = {
    "lines.txt": f"{ONE}\n{TWO}\n",
    "lines.csv": f"{ONE}\r\n\r\n  {TWO}  \r\n",
    "comments.lst": f"\ufeff# my list\n{ONE}\n# {ONE}/no\n{TWO}",
    "table.csv": f"media_name,URL,title\nCourier,{ONE},a\nCourier,{TWO},b\n",
    "table.tsv": f"title\tlink\na\t{ONE}\nb\t{TWO}\n",
    "records.jsonl": f'{{"story_url": "{ONE}"}}\n{{"story_url": "{TWO}"}}\n{{"story_url": null}}\n',
    "sitemap.xml": f"<?xml version='1.0'?><urlset><url><loc>{ONE}</loc></url><url><loc>{TWO}</loc></url></urlset>",
    "feed.json": f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"id": "{ONE}"}}, {{"url": "{TWO}"}}]}}',
    "feed.rss": f"<rss version='2.0'><channel><item><link>{ONE}</link></item><item><link>{TWO}</link></item></channel>",
    "twice.txt": f"{ONE}\n{TWO}\n{ONE}#top\n",
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_read_in_any_form(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(LISTS[name], encoding="utf-8")
    urls, ((file, found),), _ = given_addresses([str(tmp_path / name)], None)
    assert (urls, file) == ([], name)
    assert ([entry.url for entry in found.entries], found.broken) == ([ONE, TWO], 0)


def test_a_column_is_named(tmp_path: Path) -> None:
    pq.write_table(pa.table({"url": ["x", "y"], "seen at": [ONE, "nowhere"]}), tmp_path / "a.parquet")
    _, ((_, found),), _ = given_addresses([str(tmp_path / "a.parquet")], "seen at")
    assert ([entry.url for entry in found.entries], found.broken) == ([ONE], 1)


def test_a_long_list_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("".join(f"{ONE}/{n}\n" for n in range(10_000)))
    _, ((_, found),), _ = given_addresses([str(tmp_path / "a.txt")], None)
    assert len(found.entries) == 10_000


@pytest.mark.parametrize(
    ("text", "column", "why"),
    [
        ("name,adress\na,b\n", None, "no column url.*name it with --url"),
        ("name,link\na,b\n", "lnk", "no column lnk.*did you mean 'link'"),
        ("url\nnowhere\n", None, "no address in it"),
    ],
)
def test_a_list_without_addresses_is_an_error(tmp_path: Path, text: str, column: str | None, why: str) -> None:
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(InputError, match=why):
        given_addresses([str(tmp_path / "a.csv")], column)


def test_beside_others_a_list_that_cannot_be_read_is_said_and_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + b"\0" * 40)
    (tmp_path / "b.txt").write_text("https://courier.example/rain\n")
    urls, ((name, found),), (error,) = given_addresses([str(tmp_path / n) for n in ("a.parquet", "b.txt")], None)
    assert (urls, name, found.entries[0].url) == ([], "b.txt", "https://courier.example/rain")
    assert "no Parquet file, or one that is damaged" in str(error)


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("courier.example/feed", "write https://courier.example/feed"),
        ("absent.csv", "there is no file 'absent.csv'"),
        ("ftp://courier.example/", "no address of the web"),
        ("http://", "no address of the web"),
    ],
)
def test_what_is_neither_address_nor_file_is_an_error(named: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        given_addresses([named], None)
