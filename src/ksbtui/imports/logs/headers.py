"""What the heading of a column means, whoever wrote the log.

A role is the field that a column fills: ``day``, ``title``, ``hours`` … or a way to fill
one: ``k`` (knowledge codes), ``code:K1`` (a column of ticks), ``total`` (a sum, never added).
"""

from __future__ import annotations

import re
from functools import lru_cache

from ksbtui.imports.logs.words import plain

TIMES = ("hours", "minutes", "duration")
"""Roles of a column that holds a length of time; a bare number in ``duration`` is hours."""

MAPPABLE = (
    *("day", "title", "hours", "minutes", "duration", "start", "end", "type", "module"),
    *("notes", "learned", "ksbs", "k", "s", "b", "paid", "evidence", "ignore"),
)
"""Fields that ``--map`` names."""

LONGEST = 160
"""A heading is shorter; a longer cell is somebody's text."""

_RULES: tuple[tuple[str, str], ...] = (
    ("paid", r".*\b(paid|contracted hours|working hours|work hours|work time|normal hours)\b.*"),
    (
        "place",
        r"(on|off)( or off| off|/off)? the job|on off( the)? job( training)?|on or off( the job)?",
    ),
    ("ignore", r".*\b(signatures?|signed|sign off|initials?|approved|verified|authori[sz]ed)\b.*"),
    (
        "ignore",
        r"(date|day|month|week) (submitted|entered|logged|added|recorded|due).*|submitted.*",
    ),
    (
        "ignore",
        r".*\b(running|cumulative|to date|remaining|balance|target|required|outstanding)\b.*",
    ),
    ("ignore", r".*\b(planned|expected|brought forward|carried forward)\b.*"),
    (
        "ignore",
        r"(week|month|year|weekday|row|ref|reference|no|number|id|s n|serial)( no| number)?",
    ),
    ("ignore", r"(learner|apprentice|student|employee|your)( s)? (name|id|number)|name|uln"),
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
        r"(activity |training |learning |session |event |start |actual |otj )?dates?( s)?"
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
    ("minutes", r"(.* )?(minutes?|mins?)( .*)?"),
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

_TITLE_LEARNING = re.compile(r".*\blearn(ed|t|ing outcomes?)\b.*")


@lru_cache(maxsize=2_000)
def role_of(heading: str) -> str:
    """The role of a column with this heading; empty where it says nothing known."""
    if len(heading) > LONGEST:
        return ""
    wanted = plain(heading.replace("(s)", ""))
    if not wanted:
        return ""
    for role, pattern in _PATTERNS:
        if pattern.fullmatch(wanted):
            if role == "code":
                letter, number = wanted[0].upper(), wanted[1:].strip().lstrip("0")
                return f"code:{letter}{number}"
            return role
    return ""
