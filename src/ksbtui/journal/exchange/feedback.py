"""Feedback coming in: each line checked as foreign, none of the learner's words overwritten."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from ksbtui.core.codec import decode, encode
from ksbtui.core.entry.entries import PURGED, Entry, Image, Verification, entry_image
from ksbtui.core.exchange.feedback import (
    FEEDBACK,
    FEEDBACK_KINDS,
    LONGEST,
    SIGNED,
    VERIFIED,
    Line,
    Seal,
    Signed,
    content_digest,
    joined,
    sealed,
)
from ksbtui.core.exchange.fields import beside_key, short_hash, title_of
from ksbtui.core.exchange.personal_data import redact
from ksbtui.core.exchange.sharing import rewritten
from ksbtui.core.strict import Malformed, strictly
from ksbtui.core.text.text import clean, one_line
from ksbtui.errors import Conflict
from ksbtui.journal.context import Context
from ksbtui.journal.exchange.exchange import NAMES_RECORD
from ksbtui.journal.exchange.handover import Feedback
from ksbtui.store.database import rows
from ksbtui.store.database.store import Batch, read_record

_ID = re.compile(r"[a-z0-9-]{1,64}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")
_HEX = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Note:
    """What became of a line: ``what`` is added, changed, kept or skipped; the thing, and why."""

    what: str
    kind: str
    id: str
    title: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What feedback did to a journal; ``unchanged`` counts lines that were here already."""

    sender: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    notes: tuple[Note, ...] = field(default_factory=tuple)

    @property
    def skipped(self) -> tuple[Note, ...]:
        return tuple(note for note in self.notes if note.what == "skipped")


class _Skip(Exception):
    """A line that is left out, with the reason."""


def names_of(context: Context) -> tuple[str, ...]:
    """The names that are removed where personal data is."""
    return tuple((context.store.record(*NAMES_RECORD) or {}).get("names", ()))


def digests(image: Image, names: Sequence[str]) -> set[str]:
    """The digests of an entry, as it is and as it is handed over without personal data."""
    without = rewritten(image, partial(redact, names=names))
    return {content_digest(image), content_digest(without)}


def seals_of(context: Context, entry: Entry) -> tuple[Seal, ...]:
    """The signatures of an entry's verifications, the newest first."""
    # deferred: loads most of the core, and checks signatures, for feedback alone
    from ksbtui.store.files.keys import holds

    sealed_records = [
        decode(Signed, body)
        for body in context.store.records(SIGNED).values()
        if body["entry"] == entry.id
    ]
    if not sealed_records:
        return ()
    present = digests(entry_image(entry), names_of(context))
    seals = [sealed(record, holds(record), present) for record in sealed_records]
    return tuple(sorted(seals, key=lambda seal: (seal.signed.day, seal.signed.by), reverse=True))


class FeedbackIn:
    """What tutors and employers send back."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def seals(self, entry: Entry) -> tuple[Seal, ...]:
        """The signatures of an entry's verifications, the newest first."""
        return seals_of(self._context, entry)

    def take(self, file: Feedback, dry_run: bool = False) -> Taken:
        """Bring feedback in as one change; the same file again changes nothing.

        Refuses what is about another learner. A line that cannot be taken is named.
        """
        context = self._context
        own = {course.enrolment.id: course.enrolment.name for course in context.courses}
        if file.learner not in own:
            raise Conflict(
                "This feedback is about another learner's journal; nothing was changed.",
                "Two learners can have the same name. Import it into the journal you shared.",
            )
        sender = one_line(file.sender) or "somebody"
        notes: list[Note] = []
        try:
            with context.writing(f"Feedback from {sender[:60]}") as batch:
                notes = take_lines(context, batch, file.lines)
                if dry_run or not batch.logged:
                    raise _Skip
        except _Skip:
            pass
        counts = {what: sum(note.what == what for note in notes) for what in ("added", "changed")}
        same = sum(note.what == "unchanged" for note in notes)
        shown = tuple(note for note in notes if note.what != "unchanged")
        return Taken(sender, counts["added"], counts["changed"], same, shown)


