"""One talking point as text: its passages in context, and how each differs from the canonical wording."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.text import Text

from inchorus.evidence.copies import said_of_joint
from inchorus.evidence.places import clock
from inchorus.evidence.quotes import shortened
from inchorus.text.differences import abridged
from inchorus.text.harmless import harmless, isolated, shown_time
from inchorus.text.stored_edits import Stored, marked

_LONG = 1500
_ENDS = 600
_OTHERS = 8  # sentences with another claim that are shown


def print_point(
    console: Console, point: dict[str, Any], passages: list[dict[str, Any]], between: Callable[[], None] = lambda: None
) -> None:
    """Print a talking point, what `between` prints of its wordings, and some of its passages with their edits."""
    times = [shown_time(point[k]) for k in ("first_time", "last_time")]
    span = f", {' to '.join(dict.fromkeys(times))}" if all(times) else ""
    apart = isolated if console.is_terminal else str
    _put(console, _quoted(point, apart, console.is_terminal))
    console.print()
    _put(
        console,
        Text(
            f"{_many(point['n_sources'], 'source')}, {_many(point['n_documents'], 'document')}, "
            f"{_many(point['n_passages'], 'passage')} in {_many(point['n_variants'], 'wording')}{span}"
        ),
    )
    _put(console, Text(f"label {harmless(point['label'])}: {harmless(point['label_rule'])}"))
    if point["reasons"]:
        _put(console, Text("what it ranks by:"))
        for reason in point["reasons"]:
            _put(console, Text(harmless(reason)), indent="  ")
    whens = [shown_time(row["time"], row["time_precision"]) for row in point["joint"]]
    if said := said_of_joint(point["joint"], whens):
        _put(console, Text(harmless(said)))
    _put(console, Text(f"first {', '.join(apart(harmless(s)) for s in point['first_sources'])}"))
    _put(console, Text(f"id    {harmless(point['tp_id'])}"))
    console.print()
    between()
    for passage in passages:
        console.print()
        _put(console, _head(passage, apart))
        if passage["url"]:
            _put(console, Text(harmless(passage["url"]), style="dim"), indent="  ")
        canonical = point["text"]
        if point.get("kind") == "paraphrase":  # other words are no edits
            passage, canonical = {**passage, "wording": passage["text"], "edits": [], "changes": []}, passage["text"]  # noqa: PLW2901
        _put(console, in_context(passage, canonical, console.is_terminal), indent="  ")


def print_meaning(console: Console, found: dict[str, Any]) -> None:
    """Print which talking points are wordings of a paraphrase, and who makes another claim on its subject."""
    apart = isolated if console.is_terminal else str
    _put(console, Text("sentences that a model has near each other: whether they say the same is for you to judge"))
    for point in found["wordings_inside"]:
        sources = _many(point["n_sources"], "source")
        _put(console, Text(f"wording {harmless(point['tp_id'])}, {sources}: {_cut(harmless(point['text']))}"))
    for other in found["other_claims"][:_OTHERS]:
        time = shown_time(other["time"], other["time_precision"]) or "no time"
        head = f"same subject, other claim ({other['reason']}): {apart(harmless(other['source']))}  {time}  "
        _put(console, Text(f"{head}{apart(harmless(other['doc_id']))}  {_cut(harmless(other['text']))}"))
    if len(found["other_claims"]) > _OTHERS:
        _put(console, Text(f"and {len(found['other_claims']) - _OTHERS:,} more with --json"))


def _quoted(point: dict[str, Any], apart: Callable[[str], str], styled: bool) -> Text:
    """The sentences that a talking point is shown by, in bold or in brackets what most of its passages have."""
    parts = point["quote_parts"]
    before, shared, after = (harmless(part) for part in shortened(parts, _LONG))
    pieces = [(True, shared)] if len("".join(parts)) > _LONG else point["quote_shared"]
    pieces = [(is_shared, harmless(text)) for is_shared, text in pieces]
    whole = len(pieces) == 1 and not any(c.isalnum() for c in before + after)
    if whole or not styled:
        inner = shared if whole else "".join(_bracketed(text) if is_shared else text for is_shared, text in pieces)
        return Text(apart(f"{before}{inner}{after}"), style="bold")
    line = Text(before)
    for is_shared, text in pieces:
        line.append(text, "bold underline" if is_shared else "")
    line.append(after)
    return line


def _bracketed(text: str) -> str:
    words = text.rstrip()
    return f"⟦{words}⟧{text[len(words) :]}"


def in_context(passage: dict[str, Any], canonical: str, styled: bool) -> Text:
    """The passage with the text around it; its differences marked by style, or by wdiff's signs."""
    before, after = harmless(passage["before"]), harmless(passage["after"])
    line = Text(("…" if passage["more_before"] else "") + before, style="dim" if styled else "")
    line.append("" if styled else "⟦")
    wording = Stored(passage["wording"], passage["edits"])
    for op, piece in abridged(marked(canonical, wording, passage["text"]), _LONG, _ENDS // 2):
        # Only now: what is made harmless has lost its line ends, and a word that one breaks would be two.
        text = harmless(piece)
        if op == "same":
            line.append(text, "not dim bold" if styled else "")
        elif op == "added":
            line.append(text if styled else f"{{+{text}+}}", "not dim bold underline green" if styled else "")
        else:
            line.append(text if styled else f"[-{text}-]", "not dim strike red" if styled else "")
    line.append("" if styled else "⟧")
    line.append(after + ("…" if passage["more_after"] else ""))
    return line


def _head(passage: dict[str, Any], apart: Callable[[str], str]) -> Text:
    time = shown_time(passage["time"], passage["time_precision"]) or "no time"
    head = Text(f"{apart(harmless(passage['source']))}  {time}  {apart(harmless(passage['doc_id']))}")
    if passage.get("moment") is not None:
        head.append(f"  at {clock(passage['moment'])}")
    if passage.get("page") is not None:
        head.append(f"  page {passage['page']}")
    head.append(f"  {passage['similarity']:.0%} alike")
    if passage["changes"]:
        head.append(f" ({'; '.join(passage['changes'])})")
    if passage["is_first"]:
        head.append("  first", "bold")
    elif passage["copied_from"] is not None:
        head.append(f"  likeliest from {apart(harmless(passage['copied_from']))}")
    return head


def _many(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _cut(text: str) -> str:
    if len(text) <= _LONG:
        return text
    return f"{text[:_ENDS]} … {text[-_ENDS:]}"


def _put(console: Console, text: Text, indent: str = "") -> None:
    if not console.is_terminal:
        console.print(Text(indent) + text, soft_wrap=True)
        return
    for line in text.wrap(console, max(20, console.width - len(indent))):
        console.print(Text(indent) + line, soft_wrap=True)
