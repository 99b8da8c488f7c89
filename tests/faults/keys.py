"""Random keys, words, clicks, drags and resizes over every screen, form and dialog.

Each word typed is one of its own. When a form is left, every word that stood in it must be
in the journal (as a draft, an entry, a record or in the history), unless the step was asked
to discard it.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
import time
import traceback
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from textual import events
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from ksbtui.app import KsbtuiApp
from ksbtui.clock import Clock
from ksbtui.journal.journal import Journal
from ksbtui.screens import FORMS, TOOLS
from ksbtui.screens.shell.modal import Modal
from ksbtui.widgets.forms.dialogs import Dialog

TODAY = date(2026, 9, 23)
SIZES = ((1, 1), (4, 2), (20, 5), (60, 16), (80, 24), (120, 40), (250, 80))
SESSION = 250
"""Steps before the app is left and started anew."""
HANG_CPU, HANG_WALL = 1.0, 15.0
"""Seconds of a step: of the interface's own thread, and by the clock on a busy machine."""
DISCARDS = {"discard", "throw"}
MARK = re.compile(r"zq[a-z]{5}")
KINDS = {
    **{"own key": 32, "any key": 18, "burst": 4, "word": 16, "paste": 2, "click": 9, "drag": 4},
    **{"resize": 4, "command": 8, "home": 3},
}
"""What is done, and how often."""
PLAIN_KEYS = (
    *("up", "down", "left", "right", "enter", "escape", "tab", "shift+tab", "space", "pagedown"),
    *("pageup", "home", "end", "f1", "f2", "ctrl+s", "ctrl+p", "ctrl+r", "ctrl+t", "ctrl+z"),
    *("backspace", "delete", "ctrl+k", "ctrl+a", "ctrl+u", "ctrl+w", "shift+left", "ctrl+c"),
    *("question_mark", "slash", *"1234567", *"abcdefghijklmnopqrstuvwxyz", "plus", "minus"),
)
HOSTILE = (
    "oops [/bold] [red]",
    "[@click=app.quit]go[/]",
    "\u202e\x1b]52;c;x\x07",
    "日本語 " * 40,
    "\n\t" * 9,
)


@dataclass
class Report:
    """What came of the steps; each fault, hang or lost word is a line of ``wrong``."""

    steps: Counter[str] = field(default_factory=Counter)
    screens: Counter[str] = field(default_factory=Counter)
    """Steps by the screen they fell on."""
    sessions: int = 0
    words: int = 0
    """Words found in the journal after their form was left."""
    slowest: tuple[float, str] = (0.0, "")
    wrong: list[str] = field(default_factory=list)


