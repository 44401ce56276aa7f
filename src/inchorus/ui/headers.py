"""What stands before every page: which requests are answered at all, and the headers of every answer.

Nothing is loaded, framed or sent beyond this browser.
"""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # a document's URL does not learn that it is read here
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LONGEST = 1 << 15  # bytes of an address: two names of sources, each of some thousand characters in any script
MOST_SENT = 1 << 21  # bytes of a form: a text that is too long for an address
_FORM = "application/x-www-form-urlencoded"


def refused(
    request: Headers, method: str, address: bytes, hosts: Collection[str], takes: Collection[str] = ()
) -> tuple[int, str] | None:
    """Status and reason if a request is not to be answered; None if it is. `takes` are paths that forms are sent to.

    A site that a browser has open can send requests to this machine, and by a name of its own that leads here
    (DNS rebinding) it could read the answers: so the Host header has to be one of `hosts`, with any port.
    What the browser says comes from another site may open a page, by a link, and nothing else.

    >>> refused(Headers({"host": "localhost:8765"}), "GET", b"/", ["localhost"])
    >>> refused(Headers({"host": "evil.example"}), "GET", b"/", ["localhost"])
    (400, 'this browser does not answer to that name; give inchorus serve --allow-host NAME')
    """
    named = request.getlist("host")
    if len(named) != 1 or name_of(named[0]) not in hosts:
        return 400, "this browser does not answer to that name; give inchorus serve --allow-host NAME"
    if method == "POST" and address.decode("latin-1") in takes:
        return _not_taken(request, hosts)
    if method not in {"GET", "HEAD"}:
        return 405, "this browser only shows: GET and HEAD"
    if len(address) > LONGEST:
        return 414, f"the address is longer than {LONGEST:,} bytes"
    opens = request.get("sec-fetch-mode") == "navigate" and request.get("sec-fetch-dest", "document") == "document"
    if request.get("sec-fetch-site", "none") not in {"none", "same-origin"} and not opens:
        return 403, "another site asked for this"
    return None


def _not_taken(request: Headers, hosts: Collection[str]) -> tuple[int, str] | None:
    """Status and reason if a text that is sent is not to be looked at.

    A page of this browser names no origin, as its addresses are not to be told; other sites would.
    """
    origin = request.get("origin", "null")
    if request.get("sec-fetch-site", "same-origin") not in {"none", "same-origin"}:
        return 403, "another site asked for this"
    if origin != "null" and name_of(origin.rpartition("://")[2]) not in hosts:
        return 403, "another site asked for this"
    if request.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return 415, f"a text is sent as {_FORM}"
    size = request.get("content-length", "")
    if not (size.isascii() and size.isdigit()):
        return 411, "the length of the text is to be said"
    return (413, f"the text is longer than {MOST_SENT:,} bytes") if int(size) > MOST_SENT else None


def name_of(host: str) -> str | None:
    """The name in a Host header, in lower case and without the port; None if it is no such header.

    >>> name_of("LOCALHOST:80"), name_of("[::1]:8765"), name_of("localhost@evil.example"), name_of("a:b")
    ('localhost', '[::1]', None, None)
    """
    name, colon, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if not colon:
        name = host
    elif port and not (port.isascii() and port.isdigit()):
        return None
    inner = name[1:-1] if name.startswith("[") and name.endswith("]") else name
    allowed = set("0123456789abcdef:.") if inner is not name else set("abcdefghijklmnopqrstuvwxyz0123456789-._")
    name = name.lower()
    return name if inner and set(inner.lower()) <= allowed else None


class Guard:
    """Answers only what `refused` lets through, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], takes: Collection[str] = ()) -> None:
        self.app = app
        self.hosts = hosts
        self.takes = takes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out[name] = value
                out.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        if scope["type"] != "http":  # nothing here speaks anything else
            await self.app(scope, receive, send)
            return
        address = (scope.get("raw_path") or b"") + scope["query_string"]
        no = refused(Headers(scope=scope), scope["method"], address, self.hosts, self.takes)
        if no is None:
            await self.app(scope, receive, sent)
            return
        status, reason = no
        more = {"Allow": "GET, HEAD"} if status == HTTPStatus.METHOD_NOT_ALLOWED else None
        await PlainTextResponse(f"{reason}\n", status, more)(scope, receive, sent)
