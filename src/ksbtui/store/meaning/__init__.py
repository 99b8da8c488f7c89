"""The optional sentence model: a folder or package that the person names, never fetched."""

from __future__ import annotations

from pathlib import Path

from ksbtui.errors import StoreProblem
from ksbtui.store.files.paths import data_folder, write_private


def chosen_model() -> str:
    """The model the person chose; empty for none, as from the start."""
    try:
        return _choice_path().read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def choose_model(name: str) -> None:
    """Keep which model to use from now on; an empty name turns it off."""
    path = _choice_path()
    try:
        if not name:
            path.unlink(missing_ok=True)
            return
        write_private(path, f"{name}\n".encode())
    except OSError as problem:
        raise StoreProblem(
            f"The choice cannot be kept at {path}: {problem.strerror}.",
            "Check free space and permissions.",
        ) from problem


def _choice_path() -> Path:
    return data_folder() / "model.txt"
