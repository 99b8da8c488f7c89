"""The entry form: say it once, know it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import DescendantFocus
from textual.timer import Timer
from textual.widgets import Input, TextArea

from ksbtui.core.entries import Entry, Evidence
from ksbtui.core.images import entry_image, evidence_image
from ksbtui.core.text import quoted
from ksbtui.core.typed_entry import TypedEntry, Understood, from_draft, from_entry, understand
from ksbtui.screens.draft_keeper import KEPT, DraftKeeper
from ksbtui.screens.entry_fields import EntryFields
from ksbtui.screens.entry_verdict import Panel, verdict_blocks
from ksbtui.screens.sheet import Sheet
from ksbtui.widgets.ask import Ask
from ksbtui.widgets.choose import Choose
from ksbtui.widgets.detail import Detail
from ksbtui.widgets.pick import Pick
from ksbtui.widgets.row import Row

JUDGE_SECONDS = 0.15
"""From the last key to the verdict."""
NEW = "entry:new"


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
        self._draft = DraftKeeper(
            self,
            f"entry:{entry_id}" if entry_id else NEW,
            "Change entry" if entry_id else self.title_text,
            self._body,
        )
        self._typed = TypedEntry()
        self._before: Entry | None = None
        self._judging: Timer | None = None

    def body(self) -> ComposeResult:
        """Give the fields, the texts and the verdict."""
        with Horizontal(id="form"):
            yield EntryFields(id="fields", can_focus=False)
            yield Detail(id="verdict", focusable=False)

    def on_mount(self) -> None:
        """Load the entry or draft, and offer the drafts there are."""
        if self._entry_id is not None:
            self._before = self.journal.entries.get(self._entry_id)
            kept = self.journal.drafts.get(self._draft.key)
            image = entry_image(self._before)
            self._load(from_draft(kept) if kept else from_entry(self._before, image))
            return
        self._load(replace(TypedEntry(), **self._preset))
        drafts = [draft for draft in self.journal.drafts.all() if draft.key.startswith(NEW)]
        if drafts:
            self._offer(drafts)

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
                self._draft.key = f"{NEW}:{self.journal.clock.now()}"
                return
            self._draft.key = key
            self._load(from_draft(self.journal.drafts.get(key) or {}))
            self._draft.say(KEPT)

        self.app.push_screen(Choose("An entry was begun and not saved", rows, at=at), take)

    def keep_draft(self) -> None:
        """Save what is unsaved at once."""
        self._draft.keep()

    def _body(self) -> dict[str, Any] | None:
        """Give what is worth keeping of the fields, None if nothing was typed."""
        self._typed = self._read()
        return self._typed.as_draft() if self._typed.begun else None

    # Filling and reading the fields

    @property
    def _fields(self) -> EntryFields:
        return self.query_one(EntryFields)

    def _load(self, typed: TypedEntry) -> None:
        """Put a typed entry into the fields."""
        self._typed = typed
        self._fields.load(typed, self.journal.enrolled)
        self._draft.say()
        self._judge()

    def _read(self) -> TypedEntry:
        """Read the fields as typed."""
        return self._fields.read(self._typed)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Pick.Changed)
    def _typed_something(self) -> None:
        self.touched()

    def touched(self) -> None:
        """Note a change: keep it soon, judge it after the last key."""
        self._draft.touch()
        if self._judging is not None:
            self._judging.stop()
        self._judging = self.set_timer(JUDGE_SECONDS, self._judge)

    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.focus_next()

    @on(DescendantFocus)
    def _mark_text(self) -> None:
        self._fields.mark_text_in_hand()

    # The verdict

    def _judge(self) -> None:
        """Say back what was understood, whether it counts, and what saving would change."""
        self._judging = None
        self._typed = self._read()
        course, journal = self.journal.enrolled, self.journal
        understood = understand(self._typed, course, journal.as_at)
        narrow = self.has_class("-narrow")
        self._fields.echo(self._typed, understood)
        coverage = journal.standing.view.coverage
        self._fields.show_tagged(self._typed, understood, coverage, narrow=narrow)
        panel = Panel(self._preview(understood), self._before, understood, narrow=narrow)
        self.query_one("#verdict", Detail).show(*verdict_blocks(panel, journal))

    def _preview(self, understood: Understood) -> Entry | None:
        """Derive the entry as it would be saved, None while time or day cannot be read."""
        if "minutes" not in understood.values or "day" not in understood.values:
            return None
        base = self._before or Entry("", understood.values["day"], 1, "")
        with_parts = replace(understood.onto(base), evidence=self._evidence())
        preview: Entry = self.journal.entries.preview(with_parts)
        return preview

    def _evidence(self) -> tuple[Evidence, ...]:
        return tuple(Evidence(**image) for image in self._typed.evidence)

    # Actions

    def action_save(self) -> None:
        """Save the entry, or go to the first field that cannot be read and say why."""
        self._typed = self._read()
        understood = understand(self._typed, self.journal.enrolled, self.journal.as_at)
        if name := understood.first_refused:
            self.shell.refuse(understood.refusals[name])
            self.query_one(f"#{name if name != 'ksbs' else 'title'}").focus()
            return
        self._draft.touch()
        saved = self._save(understood)
        self._draft.forget()
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
                self._draft.forget()
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
