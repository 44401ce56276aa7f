"""The same from Python as from the command line: `find` documents, `open` a study, and what can be done with one.

Every method is thin: it takes the options of a command, with underscores, and hands them to what does the work. What
that imports is heavy, and is imported when it is first needed (see `docs/architecture.md`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never, Protocol

from inchorus import flow, study
from inchorus.engine.duckdb import Relation
from inchorus.errors import Defect, InchorusError, UsageError, nearest
from inchorus.options import FindOptions, ShareOptions, checked, find_options, path_of, share_options
from inchorus.progress import Silent
from inchorus.read import ReadOptions
from inchorus.read.in_memory import held
from inchorus.read.inputs import Held
from inchorus.thresholds import LEVEL

if TYPE_CHECKING:
    from inchorus.check.check import Checker
    from inchorus.export.exported import Exported
    from inchorus.read.from_python import Reading
    from inchorus.read.look import Looked
    from inchorus.ui.report import Reported
    from inchorus.web.collection import Collected

_READ = {f.name for f in fields(ReadOptions)}
_FIND = {"preset", *(f.name for f in fields(FindOptions))}
_SHARE = {f.name for f in fields(ShareOptions)}
_OF_FILES = ("format", "encoding")


class ArrowStream(Protocol):
    """A table of pandas, Polars, PyArrow, DuckDB or whatever else speaks Arrow's C stream interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


AnyPath = str | os.PathLike[str]
Documents = AnyPath | Iterable[AnyPath] | Iterable[Mapping[str, Any]] | ArrowStream
Names = str | Sequence[str]


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
            "exchange_within": _several(exchange_within),
            "objects": _several(objects),
            "window": window,
            "min_participation": min_participation,
            "attributes": None if attributes is None else path_of(attributes, "attributes"),
            "same": _several(same),
            "seed": seed,
            "threads": threads,
        }
        _none_wrong(wrong, given)
        with _own_errors():
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
        for name in ("usable", "older", "_checker"):
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
        limit: int = 20,
    ) -> dict[str, Any]:
        """What `inchorus show --json` prints: the talking points that rank highest, or one with its evidence.

        `talking_point` is an id, or how one begins. `limit` 0 gives all rows. UsageError for an id, a label or a
        source that there is not.
        """
        from inchorus.evidence.points import shown

        with _own_errors():
            return shown(self, talking_point, _several(label), source, limit)

    def check(self, text: str, *, source: str | None = None, limit: int = 5) -> dict[str, Any]:
        """What `inchorus check --json` prints: which sentences of a text are whose, and who had each first.

        What `source` has published counts as the text's own. `limit` documents are given of each sentence, 0 for all.
        The documents are indexed when this is first called, which takes some seconds; later calls take less than one.
        UsageError for a source that there is not, InputError for a text without words or of more than 2,000,000
        characters.
        """
        if not isinstance(text, str):
            raise UsageError(f"text is {text!r:.60}", fix="give text")
        with _own_errors():
            return self._checker.check(text, source, limit)

    @cached_property
    def _checker(self) -> Checker:
        from inchorus.check.check import opened

        return opened(self, os.cpu_count() or 1, Silent())

    def claims(self, file: AnyPath | None = None, claim_id: str | None = None, *, limit: int = 20) -> dict[str, Any]:
        """What `inchorus claims --json` prints: who makes the claims of `file`, and which nobody makes.

        What is found is written into the study; without `file`, what is there is given. With `claim_id` that claim
        alone; `limit` 0 gives all rows. InputError where the file holds no claims, UsageError for an id that there is
        not, StudyError where no claims were looked up.
        """
        from inchorus.evidence.asking import asking
        from inchorus.evidence.claims import claimed

        with _own_errors():
            if file is not None:
                self.become(flow.claims(self, path_of(file, "file"), Silent()))
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

        with _own_errors():
            self.become(flow.quotations(self, Silent()))
            return quoted(asking(self), speaker, about, limit, quote_id)

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
        with _own_errors():
            found, now = separations(self, by, table, seed, lines, Silent())
            self.become(now)
            return found

    def verify(self, inputs: AnyPath | Iterable[AnyPath] = ()) -> list[study.Finding]:
        """Hash the tables again, and the files of `inputs`, and compare with the manifest."""
        paths = [inputs] if isinstance(inputs, str | os.PathLike) else inputs
        return study.verify(self, [path_of(path, "inputs") for path in paths])

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
        _none_wrong(wrong, options)
        return export(self, path_of(path, "path"), format, ExportOptions(**checked(ExportOptions, options)), Silent())

    def report(
        self,
        path: AnyPath,
        *,
        top: int = 100,
        label: Names = (),
        source: Names = (),
        point: Names = (),
        passages: int = 8,
        ties: int = 10,
        force: bool = False,
        **wrong: Never,
    ) -> Reported:
        """Write the evidence as one HTML page that holds all it needs.

        `label`, `source` and `point` take one or several; see `inchorus report --help`. UsageError where an option or
        the place is wrong.
        """
        from inchorus.ui.report import ReportOptions, report

        chosen = {"label": _several(label), "source": _several(source), "point": _several(point)}
        options = {"top": top, **chosen, "passages": passages, "ties": ties, "force": force}
        _none_wrong(wrong, options)
        return report(self, path_of(path, "path"), ReportOptions(**checked(ReportOptions, options)), Silent())

    def _repr_html_(self) -> str:
        from inchorus.notebook.html import html

        return html(self)


