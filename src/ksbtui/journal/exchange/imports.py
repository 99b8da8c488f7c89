"""Logs, calendars and trackers brought in: which row is which entry, and doing it as one change."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ksbtui.core.days import full_day, long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry, Evidence, Verification
from ksbtui.core.entry.evidence import OTHER
from ksbtui.core.exchange.imported import (
    FIELDS,
    Activity,
    Key,
    Mark,
    Note,
    Reading,
    Source,
    day_title_minutes,
    linked,
    mark,
    match,
    source_from,
)
from ksbtui.core.hours.totals import day_shares
from ksbtui.core.programme.programmes import Course
from ksbtui.errors import NotFound
from ksbtui.journal.context import Context, new_id
from ksbtui.journal.entry.derive import Deriver
from ksbtui.journal.entry.entries import VERIFIED_FIELDS
from ksbtui.store.database import rows

SOURCE = "import-source"
"""A kind of record: what came from where."""

_SAID = {"ksbs": "KSBs", "minutes": "time", "paid": "pay"}


@dataclass(slots=True)
class Plan:
    """What importing one source would do; nothing is written yet."""

    source: str
    added: list[Entry] = field(default_factory=list)
    changed: list[tuple[Entry, Entry]] = field(default_factory=list)
    unchanged: int = 0
    missing: list[Entry] = field(default_factory=list)
    removed: list[Entry] = field(default_factory=list)
    """Those of ``missing`` that will be deleted, because the person said so."""
    skipped: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    record: Source | None = None
    moved: bool = False
    """Whether the source's own record changes though no entry does."""

    @property
    def minutes(self) -> int:
        """Logged minutes that the added entries bring."""
        return sum(entry.minutes for entry in self.added)

    @property
    def untagged(self) -> list[Entry]:
        return [entry for entry in self.added if not entry.ksbs]

    @property
    def writes(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.moved)


