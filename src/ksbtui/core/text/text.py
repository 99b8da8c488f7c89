"""A person's text: cleaned, counted, quoted and cut, and made safe for a terminal or file.

A journal may hold what a hostile file brought in: escape sequences that write the
clipboard, move the cursor or hide a line. Nothing of ksbtui's own needs them in a text.
"""

from __future__ import annotations

from collections.abc import Collection

SHOWN = 40
"""Characters of a person's own text that a refusal repeats."""

_MARKS = "#*_: \t"


def word_count(learned: str, headings: Collection[str] = ()) -> int:
    """Whitespace-separated words of ``learned``, without the headings of a template.

    A line is a heading if, without leading or trailing ``#``, ``*``, ``_``, ``:`` and spaces,
    it equals one of ``headings`` in any case.
    """
    known = {_bare(heading) for heading in headings} - {""}
    return sum(len(line.split()) for line in learned.splitlines() if _bare(line) not in known)


def is_heading(line: str, headings: Collection[str]) -> bool:
    """Whether a line is one of the headings of a template, as :func:`word_count` takes it."""
    bare = _bare(line)
    return bool(bare) and any(bare == _bare(heading) for heading in headings)


def _bare(line: str) -> str:
    return line.strip().strip(_MARKS).casefold()


def quoted(text: str) -> str:
    """What a person typed, fit for one line of a refusal: quoted, on one line, cut if long."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= SHOWN else f'"{line[: SHOWN - 1]}…"'


def number_of(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun: ``1 entry``, ``1,204 entries``; ``plural`` defaults to noun + s."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def clean(text: str) -> str:
    """Make typed or pasted text storable: no NUL, no half characters, plain line ends.

    Lone surrogates (from a broken paste) become question marks; everything
    else, markup and control pictures included, stays as typed.
    """
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode("utf-8")


CONTROLS = dict.fromkeys((*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF))
"""Control characters but tab and line feed (C0, DEL, C1), for ``str.translate``: all go."""

ASCII = {
    **dict(zip("·○◐●◆", ".o+#@", strict=True)),
    **dict(zip("¹”✓×…•◇", '1"vx~.*', strict=True)),
    **dict(zip("▄▗▁▌─↑↓←→↵▾◂▸", "=:_|-^v<><v<>", strict=True)),
    **dict(zip("▂▃▅▆▇█▒░━│╌┈", "_-=###%.-|~.", strict=True)),
    **dict(zip("╺╸┏┓┗┛┃┫┣╻╹┻┳╋", "--++++|++||+++", strict=True)),
    **dict(zip("\u201c‘’–—▎▏▕■⠿", "\"''--|||##", strict=True)),
}
"""Symbol → one ASCII cell."""


def one_line(text: str) -> str:
    """Typed text as one storable line, its runs of white space single spaces."""
    return " ".join(clean(text).split())


def shortened(text: str, most: int = 60) -> str:
    """A text of at most ``most`` characters, its end marked where it was cut."""
    return text if len(text) <= most else text[: most - 1] + "…"


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
