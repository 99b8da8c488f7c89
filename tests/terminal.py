"""A real terminal for tests: a program on a pty, its screen read through pyte."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence

import pyte

QUERIES = (
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
)
"""What a program asks of a terminal, and what a plain one answers."""


class Terminal:
    """Runs ``command`` in a window of ``columns`` × ``lines``."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str] | None = None,
        columns: int = 80,
        lines: int = 24,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.status: int | None = None
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})})
            os.execvp(command[0], list(command))
        self.resize(columns, lines)

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window."""
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def read(self, seconds: float = 0.05) -> None:
        """Take in what the program writes for a moment."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            ready, _, _ = select.select([self._file], [], [], left)
            if not ready:
                return
            try:
                data = os.read(self._file, 65536)
            except OSError:
                return
            if not data:
                return
            for query, answer in QUERIES:
                if query in data:
                    os.write(self._file, answer)
            self._stream.feed(data)

    def wait_for(self, *texts: str, seconds: float = 15) -> None:
        """Wait until every text is on the screen; fails with the screen otherwise."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read()
            if all(text in self.text for text in texts):
                return
        raise AssertionError(f"{texts} did not appear on:\n{self.text}")

    def send(self, keys: str) -> None:
        """Type keys as the terminal sends them."""
        os.write(self._file, keys.encode())
        self.read()

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def wait(self, seconds: float = 10) -> int:
        """Wait for the end of the program; gives its exit code, negative for a signal."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
                return self.status
        raise AssertionError(f"the program is still running:\n{self.text}")

    def close(self) -> None:
        """End the program if it still runs, and let the terminal go."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._file)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()
