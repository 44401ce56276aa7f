"""Transcripts: a speaker's name and a colon before each turn."""

from __future__ import annotations

from inchorus.read.formats.format import MAPPED, DocumentFormat, later

_looks = later("inchorus.read.speech:looks_like_transcript")

TRANSCRIPT = DocumentFormat(
    name="transcript",
    reads="a turn of a transcript, `SPEAKER: What is said`",
    also=("txt",),
    looks=lambda begins: bool(_looks(begins.text)),
    columns=(*MAPPED, "title", "url", "moments"),
    read=later("inchorus.read.speech:read_transcript"),
)
