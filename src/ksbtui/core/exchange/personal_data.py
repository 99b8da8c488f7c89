"""Personal data in text that is about to leave: found, and made unreadable where wanted.

Looked for: e-mail addresses, UK telephone numbers, National Insurance numbers, NHS numbers
(ten digits whose check digit fits), UK postcodes, and names from a list the learner keeps.
It is a net with holes: it knows shapes, not people, and says so wherever it is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from ksbtui.core.frozen import dataclass

EMAIL, PHONE, INSURANCE, NHS, POSTCODE, NAME = (
    "e-mail address",
    "telephone number",
    "National Insurance number",
    "NHS number",
    "postcode",
    "name",
)
KINDS = (EMAIL, PHONE, INSURANCE, NHS, POSTCODE, NAME)

_AREA_LETTERS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL "
    "DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW "
    "KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH "
    "RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF "
    "WN WR WS WV YO ZE "
)
_AREAS = frozenset(_AREA_LETTERS.split())
"""Letters a postcode can begin with."""
_NOT_INSURANCE = ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")
"""Letters no National Insurance number begins with (HMRC)."""

_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_BEFORE_AT = re.compile(r"[\w.+-]{1,64}\Z")
_WHOLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        PHONE,
        re.compile(
            r"[+(0](?<![\w+/.-].)"
            r"(?:(?:(?<=\+)|(?<=0)0)44[ -]?(?:\(0\)[ -]?)?|(?<=\()0|(?<=0))[1-3578]"
            r"(?:[ ().-]{0,2}[0-9]){8,9}(?![\w/-])"
        ),
    ),
    (NHS, re.compile(r"[0-9](?<![\w.,/-].)[0-9]{2}([ -]?)[0-9]{3}\1[0-9]{4}(?![\w/-])")),
)
"""What begins with a digit or sign, so that the search runs over words without stopping."""
_TAILED: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        INSURANCE,
        re.compile(r"[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-Da-d]\b"),
        re.compile(r"\b[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z] ?\Z"),
    ),
    (
        POSTCODE,
        re.compile(r"[0-9][ABD-HJLNP-UW-Z]{2}\b"),
        re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?\Z"),
    ),
    (
        POSTCODE,
        re.compile(r"[0-9](?!(?:st|nd|rd|th)\b)[abd-hjlnp-uw-z]{2}\b"),
        re.compile(r"\b[a-z]{1,2}[0-9][0-9a-z]? \Z"),
    ),
)
"""What begins with letters, as most words do: its digits are found, then what stands before."""
_LONGEST_HEAD = 5

_WEIGHTS = range(10, 1, -1)
_BETWEEN = "\0"

SHOWN = 12
"""Findings that are shown; more are counted."""
LONGEST_SHOWN = 40
TAKEN_OUT = (
    "Taken out of the {what}; your journal is as it was. Shapes are found, not people: read it."
)
"""What is said once it was taken out of an export, a file or a text to paste."""


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
    kept = [(where, text) for where, text in texts if text]
    joined = _BETWEEN.join(text for _, text in kept)
    starts = list(accumulate((len(text) + 1 for _, text in kept), initial=0))
    found = sorted(_spans(joined, names))
    return tuple(
        Finding(kept[bisect_right(starts, first) - 1][0], kind, joined[first:last])
        for first, last, kind in found
    )


def check_text(text: str, names: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Look through one text; the place of a finding is its line."""
    lines = enumerate(text.split("\n"), start=1)
    return check(((f"line {number}", line) for number, line in lines), names)


def told(findings: Sequence[Finding], most: int = SHOWN) -> list[str]:
    """What was found and where, a line each; those above ``most`` are counted."""
    lines = [f"{one.kind}: {_short(one.text)}  ({one.where})" for one in findings[:most]]
    return [*lines, f"and {len(findings) - most} more"] if len(findings) > most else lines


def _short(text: str) -> str:
    plain = "".join(char if char.isprintable() else " " for char in text)
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[: LONGEST_SHOWN - 1]}…"


def redact(text: str, names: Sequence[str] = ()) -> str:
    """The text with each piece of personal data replaced by its kind: ``[postcode]``.

    Of two that begin together the longer is taken: an address, not the name it begins with.
    """
    parts, done = [], 0
    for first, last, kind in sorted(_spans(text, names), key=lambda span: (span[0], -span[1])):
        if first >= done:
            parts += [text[done:first], f"[{kind}]"]
            done = last
    return "".join([*parts, text[done:]]) if parts else text


def _spans(text: str, names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First and past-the-last place of each finding, kind by kind; they may overlap."""
    for first, last in _addresses(text):
        yield first, last, EMAIL
    for kind, pattern in _WHOLE:
        for match in pattern.finditer(text):
            if kind != NHS or is_nhs_number(match[0]):
                yield *match.span(), kind
    for kind, tail, head in _TAILED:
        for match in tail.finditer(text):
            before = head.search(text, max(0, match.start() - _LONGEST_HEAD), match.start())
            if before and _may_begin(kind, before[0]):
                yield before.start(), match.end(), kind
    if names:
        either = "|".join(_name_pattern(name) for name in sorted(names, key=len, reverse=True))
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


def _may_begin(kind: str, head: str) -> bool:
    """Tell whether a number or postcode may begin with these letters."""
    letters = head[:2].upper()
    if kind == INSURANCE:
        return letters not in _NOT_INSURANCE
    return letters.rstrip("0123456789") in _AREAS


def _name_pattern(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())


def is_nhs_number(text: str) -> bool:
    """Tell whether ten digits are an NHS number: weights 10 to 2, modulus 11 (NHS Digital)."""
    digits = [int(char) for char in text if char.isdecimal()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    rest = 11 - sum(digit * weight for digit, weight in zip(digits[:9], _WEIGHTS, strict=True)) % 11
    return rest != 10 and digits[9] == rest % 11
