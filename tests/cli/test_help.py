"""Help teaches by example, and the examples keep their lines."""

from __future__ import annotations

import click
import pytest

from ksbtui.cli.commands import COMMANDS
from ksbtui.cli.root import root


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
