"""Text from anywhere made harmless for a terminal or file, and symbols for those without UTF-8.

A journal may hold what a hostile file brought in: escape sequences that write the
clipboard, move the cursor or hide a line. Nothing of ksbtui's own needs them in a text.
"""

from __future__ import annotations

CONTROLS = dict.fromkeys((*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF))
"""Control characters but tab and line feed (C0, DEL, C1), for ``str.translate``: all go."""

ASCII = {
    **dict(zip("·○◐●◆", ".o+#@", strict=True)),
    **dict(zip("¹”✓×…•◇", '1"vx~.*', strict=True)),
    **dict(zip("▄▗▁▌─↑↓←→↵▾◂▸", "=:_|-^v<><v<>", strict=True)),
    **dict(zip("▂▃▅▆▇█▒░━│╌┈", "_-=###%.-|~.", strict=True)),
    **dict(zip("╺╸┏┓┗┛┃┫┣╻╹┻┳╋", "--++++|++||+++", strict=True)),
    **dict(zip("“‘’–—▎▏▕■⠿", "\"''--|||##", strict=True)),
}
"""Symbol → one ASCII cell."""


def printable(text: str) -> str:
    """The text without control characters, which terminals obey and XML refuses."""
    if text.replace("\n", "").isprintable():
        return text
    return text.translate(CONTROLS)


def in_ascii(problem: UnicodeError) -> tuple[str, int]:
    """A codec's error handler: what an encoding lacks becomes its plain symbol, else ``?``."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    lacking = problem.object[problem.start : problem.end]
    return "".join(ASCII.get(char, "?") for char in lacking), problem.end
