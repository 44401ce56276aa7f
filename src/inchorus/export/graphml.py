"""A network in GraphML (http://graphml.graphdrawing.org), which Gephi, networkx, igraph and yEd read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from inchorus.export.gexf import text
from inchorus.export.network import Network
from inchorus.export.xml_text import content, quoted


def write_graphml(net: Network, path: Path) -> None:
    """Write the network, with a typed key for each attribute; the name of a source is its `label`."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _lines(net))


def _lines(net: Network) -> Iterator[str]:
    nodes = (("label", "string"), *net.node_attributes)
    edges = (("weight", "double"), *net.edge_attributes)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for place, attributes in (("node", nodes), ("edge", edges)):
        for i, (name, kind) in enumerate(attributes):
            yield f'<key id="{place[0]}{i}" for="{place}" attr.name={quoted(name)} attr.type="{kind}"/>'
    yield '<graph edgedefault="undirected">'
    for node in net.nodes:
        yield f'<node id="{node.id}">{_data("n", (node.label, *node.values))}</node>'
    for edge in net.edges:
        ends = f'source="{edge.source}" target="{edge.target}"'
        yield f'<edge id="{edge.id}" {ends}>{_data("e", (edge.weight, *edge.values))}</edge>'
    yield "</graph>"
    yield "</graphml>"


def _data(key: str, values: Sequence[Any]) -> str:
    return "".join(f'<data key="{key}{i}">{content(text(v))}</data>' for i, v in enumerate(values) if v is not None)
