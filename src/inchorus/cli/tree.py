"""How a talking point changed: its wordings as a tree, each under the one that it likeliest comes from."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from inchorus.cli.evidence import differences
from inchorus.study import Study
from inchorus.terminal import harmless, isolated, shown_time

_MOST = 40  # wordings; the rest is counted
_PIPED = 4000  # columns: a pipe gets a line a wording, whole
_KEPT = 6  # words of an unchanged stretch that are shown at either end

_WORDINGS = """
WITH numbered AS (
  SELECT *, row_number() OVER () AS place FROM passages WHERE tp_id = $1
), earliest AS (
  SELECT variant_id, min(place) AS place FROM numbered GROUP BY variant_id
), first_of_document AS (
  SELECT doc_id, min(place) AS place FROM numbered GROUP BY doc_id
)
SELECT v.variant_id, v.text, v.n_passages, p.source, p.time, d.time_precision, parent.variant_id AS parent
FROM variants v
JOIN earliest e USING (variant_id)
JOIN numbered p ON p.place = e.place
JOIN documents d ON d.doc_id = p.doc_id
LEFT JOIN first_of_document f ON f.doc_id = p.copied_from
LEFT JOIN numbered parent ON parent.place = f.place
WHERE v.tp_id = $1
ORDER BY p.time NULLS LAST, e.place
"""


def wordings(study: Study, tp_id: str) -> list[dict[str, Any]]:
    """The wordings of a talking point, earliest first, each with the `parent` that it likeliest comes from, or None.

    The parent is the wording of the passage that the earliest passage of this wording has as `copied_from`.
    """
    return list(study.sql(_WORDINGS, [tp_id]).to_pylist())


def print_tree(console: Console, rows: list[dict[str, Any]]) -> None:
    """Print wordings as a tree, the words that changed from one to the next marked."""
    if len(rows) < 2:
        return
    styled = console.is_terminal
    tree = Tree(Text("how it changed", "bold" if styled else ""), guide_style="dim" if styled else "")
    nodes: dict[str, Tree] = {}
    texts = {row["variant_id"]: row["text"] for row in rows}
    for row in rows[:_MOST]:
        parent = row["parent"] if row["parent"] in nodes and row["parent"] != row["variant_id"] else None
        apart = isolated if styled else str
        label = Text(f"{apart(harmless(row['source']))} {shown_time(row['time'], row['time_precision']) or 'no time'}")
        label.append(f" ×{row['n_passages']:,}  ")
        label.append(_changed(None if parent is None else texts[parent], row["text"], styled))
        nodes[row["variant_id"]] = (tree if parent is None else nodes[parent]).add(label)
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
    for op, piece in differences(harmless(before), harmless(text)):
        if op == "same":
            words = piece.split()
            if len(words) > 2 * _KEPT:
                piece = " ".join([*words[:_KEPT], "…", *words[-_KEPT:]]) + " "  # noqa: PLW2901
            out.append(piece)
        elif op == "added":
            out.append(piece if styled else f"{{+{piece}+}}", "underline green" if styled else "")
        else:
            out.append(piece if styled else f"[-{piece}-]", "strike red" if styled else "")
    return out
