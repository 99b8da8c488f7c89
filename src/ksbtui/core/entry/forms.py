"""A provider's form as data: an entry's fields in the order in which they are pasted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.days import span_text
from ksbtui.core.durations import clock_minutes, say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.programme.programmes import Course

PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Field(ForbidExtra):
    """One box of a form: our label for it, and which of :data:`VALUES` goes in."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Form(ForbidExtra):
    """A provider's form."""

    id: str
    name: str
    fields: tuple[Field, ...]
    summary: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One box filled in."""

    label: str
    text: str


def form_fault(form: Form) -> str:
    """What is wrong with a form, with its place; empty for a sound one."""
    if not form.fields:
        return "fields: there is none"
    for number, field in enumerate(form.fields, 1):
        if field.value not in VALUES:
            return f"fields.{number}.value: {field.value!r} is none of {', '.join(VALUES)}"
    return ""


def filled(form: Form, entry: Entry, course: Course, counted: bool) -> tuple[Box, ...]:
    """The boxes of a form for one entry, in order; private artefacts are left out."""
    return tuple(
        Box(field.label, VALUES[field.value](entry, course, counted)) for field in form.fields
    )


def form_text(boxes: tuple[Box, ...]) -> str:
    """Boxes as text to paste; empty ones are left out, long ones stand under their label."""
    lines = [
        f"{box.label}:{chr(10) if chr(10) in box.text else ' '}{box.text}"
        for box in boxes
        if box.text
    ]
    return "\n".join(lines) + "\n"


Value = Callable[[Entry, Course, bool], str]


def _type(entry: Entry, course: Course, counted: bool) -> str:
    kind = course.rules.type(entry.type)
    return kind.label if kind else entry.type


def _module(entry: Entry, course: Course, counted: bool) -> str:
    titles = {module.number: module.title for module in course.programme.modules}
    return f"{entry.module}. {titles[entry.module]}" if entry.module in titles else ""


def _of_type(letter: str) -> Value:
    return lambda entry, course, counted: ", ".join(c for c in entry.ksbs if c[0] == letter)


def _statements(entry: Entry, course: Course, counted: bool) -> str:
    ksbs = ((code, course.standard.ksb(code)) for code in entry.ksbs)
    return "\n".join(f"{code} {ksb.text}" if ksb else code for code, ksb in ksbs)


def _evidence(entry: Entry, course: Course, counted: bool) -> str:
    shown = [item for item in entry.evidence if not item.private]
    return "\n".join(
        f"{item.title} ({item.kind})" + (f": {item.note}" if item.note else "") for item in shown
    )


def _story(entry: Entry, course: Course, counted: bool) -> str:
    return "\n".join(text for text in (entry.title, entry.notes) if text)


def _everything(entry: Entry, course: Course, counted: bool) -> str:
    codes = f"KSBs: {', '.join(entry.ksbs)}" if entry.ksbs else ""
    texts = (_story(entry, course, counted), entry.learned, codes)
    return "\n\n".join(text for text in texts if text)


def _hours(entry: Entry, course: Course, counted: bool) -> str:
    hundredths = (entry.minutes * 100 * 2 + 60) // 120
    return f"{hundredths // 100}.{hundredths % 100:02}"


VALUES: dict[str, Value] = {
    "day": lambda entry, course, counted: span_text(entry.first_day, entry.day),
    "duration": lambda entry, course, counted: say_minutes(entry.minutes),
    "clock": lambda entry, course, counted: clock_minutes(entry.minutes),
    "hours": _hours,
    "title": lambda entry, course, counted: entry.title,
    "type": _type,
    "module": _module,
    "notes": lambda entry, course, counted: entry.notes,
    "learned": lambda entry, course, counted: entry.learned,
    "story": _story,
    "everything": _everything,
    "codes": lambda entry, course, counted: ", ".join(entry.ksbs),
    "statements": _statements,
    "knowledge": _of_type("K"),
    "skills": _of_type("S"),
    "behaviours": _of_type("B"),
    "evidence": _evidence,
    "counted": lambda entry, course, counted: "Yes" if counted else "No",
}
"""What a box can hold: ``story`` is title and notes, ``everything`` learning and codes too."""
