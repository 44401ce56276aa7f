"""What is bundled is what the lock file names, and the project names no place to fetch it from."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

import hatch_build
from inchorus.errors import InchorusError
from inchorus.ui.vendored import VENDOR, vendored

WEB = Path(__file__).parent.parent.parent / "web"


def lock() -> dict[str, dict[str, str]]:
    packages: dict[str, dict[str, str]] = json.loads((WEB / "package-lock.json").read_bytes())["packages"]
    return {path: facts for path, facts in packages.items() if path}


def test_every_bundled_package_has_the_version_of_the_lock_file_and_a_licence() -> None:
    locked = {(path.rpartition("node_modules/")[2], facts["version"]) for path, facts in lock().items()}
    bundled = vendored()
    assert {(p.name, p.version) for p in bundled} <= locked
    assert {"@observablehq/plot", "sigma", "graphology", "graphology-layout-forceatlas2"} <= {p.name for p in bundled}
    for package in bundled:
        assert package.licence in {"ISC", "MIT", "BSD-3-Clause", "Apache-2.0"}
        assert "copyright" in package.text.lower()
        assert set(package.files) <= {path.name for path in VENDOR.glob("*.js")}


def test_the_bundle_is_that_of_the_present_sources() -> None:

    root = WEB.parent
    assert hatch_build.is_current(root)
    assert sorted(hatch_build.SOURCES) == sorted(p.name for p in WEB.iterdir() if p.is_file())


def test_a_change_of_any_source_or_of_the_bundle_asks_for_a_new_one(tmp_path: Path) -> None:

    shutil.copytree(WEB, tmp_path / "web", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(VENDOR, tmp_path / hatch_build.VENDOR)
    assert hatch_build.is_current(tmp_path)
    for name in hatch_build.SOURCES:
        path = tmp_path / "web" / name
        before = path.read_bytes()
        path.write_bytes(before + b" ")
        assert not hatch_build.is_current(tmp_path)
        path.write_bytes(before.replace(b"\n", b"\r\n"))
        assert hatch_build.is_current(tmp_path)
        path.write_bytes(before)
    bundle = tmp_path / hatch_build.VENDOR / "plot.js"
    bundle.write_bytes(bundle.read_bytes()[:-1])
    assert not hatch_build.is_current(tmp_path)


def test_no_address_to_download_from_is_kept() -> None:
    for path, facts in lock().items():
        assert "resolved" not in facts, path
        assert facts["integrity"].startswith("sha512-"), path
    for file in WEB.iterdir():
        if file.is_file():
            assert not re.search(r"\b(https?:)?//[\w.-]+\.\w+/", file.read_text(encoding="utf-8")), file.name
    for package in json.loads((VENDOR / "packages.json").read_bytes())["packages"]:
        assert set(package) == {"name", "version", "licence", "text", "files"}


def test_versions_are_exact() -> None:
    facts = json.loads((WEB / "package.json").read_bytes())
    for name, version in {**facts["dependencies"], **facts["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name


def test_bundles_name_no_file_of_the_machine_that_made_them() -> None:
    for path in VENDOR.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text
        assert "node_modules" not in text


def test_a_missing_bundle_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InchorusError, match=r"not installed; install again.*pip install --editable"):
        vendored(tmp_path)
    shutil.copyfile(VENDOR / "packages.json", tmp_path / "packages.json")
    with pytest.raises(InchorusError, match=r"js: the scripts of the browser are not all installed"):
        vendored(tmp_path)
    (tmp_path / "packages.json").write_text("[]")
    with pytest.raises(InchorusError, match="damaged"):
        vendored(tmp_path)


def test_plot_is_called_only_where_its_style_sheet_is_taken_out() -> None:
    # A <style> in the page would need 'unsafe-inline' or a hash in the policy.
    callers = [p.name for p in VENDOR.parent.glob("*.js") if re.search(r"\bplot\(", p.read_text(encoding="utf-8"))]
    assert callers == ["drawing.js"]
    assert 'svg.querySelector("style").remove()' in (VENDOR.parent / "drawing.js").read_text(encoding="utf-8")
