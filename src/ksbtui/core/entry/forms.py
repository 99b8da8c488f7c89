"""A provider's form as data: an entry's fields in the order in which they are pasted."""

from __future__ import annotations

from dataclasses import dataclass

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.days import span_text
from ksbtui.core.durations import clock_minutes, say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.programme.programmes import Course

PLAIN = "plain"
VALUES = (
    *("day", "duration", "clock", "hours", "title", "type", "module", "notes", "learned"),
    *("story", "everything", "codes", "statements", "knowledge", "skills", "behaviours"),
    *("evidence", "counted"),
)
"""What a box can hold: ``story`` is title and notes, ``everything`` learning and codes too."""


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
    values = _values(entry, course, counted)
    return tuple(Box(field.label, values[field.value]) for field in form.fields)


def form_text(boxes: tuple[Box, ...]) -> str:
    """Boxes as text to paste; empty ones are left out, long ones stand under their label."""
    lines = [
        f"{box.label}:{chr(10) if chr(10) in box.text else ' '}{box.text}"
        for box in boxes
        if box.text
    ]
    return "\n".join(lines) + "\n"


def _values(entry: Entry, course: Course, counted: bool) -> dict[str, str]:
    """What goes into a box, for each of :data:`VALUES`."""
    kind = course.rules.type(entry.type)
    titles = {module.number: module.title for module in course.programme.modules}
    ksbs = [(code, course.standard.ksb(code)) for code in entry.ksbs]
    story = "\n".join(text for text in (entry.title, entry.notes) if text)
    codes = ", ".join(entry.ksbs)
    everything = (story, entry.learned, f"KSBs: {codes}" if codes else "")
    hundredths = (entry.minutes * 100 * 2 + 60) // 120
    evidence = [
        f"{item.title} ({item.kind})" + (f": {item.note}" if item.note else "")
        for item in entry.evidence
        if not item.private
    ]
    return {
        "day": span_text(entry.first_day, entry.day),
        "duration": say_minutes(entry.minutes),
        "clock": clock_minutes(entry.minutes),
        "hours": f"{hundredths // 100}.{hundredths % 100:02}",
        "title": entry.title,
        "type": kind.label if kind else entry.type,
        "module": f"{entry.module}. {titles[entry.module]}" if entry.module in titles else "",
        "notes": entry.notes,
        "learned": entry.learned,
        "story": story,
        "everything": "\n\n".join(text for text in everything if text),
        "codes": codes,
        "statements": "\n".join(f"{code} {ksb.text}" if ksb else code for code, ksb in ksbs),
        "knowledge": ", ".join(code for code in entry.ksbs if code[0] == "K"),
        "skills": ", ".join(code for code in entry.ksbs if code[0] == "S"),
        "behaviours": ", ".join(code for code in entry.ksbs if code[0] == "B"),
        "evidence": "\n".join(evidence),
        "counted": "Yes" if counted else "No",
    }
