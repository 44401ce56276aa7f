"""Input that is damaged or made to harm: a clear line each, good rows kept, an error where nothing can be used."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from inchorus.errors import InputError
from inchorus.read import archives, csv_ahead, lines
from inchorus.read.finding import find_inputs
from read.conftest import Read
from read.test_account import TELEGRAM

GOOD = b"source,text\nA,Rain.\nB,Snow.\n"
BILL = (
    '<?xml version="1.0"?><!DOCTYPE bill [{entities}]><bill bill-stage="Introduced-in-House"><form><legis-num>H. R. 1'
    "</legis-num></form><legis-body><section><enum>1.</enum><text>{text}</text></section></legis-body></bill>"
)


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def truncated_archive(folder: Path) -> None:
    noise = b"".join(b"L%d,%d\n" % (i, i * i * i) for i in range(40_000))
    whole = tarred(("c.csv", b"source,text\nC,Hail.\n"), ("d.csv", b"source,text\n" + noise))
    (folder / "t.tgz").write_bytes(whole[: len(whole) // 2])


def zip_bomb(folder: Path) -> None:
    (folder / "b.zip").write_bytes(zipped(("c.csv", GOOD), ("d.csv", bytes(8 << 20))))


def xml_bomb(folder: Path) -> None:
    levels = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "ha"}">' for i in range(12))
    (folder / "b.xml").write_text(BILL.format(entities=levels, text="&e11;"))


def external_entity(folder: Path) -> None:
    (folder / "secret").write_text("the secret")
    system = f'<!ENTITY x SYSTEM "{(folder / "secret").as_uri()}">'
    (folder / "b.xml").write_text(BILL.format(entities=system, text="Nothing: &x;"))


def long_line(folder: Path) -> None:
    (folder / "b.jsonl").write_text(
        f'{{"source": "C", "text": "{"x" * 3_000_000}"}}\n{{"source": "C", "text": "Hail."}}\n'
    )
    (folder / "c.csv").write_text(f"source,text\nC,{'x' * 3_000_000}\nC,Fog.\n")


def ragged_rows(folder: Path) -> None:
    (folder / "b.csv").write_text("source,text\nC,Hail.\nC\nC,Fog.,more\nC,Mist.\n")


def nul_bytes(folder: Path) -> None:
    (folder / "b.jsonl").write_bytes(b'{"source": "C", "text": "Hail."}\n\0\0\0\0\n{"source": "C", "text": "Fog."}\n')


def broken_table(folder: Path) -> None:
    (folder / "b.parquet").write_bytes(b"PAR1" + b"\0" * 40)


def broken_array(folder: Path) -> None:
    (folder / "b.json").write_text('[{"source": "C", "text": "Hail."}, {"source": "C", "text": ]')


def cut_short(folder: Path) -> None:
    noise = "".join(f"C,{i * i * i}\n" for i in range(40_000))
    data = gzip.compress(f"source,text\n{noise}".encode())
    (folder / "b.csv.gz").write_bytes(data[: len(data) // 2])


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "truncated archive": (truncated_archive, "t.tgz"),
    "zip bomb": (zip_bomb, "b.zip: the archive unpacks to more than 250 times its size"),
    "XML bomb": (xml_bomb, "b.xml"),
    "external entity": (external_entity, "XML that defines entities of its own, which are not followed"),
    "line of gigabytes": (long_line, "a line is longer than"),
    "ragged rows": (ragged_rows, "1 field where the header has 2"),
    "NUL bytes": (nul_bytes, "b.jsonl, row 2 (line 2)"),
    "broken table": (broken_table, "b.parquet"),
    "broken array": (broken_array, "b.json, row 2 (line 1): broken JSON"),
    "file cut short": (cut_short, "the compressed file ends too early"),
}


OF_FILES = ("truncated archive", "zip bomb", "XML bomb", "external entity", "broken table", "file cut short")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a test can reach."""
    monkeypatch.setattr(archives, "FREE", 1 << 20)
    monkeypatch.setattr(lines, "LONGEST", 2_000_000)
    monkeypatch.setattr(csv_ahead, "BLOCK", 50_000)


