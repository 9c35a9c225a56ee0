"""An icon that is named and not there is an exception while something is painted, which can end the program."""

import ast
from collections.abc import Iterator
from pathlib import Path

import posapp.gui

SOURCES = Path(posapp.gui.__file__).parent
ICONS = SOURCES.parent / "resources" / "icons"


def named(tree: ast.AST) -> Iterator[str]:
    """Every icon that a call names in so many words."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [each.value for each in node.keywords if each.arg in ("icon", "icon_name")]
        if called == "set_icon":
            given += node.args[:1]
        if called in ("draw", "draw_centred") and len(node.args) > 1:
            given.append(node.args[1])
        for value in given:
            choices = (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)
            yield from (each.value for each in choices if isinstance(each, ast.Constant) and each.value)


def test_every_icon_that_is_named_is_there() -> None:
    known = {path.stem for path in ICONS.glob("*.svg")}
    names = {
        (path.name, name)
        for path in SOURCES.rglob("*.py")
        for name in named(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(name, str)
    }
    assert len(names) > 150, "they are found"
    assert {(where, name) for where, name in names if name not in known} == set()
