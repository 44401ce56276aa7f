"""The root command, and how every error ends."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence

import click

from inchorus.cli.check import check
from inchorus.cli.claims import claims
from inchorus.cli.collect import collect
from inchorus.cli.common import Stopped
from inchorus.cli.demo import demo
from inchorus.cli.export import export
from inchorus.cli.find import find
from inchorus.cli.quotes import quotes
from inchorus.cli.read import read
from inchorus.cli.report import report
from inchorus.cli.search import search
from inchorus.cli.separate import separate
from inchorus.cli.serve import serve
from inchorus.cli.show import show
from inchorus.cli.ties import ties
from inchorus.cli.verify import verify
from inchorus.errors import InchorusError


class _Root(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which they are used, not of the alphabet


@click.group(cls=_Root, context_settings={"max_content_width": 100})
@click.version_option(package_name="inchorus", message="inchorus %(version)s", help="Show the version.")
def root() -> None:
    """Find the wording that travels between sources, who was first with it, and the evidence.

    \b
    Try it on a simulated corpus:     inchorus demo
    Use it on documents of your own:  inchorus find articles.csv --out study
    Look at what it found:            inchorus show study
    Browse the evidence:              inchorus serve study

    Each command has a page of its own: inchorus find --help
    """  # noqa: D301 - click reads \b as the character


for command in (
    find, read, collect, show, search, check, claims, quotes, ties, separate, serve, report, export, demo, verify,
):  # fmt: skip
    root.add_command(command)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 nothing could be done, 2 wrong usage."""
    args = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in args
    try:
        code = root.main(args, prog_name="inchorus", standalone_mode=False)
        sys.stdout.flush()
        return code or 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        page = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "inchorus"
        _say(f"error: {error.format_message().rstrip('.')}; see {page} --help")
        return error.exit_code
    except (Stopped, KeyboardInterrupt, click.Abort) as error:
        _say(str(error) or "stopped")
        return 1
    except BrokenPipeError:
        # What is still buffered must not fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if debug:
            traceback.print_exc()
        _say(f"error: {_explained(error, debug)}")
        return error.exit_code if isinstance(error, InchorusError) else 1


def _explained(error: Exception, debug: bool) -> str:
    if isinstance(error, InchorusError):
        return str(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory; give fewer documents at a time or use a larger machine"
    if isinstance(error, OSError):
        full = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
        if error.errno in full or "No space left on device" in str(error):
            return "the disk is full; free some space and run it again (the study is as it was before)"
        if error.strerror and error.strerror.startswith("No usable temporary directory"):
            return f"{error.strerror}; set TMPDIR to a folder that can be written"
        if error.strerror:
            return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    report = "" if debug else "; this is a defect of inchorus: run it again with --debug and report what it shows"
    return f"{type(error).__name__}: {error}{report}"


def _say(message: str) -> None:
    from inchorus.text.harmless import harmless

    click.echo(harmless(message), err=True)
