"""GEXF and GraphML, read back by networkx and held against the rules of GEXF 1.3."""

from __future__ import annotations

import math
import shutil
from pathlib import Path
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import hostile
from inchorus.api import Study, find
from inchorus.errors import UsageError
from inchorus.export.gexf import write_gexf
from inchorus.export.graphml import write_graphml
from inchorus.export.network import LEAST_WEIGHT, Edge, Network, Node, network
from inchorus.export.xml_text import allowed
from inchorus.progress import Silent
from inchorus.relate.up_to_date import ready
from inchorus.study import add_tables, open_study

RULES = etree.RelaxNG(etree.parse(Path(__file__).parent / "gexf13.rng"))
READ = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}


def read(format: str, path: Path) -> Any:
    return READ[format](path)


def by_name(graph: Any) -> dict[frozenset[str], dict[str, Any]]:
    return {frozenset(graph.nodes[x]["label"] for x in (a, b)): data for a, b, data in graph.edges(data=True)}


@pytest.mark.parametrize("format", READ)
def test_ties_come_back_as_they_are_in_the_study(news: Study, tmp_path: Path, format: str) -> None:
    news.export(tmp_path / "ties", format)
    graph = read(format, tmp_path / "ties")
    ties = news.ties.filter("q_value <= 0.05").arrow().to_pylist()
    assert len(ties) >= 4
    edges = by_name(graph)
    assert len(edges) == graph.number_of_edges() == len(ties)
    assert not graph.is_directed()
    for tie in ties:
        edge = edges[frozenset((tie["source_a"], tie["source_b"]))]
        assert edge["weight"] == pytest.approx(-math.log10(tie["p_value"]))
        for name in ("kind", "observed", "expected", "occasions", "p_value", "q_value", "first_a", "median_delay"):
            assert edge[name] == tie[name]
        assert edge.get("leads") == tie["leads"]


@pytest.mark.parametrize("format", READ)
def test_nodes_are_all_sources_with_what_is_known_of_them(news: Study, tmp_path: Path, format: str) -> None:
    news.export(tmp_path / "ties", format)
    nodes = {data["label"]: data for _, data in read(format, tmp_path / "ties").nodes(data=True)}
    documents = news.sql("SELECT source, count(*) AS n, min(time) AS first FROM documents GROUP BY source").to_pylist()
    passages = news.sql("SELECT source, count(*) AS n FROM passages GROUP BY source").to_pylist()
    assert {k: v["documents"] for k, v in nodes.items()} == {r["source"]: r["n"] for r in documents}
    assert {k: v["passages"] for k, v in nodes.items() if v["passages"]} == {r["source"]: r["n"] for r in passages}
    assert {k: v["first_time"] for k, v in nodes.items()} == {r["source"]: r["first"].isoformat() for r in documents}
    groups = {r["source"]: r["group_id"] for r in news.groups.arrow().to_pylist()}
    assert groups
    assert {k: v["group_wording"] for k, v in nodes.items() if "group_wording" in v} == groups


@pytest.mark.parametrize("format", READ)
def test_max_q_of_1_gives_every_pair_with_a_weight_that_gephi_keeps(news: Study, tmp_path: Path, format: str) -> None:
    news.export(tmp_path / "all", format, max_q=1)
    edges = by_name(read(format, tmp_path / "all"))
    assert len(edges) == len(news.ties)
    assert min(edge["weight"] for edge in edges.values()) == LEAST_WEIGHT


def test_kinds_are_told_apart_and_asked_for(news: Study, tmp_path: Path) -> None:
    links = news.ties.arrow()
    links = links.set_column(links.schema.get_field_index("kind"), links.schema.field("kind"), [["links"] * len(links)])
    copy = open_study(shutil.copytree(news.path, tmp_path / "study"))
    both = Study(add_tables(copy, {"ties": pa.concat_tables([news.ties.arrow(), links])}, {}))
    one, two = network(both, kind="links"), network(both)
    assert {e.kind for e in one.edges} == {"links"}
    assert len(two.edges) == 2 * len(one.edges)
    both.export(tmp_path / "two.gexf", "gexf")
    assert nx.read_gexf(tmp_path / "two.gexf").is_multigraph()
    with pytest.raises(UsageError, match="did you mean 'links'"):
        network(both, kind="link")


