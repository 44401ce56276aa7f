"""The command line: it parses, calls and prints; the work is done elsewhere."""

from inchorus.cli.main import main

__all__ = ["main"]
