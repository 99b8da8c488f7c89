"""The system's own voice: a text read aloud by a program that is there anyway."""

from __future__ import annotations

import shutil
import subprocess
import sys

from ksbtui.errors import NotFound

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
        """Begin to read a text; refuses where the system has no voice."""
        self.stop()
        command = voice_command()
        if not command:
            raise NotFound(
                "This system has no voice that ksbtui can use.",
                "On Linux install speech-dispatcher or espeak-ng.",
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
                f"The system's voice did not start: {problem.strerror}.", "Read it yourself."
            ) from problem
        self._speaking = started

    def stop(self) -> None:
        """Be quiet."""
        if self._speaking is not None and self._speaking.poll() is None:
            self._speaking.kill()
            self._speaking.wait()
        self._speaking = None
