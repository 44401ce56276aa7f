"""The numbers of one study are the same wherever they are shown: tables, pages, files, commands, the report."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from inchorus.api import Study
from inchorus.cli import main
from inchorus.thresholds import LEVEL
from inchorus.ui.app import application
from inchorus.ui.reader import Reader

COUNTS = ("n_sources", "n_documents", "n_passages", "n_variants", "words")
GEXF = "{http://gexf.net/1.3}"


@pytest.fixture(scope="module")
def browser(news: Study) -> Iterator[TestClient]:
    reader = Reader(news)
    yield TestClient(application(reader), base_url="http://127.0.0.1")
    reader.close()


@pytest.fixture(scope="module")
def points(news: Study) -> list[dict[str, Any]]:
    """Every talking point, counted anew from the passages, in the order of the score."""
    rows: list[dict[str, Any]] = news.sql(
        """
        SELECT t.tp_id, t.label, t.words, t.score, count(DISTINCT p.source) AS n_sources,
            count(DISTINCT p.doc_id) AS n_documents, count(*) AS n_passages, count(DISTINCT p.variant_id) AS n_variants
        FROM talking_points t JOIN passages p USING (tp_id) GROUP BY ALL ORDER BY t.score DESC, tp_id
        """
    ).to_pylist()
    return rows


def counts(rows: Any) -> list[tuple[str, ...]]:
    return [(row["tp_id"], *(str(row[name]) for name in COUNTS)) for row in rows]


def test_talking_points_are_counted_alike_everywhere(
    news: Study, browser: TestClient, points: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = counts(points)
    assert counts(news.sql("SELECT * FROM talking_points ORDER BY score DESC, tp_id").to_pylist()) == wanted
    assert main(["show", str(news.path), "--limit", "0", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (counts(said["talking_points"]), said["of"]) == (wanted, len(wanted))
    page = browser.get("/talking-points.json").json()
    assert (counts(page["rows"]), page["total"]) == (wanted[: len(page["rows"])], len(wanted))
    assert counts(csv.DictReader(io.StringIO(browser.get("/talking-points.csv").text))) == wanted
    news.export(tmp_path / "points.csv", "csv", table="talking_points")
    with (tmp_path / "points.csv").open(newline="", encoding="utf-8") as file:
        assert sorted(counts(csv.DictReader(file))) == sorted(wanted)
    news.export(tmp_path / "study.db", "sqlite")
    with closing(sqlite3.connect(tmp_path / "study.db")) as database:
        database.row_factory = sqlite3.Row
        assert sorted(counts(database.execute("SELECT * FROM talking_points"))) == sorted(wanted)
    assert news.report(tmp_path / "r.html", top=len(wanted)).talking_points == len(wanted)
    report = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert set(re.findall(r'<article class="point" id="tp-([0-9a-f]+)"', report)) == {row[0] for row in wanted}


def test_a_talking_point_is_counted_alike_on_its_page_and_in_the_terminal(
    news: Study, browser: TestClient, points: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    for point in points[:5]:
        tp_id = point["tp_id"]
        page = browser.get(f"/talking-point.json?id={tp_id}").json()["evidence"]
        assert counts([page["point"]]) == counts([point])
        passages = list(csv.DictReader(io.StringIO(browser.get(f"/talking-point.csv?id={tp_id}").text)))
        assert main(["show", str(news.path), tp_id, "--limit", "0", "--json"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert counts([said["talking_point"]]) == counts([point])
        assert len(passages) == len(said["passages"]) == said["of"] == point["n_passages"]
        assert sorted(row["doc_id"] for row in passages) == sorted(row["doc_id"] for row in said["passages"])
        assert page["reasons"] == said["talking_point"]["reasons"]


@pytest.mark.parametrize("rank", ["score", "burst", "first", "independent"])
def test_filters_mean_the_same_in_the_command_on_the_page_and_in_the_report(
    news: Study, browser: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str], rank: str
) -> None:
    (use,) = news.sql(
        """
        SELECT source, min(time)::DATE::VARCHAR AS since, max(time)::DATE::VARCHAR AS until
        FROM passages GROUP BY 1 ORDER BY count(DISTINCT tp_id) DESC, 1 LIMIT 1
        """
    ).to_pylist()
    since, until = use["since"], f"{use['until'][:-2]}15"
    how = ["--source", use["source"], "--since", since, "--until", until, "--label", "line", "--rank", rank]
    assert main(["show", str(news.path), *how, "--limit", "0", "--json"]) == 0
    wanted = [row["tp_id"] for row in json.loads(capsys.readouterr().out)["talking_points"]]
    assert len(wanted) > 1
    asked = {"source": use["source"], "since": since, "until": until, "label": "line", "sort": rank}
    file = csv.DictReader(io.StringIO(browser.get("/talking-points.csv", params=asked).text))
    assert [row["tp_id"] for row in file] == wanted
    assert main(["report", str(news.path), str(tmp_path / "r.html"), *how, "--top", "500", "--quiet", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["of"] == len(wanted)
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert set(re.findall(r'<article class="point" id="tp-([0-9a-f]+)"', html)) == set(wanted)


def test_labels_and_sources_are_counted_alike(
    news: Study, browser: TestClient, points: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    overview = browser.get("/overview.json").json()
    labels = overview["found"]["labels"]
    for label, n in labels.items():
        assert main(["show", str(news.path), "--label", label, "--json", "--limit", "1"]) == 0
        assert json.loads(capsys.readouterr().out)["of"] == n == sum(row["label"] == label for row in points)
    assert sum(labels.values()) == overview["found"]["talking_points"] == len(points)
    rows = list(csv.DictReader(io.StringIO(browser.get("/sources.csv").text)))
    assert len(rows) == overview["read"]["sources"]
    assert sum(int(row["documents"]) for row in rows) == overview["read"]["documents"]
    for row in rows[:5]:
        assert main(["show", str(news.path), "--source", row["source"], "--json", "--limit", "1"]) == 0
        assert json.loads(capsys.readouterr().out)["of"] == int(row["talking_points"])
        found = browser.get("/talking-points.json", params={"source": row["source"]}).json()
        assert found["total"] == int(row["talking_points"])


def test_ties_are_counted_alike_everywhere(
    news: Study, browser: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(rows: Any) -> list[tuple[str, ...]]:
        return sorted((row["source_a"], row["source_b"], str(row["observed"]), str(row["occasions"])) for row in rows)

    rows = news.sql(f"SELECT * FROM ties WHERE q_value <= {LEVEL}").to_pylist()
    wanted = told(rows)
    assert main(["ties", str(news.path), "--json", "--limit", "0", "--quiet"]) == 0
    assert told(json.loads(capsys.readouterr().out)["ties"]) == wanted
    assert told(csv.DictReader(io.StringIO(browser.get(f"/ties.csv?q={LEVEL}").text))) == wanted
    assert browser.get("/overview.json").json()["tested"]["tied"] == len(wanted)
    assert browser.get(f"/network.json?q={LEVEL}").json()["total"] == len(wanted)
    news.export(tmp_path / "ties.gexf", "gexf", max_q=LEVEL)
    edges = ElementTree.parse(tmp_path / "ties.gexf").iter(f"{GEXF}edge")
    assert len(list(edges)) == len(wanted)
    for row in rows[:3]:
        page = browser.get("/tie.json", params={"a": row["source_a"], "b": row["source_b"]}).json()["tie"]
        assert (page["observed"], page["occasions"]) == (row["observed"], row["occasions"])
