"""`inchorus check`: which sentences of a text are whose."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, limit_option, model_option, option, output_options
from inchorus.errors import InputError, Where
from inchorus.manifest import there

if TYPE_CHECKING:
    from rich.console import Console

MOST_BYTES = 1 << 23  # of a file: what is longer holds more than the characters that are taken
_BINARY = (b"PK\x03\x04", b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0")
_NAMES = {
    "verbatim": "word for word",
    "near": "nearly",
    "part": "in part",
    "boilerplate": "boilerplate",
    "phrase": "common phrase",
    "meaning": "near in meaning",
    "own": "found nowhere",
}


@click.command(
    cls=Manual,
    short_help="Show which sentences of a text are whose.",
    examples=(
        "inchorus check study draft.txt",
        "inchorus check study speech.txt --source 'Daily Courier' --html speech.html",
        "pbpaste | inchorus check study -",
        "inchorus check study answer.txt --json | jq '.counts'",
    ),
)
@click.argument("study", type=click.Path(path_type=Path))
@click.argument("file", metavar="FILE|-", type=click.Path(path_type=Path))
@option(
    "--source",
    metavar="NAME",
    section="What counts",
    help="Who publishes the text: what this source has in the study counts as its own. [default: nobody]",
)
@option("--encoding", default="utf-8", metavar="NAME", section="What counts", help="Of the text. [default: utf-8]")
@model_option("What counts")
@limit_option("So many documents of each sentence, the earliest", 5, "Output")
@option(
    "--html",
    metavar="FILE",
    type=click.Path(path_type=Path),
    section="Output",
    help="Write what was found as one HTML page that loads nothing.",
)
@option(
    "--force",
    is_flag=True,
    section="Output",
    help="Replace the file that is there even if it is no such page. [default: leave it alone]",
)
@output_options(quiet=True)
def check(
    study: Path,
    file: Path,
    *,
    source: str | None,
    encoding: str,
    paraphrase: str | None,
    limit: int,
    html: Path | None,
    force: bool,
    quiet: bool,
    as_json: bool,
) -> int:
    """Show which sentences of a text are in documents of STUDY, word for word or nearly, and who had each first.

    FILE is plain text; - is standard input. Documents' sentences count whether several sources share them or not. What
    is in the text alone is marked {+so+}, what is in the document alone [-so-]. Common phrases are nobody's, and
    boilerplate is said to be that. First means earliest in this corpus. Nothing is written into the study. With a model
    of meaning, sentences that were found nowhere are compared by it, too: docs/check.md says how sure that is.
    """
    there(study)
    text = read_text(file, encoding)
    if html is not None:
        from inchorus.ui.checked import check_place

        check_place(html, force)
    from inchorus.check.check import opened
    from inchorus.check.model import model_for
    from inchorus.cli.terminal import progress_for, stdout_console
    from inchorus.study import open_study
    from inchorus.text.harmless import harmless, to_json

    progress, made = progress_for(quiet or as_json), open_study(study)
    checker = opened(made, os.cpu_count() or 1, progress, model_for(made, paraphrase, progress))
    found = checker.check(text, source, limit)
    name = "standard input" if str(file) == "-" else file.name
    if html is not None:
        from inchorus.ui.checked import write_checked

        write_checked(html, found, name)
    if as_json:
        click.echo(to_json({"study": str(study), "text": name, **found}))
        return 0
    console = stdout_console()
    _print(console, found)
    if html is not None:
        console.print()
        console.print(harmless(f"wrote {html}"))
    return 0


def read_text(file: Path, encoding: str) -> str:
    """The text of a file, or of standard input where it is `-`; InputError where there is none."""
    name = "standard input" if str(file) == "-" else str(file)
    where = Where(name)
    if str(file) == "-":
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
    elif file.is_dir():
        raise InputError("it is a folder", where=where, fix="name a text file, or - for standard input")
    elif not file.exists():
        raise InputError("there is no such file", where=where, fix="name a text file, or - for standard input")
    else:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise InputError(f"it is longer than {MOST_BYTES:,} bytes", where=where, fix="check it in parts")
    if content.startswith(_BINARY) or (b"\x00" in content[:4096] and "16" not in encoding and "32" not in encoding):
        raise InputError("it is no plain text", where=where, fix="save it as text, or paste it into inchorus serve")
    try:
        return content.decode("utf-8-sig" if encoding.lower() in {"utf-8", "utf8"} else encoding)
    except LookupError:
        raise InputError(f"there is no encoding {encoding!r}", fix="try utf-8, utf-16 or windows-1252") from None
    except UnicodeError as error:
        place = f" at byte {error.start:,}" if isinstance(error, UnicodeDecodeError) else ""
        raise InputError(f"it is not {encoding}{place}", where=where, fix="name its encoding with --encoding") from None


def _print(console: Console, found: dict[str, Any]) -> None:
    from rich.text import Text

    from inchorus.text.harmless import harmless, shown_time

    styled = console.is_terminal

    def put(text: str | Text, before: str = "", style: str = "") -> None:
        line = Text(before, style=style)
        line.append(harmless(text) if isinstance(text, str) else text)
        console.print(line, soft_wrap=True)

    for row in found["sentences"]:
        name = _NAMES[row["class"]]
        dim = "dim" if styled and row["class"] == "own" else ""
        put(row["text"], f"{row['n']:>3}  {name:<15}  ", dim)
        for hit in row["meant"]:
            _print_meant(put, hit)
        if row["class"] == "phrase":
            put(row["why"] or "too short to be anybody's", "     ")
        if not row["matches"] or row["class"] == "phrase":
            continue
        documents = _counted(row["n_documents"], "document")
        near = f"; nearly in {row['n_near']:,} more" if row["n_near"] else ""
        told = f"{documents} of {_counted(row['n_sources'], 'source')}, {_first(row)}{near}"
        put("", "     " + "  ".join([harmless(told), *_point(row)]))
        for match in row["matches"]:
            time = shown_time(match["time"], match["time_precision"]) or "no time"
            parts = [time, match["source"], match["doc_id"], *(["first"] if match["is_first"] else [])]
            parts += [] if match["kind"] == row["kind"] else [_NAMES[match["kind"]]]
            put("", "       " + "  ".join(map(harmless, parts)))
            if match["kind"] == "near":
                put(_edits(match["pieces"], styled), "         ")
            elif match["kind"] == "part":
                put(match["text"], "         ")
        if row["before"]:
            put(f"{found['source']} has it in {_counted(row['before'], 'document')}", "     ")
    console.print()
    told = ", ".join(f"{n:,} {_NAMES[name]}" for name, n in found["counts"].items() if n)
    put(f"{_counted(len(found['sentences']), 'sentence')}: {told}")
    for note in found["notes"]:
        put(note)


def _print_meant(put: Callable[..., None], hit: dict[str, Any]) -> None:
    """A sentence that the model has near: what counts, and what is on the same subject and makes another claim."""
    from inchorus.text.harmless import harmless, shown_time

    if not hit["near"] and not hit["other_claim"]:
        return
    time = shown_time(hit["time"], hit["time_precision"]) or "no time"
    sure = f"{hit['similarity']:.2f}, by chance {hit['chance']:.1%}"
    other = [f"same subject, other claim ({hit['reason']})"] if hit["reason"] else []
    put("", "       " + "  ".join(map(harmless, [sure, time, hit["source"], hit["doc_id"], *other])))
    put(hit["text"], "         ")


def _edits(pieces: list[tuple[str, str]], styled: bool) -> Any:
    from rich.text import Text

    from inchorus.text.differences import spaced
    from inchorus.text.harmless import harmless

    out = Text()
    for op, piece in spaced(pieces):
        text, space = harmless(piece), ""
        if op != "same":
            text, space = text.rstrip(), " " * text[-1:].isspace()
        if op == "added":
            out.append(text if styled else f"{{+{text}+}}", "underline green" if styled else "")
            out.append(space)
        elif op == "removed":
            out.append(text if styled else f"[-{text}-]", "strike red" if styled else "")
            out.append(space)
        else:
            out.append(text)
    return out


def _first(row: dict[str, Any]) -> str:
    from inchorus.text.harmless import shown_time

    names = row["first_sources"]
    if not names:
        return "none with a time"
    more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
    return f"first {shown_time(row['first_time'])} {names[0]}{more}"


def _point(row: dict[str, Any]) -> list[str]:
    return [part for part in (row["label"], (row["tp_id"] or "")[:8]) if part]


def _counted(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"
