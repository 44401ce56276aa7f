"""`inchorus serve`: the evidence browser."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from inchorus.cli.common import Manual, model_option, option, output_options
from inchorus.errors import UsageError
from inchorus.manifest import there

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from inchorus.match.meaning.model import Model
    from inchorus.study import Study

LOCAL = "127.0.0.1"
TRIED = 100  # ports looked at for the next free one
WAIT = 2.0  # seconds after which the search index is begun, so that the first page does not wait for it


@click.command(
    cls=Manual,
    short_help="Browse the evidence of a study.",
    examples=(
        "inchorus serve study",
        "inchorus serve study --open",
        "inchorus serve study --host 0.0.0.0 --allow-host newsroom.example",
    ),
)
@click.argument("study", type=click.Path(path_type=Path))
@option(
    "--port",
    type=click.IntRange(min=0, max=65535),
    default=8765,
    metavar="N",
    help="The port of the address; 0 takes any that is free. [default: 8765]",
)
@option(
    "--host",
    default=LOCAL,
    metavar="ADDRESS",
    help="An address of this machine to answer at. With another than the default, whoever reaches it can read every "
    "text of the study: there is no password. [default: 127.0.0.1]",
)
@option(
    "--allow-host",
    "names",
    multiple=True,
    metavar="NAME",
    help="Answer to this name too, as it stands in the address; may be given several times. Needed with 0.0.0.0.",
)
@option(
    "--kept",
    metavar="DOCS",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder that inchorus collect wrote: show the pages of documents as they were kept, too.",
)
@model_option("Options")
@option("--open", "opened", is_flag=True, help="Open it in the web browser of this machine.")
@output_options(quiet=False)
def serve(
    study: Path,
    *,
    port: int,
    host: str,
    names: tuple[str, ...],
    kept: Path | None,
    paraphrase: str | None,
    opened: bool,
    as_json: bool,
) -> int:
    """Show STUDY in a web browser, at an address of this machine that no other machine can reach.

    It prints the address, and answers until it is stopped with Ctrl-C. Nothing is fetched from the network.
    """
    there(study)
    if kept is not None:
        from inchorus.web.place import check_installed

        check_installed()
    from inchorus.study import OLDER, open_study
    from inchorus.text.harmless import to_json

    hosts = answered(host, names)
    opened_study = open_study(study)
    model = _model(opened_study, paraphrase)
    with listening(host, port) as listener, _browser(opened_study, hosts, kept, model) as app:
        address = _address(host, listener.getsockname()[1], names)
        if not _is_loopback(host):
            click.echo(
                f"warning: whoever reaches {host} on the network can read every text of this study; "
                "there is no password and no encryption",
                err=True,
            )
        if opened_study.older:
            click.echo(f"{OLDER}, and are not shown; stop, and test them again: inchorus ties {study}", err=True)
        click.echo(to_json({"study": str(study), "address": address}) if as_json else address)
        sys.stdout.flush()
        if opened:
            click.launch(address)
        debug = click.get_current_context().get_parameter_source("debug") is ParameterSource.COMMANDLINE
        _answer(app, listener, debug)
    return 0


def _model(study: Study, name: str | None) -> Model | None:
    """The model that is asked for, or the study's, whose code is imported for nobody else."""
    if name is None and not study.manifest.get("options", {}).get("paraphrase"):
        return None
    from inchorus.check.model import model_for
    from inchorus.cli.terminal import progress_for

    return model_for(study, name, progress_for(True))


@contextmanager
def _browser(
    study: Study, hosts: Collection[str], kept: Path | None = None, model: Model | None = None
) -> Iterator[ASGIApp]:
    """The browser; DuckDB reads the tables while Python imports what answers."""
    from inchorus.engine.executor import aside
    from inchorus.ui.reader import Reader

    with aside() as begin:
        reading = begin(partial(Reader, study, kept=kept, model=model))
        import uvicorn  # noqa: F401

        from inchorus.ui.app import application

        reader = reading()
    index = Timer(WAIT, reader.search)
    index.start()
    try:
        yield application(reader, hosts)
    finally:
        index.cancel()
        index.join()
        reader.close()


def _answer(app: ASGIApp, listener: socket.socket, debug: bool) -> None:
    """Answer requests until Ctrl-C."""
    import logging

    import uvicorn

    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    logging.getLogger("inchorus").setLevel(logging.DEBUG if debug else logging.WARNING)
    settings = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(settings).run([listener])


def answered(host: str, names: tuple[str, ...]) -> list[str]:
    """The names that requests may come by: those of this machine for itself, `host`, and what was allowed.

    UsageError where a name cannot be one, or where `host` stands for all addresses and no name is allowed.

    >>> answered("192.0.2.7", ("Newsroom.example",))
    ['127.0.0.1', 'localhost', '[::1]', '192.0.2.7', 'newsroom.example']
    """
    from inchorus.ui.app import LOCAL as OWN
    from inchorus.ui.headers import name_of

    for name in names:
        if name_of(name) != name.lower():
            raise UsageError(f"--allow-host {name!r} is no name", fix="give it without http:// and without a port")
    if _is_any(host):
        if not names:
            raise UsageError(
                f"{host} stands for every address of this machine, so it must be said which names to answer to",
                fix="add --allow-host NAME, the name or the address that others will type",
            )
        return [*OWN, *(name.lower() for name in names)]
    own = [] if _written(host) in OWN else [_written(host)]
    return [*OWN, *own, *(name.lower() for name in names)]


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections at that address and port; UsageError with what to do where it cannot."""
    try:
        return _bound(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            free = next((n for n in range(port + 1, min(port + TRIED, 65536)) if _is_free(host, n)), 0)
            raise UsageError(f"port {port} is in use", fix=f"give --port {free}" + " or 0" * bool(free)) from None
        if error.errno == errno.EACCES:
            raise UsageError(f"port {port} is for the system", fix="give one above 1023, such as --port 8765") from None
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise UsageError(
                f"--host {host!r} is no address of this machine", fix="leave it out, or give 0.0.0.0 for every address"
            ) from None
        raise


def _bound(host: str, port: int) -> socket.socket:
    family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(place[:2], family=family, backlog=128)


def _is_free(host: str, port: int) -> bool:
    try:
        _bound(host, port).close()
    except OSError:
        return False
    return True


def _address(host: str, port: int, names: tuple[str, ...]) -> str:
    shown = names[0].lower() if _is_any(host) else _written(host)
    return f"http://{shown}:{port}/"


def _written(host: str) -> str:
    """The host as it stands in an address."""
    return f"[{host.lower()}]" if ":" in host else host.lower()


def _is_any(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return host == ""


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
