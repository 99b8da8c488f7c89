"""Standards brought in from a file, and moving an enrolment to another version or newer rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from ksbtui.core.codec import encode
from ksbtui.core.days import long_day
from ksbtui.core.programme.agreement import resolve_target
from ksbtui.core.programme.programmes import RuleSet
from ksbtui.core.programme.standards import Standard, code_key
from ksbtui.core.programme.versions import Difference, difference, start_warning, version_key
from ksbtui.core.text.text import quoted
from ksbtui.errors import Conflict, NotFound, Unreadable
from ksbtui.journal.context import STANDARD, Context
from ksbtui.journal.entry.derive import Deriver
from ksbtui.journal.programme.enrolments import IMPORTED, Enrolments
from ksbtui.store.database import totals
from ksbtui.store.database.changes import MADE
from ksbtui.store.seed import seeds

TOLD = "setting"
"""The kind of the record that says which newer rules a learner was told about."""


@dataclass(frozen=True, slots=True)
class VersionChange:
    """What moving from ``old`` to ``new`` changes, and the entries tagged with dropped KSBs."""

    old: Standard
    new: Standard
    difference: Difference
    tagged: tuple[tuple[str, int], ...] = ()
    """Each dropped code that entries carry, with how many do."""
    warning: str = ""


class Versions:
    """The version and the rules of the present enrolment, beside the others on offer."""

    def __init__(self, context: Context, enrolments: Enrolments) -> None:
        self._context = context
        self._enrolments = enrolments

    def compared(self, version: str) -> VersionChange:
        """What a move to that version would change; nothing is written."""
        course = self._context.enrolled
        old = course.standard
        new = self._enrolments.standard(f"{old.ref}@{version}")
        new = seeds.with_examples(new, course.programme.id)
        if new.id == old.id:
            raise Conflict(f"You are already on {old.named}.", "ksbtui enrolment show")
        changed = difference(old, new)
        dropped = {ksb.code for ksb in changed.removed} - {ksb.code for ksb in new.ksbs}
        return VersionChange(
            old,
            new,
            changed,
            tagged_entries(self._context, old.id, dropped),
            start_warning(new, course.enrolment.start, self._enrolments.versions(old.ref)),
        )

    def change(self, version: str, option: str | None = None) -> VersionChange:
        """Move the present enrolment to a version; every tag stays, also of a dropped KSB.

        An option that the new version lacks is refused; ``option`` names another.
        """
        move = self.compared(version)
        course = self._context.enrolled
        enrolment = replace(course.enrolment, standard=move.new.id)
        if option is not None:
            enrolment = replace(enrolment, option=option)
        resolve_target(
            move.new,
            course.rules,
            enrolment.target_minutes,
            enrolment.prior_learning_minutes,
            enrolment.start,
        )
        self._enrolments.agree(enrolment, f"version {move.new.version}", standard=move.new)
        return move

    def newer_rules(self) -> RuleSet | None:
        """The rules for starts on the enrolment's day, if they are not those it was made with."""
        course = self._context.enrolled
        try:
            rules = seeds.rules_for(course.standard.kind, course.enrolment.start)
        except NotFound:
            return None  # withdrawn: the journal keeps its own
        return None if rules == course.rules else rules

    def change_rules(self, id: str) -> RuleSet:
        """Put the present enrolment under another rule set; every entry is checked again."""
        course = self._context.enrolled
        rule_sets = seeds.rule_sets()
        fitting = {r.id: r for r in rule_sets.items.values() if r.kind == course.standard.kind}
        rules = fitting.get(id.strip())
        if rules is None:
            raise NotFound(
                f"There is no rule set {quoted(id)} for this enrolment.",
                f"There are: {', '.join(fitting)}.",
            )
        if rules == course.rules:
            raise Conflict(f"You are already on {rules.id}.", "To see them: ksbtui rules")
        enrolment = replace(course.enrolment, rules=rules.id)
        self._enrolments.agree(enrolment, f"rules {rules.id}", rules=rules)
        return rules

    def rules_to_tell(self) -> str:
        """A sentence about newer rules, the first time it is asked for; empty after that.

        Only another rule set is told of, not a corrected copy of the same one.
        """
        course = self._context.enrolled
        newer, since = seeds.rules_since(course.standard.kind, course.enrolment.start)
        id = f"rules-told:{course.enrolment.id}"
        if newer in ("", course.rules.id):
            return ""
        if (self._context.store.record(TOLD, id) or {}).get("rules") == newer:
            return ""
        with self._context.writing("Showed a message about newer rules", MADE) as batch:
            batch.put_record(TOLD, id, {"rules": newer})
        return newer_rules_text(newer, since)


def newer_rules_text(id: str, since: date | None) -> str:
    """That newer rules apply to the start day, and how to use them."""
    starts = f" for starts from {long_day(since)}" if since else ""
    return (
        f"There are newer rules{starts}: {id}. Yours stay the same until you change them: "
        f"ksbtui enrolment change --rules {id}"
    )


def tagged_entries(
    context: Context, standard: str, codes: Collection[str]
) -> tuple[tuple[str, int], ...]:
    """How many live entries on that standard (its id) carry each of the codes."""
    counts: Counter[str] = Counter()
    for course in context.courses if codes else ():
        if course.standard.id == standard:
            tallies = totals.ksb_tallies(context.store.connection, course.enrolment.id)
            counts.update({code: tallies[code].entries for code in tallies if code in codes})
    tagged = sorted((code for code in counts if counts[code]), key=code_key)
    return tuple((code, counts[code]) for code in tagged)


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
        return self.known is None

    @property
    def changes(self) -> bool:
        return self.is_new or bool(self.difference) or bool(self.facts)


def faults(standard: Standard) -> tuple[str, ...]:
    """Why a standard cannot be kept: no reference, or a code that stands twice in one option."""
    problems = [] if standard.ref else ["It has no reference."]
    places = Counter((ksb.option, ksb.code) for ksb in standard.ksbs)
    core = {ksb.code for ksb in standard.ksbs if not ksb.option}
    twice = {code for (_, code), count in places.items() if count > 1}
    twice |= {code for option, code in places if option and code in core}
    problems += [f"{code} appears more than once." for code in sorted(twice, key=code_key)]
    return tuple(problems)


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
                batch.rederive(Deriver(self._context))
        return standard

    def _refusal(self, incoming: Incoming) -> Exception:
        if not incoming.standard.ref:
            return Unreadable(
                f"{incoming.standard.source} has no reference for the standard.",
                "Add it: --ref ST0000",
            )
        return Conflict(
            f"{incoming.standard.source}: {incoming.faults[0]}",
            "Use a different code for each statement. Nothing was saved.",
        )

    def _known(self, read: Standard) -> Standard | None:
        standards = self._enrolments.standards().items.values()
        same = [s for s in standards if read.ref and s.ref.upper() == read.ref.upper()]
        if read.version:
            same = [s for s in same if s.version in (read.version, "")]
        own = self._context.course
        if own is not None and own.standard.id in [standard.id for standard in same]:
            same = [standard for standard in same if standard.id == own.standard.id]
        return max(same, key=version_key, default=None)
