"""An entry as it is being typed: every field still text, read as far as it can be.

The form shows what each field was understood as, which activity type its title speaks of, and
what cannot be understood at its field; half-written text is kept as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from ksbtui.core.days import full_day, parse_day
from ksbtui.core.durations import parse_minutes, say_minutes
from ksbtui.core.entry.entries import MAX_MINUTES, Entry, Image
from ksbtui.core.programme.programmes import Course
from ksbtui.core.programme.standards import parse_codes
from ksbtui.core.text.text import number_of, word_count
from ksbtui.errors import KsbtuiError, Unreadable

DEFAULT_TYPE = "other"


@dataclass(frozen=True, slots=True)
class TypedEntry:
    """The fields of the form. ``module`` empty means the module running on the day."""

    title: str = ""
    time: str = ""
    day: str = "today"
    type: str = DEFAULT_TYPE
    module: str = ""
    paid: str = "yes"
    new_learning: bool = True
    relevant: bool = True
    in_plan: bool = True
    private: bool = False
    notes: str = ""
    learned: str = ""
    ksbs: str = ""
    evidence: tuple[Image, ...] = ()

    @property
    def begun(self) -> bool:
        texts = (self.title, self.time, self.notes, self.learned)
        return bool(self.evidence) or any(text.strip() for text in texts)

    def as_draft(self) -> dict[str, Any]:
        return {**asdict(self), "evidence": list(self.evidence)}


_AS_TYPED = ("type", "paid", "new_learning", "relevant", "in_plan", "private", "notes", "learned")
"""Fields that an entry keeps as they are typed."""


def from_draft(body: Mapping[str, Any]) -> TypedEntry:
    """Read a draft back; what is unknown or of another kind is left at its default."""
    base = TypedEntry()
    known: dict[str, Any] = {}
    for field in fields(TypedEntry):
        value = body.get(field.name)
        if field.name == "evidence":
            known["evidence"] = tuple(value) if isinstance(value, list) else ()
        elif type(value) is type(getattr(base, field.name)):
            known[field.name] = value
    return TypedEntry(**known)


def from_entry(entry: Entry, image: Image) -> TypedEntry:
    """Put an entry back into the form; ``image`` is its JSON image."""
    return TypedEntry(
        title=entry.title,
        time=f"{entry.minutes // 60}h{entry.minutes % 60:02d}",
        day=entry.day.isoformat(),
        module=str(entry.module) if entry.module_given and entry.module is not None else "",
        ksbs=" ".join(entry.ksbs),
        evidence=tuple(image["evidence"]),
        **{name: getattr(entry, name) for name in _AS_TYPED},
    )


@dataclass(frozen=True, slots=True)
class Understood:
    """What the form makes of the typed text.

    ``values`` are entry fields as far as they can be read, ``echoes`` say them back by
    form field, ``refusals`` say what cannot be read.
    """

    values: Mapping[str, Any]
    echoes: Mapping[str, str]
    refusals: Mapping[str, KsbtuiError]

    @property
    def first_refused(self) -> str:
        """The first field, in the form's order, that cannot be read; empty if none."""
        fields = ("title", "time", "day", "ksbs")
        return next((name for name in fields if name in self.refusals), "")

    def onto(self, entry: Entry) -> Entry:
        """The entry with everything that could be read laid over it."""
        return replace(entry, **self.values)


def onto(before: Entry, values: Mapping[str, Any], now: Entry) -> dict[str, Any]:
    """The fields to change in an entry that may have changed since it was read as ``before``.

    Only what the person changed; of codes and evidence only those added, changed or taken off.
    """
    changed = {key: value for key, value in values.items() if value != getattr(before, key)}
    if "ksbs" in changed:
        gone = set(before.ksbs) - set(values["ksbs"])
        stay = [code for code in now.ksbs if code not in gone]
        changed["ksbs"] = tuple(dict.fromkeys((*stay, *values["ksbs"])))
    if "evidence" in changed:
        mine = {item.id: item for item in values["evidence"]}
        known = {item.id: item for item in before.evidence}
        theirs = {item.id: item for item in now.evidence}
        stays = {
            id: mine[id] if id in mine and mine[id] != known.get(id) else item
            for id, item in theirs.items()
            if id in mine or id not in known
        }
        added = {id: item for id, item in mine.items() if id not in known}
        changed["evidence"] = tuple({**stays, **added}.values())
    return changed


