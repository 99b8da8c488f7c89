"""A fault of the program's own: a note for its makers, and no learner's words on screen.

Textual would print every local variable, and with them private reflections.
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from ksbtui.store.files.paths import data_folder


def note_fault(error: BaseException | None, folder: Path | None = None) -> str:
    """Write where ``error`` arose (never its values) and give the lines to show."""
    sorry = "ksbtui stopped because of a fault. Everything you saved is safe."
    path = (folder or data_folder()) / "fault.txt"
    frames = traceback.extract_tb(error.__traceback__) if error else []
    lines = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join([type(error).__name__, *lines]) + "\n")
    except OSError:
        return f"{sorry}\n{type(error).__name__} at {lines[-1] if lines else 'start'}"
    return f"{sorry}\nThe details are in {path}. They contain none of your text."
