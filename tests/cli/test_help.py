"""Help teaches by example, and the examples keep their lines."""

from __future__ import annotations

import click
import pytest

from ksbtui.cli.commands import COMMANDS
from ksbtui.cli.root import root, run
from tests.cli.kit import Shell


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_keep_their_lines(name: str) -> None:
    context = click.Context(root, info_name="ksbtui")
    command = root.get_command(context, name)
    assert command is not None
    for one in (command, *getattr(command, "commands", {}).values()):
        shown = one.get_help(click.Context(one, info_name=one.name, parent=context))
        assert "\\b" not in shown
        for line in (one.help or "").splitlines():
            if line.strip().startswith("ksbtui "):
                assert line.strip() in shown


def test_completion_offers_codes_with_their_statements(
    monkeypatch: pytest.MonkeyPatch, shell: Shell
) -> None:
    monkeypatch.setenv("_KSBTUI_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", f"ksbtui --journal {shell.path} log x -k K1,S2")
    monkeypatch.setenv("COMP_CWORD", "6")
    printed: list[str | bytes] = []  # which of both depends on click's version
    monkeypatch.setattr("click.shell_completion.echo", printed.append)
    with pytest.raises(SystemExit):
        run([])
    said = [text.decode() if isinstance(text, bytes) else text for text in printed]
    offered = "\n".join(said).split("\n")
    assert "K1,S2" in offered
    assert "K1,S29" in offered
    assert any(line.startswith("Follow ethical, responsible and safe") for line in offered)
