"""Programs of this system that ksbtui runs: the person's editor, and a voice that reads aloud."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from ksbtui.core.text.text import clean
from ksbtui.errors import NotFound, StoreProblem, Unreadable
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
    """Let the person edit a text and return what they written of it.

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
                "Set $EDITOR to one that is installed, such as: export EDITOR=nano",
            ) from problem
        written = _read(path)
        if code != 0:
            new = written is not None and written.strip() not in ("", text.strip())
            raise EditorFailed(
                f"The editor {command[0]} failed ({code}). {KEPT}",
                "Try again, or set $EDITOR to another.",
                (written or "") if new else "",
            )
        if written is None or (not written.strip() and text.strip()):
            raise Unreadable(
                f"The editor returned an empty text. {KEPT}",
                'To empty it on purpose: ksbtui edit ID --learned ""',
            )
        return written
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


_WINDOWS = (
    "Add-Type -AssemblyName System.Speech; "
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())"
)
MOST_CHARACTERS = 600


def voice_command() -> list[str]:
    """The program that reads its stdin aloud; empty where the system has none."""
    if sys.platform == "darwin":
        return ["say"]
    if sys.platform == "win32":
        return ["powershell", "-NoProfile", "-Command", _WINDOWS]
    for words in (
        ["spd-say", "--pipe-mode", "--wait"],
        ["espeak-ng", "--stdin"],
        ["espeak", "--stdin"],
    ):
        if shutil.which(words[0]):
            return words
    return []


class Voice:
    """Reads one text at a time; the next one, or `stop`, ends it."""

    def __init__(self) -> None:
        self._speaking: subprocess.Popen[bytes] | None = None

    def say(self, text: str) -> None:
        self.stop()
        command = voice_command()
        if not command:
            raise NotFound(
                "This computer has no voice that ksbtui can use.",
                "On Linux, install speech-dispatcher or espeak-ng.",
            )
        try:
            started = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            assert started.stdin is not None
            started.stdin.write(text[:MOST_CHARACTERS].encode())
            started.stdin.close()
        except OSError as problem:
            raise NotFound(
                f"The system's voice did not start: {problem.strerror}.",
                "Read the question yourself.",
            ) from problem
        self._speaking = started

    def stop(self) -> None:
        if self._speaking is not None and self._speaking.poll() is None:
            self._speaking.kill()
            self._speaking.wait()
        self._speaking = None
