"""Connections that go only where they may, and end when their time is over."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore2

from inchorus.web.allowed import check_port, checked
from inchorus.web.clock import Clock

Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a name, by the system; empty where there are none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


class Pinned(httpcore2.NetworkBackend):
    """Connects to the address that was checked, not to a name, which may mean another a moment later.

    `at` is the address that was connected to. Everything must be over by `until` of the clock, however slowly it
    comes. What may not be reached raises NotAllowedError.
    """

    def __init__(
        self, resolve: Resolve, allow_private: bool, clock: Clock, until: float, inner: httpcore2.NetworkBackend
    ) -> None:
        self.at = ""
        self._resolve, self._allow_private = resolve, allow_private
        self._clock, self._until, self._inner = clock, until, inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of the name that answers, once all of them are found to be allowed."""
        check_port(port, self._allow_private)
        addresses = checked(self._resolve(host, port), self._allow_private)
        failed: Exception | None = None
        for address in addresses:
            left = _left(self._clock, self._until, timeout, httpcore2.ConnectTimeout)
            try:
                stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
                continue
            self.at = address
            return _Timed(stream, self._clock, self._until)
        raise failed or httpcore2.ConnectError("no address")


class _Timed(httpcore2.NetworkStream):
    """A stream whose reads and writes are over in time, all together: a slow drip ends too."""

    def __init__(self, inner: httpcore2.NetworkStream, clock: Clock, until: float) -> None:
        self._inner, self._clock, self._until = inner, clock, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._clock, self._until, timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._clock, self._until, timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = _left(self._clock, self._until, timeout, httpcore2.ConnectTimeout)
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, left), self._clock, self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(clock: Clock, until: float, timeout: float | None, over: type[Exception]) -> float:
    """Seconds that an operation may take."""
    left = until - clock.now()
    if left <= 0:
        raise over("its time is over")
    return left if timeout is None else min(left, timeout)
