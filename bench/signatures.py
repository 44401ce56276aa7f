"""Writes what `inchorus.compiled.ahead` compiles: the kernels that Python code calls, in the order in which it does.

`python -m bench.signatures` runs the commands on a simulated corpus twice, the second time with all code in
the cache: what is then read is what Python code calls, and not what other kernels call.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq

from inchorus.cli import main as inchorus
from inchorus.compiled import ahead
from inchorus.compiled.ahead import SIGNATURES, name_of
from inchorus.compiled.store import Store
from inchorus.simulate import Simulation, simulate

# Lines of groups are so many that some sources are tied: only of ties it is asked who leads.
SIZE: dict[str, Any] = {"documents": 400, "sources": 20, "lines": 20, "group_lines": 20}


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Lines of `signatures.txt` for the kernels that are asked for while the context lasts."""
    lines: list[str] = []
    load = Store.load_overload

    def noted(self: Store, sig: Any, target_context: Any) -> Any:
        args = sig if isinstance(sig, tuple) else sig.args
        with suppress(ValueError):  # of kernels that other kernels call, while there is no code of these
            line = " ".join([self.name, *map(name_of, args)])
            if line not in lines:
                lines.append(line)
        return load(self, sig, target_context)

    with patch.object(Store, "load_overload", noted), patch.object(ahead, "begin"):
        yield lines


def parts(folder: Path) -> dict[str, list[list[str]]]:
    """The commands that show what each part of `signatures.txt` needs, on a corpus that is written to `folder`."""
    table = pa.Table.from_batches(list(simulate(Simulation(**SIZE))))
    shared = pa.array([[f"https://example.org/{i // 4}"] for i in range(len(table))])
    documents, shares = str(folder / "documents.parquet"), str(folder / "shares.csv")
    pq.write_table(table.append_column("links", shared), documents)
    rows = [f"o{i // 4},a{i % 4},c{i},{1_700_000_000 + i}" for i in range(64)]
    Path(shares).write_text("\n".join(["object_id,account_id,content_id,timestamp_share", *rows]), encoding="ascii")
    study = str(folder / "study")

    def find(name: str, *options: str) -> list[str]:
        return ["find", documents, "--out", str(folder / name), "--threads", "1", *options]

    return {
        "find": [find("study"), find("posts", "--preset", "posts")],
        "ties": [["ties", study]],
        "objects": [
            find("objects", "--objects", "links", "--objects", "posts", "--window", "86400"),
            ["find", shares, "--out", str(folder / "coortweet"), "--threads", "1", "--coortweet"],
        ],
        "edited": [find("edited", "--preset", "edited")],
    }


def run() -> dict[str, list[str]]:
    """The lines of every part; a kernel stands in the first part that needs it."""
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder, recorded() as lines:
        for part, commands in parts(Path(folder)).items():
            before = len(lines)
            for command in commands:
                if inchorus([*command, "--json"]) != 0:
                    raise SystemExit(f"{part}: {command} failed")
            found[part] = lines[before:]
    return found


def main() -> None:
    """Write `signatures.txt` anew."""
    if "NUMBA_CACHE_DIR" not in os.environ:
        with tempfile.TemporaryDirectory() as folder:
            env = {**os.environ, "NUMBA_CACHE_DIR": folder}
            for _ in range(2):
                subprocess.run([sys.executable, "-m", "bench.signatures"], env=env, check=True)
        return
    head = "# Kernels that Python code calls, and with what; written by: python -m bench.signatures"
    text = [head, *(line for part, lines in run().items() for line in (f"[{part}]", *lines))]
    SIGNATURES.write_text("\n".join(text) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
