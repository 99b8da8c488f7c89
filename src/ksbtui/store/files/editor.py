"""Writing a text in the person's own editor, without ever losing what was there."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from ksbtui.core.text.text import clean
from ksbtui.errors import StoreProblem, Unreadable
from ksbtui.store.files.paths import private_file

Run = Callable[[Sequence[str]], int]
KEPT = "The old text was kept."


def editor_command() -> list[str]:
    """The editor the person chose in $VISUAL or $EDITOR, else the system's plain one."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(chosen, posix=sys.platform != "win32")
    except ValueError as problem:
        raise Unreadable(
            f"$EDITOR cannot be read: {problem}.", "Set it to a command such as: nano"
        ) from problem
    return command or (["notepad"] if sys.platform == "win32" else ["vi"])


class EditorFailed(StoreProblem):
    """The editor ended badly; ``typed`` is what it had saved by then, empty for nothing new."""

    def __init__(self, message: str, hint: str, typed: str = "") -> None:
        super().__init__(message, hint)
        self.typed = typed


def edited(text: str, run: Run = subprocess.call) -> str:
    """Let the person edit a text and return what they made of it.

    The text lies in a private temporary file (0600 in 0700) meanwhile, which is always
    removed. Refuses, and so keeps the old text, where the editor fails or gives back nothing;
    what was typed before it failed is handed over with the refusal.
    """
    command = editor_command()
    folder = Path(mkdtemp(prefix="ksbtui-"))
    path = folder / "reflection.md"
    try:
        private_file(path)
        path.write_text(text, encoding="utf-8")
        try:
            code = run([*command, str(path)])
        except OSError as problem:
            raise StoreProblem(
                f"The editor {command[0]} could not be started. {KEPT}",
                "Set $EDITOR to one that is here, such as: export EDITOR=nano",
            ) from problem
        made = _read(path)
        if code != 0:
            typed = made if made is not None and made.strip() not in ("", text.strip()) else ""
            raise EditorFailed(
                f"The editor {command[0]} failed ({code}). {KEPT}",
                "Try again, or set $EDITOR to another.",
                typed,
            )
        if made is None or (not made.strip() and text.strip()):
            raise Unreadable(
                f"The editor gave back an empty text. {KEPT}",
                'To empty it on purpose: ksbtui edit ID --learned ""',
            )
        return made
    finally:
        rmtree(folder, ignore_errors=True)


def _read(path: Path) -> str | None:
    """What the editor left, however it is encoded; None if the file is gone."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    try:
        return clean(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return clean(raw.decode("cp1252", "replace"))
