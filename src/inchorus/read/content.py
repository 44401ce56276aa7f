"""What the first bytes of a file say that it is, whatever its name."""

from __future__ import annotations

from inchorus.read.compressed import codec_of

_ZIP = b"PK\x03\x04"
_MAGIC = (
    (b"PAR1", "Parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook or another document of Microsoft Office"),
    (b"%PDF-", "a PDF"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"ARROW1", "Arrow"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"{\\rtf", "a document of a word processor"),
    (b"version https://git-lfs.github.com/", "a pointer of Git LFS, which stands in the place of the file"),
)
_WORKBOOK = (b"[Content_Types].xml", b"_rels/.rels", b"xl/", b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")
_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table")


def binary(head: bytes) -> str | None:
    """What a file is that begins with these bytes and is not text; None where it may be text.

    >>> binary(b"%PDF-1.7"), binary(b"source,text")
    ('a PDF', None)
    """
    if head.startswith(_ZIP):
        return "an Excel or OpenDocument workbook" if workbook(head) else "a ZIP archive"
    if (codec := codec_of(head)) is not None:
        return f"compressed with {codec.name}"
    return next((what for magic, what in _MAGIC if head.startswith(magic)), None)


def markup(head: bytes) -> str | None:
    """Whether these bytes begin a web page or XML; None where they do not.

    >>> markup(b" <!DOCTYPE html><p>Please log in</p>")
    'a web page'
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    if start.startswith(_PAGE):
        return "a web page"
    return "XML" if start.startswith(b"<?xml") else None


def workbook(head: bytes) -> bool:
    """Whether these bytes begin a workbook, as far as they show it."""
    return head.startswith(_ZIP) and any(name in head for name in _WORKBOOK)


def advice(what: str) -> str:
    """What to do with a file that is `what`."""
    if "Git LFS" in what:
        return "fetch the file: git lfs pull"
    if "workbook" in what:
        return "--format workbook reads workbooks"
    if "compressed" in what or "archive" in what:
        return "unpack it"
    return "give the table that it holds as CSV, JSON Lines or Parquet"
