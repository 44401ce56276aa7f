"""Every page of help: each option, its default, examples; and that it comes at once."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from inchorus.cli import main
from inchorus.cli.main import root
from inchorus.options import FindOptions

Captured = pytest.CaptureFixture[str]


def commands() -> list[click.Command]:
    return list(root.commands.values())


@pytest.mark.parametrize("command", commands(), ids=lambda c: str(c.name))
def test_the_help_documents_every_option(command: click.Command, capsys: Captured) -> None:
    assert main([str(command.name), "--help"]) == 0
    page = capsys.readouterr().out
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, param.name
            assert any(f"  {name}" in page for name in param.opts), param.name
    assert "Examples:\n  inchorus " in page
    assert command.short_help
    assert max(map(len, page.splitlines())) <= 100


def test_the_help_gives_the_defaults_of_the_options(capsys: Captured) -> None:
    main(["find", "--help"])
    page = " ".join(capsys.readouterr().out.split())
    for default in (FindOptions.min_sources, FindOptions.min_words, FindOptions.gram, FindOptions.seed):
        assert f"[default: {default}]" in page


def test_the_first_page_of_help_gives_a_line_to_each_step(capsys: Captured) -> None:
    main(["--help"])
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "Try it on a simulated corpus:     inchorus demo" in lines
    assert "Browse the evidence:              inchorus serve study" in lines


def test_start_up_loads_nothing_heavy() -> None:
    code = "import sys; from inchorus.cli import main; main(['--help']); print([m for m in sys.modules if m in " \
        "('numba', 'pyarrow', 'duckdb', 'numpy', 'rich.console')])"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]")
