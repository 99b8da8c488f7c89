"""Published standards and units: their KSBs, duties and learning outcomes.

A KSB is always (standard, code): AU0002's K1 is not ST1512's K1.
"""

from __future__ import annotations

import re
from dataclasses import field
from datetime import date

from ksbtui.core.forbid_extra import ForbidExtra
from ksbtui.core.frozen import dataclass

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
        """``K``, ``S`` or ``B``, from the code's letter."""
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
        """The KSB of that code, or None."""
        return next((ksb for ksb in self.ksbs if ksb.code == code), None)
