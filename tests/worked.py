"""The worked examples of CONTRIBUTING.md, run as they stand there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PAGE = Path(__file__).parent.parent / "CONTRIBUTING.md"


def worked(name: str) -> Any:
    """What the one example that defines `name` calls so."""
    (code,) = (
        code for code in _PYTHON.findall(_PAGE.read_text("utf-8")) if re.search(rf"^{name} = ", code, re.MULTILINE)
    )
    module: dict[str, Any] = {"__name__": name.lower()}
    exec(code, module)
    return module[name]
