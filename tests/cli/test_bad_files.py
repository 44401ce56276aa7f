"""Bad files and bad rows by the command line: what is said, what is kept, and how the command ends."""

from __future__ import annotations

import gzip
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from cli.conftest import Run
from inchorus.read import archives, csv_ahead, lines
from read.test_bad_inputs import BAD, GOOD, OF_FILES

LINE = "nobody in this valley will ever pay for the same water twice again"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a test can reach."""
    monkeypatch.setattr(archives, "FREE", 1 << 20)
    monkeypatch.setattr(lines, "LONGEST", 2_000_000)
    monkeypatch.setattr(csv_ahead, "BLOCK", 50_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "input"
    made.mkdir()
    return made


def sources(out: Path) -> list[str]:
    return sorted(set(pq.read_table(out)["source"].to_pylist()))


@pytest.mark.parametrize("bad", OF_FILES)
def test_a_bad_file_among_others_is_said_in_one_line_and_the_others_are_read(
    run: Run, folder: Path, tmp_path: Path, bad: str
) -> None:
    make, says = BAD[bad]
    (folder / "a.csv").write_bytes(GOOD)
    make(folder)
    out = tmp_path / "docs.parquet"
    code, said, told = run("read", folder, "--out", out)
    assert code == 0
    assert {"A", "B"} <= set(sources(out))
    for where in (said, told):
        flat = " ".join(where.split())
        assert flat.count("not read") == 1, where
        assert says in flat
    code, said, _ = run("read", folder, "--out", out, "--json", "--quiet")
    assert (code, len(json.loads(said)["not_read"])) == (0, 1)


@pytest.mark.parametrize("bad", [name for name in BAD if name not in OF_FILES])
def test_a_bad_row_ends_it_unless_it_is_to_be_skipped(run: Run, folder: Path, tmp_path: Path, bad: str) -> None:
    make, says = BAD[bad]
    (folder / "a.csv").write_bytes(GOOD)
    make(folder)
    out = tmp_path / "docs.parquet"
    code, said, told = run("read", folder, "--out", out)
    assert (code, said, out.exists()) == (1, "", False)
    assert says in " ".join(told.split())
    assert "--bad-rows skip" in " ".join(told.split())
    code, _, told = run("read", folder, "--out", out, "--bad-rows", "skip")
    assert code == 0
    assert {"A", "B"} <= set(sources(out))
    assert "skipped" in told


def nothing_in_gzip(folder: Path) -> Path:
    (folder / "a.csv.gz").write_bytes(gzip.compress(GOOD)[:12])
    return folder / "a.csv.gz"


def nothing_in_zstd(folder: Path) -> Path:
    (folder / "a.csv.zst").write_bytes(b"\x28\xb5\x2f\xfd" + bytes(40))
    return folder / "a.csv.zst"


def nothing_in_zip(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("a.csv", GOOD)
    (folder / "a.zip").write_bytes((folder / "a.zip").read_bytes()[:-30])
    return folder / "a.zip"


def nothing_in_tar(folder: Path) -> Path:
    (folder / "a.csv").write_bytes(GOOD * 1000)
    with tarfile.open(folder / "a.tar", "w") as archive:
        archive.add(folder / "a.csv", "a.csv")
    (folder / "a.tar").write_bytes((folder / "a.tar").read_bytes()[:2000])
    return folder / "a.tar"


def nothing_of(bad: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        BAD[bad][0](folder)
        return next(path for path in folder.iterdir() if path.name != "secret")

    return make


NOTHING: dict[str, Callable[[Path], Path]] = {
    "gzip": nothing_in_gzip,
    "Zstandard": nothing_in_zstd,
    "zip": nothing_in_zip,
    "tar": nothing_in_tar,
    "table": nothing_of("broken table"),
    "zip bomb": nothing_of("zip bomb"),
    "XML bomb": nothing_of("XML bomb"),
    "external entity": nothing_of("external entity"),
}


@pytest.mark.parametrize("how", ["error", "skip"])
@pytest.mark.parametrize("make", NOTHING.values(), ids=NOTHING)
def test_a_file_that_gives_nothing_and_is_alone_is_an_error(
    run: Run, folder: Path, tmp_path: Path, make: Callable[[Path], Path], how: str
) -> None:
    file = make(folder)
    code, said, told = run("read", file, "--out", tmp_path / "docs.parquet", "--bad-rows", how)
    assert (code, said) == (1, "")
    assert file.name in told
    assert "Traceback" not in told
    assert not any(internal in told for internal in ("xmlCtxt", "<string>", "libxml"))
    assert not (tmp_path / "docs.parquet").exists()


def test_a_file_that_is_cut_short_and_alone_gives_what_stands_before(run: Run, folder: Path, tmp_path: Path) -> None:
    BAD["file cut short"][0](folder)
    out = tmp_path / "docs.parquet"
    code, said, _ = run("read", folder / "b.csv.gz", "--out", out)
    assert code == 0
    assert pq.read_metadata(out).num_rows > 1_000
    assert "not read to its end: b.csv.gz, row" in said


def test_find_says_it_at_its_end_and_keeps_it_in_the_manifest(run: Run, folder: Path, tmp_path: Path) -> None:
    rows = [f'{{"source": "S{i}", "time": "2024-05-0{1 + i}", "text": "{LINE} {i}"}}' for i in range(4)]
    (folder / "in.jsonl").write_text("\n".join(rows))
    BAD["zip bomb"][0](folder)
    code, said, _ = run("find", folder, "--out", tmp_path / "study", "--no-ties", "--quiet")
    assert code == 0
    assert "not read: b.zip: the archive unpacks to more than 250 times its size" in " ".join(said.split())
    manifest = json.loads((tmp_path / "study" / "manifest.json").read_text())
    assert manifest["left_out"]["files not read, or not to their end"] == 1
    assert manifest["not_read"][0].startswith("not read: b.zip: ")
    assert {of["name"]: of["rows"] for of in manifest["inputs"]} == {"in.jsonl": 4, "b.zip": 1}
    code, said, _ = run("find", folder, "--columns")
    assert code == 0
    assert "b.zip" in said


def test_links_out_of_a_folder_and_of_a_tar_are_left_out_and_said(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("source,text\nX,The secret.\n")
    (folder / "a.csv").write_bytes(GOOD)
    (folder / "out.csv").symlink_to(tmp_path / "secret.csv")
    with tarfile.open(folder / "t.tar", "w") as archive:
        archive.add(folder / "a.csv", "c.csv")
        archive.add(folder / "out.csv", "link.csv")
        up = tarfile.TarInfo("../up.csv")
        up.size = 0
        archive.addfile(up)
    out = tmp_path / "docs.parquet"
    code, _, told = run("read", folder, "--out", out)
    flat = " ".join(told.split())
    assert code == 0
    assert sources(out) == ["A", "B"]
    assert "links that lead out of it: out.csv" in flat
    assert "left out of t.tar, as links are not followed: link.csv" in flat
    assert "left out of t.tar, as their paths lead out of it: ../up.csv" in flat


def test_a_workbook_of_a_million_empty_rows_is_read(run: Run, folder: Path, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["source", "text"])
    book.active["A1048576"], book.active["B1048576"] = "A", "Snow."
    book.save(folder / "a.xlsx")
    code, _, _ = run("read", folder / "a.xlsx", "--out", tmp_path / "docs.parquet")
    assert (code, sources(tmp_path / "docs.parquet")) == (0, ["A"])