@pytest.mark.parametrize("bad", BAD)
def test_good_rows_are_kept_and_what_is_bad_is_said(bad: str, read: Read, folder: Path) -> None:
    make, says = BAD[bad]
    (folder / "a.csv").write_bytes(GOOD)
    make(folder)
    found = read(folder, bad_rows="skip")
    assert {"A", "B"} <= set(found.table["source"].to_pylist())
    said = [*found.notes, *found.skipped.examples]
    assert any(says in one for one in said), said
    assert all("\n" not in one for one in said)
    assert "the secret" not in str(found.table.to_pylist())
    for of in found.account:
        assert of.rows == of.documents + sum(of.left_out.values())


@pytest.mark.parametrize("bad", OF_FILES)
def test_what_is_wrong_with_a_file_is_said_and_the_others_are_read(bad: str, read: Read, folder: Path) -> None:
    make, says = BAD[bad]
    (folder / "a.csv").write_bytes(GOOD)
    make(folder)
    found = read(folder)
    assert {"A", "B"} <= set(found.table["source"].to_pylist())
    (said,) = (note for note in found.notes if note.startswith("not read"))
    assert says in said
    assert "\n" not in said
    assert found.skipped.lines() == [said]
    for of in found.account:
        assert of.rows == of.documents + sum(of.left_out.values())


@pytest.mark.parametrize("bad", [name for name in BAD if name not in OF_FILES])
def test_what_is_wrong_with_a_row_is_an_error_unless_rows_are_to_be_skipped(bad: str, read: Read, folder: Path) -> None:
    make, says = BAD[bad]
    (folder / "a.csv").write_bytes(GOOD)
    make(folder)
    with pytest.raises(InputError) as raised:
        read(folder)
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


def test_good_rows_beside_bad_ones_of_a_file_are_read(read: Read, folder: Path) -> None:
    for make, texts in (
        (long_line, {"Hail.", "Fog."}),
        (ragged_rows, {"Hail.", "Mist."}),
        (nul_bytes, {"Hail.", "Fog."}),
        (broken_array, {"Hail."}),
    ):
        for old in folder.iterdir():
            old.unlink()
        make(folder)
        assert set(read(folder, bad_rows="skip").table["text"].to_pylist()) == texts


def test_where_nothing_can_be_used_it_is_an_error(read: Read, folder: Path) -> None:
    for make in (zip_bomb, broken_table, xml_bomb):
        for old in folder.iterdir():
            old.unlink()
        make(folder)
        for how in ("error", "skip"):
            with pytest.raises(InputError):
                read(folder, bad_rows=how)


def test_where_no_file_can_be_read_the_first_is_named(read: Read, folder: Path) -> None:
    for name in "ab":
        (folder / f"{name}.parquet").write_bytes(b"PAR1" + b"\0" * 40)
    with pytest.raises(InputError, match=r"none of 2 files could be read: a\.parquet: no Parquet file"):
        read(folder)


