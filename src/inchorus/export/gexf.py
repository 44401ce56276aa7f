"""A network in GEXF 1.3, the format of Gephi (https://gexf.net)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inchorus.export.network import Network
from inchorus.export.xml_text import quoted


def write_gexf(net: Network, path: Path) -> None:
    """Write the network; parallel ties of a pair differ in their `kind`, as GEXF 1.3 has it."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _lines(net))


def _lines(net: Network) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    yield "<meta><creator>inchorus</creator><description>Sources and the wording that they share</description></meta>"
    yield '<graph defaultedgetype="undirected" mode="static">'
    for name, attributes in (("node", net.node_attributes), ("edge", net.edge_attributes)):
        yield f'<attributes class="{name}">'
        for i, (title, kind) in enumerate(attributes):
            yield f'<attribute id="{i}" title={quoted(title)} type="{kind}"/>'
        yield "</attributes>"
    yield f'<nodes count="{len(net.nodes)}">'
    for node in net.nodes:
        yield f'<node id="{node.id}" label={quoted(node.label)}>{_values(node.values)}</node>'
    yield "</nodes>"
    yield f'<edges count="{len(net.edges)}">'
    for edge in net.edges:
        ends = f'source="{edge.source}" target="{edge.target}" weight="{edge.weight!r}"'
        yield f'<edge id="{edge.id}" {ends} kind={quoted(edge.kind)}>{_values(edge.values)}</edge>'
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _values(values: tuple[Any, ...]) -> str:
    there = "".join(f'<attvalue for="{i}" value={quoted(text(v))}/>' for i, v in enumerate(values) if v is not None)
    return f"<attvalues>{there}</attvalues>"


def text(value: Any) -> str:
    """A value as XML Schema writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value in {float("inf"), float("-inf")}:
        return "INF" if value > 0 else "-INF"
    return "NaN" if value != value else str(value)  # noqa: PLR0124 - only NaN differs from itself
