"""Verifying and questioning entries, and behaviours that the employer has verified.

A verification is a note of who and when, not proof. Changing what it vouches for removes
the mark (:mod:`ksbtui.journal.entry.entries`); the history keeps both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ksbtui.core.codec import decode, encode, later
from ksbtui.core.days import long_day
from ksbtui.core.entry.entries import COMMENT, QUESTION, Comment, Entry, Verification
from ksbtui.core.text.text import clean, one_line, quoted, shortened
from ksbtui.errors import Conflict, Unreadable
from ksbtui.journal.context import Context, by_prefix, new_id
from ksbtui.journal.entry.entries import Entries
from ksbtui.journal.progress.progress import EMPLOYER_VERIFIED
from ksbtui.store.database.rows import live

SIGNED = "signed"
"""A kind of record: the signature of a verification that came back in feedback."""


@dataclass(frozen=True, slots=True)
class EmployerVerified:
    """The employer's word that behaviours were shown at work: who and when, not proof.

    ``testimony`` is what they saw, in their words.
    """

    id: str
    enrolment: str
    ksbs: tuple[str, ...]
    by: str
    day: date
    testimony: str = later("")


class Verifying:
    """What tutors and employers said about entries and behaviours."""

    def __init__(self, context: Context, entries: Entries) -> None:
        self._context = context
        self._entries = entries

    def verify(
        self,
        ids: Sequence[str],
        by: str,
        day: date | None = None,
        comment: str = "",
        source: str = "",
    ) -> tuple[Entry, ...]:
        """Note that somebody verified entries, as one change; a comment is kept with each."""
        entries, by, day = (
            self._entries_of(ids),
            self._name(by, "verified it"),
            self._context.past_day(day),
        )
        for entry in entries:
            if day < entry.day:
                raise Conflict(
                    f"{quoted(_shown(entry))} is on {long_day(entry.day)}, after {long_day(day)}.",
                    "Enter the day it was verified on.",
                )
        now, marked = self._context.clock.now(), []
        with self._context.writing(f"Verified {_named(entries)} ({by})") as batch:
            for before in entries:
                after = replace(before, verified=Verification(by, day), updated_at=now)
                batch.put_entry(before, after)
                marked.append(after)
                if comment.strip():
                    remark = self._remark(before, by, day, comment, source)
                    batch.put_record(COMMENT, remark.id, encode(remark))
        return tuple(marked)

    def unverify(self, ids: Sequence[str]) -> tuple[Entry, ...]:
        entries = self._entries_of(ids)
        return self._entries.change_all(
            [entry.id for entry in entries],
            f"Removed the verification of {_named(entries)}",
            verified=None,
        )

    def question(
        self, id: str, by: str, text: str, day: date | None = None, source: str = ""
    ) -> Comment:
        """Ask a question about an entry. It stays open until it is answered."""
        (entry,) = self._entries_of([id])
        by, day = self._name(by, "asks"), self._context.past_day(day)
        if not text.strip():
            raise Unreadable("The question is empty.", "Add the question: --comment TEXT")
        remark = self._remark(entry, by, day, text, source)
        self._context.put(
            f"{by} asked about {_named((entry,))}", QUESTION, remark.id, encode(remark)
        )
        return remark

    def answer(self, id: str, text: str = "") -> Comment:
        """Answer a question, by its own id or that of the entry it is about."""
        remark = self._question(id)
        answered = replace(remark, answered=self._context.as_at, answer=clean(text).strip())
        self._context.put(f"Answered {quoted(remark.text)}", QUESTION, remark.id, encode(answered))
        return answered

    def questions(
        self, entry: str = "", *, all: bool = False, public: bool = False
    ) -> tuple[Comment, ...]:
        """Open questions (or ``all``), of one entry or of every live one, oldest first.

        ``public``, and a call under way, leave out those about private entries.
        """
        remarks = self._read(QUESTION, entry)
        if all:
            return remarks
        opened = tuple(remark for remark in remarks if remark.answered is None)
        if not opened:
            return ()
        there = live(
            self._context.store.connection,
            {remark.entry for remark in opened},
            public=public or self._context.hides_private,
        )
        return tuple(remark for remark in opened if remark.entry in there)

    def is_signed(self, entry: str) -> bool:
        return any(body["entry"] == entry for body in self._context.store.records(SIGNED).values())

    def comments(self, entry: str = "") -> tuple[Comment, ...]:
        return self._read(COMMENT, entry)

    def remarks(self) -> dict[str, tuple[tuple[Comment, ...], tuple[Comment, ...]]]:
        """Questions and comments by the entry they are about, of every enrolment."""
        remarks: dict[str, tuple[list[Comment], list[Comment]]] = {}
        for place, kind in enumerate((QUESTION, COMMENT)):
            for body in self._context.store.records(kind).values():
                remark = decode(Comment, body)
                remarks.setdefault(remark.entry, ([], []))[place].append(remark)
        return {
            entry: (_in_order(questions), _in_order(comments))
            for entry, (questions, comments) in remarks.items()
        }

    def employer_verify(
        self,
        codes: str | Iterable[str],
        by: str,
        day: date | None = None,
        testimony: str = "",
    ) -> EmployerVerified:
        """Record that the employer verified behaviours, with what they said of them.

        ``codes`` as a person types them. Refuses a code that is no behaviour, a day in the
        future or before the start, and a blank name. Coverage then marks them
        ``employer_verified``; undo takes it back.
        """
        course = self._context.enrolled
        behaviours = self._context.codes(codes)
        others = [code for code in behaviours if not code.startswith("B")]
        if not behaviours or others:
            raise Conflict(
                f"{others[0]} is not a behaviour." if others else "You entered no behaviour.",
                "Employers verify behaviours, such as B1; knowledge and skills need evidence."
                if any(ksb.type == "B" for ksb in course.standard.ksbs)
                else f"{course.standard.named} has no behaviours.",
            )
        statement = EmployerVerified(
            id=new_id(),
            enrolment=course.enrolment.id,
            ksbs=behaviours,
            by=self._name(by, "verified it"),
            day=self._context.past_day(day),
            testimony=clean(testimony).strip(),
        )
        if statement.day < course.enrolment.start:
            raise Conflict(
                f"{long_day(statement.day)} is before the programme starts.",
                f"It starts on {long_day(course.enrolment.start)}.",
            )
        label = f"{statement.by} verified {' '.join(behaviours)}"
        self._context.put(label, EMPLOYER_VERIFIED, statement.id, encode(statement))
        return statement

    def employer_verified(self) -> tuple[EmployerVerified, ...]:
        verified = self._context.own(EMPLOYER_VERIFIED, EmployerVerified)
        return tuple(sorted(verified, key=lambda statement: (statement.day, statement.id)))

    def _entries_of(self, ids: Sequence[str]) -> tuple[Entry, ...]:
        entries = {entry.id: entry for entry in map(self._entries.get, ids)}
        return tuple(entries.values())

    def _remark(self, entry: Entry, by: str, day: date, text: str, source: str) -> Comment:
        return Comment(
            new_id(), entry.enrolment, entry.id, by, day, clean(text).strip(), source=source
        )

    def _read(self, kind: str, entry: str) -> tuple[Comment, ...]:
        remarks = (decode(Comment, body) for body in self._context.store.records(kind).values())
        mine = self._context.enrolment_id
        wanted = (r for r in remarks if (r.entry == entry if entry else r.enrolment == mine))
        return _in_order(wanted)

    def _question(self, id: str) -> Comment:
        opened = {remark.id: remark for remark in self.questions()}
        of_entry = [r for r in opened.values() if len(id) >= 4 and r.entry.startswith(id.lower())]
        if len(of_entry) == 1:
            return of_entry[0]
        return by_prefix(opened, id, "question", "ksbtui coach --json")

    def _name(self, name: str, what: str) -> str:
        name = one_line(name)
        if not name:
            raise Unreadable(f"It is missing who {what}.", "Add the name: --by NAME")
        if name.casefold() == self._context.enrolled.enrolment.name.casefold():
            raise Conflict(
                f"{name} is the learner.", "You cannot verify your own entry. Ask someone else."
            )
        return name


def _in_order(remarks: Iterable[Comment]) -> tuple[Comment, ...]:
    return tuple(sorted(remarks, key=lambda remark: (remark.day, remark.id)))


def _shown(entry: Entry) -> str:
    return "(private)" if entry.private else entry.title


def _named(entries: Sequence[Entry]) -> str:
    if len(entries) > 1:
        return f"{len(entries)} entries"
    return f'"{shortened(_shown(entries[0]))}"'
