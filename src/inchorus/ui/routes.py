"""The pages of the browser, each at its address; with `.json` and `.csv` there are its data and its tables."""

from __future__ import annotations

from inchorus.ui.page import Address
from inchorus.ui.pages.about import about
from inchorus.ui.pages.check import check
from inchorus.ui.pages.document import document
from inchorus.ui.pages.kept import kept
from inchorus.ui.pages.network import network
from inchorus.ui.pages.overview import overview
from inchorus.ui.pages.point import point
from inchorus.ui.pages.points import points
from inchorus.ui.pages.quotation import quotation
from inchorus.ui.pages.quotations import quotations
from inchorus.ui.pages.search import search
from inchorus.ui.pages.source import source
from inchorus.ui.pages.sources import sources
from inchorus.ui.pages.speaker import speaker
from inchorus.ui.pages.speakers import speakers
from inchorus.ui.pages.tie import tie
from inchorus.ui.pages.ties import ties

ADDRESSES = (
    Address("/overview", overview, "Overview"),  # also at /
    Address("/talking-points", points, "Talking points"),
    Address("/talking-point", point),
    Address("/quotations", quotations, "Quotations"),
    Address("/quotation", quotation),
    Address("/speakers", speakers),
    Address("/speaker", speaker),
    Address("/document", document),
    Address("/kept", kept),
    Address("/sources", sources, "Sources"),
    Address("/source", source),
    Address("/ties", ties, "Ties"),
    Address("/tie", tie),
    Address("/network", network, "Network"),
    Address("/search", search),
    Address("/check", check, "Check", takes=True),
    Address("/about", about, "About"),
)
