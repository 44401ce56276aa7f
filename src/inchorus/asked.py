"""What one run is asked for, and what the manifest says of that and of what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from inchorus.options import FindOptions, ShareOptions
from inchorus.read import Documents, ReadOptions
from inchorus.read.account import said, shortened
from inchorus.read.inputs import Held
from inchorus.study import hash_file

_REASONS = 20  # that the manifest names, the commonest first


@dataclass(frozen=True)
class Asked:
    """What one run is asked for. `scratch` is a folder for what does not fit into memory while it works."""

    inputs: Sequence[Path | Held]
    out: Path | None
    read: ReadOptions
    find: FindOptions
    sharing: ShareOptions
    scratch: Path


def facts_of(documents: Documents, asked: Asked, read: ReadOptions, text: str) -> dict[str, Any]:
    """What the manifest says of what was asked for and read; `text` is what a document without any is without."""
    options, sharing = asked.find, asked.sharing
    shaping = {name: value for name, value in asdict(options).items() if name not in {"threads", "seed", "pairs"}}
    if options.pairs is not None:
        shaping["pairs"] = of_file(options.pairs)
    if sharing.attributes is not None:
        shaping["attributes"] = of_file(sharing.attributes)
    return {
        "options": {**said(read), **shaping},
        "seed": options.seed,
        "inputs": [asdict(file) for file in documents.files],
        "left_out": {
            f"without {text}": documents.n_empty,
            "skipped as bad rows": documents.skipped.n - documents.skipped.n_damaged,
            "files not read, or not to their end": documents.skipped.n_damaged,
            **documents.passed,
        },
        "rows_skipped": dict(documents.skipped.reasons.most_common(_REASONS)),
        "read": [asdict(shortened(one, f"without {text}")) for one in documents.account],
        "times_not_read": documents.n_bad_times,
        "read_as": documents.read_as,
        "notes": documents.notes,
        "not_read": documents.skipped.lines(),
    }


def of_file(path: Path) -> dict[str, Any]:
    """What the manifest says of a file that is asked for: its name and the digest of its bytes."""
    return {"name": path.name, "sha256": hash_file(path)}
