"""Several modules as one script."""

from __future__ import annotations

import pytest

from inchorus.errors import InchorusError
from inchorus.ui.assets import assets
from inchorus.ui.one_script import one_script

OURS = {name: asset.content.decode() for name, asset in assets().items() if name.endswith(".js")}


def test_a_module_that_several_import_is_there_once_and_before_them() -> None:
    modules = {
        "a.js": 'import { b } from "./b.js";\nimport "./in/c.js";\nb();',
        "b.js": 'import {\n  c as see,\n  d,\n} from "./in/c.js";\nexport function b() { see(d); }',
        "in/c.js": "const x = 1;\nexport { x as c, x as d };",
    }
    script = one_script("a.js", modules)
    assert script.count("const x = 1;") == 1
    assert script.index("const x = 1;") < script.index("function b()") < script.index("b();")
    assert "const { c: see, d } = module0;" in script
    assert "return { c: x, d: x };" in script
    assert "return { b };" in script
    assert "import" not in script
    assert "export" not in script


@pytest.mark.parametrize(
    "source",
    [
        "export default 1;",
        "export * from './b.js';",
        'import b from "./b.js";',
        'import * as b from "./b.js";',
        'import { b } from "https://example.org/b.js";',
        'const b = await import("./b.js");',
        'export { b } from "./b.js";',
        'import { b } from "./none.js";',
        'import "./a.js";',
        "const x = '<!--';",
    ],
)
def test_what_it_does_not_know_is_an_error(source: str) -> None:
    with pytest.raises(InchorusError):
        one_script("a.js", {"a.js": source + "\n", "b.js": "export const b = 1;"})


def test_the_script_of_the_report_can_stand_in_a_page() -> None:
    script = one_script("report.js", OURS)
    assert "</script" not in script.lower()
    assert "ResizeObserver" in script
    assert script.count("axisX") >= 2


def test_the_end_of_a_script_in_a_string_does_not_end_the_script() -> None:
    assert "<\\/script" in one_script("a.js", {"a.js": 'f("</script>");'})
