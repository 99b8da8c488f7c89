"""The words of other people's logs: headings, activity types, pay, modules and KSB codes.

A column's heading names its role: the field that it fills (``day``, ``title``, ``hours`` …) or
a way to fill one: ``k`` (knowledge codes), ``code:K1`` (a column of ticks), ``total`` (a sum,
never added).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache

from ksbtui.core.programme.standards import code_key
from ksbtui.imports.tables.finder import LONGEST, Table, Vocabulary
from ksbtui.imports.tables.grid import is_figure, text_of

_TYPES = (
    ("english-maths", r"english|maths|functional skills"),
    ("review", r"(?:progress|tripartite|12 week|twelve week|quarterly) review|^reviews?$"),
    ("induction", r"induction|onboarding"),
    ("assignment", r"assignment|coursework|portfolio|essay|write up|writing"),
    ("revision", r"revis|mock|past papers?"),
    ("assessment", r"assessment|exams?\b|\btests?$"),
    ("work", r"on the job|on job|normal (?:work|job|duties)|business as usual|\bbau\b|day job"),
    ("shadowing", r"shadow|visit"),
    ("coaching", r"coach|mentor|one to one|\b1 ?(?:2|to)? ?1\b|supervision"),
    ("reflection", r"reflect|journal"),
    ("event", r"event|conference|network|competition|exhibition"),
    ("e-learning", r"e ?learning|online (?:course|learning|module|training)|videos?|mooc|podcast"),
    ("practice", r"practice|practise|practical|simulation|role play|rehears"),
    (
        "workshop",
        r"workshop|master ?class|in house|short courses?|training (?:course|day)|hackathon",
    ),
    ("session", r"session|lecture|class|lesson|webinar|seminar|tutorial|taught|teaching|contact"),
    ("research", r"research|reading|self study|stud(?:y|ies)|literature"),
    ("project", r"project"),
    ("other", r"^(?:other.*|misc.*|additional.*|training)$"),
)
_TYPES_FOUND = tuple((id, re.compile(pattern)) for id, pattern in _TYPES)
TYPE_IDS = frozenset(id for id, _ in _TYPES)

_YES = {"y", "yes", "true", "1", "x", "✓", "✔", "paid", "in work time", "work time"}
_NO = {"n", "no", "false", "0", "unpaid", "own time", "no unpaid"}
_BACK = re.compile(r"toil|paid back|back|lieu|agreed")

_MODULE = re.compile(r"(?:module|unit|m)?\s*(\d{1,2})(?:\s*[:.)–—-]\s*.*|\s+\D.*)?", re.IGNORECASE)
_IN_TEXT = re.compile(
    r"(?<![A-Za-z0-9])([KSB])0{0,2}(\d{1,2})(?!\d)"
    r"(?:\s*(?:[-–—]|\bto\b)\s*([KSB])0{0,2}(\d{1,2})(?!\d)|[-–—](\d{1,2})(?![\d:.]))?"
    r"(?![A-Za-z])"
)
_CODE_TOKEN = re.compile(
    r"([ksb])?\s*0{0,2}(\d{1,2})(?:\s*(?:-|–|—|to)\s*([ksb])?0{0,2}(\d{1,2}))?"
)


_NAMES = re.compile(r"\b(?:knowledge|skills?|behaviou?rs?)\b")


@lru_cache(maxsize=2_000)
def plain(text: str) -> str:
    """A heading or word for comparing: small letters and digits with single spaces."""
    return " ".join(re.sub(r"[^a-z0-9✓✔]+", " ", text.lower()).split())


@lru_cache(maxsize=2_000)
def read_type(text: str) -> str:
    """The id of the activity type a word means; empty where none is meant."""
    wanted = plain(text)
    if (dashed := wanted.replace(" ", "-")) in TYPE_IDS:
        return dashed
    return next((id for id, pattern in _TYPES_FOUND if pattern.search(wanted)), "")


def read_paid(text: str) -> str | None:
    """``yes``, ``paid-back`` or ``no`` of an answer about paid hours; None where unclear."""
    wanted = plain(text)
    if _BACK.search(wanted):
        return "paid-back"
    if wanted in _YES:
        return "yes"
    return "no" if wanted in _NO else None


def read_module(text: str) -> int | None:
    """The number in ``3``, ``Module 3`` or ``M3: Data``; None where there is none."""
    match = _MODULE.fullmatch(text.strip())
    return int(match[1]) if match else None


def codes_in_text(*texts: str) -> tuple[str, ...]:
    """KSB codes written in running text: capital letter and number, ranges spelt out."""
    codes: set[str] = set()
    for text in texts:
        for letter, first, other, last, bare in _IN_TEXT.findall(text):
            codes.update(_span(letter, first, other, last or bare))
    return ordered(codes)


def codes_in_cell(text: str, letter: str = "") -> tuple[str, ...]:
    """KSB codes of a column for codes; a bare number takes the last letter or the column's."""
    codes: set[str] = set()
    current = letter.lower()
    for match in _CODE_TOKEN.finditer(_NAMES.sub(lambda name: name[0][0], text.lower())):
        current = match[1] or current
        if current:
            codes.update(_span(current.upper(), match[2], (match[3] or "").upper(), match[4] or ""))
    return ordered(codes)


