"""What hangs on an entry beside its texts: KSBs, evidence and marks."""

from __future__ import annotations

from dataclasses import replace

from textual import on

from ksbtui.core.codec import encode
from ksbtui.core.entry.entries import Evidence
from ksbtui.core.programme.standards import code_key
from ksbtui.presentation.parts import Row
from ksbtui.screens.entry import suggested
from ksbtui.screens.entry.editor import EntryTyping
from ksbtui.widgets.forms.ask import Ask
from ksbtui.widgets.forms.choose import Choose
from ksbtui.widgets.frame.symbols import CHOSEN_BOX, FREE_BOX
from ksbtui.widgets.lists.rows import Rows

STAYS = "The file stays where it is; its fingerprint is kept."
MARKS = {
    "private": "Private: kept out of calls, shares and exports",
    "relevant": "About my standard",
}


class EntryParts(EntryTyping):
    """Adds to the form what is chosen rather than written."""

    # KSBs

    def action_tag(self) -> None:
        """Choose KSBs by code or statement."""
        from ksbtui.screens.entry.ksb_picker import KsbPicker

        codes = self.read().values.get("ksbs", ())

        def take(chosen: tuple[str, ...] | None) -> None:
            if chosen is not None:
                self.alter(ksbs=" ".join(chosen))

        self.app.push_screen(KsbPicker(codes, self.text, self._entry_id or ""), take)

    def action_accept(self) -> None:
        """Tag the first suggestion."""
        codes = self.read().values.get("ksbs", ())
        if fresh := suggested.untagged(self._suggested, codes):
            self._tag(fresh[0].code)

    @on(Rows.Chosen, "#suggested")
    def _accept(self, event: Rows.Chosen) -> None:
        self._tag(event.key)

    def _tag(self, code: str) -> None:
        """Tag one KSB more; what is suggested moves up."""
        codes = {*self.read().values.get("ksbs", ()), code}
        self.alter(ksbs=" ".join(sorted(codes, key=code_key)))
        self._read_text = ""
        self.shell.say(f"Tagged {code}.")

    # Evidence

    def action_evidence(self) -> None:
        """Attach a file or a link, or see to one that is attached."""
        if not self.evidence:
            self._ask_target()
            return
        rows = [Row(item.id, item.title, item.kind) for item in self.evidence]
        rows.append(Row("new", "Attach another file or link"))

        def take(key: str | None) -> None:
            if key == "new":
                self._ask_target()
            elif key is not None:
                self._see_to(next(item for item in self.evidence if item.id == key))

        self.app.push_screen(Choose("Evidence", rows, at="new"), take)

    def _ask_target(self) -> None:
        """Ask for path or link, then what it is, then its title."""
        attach = self.journal.evidence.attach

        def take(item: Evidence | None) -> None:
            if item is not None:
                self._describe(item)

        self.app.push_screen(Ask("Evidence: a file or a link", attach, text=STAYS), take)

    def _describe(self, item: Evidence) -> None:
        """Ask for kind and title; esc leaves each as it is."""

        def title(text: str | None) -> None:
            named = replace(item, title=text or item.title, kind=kind[0])
            others = (one for one in self.evidence if one.id != item.id)
            self.alter(evidence=tuple(encode(one) for one in (*others, named)))

        def of_kind(key: str | None) -> None:
            kind[0] = key or kind[0]
            ask = Ask("Its title", lambda text: " ".join(text.split()), value=item.title)
            self.app.push_screen(ask, title)

        kind = [item.kind]
        kinds = dict.fromkeys([*self.journal.evidence.kinds, "other"])
        rows = [Row(one, one) for one in kinds]
        self.app.push_screen(Choose("What is it?", rows, text=item.title, at=item.kind), of_kind)

    def _see_to(self, item: Evidence) -> None:
        """Rename an artefact, keep it private, or take it off; the file is left alone."""
        rows = (
            Row("name", "Change its kind and title"),
            Row("private", "Share it again" if item.private else "Keep it private"),
            Row("off", "Take it off this entry"),
        )

        def take(key: str | None) -> None:
            if key == "name":
                self._describe(item)
            elif key is not None:
                changed = [replace(item, private=not item.private)] if key == "private" else []
                kept = [x for one in self.evidence for x in (changed if one == item else [one])]
                self.alter(evidence=tuple(encode(one) for one in kept))

        self.app.push_screen(Choose(item.title, rows, text=item.target), take)

    # Marks

    def action_marks(self) -> None:
        """Mark the entry as private, or as not about the standard."""
        self.read()
        marked = {name: bool(getattr(self._typed, name)) for name in MARKS}
        rows = [
            Row(name, text, lead=CHOSEN_BOX if marked[name] else FREE_BOX)
            for name, text in MARKS.items()
        ]

        def take(name: str | None) -> None:
            if name is not None:
                self.alter(**{name: not marked[name]})

        self.app.push_screen(Choose("Marks", rows), take)
