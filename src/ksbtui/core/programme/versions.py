"""Which version of a standard a learner is on: by the day learning starts, unless they name one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from ksbtui.core.days import long_day
from ksbtui.core.programme.standards import Standard


def split_reference(text: str) -> tuple[str, str]:
    """Reference and version as typed: ``ST1512@2.0`` is both, ``ST1512`` has no version."""
    ref, _, version = text.strip().partition("@")
    return ref.strip().upper(), version.strip().lower().removeprefix("v")


def version_key(standard: Standard) -> tuple[int, ...]:
    """Sort key of a version: 2.10 comes after 2.9, a standard without a version first."""
    return tuple(int(number) for number in re.findall(r"\d+", standard.version))


def takes_start(standard: Standard, start: date) -> bool:
    """Whether a version takes starts on that day; one that names no day takes any."""
    first, last = standard.starts_from, standard.starts_to
    return (first is None or first <= start) and (last is None or start <= last)


def version_for(versions: Iterable[Standard], start: date) -> Standard:
    """The newest version that takes the start.

    Where none does: the last one to close before it, or before them all the first to open.
    """
    ordered = sorted(versions, key=version_key)
    fitting = [one for one in ordered if takes_start(one, start)]
    closed = [one for one in ordered if one.starts_to is not None and one.starts_to < start]
    return (fitting or closed or ordered[:1])[-1]


def start_warning(standard: Standard, start: date, versions: Iterable[Standard]) -> str:
    """What to say of a start outside the days of a version; empty where it takes the start."""
    if takes_start(standard, start):
        return ""
    first, last = standard.starts_from, standard.starts_to
    if first is not None and start < first:
        text = f"{standard.named} only takes starts from {long_day(first)}."
    else:
        assert last is not None, "a start is refused before the first day or after the last"
        text = f"{standard.named} closed to new starts on {long_day(last)}."
    better = version_for(versions, start)
    if takes_start(better, start):
        return f"{text} For a start on {long_day(start)} use {better.named}, or ask your tutor."
    return f"{text} No version here takes a start on {long_day(start)}: ask your tutor."