def test_attacks_are_valid_gexf_and_only_text(attacks: Study, tmp_path: Path) -> None:
    attacks.export(tmp_path / "ties.gexf", "gexf", max_q=1)
    tree = etree.parse(tmp_path / "ties.gexf", etree.XMLParser(resolve_entities=False, no_network=True))
    RULES.assertValid(tree)
    assert {etree.QName(e).localname for e in tree.iter(tag=etree.Element)} == {
        "gexf", "meta", "creator", "description", "graph", "attributes", "attribute", "nodes", "node", "edges", "edge",
        "attvalues", "attvalue",
    }  # fmt: skip
    assert tree.docinfo.doctype == ""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('version="1.3"', 'version="1.2"'),
        ('type="long"', 'type="int"'),
        ("http://gexf.net/1.3", "http://www.gexf.net/1.2draft"),
        ("<attvalue for=", "<attvalue name="),
        ('weight="', 'weight="x'),
    ],
)
def test_the_rules_of_gexf_can_be_broken(news: Study, tmp_path: Path, right: str, wrong: str) -> None:
    news.export(tmp_path / "ties.gexf", "gexf")
    text = (tmp_path / "ties.gexf").read_text(encoding="utf-8")
    assert RULES.validate(etree.fromstring(text.encode()))
    assert not RULES.validate(etree.fromstring(text.replace(right, wrong).encode()))


@pytest.mark.parametrize("format", READ)
def test_names_that_are_attacks_come_back_but_for_what_xml_forbids(attacks: Study, tmp_path: Path, format: str) -> None:
    attacks.export(tmp_path / "ties", format)
    graph = read(format, tmp_path / "ties")
    sources = attacks.sql("SELECT DISTINCT source FROM documents ORDER BY source")["source"].to_pylist()
    assert [data["label"] for _, data in graph.nodes(data=True)] == [allowed(name) for name in sources]
    assert graph.number_of_edges() >= 8
    first = next(data for _, data in graph.nodes(data=True) if data["label"] == hostile.FORMULA)
    assert first[hostile.WIDTH] == len(hostile.FORMULA)
    assert hostile.PARTY in first
    assert "tags" not in first  # it changes within a source


def test_sources_that_differ_only_in_forbidden_characters_stay_apart(tmp_path: Path) -> None:
    line = "we will rebuild the old bridge before the first snow falls this winter"
    rows = [{"source": f"Post{c}", "time": "2024-05-01", "text": f"{c} said {line}."} for c in "\x00\x01"]
    study = ready(find(rows, out=tmp_path / "study"), {}, Silent())
    assert [node.label for node in network(study).nodes] == ["Post\ufffd", "Post\ufffd (2)"]


values = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), values), min_size=2, max_size=4), values)
def test_any_text_can_be_written_and_read(tmp_path_factory: Any, names: list[tuple[str, Any]], title: Any) -> None:
    nodes = tuple(Node(f"n{i}", name, (value,)) for i, (name, value) in enumerate(names))
    edge = Edge("e0", "n0", "n1", "wording", 2.5, (title,))
    net = Network(((title or "x", "string"),), (("kind", "string"),), nodes, (edge,))
    path = tmp_path_factory.mktemp("any") / "x"
    write_gexf(net, path)
    tree = etree.parse(path)
    RULES.assertValid(tree)
    found = tree.findall(".//{*}node")
    assert [node.get("label") for node in found] == [allowed(name) for name, _ in names]
    write_graphml(net, path)
    labels = etree.parse(path).findall(".//{*}node/{*}data[@key='n0']")
    assert [node.text or "" for node in labels] == [allowed(name) for name, _ in names]


def test_sources_whose_names_differ_in_case_alone_keep_them(tmp_path: Path) -> None:
    names = ["POST", "Post", "post"]
    line = "nobody in this valley will pay for water twice"
    rows = [{"source": name, "text": f"{name} said that {line}."} for name in names]
    study = ready(find(rows, out=tmp_path / "study"), {}, Silent())
    assert [node.label for node in network(study).nodes] == names
