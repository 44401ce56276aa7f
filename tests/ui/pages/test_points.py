"""The table of talking points: what filters let through, in what order, and page by page."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from inchorus import find
from inchorus.errors import UsageError
from inchorus.evidence.filtered import SORTS
from inchorus.labels import RANKS
from inchorus.study import write_study
from inchorus.ui.app import application
from inchorus.ui.page import Ask, MissingError
from inchorus.ui.pages.points import ROWS, points
from inchorus.ui.reader import Reader
from made_study import SOURCES, made, tables


def shown(reader: Reader, **query: object) -> dict[str, Any]:
    pairs = [(k.rstrip("_"), str(v)) for k, vs in query.items() for v in (vs if isinstance(vs, list) else [vs])]
    return dict(points(reader, Ask("/talking-points", tuple(pairs))).data)


def ranks(reader: Reader, **query: object) -> list[int]:
    return [row["rank"] for row in shown(reader, **query)["rows"]]


@pytest.fixture(scope="module")
def all_rows(reader: Reader) -> list[dict[str, Any]]:
    return reader.rows("SELECT * FROM talking_points ORDER BY rank")


def test_without_a_filter_all_are_there_by_their_rank(reader: Reader) -> None:
    data = shown(reader)
    assert [row["rank"] for row in data["rows"]] == list(range(1, 24))
    assert (data["total"], data["all"], data["pages"]) == (23, 23, 1)
    assert data["filters"] == []


def test_labels_add_up_and_their_counts_do_not_depend_on_the_choice(
    reader: Reader, all_rows: list[dict[str, Any]]
) -> None:
    wanted = [row["rank"] for row in all_rows if row["label"] in {"line", "title"}]
    assert ranks(reader, label=["line", "title"]) == wanted
    counts = {row["label"]: row["n"] for row in shown(reader)["labels"]}
    assert sum(counts.values()) == 23
    assert {row["label"]: row["n"] for row in shown(reader, label="line")["labels"]} == counts
    assert [row["label"] for row in shown(reader, label="line")["labels"] if row["chosen"]] == ["line"]


def test_a_source_has_the_points_that_it_uses(reader: Reader) -> None:
    for source in SOURCES:
        wanted = reader.rows(
            "SELECT DISTINCT rank FROM talking_points JOIN passages USING (tp_id) WHERE source = ? ORDER BY rank",
            [source],
        )
        assert ranks(reader, source=source) == [row["rank"] for row in wanted]


def test_days_are_whole_and_both_included(reader: Reader) -> None:
    # Point k (from 0) is used from 1 March plus k days on, by one source a day; one passage of point 1 has no time.
    assert ranks(reader, from_="2024-03-01", to="2024-03-01") == [1]
    assert ranks(reader, from_="2024-03-02", to="2024-03-02") == [1, 2]
    assert ranks(reader, to="2024-03-01") == [1]
    assert ranks(reader, from_="2024-03-26", to="9999-12-31") == [23]
    assert ranks(reader, to="0001-01-01") == []


def test_source_and_day_hold_of_the_same_passage(reader: Reader) -> None:
    # The first source uses each point on its first day only.
    assert ranks(reader, source=SOURCES[0], from_="2024-03-05", to="2024-03-05") == [5]
    assert 5 in ranks(reader, source=SOURCES[1], from_="2024-03-06", to="2024-03-06")
    assert 5 not in ranks(reader, source=SOURCES[1], from_="2024-03-05", to="2024-03-05")


def test_least_number_of_sources(reader: Reader, all_rows: list[dict[str, Any]]) -> None:
    assert ranks(reader, min_sources=4) == [row["rank"] for row in all_rows if row["n_sources"] >= 4]
    assert ranks(reader, min_sources=7) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [("clean water", 1), ("WATER Clean", 1), ("лет", 0), ("долине", 5), ("ДОЛИНЕ", 5), ("مياه", 3), ("山谷", 4),
      ("%", 0), ("_", 0)],
)  # fmt: skip
def test_words_are_found_in_any_order_and_case_and_mean_themselves(reader: Reader, words: str, found: int) -> None:
    assert (ranks(reader, q=words) or [0])[0] == found


def test_language_is_asked_for_only_where_a_study_has_some(reader: Reader, tmp_path: Path) -> None:
    assert shown(reader)["languages"] == []
    rows = tables()
    languages = ["sw" if d.endswith("-0") and d < "d004" else None for d in rows["documents"]["doc_id"].to_pylist()]
    at = rows["documents"].schema.get_field_index("language")
    rows["documents"] = rows["documents"].set_column(at, "language", pa.array(languages, pa.string()))
    base = {"options": {}, "seed": 0, "inputs": [], "started": "2024-01-01T00:00:00+00:00"}
    other = Reader(write_study(tmp_path / "study", rows, base))
    assert shown(other)["languages"] == ["sw"]
    assert ranks(other, language="sw") == [1, 2, 3, 4]
    with pytest.raises(MissingError, match="no document has the language 'sv'; did you mean 'sw'"):
        shown(other, language="sv")
    other.close()


def test_names_and_values_that_are_not_there_are_said_to_be(reader: Reader) -> None:
    with pytest.raises(MissingError, match="did you mean 'Daily Courier'"):
        shown(reader, source="Daily Currier")
    with pytest.raises(UsageError, match="did you mean 'words'"):
        shown(reader, sort="word")
    with pytest.raises(UsageError, match="the last day is before the first"):
        shown(reader, from_="2024-03-02", to="2024-03-01")


@pytest.mark.parametrize("name", SORTS)
@pytest.mark.parametrize("sign", ["", "-"])
def test_every_column_sorts_both_ways(reader: Reader, all_rows: list[dict[str, Any]], name: str, sign: str) -> None:
    column, greatest_first = SORTS[name]
    found = [row[column] for row in shown(reader, sort=sign + name)["rows"]]
    assert found == sorted(found, reverse=greatest_first != bool(sign))
    assert len(found) == len(all_rows)
    now = {k: c["now"] for k, c in shown(reader, sort=sign + name)["columns"].items() if c["now"]}
    assert now == {name: "descending" if greatest_first != bool(sign) else "ascending"}


def test_equals_are_in_the_order_of_their_ranks(reader: Reader) -> None:
    rows = shown(reader, sort="sources")["rows"]
    assert [(-row["n_sources"], row["rank"]) for row in rows] == sorted((-r["n_sources"], r["rank"]) for r in rows)


def test_the_head_of_a_column_turns_the_order_round(reader: Reader) -> None:
    assert shown(reader, sort="sources")["columns"]["sources"]["to"] == "/talking-points?sort=-sources"
    assert shown(reader, sort="-sources")["columns"]["sources"]["to"] == "/talking-points?sort=sources"
    assert shown(reader)["columns"]["score"]["to"] == "/talking-points?sort=-score"


def test_the_menu_offers_what_the_command_ranks_by(reader: Reader) -> None:
    assert [name for name, _ in shown(reader)["sorts"]] == list(RANKS)
    assert set(SORTS) == set(RANKS)
    assert shown(reader, sort="-burst")["sorts"][-1] == ("-burst", "the greatest burst, turned round")


def test_addresses_of_before_are_understood(reader: Reader) -> None:
    days = {"from": "2024-03-01", "to": "2024-03-05"}
    assert ranks(reader, **days) == ranks(reader, since=days["from"], until=days["to"])
    assert shown(reader, sort="-rank")["rows"] == shown(reader, sort="-score")["rows"]
    older = {f["name"]: parse_qsl(urlsplit(f["without"]).query) for f in shown(reader, **days)["filters"]}
    assert older == {"since": [("to", days["to"])], "until": [("from", days["from"])]}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(made(tmp_path_factory.mktemp("many") / "study", points=2 * ROWS + 7))


def test_pages_together_hold_every_row_once(many: Reader) -> None:
    found = [rank for page in (1, 2, 3) for rank in ranks(many, page=page, sort="words")]
    assert len(found) == len(set(found)) == 2 * ROWS + 7
    data = shown(many, page=3)
    assert (data["page"], data["pages"], data["from_row"], len(data["rows"])) == (3, 3, 2 * ROWS + 1, 7)


def test_a_page_past_the_last_is_the_last(many: Reader) -> None:
    assert shown(many, page=99)["page"] == 3
    assert shown(many, page=99, q="nowhere")["page"] == 1


def test_the_file_has_all_rows_that_pass_the_filters_and_in_the_same_order(many: Reader) -> None:
    client = TestClient(application(many), base_url="http://127.0.0.1")
    query = "min_sources=3&sort=-words&page=2"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/talking-points.csv?{query}").text)))
    wanted = [rank for page in (1, 2) for rank in ranks(many, min_sources=3, sort="-words", page=page)]
    assert [int(row["rank"]) for row in rows] == wanted
    assert ROWS < len(rows) == shown(many, min_sources=3)["total"]
    empty = client.get("/talking-points.csv?q=nowhere").text
    assert empty.startswith("rank,tp_id,text,")
    assert empty.count("\r\n") == 1


def test_each_filter_can_be_taken_away_alone(reader: Reader) -> None:
    query = {"label": ["line", "title"], "source": SOURCES[1], "min_sources": 3, "q": "the"}
    filters = {f["shown"]: f["without"] for f in shown(reader, **query)["filters"]}
    assert list(filters) == ["line", "title", f"used by {SOURCES[1]}", "3 sources or more", "wording with the"]
    left = parse_qsl(urlsplit(filters["line"]).query)
    assert left == [("source", SOURCES[1]), ("min_sources", "3"), ("q", "the"), ("label", "title")]
    assert "min_sources" not in dict(parse_qsl(urlsplit(filters["3 sources or more"]).query))


def test_the_page_links_its_rows_and_keeps_what_was_asked(many: Reader) -> None:
    client = TestClient(application(many), base_url="http://127.0.0.1")
    page = client.get("/talking-points?q=the&label=quotation&page=1").text
    assert 'name="q" value="the"' in page
    assert 'value="quotation" checked' in page
    assert 'href="/talking-point?id=' in page
    assert 'type="hidden" name="page"' not in page


KEYS = st.sampled_from(
    ["q", "label", "source", "since", "until", "from", "to", "min_sources", "language", "sort", "page", "x"]
)
VALUES = st.text(max_size=20) | st.sampled_from(
    ["2024-03-01", "9999-12-31", "0001-01-01", "-3", "1", "line", "rank", "-last", SOURCES[0]]
)


@settings(deadline=None)  # a busy machine is slow
@given(st.lists(st.tuples(KEYS, VALUES), max_size=6))
def test_any_address_is_answered_or_refused(reader: Reader, query: list[tuple[str, str]]) -> None:
    ask = Ask("/talking-points", tuple(query))
    try:
        data = points(reader, ask).data
    except (UsageError, MissingError):
        return
    assert 0 <= data["total"] <= 23
    assert len(data["rows"]) == min(ROWS, data["total"])
    whole = points(reader, Ask(ask.path, ask.query, whole=True)).tables["talking_points"]
    assert len(whole) == data["total"]


def test_wordings_are_shown_in_whole_sentences_and_what_is_not_shared_softly(tmp_path: Path) -> None:
    line = "nobody in this valley will ever pay twice for clean water"
    rows = [{"source": "a", "text": f"I say {line}."}, {"source": "b", "text": f"They hold {line} or wine."}]
    study = find(rows, tmp_path / "s")
    with closing(Reader(study)) as reader, TestClient(application(reader), base_url="http://127.0.0.1") as client:
        for path in ("/talking-points", "/overview"):
            assert f'<span class="unshared">I say </span>{line}<span class="unshared">.</span>' in client.get(path).text
        assert f"I say {line}." in client.get("/talking-points.csv?table=talking_points").text
