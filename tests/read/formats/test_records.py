"""What the records of all formats must keep."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inchorus.errors import UsageError
from inchorus.read.formats import FORMATS, DocumentFormat, Format, check_installed
from inchorus.read.formats.format import MAPPED, TableFormat

ROOT = Path(__file__).parents[3]


def test_names_are_one_and_an_ending_belongs_to_one() -> None:
    names = [format.name for format in FORMATS]
    assert len(set(names)) == len(names)
    endings = [ending for format in FORMATS for ending in format.endings]
    assert len(set(endings)) == len(endings)


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_a_format_is_documented_as_its_record_says(format: Format) -> None:
    pages = "\n".join(path.read_text("utf-8") for path in (ROOT / "docs").glob("formats*.md"))
    endings = ", ".join(f"`.{ending}`" for ending in (*format.endings, *format.also)) or "by content"
    assert re.search(
        rf"^\| (\[)?`{format.name}`.* \| {re.escape(endings)} \| {re.escape(format.reads)} \|$", pages, re.M
    )


def test_no_format_is_documented_that_is_none() -> None:
    pages = [path.read_text("utf-8") for path in (ROOT / "docs").glob("formats*.md")]
    table = re.compile(r"^\| format \|.*\n\|[-|]+\n((?:\|.*\n)+)", re.M)
    tables = [found[1] for page in pages for found in table.finditer(page)]
    named = re.findall(r"^\| \[?`([^`]+)`", "".join(tables), re.M)
    assert sorted(named) == sorted(format.name for format in FORMATS)


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_a_format_of_documents_has_the_parts_of_a_document(format: Format) -> None:
    assert isinstance(format, DocumentFormat | TableFormat)
    if isinstance(format, DocumentFormat):
        assert set(MAPPED) <= set(format.columns)
    assert bool(format.needs) == bool(format.extra)


def test_what_is_not_installed_is_named_with_its_command() -> None:
    lacking = Format(name="odd", reads="nothing", needs=("no_such_module",), extra="odd")
    with pytest.raises(UsageError, match=r"needs no_such_module, .*pip install 'inchorus\[odd\]'"):
        check_installed(lacking, "a.odd")
