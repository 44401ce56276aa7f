"""Files of which nobody knows what they are: none is read, and `--format` does not name it."""

from __future__ import annotations

from inchorus.read.formats.format import Format

UNKNOWN = Format(name="unknown", reads="nothing")
