"""The browser reads a study and runs no stage; what it says of sources is neutral."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import inchorus

PACKAGE = Path(inchorus.__file__).parent
UI = PACKAGE / "ui"
STAGES = {"read", "prepare", "match", "trace", "relate", "quote", "flow", "api", "simulate", "recovered", "cli"}
# Words that judge a source. None of them is in a page.
JUDGING = re.compile(
    r"\b(bots?|agents?|inauthentic|propagand\w*|liars?|suspicious|plagiari\w+|fake|troll\w*|culprit)\b", re.I
)


def imported(path: Path) -> set[str]:
    """The parts of inchorus that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: a relative import"
            module = node.module or ""
            found |= {module} | {f"{module}.{name.name}" for name in node.names}
    return {name.split(".")[1] for name in found if name.startswith("inchorus.")}


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda p: p.relative_to(UI).as_posix())
def test_the_browser_imports_no_stage(path: Path) -> None:
    assert imported(path) & STAGES == set()


def test_no_stage_imports_the_browser() -> None:
    for stage in STAGES - {"cli"}:
        paths = [PACKAGE / f"{stage}.py", *(PACKAGE / stage).rglob("*.py")]
        assert not any("ui" in imported(path) for path in paths if path.is_file()), stage


def test_the_check_sees_imports_within_functions(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("def f():\n    from inchorus.match.align import x\n    from inchorus import trace\n")
    assert imported(path) == {"match", "trace"}


@pytest.mark.parametrize("path", sorted(UI.rglob("*.html")), ids=lambda p: p.relative_to(UI).as_posix())
def test_pages_judge_nobody_and_trust_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not JUDGING.search(text)
    if path.name == "report.html":  # the report is one file: it holds the package's own style and script
        for own in ("<style>{{ style | safe }}</style>", '<script type="module">{{ script | safe }}</script>'):
            assert text.count(own) == 1
            text = text.replace(own, "")
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
