"""Web archives."""

from __future__ import annotations

from inchorus.read.formats.format import DocumentFormat, later
from inchorus.read.formats.page import ARTICLE

WARC = DocumentFormat(
    name="warc",
    reads="the article of a page in a web archive",
    endings=("warc",),
    looks=lambda begins: begins.data.startswith(b"WARC/"),
    needs=("warcio", "trafilatura"),
    extra="web",
    columns=(*ARTICLE, "captured", "captured_url"),
    read=later("inchorus.read.warc:read_warc"),
)
