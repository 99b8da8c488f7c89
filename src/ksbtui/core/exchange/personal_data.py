"""Personal data in text that is about to leave: found, and made unreadable where wanted.

Each kind has a pattern that marks what to take out as its group ``found``, or as the whole
match, and a check that keeps false alarms few. Patterns begin with a digit, a sign or a fixed
word and repeat within bounds, so that a hostile text costs no more than a long one. They miss
people who are named without a title, and every place that shows findings says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

EMAIL = "e-mail address"
PHONE = "telephone number"
INSURANCE = "National Insurance number"
NHS = "NHS number"
POSTCODE = "postcode"
ADDRESS = "address"
TITLED = "titled name"
BIRTH = "date of birth"
SORT_CODE = "sort code"
ACCOUNT = "account number"
CARD = "card number"
LEARNER = "unique learner number"
NAME = "name"
KINDS = (
    *(EMAIL, PHONE, INSURANCE, NHS, POSTCODE, ADDRESS, TITLED, BIRTH),
    *(SORT_CODE, ACCOUNT, CARD, LEARNER, NAME),
)


def digits_of(text: str) -> list[int]:
    """The decimal digits of a text, in order."""
    return [int(char) for char in text if char in "0123456789"]


def is_nhs_number(text: str) -> bool:
    """Tell whether ten digits are an NHS number: weights 10 to 2, modulus 11 (NHS Digital)."""
    digits = digits_of(text)
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    weighted = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    expected = 11 - weighted % 11
    return expected != 10 and digits[9] == expected % 11


def is_card_number(text: str) -> bool:
    """Tell whether 13 to 19 digits pass the Luhn check (ISO/IEC 7812-1)."""
    digits = digits_of(text)
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return 13 <= len(digits) <= 19 and (sum(doubled) + sum(digits[-1::-2])) % 10 == 0


def is_iban(text: str) -> bool:
    """Tell whether a text passes the check of an IBAN: modulus 97 (ISO 13616)."""
    plain = "".join(char for char in text if char.isalnum()).upper()
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


_AREAS_TEXT = (
    "AB AL B BA BB BD BF BFPO BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG "
    "DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA "
    "KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR "
    "RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC "
    "WD WF WN WR WS WV YO ZE"
)
_AREAS = frozenset(_AREAS_TEXT.split())
"""Letters a postcode can begin with (Royal Mail)."""
_NOT_INSURANCE = ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")
"""Letters no National Insurance number begins with (HMRC)."""


def _may_be_insurance(text: str) -> bool:
    return text[:2].upper() not in _NOT_INSURANCE


def _may_be_postcode(text: str) -> bool:
    """Tell whether the letters in front name a postal area."""
    return re.split(r"\d", text)[0].upper() in _AREAS


def _is_no_date(text: str) -> bool:
    """Tell whether ``12-34-56`` cannot be a day, month and year, in either order."""
    first, second, third = (int(part) for part in re.split(r"\D", text))
    return not any(1 <= day <= 31 and 1 <= second <= 12 for day in (first, third)) and not (
        1 <= first <= 12 and 1 <= second <= 31
    )


_SOFTWARE_TEXT = (
    "access azure copilot excel forms office onedrive outlook paint planner powerpoint "
    "project publisher sharepoint sql store teams visio windows word"
)
_SOFTWARE = frozenset(_SOFTWARE_TEXT.split())
"""Names that follow "Ms" where a person means Microsoft."""


def _is_a_name(text: str) -> bool:
    return text.split()[1].casefold() not in _SOFTWARE


_NOT_A_STREET_TEXT = (
    "a all and are at by day days each few for google hard home hour hours how in is it many "
    "minute minutes more my network no of on one or other our out over people per percent "
    "shared some staff team than that their then this times to up was week weeks were "
    "with your"
)
_NOT_A_STREET = frozenset(_NOT_A_STREET_TEXT.split())


def _is_a_street(text: str) -> bool:
    words = {word.casefold() for word in text.split()[:-1]}
    return not _NOT_A_STREET & words


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of personal data, the pattern that finds it, and what must hold of a match."""

    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool]