def find(
    documents: Documents,
    out: AnyPath | None = None,
    *,
    id: str | None = None,
    source: str | None = None,
    time: str | None = None,
    text: str | None = None,
    format: str | None = None,
    encoding: str | None = None,
    bad_times: str | None = None,
    bad_rows: str | None = None,
    list_separator: str | None = None,
    time_format: str | None = None,
    timezone: str | None = None,
    same_source: AnyPath | None = None,
    namespace: str | None = None,
    preset: str | None = None,
    min_sources: int | None = None,
    min_words: int | None = None,
    gram: int | None = None,
    min_similarity: float | None = None,
    edited: bool | None = None,
    within: float | None = None,
    pairs: AnyPath | None = None,
    attributes: AnyPath | None = None,
    claims: AnyPath | None = None,
    no_ties: bool | None = None,
    objects: Names | None = None,
    window: float | None = None,
    min_participation: int | None = None,
    coortweet: bool | None = None,
    threads: int | None = None,
    seed: int | None = None,
    **wrong: Never,
) -> Study:
    """Find the wording that several sources share, as `inchorus find` does.

    `documents` is a path or several (files or folders), a table (pandas, Polars, PyArrow), or an
    iterable of dictionaries, a document each; it needs the columns `source` and `text`, and `time` to
    say who was first. `out` is the folder of the study; without it the study is in a temporary folder
    that goes when the Study does.

    The options are the command's, with underscores; None leaves one as it is where it is not said. `id`, `source`,
    `time` and `text` name columns; `format` and `encoding` are for files. Raises InputError where the documents cannot
    be worked on and UsageError where an option or `out` is wrong.

    >>> line = "nobody in this valley will pay for water twice"
    >>> texts = {"Herald": f"She said that {line}.", "Courier": f"Again: {line}!"}
    >>> study = find([{"outlet": name, "text": text} for name, text in texts.items()], source="outlet")
    >>> study.talking_points.arrow()["text"].to_pylist()
    ['nobody in this valley will pay for water twice']
    """
    given = {**locals(), **wrong}
    options = {n: v for n, v in given.items() if v is not None and n not in {"documents", "out", "wrong"}}
    with _own_errors():
        return Study(_find(documents, out, options))


def read_documents(documents: Documents, out: AnyPath | None = None, **options: Any) -> Reading:
    """Read documents as `inchorus read` does, and write them to the Parquet file `out`.

    `documents` and the options that say what the input looks like are those of `find`. Without `out` the file is in a
    temporary folder that goes when the Reading does. Raises as `find` does.

    >>> read = read_documents([{"source": "Herald", "text": "Rain."}, {"source": "Courier", "text": ""}])
    >>> read.arrow()["source"].to_pylist(), read.account[0]["left_out"]
    (['Herald'], {'without text': 1})
    """
    from inchorus.read.from_python import options_of, read

    with _own_errors():
        _none_wrong(options, _READ)
        inputs, files = _inputs(documents)
        return read(inputs, None if out is None else path_of(out, "out"), options_of(options, files))


def look(documents: Documents, **options: Any) -> Looked:
    """Look at the beginning of documents as `inchorus find --columns` does; nothing else is read.

    >>> (seen,) = look([{"outlet": "Herald", "text": "Rain."}], source="outlet").looks
    >>> [(column.name, column.becomes) for column in seen.columns]
    [('outlet', 'source'), ('text', 'text')]
    """
    from inchorus.read.from_python import first_look, options_of

    with _own_errors():
        _none_wrong(options, _READ)
        inputs, files = _inputs(documents)
        return first_look(inputs, options_of(options, files))


