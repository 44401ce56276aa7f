"""One request and its answer, within bounds of size and time."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import httpcore2

from inchorus.web.allowed import NotAllowedError
from inchorus.web.clock import Clock, Real
from inchorus.web.network import Pinned, Resolve, resolve

SILENT = 30.0  # seconds without a byte
SECONDS = 180.0  # for an answer as a whole
MOST_BYTES = 20 << 20  # of an answer as it is sent


class Answer(NamedTuple):
    """What a server answered: headers in their order, the body as it was sent (compressed, if it was), from where."""

    url: str
    status: int
    phrase: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    address: str
    time: float

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Failed(NamedTuple):
    """No answer, and why; `again`: it may well come another time. `size` are the bytes that came."""

    why: str
    again: bool
    size: int = 0


Fetch = Callable[[str, Mapping[str, str]], Answer | Failed]


@dataclass(frozen=True)
class Fetcher:
    """Asks for addresses. `agent` is the name it gives; `resolve` finds the addresses of names, `network` connects."""

    agent: str
    allow_private: bool = False
    clock: Clock = field(default_factory=Real)
    resolve: Resolve = resolve
    network: httpcore2.NetworkBackend = field(default_factory=httpcore2.SyncBackend)
    most_bytes: int = MOST_BYTES
    security: ssl.SSLContext = field(default_factory=httpcore2.default_ssl_context)

    def __call__(self, url: str, headers: Mapping[str, str]) -> Answer | Failed:
        """Ask for an address with `headers` besides; follows nothing and keeps nothing between two calls."""
        began = self.clock.now()
        pinned = Pinned(self.resolve, self.allow_private, self.clock, began + SECONDS, self.network)
        sent = {
            "User-Agent": self.agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            # what the program unpacks within bounds
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **headers,
        }
        body = bytearray()
        try:
            # a pool for each request: no connection outlives it, so nothing of one answer can be taken for the next
            with httpcore2.ConnectionPool(ssl_context=self.security, network_backend=pinned) as pool:
                request = {"headers": _host_first(url, sent), "extensions": {"timeout": _TIMEOUTS}}
                with pool.stream("GET", url.encode("ascii"), **request) as answer:  # type: ignore[arg-type]
                    for chunk in answer.iter_stream():
                        body += chunk
                        if len(body) > self.most_bytes:
                            return Failed(f"it has more than {self.most_bytes >> 20} MB", False, len(body))
                    phrase = answer.extensions.get("reason_phrase", b"")
                    headers_ = tuple((_text(name), _text(value)) for name, value in answer.headers)
                    return Answer(url, answer.status, _text(phrase), headers_, bytes(body), pinned.at, began)
        except NotAllowedError as error:
            return Failed(str(error), False, len(body))
        except httpcore2.TimeoutException:
            return Failed("it took too long", True, len(body))
        except httpcore2.ConnectError as error:
            broken = isinstance(error.__cause__ or error.__context__, ssl.SSLError)
            return Failed("its certificate does not hold" if broken else "no connection", True, len(body))
        except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol):
            return Failed("the answer is cut short or breaks HTTP", True, len(body))
        except (httpcore2.NetworkError, OSError):
            return Failed("the connection broke", True, len(body))


_TIMEOUTS = dict.fromkeys(("connect", "read", "write", "pool"), SILENT)


def _host_first(url: str, headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    host = httpcore2.URL(url).host
    port = httpcore2.URL(url).port
    name = host if port is None else host + b":%d" % port
    return [(b"Host", name), *((k.encode("ascii"), v.encode("latin-1", "replace")) for k, v in headers.items())]


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