class Hand:
    """Somebody at the keyboard who does anything at all."""

    def __init__(self, path: Path, dice: random.Random, report: Report) -> None:
        self.path, self.dice, self.report = path, dice, report
        self.app = KsbtuiApp(Journal(path, Clock(TODAY)))
        self.trail: deque[str] = deque(maxlen=25)
        self.discards = False
        """Whether the step under way may throw text away."""
        self.thrown: set[Any] = set()
        """Forms that were asked to."""

    def step(self) -> tuple[str, list[Any]]:
        """Choose what to do next: its name, and the events or the call that do it."""
        kind = self.dice.choices(tuple(KINDS), weights=tuple(KINDS.values()))[0]
        return kind, list(getattr(self, "_" + kind.replace(" ", "_"))())

    def _own_key(self) -> Iterator[Any]:
        """A key that the screen in view says it takes."""
        active = [b for b in self.app.screen.active_bindings.values() if b.enabled]
        named = [b.binding for b in active if b.binding.action not in ("quit", "app.quit")]
        if not named:
            return
        binding = self.dice.choice(named)
        yield self._key(binding.key, binding.action)

    def _any_key(self) -> Iterator[Any]:
        key = "ctrl+q" if self.dice.random() < 0.004 else self.dice.choice(PLAIN_KEYS)
        at = self.app.screen.active_bindings.get(key)
        yield self._key(key, at.binding.action if at else "")

    def _burst(self) -> Iterator[Any]:
        """Keys that come faster than they are handled, often the same."""
        keys = self.dice.choices(PLAIN_KEYS, k=self.dice.randint(1, 3))
        yield [self._key(key) for key in keys for _ in range(self.dice.randint(1, 4))]

    def _key(self, key: str, action: str = "") -> events.Key:
        self.discards = self.discards or "discard" in action
        self.trail.append(key)
        character = {"space": " ", "question_mark": "?", "slash": "/", "plus": "+", "minus": "-"}
        return events.Key(key, character.get(key, key if len(key) == 1 else None))

    def _word(self) -> Iterator[Any]:
        """A word of its own, where text is typed; elsewhere its letters are keys."""
        if isinstance(self.app.focused, Input | TextArea):
            word = "zq" + "".join(self.dice.choices("abcdefghijklmnopqrstuvwxyz", k=5))
            self.trail.append(f"“{word}”")
            yield from (events.Key(letter, letter) for letter in word)
            yield events.Key("space", " ")

    def _paste(self) -> Iterator[Any]:
        self.trail.append("paste")
        yield events.Paste(self.dice.choice(HOSTILE))

    def _at(self) -> dict[str, Any]:
        width, height = self.app.size
        x, y = self.dice.randrange(max(1, width)), self.dice.randrange(max(1, height))
        rest = {"button": 0, "shift": False, "meta": False, "ctrl": False}
        return {"widget": None, "x": x, "y": y, "delta_x": 0, "delta_y": 0, **rest}

    def _click(self) -> Iterator[Any]:
        at = self._at()
        self.trail.append(f"click {at['x']},{at['y']}")
        if self.dice.random() < 0.2:
            yield self.dice.choice((events.MouseScrollDown, events.MouseScrollUp))(**at)
            return
        yield events.MouseMove(**at)
        for _ in range(self.dice.choice((1, 1, 1, 2, 3))):
            yield events.MouseDown(**{**at, "button": 1})
            yield events.MouseUp(**{**at, "button": 1})

    def _drag(self) -> Iterator[Any]:
        places = [self._at() for _ in range(3)]
        self.trail.append("drag " + " ".join(f"{at['x']},{at['y']}" for at in places))
        yield events.MouseDown(**{**places[0], "button": 1})
        for at in places:
            yield events.MouseMove(**{**at, "button": 1})
        yield events.MouseUp(**{**places[-1], "button": 1})

    def _resize(self) -> Iterator[Any]:
        size = self.dice.choice(SIZES)
        if self.dice.random() < 0.5:
            size = (self.dice.randint(1, 250), self.dice.randint(1, 80))
        self.trail.append(f"{size[0]}×{size[1]}")
        yield size

    def _command(self) -> Iterator[Any]:
        """Anything that the palette offers here."""
        commands = [
            command
            for command in self.app.get_system_commands(self.app.screen)
            if self.app.screen.is_mounted
            and not command.title.lower().startswith(("leave", "quit"))
        ]
        if commands:
            command = self.dice.choice(commands)
            self.discards = self.discards or bool(DISCARDS & {*command.title.lower().split()})
            self.trail.append(f"<{command.title}>")
            yield command.callback

    def _home(self) -> Iterator[Any]:
        """Back to a place, or over it one of the forms and tools."""
        yield from (self._key("escape") for _ in range(4))
        yield self._key(self.dice.choice("1234567"))
        if self.dice.random() < 0.4:
            form = self.dice.choice((*FORMS, *TOOLS))
            self.trail.append(f"<{form.name}>")
            yield lambda: self.app.push_screen(form.open())

    async def do(self, pilot: Pilot[int], happening: Any) -> None:
        """Let one thing happen, as the terminal's driver would hand it over."""
        app, driver = self.app, self.app._driver
        assert driver is not None
        if isinstance(happening, tuple):
            driver._size = happening
            size = Size(*happening)
            app.post_message(events.Resize(size, size))
        elif isinstance(happening, list):
            for event in happening:
                driver.process_message(event)
        elif callable(happening):
            app.call_later(happening)
        else:
            driver.process_message(happening)
        await pilot._wait_for_screen()
        if app.is_running:
            await pilot._wait_for_screen()

    def typed(self) -> dict[Any, set[str]]:
        """The words that stand in each open form which keeps drafts."""
        found = {}
        for sheet in self.app.open_sheets:
            if type(sheet).keep_draft is not Modal.keep_draft and sheet.is_mounted:
                texts = [field.value for field in sheet.query(Input)]
                texts += [area.text for area in sheet.query(TextArea)]
                found[sheet] = set(MARK.findall(" ".join(texts)))
        return found


