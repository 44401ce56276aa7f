"""Where the corpora are that only measurements need; CONTRIBUTING.md says how to lay them out."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "INCHORUS_SHARED"


class Absent(Exception):  # noqa: N818
    """A corpus is not on this machine; the message says which."""


def required() -> bool:
    """Whether the environment names the folder of the corpora, so that their absence is an error."""
    return bool(os.environ.get(VARIABLE))


def corpus(name: str) -> Path:
    """The path of a corpus.

    Raises Absent where it is not there; FileNotFoundError where the environment says that it must be.

    """
    path = ROOT / (os.environ.get(VARIABLE) or "../shared") / "data" / name
    if path.exists():
        return path
    if required():
        raise FileNotFoundError(f"{VARIABLE} is set, and there is no {path}")
    raise Absent(f"the corpus {name} is not on this machine")
