"""What a report is built from: the entries chosen, with private ones masked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ksbtui.core.entry.entries import Entry, Evidence
from ksbtui.store.seed.seeds import duty_names

if TYPE_CHECKING:
    from ksbtui.core.programme.programmes import Course
    from ksbtui.journal.journal import Journal
    from ksbtui.journal.progress.progress import View

PRIVATE = "(private)"
"""The title of an entry that was left out but still sums."""

Texts = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which entries a report is about; empty fields ask for nothing."""

    since: date | None = None
    until: date | None = None
    module: int | None = None
    no_module: bool = False
    ksbs: tuple[str, ...] = ()
    with_private: bool = False
    layout: str = ""
    review: str = ""
    """Which review a pack is of: ``held``, ``next`` or an id; empty for the one in view."""

    def holds(self, entry: Entry) -> bool:
        return (
            (self.since is None or entry.day >= self.since)
            and (self.until is None or entry.day <= self.until)
            and (self.module is None or entry.module == self.module)
            and (not self.no_module or entry.module is None)
            and (not self.ksbs or not set(self.ksbs).isdisjoint(entry.ksbs))
        )


@dataclass
class Source:
    """The journal as a report sees it: every text of the learner's goes through ``text``.

    What passes is kept in ``seen`` for the personal-data check; ``change`` redacts it.
    """

    journal: Journal
    scope: Scope = field(default_factory=Scope)
    change: Texts | None = None
    seen: list[tuple[str, str]] = field(default_factory=list)

    def text(self, where: str, text: str) -> str:
        """Let a text of the learner's into the report; ``where`` names its place."""
        if not text:
            return text
        self.seen.append((where, text))
        return self.change(text) if self.change else text

    @property
    def view(self) -> View:
        return self.journal.progress.view

    @property
    def course(self) -> Course:
        return self.journal.enrolled

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The chosen entries of the enrolment reported, oldest day first."""
        own = self.course.enrolment.id
        return tuple(entry for entry in self.all_entries if entry.enrolment == own)

    @cached_property
    def whole(self) -> tuple[Entry, ...]:
        """Every live entry as it is, in the order they were made."""
        return tuple(self.journal.exchange.live_entries())

    @cached_property
    def all_entries(self) -> tuple[Entry, ...]:
        """The chosen entries of every enrolment, oldest day first."""
        chosen = [entry for entry in self.whole if self.scope.holds(entry)]
        return tuple(self._seen(entry) for entry in sorted(chosen, key=lambda entry: entry.day))

    @cached_property
    def duty_names(self) -> dict[int, str]:
        return duty_names(self.course.standard.ref)

    @cached_property
    def _comments(self) -> dict[str, str]:
        return {
            entry: "; ".join(
                self.text(entry, f"{remark.by}: {remark.text}") for remark in (*asked, *comments)
            )
            for entry, (asked, comments) in self.journal.verifying.remarks().items()
        }

    def comments(self, entry: Entry) -> str:
        return "" if is_masked(entry) else self._comments.get(entry.id, "")

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)

    @property
    def masked(self) -> int:
        """How many private entries stand in the report as day, type and minutes only."""
        return sum(is_masked(entry) for entry in self.entries)

    def counts(self, entry: Entry) -> bool:
        return not self.journal.entries.failed(entry)

    def category(self, entry: Entry) -> str:
        kind = self.journal.entries.course_of(entry).rules.type(entry.type)
        return kind.label if kind else entry.type

    def heading(self) -> str:
        standard, name = self.course.standard, self.course.enrolment.name
        line = f"{standard.ref} v{standard.version} {standard.title}"
        return f"{name} · {line}" if name else line

    def _seen(self, entry: Entry) -> Entry:
        if entry.private and not self.scope.with_private:
            return masked(entry)
        if not self.scope.with_private:
            shown = tuple(item for item in entry.evidence if not item.private)
            entry = replace(entry, evidence=shown) if shown != entry.evidence else entry
        return self.passed(entry)

    def passed(self, entry: Entry) -> Entry:
        where = f"{entry.id} {entry.day.isoformat()}"
        if self.change is None:
            self._note(where, entry)
            return entry
        return replace(
            entry,
            title=self.text(f"{where}, title", entry.title),
            notes=self.text(f"{where}, what I did", entry.notes),
            learned=self.text(f"{where}, what I learned", entry.learned),
            evidence=tuple(self._evidence(where, item) for item in entry.evidence),
            verified=replace(entry.verified, by=self.text(where, entry.verified.by))
            if entry.verified
            else None,
        )

    def _note(self, where: str, entry: Entry) -> None:
        """Remember an entry's texts without making it anew."""
        self.seen += [
            (f"{where}, title", entry.title),
            (f"{where}, what I did", entry.notes),
            (f"{where}, what I learned", entry.learned),
        ]
        for item in entry.evidence:
            self.seen += [(f"{where}, evidence", t) for t in (item.title, item.target, item.note)]
        if entry.verified:
            self.seen.append((where, entry.verified.by))

    def _evidence(self, where: str, item: Evidence) -> Evidence:
        return replace(
            item,
            title=self.text(f"{where}, evidence", item.title),
            target=self.text(f"{where}, evidence", item.target),
            note=self.text(f"{where}, evidence", item.note),
        )


def masked(entry: Entry) -> Entry:
    """A private entry as it stands in a report: day, type and minutes, nothing that was said."""
    return replace(
        entry,
        title=PRIVATE,
        notes="",
        learned="",
        ksbs=(),
        evidence=(),
        verified=None,
        submitted=None,
        source="",
        module=None,
    )


def is_masked(entry: Entry) -> bool:
    """Tell whether an entry is such a remainder."""
    return entry.private and entry.title == PRIVATE and not entry.notes and not entry.ksbs


def is_link(target: str) -> bool:
    """Tell whether evidence is a web link that may be followed."""
    return target.lower().startswith(("https://", "http://"))


def display_path(item: Evidence) -> str:
    """Where evidence is, fit for others: the link, or the file's name without its folders."""
    return place_named(item.target)


def place_named(target: str) -> str:
    """The same of a bare target."""
    if "://" in target:
        return target
    return target.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
