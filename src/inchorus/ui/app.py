"""The application: every page as HTML, JSON and CSV, and the files that pages load."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from inchorus.errors import InchorusError, StudyError, UsageError
from inchorus.text.harmless import harmless, to_json
from inchorus.ui.assets import Asset, address, assets
from inchorus.ui.headers import MOST_SENT, Guard
from inchorus.ui.links import Served
from inchorus.ui.page import Address, Ask, MissingError, Page, PageFunction
from inchorus.ui.reader import Reader
from inchorus.ui.render import render
from inchorus.ui.routes import ADDRESSES
from inchorus.ui.table import csv_of

LOCAL = ("127.0.0.1", "localhost", "[::1]")
STATUS: dict[type[InchorusError], int] = {MissingError: 404, UsageError: 400, StudyError: 503}
TITLES = {
    400: "This address cannot be read",
    404: "There is nothing at this address",
    503: "The study is not as it was",
    500: "This page could not be made",
}
MOST_FIELDS = 8  # of a form
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}
_LOG = logging.getLogger("inchorus.ui")

Form = Callable[[Page, Ask, int], Response]
Endpoint = Callable[[Request], Response]
Taker = Callable[[Request], Awaitable[Response]]


def application(reader: Reader, hosts: Collection[str] = LOCAL, addresses: Sequence[Address] = ADDRESSES) -> ASGIApp:
    """The browser of one study; it answers requests to `hosts` only, so that no other site can read it by a name.

    The first of `addresses` is at / as well.
    """
    known = assets()
    html = partial(_html, known, [(at.path, at.menu) for at in addresses if at.menu])
    routes = [Route("/static/{name:path}", partial(_asset, known))]
    forms: dict[str, Form] = {"": html, ".json": _json, ".csv": _csv}
    for at in addresses:
        for ending, form in forms.items():
            routes.append(Route(at.path + ending, _endpoint(reader, at.page, at.path, form)))
            if at.takes and ending != ".csv":
                routes.append(Route(at.path + ending, _taker(reader, at.page, at.path, form), methods=["POST"]))
    routes.append(Route("/", _endpoint(reader, addresses[0].page, "/", html)))
    app = Starlette(routes=routes, exception_handlers={HTTPException: partial(_no_page, html)})
    app.router.redirect_slashes = False
    takes = [at.path + ending for at in addresses if at.takes for ending in ("", ".json")]
    return Guard(app, hosts, takes)  # around all of it: what Starlette answers to an error gets the headers too


def _endpoint(reader: Reader, page: PageFunction, path: str, form: Form) -> Endpoint:
    def answer(request: Request) -> Response:
        ask = Ask(path, tuple(request.query_params.multi_items()), whole=form is _csv)
        try:
            return form(page(reader, ask), ask, 200)
        except Exception as error:
            return _failed(error, ask, form)

    return answer


def _taker(reader: Reader, page: PageFunction, path: str, form: Form) -> Taker:
    """What answers to a form that is sent: its fields are asked for as those of an address, and are in no link."""

    async def answer(request: Request) -> Response:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > MOST_SENT:
                raise HTTPException(413)

        def made() -> Response:
            shown = Ask(path)
            try:
                fields = parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
                return form(page(reader, Ask(path, tuple(fields))), shown, 200)
            except ValueError:
                return form(_error(400, "the form cannot be read", "send the text as the field text"), shown, 400)
            except Exception as error:
                return _failed(error, shown, form)

        return await run_in_threadpool(made)

    return answer


def _html(known: Mapping[str, Asset], menu: Sequence[tuple[str, str]], page: Page, ask: Ask, status: int) -> Response:
    more: dict[str, Any] = {
        "title": page.title,
        "ask": ask,
        "menu": menu,
        "tables": page.tables,
        "static": lambda name: address(name, known),
    }
    return HTMLResponse(render(page.template, page.data, Served(), **more), status)


def _json(page: Page, ask: Ask, status: int) -> Response:
    return Response(to_json(dict(page.data)) + "\n", status, media_type="application/json")


def _csv(page: Page, ask: Ask, status: int) -> Response:
    if status != HTTPStatus.OK:
        return PlainTextResponse(f"{page.data['error']}\n{page.data['fix']}".strip() + "\n", status)
    if not page.tables:
        raise MissingError("this page has no table", fix="its data is at the same address with .json")
    name = ask.choice("table", list(page.tables), next(iter(page.tables)))
    heads = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(csv_of(page.tables[name]), 200, heads, "text/csv; charset=utf-8")


def _failed(error: Exception, ask: Ask, form: Form) -> Response:
    """The answer to an error: what, and what to do; of one that nobody foresaw, nothing but that it is one."""
    if isinstance(error, InchorusError):
        status, what, fix = STATUS.get(type(error), 400), error.what, error.fix
    else:
        # Not in the page, as it can hold paths of this machine.
        shown = harmless(f"error at {ask.path}: {type(error).__name__}: {error}; this is a defect of inchorus")
        _LOG.error(shown, exc_info=error if _LOG.isEnabledFor(logging.DEBUG) else None)
        status, what = 500, "this is a defect of inchorus"
        fix = "the terminal of inchorus serve says which; with --debug it shows where"
    return form(_error(status, what, fix), ask, status)


def _error(status: int, what: str, fix: str) -> Page:
    return Page(TITLES[status], "error.html", {"status": status, "error": what, "fix": fix})


def _no_page(html: Form, request: Request, error: Exception) -> Response:
    """The answer where no route is: in the form that the ending of the address asks for."""
    forms: dict[str, Form] = {".json": _json, ".csv": _csv}
    form = forms.get(PurePosixPath(request.scope["path"]).suffix, html)
    return form(_error(404, "there is no such page", "the pages are named above"), Ask(""), 404)


def _asset(known: Mapping[str, Asset], request: Request) -> Response:
    """A file of the package: kept for good at the address with its version, asked for again at any other."""
    asset = known.get(request.path_params["name"])
    if asset is None:
        raise HTTPException(404)
    tag = f'"{asset.version}"'
    heads = {"ETag": tag, **(_KEPT if request.query_params.get("v") == asset.version else {})}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=heads)
    return Response(asset.content, headers=heads, media_type=asset.kind)
