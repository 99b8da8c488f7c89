"""6 Prepare: can I explain it? The way into practice, stories, project, scan and gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalGroup

from ksbtui.core.assessment.discussion import MOCK_DEFAULT
from ksbtui.core.assessment.practice_session import Results
from ksbtui.errors import NotFound
from ksbtui.presentation import assessment as words
from ksbtui.presentation.parts import Row
from ksbtui.screens import ScreenInfo
from ksbtui.screens.shell.page import Page, fit
from ksbtui.widgets.forms.dialogs import Choose
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.rows import Rows
from ksbtui.widgets.text.blocks import Headline, RichText, Section

if TYPE_CHECKING:
    from ksbtui.core.assessment.gateway import Gateway
    from ksbtui.core.assessment.practice_session import PracticeSession
    from ksbtui.core.assessment.project import Project
    from ksbtui.core.assessment.rehearsal import Rehearsal
    from ksbtui.presentation.parts import Block

SIDES = (
    ("answered", "Answered aloud"),
    ("lately", "Lately"),
    ("hardest", "Hardest for you"),
    ("project", "Project"),
)
"""Parts of the side: id and label."""


PRACTICE_PARTS = ("practise", "mock", "go on")
PARTS = {
    info.key: info
    for info in (
        *(
            ScreenInfo(key, "Practice", "ksbtui.screens.prepare.practice", "PracticeScreen")
            for key in PRACTICE_PARTS
        ),
        ScreenInfo("stories", "Stories", "ksbtui.screens.prepare.stories", "StoriesScreen"),
        ScreenInfo(
            "evidence", "Evidence index", "ksbtui.screens.prepare.gateway", "EvidenceScreen"
        ),
        ScreenInfo("project", "Project", "ksbtui.screens.prepare.project", "ProjectScreen"),
        ScreenInfo("scan", "Skills scan", "ksbtui.screens.prepare.scan", "ScanScreen"),
        ScreenInfo("gateway", "Gateway", "ksbtui.screens.prepare.gateway", "GatewayScreen"),
    )
}
"""The parts by the key of their row; a part's module is imported when first opened."""


