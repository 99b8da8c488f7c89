"""The entry form: say it once, know it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.timer import Timer
from textual.widgets import Input, TextArea

from ksbtui.core.entries import Entry
from ksbtui.core.images import entry_image, evidence_image
from ksbtui.core.text import quoted
from ksbtui.core.typed_entry import TypedEntry, Understood, from_draft, from_entry, understand
from ksbtui.errors import KsbtuiError
from ksbtui.screens.entry_verdict import Panel, verdict_blocks
from ksbtui.screens.sheet import Sheet
from ksbtui.widgets.ask import Ask
from ksbtui.widgets.choose import Choose
from ksbtui.widgets.detail import Detail, Paper
from ksbtui.widgets.field import Field, Said
from ksbtui.widgets.pick import Pick
from ksbtui.widgets.row import Row
from ksbtui.widgets.section import Section
from ksbtui.widgets.titlebar import TitleBar

KEEP_SECONDS = 0.5
"""From the first unsaved key to the draft on disk; the promise is 0.8."""
JUDGE_SECONDS = 0.15
"""From the last key to the verdict."""
NEW = "entry:new"
PAID_LABELS = (("yes", "yes"), ("paid-back", "no, but paid back"), ("no", "no"))
NEW_LABELS = (("yes", "yes"), ("no", "no"))
TEXTS = {"notes": "What I did", "learned": "What I learned"}


class EntryForm(Sheet[str]):
    """Makes or changes one entry; answers with its id, or None when left.

    ``entry_id`` None makes a new one; ``preset`` are fields of
    :class:`~ksbtui.core.typed_entry.TypedEntry` to start from. Whatever is typed is a
    draft within half a second and is offered again.
    """

    CSS_PATH = "entry_form.tcss"
    title_text = "New entry"
    question = "Say once what you did and learned; see at once whether it counts."
    types_text = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", priority=True, tooltip="Save the entry"),
        Binding("ctrl+k", "tag", "KSBs", priority=True, tooltip="Tag KSBs"),
        Binding("ctrl+e", "evidence", "evidence", priority=True, tooltip="Attach a file or link"),
        Binding(
            "ctrl+b", "discard", "discard", show=False, priority=True, tooltip="Discard the draft"
        ),
    ]

    def __init__(
        self, entry_id: str | None = None, preset: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__()
        self._entry_id = entry_id
        self._preset = dict(preset or {})
        self._key = f"entry:{entry_id}" if entry_id else NEW
        self._typed = TypedEntry()
        self._before: Entry | None = None
        self._unsaved = False
        self._keeping: Timer | None = None
        self._judging: Timer | None = None

    def body(self) -> ComposeResult:
        """Give the fields, the texts and the verdict."""
        with Horizontal(id="form"):
            with VerticalScroll(id="fields", can_focus=False):
                yield Field("Title", _input("title"))
                with Horizontal(classes="pair"):
                    yield Field("Time", _input("time"), echo=True)
                    yield Field("Day", _input("day"), echo=True)
                with Horizontal(classes="pair"):
                    yield Field("Type", Pick("Type of activity", id="type"))
                    yield Field("Module", Pick("Module", id="module"))
                with Horizontal(classes="pair"):
                    yield Field("Paid hours", Pick("Was it in your paid hours?", id="paid"))
                    yield Field("New to me", Pick("Did you learn something new?", id="new"))
                for name, label in TEXTS.items():
                    with Vertical(classes=f"text {name}"):
                        yield Section(label)
                        yield _area(name)
                with Vertical(id="tagged"):
                    yield Section("KSBs")
                    yield Paper()
            yield Detail(id="verdict", focusable=False)

    def on_mount(self) -> None:
        """Load the entry or draft, and offer the drafts there are."""
        super().on_mount()
        if self._entry_id is not None:
            self._before = self.journal.entries.get(self._entry_id)
            kept = self.journal.drafts.get(self._key)
            image = entry_image(self._before)
            self._load(from_draft(kept) if kept else from_entry(self._before, image))
            return
        self._load(replace(TypedEntry(), **self._preset))
        drafts = [draft for draft in self.journal.drafts.all() if draft.key.startswith(NEW)]
        if drafts:
            self._offer(drafts)

    @property
    def _title(self) -> str:
        return "Change entry" if self._entry_id else self.title_text

    # Drafts

    def _offer(self, drafts: list[Any]) -> None:
        """Ask whether to go on with a draft; a new one is kept beside it."""
        rows = [
            Row(draft.key, f"Go on with {quoted(draft.body.get('title') or 'your draft')}")
            for draft in drafts[:5]
        ]
        rows.append(Row("new", "Begin a new entry"))
        at = "new" if self._preset else None

        def take(key: str | None) -> None:
            if key is None or key == "new":
                self._key = f"{NEW}:{len(drafts)}-{self.journal.clock.now()}"
                return
            self._key = key
            self._load(from_draft(self.journal.drafts.get(key) or {}))
            self.query_one(TitleBar).show(self._title, "", "draft kept")

        self.app.push_screen(Choose("An entry was begun and not saved", rows, at=at), take)

    def keep_draft(self) -> None:
        """Save what is unsaved at once."""
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
        if not self._unsaved:
            return
        self._typed = self._read()
        if self._typed.begun:
            self.journal.drafts.save(self._key, self._typed.as_draft())
        self._unsaved = False

    def _keep_soon(self) -> None:
        """Keep the draft and say so; a refusal is said and tried again with the next key."""
        self._keeping = None
        try:
            self.keep_draft()
        except KsbtuiError as refusal:
            self.query_one(TitleBar).show(self._title, "", "draft NOT kept")
            self.shell.refuse(refusal)
            return
        self.query_one(TitleBar).show(self._title, "", "draft kept")

    # Filling and reading the fields

    def _load(self, typed: TypedEntry) -> None:
        """Put a typed entry into the fields."""
        course = self.journal.enrolled
        with self.prevent(Input.Changed, TextArea.Changed, Pick.Changed):
            for name in ("title", "time", "day"):
                self.query_one(f"#{name}", Input).value = getattr(typed, name)
            for name in TEXTS:
                self.query_one(f"#{name}", TextArea).text = getattr(typed, name)
            types = [(kind.id, kind.label) for kind in course.rules.types]
            self.query_one("#type", Pick).show(types, typed.type)
            modules = [("", "by its day")]
            modules += [(str(m.number), f"{m.number} {m.title}") for m in course.programme.modules]
            self.query_one("#module", Pick).show(modules, typed.module)
            self.query_one("#paid", Pick).show(PAID_LABELS, typed.paid)
            self.query_one("#new", Pick).show(NEW_LABELS, "yes" if typed.new_learning else "no")
        self._typed = typed
        self.query_one(TitleBar).show(self._title)
        self._judge()

    def _read(self) -> TypedEntry:
        """Read the fields as typed."""
        return replace(
            self._typed,
            title=self.query_one("#title", Input).value,
            time=self.query_one("#time", Input).value,
            day=self.query_one("#day", Input).value,
            notes=self.query_one("#notes", TextArea).text,
            learned=self.query_one("#learned", TextArea).text,
            type=self.query_one("#type", Pick).value,
            module=self.query_one("#module", Pick).value,
            paid=self.query_one("#paid", Pick).value,
            new_learning=self.query_one("#new", Pick).value == "yes",
        )

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Pick.Changed)
    def _typed_something(self) -> None:
        self.touched()

    def touched(self) -> None:
        """Note a change: keep it soon, judge it after the last key."""
        self._unsaved = True
        if self._keeping is None:
            self._keeping = self.set_timer(KEEP_SECONDS, self._keep_soon)
        if self._judging is not None:
            self._judging.stop()
        self._judging = self.set_timer(JUDGE_SECONDS, self._judge)

    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.focus_next()

    @on(DescendantFocus)
    def _mark_text(self) -> None:
        """Colour the label of the text in hand."""
        for name in TEXTS:
            area = self.query_one(f"#{name}", TextArea)
            self.query_one(f".{name}").set_class(area.has_focus, "-held")

    # The verdict

    def _judge(self) -> None:
        """Say back what was understood, whether it counts, and what saving would change."""
        self._judging = None
        self._typed = self._read()
        course, journal = self.journal.enrolled, self.journal
        understood = understand(self._typed, course, journal.as_at)
        self._echo(understood)
        entry = self._preview(understood)
        self._show_tagged(understood)
        panel = Panel(entry, self._before, understood, narrow=self.has_class("-narrow"))
        self.query_one("#verdict", Detail).show(*verdict_blocks(panel, journal))

    def _preview(self, understood: Understood) -> Entry | None:
        """Derive the entry as it would be saved, None while time or day cannot be read."""
        if "minutes" not in understood.values or "day" not in understood.values:
            return None
        base = self._before or Entry("", understood.values["day"], 1, "")
        with_parts = replace(understood.onto(base), evidence=self._evidence())
        preview: Entry = self.journal.entries.preview(with_parts)
        return preview

    def _evidence(self) -> tuple[Any, ...]:
        from ksbtui.core.entries import Evidence

        return tuple(Evidence(**image) for image in self._typed.evidence)

    def _echo(self, understood: Understood) -> None:
        """Say at each field what it was read as, or that it cannot be read."""
        for name in ("time", "day"):
            typed = getattr(self._typed, name).strip()
            refusal = understood.refusals.get(name) if typed else None
            said = "unreadable" if refusal else understood.echoes.get(name, "")
            self.query_one(f"#{name}-echo", Said).show(said, refused=refusal is not None)
        for name, label in TEXTS.items():
            section = self.query_one(f".{name} Section", Section)
            section.show(label, understood.echoes.get(name, ""))

    def _show_tagged(self, understood: Understood) -> None:
        """List the KSBs chosen and the evidence attached."""
        from ksbtui.screens.entry_verdict import tagged_blocks

        codes = understood.values.get("ksbs", ())
        coverage = self.journal.standing.view.coverage
        narrow = self.has_class("-narrow")
        total = f"{len(codes)} tagged" if codes else ""
        self.query_one("#tagged Section", Section).show("KSBs", total)
        blocks = tagged_blocks(codes, coverage, self._typed.evidence, narrow=narrow)
        self.query_one("#tagged Paper", Paper).show(*blocks)

    # Actions

    def action_save(self) -> None:
        """Save the entry, or go to the first field that cannot be read and say why."""
        self._typed = self._read()
        understood = understand(self._typed, self.journal.enrolled, self.journal.as_at)
        if name := understood.first_refused:
            self.shell.refuse(understood.refusals[name])
            self.query_one(f"#{name if name != 'ksbs' else 'title'}").focus()
            return
        try:
            saved = self._save(understood)
        except KsbtuiError:
            self._unsaved = True
            self.keep_draft()
            raise
        self._unsaved = False
        self.journal.drafts.drop(self._key)
        self.shell.changed()
        failed = self.journal.entries.failed(saved.entry)
        said = "Does not count" if failed else f"Counts, {understood.echoes['time']}"
        self.shell.say(" ".join(["Saved.", f"{said}.", *saved.notes, "u undoes it."]))
        self.dismiss(saved.entry.id)

    def _save(self, understood: Understood) -> Any:
        values = {**understood.values, "evidence": self._evidence()}
        if self._before is not None:
            return self.journal.entries.change(self._before.id, **values)
        return self.journal.entries.add(Entry(**{"id": "", **values}))

    def action_discard(self) -> None:
        """Throw the draft away, after asking."""

        def take(answer: str | None) -> None:
            if answer == "yes":
                self._unsaved = False
                self.journal.drafts.drop(self._key)
                self.shell.changed()
                self.dismiss(None)

        rows = (Row("no", "Keep it"), Row("yes", "Discard what I typed"))
        self.app.push_screen(Choose("Discard this draft?", rows, at="no"), take)

    def action_tag(self) -> None:
        """Choose KSBs by code or statement."""
        from ksbtui.screens.ksb_picker import KsbPicker

        self._typed = self._read()
        understood = understand(self._typed, self.journal.enrolled, self.journal.as_at)

        def take(codes: tuple[str, ...] | None) -> None:
            if codes is not None:
                self._typed = replace(self._typed, ksbs=" ".join(codes))
                self.touched()

        self.app.push_screen(KsbPicker(understood.values.get("ksbs", ()), self._text()), take)

    def _text(self) -> str:
        return "\n".join((self._typed.title, self._typed.notes, self._typed.learned)).strip()

    def action_evidence(self) -> None:
        """Attach a file or a link."""

        def take(item: Any) -> None:
            if item is not None:
                evidence = (*self._typed.evidence, evidence_image(item))
                self._typed = replace(self._typed, evidence=evidence)
                self.touched()

        self.app.push_screen(
            Ask(
                "Evidence: a file or a link",
                self.journal.evidence.attach,
                text="The file stays where it is; its fingerprint is kept.",
            ),
            take,
        )


def _input(name: str) -> Input:
    field = Input(id=name, compact=True, select_on_focus=False)
    field.cursor_blink = False
    return field


def _area(name: str) -> TextArea:
    area = TextArea(
        id=name, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True
    )
    area.cursor_blink = False
    area.highlight_cursor_line = False
    return area
