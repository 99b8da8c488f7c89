"""A tutor's caseload: one row a learner, and what the whole cohort has in common.

A row holds facts alone, whether they come from hand-over files or from a database; what
follows from them (alerts, the order, the cohort) is worked out here, once for both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.days import add_months, line_day, long_month
from ksbtui.core.durations import say_minutes
from ksbtui.core.programme.standards import code_key
from ksbtui.core.text.text import number_of
from ksbtui.errors import NotFound

READ, MISSING, UNREADABLE = "read", "missing", "unreadable"
"""What a row rests on: a file that was read, none at all, or one that cannot be read."""
OLD_DAYS = 31
"""From so many days on a file is old."""
BEHIND_SHARE = 0.10
"""Behind plan by more than this share of what was planned is worth a word."""
GATEWAY_MONTHS = 3
"""How far ahead gateways are listed."""
BANDS = (-50, -25, -10, 10)
"""Hours against plan in percent: the bounds of the bands that a cohort is spread over."""


@dataclass(frozen=True, slots=True)
class Learner(ForbidExtra):
    """Where one learner stands as at a day; minutes are integers, ``month`` those counted in it.

    ``gateway`` is the last planned day before the gateway. ``gaps`` are the codes at ``none``
    or ``mentioned``. ``idle`` names ended months (or the first of a quarter) without
    training. ``private`` are minutes that stayed with the learner.
    """

    id: str
    name: str
    standard: str
    programme: str
    start: date
    gateway: date
    made_at: str
    as_at: date
    since: date | None = None
    private: int = 0
    target: int = 0
    logged: int = 0
    counted: int = 0
    verified: int = 0
    planned: int = 0
    month: int = 0
    ksbs: int = 0
    covered: int = 0
    evidenced: int = 0
    gaps: tuple[str, ...] = ()
    entries: int = 0
    last_entry: date | None = None
    review_last: date | None = None
    review_due: date | None = None
    coaching_last: date | None = None
    coaching_next: date | None = None
    actions_open: int = 0
    actions_overdue: int = 0
    idle: tuple[str, ...] = ()
    ended: date | None = None

    @property
    def variance(self) -> int:
        return self.counted - self.planned

    @property
    def made(self) -> date:
        return date.fromisoformat(self.made_at[:10])

    @property
    def age(self) -> int:
        return max(0, (self.as_at - self.made).days)

    @property
    def alerts(self) -> tuple[str, ...]:
        """What a tutor should know now, most urgent first."""
        return tuple(_alerts(self))


def _alerts(learner: Learner) -> Iterable[str]:
    if learner.ended:
        return
    if learner.review_due and learner.as_at > learner.review_due:
        yield f"review was due {line_day(learner.review_due)}"
    if learner.idle:
        yield f"no training in {', '.join(long_month(month) for month in learner.idle[-2:])}"
    if learner.actions_overdue:
        yield f"{number_of(learner.actions_overdue, 'action')} overdue"
    if learner.planned and -learner.variance > learner.planned * BEHIND_SHARE:
        yield f"{say_minutes(-learner.variance)} behind plan"
    soon = learner.as_at <= learner.gateway <= add_months(learner.as_at, GATEWAY_MONTHS)
    if soon and learner.gaps:
        yield f"{number_of(len(learner.gaps), 'gap')}, gateway {line_day(learner.gateway)}"
    if learner.age > OLD_DAYS:
        yield f"file is {number_of(learner.age, 'day')} old"


@dataclass(frozen=True, slots=True)
class Case:
    """One row: a learner who was read, or a name with what is wrong.

    ``path`` is the file it rests on, empty where there is none.
    """

    name: str
    state: str = READ
    learner: Learner | None = None
    path: str = ""
    problem: str = ""

    @property
    def key(self) -> str:
        return self.learner.id if self.learner else f"{self.state}:{self.path or self.name}"

    @property
    def alerts(self) -> tuple[str, ...]:
        """What a tutor should know: of the file first, then of the learner."""
        problem = (self.problem,) if self.problem else ()
        return problem + (self.learner.alerts if self.learner else ())


@dataclass(frozen=True, slots=True)
class ActualHours:
    """What a provider's return asks of one learner, in minutes."""

    id: str
    name: str
    standard: str
    start: date
    planned: int
    actual: int


def actual_hours(cases: Iterable[Case]) -> list[ActualHours]:
    """Planned and actual hours of the learners whose figures are known, in the order given."""
    learners = (case.learner for case in cases if case.learner)
    return [
        ActualHours(who.id, who.name, who.standard, who.start, who.target, who.counted)
        for who in learners
    ]


_LAST = date.max.toordinal()


def _days(day: date | None) -> int:
    return day.toordinal() if day else _LAST


