"""A report: what is in it, that it holds all it needs and nothing of a document's making, and where it goes."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

import inchorus
from hostile import MARK
from inchorus.api import Study
from inchorus.cli.main import main
from inchorus.errors import InchorusError, UsageError
from inchorus.labels import LABELS
from inchorus.ui import report as reporting
from ui.test_markup import Markup

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class OneFile(Markup):
    """A report: as any page of ours, but with its one style sheet, its one script and its icon in it."""

    def __init__(self) -> None:
        super().__init__()
        self.style: list[str] = []
        self.script: list[str] = []
        self.policy: list[str] = []
        self.places: list[str] = []
        self.to: list[str] = []
        self.opened: list[str] = []
        self._own: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("http-equiv"):
            assert (tag, list(given)) == ("meta", ["http-equiv", "content"])
            self.policy.append(given["content"] or "")
            return
        if (tag, attrs) == ("style", []) or (tag, attrs) == ("script", [("type", "module")]):
            self._own = self.style if tag == "style" else self.script
            return
        if tag == "link":
            assert given["rel"] == "icon"
            assert (given["href"] or "").startswith("data:image/svg+xml;base64,")
            return
        super().handle_starttag(tag, attrs)
        self.places += [value or "" for name, value in attrs if name == "id"]
        self.to += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        if tag == "details" and "open" in given:
            self.opened.append(given.get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "script"}:
            self._own = None
        super().handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self._own is None:
            super().handle_data(data)
        else:
            self._own.append(data)


def read(path: Path) -> OneFile:
    parsed = OneFile()
    parsed.feed(path.read_text(encoding="utf-8"))
    parsed.close()
    return parsed


def points(parsed: OneFile) -> list[str]:
    """The ids of the talking points in a report, in order."""
    return [place.removeprefix("tp-") for place in parsed.places if place.startswith("tp-")]


def ranked(study: Study, where: str = "true") -> list[str]:
    sql = f"SELECT tp_id FROM talking_points WHERE {where} ORDER BY score DESC, tp_id"
    return list(study.sql(sql)["tp_id"].to_pylist())


@pytest.fixture(scope="module")
def attack(attacks: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "attack.html"
    attacks.report(path, label=LABELS)
    return path


def test_it_holds_nothing_but_what_the_templates_write(attacks: Study, attack: Path) -> None:
    parsed = read(attack)
    assert parsed.faults == []
    assert sorted(points(parsed)) == sorted(ranked(attacks)[:100])
    assert MARK in "".join(parsed.shown)  # the attacks are there to be read
    assert not [text for text in parsed.shown if CONTROL.search(text)]


def test_it_has_what_was_used_in_some_days_in_the_order_that_is_asked_for(small: Study, tmp_path: Path) -> None:
    path = tmp_path / "may.html"
    done = small.report(path, since="2024-03-05", until="2024-03-09", rank="words", top=4, ties=0)
    wanted = small.show(since="2024-03-05", until="2024-03-09", rank="words", limit=0)["talking_points"]
    assert 4 < len(wanted) == done.of < small.talking_points.arrow().num_rows
    assert points(read(path)) == [row["tp_id"] for row in wanted[:4]]
    assert "from 2024-03-05 until 2024-03-09" in " ".join(path.read_text(encoding="utf-8").split())
    assert main(["report", str(small.path), str(path), "--since", "2024-03-09", "--until", "2024-03-05"]) == 2
    assert main(["report", str(small.path), str(path), "--rank", "sources", "--label", "line", "--quiet"]) == 0
    by_sources = small.show(rank="sources", label="line", limit=0)["talking_points"]
    assert points(read(path)) == [row["tp_id"] for row in by_sources]


def test_data_for_the_charts_is_whole(attack: Path) -> None:
    parsed = read(attack)
    assert len(parsed.scripts) > len(points(parsed))  # a timeline each, and what was published when
    for block in parsed.scripts:
        assert "<" not in block
        json.loads(block)


def test_only_its_own_script_and_style_may_run_and_nothing_is_loaded(attack: Path) -> None:
    parsed = read(attack)
    hashes = [
        b64encode(hashlib.sha256("".join(parts).encode()).digest()).decode() for parts in (parsed.script, parsed.style)
    ]
    assert parsed.policy == [
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    ]
    assert len("".join(parsed.script)) > 100_000  # with what draws the charts
    assert not re.search(r"\bimport\b\s*[\"'{(*]", "".join(parsed.script))
    assert not re.search(r"@import|url\(", "".join(parsed.style))


def test_links_lead_within_it_or_to_addresses_of_documents(attack: Path) -> None:
    parsed = read(attack)
    assert len(parsed.places) == len(set(parsed.places))
    within = [to for to in parsed.to if to.startswith("#")]
    assert {to[1:] for to in within} <= set(parsed.places)
    outward = {to for to in parsed.to if not to.startswith("#")}
    assert outward
    assert all(re.match(r"https?://[\w.]+/", to) for to in outward)


def test_a_chart_leads_to_the_passages_that_are_there(attack: Path) -> None:
    parsed = read(attack)
    rows = [row for block in parsed.scripts for row in json.loads(block)["rows"] if "href" in row]
    assert rows
    assert {row["href"][1:] for row in rows} <= set(parsed.places)


def test_ties_and_groups_are_told_with_what_they_rest_on(attacks: Study, tmp_path: Path) -> None:
    tied = attacks.sql("SELECT count(*) AS n FROM ties WHERE q_value <= 0.05")["n"][0].as_py()
    done = attacks.report(tmp_path / "some.html", ties=3)
    assert (done.ties, tied > 3) == (3, True)
    text = " ".join(" ".join(read(tmp_path / "some.html").shown).split())
    assert f"The 3 strongest; {tied - 3} more are in the study." in text
    assert text.count("They are of a set of sources that came together again and again.") == 3
    assert "It does not say why." in text
    assert attacks.report(tmp_path / "none.html", ties=0).ties == 0
    none = (tmp_path / "none.html").read_text(encoding="utf-8")
    assert 'id="ties"' not in none
    assert 'id="groups"' not in none


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Daily Courier"], "What Daily Courier says in the words of others"),
        (["Daily Courier", "山谷日报"], "What Daily Courier and 山谷日报 say in the words of others"),
        (
            ["Daily Courier", "Valley Post", "山谷日报", "جريدة الوادي"],
            "What Daily Courier, Valley Post, 山谷日报 and 1 more say in the words of others",
        ),
    ],
)
def test_its_title_names_the_sources(small: Study, tmp_path: Path, names: list[str], said: str) -> None:
    small.report(tmp_path / "r.html", source=names)
    assert said in " ".join("".join(read(tmp_path / "r.html").shown).split())


def test_a_study_without_ties_says_so(small: Study, tmp_path: Path) -> None:
    small.report(tmp_path / "r.html")
    assert "Ties were not looked for in this study" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_it_has_the_talking_points_that_are_asked_for(small: Study, tmp_path: Path) -> None:
    def asked(**options: Any) -> list[str]:
        done = small.report(tmp_path / "r.html", **options)
        found = points(read(tmp_path / "r.html"))
        assert done.talking_points == len(found)
        return found

    assert asked() == ranked(small)
    assert asked(top=2) == ranked(small)[:2]
    assert asked(label="line") == ranked(small, "label = 'line'")
    assert asked(label=["quotation", "title"]) == ranked(small, "label IN ('quotation', 'title')")
    users = "tp_id IN (SELECT tp_id FROM passages WHERE source = '山谷日报')"
    assert asked(source="山谷日报", label=LABELS) == ranked(small, users)
    assert len(ranked(small, users)) < len(ranked(small))
    chosen = [ranked(small)[7], ranked(small)[2]]
    assert asked(point=[chosen[0].upper(), chosen[1][:12], chosen[0]]) == chosen


def test_chosen_talking_points_are_unfolded_and_others_folded(small: Study, tmp_path: Path) -> None:
    small.report(tmp_path / "r.html", point=ranked(small)[0])
    assert read(tmp_path / "r.html").opened == ["entry"]
    small.report(tmp_path / "r.html")
    assert read(tmp_path / "r.html").opened == []


def test_it_says_how_many_passages_are_not_in_it(small: Study, tmp_path: Path) -> None:
    point = ranked(small, "n_passages = 6")[0]
    small.report(tmp_path / "r.html", point=point, passages=2)
    parsed = read(tmp_path / "r.html")
    assert [place for place in parsed.places if re.match(r"\d+-p-", place)] == ["1-p-1", "1-p-2"]
    assert "by their first use" in "".join(parsed.shown), "not all are listed"
    assert "4 later passages are in the study." in "".join(parsed.shown)


def test_it_names_who_was_first_and_licences_of_its_scripts(small: Study, tmp_path: Path) -> None:
    small.report(tmp_path / "r.html", point=ranked(small)[0])
    text = " ".join(" ".join(read(tmp_path / "r.html").shown).split())
    assert re.search(r"Earliest in this corpus:\s+Daily Courier", text)
    assert "Copyright" in text
    assert "Observable" in text


def test_a_report_of_nothing_says_so(small: Study, tmp_path: Path) -> None:
    study = inchorus.open(Path(shutil.copytree(small.path, tmp_path / "s")))
    assert ranked(study, "label = 'line' AND tp_id IN (SELECT tp_id FROM passages WHERE source = 'Evil \x1b[2J')") == []
    done = study.report(tmp_path / "r.html", source="Evil \x1b[2J", label="line")
    assert (done.talking_points, done.of) == (0, 0)
    assert "No wording is like this" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_the_same_study_gives_the_same_bytes_over_what_was_there(attacks: Study, tmp_path: Path) -> None:
    first = attacks.report(tmp_path / "r.html", top=5).path.read_bytes()
    assert attacks.report(tmp_path / "r.html", top=5).bytes == len(first)
    assert (tmp_path / "r.html").read_bytes() == first
    assert [p.name for p in tmp_path.iterdir()] == ["r.html"]


@pytest.mark.parametrize("content", ["years of work", '<!doctype html>\n<html lang="en">\n<head>my page</head>'])
def test_what_is_no_report_is_left_alone_unless_forced(small: Study, tmp_path: Path, content: str) -> None:
    file = tmp_path / "thesis.html"
    file.write_text(content)
    with pytest.raises(UsageError, match=r"not a report, so it is left alone.*--force"):
        small.report(file)
    assert file.read_text() == content
    small.report(file, force=True)
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>\n<html")
    with pytest.raises(UsageError, match="inside the study"):
        small.report(small.path / "r.html")


def test_a_failure_leaves_what_was_there(small: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small.report(tmp_path / "r.html")
    before = (tmp_path / "r.html").read_bytes()

    def broken(*args: Any, **options: Any) -> Any:
        assert len(list(tmp_path.iterdir())) == 2  # it fails in the midst of writing
        raise OSError("the disk is gone")

    monkeypatch.setattr(reporting, "evidence", broken)
    with pytest.raises(OSError, match="disk"):
        small.report(tmp_path / "r.html")
    assert (tmp_path / "r.html").read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["r.html"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"topp": 1}, "did you mean 'top'"),
        ({"label": "lines"}, "did you mean 'line'"),
        ({"source": "Daily Courrier"}, "did you mean 'Daily Courier'"),
        ({"point": "zz"}, "no talking point has the id 'zz'; list them with"),
        ({"point": ""}, "no talking point has the id ''"),
        ({"top": 0}, "--top 0 is too few"),
        ({"point": "a", "source": "Daily Courier"}, "say twice what to report"),
    ],
)
def test_what_is_wrong_is_said(small: Study, tmp_path: Path, options: dict[str, Any], message: str) -> None:
    with pytest.raises(InchorusError, match=message):
        small.report(tmp_path / "r.html", **options)
    assert not list(tmp_path.iterdir())


def test_the_command_says_what_it_wrote(small: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a\x1b[31m.html"
    assert main(["report", str(small.path), str(file), "--top", "2"]) == 0
    out, err = capsys.readouterr()
    assert re.fullmatch(r"wrote \S+a␛\[31m\.html: 2 of 23 talking points, 0 ties, 0\.\d MB\n", out)
    assert "write report: 2 talking points" in err
    assert main(["report", str(small.path), str(file), "--json", "--quiet", "--point", ranked(small)[0]]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    summary = json.loads(out)
    assert (summary["talking_points"], summary["of"], summary["ties"]) == (1, 1, 0)
    assert summary["bytes"] == file.stat().st_size


def test_the_context_of_the_first_passage_is_not_given_again_at_each_comparison(tmp_path: Path) -> None:
    line = "nobody in this valley will ever pay for the same water twice again this year"
    before = {"Herald": "Rivers rise fast here.", "Courier": "Mayor Ortiz spoke.", "Post": "Old promises die hard."}
    rows = [
        {"source": source, "time": f"2024-05-0{day}", "text": f"{said} {line}. The end of it."}
        for day, (source, said) in enumerate(before.items(), 1)
    ]
    inchorus.find(rows, out=tmp_path / "study").report(tmp_path / "r.html", label=LABELS)
    text = " ".join("".join(read(tmp_path / "r.html").shown).split())
    counts = [text.count(said) for said in before.values()]
    assert counts == [2, 2, 2], "in one comparison and in the list"
    assert text.count("Herald has it") == 2
