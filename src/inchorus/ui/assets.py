"""The files that pages load: those of the package, read once, each known by its name and its content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).parent / "static"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asset:
    """One file: its content, its media type, and the first 16 digits of its SHA-256."""

    content: bytes
    kind: str
    version: str


def assets(folder: Path = STATIC) -> dict[str, Asset]:
    """The style sheets, scripts and pictures below `folder` by their paths in it, `vendor/plot.js` for instance.

    Nothing is looked up on the disk after this, so that no address can lead out of the folder; links are passed over.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix in KINDS and path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            version = hashlib.sha256(content).hexdigest()[:16]
            found[path.relative_to(folder).as_posix()] = Asset(content, KINDS[path.suffix], version)
    return found


def address(name: str, known: Mapping[str, Asset]) -> str:
    """The address of a file with its version, so that it can be kept for good; KeyError for one that is not there.

    >>> address("a.css", {"a.css": Asset(b"", "text/css", "e3b0c442")})
    '/static/a.css?v=e3b0c442'
    """
    return f"/static/{name}?v={known[name].version}"
