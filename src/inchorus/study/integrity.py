"""Whether the files of a study are those that were written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inchorus.study.hashed import hash_file
from inchorus.study.study import Study


@dataclass(frozen=True)
class Finding:
    """What `verify` says of one thing: `state` is same, changed, missing or not checked."""

    kind: str
    name: str
    state: str
    detail: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing speaks against it."""
        return self.state in {"same", "not checked"}


def verify(study: Study, inputs: Sequence[Path] = ()) -> list[Finding]:
    """Hash the tables again, and those of `inputs` that the manifest names, and compare.

    An input is found by its name; one that no path is given for is `not checked`.
    """
    findings = []
    for name, entry in study.manifest["tables"].items():
        path = study.path / str(entry["file"])
        findings.append(_compare("table", name, path, str(entry["sha256"])))
    given = {path.name: path for path in inputs}
    for entry in study.manifest.get("inputs", []):
        name = str(entry["name"])
        if name in given:
            findings.append(_compare("input", name, given.pop(name), str(entry["sha256"])))
        else:
            findings.append(Finding("input", name, "not checked", "no path was given for it"))
    findings += [Finding("input", name, "missing", "the manifest does not name it") for name in given]
    return findings


def _compare(kind: str, name: str, path: Path, sha256: str) -> Finding:
    if not path.is_file():
        return Finding(kind, name, "missing", "the file is not there")
    if hash_file(path) != sha256:
        return Finding(kind, name, "changed", "its SHA-256 differs from the manifest's")
    return Finding(kind, name, "same")
