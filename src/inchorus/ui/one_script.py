"""One script out of several modules, for a page that loads nothing: each module becomes a function, called once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath

from inchorus.errors import InchorusError, Where

_IMPORT = re.compile(r"""^import (?:\{([^{}]*)\} from )?"(\./[\w./-]+)";$""", re.MULTILINE)
_DECLARED = re.compile(r"^export (?=(?:async )?(?:const|function\*?|class) ([\w$]+))", re.MULTILINE)
_LISTED = re.compile(r"export\s*\{([^{}]*)\};?\s*\Z")
# Whatever is left of either word, as a statement or a call, was in a form that this does not know.
_LEFT = re.compile(
    r"""(?<![\w$.`'"])(?:import|export)(?:\s*[{*("']|\s+(?:default|const|let|var|function|class|[\w$]+\s+from)\b)"""
)


def one_script(entry: str, modules: Mapping[str, str]) -> str:
    r"""The module `entry` and all that it imports, as one module that imports nothing.

    `modules` maps paths to sources. Only what our modules and their bundles are written in is known: imports of names
    from "./…" at the beginning of a line, exported declarations, and a list of exports at the end; no cycles.
    InchorusError for anything else. The result can stand in a page: no `</script` and no `<!--` is in it.

    >>> print(one_script("a.js", {"a.js": 'import { b } from "./b.js";\nf(b);', "b.js": "export const b = 1;"}))
    const module0 = (() => {
    const b = 1;
    return { b };
    })();
    (() => {
    const { b } = module0;
    f(b);
    return {  };
    })();
    <BLANKLINE>
    """
    order: list[str] = []
    _follow(entry, modules, order, ())
    names = {path: f"module{n}" for n, path in enumerate(order)}
    parts = []
    for path in order:
        begin = f"const {names[path]} = " if path != entry else ""
        parts.append(f"{begin}(() => {{\n{_as_function(path, modules[path], names)}\n}})();\n")
    script = "".join(parts).replace("</script", "<\\/script")
    if "<!--" in script:
        raise InchorusError("a script has <!-- in it, which cannot stand in a page", where=Where(entry))
    return script


def _follow(path: str, modules: Mapping[str, str], order: list[str], above: tuple[str, ...]) -> None:
    """Add what a module imports to `order`, then the module."""
    if path in above or path not in modules:
        what = "modules import each other" if path in above else "there is no such script"
        raise InchorusError(what, where=Where(path), fix="install inchorus again")
    if path not in order:
        for found in _IMPORT.finditer(modules[path]):
            _follow(_target(path, found[2]), modules, order, (*above, path))
        order.append(path)


def _as_function(path: str, source: str, names: Mapping[str, str]) -> str:
    """The body of a function that does what the module does, and returns what it exports."""

    def taken(found: re.Match[str]) -> str:
        wanted = ", ".join(": ".join(pair) for pair in _pairs(found[1] or ""))
        return f"const {{ {wanted} }} = {names[_target(path, found[2])]};" if wanted else ""

    given = [(name, name) for name in _DECLARED.findall(source)]
    body = _DECLARED.sub("", _IMPORT.sub(taken, source.strip()))
    for found in _LISTED.finditer(body):
        given += [(pair[-1], pair[0]) for pair in _pairs(found[1])]
    body = _LISTED.sub("", body)
    left = _LEFT.search(body)
    if left:
        raise InchorusError(f"an import or export is written as {body[left.start() :][:40]!r}", where=Where(path))
    exported = ", ".join(name if name == own else f"{name}: {own}" for name, own in given)
    return f"{body}\nreturn {{ {exported} }};"


def _pairs(names: str) -> list[list[str]]:
    """`a, b as c` as [["a"], ["b", "c"]]."""
    return [name.split(" as ") for name in (" ".join(part.split()) for part in names.split(",")) if name]


def _target(path: str, to: str) -> str:
    return normpath(join(dirname(path), to))
