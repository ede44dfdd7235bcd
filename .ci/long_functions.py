"""Names every function of more than 50 lines without a reason: a comment `# long: why` above its first line."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

LINES = 50
# A migration is one list of statements, however long.
LEFT_OUT = "migrations"
FLOORS = ("bot", "handlers", "storage", "templates", "core", "tests", ".ci")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def too_long(path: Path) -> Iterator[str]:
    """A line for each function of the file that is too long without a reason."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text, str(path))):
        if isinstance(node, Function) and length(node) > LINES and not has_reason(node, lines):
            yield f"{path}:{node.lineno}: {node.name} has {length(node)} lines, {LINES} are enough without a reason"


def length(function: Function) -> int:
    """From `def` to the last line, decorators left out."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def has_reason(function: Function, lines: list[str]) -> bool:
    """Whether the line above the function, or above its decorators, says why it is long."""
    first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    return first > 1 and lines[first - 2].strip().startswith("# long: ")


if __name__ == "__main__":
    files = [path for floor in FLOORS for path in sorted(Path(floor).rglob("*.py")) if LEFT_OUT not in path.parts]
    found = [line for path in files for line in too_long(path)]
    print("\n".join(found) or f"no function has more than {LINES} lines without a reason")
    sys.exit(bool(found))