class Planner:
    """One reading against what the journal holds of its source."""

    def __init__(
        self,
        context: Context,
        reading: Reading,
        source: str,
        remove_missing: bool,
    ) -> None:
        self._context = context
        self._reading = reading
        self._remove = remove_missing
        self._derive = Deriver(context)
        self._now = context.clock.now()
        self._codes: dict[str, frozenset[str]] = {}
        self._before = source_from(source, context.store.record(SOURCE, source))
        self._last = dict(self._before.marks or {})
        self._marks: dict[str, Mark] = {}
        self._here_now: Counter[tuple[str, int, str]] | None = None
        with context.store.guarded() as connection:
            earlier = rows.read(connection, "WHERE source = ?", (source,)) if self._last else []
        self._entries = {entry.id: entry for entry in earlier}
        self._plan = Plan(source, skipped=list(reading.skipped), warnings=list(reading.warnings))

    def plan(self) -> Plan:
        plan, before, activities = self._plan, self._before, self._reading.activities
        entries = [self._entry(activity) for activity in activities]
        ids = self._matched(entries)
        order = [
            self._place(activity, entry, ids.get(place))
            for place, (activity, entry) in enumerate(zip(activities, entries, strict=True))
        ]
        order = [id for id in order if id]
        here = set(order)
        gone = [id for id in (*before.order, *before.gone) if id not in here]
        plan.missing = [entry for id in gone if (entry := self._live(id))]
        if self._remove:
            plan.removed, gone = plan.missing, []
        marks = {id: self._last[id] for id in gone} | self._marks
        plan.record = Source(plan.source, tuple(order), tuple(gone), marks)
        plan.moved = plan.record.body() != before.body()
        self._warn_of_long_days(entries)
        self._warn_of_twins(entries, here)
        plan.warnings.sort(key=lambda note: (note.where, note.row))
        return plan

    def _live(self, id: str) -> Entry | None:
        entry = self._entries.get(id)
        return entry if entry and not entry.deleted_at else None

    def _matched(self, entries: Sequence[Entry]) -> dict[int, str]:
        """The id of the entry that each row (by its place) made before.

        A row that had gone from the file and is back is found by its whole key only.
        """
        new = [Key(entry.day, entry.title, entry.minutes) for entry in entries]
        order = self._before.order
        pairs = match([Key(*day_title_minutes(self._last[id])) for id in order], new)
        ids = {place: order[old] for place, old in pairs.items()}
        gone: defaultdict[Key, deque[str]] = defaultdict(deque)
        for id in self._before.gone:
            gone[Key(*day_title_minutes(self._last[id]))].append(id)
        for place, key in enumerate(new):
            if place not in ids and gone.get(key):
                ids[place] = gone[key].popleft()
        return ids

    def _place(self, activity: Activity, entry: Entry, id: str | None) -> str:
        if id is None and self._reading.own and self._is_here(entry):
            self._plan.unchanged += 1
            return ""
        if id is None:
            self._plan.added.append(entry)
            self._marks[entry.id] = mark(entry)
            return entry.id
        last, self._marks[id] = self._last[id], mark(entry)
        present = self._live(id)
        if present is None:
            reason = "you deleted it in the journal since; it stays deleted"
            self._plan.skipped.append(Note(activity.row, reason, activity.where))
            return id
        after = self._merged(activity, present, entry, last)
        if after == present:
            self._plan.unchanged += 1
        else:
            self._plan.changed.append((present, after))
        return id

    def _is_here(self, entry: Entry) -> bool:
        """Whether the journal has an entry that a row of ksbtui's own file was written from."""
        if self._here_now is None:
            with self._context.store.guarded() as connection:
                stored = rows.brief(connection)
            self._here_now = Counter((day, minutes, title) for _, day, minutes, title in stored)
            self._here_now.update((day, minutes, "(private)") for _, day, minutes, _ in stored)
        key = (entry.day.isoformat(), entry.minutes, entry.title)
        self._here_now[key] -= 1
        return self._here_now[key] >= 0

    def _merged(self, activity: Activity, present: Entry, entry: Entry, last: Mark) -> Entry:
        """The entry with what the file changed; what the learner changed here stays."""
        here, there = mark(present), mark(entry)
        values: dict[str, Any] = {}
        for name, old, mine, theirs in zip(FIELDS, last, here, there, strict=False):
            if theirs in (old, mine):
                continue
            if mine != old:
                word = _SAID.get(name, name)
                self._warn(activity, f"its {word} changed here and in the file; yours is kept")
                continue
            values[name] = getattr(entry, name)
            if name == "module":
                values["module_given"] = entry.module_given
        here_too = {item.target for item in present.evidence} | linked(last)
        if new := tuple(item for item in entry.evidence if item.target not in here_too):
            values["evidence"] = (*present.evidence, *new)
        if not values:
            return present
        if present.verified and values.keys() & VERIFIED_FIELDS:
            self._warn(activity, f"{present.verified.by} had verified it; that is now removed")
            values["verified"] = None
        return self._derive(replace(present, **values, updated_at=self._now))

    def _entry(self, activity: Activity) -> Entry:
        entry = Entry(
            id=new_id(),
            day=activity.day,
            minutes=activity.minutes,
            title=activity.title,
            first_day=activity.first_day,
            source=self._plan.source,
            created_at=self._now,
            updated_at=self._now,
        )
        course = self._derive.course(entry)
        notes = [activity.notes] if activity.notes else []
        known = [code for code in activity.codes if code in self._known(course)]
        unknown = [code for code in activity.codes if code not in known]
        if unknown:
            unknown_codes = f"{', '.join(unknown)} not in {course.standard.named}"
            self._warn(activity, f"{unknown_codes}; added to the notes")
            words = f"{activity.title} {activity.notes} {activity.learned}"
            if any(code not in words for code in unknown):
                notes.append(f"KSBs {unknown_codes}")
        modules = {module.number for module in course.programme.modules}
        if activity.module is not None and activity.module not in modules:
            notes.append(f"Module: {activity.module}")
        kind = activity.type if course.rules.type(activity.type) else "other"
        self._warn_of_day(activity, course)
        given = activity.module in modules
        filled = replace(
            entry,
            type=kind,
            module=activity.module if given else None,
            module_given=given,
            notes="\n\n".join(notes),
            learned=activity.learned,
            ksbs=tuple(known),
            paid=activity.paid,
            evidence=tuple(Evidence("", OTHER, *link) for link in activity.links),
            new_learning=activity.new_learning,
            relevant=activity.relevant,
            private=activity.private,
            verified=Verification(*activity.verified) if activity.verified else None,
            submitted=activity.submitted,
        )
        return self._derive(self._derive.checked(filled, filled.ksbs))

    def _known(self, course: Course) -> frozenset[str]:
        id = course.enrolment.id
        if id not in self._codes:
            ksbs = course.standard.ksbs_of(course.enrolment.option)
            self._codes[id] = frozenset(ksb.code for ksb in ksbs)
        return self._codes[id]

    def _warn(self, activity: Activity, text: str) -> None:
        self._plan.warnings.append(Note(activity.row, text, activity.where))

    def _warn_of_day(self, activity: Activity, course: Course) -> None:
        """Name a day outside the programme: often a year that was typed wrong."""
        days, day = self._derive.plan(course), activity.day
        if not days.inside(day):
            span = f"{long_day(days.start)} to {long_day(days.last)}"
            self._warn(
                activity,
                f"{long_day(day)} is outside your programme ({span}), so it does not "
                "count. Check the year",
            )
        elif day > self._context.as_at:
            self._warn(activity, f"{long_day(day)} is in the future, so it does not count yet")

    def _warn_of_long_days(self, entries: Sequence[Entry]) -> None:
        """Name each day on which the file has more than a working day, once."""
        first: dict[date, Activity] = {}
        minutes: defaultdict[date, int] = defaultdict(int)
        for activity, entry in zip(self._reading.activities, entries, strict=True):
            for share in day_shares(entry):
                first.setdefault(share.day, activity)
                minutes[share.day] += share.minutes
        rules = self._context.enrolled.rules
        for day, activity in first.items():
            if minutes[day] > rules.day_warn_minutes:
                day_total = f"{say_minutes(minutes[day])} on {full_day(day)}"
                self._warn(
                    activity, f"{day_total}, more than {say_minutes(rules.day_warn_minutes)}"
                )

    def _warn_of_twins(self, entries: Sequence[Entry], here: set[str]) -> None:
        """Name rows that stand twice, and new ones that the journal has from elsewhere."""
        with self._context.store.guarded() as connection:
            others = {
                (day, minutes, title.casefold()): id
                for id, day, minutes, title in rows.brief(connection)
                if id not in here
            }
        added = {entry.id for entry in self._plan.added}
        seen: dict[Key, int] = {}
        for activity, entry in zip(self._reading.activities, entries, strict=True):
            key = Key(entry.day, entry.title, entry.minutes)
            place = (entry.day.isoformat(), entry.minutes, entry.title.casefold())
            if key in seen and seen[key] != activity.row:
                self._warn(activity, f"the same as row {seen[key]}; both are kept")
            elif entry.id in added and place in others:
                self._warn(activity, f"entry {others[place]} looks the same; both are kept")
            seen.setdefault(key, activity.row)


