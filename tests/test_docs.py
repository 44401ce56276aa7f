"""The documentation names what is there, all of it, and its examples are real."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

import inchorus
from inchorus.cli.main import root
from inchorus.flow import STAGES
from inchorus.labels import LABELS
from inchorus.options import PRESETS
from inchorus.schema import NAMED, TABLES, Column
from inchorus.study import Study as Data

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CELL = re.compile(r"(?<!\\)\|")


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its rank."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading {heading!r}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of all lines of tables."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith("|-")]
    return [[cell.strip().replace("\\|", "|") for cell in CELL.split(line)[1:-1]] for line in lines]


def commands() -> Iterator[tuple[str, str]]:
    """Every call of inchorus in a block of shell."""
    for path in PAGES:
        for language, code in BLOCK.findall(path.read_text(encoding="utf-8")):
            if language in {"sh", "console", "bash"}:
                for line in code.splitlines():
                    call = re.match(r"(?:\$ )?(?:\.venv/bin/)?inchorus (.*)", line)
                    if call:
                        yield named(path), call[1]


def columns(table: str) -> tuple[Column, ...]:
    """What every study's table has; of the documents also what their texts name."""
    return (*TABLES[table], *(NAMED if table == "documents" else ()))


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_documented_as_the_schema_says(table: str) -> None:
    documented = [(r[0], r[2]) for r in rows(section(page("docs/tables.md"), table)) if r[0].startswith("`")]
    assert documented == [(f"`{c.name}`", c.how) for c in columns(table)]


@pytest.mark.parametrize("table", TABLES)
def test_columns_that_may_be_null_are_said_to_be(table: str) -> None:
    types = {r[0].strip("`"): r[1] for r in rows(section(page("docs/tables.md"), table)) if r[0].startswith("`")}
    assert {c.name: "null" in types[c.name] for c in columns(table)} == {c.name: c.nullable for c in columns(table)}


def test_every_command_is_documented_and_no_other() -> None:
    headings = re.findall(r"^## inchorus (\w+)$", page("docs/commands.md"), re.MULTILINE)
    assert sorted(headings) == sorted(root.commands)


@pytest.mark.parametrize("name", root.commands)
def test_every_option_is_documented_and_no_other(name: str) -> None:
    text = section(page("docs/commands.md"), f"inchorus {name}")
    documented = [re.findall(r"--[a-z-]+", r[0])[0] for r in rows(text) if r[0].startswith("`--")]
    options = [p for p in root.commands[name].params if isinstance(p, click.Option)]
    assert documented == [p.opts[0] for p in options]


def test_every_preset_is_documented_with_what_it_sets() -> None:
    table = {r[0].strip("`"): r[2] for r in rows(page("docs/commands.md")) if r[0].strip("`") in PRESETS}
    assert set(table) == set(PRESETS)
    flags = {flag for param in root.commands["find"].params for flag in param.opts}
    for name, options in PRESETS.items():
        for option, value in options.items():
            flag = f"--{option.replace('_', '-')}"
            assert flag not in flags or f"{flag} {value}" in table[name], name


def test_every_label_is_explained() -> None:
    explained = {r[0].strip("`") for r in rows(section(page("docs/how-it-works.md"), "Labels"))}
    assert set(LABELS) <= explained


@pytest.mark.parametrize(("where", "call"), sorted(set(commands())))
def test_commands_in_the_pages_are_real(where: str, call: str) -> None:
    first, *rest = shlex.split(call.split(" # ", maxsplit=1)[0].split(" | ", maxsplit=1)[0])
    if first.startswith("--"):
        assert first in {option for p in root.get_params(click.Context(root)) for option in p.opts}
        return
    if rest == ["--help"]:
        assert first in root.commands
        return
    root.commands[first].make_context(first, rest)


def test_the_pages_have_commands() -> None:
    assert {where for where, _ in commands()} >= {"README.md", "docs/commands.md"}


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_python_in_the_pages_does_what_it_says(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code = "\n".join(c for language, c in BLOCK.findall(path.read_text(encoding="utf-8")) if language == "python")
    test = doctest.DocTestParser().get_doctest(code, {}, named(path), str(path), 0)
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed == 0


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        file, _, anchor = target.partition("#")
        if ":" in file:
            continue
        linked = (path.parent / unquote(file)).resolve() if file else path
        assert linked.exists(), target
        if anchor and linked.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
            assert anchor in slugs, target


def test_every_decision_is_listed() -> None:
    listed = set(re.findall(r"\]\((\d{3}[^)]*)\)", page("docs/decisions/README.md")))
    assert listed == {p.name for p in (ROOT / "docs/decisions").glob("[0-9]*.md")}


def test_the_table_of_stages_is_the_flow() -> None:
    told = [row for row in rows(page("docs/how-it-works.md").split("## ")[0]) if row[0].startswith("`")]
    listed = [[f"`{s.name}`", ", ".join(s.takes), ", ".join(s.gives), s.does] for s in STAGES]
    assert told == listed


def test_every_public_name_is_in_the_page_on_python() -> None:
    told = page("docs/python.md")
    own = {name for name in vars(inchorus.Study) if not name.startswith("_")} - {"become"}
    tables = {name for name, value in vars(Data).items() if isinstance(value, property)}
    for name in {*own, *tables, "sql", "path", "manifest"}:
        assert f".{name}" in told, name
    for name in inchorus.__all__:
        assert f"inchorus.{name}" in told or name == "Study", name
