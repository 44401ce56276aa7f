"""Files read by a program in a process of its own, as what they hold may end the process that reads it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MEMORY = 4 << 30  # bytes, of that process
SECONDS = 600  # of one processor
BOUNDS = f"{MEMORY >> 30} GB of memory in {SECONDS // 60} minutes"


class RefusedError(Exception):
    """The program says why it cannot read the file."""


class EndedError(Exception):
    """The program ended before it was done, as it needs more than it may have."""


@contextmanager
def said_of(module: str, path: Path) -> Iterator[Iterator[dict[str, Any]]]:
    """The messages of the program `module` about a file, while it works; see `process_limits` for what it is made of.

    They raise RefusedError where it says `error`, EndedError where it ends before it says `done`.
    """
    # -P: modules in the folder in which the user is have no say in what is imported
    command = [sys.executable, "-P", "-m", module, str(path.resolve()), str(MEMORY), str(SECONDS)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
    assert process.stdout is not None

    def messages() -> Iterator[dict[str, Any]]:
        for line in process.stdout or ():
            message = json.loads(line) if line.endswith(b"\n") else {}
            if "done" in message:
                return
            if "error" in message:
                raise RefusedError(message["error"])
            if message:
                yield message
        raise EndedError

    try:
        yield messages()
    finally:
        process.kill()
        process.stdout.close()
        process.wait()
