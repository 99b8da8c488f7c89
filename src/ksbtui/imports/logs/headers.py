"""What the heading of a column means, whoever wrote the log.

A role is the field that a column fills: ``day``, ``title``, ``hours`` … or a way to fill
one: ``k`` (knowledge codes), ``code:K1`` (a column of ticks), ``total`` (a sum, never added).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache

from ksbtui.imports.tables.finder import Table
from ksbtui.imports.tables.grid import text_of
from ksbtui.imports.tables.heads import LONGEST, Vocabulary, is_figure
from ksbtui.imports.values.words import plain, read_type

TIMES = ("hours", "minutes", "duration")
"""Roles of a column that holds a length of time; a bare number in ``duration`` is hours."""

_RULES: tuple[tuple[str, str], ...] = (
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
        r"completed( on)?|completion date|when|w c|wc|w b|week (commencing|beginning|ending|start)",
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
    found = set(roles)
    others = found - {"", "day", "weekday", "filed", "ignore", "kind"}
    if found & {"day", "weekday", "filed"}:
        return any(not role.startswith("code:") for role in others) or roles.count("kind") > 1
    timed = found & {*TIMES, "total", "start", "end"}
    return found >= {"start", "end"} or bool(timed and others - {*TIMES, "total", "start", "end"})


def opens(roles: Sequence[str]) -> bool:
    """Whether such headings begin another table in the middle of one: with a time or a day."""
    named = [role for role in roles if role]
    return len(named) > 1 and bool(set(named) & {*TIMES, "total", "day"})


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
