"""A study, and what can be done with one: thin methods that hand the options of a command to what does the work."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never

from inchorus import flow, study
from inchorus.api.given import AnyPath, Names, day, none_wrong, own_errors, several
from inchorus.engine.duckdb import Relation
from inchorus.errors import UsageError
from inchorus.options import checked, path_of
from inchorus.progress import Silent
from inchorus.thresholds import LEVEL

if TYPE_CHECKING:
    from inchorus.check.in_meaning import InMeaning
    from inchorus.export.exported import Exported
    from inchorus.search.search import Search
    from inchorus.ui.report import Reported


class Ties(Relation):
    """The table `ties` of a study, read when asked for; called, it tests the ties with other options."""

    def __init__(self, of: Study) -> None:
        self._study = of

    def __getattr__(self, name: str) -> Any:
        if name not in {"_kept", "_rows", "_schema", "_reading"}:
            raise AttributeError(f"ties have no {name!r}")
        self.__dict__.update(vars(self._study.table("ties")))
        return self.__dict__[name]

    def __call__(
        self,
        *,
        without: Names | None = None,
        width: str | None = None,
        exchange_within: Names = (),
        kinds: Names | None = None,
        objects: Names = (),
        window: float | None = None,
        min_participation: int | None = None,
        attributes: AnyPath | None = None,
        same: Names = (),
        seed: int | None = None,
        threads: int | None = None,
        **wrong: Never,
    ) -> Relation:
        """Test every pair of sources, as `inchorus ties` does, and give the ties; groups and occasions follow.

        The tables are written into the study. What is not said stays as it was the last time. UsageError for a value
        that is not known.
        """
        given = {
            "without": without if without is None or isinstance(without, str) else ",".join(without or ["none"]),
            "width": width,
            "exchange_within": several(exchange_within),
            "kinds": kinds if kinds is None or isinstance(kinds, str) else ",".join(kinds),
            "objects": several(objects),
            "window": window,
            "min_participation": min_participation,
            "attributes": None if attributes is None else path_of(attributes, "attributes"),
            "same": several(same),
            "seed": seed,
            "threads": threads,
        }
        none_wrong(wrong, given)
        with own_errors():
            return self._study.become(flow.ties(self._study, given, Silent())).table("ties")


class Study(study.Study):
    """The tables of one run, and what can be done with them. Nothing is read before it is asked for.

    `path` is its folder, `manifest` the content of manifest.json as a dictionary.
    """

    def __init__(self, of: study.Study) -> None:
        self.become(of)

    def become(self, of: study.Study) -> Study:
        """Take over what the study has become; what it was first is held on to, as a temporary folder goes with it."""
        self._first: study.Study = getattr(self, "_first", of)
        self.path, self.manifest = of.path, of.manifest
        for name in ("usable", "older", "_meanings", "_index"):
            vars(self).pop(name, None)
        return self

    @property
    def ties(self) -> Ties:
        """Pairs of sources, and whether they share more than chance gives; `ties(…)` tests them with other options."""
        return Ties(self)

    def show(
        self,
        talking_point: str | None = None,
        *,
        label: Names = (),
        source: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        rank: str = "score",
        limit: int = 20,
    ) -> dict[str, Any]:
        """What `inchorus show --json` prints: the talking points that rank highest, or one with its evidence.

        `talking_point` is an id, or how one begins. `since` and `until` are days, as dates or as "2024-05-01"; `rank`
        is score, sources, documents, burst, first or words. `limit` 0 gives all rows. UsageError for an id, a label, a
        source, a day or a rank that there is not.
        """
        from inchorus.evidence.points import Wanted, shown

        with own_errors():
            first, last = day(since, "since"), day(until, "until")
            return shown(self, talking_point, Wanted(several(label), source, first, last, rank, limit))

    def check(
        self, text: str, *, source: str | None = None, limit: int = 5, paraphrase: str | None = None
    ) -> dict[str, Any]:
        """What `inchorus check --json` prints: which sentences of a text are whose, and who had each first.

        `paraphrase` names a model of meaning, as `find` takes one; "none" looks at words alone, and nothing takes the
        model that the study was made with, where it is installed.

        What `source` has published counts as the text's own. `limit` documents are given of each sentence, 0 for all.
        The documents are indexed when this is first called, which takes some seconds; later calls take less than one.
        UsageError for a source that there is not, InputError for a text without words or of more than 2,000,000
        characters.
        """
        from inchorus.check.check import Checker
        from inchorus.evidence.asking import asking
        from inchorus.search.rows import indexed

        if not isinstance(text, str):
            raise UsageError(f"text is {text!r:.60}", fix="give text")
        with own_errors():
            meaning = self._meaning(paraphrase)
            return Checker(self, *indexed(self._index), asking(self), meaning).check(text, source, limit)

    def claims(
        self,
        file: AnyPath | None = None,
        claim_id: str | None = None,
        *,
        limit: int = 20,
        paraphrase: str | None = None,
    ) -> dict[str, Any]:
        """What `inchorus claims --json` prints: who makes the claims of `file`, and which nobody makes.

        What is found is written into the study; without `file`, what is there is given. With `claim_id` that claim
        alone; `limit` 0 gives all rows. `paraphrase` is as for `check`. InputError where the file holds no
        claims, UsageError for an id that there is not, StudyError where no claims were looked up.
        """
        from inchorus.evidence.asking import asking
        from inchorus.evidence.claims import claimed

        with own_errors():
            if file is not None:
                self.become(flow.claims(self, path_of(file, "file"), Silent(), paraphrase))
            self.file("claims")
            return claimed(asking(self), self.manifest.get("claims", {}).get("not_found", []), claim_id, limit)

    def quotes(
        self,
        quote_id: str | None = None,
        *,
        speaker: str | None = None,
        about: str | None = None,
        limit: int = 20,
    ) -> dict[str, Any]:
        """What `inchorus quotes --json` prints: the quotations that most repeat, one, or what a speaker said.

        `quote_id` is an id, or how one begins. `limit` 0 gives all rows. UsageError for an id or a speaker that there
        is not.
        """
        from inchorus.evidence.asking import asking
        from inchorus.evidence.statements import quoted

        with own_errors():
            self.become(flow.quotations(self, Silent()))
            return quoted(asking(self), speaker, about, limit, quote_id)

    def search(self, text: str, *, limit: int = 20, paraphrase: str | None = None) -> dict[str, Any]:
        """What `inchorus search --json` prints: the talking points and documents that have what `text` asks for.

        Of each at most `limit`, best first; then, with a model, the sentences that are near in meaning. `paraphrase` is
        as for `check`.

        `text` is as in the search of `inchorus serve`: words, "words in a row", source:NAME, label:NAME, from:DAY and
        to:DAY. Each result says why it is one (`hits`, in an excerpt). The index is in memory: it is made by the
        first search of a Study, which takes a second for about twenty megabytes of text, and kept. StudyError where
        the study cannot be searched.
        """
        from inchorus.check.meant import near_rows
        from inchorus.search.rows import searched

        with own_errors():
            found = searched(self._index, text, limit)
            meaning = self._meaning(paraphrase)
            return {**found, "meaning": None if meaning is None else near_rows(meaning, text)}

    def _meaning(self, paraphrase: str | None) -> InMeaning | None:
        from inchorus.check.in_meaning import InMeaning
        from inchorus.check.model import model_for
        from inchorus.search.rows import indexed

        if paraphrase not in self._meanings:
            model = model_for(self, paraphrase, Silent())
            made = None if model is None else InMeaning(model, *indexed(self._index), os.cpu_count() or 1)
            self._meanings[paraphrase] = made
        return self._meanings[paraphrase]

    @cached_property
    def _meanings(self) -> dict[str | None, InMeaning | None]:
        return {}

    @cached_property
    def _index(self) -> Search:
        from inchorus.search.search import Search

        return Search(study.Study(self.path, self.manifest))

    def separate(
        self,
        by: str | None = None,
        *,
        attributes: AnyPath | None = None,
        seed: int = 0,
        lines: int = 10,
    ) -> dict[str, Any]:
        """What `inchorus separate --json` prints: how well shared wording tells declared groups of sources apart.

        Ties are tested first if they were not. UsageError for a column that there is not.
        """
        from inchorus.relate.separations import separations

        table = None if attributes is None else path_of(attributes, "attributes")
        with own_errors():
            found, now = separations(self, by, table, seed, lines, Silent())
            self.become(now)
            return found

    def verify(self, inputs: AnyPath | Iterable[AnyPath] = ()) -> list[study.Finding]:
        """Hash the tables again, and the files of `inputs`, and compare with the manifest.

        A folder that `collect` wrote stands for its documents and for the answers that it keeps.
        """
        from inchorus.web.place import parted

        paths = [inputs] if isinstance(inputs, str | os.PathLike) else inputs
        files, folders = parted(path_of(path, "inputs") for path in paths)
        findings = study.verify(self, files)
        if folders:
            from inchorus.web import kept

            findings += [kept.check(self, folder) for folder in folders]
        return findings

    def export(
        self,
        path: AnyPath,
        format: str,
        *,
        max_q: float = LEVEL,
        kind: str | None = None,
        table: str | None = None,
        raw: bool = False,
        bom: bool = False,
        force: bool = False,
        **wrong: Never,
    ) -> Exported:
        """Write the study in another format: gexf, graphml, csv, sqlite or annotations.

        `max_q` and `kind` are for networks, `table`, `raw` and `bom` for csv; see `inchorus export --help`.
        UsageError where an option or the place is wrong, StudyError where a table is missing.
        """
        from inchorus.export.exported import ExportOptions, export

        options = {"max_q": max_q, "kind": kind, "table": table, "raw": raw, "bom": bom, "force": force}
        none_wrong(wrong, options)
        return export(self, path_of(path, "path"), format, ExportOptions(**checked(ExportOptions, options)), Silent())

    def report(
        self,
        path: AnyPath,
        *,
        top: int = 100,
        label: Names = (),
        source: Names = (),
        point: Names = (),
        since: date | str | None = None,
        until: date | str | None = None,
        rank: str = "score",
        passages: int = 8,
        ties: int = 10,
        force: bool = False,
        **wrong: Never,
    ) -> Reported:
        """Write the evidence as one HTML page that holds all it needs.

        `label`, `source` and `point` take one or several, `since`, `until` and `rank` are as in `show`; see
        `inchorus report --help`. UsageError where an option or the place is wrong.
        """
        from inchorus.ui.report import ReportOptions, report

        chosen: dict[str, Any] = {"label": several(label), "source": several(source), "point": several(point)}
        chosen |= {"since": day(since, "since"), "until": day(until, "until"), "rank": rank}
        options = {"top": top, **chosen, "passages": passages, "ties": ties, "force": force}
        none_wrong(wrong, options)
        return report(self, path_of(path, "path"), ReportOptions(**checked(ReportOptions, options)), Silent())

    def _repr_html_(self) -> str:
        from inchorus.notebook.html import html

        return html(self)


def open(path: AnyPath) -> Study:
    """The study in the folder `path`; StudyError if there is none, or it is damaged or of a newer format."""
    return Study(study.open_study(Path(path)))
