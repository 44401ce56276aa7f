"""Replace a folder by another so that a kill at any moment leaves the one or the other, whole."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

_LEFTOVER = re.compile(r"\.(?P<name>.+)\.inchorus-(?P<pid>\d+)\.(?P<state>new|old)")


def workplace(target: Path) -> Path:
    """The folder beside `target` in which this process prepares it; nothing is made yet."""
    return target.parent / f".{target.name}.inchorus-{os.getpid()}.new"


def put_in_place(new: Path, target: Path) -> None:
    """Make the folder `new` be `target`; what `target` was before is removed.

    Where the system can exchange two folders in one step, there is never a moment without `target`.
    Elsewhere there is one, between two renames, and `repair` undoes the first if the second never came.
    """
    fsync_path(new)
    if not target.exists():
        new.rename(target)
        fsync_path(target.parent)
        return
    if _exchange(new, target):
        old = new
    else:
        old = new.with_suffix(".old")
        target.rename(old)
        new.rename(target)
    fsync_path(target.parent)
    shutil.rmtree(old, ignore_errors=True)


def repair(target: Path) -> None:
    """Bring back the folder that a run set aside and did not live to replace."""
    if target.exists() or not target.parent.is_dir():
        return
    for path in sorted(_leftovers(target)):
        if path.suffix == ".old":
            with contextlib.suppress(OSError):  # another process may have repaired it in between
                path.rename(target)
            return


def clear_leftovers(target: Path) -> None:
    """Remove what runs that were killed left beside `target`."""
    repair(target)
    for path in list(_leftovers(target)):
        if path.is_file():
            path.unlink(missing_ok=True)
        else:
            shutil.rmtree(path, ignore_errors=True)


def fsync_path(path: Path) -> None:
    """Have a file or a folder's list of names on the disk, not only on its way there."""
    if path.is_dir() and os.name == "nt":  # Windows opens no folder
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _leftovers(target: Path) -> Iterator[Path]:
    for path in target.parent.iterdir():
        found = _LEFTOVER.fullmatch(path.name)
        if found and found["name"] == target.name and not _alive(int(found["pid"])):
            yield path


def _alive(pid: int) -> bool:
    if pid == os.getpid():  # a container gives every run the same number; this run has left nothing yet
        return False
    if os.name == "nt":  # there os.kill(pid, 0) would end the process
        handle = ctypes.windll.kernel32.OpenProcess(0x1000, 0, pid)  # type: ignore[attr-defined,unused-ignore]
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)  # type: ignore[attr-defined,unused-ignore]
        return bool(handle)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True


def _exchange(a: Path, b: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system cannot."""
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE, the same on every Linux; RENAME_SWAP is 2 as well
    first, second = os.fsencode(a), os.fsencode(b)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            failed = libc.renameat2(here, first, here, second, exchange)
        elif sys.platform == "darwin":
            failed = libc.renamex_np(first, second, exchange)
        else:
            return False
    except (AttributeError, OSError, TypeError):
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}:
        return False
    raise OSError(code, os.strerror(code), str(b))
