"""A learner's journal that was handed over, open here, and the feedback that goes back on it.

It is built in memory, so nothing of the learner's is written to this disk. What the tutor
adds is kept as feedback lines in a file of the tutor's own (0600), from the first note on,
and laid over the journal when it is opened again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from ksbtui.clock import Clock
from ksbtui.core.entry.entries import TWICE, Image, entry_from, entry_image
from ksbtui.core.exchange.feedback import FEEDBACK_KINDS, VERIFIED, Line, content_digest
from ksbtui.core.strict import Malformed, strictly
from ksbtui.core.text.text import one_line
from ksbtui.errors import Conflict, NotFound, StoreProblem, Unreadable
from ksbtui.journal.context import Context, read_courses
from ksbtui.journal.entry.derive import Deriver
from ksbtui.journal.entry.drafts import Drafts
from ksbtui.journal.exchange.feedback import take_lines
from ksbtui.journal.exchange.handover import FEEDBACK_FILE, NEWEST, Feedback, HandOver, to_bytes
from ksbtui.journal.progress.progress import Progress
from ksbtui.store.database import changes, rows
from ksbtui.store.database.store import Batch, Store
from ksbtui.store.files.keys import sign
from ksbtui.store.files.paths import kept_places, write_private
from ksbtui.store.files.sealed import OwnKey, own_key, seal

ENTRY = changes.ENTRY
Key = tuple[str, str]
_MARKS = {"verified", "updated_at"}
"""What a tutor may change of an entry."""
_NUMBERED = ("call", "review")
"""Records that say after which change of the learner's journal they were held."""
CALL_DRAFT = "call:"


@dataclass(frozen=True, slots=True)
class Side:
    """A tutor's own side of one learner's journal, as it is kept between openings."""

    learner: str
    name: str
    about: str
    """When the journal it is about was handed over."""
    reply_to: str
    lines: tuple[Line, ...] = ()
    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent: tuple[str, ...] = ()
    """Instants of the lines that were written out, by their keys: ``question.x at``."""

    @property
    def waiting(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if f"{line.key} {line.at}" not in self.sent)


_SENSELESS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


@contextmanager
def understood(name: str) -> Iterator[None]:
    """Refuse a file whose days and figures, each well formed, make no sense together."""
    try:
        yield
    except _SENSELESS as problem:
        raise Unreadable(
            f"{name} cannot be read: some of its days or figures are impossible.",
            "Ask for the file again. Nothing was changed.",
        ) from problem


