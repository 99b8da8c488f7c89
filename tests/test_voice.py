"""No sentence has a habit that docs/VOICE.md refuses, and every option says what it is for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ksbtui.cli.root import root

SOURCE = Path(__file__).parents[1] / "src" / "ksbtui"
HABITS = {
    "say 'is not a'": r"(?<!There)(?<!there) is no (?!longer\b|more than\b|other\b|such\b)",
    "say 'enter'": r"(?:^|[.:;] )Give ",
    "say 'work out'": r"\breckon",
    "say 'correct' or 'repair'": r"\bMend\b",
    "say 'again'": r"\b(anew|afresh)\b",
    "say '0' or 'negative'": r"\bnought\b",
    "say 'evidence'": r"\bartefacts?\b",
    "say 'appears' or 'is'": r"\bstands? (?:twice|there|on|under|in) ",
    "say who": r"\bNobody is named\b",
    "say 'you need … to finish'": r"finishes on time",
    "say what the rule is": r"[Oo]ne reading of the rules",
    "say 'who'": r"\b[Ww]hom\b",
    "say 'verify'": r"\bvouch",
}
NOT_SENTENCES = {"core/text/terms.py", "store/database/totals.py"}
"""Files whose texts are word lists or SQL."""
KEYS = {"artefacts"}
"""Keys of a document, which are not renamed."""


def is_command(node: ast.AST) -> bool:
    """Whether a docstring is the help of a command."""
    found = getattr(node, "decorator_list", [])
    return any(re.search("command|group", ast.dump(one)) for one in found)


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module that a person may read, with its line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {
        id(part.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.Expr) and not (is_command(node) and part is node.body[0])
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.lineno, node.value


def test_no_text_has_a_habit_that_the_voice_refuses() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{line}: {better}: {text[:80]!r}"
        for path in sorted(SOURCE.rglob("*.py"))
        if str(path.relative_to(SOURCE)) not in NOT_SENTENCES
        for line, text in sentences(path)
        for better, habit in HABITS.items()
        if text not in KEYS and re.search(habit, text)
    ]
    assert not found, "\n".join(found)


REPOSITORY = SOURCE.parents[1]
PAGES = [
    *REPOSITORY.glob("*.md"),
    *(REPOSITORY / "docs").rglob("*.md"),
    *(REPOSITORY / "seed").rglob("*.md"),
    *(REPOSITORY / "seed").rglob("*.toml"),
]
NOT_READ = {
    "CHANGELOG.md",
    "docs/VOICE.md",
    "docs/DECISIONS.md",
    "seed/standards/st1512-2.0.toml",
    "seed/standards/au0002-1.0.toml",
}
"""What shows the habits, what records the past, and statements published by somebody else."""


def test_no_page_or_seed_file_has_a_habit_that_the_voice_refuses() -> None:
    found = [
        f"{name}:{line}: {better}: {text[:80]!r}"
        for path in sorted(PAGES)
        if (name := str(path.relative_to(REPOSITORY))) not in NOT_READ
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for better, habit in HABITS.items()
        if re.search(habit, text)
    ]
    assert len(PAGES) > 60
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ('"x" is no level.', True),
        ("There is no module 9.", False),
        ("Give a day.", True),
        ("8 h a week finishes on time.", True),
        ("You need 8 h a week to finish on time.", False),
    ],
)
def test_the_habits_match_what_they_are_meant_to(text: str, refused: bool) -> None:
    assert any(re.search(habit, text) for habit in HABITS.values()) == refused


def commands(command: click.Command, name: str = "ksbtui") -> Iterator[tuple[str, click.Command]]:
    """Every command and group below one, by its whole name."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for sub in command.list_commands(context):
            if found := command.get_command(context, sub):
                yield from commands(found, f"{name} {sub}")


def test_every_option_has_help() -> None:
    silent = [
        f"{name} {option.opts[0]}"
        for name, command in commands(root)
        for option in command.params
        if isinstance(option, click.Option) and not option.help and not option.hidden
    ]
    assert not silent, "\n".join(silent)
