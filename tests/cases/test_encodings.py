"""Files that are not UTF-8, or no text at all: an error that names an encoding with which the file then works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cases.case import Said, given, rows, run

CASE = "encodings"
FIRST = "Le café « fermé » coûte 5 € ; l’été"


def find(tmp_path: Path, file: Path, *more: str) -> Said:
    return run("find", file, *more, "--out", tmp_path / "study")


def named(said: Said) -> str:
    """The encoding that an error names."""
    assert said.code == 1
    found = re.search(r"--encoding ([\w-]+)$", said.err.strip())
    assert found is not None, said.err
    return found[1]


@pytest.mark.parametrize("name", ["utf8.csv", "bom.csv", "mojibake.csv"])
def test_utf8_is_read(tmp_path: Path, name: str) -> None:
    assert find(tmp_path, given(CASE, name)).code == 0
    documents = rows(tmp_path / "study", "documents")
    assert sorted(d["doc_id"] for d in documents) == ["1", "2"]


@pytest.mark.parametrize(
    "name",
    [
        "utf16.csv", "utf16be_bom.csv", "utf16le.csv", "utf32.csv", "cp1252.csv", "latin9.csv", "zipped.csv.gz",
        "excel_unicode.txt",
    ],
)  # fmt: skip
def test_the_error_names_an_encoding_that_works(tmp_path: Path, name: str) -> None:
    encoding = named(find(tmp_path, given(CASE, name)))
    assert find(tmp_path, given(CASE, name), "--encoding", encoding).code == 0
    documents = rows(tmp_path / "study", "documents")
    assert {d["doc_id"]: d["source"] for d in documents} == {"1": "Écho", "2": documents[-1]["source"]} or {
        d["source"] for d in documents
    } >= {"Écho"}
    assert len(documents) == 2
    assert "caf\u00e9" in "".join(d["text"] for d in documents)


TEXTS = {
    "cp1251": "Председатель сказал, что мост закроют ночью с мая, и это решение не нравится никому в городе",
    "koi8-r": "Председатель сказал, что мост закроют ночью с мая, и это решение не нравится никому в городе",
    "shift_jis": "港長は五月から夜間に旧い橋を閉鎖したいと述べた。これは大きな問題です。",
    "euc_kr": "항만장은 오월부터 밤에 오래된 다리를 폐쇄하려고 한다.",
    "gb18030": "他说我们要在五月关闭旧桥，人们不同意这个决定。这是一个很大的问题，大家都来了。",
    "big5": "他說我們要在五月關閉舊橋，人們不同意這個決定。這是一個很大的問題",
    "cp1253": "Ο λιμενάρχης θέλει να κλείσει την παλιά γέφυρα τη νύχτα από τον Μάιο.",
    "cp1255": "מנהל הנמל רוצה לסגור את הגשר הישן בלילה ממאי",
    "cp1256": "يريد مدير الميناء إغلاق الجسر القديم ليلا من شهر مايو",
    "cp1252": "Die Straße über die Brücke ist ab Mai nachts gesperrt, sagte der Bürgermeister",
    "utf-16-le": "harbour",
    "utf-16-be": "harbour",
    "utf-32-le": "他说我们要在五月关闭旧桥",
    "utf-32-be": "harbour",
}


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("given_first", ["utf-8", "cp1252", "utf-16"])
def test_texts_of_many_scripts_come_out_right(tmp_path: Path, encoding: str, given_first: str) -> None:
    content = f'source,text\na,"{TEXTS[encoding]}"\nb,x\n'
    (tmp_path / "a.csv").write_bytes(content.encode(encoding))
    if given_first == "utf-8" or encoding.startswith("utf"):
        said = find(tmp_path, tmp_path / "a.csv", "--encoding", given_first)
        if said.code:
            assert find(tmp_path, tmp_path / "a.csv", "--encoding", named(said)).code == 0
        assert rows(tmp_path / "study", "documents")[0]["text"] == TEXTS[encoding]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16", "utf-16-be", "utf-32", "koi8-r", "cp437"])
def test_utf8_that_is_said_to_be_another_is_told(tmp_path: Path, encoding: str) -> None:
    said = find(tmp_path, given(CASE, "utf8.csv"), "--encoding", encoding)
    assert named(said) == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_lines_of_json_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    text = '{"source": "a", "text": "één"}\n{"source": "b", "text": "twee"}\n'
    (tmp_path / "a.jsonl").write_bytes(text.encode(encoding))
    said = find(tmp_path, tmp_path / "a.jsonl", "--encoding", "utf-8" if encoding == "utf-16" else "cp1252")
    assert named(said) == encoding
    assert find(tmp_path, tmp_path / "a.jsonl", "--encoding", encoding).code == 0


def test_a_line_in_another_encoding_than_the_rest_is_named_by_byte_and_line(tmp_path: Path) -> None:
    said = find(tmp_path, given(CASE, "mixed.csv"))
    assert said.code == 1
    assert "not valid utf-8 at byte 189, in line 4" in said.err
    skipped = find(tmp_path, given(CASE, "mixed.csv"), "--bad-rows", "skip")
    assert "1 row was skipped: mixed.csv, row 3 (line 4): not valid utf-8 (the byte 0xeb)" in skipped.err
    assert "Zo\\xeb" in (tmp_path / "study.skipped.csv").read_text(encoding="utf-8")


def test_bytes_that_do_not_fit_cost_their_row_only(tmp_path: Path) -> None:
    good = [f"s{i},mot été {i}".encode() for i in range(5)]
    good.insert(2, "x,caf\xe9".encode("latin-1"))
    (tmp_path / "a.csv").write_bytes(b"source,text\n" + b"\n".join(good) + b"\n")
    said = find(tmp_path, tmp_path / "a.csv", "--bad-rows", "skip")
    assert "1 row was skipped: a.csv, row 3 (line 4): not valid utf-8 (the byte 0xe9)" in said.err
    assert len(rows(tmp_path / "study", "documents")) == 5
    assert "x,caf\\xe9" in (tmp_path / "study.skipped.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_two_exports_in_one_file_leave_no_mark_in_a_value(tmp_path: Path, encoding: str) -> None:
    one = "id;source;text\n1;a;één\n".encode(encoding)
    two = "id;source;text\n2;b;twee\n3;\ufeffc;drie\n".encode(encoding)
    (tmp_path / "a.csv").write_bytes(one + two)
    said = find(tmp_path, tmp_path / "a.csv", "--encoding", encoding)
    assert said.code == 0
    assert "repeats its header" in said.err
    assert [d["doc_id"] for d in rows(tmp_path / "study", "documents")] == ["1", "2", "3"]


def test_the_export_that_was_joined_with_itself_is_told(tmp_path: Path) -> None:
    said = find(tmp_path, given(CASE, "bom_middle.csv"))
    assert said.code == 1
    assert "the whole row is the same" in said.err
    assert find(tmp_path, given(CASE, "bom_middle.csv"), "--bad-rows", "skip").code == 0
    documents = rows(tmp_path / "study", "documents")
    assert sorted(d["doc_id"] for d in documents) == ["1", "2"]
    assert not any("\ufeff" in d["source"] for d in documents)


def test_joined_exports_with_other_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("source,text\na,one\ntext,source\ntwo,b\n")
    said = find(tmp_path, tmp_path / "a.csv")
    assert said.code == 1
    assert "another header, with the columns in another order, in line 3" in said.err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("fake.csv", "a ZIP archive, not CSV"),
        ("html.csv", "a web page, not CSV"),
        ("two.csv.zip", "the archive ends too early"),
        ("cols.json", "orient='records', lines=True"),
    ],
)
def test_what_is_no_table_says_what_it_is_and_how_it_should_be(tmp_path: Path, name: str, said: str) -> None:
    ended = find(tmp_path, given(CASE, name))
    assert ended.code == 1
    assert said in ended.err


def test_an_export_of_telegram_is_read_as_one(tmp_path: Path) -> None:
    said = find(tmp_path, given(CASE, "telegram.json"))
    assert said.code == 0
    assert "telegram.json: read as telegram, text from text" in said.err
    documents = rows(tmp_path / "study", "documents")
    assert [(d["source"], d["text"]) for d in documents] == [("Ann", "Hello https://a.example"), ("Bob", "plain")]


def test_records_in_a_list_or_over_several_lines_are_read(tmp_path: Path) -> None:
    assert find(tmp_path, given(CASE, "wrapped.json"), str(given(CASE, "pretty.json"))).code == 0
    documents = rows(tmp_path / "study", "documents")
    assert [(d["source"], d["text"]) for d in documents] == [("a", "x"), ("a", "x"), ("b", "y")]


@pytest.mark.parametrize("start", [b"%PDF-1.7", b"\x89PNG\r\n", b"7z\xbc\xaf\x27\x1c", b"<html>", b"PAR1", b"Rar!"])
def test_other_content_under_the_name_of_csv(tmp_path: Path, start: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(start + b"source,text\na,b\n")
    ended = find(tmp_path, tmp_path / "a.csv")
    assert ended.code == 1
    assert "a.csv: this is " in ended.err


def test_nan_is_a_time_that_is_not_known(tmp_path: Path) -> None:
    assert find(tmp_path, given(CASE, "nan.jsonl")).code == 0
    assert [d["time"] is None for d in rows(tmp_path / "study", "documents")].count(True) == 1


@pytest.mark.parametrize("name", ["bom.jsonl", "utf16.jsonl"])
def test_a_mark_before_json(tmp_path: Path, name: str) -> None:
    (tmp_path / "b.csv").write_text("source,text\nb,x\n")
    encoding = "utf-16" if name.startswith("utf16") else "utf-8"
    more = tmp_path / "c.jsonl"
    more.write_bytes('{"source": "b", "text": "x"}\n'.encode(encoding))
    ended = run("find", given(CASE, name), more, "--encoding", encoding, "--out", tmp_path / "study")
    assert ended.code == 0
    assert rows(tmp_path / "study", "documents")[0]["text"] == "één"
