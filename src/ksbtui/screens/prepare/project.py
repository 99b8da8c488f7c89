"""The workplace project: its items, measures and pack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ksbtui.core.assessment.benefits import (
    KINDS,
    PERIODS,
    Benefit,
    Measure,
    parse_amount,
    say_gain,
    say_number,
)
from ksbtui.core.assessment.project import (
    BASELINE,
    BENEFITS,
    SECTIONS,
    Project,
    ProjectItem,
    Section,
    section,
)
from ksbtui.core.assessment.project_pack import bars
from ksbtui.core.days import full_day, line_day, long_day, parse_day
from ksbtui.core.exchange.pages import plain
from ksbtui.errors import NotFound
from ksbtui.journal.coaching.records import PRIVATE
from ksbtui.presentation.parts import (
    BOLD,
    COUNTED,
    DONE,
    MUTED,
    OWED,
    PLAIN,
    PLAN,
    TO_COME,
    Block,
    Head,
    Line,
    Row,
)
from ksbtui.screens.shell.modal import Modal, Part
from ksbtui.screens.shell.plain_form import FormField, PlainForm
from ksbtui.widgets.forms.dialogs import Ask
from ksbtui.widgets.frame.keys import Command
from ksbtui.widgets.lists.listing import Columns
from ksbtui.widgets.text.blocks import Detail


class PackScreen(Modal[None]):
    """Shows the pack's text; ``ksbtui export`` makes a document of it."""

    title_text = "Review pack"
    question: ClassVar[str] = "Would a stranger understand it, and is anything confidential in it?"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def body(self) -> ComposeResult:
        hint = "Read it as a stranger would. To print it: ksbtui project pack"
        blocks: list[Block] = [[(hint, MUTED)], None, self._text]
        yield Detail(*blocks, id="pack")


BAR_CELLS = 20
CODES_HINT = "K5 S14, or ctrl+k"