def take_lines(
    context: Context, batch: Batch, lines: Iterable[Line], remember: bool = True
) -> list[Note]:
    """Take lines inside an open write.

    ``remember`` the newest of each thing: then order does not matter, and nothing comes twice.
    """
    taker = _Taker(context, batch, remember)
    return [taker.take(line) for line in lines]


class _Taker:
    """Takes lines one by one."""

    def __init__(self, context: Context, batch: Batch, remember: bool) -> None:
        self._context = context
        self._connection = context.store.connection
        self._batch = batch
        self._remember = remember
        self._enrolments = {c.enrolment.id: c.enrolment.name for c in context.courses}
        self._names = names_of(context)

    def take(self, line: Line) -> Note:
        try:
            self._check(line)
            base = line.base
            if self._remember:
                marker = read_record(self._connection, FEEDBACK, line.key)
                if marker and line.at <= marker["at"]:
                    return self._note("unchanged", line, line.body or line.base or {})
                base = marker["body"] if marker else base
            take = self._verified if line.kind == VERIFIED else self._record
            note = take(line, base)
        except _Skip as problem:
            return Note("skipped", line.kind[:40], line.id[:64], "", str(problem))
        if self._remember:
            self._batch.put_record(FEEDBACK, line.key, {"at": line.at, "body": line.body})
        return note

    def _check(self, line: Line) -> None:
        if line.kind not in FEEDBACK_KINDS:
            raise _Skip("feedback cannot contain that")
        if not _ID.fullmatch(line.id) or not _INSTANT.fullmatch(line.at):
            raise _Skip("its id or instant cannot be read")
        if len(json.dumps([line.base, line.body])) > LONGEST:
            raise _Skip("it is too long")

    # Records

    def _record(self, line: Line, base: Image | None) -> Note:
        from ksbtui.journal.record_kinds import read_record as strict_record

        mine = read_record(self._connection, line.kind, line.id)
        if line.body is None:
            return self._take_away(line, base, mine)
        theirs = self._clean(line.body)
        try:
            read = strict_record(line.kind, line.id, theirs)
        except Malformed as problem:
            raise _Skip(str(problem)) from problem
        if getattr(read, "id", line.id) != line.id:
            raise _Skip("its id differs from its body's")
        self._check_about(theirs)
        if theirs.get("batch"):
            theirs["batch"] = self._held_after(theirs["batch"])
        if mine is None:
            self._batch.put_record(line.kind, line.id, theirs, line.at, line.at)
            return self._note("added", line, theirs, self._gone(theirs))
        after = joined((line.kind, line.id), base, {**mine}, {**mine, **theirs})
        for path, value in after.beside:
            second = beside_key((line.kind, line.id), path)
            beside = read_record(self._connection, *second) or {"values": {}}
            body = {"values": {**beside["values"], short_hash(value): value}}
            self._batch.put_record(*second, body)
        if after.image != mine:
            self._batch.put_record(line.kind, line.id, after.image, "", line.at)
        if after.beside:
            return self._note("kept", line, mine, "you changed it too; both texts are kept")
        return self._note("changed" if after.image != mine else "unchanged", line, after.image)

    def _take_away(self, line: Line, base: Image | None, mine: Image | None) -> Note:
        if mine is None:
            return self._note("unchanged", line, base or {})
        if mine != base:
            return self._note("kept", line, mine, "it was removed there, but changed here")
        self._batch.put_record(line.kind, line.id, None)
        return self._note("changed", line, mine, "removed")

    def _check_about(self, body: Image) -> None:
        if body.get("enrolment") not in self._enrolments:
            raise _Skip("it is about another enrolment")
        about = body.get("entry")
        if about and read_record(self._connection, PURGED, about):
            raise _Skip("it is about an entry that was purged")
        latest = self._context.as_at + timedelta(days=1)
        day = body.get("day") or body.get("made")
        if day and date.fromisoformat(day) > latest:
            raise _Skip(f"it is dated {day}, which is in the future")
        self._check_name(body.get("by") or body.get("tutor") or "")

    def _check_name(self, name: str) -> None:
        own = {" ".join(text.split()).casefold() for text in self._enrolments.values() if text}
        if " ".join(name.split()).casefold() in own:
            raise _Skip("it is in the learner's own name")

    def _held_after(self, number: int) -> int:
        """The change after which a call was held: this one, if nothing else came between."""
        return self._batch.n if number == self._batch.n - 1 else min(number, self._batch.n)

    def _gone(self, body: Image) -> str:
        entry = body.get("entry")
        if not entry or body.get("tutor"):
            return ""
        about = rows.by_id(self._connection, entry)
        return "" if about and not about.deleted_at else "about an entry that is no longer here"

    def _clean(self, body: Image) -> Image:
        """Every text storable, and no longer than a person writes."""
        cleaned: Image = json.loads(clean(json.dumps(body, ensure_ascii=False)))
        return cleaned

    # Verifications

    def _verified(self, line: Line, base: Image | None) -> Note:
        entry = rows.by_id(self._connection, line.id)
        if entry is None or entry.deleted_at:
            raise _Skip("the entry is no longer here")
        image = entry_image(entry)
        if line.body is None:
            was = base and {name: base.get(name) for name in ("by", "day")}
            if image["verified"] is None or image["verified"] != was:
                return self._note("unchanged", line, image)
            self._mark(entry, None)
            return self._note("changed", line, image, "the verification was removed")
        mark, signed, digest = self._vouched(line)
        if mark.day < entry.day:
            raise _Skip(f"its day, {mark.day.isoformat()}, is before the day of the entry")
        if signed:
            id = f"{entry.id}-{signed.key[:12]}"
            self._batch.put_record(SIGNED, id, encode(signed))
        if digest not in digests(image, self._names):
            return self._note(
                "kept", line, image, "the entry has changed since, so it is not marked as verified"
            )
        if entry.verified == mark or (entry.verified and entry.verified.day > mark.day):
            return self._note("unchanged", line, image)
        self._mark(entry, mark)
        return self._note("changed", line, image, f"verified by {mark.by}")

    def _mark(self, entry: Entry, mark: Verification | None) -> None:
        self._batch.put_entry(entry, replace(entry, verified=mark, updated_at=self._batch.at))

    def _vouched(self, line: Line) -> tuple[Verification, Signed | None, str]:
        """Who verified, the signature if there is one, and the digest of what they saw."""
        body = self._clean(line.body or {})
        digest, key = body.pop("digest", None), body.pop("key", None)
        signature = body.pop("signature", None)
        try:
            mark = strictly(Verification, body)
        except Malformed as problem:
            raise _Skip(str(problem)) from problem
        if not isinstance(digest, str) or not mark.by.strip():
            raise _Skip("it does not say who verified what")
        if mark.day > self._context.as_at + timedelta(days=1):
            raise _Skip(f"it is dated {mark.day.isoformat()}, which is in the future")
        self._check_name(mark.by)
        signed = None
        if key is not None or signature is not None:
            if not (_is_hex(key, 64) and _is_hex(signature, 128)):
                raise _Skip("its signature cannot be read")
            signed = Signed(line.id, mark.by, mark.day, digest, key, signature)
            self._check_signature(signed)
        return mark, signed, digest

    def _check_signature(self, signed: Signed) -> None:
        from ksbtui.store.files.keys import holds

        if not holds(signed):
            raise _Skip("its signature is not valid")

    def _note(self, what: str, line: Line, image: Image, why: str = "") -> Note:
        return Note(what, line.kind, line.id, title_of(image), why)


def _is_hex(text: Any, length: int) -> bool:
    return isinstance(text, str) and len(text) == length and bool(_HEX.fullmatch(text))
