"""Durations: whole minutes, read from what a person types and said back in words."""

from __future__ import annotations

import re

from ksbtui.core.entry.entries import MAX_MINUTES, MIN_MINUTES
from ksbtui.core.text.text import quoted
from ksbtui.errors import Unreadable

HALF_DAY = 210
HINT = "Write a time like 45m, 1h, 1h30, 1:30, 1.5h or half day."

_HOURS = r"(?:h|hr|hrs|hour|hours)"
_MINUTES = r"(?:m|min|mins|minute|minutes)"
# Kept as texts: re compiles and remembers each when it is first tried.
_NUMBER = r"[0-9]{1,6}"
_DECIMAL = rf"([0-9]{{0,5}})\.([0-9]{{1,4}})(?: ?{_HOURS})?"
_CLOCK = r"([0-9]{1,5}):([0-9]{2})"
_SPELT = rf"(?:([0-9]{{1,5}}) ?{_HOURS})?(?:(?<=[a-z]) ?([0-9]{{1,2}})(?: ?{_MINUTES})?)?"
_ONLY_MINUTES = rf"([0-9]{{1,6}}) ?{_MINUTES}"


def parse_minutes(text: str, most: int = MAX_MINUTES) -> int:
    """Minutes of one activity, 1 to 1440 (or ``most``), from what a person types.

    Read: ``90`` (minutes; below 10 it could be hours, so it is refused), ``90m``, ``1h``,
    ``1h30``, ``1h 30m``, ``1:30``, ``1.5h``, ``1.5`` (hours), ``half day`` (3 h 30 m).
    Decimal hours round half up to the minute.

    Raises Unreadable for anything else, or a time outside one minute to one day.
    """
    plain = _plain(text)
    if re.fullmatch(_NUMBER, plain):
        number = int(plain)
        if 0 < number < 10:
            raise Unreadable(
                f"{quoted(text)}: {number} h or {number} min?", f"Write {number}h or {number}m."
            )
        return _within(text, number, most)
    return _within(text, _spelt(text, plain), most)


def parse_hours(text: str, most: int = 600_000) -> int:
    """Minutes of an amount of hours (a target, hours a week), at least 1, at most ``most``.

    As :func:`parse_minutes`, but a bare number is hours: ``420``, ``7.5``, ``3h``, ``3h30``.

    Raises Unreadable for anything else or out of range.
    """
    plain = _plain(text)
    minutes = int(plain) * 60 if re.fullmatch(_NUMBER, plain) else _spelt(text, plain)
    return _within(text, minutes, most)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _spelt(text: str, plain: str) -> int:
    """Minutes of every form that names its unit; raises Unreadable for any other text."""
    if plain in ("half day", "half a day"):
        return HALF_DAY
    if match := re.fullmatch(_DECIMAL, plain):
        scale: int = 10 ** len(match[2])
        parts = int(match[1] or 0) * scale + int(match[2])
        return (parts * 60 * 2 + scale) // (scale * 2)
    if match := re.fullmatch(_ONLY_MINUTES, plain):
        return int(match[1])
    match = re.fullmatch(_CLOCK, plain) or (re.fullmatch(_SPELT, plain) if plain else None)
    if match is None or int(match[2] or 0) >= 60:
        if plain.startswith("-"):
            raise Unreadable(f"{quoted(text)} is a negative time.", HINT)
        raise Unreadable(f"{quoted(text)} is not a time.", HINT)
    hours, minutes = match.groups(default="0")
    return int(hours) * 60 + int(minutes)


def _within(text: str, minutes: int, most: int) -> int:
    if minutes < MIN_MINUTES:
        raise Unreadable(f"{quoted(text)} is not a length of time.", "Enter at least one minute.")
    if minutes > most:
        raise Unreadable(
            f"{quoted(text)} is more than {say_minutes(most)}.",
            "Log each day as its own entry."
            if most == MAX_MINUTES
            else "Enter a smaller number of hours.",
        )
    return minutes


def say_minutes(minutes: int) -> str:
    """Minutes in words: ``232 h 30 m``, ``45 m``, ``2 h``, ``0 h``; ``-45 m`` below nought."""
    sign, (hours, rest) = "-" if minutes < 0 else "", divmod(abs(minutes), 60)
    if hours and rest:
        return f"{sign}{hours} h {rest} m"
    return f"{sign}{rest} m" if rest else f"{sign}{hours} h"


def clock_minutes(minutes: int) -> str:
    """Minutes for a narrow column: ``26:45``."""
    sign, (hours, rest) = "-" if minutes < 0 else "", divmod(abs(minutes), 60)
    return f"{sign}{hours}:{rest:02}"


def whole_hours(minutes: int) -> str:
    """Minutes as whole hours, half up, without a unit: ``35``."""
    return str((minutes + 30) // 60)


def parse_clock(text: str) -> tuple[int, int]:
    """Read a time of day: ``12:30``, ``9:05``, ``1230``, ``9.05``."""
    match = re.fullmatch(r"([0-9]{1,2})[:.]?([0-9]{2})", text.strip())
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise Unreadable(f"{quoted(text)} is not a time of day.", "Write it like 12:30.")
    return int(match[1]), int(match[2])
