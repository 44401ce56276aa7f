"""Where the corpora are that only measurements need; CONTRIBUTING.md says how to lay them out."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "INCHORUS_SHARED"


class Absent(Exception):  # noqa: N818
    """A corpus is not on this machine; the message says which."""


class Required(Exception):  # noqa: N818
    """A corpus is not on this machine, and the environment says that it must be."""


def corpus(name: str) -> Path:
    """The path of a corpus.

    Raises Absent where it is not there; Required if the environment names the folder of the corpora.

    """
    named = os.environ.get(VARIABLE)
    path = ROOT / (named or "../shared") / "data" / name
    if path.exists():
        return path
    if named:
        raise Required(f"{VARIABLE} is set to {named}, and there is no {name} in its folder data")
    raise Absent(f"the corpus {name} is not on this machine")