def understand(
    typed: TypedEntry,
    course: Course,
    as_at: date,
    tagged: Collection[str] = (),
    words: Callable[[str], int] = word_count,
    most_minutes: int = MAX_MINUTES,
) -> Understood:
    """Read every field; nothing is raised, each refusal is kept under its field.

    ``tagged`` are the codes the entry carries already, also those its standard dropped;
    ``words`` counts those of what was learned, without the headings of templates; a block
    may have more minutes than a day.
    """
    standard, option = course.standard, course.enrolment.option
    values: dict[str, Any] = {
        "title": " ".join(typed.title.split()),
        "module": int(typed.module) if typed.module.isdecimal() else None,
        "module_given": typed.module.isdecimal(),
        **{name: getattr(typed, name) for name in _AS_TYPED},
    }
    refusals: dict[str, KsbtuiError] = {}
    if not values["title"]:
        refusals["title"] = Unreadable("An entry needs a title.", "What did you do?")
    readers: dict[str, tuple[str, str, Callable[[str], Any]]] = {
        "time": ("minutes", typed.time, lambda text: parse_minutes(text, most_minutes)),
        "day": ("day", typed.day, lambda text: parse_day(text, as_at)),
        "ksbs": ("ksbs", typed.ksbs, lambda text: parse_codes(text, standard, option, tagged)),
    }
    for name, (field, text, read) in readers.items():
        try:
            values[field] = read(text) if text.strip() else _blank(name)
        except KsbtuiError as refusal:
            refusals[name] = refusal
    echoes = {
        "time": say_minutes(values["minutes"]) if "minutes" in values else "",
        "day": full_day(values["day"]) if "day" in values else "",
        "notes": _words(word_count(typed.notes)),
        "learned": _words(words(typed.learned)),
    }
    return Understood(values, echoes, refusals)


def _blank(name: str) -> Any:
    if name == "time":
        raise Unreadable("How long did it take?", "Such as 45m, 1h30 or half day.")
    if name == "day":
        raise Unreadable("Which day was it?", "Such as today, wed, -3 or 21/11.")
    return ()


def _words(count: int) -> str:
    return number_of(count, "word") if count else ""


_WORDS = (
    ("english-maths", r"functional skills|(?:english|maths) (?:class|course|exam|lesson|session)"),
    ("review", r"(?:progress|tripartite|quarterly|12[- ]week) review"),
    ("induction", r"induction|onboarding|initial assessment"),
    ("assessment", r"(?:end|final|knowledge|multiple[- ]choice) (?:exam|test)|exam"),
    ("shadowing", r"shadow(?:ed|ing)?|site visit|visit(?:ed|ing)?|sat in (?:on|with)"),
    ("coaching", r"coach(?:ed|ing)?|mentor(?:ed|ing)?|one[- ]to[- ]one|1[:-]1|supervision"),
    ("workshop", r"workshop|master ?class|hackathon|training day"),
    ("e-learning", r"e-?learning|online (?:course|module|training)|mooc|podcast|tutorial videos?"),
    ("session", r"webinar|lecture|seminar|taught session|training session|class|lesson|tutorial"),
    ("event", r"conference|meet-?up|networking|exhibition|fair|community of practice"),
    ("assignment", r"assignment|coursework|essay"),
    ("revision", r"revis(?:ed?|ing|ion)|mock (?:discussion|exam|test)|past papers?"),
    ("reflection", r"reflect(?:ed|ing|ions?|ive)?|learning (?:journal|log)"),
    ("research", r"read(?:ing)?|research(?:ed|ing)?|literature|stud(?:y|ied|ying)"),
    ("practice", r"practi[cs](?:e|ed|ing)|rehears(?:al|ed|ing)|role play"),
    ("project", r"(?:live|my|our|workplace) project|project (?:board|meeting|plan|work)"),
)
_PATTERNS = tuple((id, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for id, words in _WORDS)


def type_in_title(title: str) -> str:
    """The id of the activity type whose word comes first in a title; empty if none does."""
    places = [(match.start(), id) for id, p in _PATTERNS if (match := p.search(title[:200]))]
    return min(places)[1] if places else ""
