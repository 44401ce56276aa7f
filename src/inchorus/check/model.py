"""The model of meaning that a study is asked with."""

from __future__ import annotations

from inchorus.errors import UsageError
from inchorus.match.meaning.model import Model, load
from inchorus.progress import Progress
from inchorus.study import Study

NONE = "none"


def model_for(study: Study, name: str | None, progress: Progress) -> Model | None:
    """The model that is asked for by name; else the one that the study was made with; None for the name `none`.

    UsageError where the model that is asked for cannot be had, with what to install. Where it is only the study's, that
    is said, and None given: words are looked up all the same.
    """
    if name == NONE:
        return None
    if name is not None:
        return load(name)
    made_with = study.manifest.get("options", {}).get("paraphrase")
    if not made_with:
        return None
    try:
        return load(str(made_with))
    except UsageError as error:
        progress.note(f"nothing is looked up by meaning: {error}")
        return None
