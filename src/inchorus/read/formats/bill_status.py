"""BILLSTATUS: what became of a bill."""

from __future__ import annotations

from inchorus.read.formats.format import MAPPED, DocumentFormat, later

BILL_STATUS = DocumentFormat(
    name="billstatus",
    reads="a summary in a file of BILLSTATUS",
    also=("xml",),
    looks=lambda begins: "<billStatus" in begins.text[:2_000],
    needs=("lxml",),
    extra="web",
    columns=(*MAPPED, "title", "bill", "sponsor", "sponsor_id", "cosponsors", "related", "versions"),
    read=later("inchorus.read.bill_status:read_bill_status"),
)
