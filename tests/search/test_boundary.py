"""The search folds words as the stages do, and uses nothing else of them; nor does it know the pages."""

from __future__ import annotations

import ast
from pathlib import Path

import inchorus.search

MAY = {
    "inchorus.errors",
    "inchorus.kernel",
    "inchorus.prepare.corpus",
    "inchorus.prepare.texts",
    "inchorus.prepare.tokens",
    "inchorus.study",
    "inchorus.terminal",
}


def test_it_imports_no_stage_but_the_folding_of_words() -> None:
    files = sorted(Path(inchorus.search.__file__).parent.glob("*.py"))
    assert len(files) > 5
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                if name.startswith("inchorus"):
                    assert name in MAY or name.startswith("inchorus.search."), f"{file.name} imports {name}"
