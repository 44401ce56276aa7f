"""What is said of a text as one HTML file, which loads nothing."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inchorus.export.place import check_file, new_file
from inchorus.ui.assets import assets
from inchorus.ui.links import Within
from inchorus.ui.render import render

STYLES = ("style.css", "check.css")
# How such a file begins, and no other page.
_HEAD = (
    b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    b'<meta name="generator" content="inchorus check">'
)


def check_place(path: Path, force: bool) -> None:
    """Raise UsageError where the file cannot be written, or another is there that is no such file."""
    check_file(path, "what inchorus check wrote", lambda head: head.startswith(_HEAD), force)


def write_checked(path: Path, checked: Mapping[str, Any], name: str) -> int:
    """Write the file, where it is put whole at the end; returns its size in bytes."""
    style = "".join(assets()[sheet].content.decode("utf-8") for sheet in STYLES)
    seal = b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{seal}'; base-uri 'none'; form-action 'none'"
    page = render("check_file.html", {"checked": checked}, Within(), style=style, policy=policy, name=name)
    with new_file(path) as new:
        new.write_text(page + "\n", encoding="utf-8", newline="\n")
        return new.stat().st_size
