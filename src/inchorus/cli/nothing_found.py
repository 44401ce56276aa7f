"""Why a study has no talking points."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inchorus.study import Study


def why_nothing(study: Study) -> str:
    """Say why a study has no talking points, as far as its documents show, and what could be changed."""
    from inchorus.evidence.asking import asking
    from inchorus.evidence.documents import longest
    from inchorus.evidence.sources import names

    options = study.manifest.get("options", {})
    words, sources = int(options.get("min_words", 8)), int(options.get("min_sources", 2))
    if isinstance(said := study.manifest.get("nothing_found"), str):
        return said
    there = len(names(asking(study)))
    if there < sources:
        return f"--min-sources is {sources}, and there are only {there} sources"
    # The shortest words of any script take about two characters with the space.
    if longest(asking(study)) < words * 2:
        return f"no document is long enough for {words} words; give a smaller --min-words and --gram"
    return (
        f"no wording of {words} words or more is shared by {sources} or more sources; "
        "try --preset edited, or a smaller --min-words and --gram"
    )
