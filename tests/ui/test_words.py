"""What the browser says of sources is neutral, and its pages trust nothing that a document says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import inchorus

UI = Path(inchorus.__file__).parent / "ui"
# Words that judge a source. None of them is in a page.
JUDGING = re.compile(
    r"\b(bots?|agents?|inauthentic|propagand\w*|liars?|suspicious|plagiari\w+|fake|troll\w*|culprit)\b", re.I
)


@pytest.mark.parametrize("path", sorted(UI.rglob("*.html")), ids=lambda p: p.relative_to(UI).as_posix())
def test_pages_judge_nobody_and_trust_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not JUDGING.search(text)
    if path.name == "report.html":  # the report is one file: it holds the package's own style and script
        for own in ("<style>{{ style | safe }}</style>", '<script type="module">{{ script | safe }}</script>'):
            assert text.count(own) == 1
            text = text.replace(own, "")
    if path.name == "check_file.html":  # one file, too, without a script
        assert text.count("<style>{{ style | safe }}</style>") == 1
        text = text.replace("<style>{{ style | safe }}</style>", "")
    # What would let a document write markup, run script, or be taken for ours.
    assert not re.search(
        r"\|\s*safe\b|autoescape\s+false|<script(?![^>]*(src=|application/json))|\son\w+=|\sstyle=", text
    )


@pytest.mark.parametrize("path", sorted((UI / "static").glob("*.js")), ids=lambda p: p.name)
def test_scripts_of_ours_write_no_markup_and_ask_no_other_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\(.on", text
    )
    assert set(re.findall(r"\b(?:https?|wss?)://[\w.]+", text)) <= {"http://www.w3.org"}
