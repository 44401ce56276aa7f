"""For programs that read, in a process of their own, what may be made to harm: bounds and messages."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any


def bound(memory: int, seconds: int) -> None:
    """Let this process have at most so many bytes and so many seconds of a processor, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such bounds
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # some systems refuse a bound on the address space
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def say(value: dict[str, Any]) -> None:
    """Tell a message, on a line of standard output."""
    sys.stdout.write(json.dumps(value))
    sys.stdout.write("\n")
