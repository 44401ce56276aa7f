"""How a talking point changed: its wordings as a tree, each under the one that it likeliest comes from."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from inchorus.evidence.wordings import as_tree
from inchorus.text.differences import differences
from inchorus.text.harmless import harmless, isolated, shown_time

_MOST = 40  # wordings; the rest is counted
_PIPED = 4000  # columns: a pipe gets a line a wording, whole
_KEPT = 6  # words of an unchanged stretch that are shown at either end


def print_tree(console: Console, rows: list[dict[str, Any]]) -> None:
    """Print wordings as a tree, the words that changed from one to the next marked."""
    if len(rows) < 2:
        return
    styled = console.is_terminal
    tree = Tree(Text("how it changed", "bold" if styled else ""), guide_style="dim" if styled else "")
    nodes: dict[str, Tree] = {}
    for row, parent, _ in as_tree(rows[:_MOST]):
        apart = isolated if styled else str
        label = Text(f"{apart(harmless(row['source']))} {shown_time(row['time'], row['time_precision']) or 'no time'}")
        label.append(f" ×{row['n_passages']:,}  ")
        label.append(_changed(None if parent is None else parent["text"], row["text"], styled))
        nodes[row["variant_id"]] = (tree if parent is None else nodes[parent["variant_id"]]).add(label)
    if len(rows) > _MOST:
        tree.add(Text(f"… and {len(rows) - _MOST:,} later wordings"))
    if styled:
        console.print(tree)
    else:
        Console(file=console.file, width=_PIPED).print(tree)


def _changed(before: str | None, text: str, styled: bool) -> Text:
    """A wording, whole where nothing came before it, else where it differs from what came before."""
    if before is None:
        words = harmless(text).split()
        return Text(" ".join(words if len(words) <= 60 else [*words[:45], "…", *words[-10:]]))
    out = Text()
    for op, changed in differences(before, text):
        piece = harmless(changed)
        if op == "same":
            words = piece.split()
            if len(words) > 2 * _KEPT:
                piece = " ".join([*words[:_KEPT], "…", *words[-_KEPT:]]) + " "
            out.append(piece)
        elif op == "added":
            out.append(piece if styled else f"{{+{piece}+}}", "underline green" if styled else "")
        else:
            out.append(piece if styled else f"[-{piece}-]", "strike red" if styled else "")
    return out
