"""Standards and units a person brings in from a file, and what a second import changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from ksbtui.core.codec import encode
from ksbtui.core.programme.standards import Standard, code_key
from ksbtui.core.programme.versions import Difference, difference, version_key
from ksbtui.errors import Conflict, Unreadable
from ksbtui.journal.changes import rederive
from ksbtui.journal.context import Context
from ksbtui.journal.programme.courses import STANDARD
from ksbtui.journal.programme.enrolments import IMPORTED, Enrolments
from ksbtui.journal.programme.versions import tagged_entries
from ksbtui.store.seed import seeds

_KEPT_IF_SILENT = (
    *("title", "version", "level", "min_minutes", "max_minutes", "typical_months"),
    *("typical_weeks", "starts_from", "starts_to", "duties", "outcomes"),
)
_NAMED = {
    "title": "title",
    "level": "level",
    "min_minutes": "minimum hours",
    "max_minutes": "most hours",
    "typical_months": "typical duration",
    "starts_from": "first start",
    "starts_to": "last start",
    "options": "options",
    "duties": "duties",
    "outcomes": "outcomes",
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A standard read from a file beside the one of the same reference that is known."""

    standard: Standard
    known: Standard | None
    difference: Difference
    facts: tuple[str, ...] = ()
    """Names of the facts that change beside the statements."""
    faults: tuple[str, ...] = ()
    """Why it cannot be kept as it is; empty where it can."""
    tagged: tuple[tuple[str, int], ...] = ()
    """Removed codes that entries of this journal carry, with how many do."""

    @property
    def is_new(self) -> bool:
        """Whether no standard of that reference was known."""
        return self.known is None

    @property
    def changes(self) -> bool:
        """Whether keeping it would change anything."""
        return self.is_new or bool(self.difference) or bool(self.facts)


def faults(standard: Standard) -> tuple[str, ...]:
    """Why a standard cannot be kept: no reference, or a code that stands twice in one option."""
    found = [] if standard.ref else ["It has no reference."]
    places = Counter((ksb.option, ksb.code) for ksb in standard.ksbs)
    core = {ksb.code for ksb in standard.ksbs if not ksb.option}
    twice = {code for (_, code), count in places.items() if count > 1}
    twice |= {code for option, code in places if option and code in core}
    found += [f"{code} stands more than once." for code in sorted(twice, key=code_key)]
    return tuple(found)


class Standards:
    """The standards of a journal beyond the shipped ones."""

    def __init__(self, context: Context, enrolments: Enrolments) -> None:
        self._context = context
        self._enrolments = enrolments

    def incoming(self, read: Standard) -> Incoming:
        """Compare a standard just read with the newest known one of its reference and version.

        Where the file is silent on a fact, the known one stays.
        """
        known = self._known(read)
        if known is not None:
            silent = {n: getattr(known, n) for n in _KEPT_IF_SILENT if not getattr(read, n)}
            read = replace(read, **silent)
        standard = seeds.with_hints(seeds.with_notice(read))
        before = known or replace(standard, ksbs=())
        changed = difference(before, standard)
        facts = [
            name for key, name in _NAMED.items() if getattr(before, key) != getattr(standard, key)
        ]
        removed = {ksb.code for ksb in changed.removed} - {ksb.code for ksb in standard.ksbs}
        tagged = tagged_entries(self._context, known.id, removed) if known else ()
        return Incoming(standard, known, changed, tuple(facts), faults(standard), tagged)

    def keep(self, incoming: Incoming) -> Standard:
        """Keep an imported standard; enrolments on it use it from now on, with every tag kept."""
        standard = incoming.standard
        if incoming.faults:
            raise self._refusal(incoming)
        if not incoming.changes:
            return standard
        standard = replace(standard, facts={**standard.facts, IMPORTED: standard.source})
        self._context.create()
        verb = "Imported" if incoming.is_new else "Updated"
        with self._context.writing(f"{verb} standard {standard.ref}") as batch:
            batch.put_record(STANDARD, standard.id, encode(standard))
            self._context.touched()
            if self._context.courses:
                rederive(self._context, batch)
        return standard

    def _refusal(self, incoming: Incoming) -> Exception:
        if not incoming.standard.ref:
            return Unreadable(
                f"{incoming.standard.source} gives the standard no reference.",
                "Name it: --ref ST0000",
            )
        return Conflict(
            f"{incoming.standard.source}: {incoming.faults[0]}",
            "Use a different code for each statement. Nothing was saved.",
        )

    def _known(self, read: Standard) -> Standard | None:
        found = self._enrolments.standards().items.values()
        same = [s for s in found if read.ref and s.ref.upper() == read.ref.upper()]
        if read.version:
            same = [s for s in same if s.version in (read.version, "")]
        own = self._context.course
        if own is not None and own.standard.id in [standard.id for standard in same]:
            same = [standard for standard in same if standard.id == own.standard.id]
        return max(same, key=version_key, default=None)