def test_of_many_that_cannot_be_read_twenty_are_named(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_bytes(GOOD)
    for i in range(23):
        (folder / f"{i:02}.parquet").write_bytes(b"PAR1" + b"\0" * 40)
    said = [note for note in read(folder).notes if note.startswith("not read")]
    assert (len(said), said[-1]) == (21, "not read: 3 more files")


@pytest.mark.parametrize("name", ["x.dat", "x.csv"])
def test_what_is_no_text_is_left_out_beside_other_files(read: Read, folder: Path, name: str) -> None:
    (folder / "a.csv").write_bytes(GOOD)
    (folder / name).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    found = read(folder / "a.csv", folder / name)
    assert any(f"not read: {name}: this is an image" in note for note in found.notes), found.notes
    assert found.table.num_rows == 2
    with pytest.raises(InputError, match="this is an image"):
        read(folder / name)


def test_an_empty_file_is_left_out_beside_other_files(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_bytes(GOOD)
    (folder / "b.csv").write_bytes(b"")
    assert "not read: b.csv: the file is empty; export it again" in read(folder).notes


def test_a_column_that_is_lacking_is_an_error_where_the_file_is_named(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_bytes(GOOD)
    (folder / "b.csv").write_bytes(b"source,body\nC,Hail.\n")
    with pytest.raises(InputError, match=r"b\.csv: no column 'text'.*did you mean 'body'"):
        read(folder / "a.csv", folder / "b.csv")


def test_nul_bytes_within_a_text_are_kept(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_bytes(b"source,text\nA,Rain\0again.\n")
    assert read(folder).table["text"].to_pylist() == ["Rain\0again."]


def test_a_file_that_changes_while_it_is_read_is_said_to(
    read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inchorus.read.intake import Intake

    (folder / "a.csv").write_bytes(GOOD)
    take = Intake.take

    def written_to(intake: Intake, batch: object) -> None:
        with (folder / "a.csv").open("ab") as file:
            file.write(b"C,Hail.\n")
        take(intake, batch)  # type: ignore[arg-type]

    monkeypatch.setattr(Intake, "take", written_to)
    found = read(folder)
    assert found.table["source"].to_pylist()[:2] == ["A", "B"]
    assert any(note.startswith("a.csv changed while it was read") for note in found.notes)


def test_a_file_that_is_gone_meanwhile_is_said_to(read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        (folder / f"{name}.csv").write_bytes(GOOD)

    def and_remove(*given: object) -> object:
        found = find_inputs(*given)  # type: ignore[arg-type]
        (folder / "b.csv").unlink()
        return found

    monkeypatch.setattr("inchorus.read.documents.find_inputs", and_remove)
    found = read(folder)
    assert found.table.num_rows == 2
    assert any("b.csv: there is no such file" in note for note in found.notes)


def test_many_files_of_a_folder_are_documents(read: Read, folder: Path) -> None:
    for source in range(20):
        (folder / f"s{source}").mkdir()
        for i in range(100):
            (folder / f"s{source}" / f"{i}.txt").write_text(f"Rain on day {i}.")
    found = read(folder)
    assert (found.table.num_rows, len(found.files), len(found.read_as)) == (2_000, 2_000, 1)
    assert found.read_as[0].endswith(
        "and 1,999 more files: read as text, text from the file, source from its folder"
    ) or ("1,999 more files" in found.read_as[0])


def test_links_that_lead_around_end(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_bytes(GOOD)
    (folder / "again").symlink_to(folder)
    (folder / "self.csv").symlink_to(folder / "self.csv")
    (folder / "etc.csv").symlink_to("/etc/passwd")
    found = read(folder)
    assert found.table.num_rows == 2
    assert any("links that lead out of it: etc.csv" in note for note in found.notes)


def test_a_workbook_of_a_million_empty_rows(read: Read, folder: Path) -> None:
    book = Workbook()
    book.active.append(["source", "text"])
    book.active.append(["A", "Rain."])
    book.active["B1048576"] = "Snow."
    book.active["A1048576"] = "B"
    book.save(folder / "a.xlsx")
    found = read(folder)
    assert found.table["text"].to_pylist() == ["Rain.", "Snow."]


def test_a_mixed_folder_of_five_formats_needs_no_option(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_bytes(GOOD)
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(b'{"source": "C", "text": "Hail."}\n'))
    (folder / "result.json").write_text(json.dumps(TELEGRAM))
    (folder / "herald").mkdir()
    (folder / "herald" / "2024-05-01.txt").write_text("Fog over the harbour.")
    (folder / "talk.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nGood morning, all of you.\n")
    (folder / "more.zip").write_bytes(zipped(("d.tsv", b"source\ttext\nD\tMist.\n")))
    book = Workbook()
    book.active.append(["source", "text"])
    book.active.append(["E", "Dew."])
    book.save(folder / "e.xlsx")
    found = read(folder)
    assert {of.format: of.documents for of in found.account} == {
        "csv": 3, "jsonl": 1, "telegram": 1, "text": 1, "subtitles": 1, "workbook": 1,
    }  # fmt: skip
    assert len(found.read_as) == 6
