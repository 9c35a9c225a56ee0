"""Fails on what has outgrown its room: a file, a function or a class of posapp that is too long."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_LINES = 300
FUNCTION_LINES = 40
CLASS_LINES = 200


def too_long(path: Path) -> Iterator[str]:
    """Say each part of one file that is over its limit, with its own length."""
    source = path.read_text(encoding="utf-8")
    if (lines := len(source.splitlines())) > FILE_LINES:
        yield f"{path}: {lines} lines, a file has at most {FILE_LINES}"
    for node in ast.walk(ast.parse(source, str(path))):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                kind, limit = "function", FUNCTION_LINES
            case ast.ClassDef():
                kind, limit = "class", CLASS_LINES
            case _:
                continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > limit:
            yield f"{path}:{node.lineno}: {kind} {node.name} has {length} lines, at most {limit}"


def main(roots: list[str]) -> int:
    """Look through every .py file under the folders named; 1 when something is too long."""
    found = [line for root in roots for path in sorted(Path(root).rglob("*.py")) for line in too_long(path)]
    print("\n".join(found) or "sizes: all within their limits")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
