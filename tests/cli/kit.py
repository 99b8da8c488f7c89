"""Running commands in tests: the exit code, what was printed, and where."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ksbtui.cli.root import run


@dataclass(frozen=True)
class Ran:
    """What a command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document it printed."""
        assert self.code == 0, self.err
        return json.loads(self.out)


class Shell:
    """Runs ksbtui on one journal at one day."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str], as_at: str) -> None:
        self.path, self.as_at = path, as_at
        self._capsys = capsys

    def __call__(self, *words: str) -> Ran:
        """Run a command line."""
        self._capsys.readouterr()
        code = run(["--journal", str(self.path), "--as-at", self.as_at, *words])
        printed = self._capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    def refused(self, *words: str) -> str:
        """Run a command line that must be refused; gives the two lines it said."""
        done = self(*words)
        assert (done.code, done.out) == (1, ""), done
        lines = done.err.strip().splitlines()
        assert len(lines) == 2, done.err
        assert "Traceback" not in done.err
        return done.err
