"""Subtitles: SRT and WebVTT."""

from __future__ import annotations

import re

from inchorus.read.formats.format import MAPPED, Beginning, DocumentFormat, later

_SRT = re.compile(r"(?:\d+\s*\n)?\s*\d{1,3}:\d{2}:\d{2}[.,]\d{1,3}\s*-->")


def _looks(begins: Beginning) -> bool:
    return begins.text.startswith("WEBVTT") or _SRT.match(begins.start) is not None


SUBTITLES = DocumentFormat(
    name="subtitles",
    reads="a file of SRT or WebVTT; where its cues name who speaks, a turn",
    endings=("srt", "vtt"),
    also=("txt",),
    looks=_looks,
    columns=(*MAPPED, "title", "url", "moments"),
    read=later("inchorus.read.speech:read_subtitles"),
)
