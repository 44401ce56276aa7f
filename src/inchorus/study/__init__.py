"""The folder of one run: its tables, how it is written, whether it is as it was."""

from __future__ import annotations

from inchorus.study.draft import Draft, add_tables, drafted, now, write_study
from inchorus.study.hashed import hash_file, made_at
from inchorus.study.integrity import Finding, verify
from inchorus.study.study import OLDER, TESTED, Study, open_study

__all__ = [
    "OLDER",
    "TESTED",
    "Draft",
    "Finding",
    "Study",
    "add_tables",
    "drafted",
    "hash_file",
    "made_at",
    "now",
    "open_study",
    "verify",
    "write_study",
]