SORTS: dict[str, Callable[[Learner], float]] = {
    "alerts": lambda learner: -len(learner.alerts),
    "hours": lambda learner: learner.variance / max(1, learner.planned),
    "month": lambda learner: learner.month,
    "coverage": lambda learner: learner.covered / max(1, learner.ksbs),
    "last": lambda learner: learner.last_entry.toordinal() if learner.last_entry else 0,
    "review": lambda learner: _days(learner.review_due),
    "coaching": lambda learner: _days(learner.coaching_next),
    "actions": lambda learner: -learner.actions_overdue - learner.actions_open / 1000,
    "gateway": lambda learner: _days(learner.gateway),
    "age": lambda learner: -learner.age,
    "name": lambda learner: 0,
}
"""How rows can be ordered, each with whoever needs the tutor first on top."""


def ordered(cases: Iterable[Case], by: str = "alerts", words: str = "") -> tuple[Case, ...]:
    """The rows that hold every word of ``words``, in an order; those without a file last."""
    if by not in SORTS:
        raise NotFound(f"Rows cannot be sorted by {by!r}.", f"Use one of: {', '.join(SORTS)}.")
    wanted, sort_key = words.casefold().split(), SORTS[by]

    def holds(case: Case) -> bool:
        standard = (case.learner.standard,) if case.learner else ()
        text = " ".join((case.name, case.state, *case.alerts, *standard)).casefold()
        return all(word in text for word in wanted)

    def place(case: Case) -> tuple[int, float, tuple[str, str]]:
        learner = case.learner
        by_name = case.name.casefold(), case.key
        return (0 if learner else 1, sort_key(learner) if learner else 0, by_name)

    return tuple(sorted(filter(holds, cases), key=place))


@dataclass(frozen=True, slots=True)
class Cohort:
    """What a whole group has in common, as at a day."""

    as_at: date
    learners: int
    without_file: tuple[str, ...]
    untrained: tuple[str, ...]
    """Who has no counted minute in the present month."""
    lacking: tuple[tuple[str, str], ...]
    """(standard, code) of KSBs that everybody on the standard still lacks."""
    rarest: tuple[tuple[str, str, int, int], ...]
    """(standard, code, how many have it, of how many), the rarest first."""
    bands: tuple[tuple[str, int], ...]
    """Hours against plan: a band, and how many learners are in it."""
    gateways: tuple[tuple[str, date, int], ...]
    """(name, day, gaps) of the gateways within three months, soonest first."""
    overdue_reviews: tuple[str, ...] = field(default=())
    counted: int = 0
    planned: int = 0


def cohort(cases: Sequence[Case], as_at: date) -> Cohort:
    """Look at all rows at once; a learner who has ended counts no more."""
    live = [c.learner for c in cases if c.learner and c.learner.ended is None]
    rarest = _rarest(live)
    until = add_months(as_at, GATEWAY_MONTHS)
    gateways = [(learner.name, learner.gateway, len(learner.gaps)) for learner in live]
    return Cohort(
        as_at=as_at,
        learners=len(live),
        without_file=tuple(sorted(c.name for c in cases if c.state != READ)),
        untrained=tuple(sorted(learner.name for learner in live if learner.month == 0)),
        lacking=tuple((standard, code) for standard, code, have, _ in rarest if have == 0),
        rarest=rarest,
        bands=_bands(live),
        gateways=tuple(
            sorted((g for g in gateways if as_at <= g[1] <= until), key=lambda g: (g[1], g[0]))
        ),
        overdue_reviews=tuple(
            sorted(who.name for who in live if who.review_due and as_at > who.review_due)
        ),
        counted=sum(learner.counted for learner in live),
        planned=sum(learner.planned for learner in live),
    )


def _rarest(live: Iterable[Learner]) -> tuple[tuple[str, str, int, int], ...]:
    """How many on each standard have what at least one of them lacks."""
    of: Counter[str] = Counter()
    lacked: Counter[tuple[str, str]] = Counter()
    for learner in live:
        of[learner.standard] += 1
        lacked.update((learner.standard, code) for code in learner.gaps)
    rows = [(s, code, of[s] - count, of[s]) for (s, code), count in lacked.items()]
    return tuple(sorted(rows, key=lambda row: (row[2] / row[3], row[0], code_key(row[1]))))


def _bands(live: Iterable[Learner]) -> tuple[tuple[str, int], ...]:
    names = (
        f"more than {-BANDS[0]} % behind",
        f"{-BANDS[1]} to {-BANDS[0]} % behind",
        f"{-BANDS[2]} to {-BANDS[1]} % behind",
        f"within {BANDS[3]} %",
        f"more than {BANDS[3]} % ahead",
    )
    counts = [0] * len(names)
    for learner in live:
        percent = 100 * learner.variance / learner.planned if learner.planned else 0
        counts[sum(percent > bound for bound in BANDS)] += 1
    return tuple(zip(names, counts, strict=True))
