"""One file for each kernel and signature, in the place of Numba's index, which goes by the kernel's own file only."""

from __future__ import annotations

import atexit
import contextlib
import gc
import hashlib
import inspect
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numba
from numba.core import compiler, serialize

from inchorus.compiled.places import place
from inchorus.compiled.sources import stamp

_DUMPS: Callable[[Any], bytes] = serialize.dumps
_REBUILD: Callable[..., Any] = compiler.CompileResult._rebuild
_DIGEST = 32  # bytes of SHA-256 before the code
_POLL = 0.02  # seconds between two looks for what another process is compiling
_PATIENCE = 60.0  # seconds; the kernel that takes longest needs a tenth of them on an idle machine
_STALE = 30 * 86400.0  # seconds after which code of other sources goes when its kernel is kept anew


class Store:
    """What a dispatcher of Numba asks for the machine code of one function, and gives it to.

    Numba's own cache tells by the file of a function whether its code is current, and not by those of
    the functions it calls; it numbers the files of a function in an index, which two processes may both
    write; and it raises where nothing can be written. Here the name of a file says all that its code
    depends on, and what cannot be read or written is compiled again.
    """

    def __init__(self, function: Callable[..., Any], *, part: bool = False) -> None:
        self._function = function
        name = f"{function.__module__.removeprefix('inchorus.')}.{function.__qualname__}"
        self.name = f"{name}.part" if part else name
        self._claims: dict[str, Path] = {}

    @property
    def cache_path(self) -> str | None:
        """The folder that code is written to."""
        folder = place().write
        return None if folder is None else str(folder)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The code for `sig` if it is kept; if another process is compiling it, that is waited for."""
        target_context.refresh()
        name = self._name(sig, target_context)
        if name is None:
            return None
        found = self._kept(name, target_context)
        if found is None and self._waited(name):
            found = self._kept(name, target_context)
        return found

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep the code for `sig`, where there is a place for it."""
        name = self._name(sig, data.target_context)
        folder = place().write
        if name is None or folder is None:
            return
        try:
            if not data.lifted and not data.library.has_dynamic_globals:
                code = _DUMPS(data._reduce())
                _write(folder / name, hashlib.sha256(code).digest() + code)
                self._tidy(folder, name)
        except OSError:
            pass  # a full disk is no reason to stop: the code is in memory
        finally:
            self._release(name)

    def enable(self) -> None:
        """Numba asks for it; code is always kept."""

    def disable(self) -> None:
        """Numba asks for it; code is always kept."""

    def flush(self) -> None:
        """Numba asks for it; what is not current is not found."""

    def has(self, sig: Any, target_context: Any) -> bool:
        """Whether the code for `sig` is kept, or being made by a process that is alive."""
        name = self._name(sig, target_context)
        return name is not None and any(
            (folder / name).exists() or _claimed(folder / f"{name}.claim") for folder in place().read
        )

    def give_up(self) -> None:
        """Let other processes compile what this one claimed and could not."""
        for name in list(self._claims):
            self._release(name)

    def _name(self, sig: Any, target_context: Any) -> str | None:
        path = inspect.getfile(self._function)
        try:
            sources = stamp(Path(path))
        except OSError:
            return None  # without a source nobody can tell whether code is current
        args = sig if isinstance(sig, tuple) else sig.args
        machine = (numba.__version__, sys.version_info[:3], target_context.codegen().magic_tuple())
        key = repr((sources, self._function.__qualname__, [str(a) for a in args], machine))
        return f"{self.name}-{hashlib.sha256(key.encode()).hexdigest()[:32]}.nbc"

    def _kept(self, name: str, target_context: Any) -> Any:
        for folder in place().read:
            try:
                held = (folder / name).read_bytes()
            except OSError:
                continue
            code = held[_DIGEST:]
            if hashlib.sha256(code).digest() == held[:_DIGEST]:
                return _REBUILD(target_context, *pickle.loads(code))  # noqa: S301
        return None

    def _waited(self, name: str) -> bool:
        """Claim the making of `name`; if another process has, wait for it, and say so."""
        folder = place().write
        if folder is None:
            return False
        claim = folder / f"{name}.claim"
        until = time.monotonic() + _PATIENCE
        waited = False
        while time.monotonic() < until:
            try:
                with claim.open("x") as file:
                    file.write(f"{os.getpid()} {_begun(os.getpid())}")
            except FileExistsError:
                if not _claimed(claim):
                    claim.unlink(missing_ok=True)
                    continue
                waited = True
                time.sleep(_POLL)
                if (folder / name).exists():
                    return True
            except OSError:
                return waited
            else:
                if not self._claims:
                    atexit.register(self.give_up)
                self._claims[name] = claim
                return waited
        return waited

    def _release(self, name: str) -> None:
        claim = self._claims.pop(name, None)
        if claim is not None:
            with contextlib.suppress(OSError):
                claim.unlink()

    def _tidy(self, folder: Path, name: str) -> None:
        before = time.time() - _STALE
        for old in folder.glob(f"{self.name}-*"):
            if old.name != name and old.stat().st_mtime < before:
                old.unlink(missing_ok=True)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without collecting garbage: to look again and again through what Numba makes takes a tenth of its time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _claimed(claim: Path) -> bool:
    """Whether the process that made a claim is another one, and alive on this machine."""
    try:
        number, _, begun = claim.read_text().partition(" ")
        pid, age = int(number or "0"), time.time() - claim.stat().st_mtime
        if pid == 0:  # not yet written, unless whoever made it is long gone
            return age < 1
        # The number of a process that was killed may be another's by now, whose beginning is another then.
        if pid == os.getpid() or begun != _begun(pid) or age >= _PATIENCE:
            return False
        if sys.platform != "win32":
            with contextlib.suppress(PermissionError):  # it is alive, and somebody else's
                os.kill(pid, 0)
    except (OSError, ValueError):
        return False
    return True


def _begun(pid: int) -> str:
    """When a process began, as the system counts; empty where it does not say that, or there is no such process."""
    try:
        # behind the name of the program, which may hold anything
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


@contextlib.contextmanager
def _partial(path: Path) -> Iterator[Path]:
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    """Write `path` whole or not at all."""
    with _partial(path) as partial:
        partial.write_bytes(data)
        partial.replace(path)
