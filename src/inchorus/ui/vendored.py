"""Other people's scripts that are bundled into the package: which, in what version, under what licence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from inchorus.errors import InchorusError, Where

VENDOR = Path(__file__).parent / "static" / "vendor"
FIX = "install again, with a package registry in reach: pip install --editable . in a clone, else pip install inchorus"


@dataclass(frozen=True)
class Vendored:
    """One package of which something is in a bundle: `files` are the bundles, `text` is its licence in full."""

    name: str
    version: str
    licence: str
    text: str
    files: tuple[str, ...]


def vendored(folder: Path = VENDOR) -> list[Vendored]:
    """Every package in the bundles that lie in `folder`, by name; InchorusError if a bundle is not there."""
    file = folder / "packages.json"
    try:
        facts = json.loads(file.read_bytes())
        missing = [name for name in facts["files"] if not (folder / name).is_file()]
        packages = [
            Vendored(p["name"], p["version"], p["licence"], p["text"], tuple(p["files"])) for p in facts["packages"]
        ]
    except OSError as error:
        raise InchorusError("the scripts of the browser are not installed", where=Where(file.name), fix=FIX) from error
    except (ValueError, KeyError, TypeError) as error:
        raise InchorusError("the list of bundled scripts is damaged", where=Where(file.name), fix=FIX) from error
    if missing:
        raise InchorusError("the scripts of the browser are not all installed", where=Where(missing[0]), fix=FIX)
    return packages
