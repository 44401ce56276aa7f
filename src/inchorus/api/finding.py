"""`find` from Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Never

from inchorus import flow, study
from inchorus.api.given import AnyPath, Documents, Names, inputs_of, none_wrong, own_errors, said
from inchorus.api.reading import READ
from inchorus.api.study import Study
from inchorus.options import FindOptions, ShareOptions, find_options, path_of, share_options
from inchorus.progress import Silent
from inchorus.read.from_python import options_of

_FIND = {"preset", *(f.name for f in fields(FindOptions))}
_SHARE = {f.name for f in fields(ShareOptions)}


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
    paraphrase: str | None = None,
    paraphrase_fdr: float | None = None,
    attributes: AnyPath | None = None,
    claims: AnyPath | None = None,
    no_ties: bool | None = None,
    exchange_within: Names | None = None,
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
    options = said(locals(), "documents", "out")
    with own_errors():
        return Study(_find(documents, out, options))


def _find(documents: Any, out: Any, options: Mapping[str, Any]) -> study.Study:
    none_wrong(options, READ | _FIND | _SHARE)
    target = None if out is None else path_of(out, "out")
    inputs, files = inputs_of(documents)
    read = options_of({name: value for name, value in options.items() if name in READ}, files)
    settings = {name: value for name, value in options.items() if name in _FIND}
    sharing = {name: value for name, value in options.items() if name in _SHARE}
    for paths, name in ((settings, "pairs"), (sharing, "attributes"), (sharing, "claims")):
        if paths.get(name) is not None:
            paths[name] = path_of(paths[name], name)
    return flow.find(inputs, target, read, find_options(**settings), Silent(), share_options(**sharing))
