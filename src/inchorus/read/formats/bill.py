"""Bills of the Congress of the United States."""

from __future__ import annotations

import re

from inchorus.read.formats.format import MAPPED, DocumentFormat, later

_ROOT = re.compile(r"<(?:bill|resolution|amendment-doc|pLaw|amendment|engrossedAmendment)\b[^>]*", re.DOTALL)
_MARKS = ("schemas.gpo.gov/xml/uslm", "bill-stage=", "resolution-stage=", "amend-stage=", "dms-id=")

BILL = DocumentFormat(
    name="bill",
    reads="a section of a bill or resolution, in USLM or the older XML of House and Senate",
    also=("xml",),
    looks=lambda begins: any(mark in root[0] for root in _ROOT.finditer(begins.text) for mark in _MARKS),
    needs=("lxml",),
    extra="web",
    columns=(*MAPPED, "title", "bill", "version", "section", "heading", "sponsor_id", "cosponsors", "related"),
    read=later("inchorus.read.bill:read_bill"),
)
