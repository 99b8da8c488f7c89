"""KSB codes as people type them, checked against one standard."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from ksbtui.core.programme.standards import TYPE_NAMES, Ksb, Standard, code_key
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound, Unreadable

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
    kept: Collection[str] = (),
) -> tuple[str, ...]:
    """The KSB codes of ``text``, each once, in the order K, S, B and then by number.

    Read: ``K1``, ``k1``, ``K01``, ``K1,S3`` (commas, semicolons or spaces), ``K1-K4``, ``K1-4``.
    A range takes what the standard has between two codes it has. ``kept`` codes were tagged
    when the standard still had them, and stay.

    Raises Unreadable for what is no code at all, and NotFound for a code that the standard (with
    ``option``) lacks, naming what it has.
    """
    ksbs = {ksb.code: ksb for ksb in standard.ksbs_of(option)}
    found: set[str] = set()
    for part in (text,) if isinstance(text, str) else text:
        for token in _BETWEEN.split(_DASH.sub("-", part.strip())):
            if token:
                gone = token.upper() in kept
                found.update((token.upper(),) if gone else _codes_of(token, standard, ksbs))
    return tuple(sorted(found, key=code_key))


def _codes_of(token: str, standard: Standard, ksbs: dict[str, Ksb]) -> list[str]:
    """The codes one word stands for: one, or a range."""
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
        raise NotFound(f"{code} is not in {named(standard)}.", _what_there_is(code, standard, ksbs))
    return code


def named(standard: Standard) -> str:
    """A standard as a sentence calls it: ``ST1512 v2.0``."""
    return standard.named


def _what_there_is(code: str, standard: Standard, ksbs: dict[str, Ksb]) -> str:
    """The codes there are of the kind asked for, in one sentence."""
    if standard.ksb(code) is not None:
        return "It belongs to an option you are not enrolled on."
    kind = TYPE_NAMES[code[0]]
    numbers = sorted(code_key(known)[1] for known in ksbs if known[0] == code[0])
    if not numbers:
        return f"{named(standard)} has no {kind.lower()}."
    verb = "runs" if code[0] == "K" else "run"
    return f"{kind} {verb} {code[0]}{numbers[0]} to {code[0]}{numbers[-1]}."
