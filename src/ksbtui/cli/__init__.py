"""The command line: the only writer to stdout.

Commands are found by name in :mod:`ksbtui.cli.commands` and loaded only when called, so
``ksbtui log`` never pays for the screens.
"""

from __future__ import annotations

from ksbtui.cli.root import main

__all__ = ["main"]
