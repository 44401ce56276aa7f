"""A web of the tests' own: one server on this machine that answers for every name, well or badly, and a clock."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpcore2

from inchorus.progress import Silent
from inchorus.web.collection import Collected, collect
from inchorus.web.fetch import Fetcher
from inchorus.web.options import CollectOptions
from inchorus.web.tasks import Tasks

PUBLIC = "93.184.216.34"


class Hands:
    """A clock that goes on only when somebody waits, or says so."""

    def __init__(self) -> None:
        self.time = 1_715_600_000.0
        self.waited: list[float] = []

    def now(self) -> float:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += seconds

    def wait(self, tasks: Tasks, seconds: float | None) -> None:
        if tasks:
            tasks.wait(None)
        else:
            assert seconds is not None
            self.waited.append(seconds)
            self.advance(seconds)


class Asked:
    """A request as it came, and the way to answer it."""

    def __init__(self, connection: socket.socket, data: bytes) -> None:
        first, *rest = data.decode("latin-1").split("\r\n")
        self.path = first.split(" ")[1]
        self.headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in rest if line)}
        self.host = self.headers["host"]
        self._connection = connection

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)


Route = bytes | Callable[[Asked], bytes | None]


def answer(
    body: bytes | str = b"", status: str = "200 OK", kind: str = "text/html; charset=utf-8", **headers: str
) -> bytes:
    """An answer as it is sent; underscores in the names of headers are hyphens."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(data)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + data


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, Location=to)


class Web:
    """Every host of the tests. `routes` are by address without scheme; what has none answers 404."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []
        self.names: dict[str, list[list[str]]] = {}
        self.reached: list[str] = []
        self.clock = Hands()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [f"{a.host}{a.path}" for a in self.asked if a.path != "/robots.txt"]

    def resolve(self, host: str, port: int) -> list[str]:
        """The addresses of a name: the next of its answers, the last of which it keeps."""
        answers = self.names.get(host, [[PUBLIC]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def collect(self, out: Path, *named: str, **options: Any) -> Collected:
        """Collect from this web."""
        fetch = options.pop("fetch", None) or self.fetcher(options.get("allow_private", False))
        return collect(named, out, CollectOptions(**options), Silent(), fetch, self.clock)

    def fetcher(self, allow_private: bool = False, **more: Any) -> Fetcher:
        return Fetcher("inchorus/test", allow_private, self.clock, self.resolve, _Here(self), **more)

    def close(self) -> None:
        self._listener.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        # who asked may have gone
        with connection, suppress(OSError):
            data = b""
            while b"\r\n\r\n" not in data:
                part = connection.recv(1 << 16)
                if not part:
                    return
                data += part
                if data[:1] == b"\x16":  # TLS, which this server does not speak
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    return
            asked = Asked(connection, data)
            self.asked.append(asked)
            route = self.routes.get(f"{asked.host}{asked.path}") or self.routes.get(asked.path)
            said = route(asked) if callable(route) else route
            if route is None:
                said = answer("no such page", "404 Not Found")
            if said is not None:
                asked.send(said)


class _Here(httpcore2.NetworkBackend):
    """Connects to the web of the tests, whatever the address, and writes down which it was."""

    def __init__(self, web: Web) -> None:
        self._web, self._inner = web, httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        self._web.reached.append(host)
        return self._inner.connect_tcp("127.0.0.1", self._web.port, timeout)


@contextmanager
def web() -> Iterator[Web]:
    made = Web()
    try:
        yield made
    finally:
        made.close()