MAP = "import-map"
"""A kind of record: how a file's columns are to be read."""

Tell = Callable[[int, int], None]
"""Told how many of how many entries are written."""

FEW = 500
"""Up to so many entries the sums follow each one; above, they are added up once at the end."""

_COPY = re.compile(r"(?:[ _-]*\(\d{1,3}\)|[ _-]+copy(?: \d+)?)+$", re.IGNORECASE)


class Imports:
    """What other files bring into a journal."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def plan(
        self, reading: Reading, source: str, *, named: bool = True, remove_missing: bool = False
    ) -> Plan:
        """Work out what importing a reading under a source's name would do.

        Where the name is only the file's (``named`` False) and most of the rows came before
        from another source, the file is taken for a newer copy of that one.
        """
        _ = self._context.enrolled
        source = source if named else self._same_rows(reading, source) or source
        return Planner(self._context, reading, source, remove_missing).plan()

    def apply(
        self,
        plans: Sequence[Plan],
        label: str,
        tell: Tell | None = None,
        maps: dict[str, dict[str, Any]] | None = None,
    ) -> None:
        """Write plans as one change that one undo takes back; a failure leaves no trace."""
        maps = maps or {}
        if not any(plan.writes for plan in plans) and not maps:
            return
        done, total = 0, sum(len(p.added) + len(p.changed) + len(p.removed) for p in plans)
        with self._context.writing(label) as batch:
            for name, body in maps.items():
                batch.put_record(MAP, name, body)
            for plan in plans:
                gone = [(entry, replace(entry, deleted_at=batch.at)) for entry in plan.removed]
                new = [(None, entry) for entry in plan.added]
                for before, after in (*new, *plan.changed, *gone):
                    batch.put_entry(before, after, sums=total <= FEW)
                    done += 1
                    if tell and done % 100 == 0:
                        tell(done, total)
                if plan.record and plan.writes:
                    batch.put_record(SOURCE, plan.source, plan.record.body())
            if total > FEW:
                batch.add_up()

    def sources(self) -> tuple[str, ...]:
        return tuple(self._context.store.records(SOURCE)) if self._context.exists else ()

    def maps(self) -> tuple[str, ...]:
        return tuple(self._context.store.records(MAP)) if self._context.exists else ()

    def maps_for(self, shape: Sequence[str]) -> tuple[str, ...]:
        """Names of the maps that were saved for a table with these headings."""
        if not any(shape) or not self._context.exists:
            return ()
        maps = self._context.store.records(MAP)
        return tuple(n for n, body in maps.items() if body.get("shape") == list(shape))

    def map_of(self, name: str) -> dict[str, Any]:
        body = self._context.store.record(MAP, name)
        if body is None:
            names = ", ".join(self._context.store.records(MAP)) or "none yet"
            raise NotFound(f"There is no saved map called {name}.", f"There are: {names}.")
        return body

    def _same_rows(self, reading: Reading, source: str) -> str | None:
        """The earlier source that most of these rows came from, unless the name is known."""
        sources = self._context.store.records(SOURCE)
        if source in sources or not reading.activities:
            return None
        keys = Counter((a.day, a.title, a.minutes) for a in reading.activities)
        for name, body in sources.items():
            earlier = source_from(name, body)
            marks = earlier.marks or {}
            old = Counter(day_title_minutes(marks[id]) for id in earlier.order)
            common = sum((keys & old).values())
            if 2 * common >= min(sum(old.values()), sum(keys.values())) and common >= 2:
                return name
        return None


def source_name(stem: str) -> str:
    """A file's stem as a source: ``log (1)`` and ``log - copy`` are ``log``."""
    return _COPY.sub("", stem.strip()) or stem.strip() or "log"
