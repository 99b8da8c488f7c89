"""How the program speaks: counts, days and times are worded in one place each."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "ksbtui"
WORDED = {"core/text/text.py", "core/days.py", "core/durations.py", "journal/entry/timers.py"}
"""The files that may word a count, a day or a time."""
MODULES = [
    path
    for path in sorted(SOURCE.rglob("*.py"))
    if path.relative_to(SOURCE).as_posix() not in WORDED
]


def plural_by_hand(node: ast.AST) -> bool:
    """Whether an expression is a noun, or its ending, chosen by whether a number is one."""
    if not isinstance(node, ast.IfExp) or not isinstance(node.test, ast.Compare):
        return False
    one = any(isinstance(c, ast.Constant) and c.value == 1 for c in node.test.comparators)
    both = [side.value for side in (node.body, node.orelse) if isinstance(side, ast.Constant)]
    if not one or len(both) != 2 or not all(isinstance(word, str) for word in both):
        return False
    short, long = sorted((str(word) for word in both), key=len)
    return long in (f"{short}s", f"{short[:-1]}ies")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_plural_is_made_by_hand(path: Path) -> None:
    """``number_of`` words every count."""
    for node in ast.walk(ast.parse(path.read_text())):
        if plural_by_hand(node):
            pytest.fail(f"{path.name}:{getattr(node, 'lineno', 0)} makes a plural: number_of does")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_day_is_worded_by_hand(path: Path) -> None:
    """``core/days.py`` words every day: no strftime, which depends on the computer's language."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr == "strftime":
            pytest.fail(f"{path.name}:{node.lineno} words a day: core/days.py does")