def kept(path: Path) -> set[str]:
    """Every word of ours that is anywhere in the journal."""
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute(
            "SELECT body FROM draft UNION ALL SELECT body FROM record UNION ALL"
            " SELECT before FROM change UNION ALL SELECT after FROM change UNION ALL"
            " SELECT json_array(title, notes, learned) FROM entry"
        ).fetchall()
    return set(MARK.findall(" ".join(json.dumps(row[0]) for row in rows)))


async def sit(path: Path, dice: random.Random, steps: int, report: Report) -> int:
    """Use the app for so many steps, or until it is left; returns the steps that were made."""
    hand = Hand(path, dice, report)
    app, before = hand.app, report.steps.total()
    report.sessions += 1
    fault: BaseException | None = None
    try:
        async with app.run_test(size=dice.choice(SIZES), notifications=True) as pilot:
            while report.steps.total() - before < steps and app.is_running:
                await one_step(hand, pilot)
            standing = hand.typed()
            if app.is_running:
                app.leaving.leave()
        check(hand, standing)
    except Exception as problem:  # noqa: BLE001 - any fault is what is looked for
        fault = problem
    if fault is not None or app.return_code not in (None, 0):
        lines = traceback.format_exception(fault) if fault else ["it left\n"]
        report.wrong.append(f"fault after {' '.join(hand.trail)}\n{''.join(lines[-14:])}")
    journal = Journal(path, Clock(TODAY))
    if not (found := journal.backup.check()).well:
        report.wrong.append(f"not well: {[line.what for line in found.lines if not line.ok]}")
    journal.close()
    return report.steps.total() - before


async def one_step(hand: Hand, pilot: Pilot[int]) -> None:
    """Do one thing, timed, and look for the words of the forms that it left."""
    app, report = hand.app, hand.report
    name = type(app.screen).__name__
    hand.discards = hand.discards and isinstance(app.screen, Dialog)  # it asks first
    kind, happenings = hand.step()
    report.steps[kind] += 1
    report.screens[name] += 1
    for happening in happenings:
        standing = hand.typed()
        if hand.discards:
            hand.thrown.update(standing)
        cpu, wall = time.thread_time(), time.monotonic()
        await hand.do(pilot, happening)
        cpu, wall = time.thread_time() - cpu, time.monotonic() - wall
        told = f"{name}: {' '.join(list(hand.trail)[-4:])}"
        report.slowest = max(report.slowest, (cpu, told))
        if cpu > HANG_CPU or wall > HANG_WALL:
            report.wrong.append(f"hang of {cpu:.1f} s CPU, {wall:.1f} s: {told}")
        check(hand, {key: standing[key] for key in standing if key not in app.open_sheets})
        if not app.is_running:
            break


def check(hand: Hand, left: dict[Any, set[str]]) -> None:
    """Look for the words of the forms that were left."""
    words = set().union(*(words for sheet, words in left.items() if sheet not in hand.thrown))
    if words:
        lost = words - kept(hand.path)
        hand.report.words += len(words) - len(lost)
        if lost:
            names = ", ".join(type(sheet).__name__ for sheet in left)
            hand.report.wrong.append(f"lost {sorted(lost)} of {names}: {' '.join(hand.trail)}")


async def press_often(path: Path, steps: int, seed: int = 1) -> Report:
    """Use the journal at ``path`` for so many steps, the app started anew now and then."""
    report, dice, made = Report(), random.Random(seed), 0
    while made < steps:
        made += await sit(path, dice, min(SESSION, steps - made), report)
    return report
