"""Keep every test away from the person's own files, colours and animations."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ.pop("NO_COLOR", None)
os.environ.pop("TEXTUAL_THEME", None)


def pytest_configure() -> None:
    """Let pilots wait for the app's state; Textual reads the variables above as it is imported."""
    from tests.settling import settle_by_state

    settle_by_state()


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter each test a home of its own and no settings from outside."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.delenv("KSBTUI_JOURNAL", raising=False)
    monkeypatch.delenv("KSBTUI_AS_AT", raising=False)