class ProjectScreen(Part):
    """Every part with its items and measures; the arithmetic of a measure on the right."""

    title_text = "Project"
    question: ClassVar[str] = "What did it change, and how do I know?"
    columns = Columns(lead=2)
    _read: Project
    BINDINGS: ClassVar[list[BindingType]] = [
        Command("project.choose", "enter", "open", "Change the item, or fill the empty part"),
        Command("project.new", "n", "new item", "Add an item to this part"),
        Command("project.measure", "m", "measure", "Add something measured before and after"),
        Command("project.remove", "d", "remove", "Remove the item"),
        Command("project.name", "r", "name it", "Name the project"),
        Command("project.pack", "x", "review pack", "Read the review pack so far"),
        Command("app.undo", "u", "", "Undo the last change"),
    ]

    def fill(self) -> tuple[Sequence[Block], Sequence[Row]]:
        read = self._read = self.journal.project.read()
        title = read.title or "No name yet. Press r to name the project."
        state = f"{read.parts_filled} of {len(SECTIONS)} parts{_approval(read)}"
        rows: list[Row] = []
        for part in SECTIONS:
            rows += _part_rows(read, part)
        return [[(title, BOLD)], [(state, MUTED)]], rows

    def detail(self, key: str) -> Sequence[Block]:
        if key.startswith("+"):
            part = section(key[1:])
            return [[(part.label, BOLD)], [(part.asks, PLAIN)]] if part else []
        if not key:
            return []
        item = self.journal.project.get(key)
        if isinstance(item, Measure):
            return _measure_blocks(next(b for b in self._read.benefits if b.measure.id == key))
        return self._item_blocks(item)

    def _item_blocks(self, item: ProjectItem) -> list[Block]:
        part = section(item.section)
        blocks: list[Block] = [[(full_day(item.day), MUTED), (f"  {item.kind}", OWED)]]
        blocks.append([(item.text, BOLD)])
        if item.detail:
            blocks += [None, Head(part.detail if part else "More"), [(item.detail, PLAIN)]]
        if item.ksbs:
            blocks += [None, [(" ".join(item.ksbs), MUTED)]]
        shown = [self._entry_title(id) for id in item.entries] + list(item.links)
        if shown:
            blocks += [None, Head("Shown by"), *([(text, PLAIN)] for text in shown)]
        return blocks

    def _entry_title(self, id: str) -> str:
        try:
            entry = self.journal.entries.get(id)
            return PRIVATE if entry.private and self.journal.privacy.hides else str(entry.title)
        except NotFound:
            return "a deleted entry"

    # Keys

    @property
    def part(self) -> Section:
        key = self.key
        if key.startswith("+"):
            return section(key[1:]) or SECTIONS[0]
        item = self.journal.project.get(key) if key else None
        if isinstance(item, ProjectItem):
            return section(item.section) or SECTIONS[0]
        return SECTIONS[-1] if item else SECTIONS[0]

    def action_choose(self) -> None:
        if self.key.startswith("+") or not self.key:
            (self.action_measure if self.part.id in (BASELINE, BENEFITS) else self.action_new)()
            return
        item = self.journal.project.get(self.key)
        if isinstance(item, Measure):
            self._open_measure(item)
        else:
            self._open_item(item, section(item.section) or SECTIONS[0])

    def action_new(self) -> None:
        day = self.journal.as_at
        self._open_item(ProjectItem("", "", self.part.id, "", day), self.part)

    def action_measure(self) -> None:
        self._open_measure(Measure("", "", ""))

    def action_remove(self) -> None:
        if self.key and not self.key.startswith("+"):
            self.journal.project.remove(self.key)
            self.shell.changed("Removed.")

    def action_name(self) -> None:
        def take(title: str | None) -> None:
            if title is not None:
                self._guarded(lambda: self.journal.project.name(title))

        self.app.push_screen(Ask("What is it called?", str, value=self._read.title), take)

    def action_pack(self) -> None:
        self.app.push_screen(PackScreen(plain(self.journal.project.page())))

    def _guarded(self, write: Callable[[], object]) -> None:
        with self.shell.guarded():
            write()
            self.shell.changed()

    def _open_item(self, item: ProjectItem, part: Section) -> None:
        project, as_at = self.journal.project, self.journal.as_at

        def save(texts: dict[str, str]) -> str:
            fields: dict[str, Any] = {
                "text": texts["text"],
                "detail": texts["detail"],
                "day": parse_day(texts["day"], as_at),
                "ksbs": (texts["ksbs"],),
                "entries": tuple(texts["entries"].replace(",", " ").split()),
                "links": tuple(texts["links"].splitlines()),
                "kind": texts.get("kind", ""),
            }
            if item.id:
                project.change(item.id, **fields)
            else:
                project.add(part.id, **fields)
            return "Saved."

        kinds = (("", "–"), *((kind, kind) for kind in part.kinds))
        asked = (
            FormField("day", "Day", hint="today, mon, 21/11"),
            *((FormField("kind", "Kind", choices=kinds),) if part.kinds else ()),
            FormField("ksbs", "KSBs", hint=CODES_HINT),
            FormField("entries", "Entries", hint="ctrl+e lists them"),
            FormField("links", "File or link", hint="a path or address that shows it"),
            FormField("text", part.label, True, hint=part.asks),
            FormField("detail", part.detail, True),
        )
        values = {
            "day": item.day.isoformat() if item.id else "today",
            "kind": item.kind,
            "ksbs": " ".join(item.ksbs),
            "entries": " ".join(item.entries),
            "links": "\n".join(item.links),
            "text": item.text,
            "detail": item.detail,
        }
        key = f"project:{item.id or part.id}"
        self.app.push_screen(PlainForm(key, f"Project: {part.label.lower()}", asked, values, save))

    def _open_measure(self, measure: Measure) -> None:
        project = self.journal.project

        def save(texts: dict[str, str]) -> str:
            fields = _measure_fields(texts)
            if measure.id:
                project.change(measure.id, **fields)
            else:
                project.add_measure(**fields)
            return f"Saved: {fields['name']}."

        self.app.push_screen(
            PlainForm(
                f"project:measure:{measure.id or 'new'}",
                "Project: measure",
                MEASURE_FIELDS,
                _measure_values(measure),
                save,
            )
        )


