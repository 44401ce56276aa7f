"""Archives: what they hold is read as files are, and what would harm is left out and said."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from inchorus.errors import InchorusError, InputError, UsageError
from inchorus.read import archives
from inchorus.read.archives import without_common_folder
from read.conftest import Read

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CSV_C = b"source,text\nC,Hail.\n"
CSV = b"source,text\nA,Rain.\n"
TSV = b"source\ttext\nB\tSnow.\n"
PACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd.compress,
}


def tar(*members: tuple[str, bytes] | tarfile.TarInfo) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                archive.addfile(member)
            else:
                info = tarfile.TarInfo(member[0])
                info.size = len(member[1])
                archive.addfile(info, io.BytesIO(member[1]))
    return out.getvalue()


def packed(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = target
    return info


@pytest.mark.parametrize("pack", PACK)
def test_a_tar_is_read_however_it_is_compressed_and_named(read: Read, folder: Path, tmp_path: Path, pack: str) -> None:
    archive = folder / f"posts.tar{pack}"
    archive.write_bytes(PACK[pack](tar(("x/a.csv", CSV), ("x/b/b.tsv", TSV), ("x/c.csv.gz", gzip.compress(CSV)))))
    found = read(archive)
    assert found.table["source"].to_pylist() == ["A", "A", "B"]
    assert [(f.name, f.rows) for f in found.files] == [(archive.name, 3)]
    assert [p.name[:10] for p in (tmp_path / "scratch").iterdir()] == ["documents-"]
    unnamed = folder / "posts"
    archive.rename(unnamed)
    assert read(unnamed).table.equals(found.table)


def test_a_zip_is_read_and_a_row_of_it_has_a_place(read: Read, folder: Path) -> None:
    (folder / "posts.zip").write_bytes(packed(("a.csv", CSV), ("b.csv", CSV + b"x\n"), ("__MACOSX/._a.csv", b"\0")))
    with pytest.raises(InputError, match=r"posts\.zip/b\.csv, row 2 \(line 3\): 1 field where the header has 2"):
        read(folder / "posts.zip")
    assert read(folder / "posts.zip", bad_rows="skip").table.num_rows == 2


def test_what_it_holds_besides_is_left_out_and_named(read: Read, folder: Path) -> None:
    others = (("cover.png", b"\x89PNG"), ("more.zip", packed(("b.csv", CSV))))
    (folder / "a.zip").write_bytes(packed(("a.csv", CSV), *others))
    notes = read(folder / "a.zip").notes
    assert "left out of a.zip, as not of a format that is read: cover.png, more.zip" in notes
    (folder / "b.zip").write_bytes(packed(("cover.png", b"\x89PNG")))
    with pytest.raises(InputError, match=r"b\.zip: the archive holds no file that can be read"):
        read(folder / "b.zip")
    (folder / "c.zip").write_bytes(packed())
    with pytest.raises(InputError, match=r"c\.zip: the archive holds no file that can be read"):
        read(folder / "c.zip")


def test_an_archive_with_a_password_is_said_to_have_one(read: Read, folder: Path) -> None:
    data = bytearray(packed(("a.csv", CSV)))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + flags] |= 1
    (folder / "a.zip").write_bytes(data)
    with pytest.raises(InputError, match=r"holds no file .* left out of a\.zip, as they are encrypted: a\.csv"):
        read(folder / "a.zip")


def test_folders_of_it_name_sources_as_those_on_disk_do(read: Read, folder: Path) -> None:
    texts = [("export/herald/2024-05-01.txt", b"Rain."), ("export/echo/1.txt", b"Snow.")]
    for place, data in texts:
        path = folder / "plain" / Path(place).relative_to("export")
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    (folder / "packed.zip").write_bytes(packed(*texts))
    assert read(folder / "packed.zip").table.equals(read(folder / "plain").table)
    assert without_common_folder([]) == []


def test_an_archive_in_a_folder_is_one_of_its_files(read: Read, folder: Path) -> None:
    (folder / "2024").mkdir()
    (folder / "2024" / "may.tgz").write_bytes(gzip.compress(tar(("a.csv", CSV))))
    (folder / "b.tsv").write_bytes(TSV)
    found = read(folder)
    assert [(f.name, f.rows) for f in found.files] == [("2024/may.tgz", 1), ("b.tsv", 1)]
    assert found.table["source"].to_pylist() == ["A", "B"]
    with pytest.raises(UsageError, match=r"may\.tgz is given twice"):
        read(folder, folder / "2024" / "may.tgz")


def test_archives_of_one_name_are_told_apart(read: Read, folder: Path) -> None:
    for year in ("2023", "2024"):
        (folder / year).mkdir()
        (folder / year / "posts.zip").write_bytes(packed(("a.csv", CSV)))
    found = read(folder / "2023" / "posts.zip", folder / "2024" / "posts.zip")
    assert [f.name for f in found.files] == ["2023/posts.zip", "2024/posts.zip"]


def test_links_devices_and_ways_out_are_refused(read: Read, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_bytes(CSV)
    for bad in ("../outside.csv", str(outside), "x/../../outside.csv", "C:\\outside.csv", "..\\outside.csv"):
        (folder / "t.tar").write_bytes(tar(("a.tsv", TSV), (bad, CSV)))
        found = read(folder / "t.tar")
        assert found.table["source"].to_pylist() == ["B"]
        assert f"left out of t.tar, as their paths lead out of it: {bad}" in found.notes
    (folder / "t.tar").write_bytes(
        tar(
            special("link.csv", tarfile.SYMTYPE, str(outside)),
            special("hard.csv", tarfile.LNKTYPE, "a.tsv"),
            special("pipe.csv", tarfile.FIFOTYPE),
            ("a.tsv", TSV),
        )
    )
    notes = read(folder / "t.tar").notes
    assert "left out of t.tar, as links are not followed: link.csv, hard.csv" in notes
    assert "left out of t.tar, as they are no files: pipe.csv" in notes
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(folder / "t.zip", "w") as archive:
        archive.writestr(link, str(outside))
        archive.writestr("../a.csv", CSV)
        archive.writestr("a.tsv", TSV)
    notes = read(folder / "t.zip").notes
    assert "left out of t.zip, as links are not followed: link.csv" in notes
    assert "left out of t.zip, as their paths lead out of it: ../a.csv" in notes


def test_links_out_of_a_folder_are_refused_and_those_inside_read(read: Read, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.csv").write_bytes(CSV)
    (folder / "b.tsv").write_bytes(TSV)
    (folder / "out.csv").symlink_to(tmp_path / "outside.csv")
    found = read(folder)
    assert found.table["source"].to_pylist() == ["B"]
    assert f"left out of the folder {folder.name}, as links that lead out of it: out.csv" in found.notes


def test_a_path_that_is_there_twice_is_read_once(read: Read, folder: Path) -> None:
    (folder / "t.tar").write_bytes(tar(("a.csv", CSV), ("a.csv", b"source,text\nC,Hail.\n")))
    found = read(folder / "t.tar")
    assert found.table["source"].to_pylist() == ["C"]
    assert any("more than once, and the last is read: a.csv" in note for note in found.notes)


def test_a_bomb_is_refused(read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FREE", 1 << 20)
    zeros = bytes(8 << 20)
    sparse = tar(("a.csv", CSV), ("b.csv", zeros))
    bombs = {"b.zip": packed(("a.csv", CSV), ("b.csv", zeros)), "b.tar.xz": lzma.compress(sparse)}
    for name, data in bombs.items():
        (folder / name).write_bytes(data)
        with pytest.raises(InputError, match=f"{name}: the archive unpacks to more than 250 times its size"):
            read(folder / name, bad_rows="skip")
    monkeypatch.setattr(archives, "MEMBERS", 3)
    (folder / "many.zip").write_bytes(packed(*((f"{i}.txt", b"x") for i in range(5))))
    with pytest.raises(InputError, match=r"more than 3 files"):
        read(folder / "many.zip")


@pytest.mark.parametrize("kind", ["tar", "tar.gz", "tar.zst", "zip"])
def test_one_that_is_cut_short_says_so_and_what_is_whole_can_be_kept(read: Read, folder: Path, kind: str) -> None:
    long = b"source,text\n" + b"".join(b"L%d,%d\n" % (i, i * i) for i in range(50_000))
    members = (("a.csv", CSV), ("b.csv", long))
    data = packed(*members) if kind == "zip" else PACK[kind.removeprefix("tar")](tar(*members))
    file = folder / f"t.{kind}"
    file.write_bytes(data[: len(data) // 2])
    if kind == "zip":  # its table stands at its end
        with pytest.raises(InputError, match=r"t\.\S+: the archive ends too early"):
            read(file)
    else:
        found = read(file)
        assert found.table["source"].to_pylist() == ["A"]
        (said,) = (note for note in found.notes if note.startswith(f"not read: t.{kind}: the archive ends too early; "))
        assert said.endswith("1 whole file before that was read; fetch or pack it again")


def test_of_a_zip_each_member_stands_for_itself(read: Read, folder: Path) -> None:
    data = bytearray(packed(("a.csv", CSV), ("b.csv", b"source,text\nB,Snow over the harbour.\n"), ("c.csv", CSV_C)))
    at = data.index(b"b.csv") + len(b"b.csv")
    data[at + 3] ^= 0xFF
    (folder / "t.zip").write_bytes(bytes(data))
    found = read(folder)
    assert found.table["source"].to_pylist() == ["A", "C"]
    (said,) = (note for note in found.notes if note.startswith("not read: t.zip"))
    assert "1 of its files cannot be unpacked: b.csv (the archive is damaged" in said


def test_a_member_that_is_encrypted_is_left_out(read: Read, folder: Path) -> None:
    data = bytearray(packed(("a.csv", CSV), ("b.csv", CSV)))
    first = data.index(b"PK\x01\x02")
    data[first + 8] |= 1
    (folder / "t.zip").write_bytes(bytes(data))
    found = read(folder / "t.zip")
    assert found.table.num_rows == 1
    assert "left out of t.zip, as they are encrypted: a.csv" in found.notes


def test_it_is_no_table_for_what_needs_one(folder: Path) -> None:
    from inchorus.read.options import ReadOptions
    from inchorus.read.table import read_table

    (folder / "t.zip").write_bytes(packed(("a.csv", CSV)))
    with pytest.raises(InputError, match="this is no table"):
        read_table(folder / "t.zip", ReadOptions())


WHOLE = {
    "zip": packed(("a.csv", CSV), ("b/c.jsonl", json.dumps({"source": "B", "text": "y"}).encode())),
    "tar": tar(("a.csv", CSV), ("b/c.jsonl", json.dumps({"source": "B", "text": "y"}).encode())),
    "tar.gz": gzip.compress(tar(("a.csv", CSV)), mtime=0),
}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=12),
    st.none() | st.integers(0, 3000),
    st.sampled_from(["error", "skip"]),
)
@example("zip", [(246, 1)], None, "error")
def test_damage_of_any_kind_is_an_error_of_ours(
    read: Read, folder: Path, kind: str, changes: list[tuple[int, int]], cut: int | None, bad_rows: str
) -> None:
    data = bytearray(WHOLE[kind])
    for at, byte in changes:
        data[at % len(data)] = byte
    (folder / f"t.{kind}").write_bytes(bytes(data[:cut]))
    options: dict[str, Any] = {"bad_rows": bad_rows}
    with suppress(InchorusError):
        assert read(folder / f"t.{kind}", **options).table.num_rows <= 2
