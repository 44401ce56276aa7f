"""About: what the tool says and what it does not, and the software that it runs with."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any

from inchorus.errors import InchorusError
from inchorus.labels import KINDS
from inchorus.manifest import FORMAT_VERSION
from inchorus.ui.page import Ask, Page
from inchorus.ui.reader import Reader
from inchorus.ui.table import headed
from inchorus.ui.vendored import vendored

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


def about(reader: Reader, ask: Ask) -> Page:
    """The versions and licences of inchorus, of the Python packages and of the scripts, and the study's format."""
    packages = [_described(found) for found in running_with("inchorus")]
    data = {
        "version": distribution("inchorus").version,
        "python": platform.python_version(),
        "made_with": {
            "format_version": reader.study.manifest["format_version"],
            "inchorus": reader.study.manifest.get("inchorus"),
        },
        "format_version": FORMAT_VERSION,
        "labels": [{"label": kind.name, "holds": kind.holds} for kind in KINDS],
        "packages": packages,
        **_scripts(),
    }
    scripts = [{**row, "files": ", ".join(row["files"])} for row in data["scripts"]]
    tables = {"packages": packages, "scripts": headed(scripts, ("name", "version", "licence", "text", "files"))}
    return Page("About", "about.html", data, tables)


def running_with(name: str) -> list[Distribution]:
    """The Python packages that are installed and that `name` needs, directly or not, without extras; by name.

    >>> "duckdb" in [found.name for found in running_with("inchorus")]
    True
    """
    found: dict[str, Distribution] = {}
    waiting = list(_needs(distribution(name)))
    while waiting:
        key = _key(waiting.pop())
        if key not in found and key != _key(name):
            try:
                found[key] = distribution(key)
            except PackageNotFoundError:  # for another system or Python
                continue
            waiting += _needs(found[key])
    return [found[key] for key in sorted(found)]


def _needs(package: Distribution) -> Iterator[str]:
    for requirement in package.requires or []:
        name = _NAME.match(requirement)
        if name and "extra ==" not in requirement:
            yield name[0]


def _key(name: str) -> str:
    """The one spelling of a package's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _described(package: Distribution) -> dict[str, Any]:
    return {"name": package.name, "version": package.version, "licence": _licence(package)}


def _licence(package: Distribution) -> str | None:
    """What the package says of its licence: an SPDX expression, else its classifiers, else a line of its own."""
    facts = package.metadata
    for expression in facts.get_all("License-Expression") or []:
        return str(expression)
    classes = [c.rpartition(" :: ")[2] for c in facts.get_all("Classifier") or [] if c.startswith("License ::")]
    lines = "".join(facts.get_all("License") or []).strip().splitlines()
    return ", ".join(classes) or "".join(lines[:1])[:100] or None


def _scripts() -> dict[str, Any]:
    """The bundled scripts; without them, what to do about it."""
    try:
        scripts = [
            {"name": p.name, "version": p.version, "licence": p.licence, "text": p.text, "files": list(p.files)}
            for p in vendored()
        ]
    except InchorusError as error:
        return {"scripts": [], "scripts_missing": str(error)}
    return {"scripts": scripts, "scripts_missing": ""}
