"""A report: the evidence of a study, or of some talking points of it, as one page in one file that loads nothing."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from inchorus.errors import UsageError
from inchorus.evidence.as_one import as_one
from inchorus.evidence.asking import check_sources
from inchorus.evidence.groups import group_lines, groups
from inchorus.evidence.points import Wanted, check_wanted, find_point, ids_by_rank, of_ids
from inchorus.evidence.quotes import add_quotes
from inchorus.evidence.tested import strongest, tied
from inchorus.export.place import check_file, check_outside, new_file
from inchorus.labels import RANKED_BY
from inchorus.progress import Progress
from inchorus.study import OLDER, Study
from inchorus.ui.assets import assets
from inchorus.ui.evidence import evidence, read
from inchorus.ui.links import Within
from inchorus.ui.one_script import one_script
from inchorus.ui.page import Ask
from inchorus.ui.pages.overview import overview
from inchorus.ui.pages.tie import tie
from inchorus.ui.pages.ties import how_tested
from inchorus.ui.reader import Reader
from inchorus.ui.render import templates
from inchorus.ui.vendored import vendored

STYLES = ("style.css", "charts.css", "point.css", "ties.css", "report.css")
AGAINST = 2  # sources whose earliest passage stands beside the first
AROUND = 200  # characters of context on either side of them
NEAR = 140  # and of a passage in the list
LINES = 5  # lines given of a tie, the first two of them side by side
INLINE = 2
VARIED = 6  # variations shown of one talking point
GROUPS = 5
BATCH = 50  # talking points whose texts are read at a time, and between two signposts
HEADING = 240  # characters of a wording in the list
NAMED = 60  # characters of a title in a chart
# How a report begins, and no other page.
_HEAD = (
    b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    b'<meta name="generator" content="inchorus report">'
)


@dataclass(frozen=True)
class ReportOptions:
    """What is reported, and how much of it.

    The `top` talking points by `rank`, one of `labels.RANKS`, with one of the labels `label` that one of the sources
    `source` uses from `since` to `until`, any label, source or day if there is none; or the talking points `point`
    (ids, or how they begin) and no others, in that order. Of each at most `passages` passages, the earliest; the
    strongest `ties`, 0 for no ties and groups. `force` replaces a file of any kind.
    """

    top: int = 100
    label: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    point: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    rank: str = "score"
    passages: int = 8
    ties: int = 10
    force: bool = False

    def wanted(self) -> Wanted:
        """Which talking points, but for their sources."""
        return Wanted(self.label, None, self.since, self.until, self.rank)


@dataclass(frozen=True)
class Reported:
    """What was written: the file, its size in bytes, the talking points in it, `of` how many, and the ties."""

    path: Path
    bytes: int
    talking_points: int
    of: int
    ties: int


def report(study: Study, path: Path, options: ReportOptions, progress: Progress) -> Reported:
    """Write the report to `path`, where it is put whole at the end.

    Its bytes depend on the study and the options alone. UsageError where an option or the place is wrong.
    """
    _check(options)
    check_outside(path, study.path)
    check_file(path, "a report", lambda head: head.startswith(_HEAD), options.force)
    if study.older:
        progress.note(f"{OLDER}, and are left out; test them again: inchorus ties {study.path}")
    with progress.stage("read study", None, "tables"):
        reader = Reader(study, left=())
    try:
        ids, of = _chosen(reader, options)
        ids, under = (ids, frozenset[str]()) if options.point else _together(reader, ids)
        ties = _ties(reader, options)
        data = _page(reader, options, ids, under, of, ties, progress)
        with new_file(path) as new:
            with new.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(templates().get_template("report.html").generate(data))
                file.write("\n")
            size = new.stat().st_size
    finally:
        reader.close()
    return Reported(path, size, len(ids), of, len(ties))


def _check(options: ReportOptions) -> None:
    check_wanted(options.wanted())
    for name, least in (("top", 1), ("passages", 1), ("ties", 0)):
        if getattr(options, name) < least:
            raise UsageError(f"--{name} {getattr(options, name)} is too few", fix=f"give {least} or more")
    if options.point and options.source:
        raise UsageError("--point and --source say twice what to report", fix="give one of them")
    if options.point and (options.since or options.until or options.rank != "score"):
        raise UsageError("--point says what to report, in which order", fix="leave out --since, --until and --rank")


def _chosen(reader: Reader, options: ReportOptions) -> tuple[list[str], int]:
    """The ids of the talking points to be reported, and of how many they are."""
    if options.point:
        ids = list(dict.fromkeys(find_point(reader.rows, x, reader.study.path)["tp_id"] for x in options.point))
        return ids, len(ids)
    check_sources(reader.rows, options.source)
    ids = ids_by_rank(reader.rows, options.wanted(), options.source)
    return ids[: options.top], len(ids)


def _together(reader: Reader, ids: list[str]) -> tuple[list[str], frozenset[str]]:
    """The ids with those that are nearly the same behind each other, and which of them are not the first of these."""
    points = of_ids(reader.rows, ids)
    add_quotes(points, reader.rows, reader.texts)
    by_id = {point["tp_id"]: point for point in points}
    entries = [[head, *head["also"]] for head in as_one([by_id[tp_id] for tp_id in ids], reader.rows)]
    under = frozenset(point["tp_id"] for entry in entries for point in entry[1:])
    return [point["tp_id"] for entry in entries for point in entry], under


def _page(
    reader: Reader,
    options: ReportOptions,
    ids: list[str],
    under: frozenset[str],
    of: int,
    ties: list[dict[str, Any]],
    progress: Progress,
) -> dict[str, Any]:
    """What the template takes; the talking points are made as it comes to them."""
    script, style = _script(), _style()
    icon = b64encode(assets()["icon.svg"].content).decode("ascii")
    return {
        **overview(reader, Ask("/overview")).data,
        "options": options,
        "ranked_by": RANKED_BY[options.rank],
        "of": of,
        "chosen": len(ids),
        "under": under,
        "batch": BATCH,
        "shown_of_wording": HEADING,
        "points": _points(reader, options, ids, progress),
        "dossiers": ties,
        "tied": tied(reader.rows, options.source),
        "test": how_tested(reader),
        **_groups(reader, options),
        "links": Within(frozenset(ids)),
        "icon": f"data:image/svg+xml;base64,{icon}",
        "style": style,
        "script": script,
        "policy": policy(script, style),
        "scripts_of": [package for package in vendored() if "plot.js" in package.files],
    }


def _points(reader: Reader, options: ReportOptions, ids: list[str], progress: Progress) -> Iterator[dict[str, Any]]:
    """The evidence of each talking point."""
    with progress.stage("write report", len(ids), "talking points") as advance:
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            found = read(reader, batch, max(options.passages, AGAINST + 1))
            for n, tp_id in enumerate(batch, start + 1):
                shown = evidence(
                    reader,
                    tp_id,
                    against=AGAINST,
                    around=AROUND,
                    near=NEAR,
                    per_page=options.passages,
                    found=found[tp_id],
                    prefix=f"{n}-",
                    varied=VARIED,
                )
                yield _lean(shown)
                advance(1)


def _lean(found: dict[str, Any]) -> dict[str, Any]:
    """The same with less of what stands there already, and nothing that a chart can do without.

    A long stretch like the canonical wording is not given again, nor the context of a passage that was set beside
    another before.
    """
    varied = found["variations"]["rows"] if found["variations"] else []
    for row in [*found["passages"], *found["wordings"], *varied]:
        _fold_away(row["pieces"])
    for sides in found["comparisons"][1:]:
        for end in ("before", "after"):
            sides["left"][end] = "…" if sides["left"][end] else ""
    timeline = found["timeline"]
    for row in timeline["rows"]:
        row["label"] = row["label"][:NAMED]
        if row["precision"] in {"day", "month", "year"}:
            row["time"] = row["time"][:10]
    rows = [{name: value for name, value in row.items() if value} for row in timeline["rows"]]
    return {**found, "timeline": {**timeline, "rows": rows}}


def _fold_away(pieces: list[dict[str, Any]]) -> None:
    """Leave out what is folded and the same."""
    for piece in pieces:
        if piece["folded"] and piece["op"] == "same":
            piece["text"] = ""


def _ties(reader: Reader, options: ReportOptions) -> list[dict[str, Any]]:
    """The dossiers of the strongest ties, each cut to a few lines."""
    rows = strongest(reader.rows, options.ties, options.source)
    out = []
    for row in rows:
        ask = Ask("/tie", (("a", row["source_a"]), ("b", row["source_b"]), ("kind", row["kind"])))
        data = dict(tie(reader, ask).data)
        shown = "shared" if "shared" in data else "pairs"
        for line in data[shown][:INLINE]:
            for side in ("left", "right"):
                _fold_away(line[side]["pieces"] if side in line else [])
        out.append({**data, shown: data[shown][:LINES], "inline": INLINE})
    return out


def _groups(reader: Reader, options: ReportOptions) -> dict[str, Any]:
    """The largest groups, of some sources if they are named, with their lines; and how many there are."""
    every = groups(reader.rows) if options.ties else []
    if options.source:
        every = [g for g in every if {m["source"] for m in g["members"]} & set(options.source)]
    shown = every[:GROUPS]
    members = {g["group_id"]: [m["source"] for m in g["members"]] for g in shown}
    lines = group_lines(reader.rows, members, 3)
    add_quotes([line for some in lines.values() for line in some], reader.rows, reader.texts)
    for n, group in enumerate(shown, 1):
        group["n"] = n
        group["members"].sort(key=lambda m: (-m["strength"], m["source"]))
        group["lines"] = lines[group["group_id"]]
    return {"groups": shown, "groups_in_all": len(every)}


def _script() -> str:
    sources = {name: a.content.decode("utf-8") for name, a in assets().items() if name.endswith(".js")}
    return one_script("report.js", sources)


def _style() -> str:
    known = assets()
    return "".join(known[name].content.decode("utf-8") for name in STYLES)


def policy(script: str, style: str) -> str:
    """The Content-Security-Policy of a page whose only script and style sheet are these: nothing else runs or loads."""
    hashes = [b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") for text in (script, style)]
    return (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