class Opened:
    """A hand-over as a journal in memory, with the tutor's side laid over it.

    Without ``keep`` it is only looked at: nothing is laid over it, and nothing is kept.
    """

    def __init__(self, file: HandOver, path: Path, clock: Clock, keep: bool = True) -> None:
        self.file = file
        self.store = Store.in_memory(path)
        self.context = Context(path, clock, self.store)
        self.context.owner = file.name or "the learner"
        self._numbers: dict[int, int] = {}
        """The learner's numbers of changes, and what they are here."""
        with understood(path.name):
            self._build()
            if keep:
                self._try()
        self._base: dict[Key, Image] = {}
        self._noted: dict[str, Line] = {}
        """Lines of an earlier opening, which keep their instants, by their keys."""
        self._aside: tuple[Line, ...] = ()
        """Lines that contradict what the learner has written since; they go back all the same."""
        if keep:
            self._base = dict(self._things())
            self._lay_over(read_side(file.learner))
            self.store.check = self._allowed
            self.store.saved = self._keep

    # Building it

    def _build(self) -> None:
        """Write the journal as it was at each moment, then as it is."""
        file, states = self.file, _states(self.file)
        courses = read_courses(_Records(file))
        with self.store.guarded():
            derive = Deriver(self.context, courses)
            before: dict[Key, Image] = {}
            ends = [(moment.n, moment.at) for moment in file.moments] + [
                (file.newest, file.made_at)
            ]
            self._numbers = {number: here for here, (number, _) in enumerate(ends, 1)}
            for (_, at), state in zip(ends, states, strict=True):
                with self.store.writing("Shared", at, changes.MADE) as batch:
                    self._write(batch, before, state, derive)
                before = state
            with self.store.writing("Shared", file.made_at, changes.MADE) as batch:
                batch.add_up()
        self.context.touched()

    def _try(self) -> None:
        """Work every figure out once: what cannot be is refused here, not on a screen."""
        view = Progress(self.context, Drafts(self.context)).view_of(self.context.enrolled)
        _ = view.status_json(), view.next_steps

    def _write(
        self, batch: Batch, before: Mapping[Key, Image], state: Mapping[Key, Image], derive: Deriver
    ) -> None:
        for kind, id in dict.fromkeys([*before, *state]):
            old, new = before.get((kind, id)), state.get((kind, id))
            if old == new:
                continue
            if kind == ENTRY:
                was = rows.by_id(self.store.connection, id) if old else None
                batch.put_entry(was, derive(entry_from(new)) if new else None, sums=False)
            else:
                body = self._here(kind, new) if new else None
                batch.put_record(kind, id, body)

    def _here(self, kind: str, body: Image) -> Image:
        """A record with the number of its change as it is here."""
        if kind not in _NUMBERED or not body.get("batch"):
            return body
        latest = max(self._numbers.values())
        return {**body, "batch": self._numbers.get(body["batch"], latest)}

    def _there(self, kind: str, body: Image) -> Image:
        """A record with the number of its change as the learner's journal has it."""
        if kind not in _NUMBERED or not body.get("batch"):
            return body
        numbers = {here: there for there, here in self._numbers.items()}
        return {**body, "batch": numbers.get(body["batch"], self.file.newest)}

    # What the tutor adds

    def _allowed(self, kind: str, before: Image | None, after: Image | None) -> None:
        if kind == ENTRY and before and after:
            differing = {name for name in after if after[name] != before.get(name)}
            if differing <= _MARKS:
                return
        elif kind in FEEDBACK_KINDS or kind == TWICE:
            return
        raise Conflict(
            f"This is {self.context.owner}'s journal. Only they can change it.",
            "In a call you can verify, ask, write notes and agree actions. They go back as "
            "feedback.",
        )

    def _things(self) -> Iterator[tuple[Key, Image]]:
        """Everything that feedback may be about, as it stands."""
        with self.store.guarded() as connection:
            for entry in rows.read(connection, "WHERE deleted_at = ''"):
                yield (ENTRY, entry.id), entry_image(entry)
        for record in self.store.whole_records():
            if record.kind in FEEDBACK_KINDS:
                yield (record.kind, record.id), self._there(record.kind, record.body)

    def lines(self) -> tuple[Line, ...]:
        """What differs from the journal as it was handed over, as feedback lines."""
        fresh, now = [], dict(self._things())
        at = {(r.kind, r.id): r.updated_at for r in self.store.whole_records()}
        for key in dict.fromkeys([*self._base, *now]):
            old, new = self._base.get(key), now.get(key)
            if old == new:
                continue
            if key[0] == ENTRY:
                assert new is not None, "a tutor deletes no entry"
                was = old["verified"] if old else None
                digest = {"digest": content_digest(new)}
                body = {**new["verified"], **digest} if new["verified"] else None
                fresh.append(Line(VERIFIED, key[1], new["updated_at"], was, body))
            else:
                fresh.append(Line(*key, at.get(key, self.context.clock.now()), old, new))
        noted = (self._noted.get(line.key) for line in fresh)
        lines = [a if a and a.body == b.body else b for a, b in zip(noted, fresh, strict=True)]
        keys = {line.key for line in lines}
        return (*lines, *(line for line in self._aside if line.key not in keys))

    def side(self) -> Side:
        side = read_side(self.file.learner)
        return Side(
            learner=self.file.learner,
            name=self.file.name,
            about=self.file.made_at,
            reply_to=self.file.reply_to,
            lines=self.lines(),
            drafts={
                key: body for key, (body, _) in self.store.drafts().items() if key[:5] == CALL_DRAFT
            },
            sent=side.sent if side else (),
        )

    def _keep(self) -> None:
        side = self.side()
        if side.lines or side.drafts or side_path(side.learner).exists():
            write_side(side)

    def _lay_over(self, side: Side | None) -> None:
        if side is None:
            return
        numbered = [
            replace(
                line,
                base=line.base and self._here(line.kind, line.base),
                body=line.body and self._here(line.kind, line.body),
            )
            for line in side.lines
        ]
        with self.context.writing("Noted earlier", changes.MADE) as batch:
            notes = take_lines(self.context, batch, numbered, remember=False)
        self._noted = {line.key: line for line in side.lines}
        self._aside = tuple(
            line
            for line, note in zip(side.lines, notes, strict=True)
            if note.what in ("kept", "skipped") and line in side.waiting
        )
        for key, body in side.drafts.items():
            self.store.save_draft(key, body, self.context.clock.now())
        self.context.touched()