_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? {M},? (?:19|20)?\d\d"
    r"|{M} \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    r"|\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d)"
).replace("{M}", _MONTHS)
_CAPITAL = r"[A-Z][\w'’-]{0,30}"
_STREET = (
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Close|Cl|Drive|Crescent|Cres|Court|Ct|Place|Pl|"
    r"Terrace|Gardens|Gdns|Grove|Way|Square|Sq|Hill|Mews|Row|Walk|Parade|Rise|View|Vale|Quay|"
    r"Wharf|Embankment|Green|Park|Boulevard|Broadway|Croft|Fields|Meadow|Meadows|Yard)\b\.?"
)
_HOUSE = (
    r"(?:House|Cottage|Barn|Farm|Lodge|Villa|Hall|Manor|Court|Towers?|Point|Heights|Rectory|"
    r"Vicarage|Mill|Mansions|Bungalow)"
)
_FLAT = r"(?:(?i:flat|apartment|apt|unit|room) ?\w{1,4}(?:,| -)? )"


def _shape(kind: str, *pattern: str, holds: Callable[[str], bool] = bool) -> Shape:
    return Shape(kind, re.compile("".join(pattern)), holds)


SHAPES: tuple[Shape, ...] = (
    _shape(
        PHONE,
        r"[+(0](?<![\w+/.-].)",
        r"(?:(?:(?<=\+)|(?<=0)0)44[ .-]?(?:\(0\)[ -]?)?|(?<=\()0|(?<=0))[1-35789]",
        r"(?:[ ().-]{0,2}[0-9]){8,9}(?![\w/-]|\.\d)",
    ),
    _shape(
        PHONE,
        r"(?i:phone|tel|mobile|mob|ring|call)\w{0,6}\W{1,4}(?P<found>[1-9]\d{4,5} ?\d{3,6})\b",
        holds=lambda text: 9 <= len(digits_of(text)) <= 11,
    ),
    _shape(
        LEARNER,
        r"(?i:\buln|unique learner|learner (?:number|no\b|ref|id))[^0-9\n]{0,24}",
        r"(?P<found>\d{3}[ -]?\d{3}[ -]?\d{4})(?!\d)",
    ),
    _shape(
        NHS, r"[0-9](?<![\w.,/-].)[0-9]{2}([ -]?)[0-9]{3}\1[0-9]{4}(?![\w/-])", holds=is_nhs_number
    ),
    _shape(
        INSURANCE,
        r"\b[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z]",
        r"(?:[ .-]?[0-9]{2}){3}[ .-]?[A-Da-d]\b",
        holds=_may_be_insurance,
    ),
    _shape(
        POSTCODE, r"\b[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][ABD-HJLNP-UW-Z]{2}\b", holds=_may_be_postcode
    ),
    _shape(
        POSTCODE,
        r"\b[A-Za-z]{1,2}[0-9][0-9A-Za-z]?[ \u00a0]{1,2}",
        r"[0-9](?!(?:st|nd|rd|th)\b)[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}\b",
        holds=_may_be_postcode,
    ),
    _shape(
        POSTCODE,
        r"\b(?:[A-Za-z]{2}[0-9]{1,2}|[A-Za-z][0-9]{2}|[A-Za-z]{1,2}[0-9][a-z])",
        r"[0-9](?!(?:st|nd|rd|th)\b)[abd-hjlnp-uw-z]{2}\b",
        holds=_may_be_postcode,
    ),
    _shape(POSTCODE, r"\b(?:GIR ?0AA|BFPO ?\d{1,4})\b"),
    _shape(
        ADDRESS,
        _FLAT,
        r"?(?:\b\d{1,4}[A-Za-z]?(?:[-/]\d{1,4})?,? (?:",
        _CAPITAL,
        r"[ ]){0,3}(?:(?:St|Mt|Dr)\.? )?",
        _CAPITAL,
        r" ",
        _STREET,
        ")",
        holds=_is_a_street,
    ),
    _shape(
        ADDRESS,
        r"\b\d{1,4}[a-z]? (?:[a-z'’]{3,20} ){1,2}",
        r"(?:street|road|lane|avenue|crescent|terrace|mews|grove|gardens)\b",
        holds=_is_a_street,
    ),
    _shape(ADDRESS, r"\b(?:", _CAPITAL, " ){1,3}", _HOUSE, ",? (?:", _CAPITAL, " ){1,3}", _STREET),
    _shape(
        ADDRESS,
        r"\b",
        _FLAT.replace("unit|room", "flat"),
        "(?:",
        _CAPITAL,
        " ){1,3}",
        _HOUSE,
        r"\b",
    ),
    _shape(ADDRESS, r"\b(?i:p\.?o\.? box) \d{1,6}\b"),
    _shape(
        TITLED,
        r"\b(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Rev|Revd|",
        r"Reverend|Fr|Lord|Lady|Nurse|Sister|Judge|Sgt|Insp)\.?|(?:MR|MRS|MISS|DR|mr|mrs|dr|cllr)\.?)",
        r"(?: (?:and|&) (?:Mrs?|Ms|Dr)\.?)? ",
        r"(?:[A-Z]\.? ?){0,2}(?:(?:de|van|von|al|bin|el|da|di|der|den) ){0,2}",
        _CAPITAL,
        r"(?:[ -](?:(?:de|van|von|al|bin|el|da|di) )?[A-Z][\w'’-]{1,30}){0,2}",
        holds=_is_a_name,
    ),
    _shape(TITLED, r"\b(?:mrs|cllr)\.? [a-z][a-z'’-]{2,30}\b"),
    _shape(
        BIRTH,
        r"(?i:\b(?:d\.?o\.?b\.?|date of birth|birth ?da(?:y|te)|born)\b[^\w\n]{0,4}",
        r"(?:(?:is|was|on|the|in) ){0,2}(?P<found>",
        _DATE,
        "))",
    ),
    _shape(
        SORT_CODE,
        r"(?i:sort[ -]?code|\bs/c)[^0-9\n]{0,12}(?P<found>\d{2}[ -]?\d{2}[ -]?\d{2})(?!\d)",
    ),
    _shape(SORT_CODE, r"(?<![\w/.-])\d{2}-\d{2}-\d{2}(?![\w/-]|\.\d)", holds=_is_no_date),
    _shape(
        ACCOUNT,
        r"(?i:\b(?:account|acct?|a/c)\b)(?i:[ .:#-]*(?:number|num|no)?\b)[^0-9\n]{0,12}",
        r"(?P<found>\d{4} ?\d{4})(?!\d)",
    ),
    _shape(ACCOUNT, r"(?<![\w/.-])\d{2}-\d{2}-\d{2}[ ,;/and]{1,6}(?P<found>\d{8})(?!\d)"),
    _shape(ACCOUNT, r"\bGB\d{2}(?: ?[A-Z]{4})(?: ?\d{4}){3} ?\d{2}\b", holds=is_iban),
    _shape(
        INSURANCE,
        r"(?i:\bNI(?:NO)?\b|national insurance)(?i:[ .:#-]*(?:number|num|no)?\b)[ :=#-]{0,3}",
        r"(?P<found>[A-Za-z]{2}(?: ?\d{2}){3} ?[A-Da-d])\b",
    ),
    _shape(CARD, r"(?i:\bcard (?:number|no))[^0-9\n]{0,6}(?P<found>\d{4}(?:[ -]?\d{4}){3})(?!\d)"),
    _shape(CARD, r"(?<![\w.,/-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\w/-])", holds=is_card_number),
)
"""Every shape looked for; e-mail addresses and names on the learner's own list come beside."""


_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_BEFORE_AT = re.compile(r"[\w.+-]{1,64}\Z")
_BETWEEN = "\0"

SHOWN = 12
"""Findings that are shown; more are counted."""
LONGEST_SHOWN = 40
TAKEN_OUT = (
    "Removed from the {what}; your journal has not changed. ksbtui finds patterns such as "
    "phone numbers, not people. Read the {what} before you share it."
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


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    """What was found and where, a line each; those above :data:`SHOWN` are counted."""
    lines = [f"{f.kind}: {_short(f.text)}  ({f.where})" for f in findings[:SHOWN]]
    return [*lines, f"and {len(findings) - SHOWN} more"] if len(findings) > SHOWN else lines


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
