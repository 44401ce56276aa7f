"""Input files to documents: read, checked, and in one canonical order."""

from inchorus.read.documents import Documents, InputFile, read_documents
from inchorus.read.options import ReadOptions

__all__ = ["Documents", "InputFile", "ReadOptions", "read_documents"]
