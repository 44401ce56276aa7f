"""`python -m inchorus` is `inchorus`."""

from __future__ import annotations

import sys

from inchorus.cli import main

if __name__ == "__main__":
    sys.exit(main())