class _Records:
    """The records of a file, for whoever reads courses."""

    def __init__(self, file: HandOver) -> None:
        self._bodies = {(record.kind, record.id): record.body for record in file.records}

    def record(self, kind: str, id: str) -> Image | None:
        return self._bodies.get((kind, id))

    def records(self, kind: str) -> dict[str, Image]:
        return {id: body for (of_kind, id), body in self._bodies.items() if of_kind == kind}


def _states(file: HandOver) -> list[dict[Key, Image]]:
    """Everything in a file as it was at each moment, oldest first, then as it is."""
    state: dict[Key, Image] = {(record.kind, record.id): record.body for record in file.records}
    state |= {(ENTRY, entry.id): entry_image(entry) for entry in file.entries}
    by_moment: dict[int, list[Any]] = {}
    for record in file.earlier:
        by_moment.setdefault(record.n, []).append(record)
    states = [state]
    for moment in reversed(file.moments):
        state = dict(state)
        for record in by_moment.get(moment.n, ()):
            if record.image is None:
                state.pop((record.kind, record.id), None)
            else:
                state[record.kind, record.id] = record.image
        states.append(state)
    return states[::-1]


def side_path(learner: str) -> Path:
    """Where a tutor's side of a learner's journal is kept."""
    return kept_places()["feedback"] / f"{learner}.json"


def sides() -> list[Side]:
    """Every side that is kept, by the learners' names."""
    folder = kept_places()["feedback"]
    readable_sides = [read_side(path.stem) for path in sorted(folder.glob("*.json"))]
    return sorted(
        (side for side in readable_sides if side), key=lambda side: (side.name, side.learner)
    )


def read_side(learner: str) -> Side | None:
    """Read what is kept of one learner, or None; a damaged file is named, never replaced."""
    path = side_path(learner)
    if not path.exists():
        return None
    try:
        return strictly(Side, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, Malformed) as problem:
        raise StoreProblem(
            f"Your own notes {path} cannot be read. They were not changed.",
            "Move that file away to start again, or restore a copy of it.",
        ) from problem


def write_side(side: Side) -> None:
    """Keep a side for this person alone."""
    path = side_path(side.learner)
    try:
        write_private(path, json.dumps(asdict(side), ensure_ascii=False).encode())
    except OSError as problem:
        raise StoreProblem(
            f"Your notes cannot be saved at {path}: {problem.strerror}.",
            "Check free space and permissions. The call is still open.",
        ) from problem


def marked_sent(side: Side, lines: Iterable[Line]) -> Side:
    """The side after some lines were written out."""
    return replace(side, sent=tuple(sorted({*side.sent, *(f"{a.key} {a.at}" for a in lines)})))


def plan_feedback(side: Side, sender: str, clock: Clock) -> Feedback:
    """The feedback file of a side; every verification in it is signed with the own key."""
    if not side.lines:
        raise NotFound("You have no feedback to write yet.", "Open the learner's file first.")
    own = own_key()
    assert own is not None, "it was made"
    lines = tuple(_signed(line, own) for line in side.lines)
    return Feedback(
        format=FEEDBACK_FILE,
        version=NEWEST,
        learner=side.learner,
        sender=one_line(sender) or _who(side.lines),
        about=side.about,
        made_at=clock.now(),
        lines=lines,
    )


def feedback_data(
    file: Feedback, to: Iterable[str] = (), passphrase: str = "", plain: bool = False
) -> bytes:
    """The file's bytes: encrypted for keys or with a passphrase, unless it is plain."""
    data = to_bytes(file)
    return data if plain else seal(data, tuple(to), passphrase)


def _signed(line: Line, own: OwnKey) -> Line:
    if line.kind != VERIFIED or not line.body:
        return line
    body = line.body
    signature = sign(own, line.id, body["digest"], body["by"], date.fromisoformat(body["day"]))
    return replace(line, body={**body, "key": signature.key, "signature": signature.signature})


def _who(lines: Iterable[Line]) -> str:
    """Who most likely writes: the name that stands in the lines."""
    for line in lines:
        body = line.body or {}
        name = body.get("tutor") or body.get("by")
        if name:
            return str(name)
    return "your tutor"
