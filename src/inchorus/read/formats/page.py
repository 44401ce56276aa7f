"""Pages of the web that were saved."""

from __future__ import annotations

from inchorus.read.content import markup
from inchorus.read.formats.format import MAPPED, DocumentFormat, later

ARTICLE = (*MAPPED, "title", "url", "author", "site", "tags", "language")

PAGE = DocumentFormat(
    name="page",
    reads="the article of a saved web page; of a Factiva export, an article",
    endings=("html", "htm", "xhtml", "mhtml", "mht"),
    looks=lambda begins: markup(begins.data) == "a web page" or "\nSnapshot-Content-Location:" in begins.text,
    needs=("trafilatura",),
    extra="web",
    columns=(*ARTICLE, "number"),
    read=later("inchorus.read.saved_page:read_saved_page"),
)
