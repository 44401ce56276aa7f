"""Archives, of which the members are read: no file is read in this format, and `--format` does not name it."""

from __future__ import annotations

from inchorus.read.formats.format import Format

ARCHIVE = Format(name="archive", reads="its members")
