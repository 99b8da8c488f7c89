"""The command line: the only writer to stdout.

Commands are found by name in :mod:`ksbtui.cli.commands` and loaded only when called, so
``ksbtui log`` never pays for the screens.
"""

from __future__ import annotations

import gc

gc.set_threshold(100_000, 20, 20)
"""A command makes few objects and ends: collecting garbage on the way cost it 6 ms."""

from ksbtui.cli.root import main  # noqa: E402

__all__ = ["main"]