MEASURE_FIELDS = (
    FormField("name", "Measured", hint="Time per enquiry"),
    FormField(
        "kind", "Kind", choices=(("", "as its words say"), *((kind, kind) for kind in KINDS))
    ),
    FormField("unit", "Unit", hint="minutes, points, %, £"),
    FormField(
        "better",
        "Better",
        choices=(("", "As its words say"), ("lower", "When lower"), ("higher", "When higher")),
    ),
    FormField("before", "Before", hint="12"),
    FormField("after", "After", hint="9"),
    FormField("runs", "Runs", hint="how often the work is done"),
    FormField("period", "In each", choices=tuple((period, period) for period in PERIODS)),
    FormField("ksbs", "KSBs", hint=CODES_HINT),
    FormField("how", "How it was measured", True),
)


def _measure_values(measure: Measure) -> dict[str, str]:
    amounts = {name: getattr(measure, name) for name in ("before", "after", "runs")}
    return {
        "name": measure.name,
        "kind": measure.kind if measure.id else "",
        "better": measure.better if measure.id else "",
        "unit": measure.unit if measure.id else "",
        "period": measure.period,
        "ksbs": " ".join(measure.ksbs),
        "how": measure.how,
        **{
            name: say_number(amount) if amount is not None else ""
            for name, amount in amounts.items()
        },
    }


def _measure_fields(texts: dict[str, str]) -> dict[str, Any]:
    """Read a measure's fields; an empty amount is one nobody has measured."""
    fields: dict[str, Any] = {
        name: parse_amount(texts[name]) if texts[name].strip() else None
        for name in ("before", "after", "runs")
    }
    fields |= {name: texts[name] for name in ("name", "period", "how")}
    fields |= {name: texts[name] for name in ("kind", "unit", "better") if texts[name].strip()}
    return {**fields, "ksbs": (texts["ksbs"],)}


def _part_rows(read: Project, part: Section) -> list[Row]:
    """A part's heading, its items, its measures under the benefits; or the way to fill it."""
    filled = read.filled(part.id)
    lacks = "to be measured" if part.id == BENEFITS and read.benefits else "empty"
    rows = [Row(f"#{part.id}", part.label, "" if filled else lacks, heading=True)]
    rows += [Row(i.id, i.text, line_day(i.day), figure_style=MUTED) for i in read.of(part.id)]
    if part.id == BENEFITS:
        rows += [_measure_row(benefit) for benefit in read.benefits]
    if len(rows) == 1 and not filled:
        rows.append(Row(f"+{part.id}", part.asks, muted=True))
    elif len(rows) == 1:
        rows.append(Row(f"+{part.id}", "taken from the measures below", muted=True))
    return rows


def _measure_row(benefit: Benefit) -> Row:
    gain = say_gain(benefit)
    owed = benefit.gain is None or benefit.gain < 0
    return Row(benefit.measure.id, benefit.measure.name, gain, figure_style=OWED if owed else DONE)


def _measure_blocks(benefit: Benefit) -> list[Block]:
    blocks: list[Block] = [[(benefit.measure.name, BOLD)]]
    drawn = bars(benefit)
    blocks += [None] if drawn else []
    for bar in drawn:
        part = bar.parts[0]
        cells = round(bar.share(part) * BAR_CELLS)
        style = PLAN if bar.label == "Before" else OWED if part.tone == "owed" else DONE
        line: Line = [(f"{bar.label:<7}", MUTED), (COUNTED * cells, style)]
        blocks += [[*line, (TO_COME * (BAR_CELLS - cells), MUTED)], [(" " * 7 + part.text, PLAIN)]]
    blocks.append(None)
    blocks += [[(line, PLAIN)] for line in benefit.lines]
    if benefit.measure.how:
        blocks += [None, Head("How measured"), [(benefit.measure.how, MUTED)]]
    if benefit.measure.ksbs:
        blocks += [None, [(" ".join(benefit.measure.ksbs), MUTED)]]
    return blocks


def _approval(read: Project) -> str:
    if read.approved:
        return f", approved on {long_day(read.approved)}"
    return f", approval due {long_day(read.approval_due)}" if read.approval_due else ""