def _span(letter: str, first: str, other: str, last: str) -> Iterable[str]:
    low, high = int(first), int(last) if last else int(first)
    if other and other != letter:
        return (f"{letter}{low}", f"{other}{high}")
    if not low <= high <= low + 60:
        return (f"{letter}{low}", f"{letter}{high}") if last and other else (f"{letter}{low}",)
    return tuple(f"{letter}{n}" for n in range(low, high + 1))


def ordered(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes each once, K, S, B then by number; ``K0`` is none."""
    return tuple(sorted({code for code in codes if code[1:] != "0"}, key=code_key))


def is_answer(cell: object) -> bool:
    """Whether a cell only says yes or no, or is a tick."""
    return isinstance(cell, bool) or str(cell).strip().lower() in {*_YES, *_NO, "n/a", "✗", "☑"}


def is_codes(cell: object) -> bool:
    """Whether a cell holds hardly more than KSB codes."""
    text = str(cell)
    codes = codes_in_text(text.upper())
    return bool(codes) and len(text) <= 8 * len(codes_in_cell(text))


_LINK = re.compile(r"https?://[^\s<>\"|,;]+", re.IGNORECASE)
_AROUND = " \t()[]<>:-–—,;|"
_LONGEST = 80
"""A longer line is a text of its own, not the title of the link in it."""

Link = tuple[str, str]
"""A title and where the link leads."""


def split_links(texts: Iterable[str]) -> tuple[tuple[Link, ...], list[str]]:
    """Each link once, with the words of its line as its title, and the lines that hold none.

    Words that would be lost (two links on a line, a long line) stay as a line too.
    """
    links: dict[str, str] = {}
    rest: list[str] = []
    for line in (line.strip() for text in texts for line in text.splitlines()):
        in_line = [_whole(match[0]) for match in _LINK.finditer(line)]
        words = _LINK.sub(" ", line).strip(_AROUND)
        titled = len(in_line) == 1 and len(words) <= _LONGEST
        for target in in_line:
            links.setdefault(target, words if titled and words else target)
        if line and words and not titled:
            rest.append(line)
    return tuple((title, target) for target, title in links.items()), rest


def _whole(link: str) -> str:
    """A link without the full stop or bracket that a sentence put behind it."""
    link = link.rstrip(".:!?'")
    while link.endswith(")") and link.count(")") > link.count("("):
        link = link[:-1]
    return link


TIMES = ("hours", "minutes", "duration")
"""Roles of a column that holds a length of time; a bare number in ``duration`` is hours."""

_RULES: tuple[tuple[str, str], ...] = (
    (
        "on",
        r"(mon|tues?|wed(s|nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?"
        r"( \d{4} \d{2} \d{2}| \d{1,2}( ?(st|nd|rd|th))?)?( hours?| hrs?)?",
    ),
    ("paid", r".*\b(paid|contracted hours|working hours|work hours|work time|normal hours)\b.*"),
    (
        "place",
        r"(on|off)( or off| off|/off)? the job|on off( the)? job( training)?|on or off( the job)?",
    ),
    ("ignore", r".*\b(signatures?|signed|sign off|initials?|approved|verified|authori[sz]ed)\b.*"),
    ("filed", r"time ?stamp|created( time| at| on)?|last edited.*|completion time"),
    ("ignore", r"e ?mail( address)?|.*score.*|.*feedback.*"),
    ("filed", r"(date|day) (submitted|entered|logged|added|recorded|uploaded|handed in)( .*)?"),
    ("ignore", r"(date|day|month|week) due.*|(month|week) (submitted|logged).*|submitted.*"),
    (
        "ignore",
        r".*\b(running|cumulative|to date|remaining|balance|target|required|outstanding)\b.*",
    ),
    ("ignore", r".*\b(planned|expected|brought forward|carried forward)\b.*"),
    (
        "ignore",
        r"(week|month|year|weekday|row|ref|reference|no|number|id|s n|serial)( no| number)?",
    ),
    ("ignore", r"(learner|apprentice|student|employee|your)( s)? (name|id|number)|uln"),
    ("name", r"name"),
    (
        "total",
        r"((sub|grand|row|overall|weekly|daily) ?)?totals?( otj)?( time| hours?| hrs?"
        r"| duration| minutes?)?"
        r"( of)?( hours?| hrs?| minutes?)?( h mm| hh mm)?",
    ),
    ("start", r"(start|begin|started|from|clock in)( time| at)?|time (started|in|from|start)"),
    (
        "end",
        r"(end|finish|finished|ended|to|until|till|clock out)( time| at)?"
        r"|time (finished|ended|out|to|end)",
    ),
    (
        "day",
        r"(activity |training |learning |session |event |start |end |actual |otj )?dates?( s)?"
        r"( completed| attended| undertaken| from| started?| done| of .*)?( d+ m+ y+| yyyy mm dd)?",
    ),
    (
        "day",
        r"completed( on)?|completion date|when|w c|wc|w b"
        r"|week (commencing|beginning|ending|start(s|ing)?)",
    ),
    ("weekday", r"day"),
    ("duration", r".*\b(hours?|hrs?|hh?)\b.*\b(minutes?|mins?|mm)\b.*|.*\b(duration|how long)\b.*"),
    (
        "duration",
        r"(total |otj |training |study |off the job )?time( spent| taken| claimed"
        r"| logged| in)?( h| hrs| hours)?"
        r"|length( of .*)?|timesheet",
    ),
    ("minutes", r"(.* )?(minutes?|mins?)( .*)?|m"),
    ("code", r"[ksb] ?0*[1-9][0-9]?"),
    (
        "ksbs",
        r".*\bksbs?\b.*|k s( and)? b.*|knowledge skills( and| or)? behaviou?rs?.*|s and b|s b",
    ),
    ("ksbs", r"(standards?|criteria|mapping|codes?|competenc(y|ies)|links? to standards?)( .*)?"),
    ("k", r"k|ks|k codes?|knowledge( .*)?"),
    ("s", r"s|s codes?|skills?( codes?| criteria| ref.*| covered| met| s)?"),
    ("b", r"b|bs|b codes?|behaviou?rs?( .*)?"),
    ("hours", r"(.* )?(hours?|hrs?|otj h|h)( .*)?"),
    (
        "type",
        r"(activity |training |learning |otj |off the job |entry |session )?(type"
        r"|category|method|kind|mode)( .*)?",
    ),
    ("module", r"(pq |course |programme |training )?(modules?|units?)( .*)?"),
    (
        "title",
        r"((name|title|description|details?|brief description) of )?(the )?"
        r"(otj |off the job |training |learning |work )*(activity|activities"
        r"|task)( title| name| description| completed"
        r"| undertaken| carried out)?",
    ),
    (
        "title",
        r"titles?|(session|course|event|workshop|training)( title| name)?|topics?"
        r"|subjects?|events?|summary",
    ),
    (
        "learned",
        r".*\b(learn(ed|t|ing)?|reflections?|takeaways?|benefit(ed|s)?|impact|insights?"
        r"|outcomes?)\b.*",
    ),
    ("learned", r".*\bappl(y|ied|ication)\b.*"),
    (
        "text",
        r"what( did)?( i| you| we)?( did| do| was done| have done)?( .*)?"
        r"|descriptions?( .*)?|details?( .*)?"
        r"|work (done|completed)",
    ),
    ("evidence", r"(.* )?(evidence|links?|urls?)( .*)?"),
    ("notes", r"(.* )?(notes?|comments?|remarks)( .*)?"),
)
_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in _RULES)

_NOTE = re.compile(r"[(\[][^()\[\]]*[)\]]")
_UNITS = (
    ("duration", re.compile(r"\bh{1,2} ?m{2}\b|\bhours?\b.*\bmin")),
    ("minutes", re.compile(r"\bmin")),
    ("hours", re.compile(r"\bhours?\b|\bhrs?\b|\bdecimal\b")),
)
_SPELT = (
    *("activity", "activities", "description", "duration", "hours", "minutes", "module", "date"),
    *("category", "knowledge", "skills", "behaviours", "learned", "learning", "completed"),
    *("contact", "additional", "evidence", "training", "reflection", "comments", "outcome"),
)
"""Words that headings are made of, for those that are spelt nearly so."""


@lru_cache(maxsize=4_000)
def role_of(heading: str) -> str:
    """The role of a column with this heading; empty where it says nothing known.

    What stands in brackets is tried with the rest, then left out; it may give the unit.
    """
    if len(heading) > LONGEST:
        return ""
    whole = heading.replace("(s)", "")
    bare = _NOTE.sub(" ", whole)
    role = _role(plain(whole)) or _role(plain(bare))
    if role in TIMES and bare != whole and _role(plain(bare)) in TIMES:
        notes = plain(" ".join(_NOTE.findall(whole)))
        role = next((unit for unit, pattern in _UNITS if pattern.search(notes)), role)
    return role


def near_role(heading: str) -> str:
    """The role of a heading whose words are spelt nearly as a known one's."""
    words = plain(_NOTE.sub(" ", heading)).split()
    spelt = [(get_close_matches(word, _SPELT, 1, 0.8) or [word])[0] for word in words]
    return _role(" ".join(spelt)) if len(heading) <= LONGEST and spelt != words else ""


def _role(wanted: str) -> str:
    if not wanted:
        return ""
    for role, pattern in _PATTERNS:
        if pattern.fullmatch(wanted):
            if role == "code":
                return f"code:{wanted[0].upper()}{wanted[1:].strip().lstrip('0')}"
            return role
    return ""


def _meaning(heading: str) -> str:
    """A heading's role, or ``kind`` where it names a kind of activity."""
    return role_of(heading) or ("kind" if read_type(heading) else "")


def is_head(roles: Sequence[str]) -> bool:
    """Whether headings with these roles head a log: a day or a time, and what was done."""
    meanings = set(roles)
    if roles.count("on") > 2:
        return True
    others = meanings - {"", "day", "weekday", "filed", "ignore", "kind"}
    if meanings & {"day", "weekday", "filed"}:
        return any(not role.startswith("code:") for role in others) or roles.count("kind") > 1
    timed = meanings & {*TIMES, "total", "start", "end"}
    return meanings >= {"start", "end"} or bool(
        timed and others - {*TIMES, "total", "start", "end"}
    )


def opens(roles: Sequence[str]) -> bool:
    """Whether such headings begin another table in the middle of one: with a time or a day."""
    named = [role for role in roles if role]
    return len(named) > 1 and bool(set(named) & {*TIMES, "total", "day"} or named.count("on") > 2)


WORDS = Vocabulary(_meaning, is_head, opens, first="day")
"""How logs name their columns."""

_FACT = re.compile(
    r"(?:.* )?(?:name|learner|apprentice|employer|manager|mentor|tutor|coach|assessor|provider"
    r"|cohort|group|programme|standard|level|version|uln|e ?mail|telephone|phone|signature|signed"
    r"|start(?:ed)?(?: date| day)?|end(?: date| day)?|gateway(?: date)?|planned|expected|target"
    r"|required|minimum|completed|complete|outstanding|remaining|left|balance|counted|logged"
    r"|claimed|submitted|verified|totals?|sum|to date|so far|progress|contracted|week|page"
    r"|reviewed|updated|printed|exported)(?: .{0,40})?"
)
_WIDEST = 4
"""Filled cells of a row of facts: two names and two values."""


def is_facts(table: Table) -> bool:
    """Whether a table is no log: in every row a known name and its value, or two of them."""
    rows = 0
    for row in table.body:
        cells = table.grid.rows[row][table.left : table.right]
        texts = [text_of(cell) for cell in cells if cell is not None]
        if not texts or (len(texts) == 1 and not is_figure(texts[0])):
            continue
        if len(texts) > _WIDEST or not _FACT.fullmatch(plain(texts[0])):
            return False
        rows += 1
    heads = [plain(heading.label) for heading in table.headings.values()]
    return rows > 0 and (not heads or bool(_FACT.fullmatch(heads[0])))
