"""Published standards and units: their KSBs, duties and outcomes, and codes as people type them.

A KSB is always (standard, code): AU0002's K1 is not ST1512's K1.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import field
from datetime import date

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.frozen import dataclass
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound, Unreadable

KSB_TYPES = ("K", "S", "B")
TYPE_NAMES = {"K": "Knowledge", "S": "Skills", "B": "Behaviours"}

_CODE = re.compile(r"([KSB])0*([1-9][0-9]*)")


def code_key(code: str) -> tuple[int, int, str]:
    """Sort key of a KSB code: K, S, B, then by number."""
    match = _CODE.fullmatch(code)
    if match is None:
        return (len(KSB_TYPES), 0, code)
    return (KSB_TYPES.index(match[1]), int(match[2]), code)


@dataclass(frozen=True, slots=True)
class Ksb(ForbidExtra):
    """One Knowledge, Skill or Behaviour statement of a standard.

    ``text`` is the published statement; ``short`` (two or three words) and ``plain``
    (a hint of at most 20 words) are our own words and may be empty.
    """

    code: str
    text: str
    short: str = ""
    plain: str = ""
    option: str = ""
    """The option or pathway it belongs to; empty for core."""

    @property
    def type(self) -> str:
        return self.code[0]

    @property
    def name(self) -> str:
        """The short name, or the statement's first words where none was written."""
        return self.short or " ".join(self.text.split()[:3])


@dataclass(frozen=True, slots=True)
class Duty(ForbidExtra):
    """A duty of the occupation and the KSBs published beside it (maybe none)."""

    number: int
    text: str
    ksbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome(ForbidExtra):
    """A learning outcome of a unit: its function, text and the K and S under it."""

    number: int
    function: str
    text: str
    ksbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standard(ForbidExtra):
    """One version of a published standard (``apprenticeship``) or unit (``unit``).

    Minutes are off-the-job training minutes; ``None`` where the source does not say.
    """

    ref: str
    version: str
    kind: str
    title: str
    ksbs: tuple[Ksb, ...]
    duties: tuple[Duty, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    level: int | None = None
    min_minutes: int | None = None
    max_minutes: int | None = None
    typical_months: int | None = None
    typical_weeks: tuple[int, int] | None = None
    starts_from: date | None = None
    starts_to: date | None = None
    approved: date | None = None
    updated: date | None = None
    options: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    job_titles: tuple[str, ...] = ()
    summary: str = ""
    licence: str = ""
    attribution: str = ""
    source: str = ""
    notice: str = ""
    """What became known after publication, such as a closing day for new starts."""
    facts: dict[str, object] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    """What an import found odd: gaps, duplicates, absent facts."""

    @property
    def id(self) -> str:
        """Reference and version, such as ``ST1512-2.0``; the reference where none is known."""
        return f"{self.ref}-{self.version}" if self.version else self.ref

    @property
    def named(self) -> str:
        """Reference and version as a sentence says them: ``ST1512 v2.0``."""
        return f"{self.ref} v{self.version}" if self.version else self.ref

    def ksbs_of(self, option: str = "") -> tuple[Ksb, ...]:
        """The core KSBs and those of ``option``, in published order."""
        return tuple(ksb for ksb in self.ksbs if not ksb.option or ksb.option == option)

    def ksb(self, code: str) -> Ksb | None:
        return next((ksb for ksb in self.ksbs if ksb.code == code), None)


HINT = "Write codes like K1, S3 or K1-K4."

# Letters are spelt out: case-folding in a pattern would also let the Kelvin sign and long s in.
_TYPED = re.compile(r"([KSBksb])([0-9]{1,4})")
_RANGE = r"([KSBksb])([0-9]{1,4})-([KSBksb]?)([0-9]{1,4})"
_DASH = re.compile(r"\s*(?:[-\u2010-\u2015\u2212]|\.\.+)\s*")
_BETWEEN = re.compile(r"[\s,;/+&]+")


def parse_codes(
    text: str | Iterable[str],
    standard: Standard,
    option: str = "",
    tagged: Collection[str] = (),
) -> tuple[str, ...]:
    """The KSB codes of ``text``, each once, in the order K, S, B and then by number.

    Read: ``K1``, ``k1``, ``K01``, ``K1,S3`` (commas, semicolons or spaces), ``K1-K4``, ``K1-4``.
    A range takes what the standard has between two codes it has. ``tagged`` codes were tagged
    when the standard still had them, and stay.

    Raises Unreadable for what is no code at all, and NotFound for a code that the standard (with
    ``option``) lacks, naming what it has.
    """
    ksbs = {ksb.code: ksb for ksb in standard.ksbs_of(option)}
    codes: set[str] = set()
    for part in (text,) if isinstance(text, str) else text:
        for token in _BETWEEN.split(_DASH.sub("-", part.strip())):
            if token:
                gone = token.upper() in tagged
                codes.update((token.upper(),) if gone else _codes_of(token, standard, ksbs))
    return tuple(sorted(codes, key=code_key))


def _codes_of(token: str, standard: Standard, ksbs: dict[str, Ksb]) -> list[str]:
    if match := _TYPED.fullmatch(token):
        return [_known(match[1], match[2], standard, ksbs)]
    match = re.fullmatch(_RANGE, token)
    if match is None:
        raise Unreadable(f"{quoted(token)} is not a KSB code.", HINT)
    letter = match[1].upper()
    if match[3] and match[3].upper() != letter:
        raise Unreadable(
            f"{quoted(token)} mixes two kinds of KSB.", "Enter a range for each: K1-K4 S1-S3."
        )
    first, last = int(match[2]), int(match[4])
    if first > last:
        raise Unreadable(
            f"{quoted(token)} runs backwards.", f"Write {letter}{last}-{letter}{first}."
        )
    _known(letter, match[2], standard, ksbs)
    _known(letter, match[4], standard, ksbs)
    return [code for code in (f"{letter}{n}" for n in range(first, last + 1)) if code in ksbs]


def _known(letter: str, digits: str, standard: Standard, ksbs: dict[str, Ksb]) -> str:
    code = f"{letter.upper()}{int(digits)}"
    if code not in ksbs:
        raise NotFound(f"{code} is not in {standard.named}.", _what_there_is(code, standard, ksbs))
    return code


def _what_there_is(code: str, standard: Standard, ksbs: dict[str, Ksb]) -> str:
    if standard.ksb(code) is not None:
        return "It belongs to an option you are not enrolled on."
    kind = TYPE_NAMES[code[0]]
    numbers = sorted(code_key(known)[1] for known in ksbs if known[0] == code[0])
    if not numbers:
        return f"{standard.named} has no {kind.lower()}."
    verb = "runs" if code[0] == "K" else "run"
    return f"{kind} {verb} {code[0]}{numbers[0]} to {code[0]}{numbers[-1]}."
