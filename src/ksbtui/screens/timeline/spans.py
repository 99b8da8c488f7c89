"""Two days as people type them, for breaks and moved modules."""

from __future__ import annotations

import re
from datetime import date

from ksbtui.core.days import full_day, long_day, parse_day
from ksbtui.core.programme.plan import Span
from ksbtui.core.text.text import number_of, quoted
from ksbtui.errors import Unreadable

HINT = "Write two days, such as 12 Oct to 25 Oct, or 2026-10-12..2026-10-25."
_BETWEEN = re.compile(r"\s*(?:\.\.|…|\bto\b|–)\s*")
_NO_YEAR = re.compile(r"[0-9]{1,2}(?:/[0-9]{1,2}| [a-z]{3,9})", re.IGNORECASE)


def read_plan_day(text: str, today: date, last: date) -> date:
    """Read a day that may lie ahead: one without a year is the latest up to ``last``.

    What is said from today (``today``, ``mon``, ``-3``) stays so.
    """
    plain = " ".join(text.split())
    return parse_day(plain, max(today, last) if _NO_YEAR.fullmatch(plain) else today)


def read_span(text: str, today: date, last: date) -> Span:
    """Read a first and a last day. Raises Unreadable where there are not two, in order."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    if len(parts) != 2:
        raise Unreadable(f"{quoted(text)} is not two days.", HINT)
    first, end = (read_plan_day(part, today, last) for part in parts)
    if end < first and _NO_YEAR.fullmatch(parts[0]):
        first = read_plan_day(parts[0], end, end)
    if end < first:
        raise Unreadable(
            f"{long_day(end)} is before {long_day(first)}.", "Enter the first day first."
        )
    return first, end


def read_open_span(text: str, today: date, last: date) -> tuple[date, date | None]:
    """Read a first and a last day, or a first day alone where the end is not known yet."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    if len(parts) == 1:
        return read_plan_day(parts[0], today, last), None
    return read_span(text, today, last)


def say_span(first: date, last: date | None) -> str:
    """Say back what was understood, with how long it is."""
    if last is None:
        return f"from {long_day(first)}, end not known yet"
    days = (last - first).days + 1
    weeks = f", {number_of(days // 7, 'week')}" if days % 7 == 0 else ""
    return f"{full_day(first)} to {full_day(last)}: {number_of(days, 'day')}{weeks}"