def open(path: AnyPath) -> Study:
    """The study in the folder `path`; StudyError if there is none, or it is damaged or of a newer format."""
    return Study(study.open_study(Path(path)))


def collect(
    addresses: str | AnyPath | Iterable[str | AnyPath],
    out: AnyPath,
    *,
    url: str | None = None,
    max_pages: int | None = None,
    max_bytes: str | None = None,
    refresh: bool | None = None,
    delay: float | None = None,
    servers: int | None = None,
    contact: str | None = None,
    allow_private: bool | None = None,
    **wrong: Never,
) -> Collected:
    """Collect articles from the web into the folder `out`, as `inchorus collect` does; `find(out)` reads it.

    `addresses` is one or several: pages, feeds, sitemaps, or files with lists of addresses. The options are the
    command's. Raises UsageError where an address, an option or `out` is wrong, or what the extra `web` brings is not
    installed; InputError where no article is found.

    >>> collect("courier.example", "docs")
    Traceback (most recent call last):
    ...
    inchorus.errors.UsageError: there is no file 'courier.example'; if it is an address, write https://courier.example
    """
    given = {**locals(), **wrong}
    options = {n: v for n, v in given.items() if v is not None and n not in {"addresses", "out", "wrong"}}
    from inchorus.web.place import check_folder, check_installed

    target = path_of(out, "out")
    check_installed()
    check_folder(target)
    from inchorus.web import collection
    from inchorus.web.options import CollectOptions

    _none_wrong(options, {f.name for f in fields(CollectOptions)})
    named = [addresses] if isinstance(addresses, str | os.PathLike) else list(addresses)
    with _own_errors():
        settings = CollectOptions(**checked(CollectOptions, options))
        return collection.collect([os.fspath(name) for name in named], target, settings, Silent())


def _find(documents: Any, out: Any, options: dict[str, Any]) -> study.Study:
    read, settings, sharing = _split(options)
    target = None if out is None else path_of(out, "out")
    inputs, files = _inputs(documents)
    if not files:
        for name in _OF_FILES:
            if name in options:
                raise UsageError(f"{name} is for files, and the documents are in memory", fix="leave it out")
    return flow.find(inputs, target, read, settings, Silent(), sharing)


def _inputs(documents: Any) -> tuple[list[Path | Held], bool]:
    """What is to be read, and whether it is files."""
    paths = _paths(documents)
    return ([held(documents)], False) if paths is None else (list(paths), True)


def _split(options: Mapping[str, Any]) -> tuple[ReadOptions, FindOptions, ShareOptions]:
    _none_wrong(options, _READ | _FIND | _SHARE)
    read = {name: value for name, value in options.items() if name in _READ}
    settings = {name: value for name, value in options.items() if name in _FIND}
    sharing = {name: value for name, value in options.items() if name in _SHARE}
    files = ((settings, "pairs"), (sharing, "attributes"), (sharing, "claims"), (read, "same_source"))
    for given, name in files:
        if given.get(name) is not None:
            given[name] = path_of(given[name], name)
    return ReadOptions(**checked(ReadOptions, read)), find_options(**settings), share_options(**sharing)


def _paths(documents: Any) -> list[Path] | None:
    """The paths that are meant; None where the documents themselves are given."""
    if isinstance(documents, str | os.PathLike):
        return [path_of(documents, "documents")]
    if isinstance(documents, list | tuple | set | frozenset) and all(
        isinstance(d, str | os.PathLike) for d in documents
    ):
        return [path_of(d, "documents") for d in documents]
    return None


def _several(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _none_wrong(given: Iterable[str], known: Iterable[str]) -> None:
    """Raise UsageError, with the nearest that there is, for the first name that is no option."""
    names = sorted(known)
    for name in given:
        if name not in names:
            raise UsageError(f"no option {name!r}", fix=nearest(name, names) or f"there are {', '.join(names)}")


@contextmanager
def _own_errors() -> Iterator[None]:
    """Nothing but errors of inchorus leaves, save what the machine lacks: memory, disk, a file that can be read."""
    try:
        yield
    except (InchorusError, MemoryError, OSError):
        raise
    except Exception as error:
        raise Defect(
            f"{type(error).__name__}: {error}", fix="this is a defect of inchorus: report it with what stands above"
        ) from error