class PreparePage(Page):
    """The place with key 6: a hub, each part a screen of its own."""

    question = "Can I explain it?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("prepare.open", "enter", "start", "Open what the cursor is on"),
        Command("prepare.mock", "m", "mock", "Do a mock discussion", action="part('mock')"),
        Command(
            "prepare.stories", "o", "stories", "Your STAR(L) stories", action="part('stories')"
        ),
        Command(
            "prepare.project", "p", "project", "The workplace project", action="part('project')"
        ),
        Command(
            "prepare.scan",
            "k",
            "scan",
            "Rate your KSBs, see how far you have come",
            action="part('scan')",
        ),
        Command(
            "prepare.gateway",
            "g",
            "gateway",
            "See what must be in place, and by when",
            action="part('gateway')",
        ),
        Command("prepare.evidence", "v", "", "The evidence index", action="part('evidence')"),
    ]

    _filled = False
    """Whether everything has been shown once."""

    def body(self) -> ComposeResult:
        yield Headline()
        with Container(classes="columns"):
            with Container(classes="main"):
                yield Section("Start here")
                yield Rows(roomy=True, id="ways")
            with Container(classes="side"):
                for number, (id, label) in enumerate(SIDES):
                    with VerticalGroup(id=id, classes="apart" if number else None):
                        yield Section(label)
                        yield RichText()

    def refresh_page(self) -> None:
        """Show what can be begun at once; the rest comes after the first paint."""
        if self._filled:
            self._fill()
            return
        coverage = self.journal.progress.view.coverage
        rehearsed = sum(ksb.rehearsed for ksb in coverage.ksbs)
        of = f"of {coverage.total} KSBs"
        self.query_one(Headline).show(str(rehearsed), of, "answered aloud", [], self._day())
        start = words.start_rows(self.journal.discussing.session)
        self.query_one("#ways", Rows).show(start)
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        self._filled = True
        view, discussing = self.journal.progress.view, self.journal.discussing
        coverage, answers = view.coverage, discussing.answers()
        rehearsed = sum(ksb.rehearsed for ksb in coverage.ksbs)
        self.query_one(Headline).show(
            str(rehearsed),
            f"of {coverage.total} KSBs",
            "answered aloud",
            words.sentences(coverage, view.timeline, view.as_at, self._plan(bool(answers))),
            self._day(),
        )
        project = self.journal.project.read()
        self.query_one("#ways", Rows).show(self._ways(project))
        self.query_one("#lately Section", Section).show("Lately", "sound or better")
        self._side("answered", *words.answered_lines(coverage))
        self._side("lately", *words.lately_lines(answers))
        hard = words.hardest_lines(answers, coverage, discussing.checklist)
        self._side("hardest", *hard)
        self._side("project", *words.approval_lines(project))

    def _plan(self, practised: bool) -> Rehearsal | None:
        """Practice up to the day of the discussion; None before the first answer, or after it."""
        rehearsing = self.journal.rehearsing
        if not practised or rehearsing.horizon <= self.journal.as_at:
            return None
        return rehearsing.plan()

    def _ways(self, project: Project) -> list[Row]:
        journal = self.journal
        stories, coverage = journal.stories, journal.progress.view.coverage
        return [
            *words.start_rows(journal.discussing.session, journal.discussing.mock_minutes),
            words.story_row(stories.all(), stories.without(), coverage.total),
            words.evidence_row(coverage),
            words.project_row(project),
            words.scan_row(journal.scans.report()),
            words.gateway_row(self._gateway()),
        ]

    def _gateway(self) -> Gateway | None:
        """The checklist, or None where the programme has none."""
        try:
            found: Gateway = self.journal.gateway.read()
        except NotFound:
            return None
        return found

    def _side(self, id: str, *blocks: Block) -> None:
        """Fill a part of the side; one with nothing to say, or no room, is not there."""
        self.query_one(f"#{id} RichText", RichText).show(*blocks)
        roomless = id == "project" and self.has_class("-short")
        self.query_one(f"#{id}").display = bool(blocks) and not roomless

    def on_resize(self, event: events.Resize) -> None:
        """Let the list scroll by itself, save where the whole page does."""
        fit(self)
        for ways in self.query("#ways"):
            ways.set_class(not self.has_class("-tiny"), "tall")

    def action_open(self) -> None:
        self.query_one("#ways", Rows).action_choose()

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        with self.shell.guarded():
            self.action_part(event.key)

    def action_part(self, part: str) -> None:
        """Open a part of Prepare; a session in progress is gone on with, or asked about."""
        session = self.journal.discussing.session
        if part == "mock" and session is not None and not session.mock:
            self._ask_about(session)
            return
        if part in PRACTICE_PARTS and session is None:
            count = MOCK_DEFAULT if part == "mock" else None
            self.journal.discussing.start(mock_of=count, running=False)
        self.app.push_screen(PARTS[part].open(), self._back)

    def _ask_about(self, session: PracticeSession) -> None:
        place = f"question {session.place + 1} of {len(session.questions)}"
        rows = (
            Row("go on", "Continue the practice", place),
            Row("mock", "End it and start the mock", "your answers are kept"),
        )

        def take(answer: str | None) -> None:
            if answer == "mock":
                self.journal.discussing.stop()
            if answer is not None:
                with self.shell.guarded():
                    self.action_part(answer)

        self.app.push_screen(Choose("A practice is still open", rows), take)

    def _back(self, answer: object) -> None:
        """Read everything again, a session being no change of the record; show how one went."""
        if isinstance(answer, Results):
            # deferred: seen once a practice
            from ksbtui.screens.prepare.practice import PracticeEnd

            self.app.push_screen(PracticeEnd(answer))
        self._seen = ()
        self.sync()
