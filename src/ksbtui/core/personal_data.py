"""Personal data in text that is about to leave: found, and made unreadable where wanted.

Looked for: e-mail addresses, UK telephone numbers, National Insurance numbers, NHS numbers
(ten digits whose check digit fits), UK postcodes, and names from a list the learner keeps.
It is a net with holes: it knows shapes, not people, and says so wherever it is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

EMAIL, PHONE, INSURANCE, NHS, POSTCODE, NAME = (
    "e-mail address",
    "telephone number",
    "National Insurance number",
    "NHS number",
    "postcode",
    "name",
)
KINDS = (EMAIL, PHONE, INSURANCE, NHS, POSTCODE, NAME)

_AREAS = (
    "AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|"
    "DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|"
    "LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|"
    "SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (EMAIL, re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")),
    (
        PHONE,
        re.compile(
            r"(?<![\w+/.-])(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?0)[1-3578]"
            r"(?:[ ().-]{0,2}[0-9]){8,9}(?![\w/-])"
        ),
    ),
    (
        INSURANCE,
        re.compile(
            r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
            r" ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b",
            re.IGNORECASE | re.ASCII,
        ),
    ),
    (NHS, re.compile(r"(?<![\w.,/-])[0-9]{3}([ -]?)[0-9]{3}\1[0-9]{4}(?![\w/-])")),
    (POSTCODE, re.compile(rf"\b(?:{_AREAS})[0-9][0-9A-Z]? ?[0-9][ABD-HJLNP-UW-Z]{{2}}\b")),
    (
        POSTCODE,
        re.compile(
            rf"\b(?:{_AREAS.lower()})[0-9][0-9a-z]? [0-9](?!(?:st|nd|rd|th)\b)"
            r"[abd-hjlnp-uw-z]{2}\b"
        ),
    ),
)
"""Each takes time in proportion to the text: no pattern can be made to search twice."""

_WEIGHTS = range(10, 1, -1)
_BETWEEN = "\0"


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


def redactor(names: Sequence[str] = ()) -> Callable[[str], str]:
    """:func:`redact` with a list of names."""
    return lambda text: redact(text, names)


def _spans(text: str, names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First and past-the-last place of each finding, kind by kind; they may overlap."""
    for kind, pattern in _PATTERNS:
        if kind == EMAIL and "@" not in text:
            continue
        for match in pattern.finditer(text):
            if kind != NHS or is_nhs_number(match[0]):
                yield *match.span(), kind
    if names:
        either = "|".join(_name_pattern(name) for name in sorted(names, key=len, reverse=True))
        for match in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text, re.IGNORECASE):
            yield *match.span(), NAME


def _name_pattern(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())


def is_nhs_number(text: str) -> bool:
    """Tell whether ten digits are an NHS number: weights 10 to 2, modulus 11 (NHS Digital)."""
    digits = [int(char) for char in text if char.isdecimal()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    rest = 11 - sum(digit * weight for digit, weight in zip(digits[:9], _WEIGHTS, strict=True)) % 11
    return rest != 10 and digits[9] == rest % 11
