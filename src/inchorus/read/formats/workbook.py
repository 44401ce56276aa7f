"""Workbooks of spreadsheet programs."""

from __future__ import annotations

from inchorus.read.content import workbook
from inchorus.read.formats.format import TableFormat, later

WORKBOOK = TableFormat(
    name="workbook",
    reads="a row under a header, in every sheet that has the columns",
    endings=("xlsx", "xlsm", "xlsb", "xls", "ods"),
    looks=lambda begins: workbook(begins.data),
    whole=True,
    read=later("inchorus.read.workbook:read_workbook"),
)
