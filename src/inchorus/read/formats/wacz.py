"""Web archives that are packed with a list of their pages."""

from __future__ import annotations

from inchorus.read.formats.format import DocumentFormat, later
from inchorus.read.formats.page import ARTICLE

WACZ = DocumentFormat(
    name="wacz",
    reads="the article of a page that a packed web archive lists",
    endings=("wacz",),
    looks=lambda begins: begins.data.startswith(b"PK\x03\x04") and b"pages/pages.jsonl" in begins.data,
    needs=("warcio", "trafilatura"),
    extra="web",
    whole=True,
    columns=(*ARTICLE, "captured", "captured_url"),
    read=later("inchorus.read.warc:read_wacz"),
)
