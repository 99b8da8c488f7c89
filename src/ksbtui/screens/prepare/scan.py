"""The skills scan: rate each KSB 1 to 5, and see how far you have come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from ksbtui.core.assessment.scan import OCCASIONS, RATINGS, SELF, Distance, Spread
from ksbtui.core.days import full_day
from ksbtui.core.programme.standards import TYPE_NAMES
from ksbtui.journal.assessment.scans import ScanReport
from ksbtui.presentation.parts import (
    BOLD,
    DONE,
    DONE_BOLD,
    EARLIER,
    MUTED,
    OWED,
    PLAIN,
    Block,
    Head,
    Line,
    Row,
)
from ksbtui.screens.shell.modal import Part
from ksbtui.widgets.forms.dialogs import Ask, Choose
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.lists.rows import Rows

CELL = "■"


class ScanScreen(Part):
    """Every KSB with its first and newest rating; the words of the scale on the right."""

    title_text = "Skills scan"
    question: ClassVar[str] = "How far have I come, and does the evidence match?"
    columns = Columns(figure=9)
    BINDINGS: ClassVar[list[BindingType]] = [
        Command(
            "scan.rate-1", "1", "rate", "Rate 1 to 5 and go on", action="rate(1)", display="1-5"
        ),
        *(Command(f"scan.rate-{n}", str(n), action=f"rate({n})") for n in RATINGS[1:]),
        Command("scan.occasion", "o", "occasion", "Start, review or gateway"),
        Command("scan.rater", "t", "rated by", "Enter who rates, if not you"),
        Command("scan.filter", "f", "only unrated", "Show only KSBs you have not rated, or all"),
        Command("app.undo", "u", "", "Undo the last change"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._by = SELF
        self._occasion = ""
        self._unrated_only = False
        self._report: ScanReport | None = None

    def fill(self) -> tuple[Sequence[Block], Sequence[Row]]:
        report = self._report = self.journal.scans.report()
        top: list[Block] = [_moved(spread) for spread in report.spreads]
        top = top or [[(self.journal.scans.scale.intro, MUTED)]]
        who = "you" if self._by == SELF else self._by
        top.append([(f"Rating now: {self.occasion}, by {who}.", MUTED)])
        names = {ksb.code: ksb.name for ksb in self.journal.enrolled.standard.ksbs}
        rows: list[Row] = []
        for type, label in TYPE_NAMES.items():
            of = [
                distance
                for distance in report.distances
                if distance.code[0] == type and self._wanted(distance)
            ]
            if of:
                rows.append(Row(f"#{type}", label, str(len(of)), heading=True))
                rows += [_row(distance, names[distance.code], report) for distance in of]
        return top, rows

    def _wanted(self, distance: Distance) -> bool:
        return not (self._unrated_only and distance.last is not None)

    @property
    def occasion(self) -> str:
        return self._occasion or str(self.journal.scans.occasion(self._by))

    def detail(self, key: str) -> Sequence[Block]:
        ksb = self.journal.enrolled.standard.ksb(key) if key else None
        if ksb is None or self._report is None:
            return []
        distance = next(distance for distance in self._report.distances if distance.code == key)
        blocks: list[Block] = [[(f"{ksb.code} {ksb.name}", BOLD)], [(ksb.text, PLAIN)], None]
        for words in self.journal.scans.scale.ratings:
            here = words.value == distance.last
            style = DONE_BOLD if here else BOLD
            blocks.append(
                [(f"{words.value} ", style), (words.of(ksb.type), PLAIN if here else MUTED)]
            )
        blocks += [None, Head("Ratings"), *self._ratings(key)]
        mismatches = self._report.mismatches
        if key in mismatches.rated_high:
            blocks.append([("Rated high, but no evidence is attached.", OWED)])
        if key in mismatches.rated_low:
            blocks.append([("The evidence shows more than this rating.", OWED)])
        return blocks

    def _ratings(self, code: str) -> list[Block]:
        assert self._report is not None
        lines: list[Block] = []
        for scan in self._report.scans:
            if code in scan.ratings:
                who = "you" if scan.own else scan.by
                rated = f"{full_day(scan.day)}  {scan.occasion}, {who}"
                lines.append([(f"{scan.ratings[code]}  ", BOLD), (rated, MUTED)])
        return lines or [[("Not rated yet.", MUTED)]]

    def action_rate(self, rating: int) -> None:
        if not self.key:
            return
        occasion = self.occasion
        self.journal.scans.rate(self.key, rating, occasion=occasion, by=self._by)
        # Today's first rating must not turn the rest of this scan into a review.
        self._occasion = occasion
        self.shell.changed()
        if not self._unrated_only:
            self.query_one("#list", Rows).action_step(1)

    def action_occasion(self) -> None:
        def take(occasion: str | None) -> None:
            if occasion is not None:
                self._occasion = occasion
                self.show_part()

        rows = [Row(occasion, occasion) for occasion in OCCASIONS]
        self.app.push_screen(Choose("Which occasion is this for?", rows, at=self.occasion), take)

    def action_rater(self) -> None:
        def take(name: str | None) -> None:
            if name is not None:
                self._by, self._occasion = " ".join(name.split()) or SELF, ""
                self.show_part()

        value = "" if self._by == SELF else self._by
        self.app.push_screen(
            Ask("Who rates?", str, value=value, text="Leave it empty if you do."), take
        )

    def action_filter(self) -> None:
        self._unrated_only = not self._unrated_only
        self.show_part()


def _moved(spread: Spread) -> Line:
    """A type in a line: its mean then and now, as cells of a scale of five."""
    then, now = (spread.mean_tenths(counts) or 0 for counts in (spread.before, spread.after))
    low, high = sorted((round(then / 5), round(now / 5)))
    up = now >= then
    steps = f"{abs(spread.steps)} steps {'up' if spread.steps >= 0 else 'down'}"
    return [
        (f"{TYPE_NAMES[spread.type]:<11}", BOLD),
        (CELL * low, EARLIER),
        (CELL * (high - low), DONE if up else OWED),
        ("·" * (10 - high), MUTED),
        (f"  {then / 10:.1f} → {now / 10:.1f}", PLAIN),
        (f"   {steps} over {spread.rated}", MUTED),
    ]


def _row(distance: Distance, name: str, report: ScanReport) -> Row:
    rating = "·" if distance.last is None else str(distance.last)
    if distance.moved is not None:
        rating = f"{distance.first} → {distance.last}"
    if distance.other is not None:
        rating += f" ({distance.other})"
    mismatches = report.mismatches
    odd = distance.code in (*mismatches.rated_high, *mismatches.rated_low)
    mark = "!" if odd else ""
    return Row(
        distance.code, f"{distance.code:<4} {name}", rating, mark=mark, muted=distance.last is None
    )
