"""The labels of talking points, their ranks, the layers of ties: names, order, words. Nothing else lists them.

To add a label, add its row to `KINDS` and the rule that gives it to `label.labels`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inchorus.errors import UsageError, nearest


@dataclass(frozen=True)
class Kind:
    """A label: what readers are told of it, and what ranking and ties make of it.

    one, many: what a count of them is followed by. below: what the score is divided by. layer: its place among the
    layers of ties, 0 if it is none; `holds` says in words what has the label, and so what the layer holds. left_out:
    of which corpora ties leave it out unless asked otherwise: every, articles (those that are no posts) or none.
    """

    name: str
    one: str
    many: str
    below: float
    layer: int = 0
    holds: str = ""
    left_out: str = "none"


# fmt: off
KINDS = (
    Kind("line", "line", "lines", 1, holds="wording that several sources say, and none of the other labels tells"),
    Kind("standing", "standing text", "standing texts", 100, 6,
         "standing text: wording in use for years without a burst, such as descriptions of a programme"),
    Kind("phrase", "common phrase", "common phrases", 1000, 5, "common phrases: words that anybody uses", "every"),
    Kind("quotation", "quotation", "quotations", 1, 4, "words in quotation marks: all may quote one speaker"),
    Kind("syndicated", "syndicated text", "syndicated texts", 1, 2,
         "documents that are mostly copied from one another, such as agency texts", "articles"),
    Kind("boilerplate", "piece of boilerplate", "pieces of boilerplate", 1000, 1,
         "a source's letterhead, footer or other fixed text", "every"),
    Kind("title", "title", "titles", 1000, 3, "titles, names and statutory text"),
)
# fmt: on
LABELS = tuple(kind.name for kind in KINDS)
# What anybody says, and what names things: listed behind what somebody says.
FORMULAS = ("phrase", "boilerplate", "title")
# Wording that no source is said to have from another.
NOBODYS = tuple(kind.name for kind in KINDS if kind.left_out == "every")
LABEL_LAYERS = tuple(kind.name for kind in sorted(KINDS, key=lambda kind: kind.layer) if kind.layer)
# Every layer of talking points, and what it holds. Those that are no labels `relate.layers` finds by other rules.
LAYERS = {
    **{name: kind.holds for name in LABEL_LAYERS for kind in KINDS if kind.name == name},
    "one day": "wording that all of its sources first used on one day, as with one event",
    "whole post": "posts that consist of the wording alone, as share buttons write them",
}
# Layers of shared objects (`relate.set_aside`); after "objects", or the number of them.
OBJECT_LAYERS = {
    "one hour": "that more than half of the sources share, all within one hour",
    "one day": "that more than half of the sources share, all within one day",
    "everybody's": "that more than half of the sources share",
}

# What lists of talking points are ranked by, as commands and addresses name it, and in words what comes first by it.
RANKED_BY = {
    "score": "what several sources say by themselves, in a burst and in words of their own, comes first",
    "sources": "what most sources use comes first",
    "documents": "what stands in most documents comes first",
    "burst": "what was used in the greatest burst comes first",
    "first": "what was used earliest comes first",
    "last": "what was used last comes first",
    "words": "the longest comes first",
    "wordings": "what has most wordings comes first",
    "passages": "what has most passages comes first",
    "independent": "what most sources say by themselves comes first",
}
# The same in a word or two, as a menu has it.
RANKS = {
    "score": "the best to read",
    "sources": "most sources",
    "documents": "most documents",
    "burst": "the greatest burst",
    "first": "the earliest",
    "last": "the latest",
    "words": "the longest",
    "wordings": "most wordings",
    "passages": "most passages",
    "independent": "most independent sources",
}

# Labels of wordings that state something, and so can be said in other words, too.
STATEMENTS = ("line", "quotation", "standing")


def counted(name: str, n: int) -> str:
    """A number of talking points with a label, in words.

    >>> counted("boilerplate", 1), counted("line", 1200)
    ('1 piece of boilerplate', '1,200 lines')
    """
    kind = next((kind for kind in KINDS if kind.name == name), None)
    return f"{n:,} {name if kind is None else kind.one if n == 1 else kind.many}"


def layer_words(name: str) -> str:
    """What a layer of ties holds, in a word or two; a layer that is a declared column keeps its name.

    >>> layer_words("phrase"), layer_words("one day"), layer_words("same owner")
    ('common phrases', 'wording of one day', 'same owner')
    """
    others = {"one day": "wording of one day", "whole post": "posts that are the wording alone"}
    return next((kind.many for kind in KINDS if kind.name == name), others.get(name, name))


def plural(names: Sequence[str]) -> str:
    """What talking points with one of these labels are called.

    >>> plural(["syndicated"]), plural(["line", "title"]), plural([])
    ('syndicated texts', 'talking points', 'talking points')
    """
    return next((kind.many for kind in KINDS if [kind.name] == list(names)), "talking points")


def left_out(posts: bool) -> tuple[str, ...]:
    """The layers that ties leave out where the user says nothing, in a corpus of `posts` or of articles.

    >>> left_out(posts=False), left_out(posts=True)
    (('boilerplate', 'syndicated', 'phrase'), ('boilerplate', 'phrase'))
    """
    wanted = {"every"} if posts else {"every", "articles"}
    out = {kind.name for kind in KINDS if kind.left_out in wanted}
    return tuple(name for name in LABEL_LAYERS if name in out)


def check_labels(names: Sequence[str]) -> None:
    """Raise UsageError for the first of `names` that is no label."""
    for name in names:
        if name not in LABELS:
            raise UsageError(f"no label {name!r}", fix=nearest(name, LABELS) or f"there are {', '.join(LABELS)}")


def check_layers(names: Sequence[str]) -> tuple[str, ...]:
    """The layers to leave out, checked; `none` leaves everything in.

    >>> check_layers(["quotation", "whole-post"])
    ('quotation', 'whole post')
    """
    known = tuple(dict.fromkeys(name.strip().replace("-", " ") for name in names if name.strip()))
    if known == ("none",):
        return ()
    for name in known:
        if name not in LAYERS:
            hint = nearest(name, LAYERS) or f"there are {', '.join(LAYERS)}, or none"
            raise UsageError(f"no layer {name!r}", fix=hint)
    return known
