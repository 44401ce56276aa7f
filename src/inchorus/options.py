"""What a run is asked for, apart from what it reads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from numbers import Integral, Real
from pathlib import Path
from typing import Any

from inchorus.errors import UsageError, nearest

# how the annotation of an option names what it takes
_TAKES: dict[str, tuple[tuple[type, ...], str]] = {
    "int": ((Integral,), "a whole number"),
    "float": ((Real,), "a number"),
    "bool": ((bool,), "True or False"),
    "str": ((str,), "text"),
    "Path": ((Path,), "a path"),
}


def checked(kind: type, given: Mapping[str, Any]) -> dict[str, Any]:
    """The options given, for a dataclass `kind` of them; UsageError where one is of another type than it takes.

    >>> checked(FindOptions, {"min_words": "many"})
    Traceback (most recent call last):
    ...
    inchorus.errors.UsageError: min_words is 'many'; give a whole number
    """
    for field in fields(kind):
        name, none = str(field.type).removesuffix(" | None"), str(field.type).endswith(" | None")
        value = given.get(field.name, field.default)
        if field.name not in given or name not in _TAKES or (none and value is None):
            continue
        types, what = _TAKES[name]
        if not isinstance(value, types) or (isinstance(value, bool) and name != "bool"):
            raise UsageError(f"{field.name} is {value!r}", fix=f"give {what}")
    return dict(given)


def path_of(value: Any, name: str) -> Path:
    """A path that is given; UsageError where it is none."""
    try:
        return Path(value)
    except TypeError as error:
        raise UsageError(f"{name} is {value!r}", fix="give a path") from error


@dataclass(frozen=True)
class FindOptions:
    """Options of `find` that shape its result, save `threads`, which only shapes its speed.

    min_sources: sources that must share a wording. min_words: words of its canonical passage.
    gram: words that must agree in a row for two passages to be compared. min_similarity: the least
    `2 x LCS / (m + n)` of a passage to the canonical one. seed: of the random numbers, where a
    stage draws any. edited: compare sentences by their words whatever the order, for wordings edited so
    heavily that few n-grams are left; `gram` and `min_similarity` then do not apply. within: days; a passage counts
    only if another source has the wording at most so long before or after. pairs: a file whose
    first two columns are ids of documents; only these are compared. paraphrase: a model of meaning, by which sentences
    that say one thing in other words are found besides; paraphrase_fdr: the share of false ones among their pairs that
    is to be expected at most.
    """

    min_sources: int = 2
    min_words: int = 8
    gram: int = 6
    min_similarity: float = 0.6
    edited: bool = False
    within: float | None = None
    pairs: Path | None = None
    paraphrase: str | None = None
    paraphrase_fdr: float = 0.05
    threads: int | None = None
    seed: int = 0

    @property
    def workers(self) -> int:
        """Threads to work with: as asked for, else one a processor."""
        return self.threads or os.cpu_count() or 1


@dataclass(frozen=True)
class ShareOptions:
    """What sources may share besides wording, and what is declared of them.

    no_ties: do not test ties. exchange_within: columns with the same value in documents that may exchange their
    sources in the null model of ties. objects: columns of shared objects (links, hashtags, reposts, media), or `posts`
    for near-identical posts, of which ties are tested, too. window: seconds apart at most; None for 60, or 10 by
    CooRTweet's rules. min_participation: documents that share an object, of a source that counts; None for 1, or 2.
    coortweet: the input is shares in CooRTweet's four columns. attributes: a table keyed by source, whose columns
    become columns of the documents. claims: a table of claims that are looked up in the documents.
    """

    no_ties: bool = False
    exchange_within: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    window: float | None = None
    min_participation: int | None = None
    coortweet: bool = False
    attributes: Path | None = None
    claims: Path | None = None

    def settled(self) -> tuple[float, int]:
        """The window in seconds and the least participation, where nothing is given the defaults.

        >>> ShareOptions().settled(), ShareOptions(coortweet=True, window=60).settled()
        ((60.0, 1), (60.0, 2))
        """
        usual = (10.0, 2) if self.coortweet else (60.0, 1)
        return (
            usual[0] if self.window is None else float(self.window),
            usual[1] if self.min_participation is None else self.min_participation,
        )


def share_options(**given: Any) -> ShareOptions:
    """Options from what is given; UsageError where values are out of range or contradict each other.

    >>> share_options(objects=["url"], window=30).objects
    ('url',)
    """
    within, objects = (_columns(name, given.pop(name, None)) for name in ("exchange_within", "objects"))
    options = ShareOptions(exchange_within=within, objects=objects, **checked(ShareOptions, given))
    window, least = options.settled()
    if not 0 <= window < float("inf"):
        raise UsageError(f"window is {window}", fix="give seconds, 0 or more")
    if least < 1:
        raise UsageError(f"min_participation is {least}", fix="give 1 or more")
    if options.coortweet and options.objects:
        raise UsageError("--coortweet has its object in the column object_id", fix="leave out --objects")
    if options.coortweet and options.claims is not None:
        raise UsageError("--coortweet has no texts to look claims up in", fix="leave out --claims")
    if options.coortweet and options.exchange_within:
        raise UsageError("--coortweet has a null model of its own", fix="leave out --exchange-within")
    if options.no_ties and options.exchange_within:
        raise UsageError("--no-ties leaves out what --exchange-within is for", fix="leave out one of both")
    if options.no_ties and (options.coortweet or options.objects):
        raise UsageError("--no-ties leaves out what is asked for besides", fix="leave it out, or the shared objects")
    if not (options.coortweet or options.objects):
        for name in ("window", "min_participation"):
            if given.get(name) is not None:
                option = name.replace("_", "-")
                raise UsageError(f"--{option} is for shared objects", fix="name their columns with --objects")
    return options


def _columns(option: str, given: Any) -> tuple[str, ...]:
    names = given or ()
    names = [names] if isinstance(names, str) or not isinstance(names, Iterable) else list(names)
    if not all(isinstance(name, str) for name in names):
        raise UsageError(f"{option} is {names!r}", fix="give names of columns")
    return tuple(dict.fromkeys(names))


PRESETS: dict[str, dict[str, Any]] = {
    "articles": {},
    "posts": {"gram": 4, "min_words": 6},
    "edited": {"edited": True, "min_words": 24},
}


def find_options(preset: str | None = None, **given: Any) -> FindOptions:
    """Options from a preset and from what is given besides, which wins.

    Raises UsageError where a name is unknown or values are out of range or contradict each other.

    >>> options = find_options("posts", min_sources=3)
    >>> options.min_sources, options.min_words, options.gram
    (3, 6, 4)
    """
    if preset is not None and (not isinstance(preset, str) or preset not in PRESETS):
        known = ", ".join(PRESETS)
        raise UsageError(f"no preset {preset!r}", fix=nearest(str(preset), PRESETS) or f"there are {known}")
    names = [f.name for f in fields(FindOptions)]
    for name in given:
        if name not in names:
            raise UsageError(f"no option {name!r}", fix=nearest(name, names) or f"there are {', '.join(names)}")
    checked(FindOptions, given)
    # A shorter wording asked for, and nothing said of n-grams, means n-grams short enough to find it.
    options = replace(FindOptions(), **{**PRESETS[preset or "articles"], **given})
    if "gram" not in given and options.min_words < options.gram:
        options = replace(options, gram=max(2, options.min_words))
    _check(options)
    return options


def _check(o: FindOptions) -> None:
    if o.min_sources < 2:
        raise UsageError(f"min_sources is {o.min_sources}", fix="wording travels between 2 sources or more")
    if not 2 <= o.gram <= 32:
        raise UsageError(f"gram is {o.gram}", fix="give a number from 2 to 32")
    if o.min_words < o.gram:
        raise UsageError(f"min_words {o.min_words} is less than gram {o.gram}", fix="raise the one or lower the other")
    if not 0.5 <= o.min_similarity <= 1:
        raise UsageError(f"min_similarity is {o.min_similarity}", fix="give a number from 0.5 to 1")
    if o.within is not None and not 0 <= o.within <= 1e6:
        raise UsageError(f"within is {o.within}", fix="give days, from 0 to a million")
    if not 0 < o.paraphrase_fdr < 1:
        raise UsageError(f"paraphrase_fdr is {o.paraphrase_fdr}", fix="give a share between 0 and 1")
    if o.paraphrase is not None and o.edited:
        raise UsageError("--paraphrase is not for --preset edited", fix="leave one of both out")
    if o.paraphrase is not None and o.pairs is not None:
        raise UsageError("--paraphrase compares all documents", fix="leave out --pairs")
    if o.threads is not None and o.threads < 1:
        raise UsageError(f"threads is {o.threads}", fix="give 1 or more")
