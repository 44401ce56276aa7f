"""The formats that can be read: one record a file, and one line each here."""

from __future__ import annotations

from inchorus.errors import UsageError, nearest
from inchorus.read.formats.archive import ARCHIVE
from inchorus.read.formats.arrow import ARROW
from inchorus.read.formats.bill import BILL
from inchorus.read.formats.bill_status import BILL_STATUS
from inchorus.read.formats.bluesky import BLUESKY
from inchorus.read.formats.coordination import COORDINATION
from inchorus.read.formats.crowdtangle import CROWDTANGLE
from inchorus.read.formats.csv import CSV
from inchorus.read.formats.docx import DOCX
from inchorus.read.formats.duckdb import DUCKDB
from inchorus.read.formats.format import Beginning, DocumentFormat, Format, TableFormat, check_installed
from inchorus.read.formats.fourcat import FOURCAT
from inchorus.read.formats.jsonl import JSONL
from inchorus.read.formats.lexisnexis import LEXISNEXIS
from inchorus.read.formats.mastodon import MASTODON
from inchorus.read.formats.memory import MEMORY
from inchorus.read.formats.meta_content_library import META_CONTENT_LIBRARY
from inchorus.read.formats.page import PAGE
from inchorus.read.formats.parquet import PARQUET
from inchorus.read.formats.pdf import PDF
from inchorus.read.formats.proquest import PROQUEST
from inchorus.read.formats.reddit import REDDIT
from inchorus.read.formats.regulations import REGULATIONS
from inchorus.read.formats.regulations_csv import REGULATIONS_CSV
from inchorus.read.formats.rtf import RTF
from inchorus.read.formats.sqlite import SQLITE
from inchorus.read.formats.subtitles import SUBTITLES
from inchorus.read.formats.telegram import TELEGRAM
from inchorus.read.formats.telegram_messages import TELEGRAM_MESSAGES
from inchorus.read.formats.text import TEXT
from inchorus.read.formats.tiktok import TIKTOK
from inchorus.read.formats.tiktok_csv import TIKTOK_CSV
from inchorus.read.formats.transcript import TRANSCRIPT
from inchorus.read.formats.twarc_csv import TWARC_CSV
from inchorus.read.formats.unknown import UNKNOWN
from inchorus.read.formats.wacz import WACZ
from inchorus.read.formats.warc import WARC
from inchorus.read.formats.workbook import WORKBOOK
from inchorus.read.formats.x import X
from inchorus.read.formats.x_archive import X_ARCHIVE
from inchorus.read.formats.x_scraped import X_SCRAPED
from inchorus.read.formats.youtube_data_tools import YOUTUBE_DATA_TOOLS

__all__ = [
    "ARCHIVE",
    "FORMATS",
    "MEMORY",
    "UNKNOWN",
    "Beginning",
    "DocumentFormat",
    "Format",
    "TableFormat",
    "check_installed",
    "format_names",
    "named",
]

# In the order in which a file's content is held against them: what is told for sure comes before what is likely.
FORMATS: tuple[Format, ...] = (
    PARQUET,
    ARROW,
    SQLITE,
    DUCKDB,
    WARC,
    WACZ,
    PDF,
    RTF,
    DOCX,
    WORKBOOK,
    BILL,
    BILL_STATUS,
    PAGE,
    TELEGRAM,
    TELEGRAM_MESSAGES,
    X,
    X_ARCHIVE,
    X_SCRAPED,
    TWARC_CSV,
    REDDIT,
    BLUESKY,
    MASTODON,
    META_CONTENT_LIBRARY,
    TIKTOK,
    REGULATIONS,
    FOURCAT,
    CROWDTANGLE,
    YOUTUBE_DATA_TOOLS,
    TIKTOK_CSV,
    COORDINATION,
    REGULATIONS_CSV,
    JSONL,
    SUBTITLES,
    PROQUEST,
    LEXISNEXIS,
    CSV,
    TRANSCRIPT,
    TEXT,
)


def named(name: str) -> Format:
    """The format that `--format` calls so; UsageError where there is none.

    >>> named("csv").endings
    ('csv', 'tsv')
    """
    found = next((format for format in FORMATS if format.name == name), None)
    if found is None:
        hint = nearest(name, [format.name for format in FORMATS])
        raise UsageError(f"--format {name!r} is not known", fix=f"use {format_names()}" + (f": {hint}" if hint else ""))
    return found


def format_names() -> str:
    """The names of all formats that a file may be in, as a sentence has them."""
    *names, last = [format.name for format in FORMATS]
    return f"{', '.join(names)} or {last}"
