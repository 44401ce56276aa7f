"""What import-linter does not hold of docs/architecture.md: where SQL may stand, and no circles of files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import grimp
import networkx as nx  # type: ignore[import-untyped]

import inchorus

PACKAGE = Path(inchorus.__file__).parent
# The engine speaks it, a study is asked in it, evidence asks; readers and the export of databases speak that of others,
# and what a collection still has to ask for is a database of its own.
SPEAK = (
    "engine/",
    "evidence/",
    "study/",
    "export/sqlite.py",
    "read/database.py",
    "read/sqlite.py",
    "web/frontier.py",
)
SQL = re.compile(r"\bSELECT\b|\b(?:GROUP|ORDER) BY\b|\bFROM \w+ (?:WHERE|JOIN|LIMIT)\b")


def strings(source: str) -> Iterator[tuple[int, str]]:
    """The line and the content of every string in a source, but for what is documentation."""
    tree = ast.parse(source)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def test_a_string_with_a_query_is_found_and_documentation_is_not() -> None:
    source = '"""SELECT 1 GROUP BY x"""\n\n\ndef f(n):\n    """SELECT 1."""\n    return f"SELECT {n} FROM y"\n'
    assert [line for line, text in strings(source) if SQL.search(text)] == [6]


def test_no_sql_stands_outside_the_engine_the_study_and_evidence() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if not str(path.relative_to(PACKAGE).as_posix()).startswith(SPEAK)
        for line, text in strings(path.read_text(encoding="utf-8"))
        if SQL.search(text)
    ]
    assert found == [], "ask it in a function of evidence/"


def circles(types_too: bool) -> list[set[str]]:
    """The sets of files that import one another, at run time or also for types alone."""
    graph = grimp.build_graph("inchorus", exclude_type_checking_imports=not types_too, cache_dir=None)
    arrows = nx.DiGraph(
        (module, imported) for module in graph.modules for imported in graph.find_modules_directly_imported_by(module)
    )
    return [circle for circle in nx.strongly_connected_components(arrows) if len(circle) > 1]


def test_no_files_import_one_another_in_a_circle() -> None:
    assert circles(types_too=False) == []


def test_types_go_in_a_circle_among_readers_alone() -> None:
    # A file that is read knows its format, whose reader takes such a file: two types that need each other.
    assert [{name.split(".")[1] for name in circle} for circle in circles(types_too=True)] == [{"read"}]
