"""Personal data in text that is about to leave: found, and made unreadable where wanted.

:mod:`ksbtui.core.exchange.personal_patterns` holds the patterns; e-mail addresses and the
names on the learner's own list are found here. Patterns miss people who are named without a
title, and every place that shows findings says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ksbtui.core.exchange.personal_patterns import EMAIL, NAME, SHAPES

_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_BEFORE_AT = re.compile(r"[\w.+-]{1,64}\Z")
_BETWEEN = "\0"

SHOWN = 12
"""Findings that are shown; more are counted."""
LONGEST_SHOWN = 40
TAKEN_OUT = (
    "Removed from the {what}; your journal has not changed. This finds patterns such as phone "
    "numbers, not people. Read the {what} before you share it."
)
"""What is said once it was removed from an export, a file or a text to paste."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data: where it stands, what kind it is and its text."""

    where: str
    kind: str
    text: str


def check(texts: Iterable[tuple[str, str]], names: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Look through texts, each with the place it stands at, in the order given.

    All are searched as one, so thousands of short texts cost little.
    """
    filled = [(where, text) for where, text in texts if text]
    joined = _BETWEEN.join(text for _, text in filled)
    starts = list(accumulate((len(text) + 1 for _, text in filled), initial=0))
    return tuple(
        Finding(filled[bisect_right(starts, first) - 1][0], kind, joined[first:last])
        for first, last, kind in _spans(joined, names)
    )


def check_text(text: str, names: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Look through one text; the place of a finding is its line."""
    lines = enumerate(text.split("\n"), start=1)
    return check(((f"line {number}", line) for number, line in lines), names)


def told(findings: Sequence[Finding], most: int = SHOWN) -> list[str]:
    """What was found and where, a line each; those above ``most`` are counted."""
    lines = [f"{f.kind}: {_short(f.text)}  ({f.where})" for f in findings[:most]]
    return [*lines, f"and {len(findings) - most} more"] if len(findings) > most else lines


def _short(text: str) -> str:
    plain = "".join(char if char.isprintable() else " " for char in text)
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[: LONGEST_SHOWN - 1]}…"


def redact(text: str, names: Sequence[str] = ()) -> str:
    """The text with each piece of personal data replaced by its kind: ``[postcode]``."""
    parts, done = [], 0
    for first, last, kind in _spans(text, names):
        parts += [text[done:first], f"[{kind}]"]
        done = last
    return "".join([*parts, text[done:]]) if parts else text


def _spans(text: str, names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First and past-the-last position of each finding in order, none over another.

    Of two that overlap the one that begins first is taken, of two that begin together the
    longer: an address, not the name it begins with.
    """
    done = 0
    for first, last, kind in sorted(_matches(text, names), key=lambda span: (span[0], -span[1])):
        if first >= done:
            yield first, last, kind
            done = last


def _matches(text: str, names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Every match, kind by kind; they may overlap."""
    for first, last in _addresses(text):
        yield first, last, EMAIL
    for shape in SHAPES:
        group = "found" if "found" in shape.pattern.groupindex else 0
        for match in shape.pattern.finditer(text):
            if shape.holds(match[group]):
                yield *match.span(group), shape.kind
    if names:
        longest_first = sorted(names, key=len, reverse=True)
        either = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
        for match in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text, re.IGNORECASE):
            yield *match.span(), NAME


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """E-mail addresses, looked for around each at-sign only."""
    place = text.find("@")
    while place >= 0:
        before = _BEFORE_AT.search(text, max(0, place - 64), place)
        after = _DOMAIN.match(text, place + 1)
        if before and after:
            yield before.start(), after.end()
        place = text.find("@", place + 1)
