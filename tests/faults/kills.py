"""Kills at random moments through every kind of write, against a model of what must be there.

A worker does one step after another and names each once it is saved. It is killed; the
journal must then be in the state after the last step it named, or after the one under way.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from pathlib import Path

from ksbtui.cli.root import run
from ksbtui.clock import Clock
from ksbtui.core.entry.entries import Entry
from ksbtui.journal.journal import Journal
from tests.journals import AS_AT, enrolled

ROOT = Path(__file__).resolve().parents[2]
CYCLE = (
    *("log", "edit", "log", "delete", "undo", "undo", "redo", "draft", "backup", "import"),
    *("log", "purge", "merge", "edit", "restore"),
)
"""What the steps do, again and again."""


@dataclass(frozen=True)
class State:
    """What a journal holds: notes by title, oldest first, and the draft."""

    entries: tuple[tuple[str, str], ...] = ()
    draft: str = ""


@dataclass
class Model:
    """What the steps must come to."""

    state: State = State()
    before: list[State] = field(default_factory=list)
    after: list[State] = field(default_factory=list)
    kept: State = State()
    """As at the last backup."""

    def do(self, step: int) -> None:
        """Do a step."""
        entries, what = dict(self.state.entries), CYCLE[step % len(CYCLE)]
        if what == "log":
            entries[f"Entry {step}"] = ""
        elif what == "edit":
            entries[last(self.state)] = f"Notes {step}"
        elif what == "delete":
            del entries[last(self.state)]
        elif what == "import":
            entries |= {f"Row {step} a": "", f"Row {step} b": ""}
        elif what == "merge":
            entries[f"Merged {step}"] = ""
        self._write(what, step, tuple(entries.items()))

    def _write(self, what: str, step: int, entries: tuple[tuple[str, str], ...]) -> None:
        if what in ("undo", "redo"):
            taken, put = (self.before, self.after) if what == "undo" else (self.after, self.before)
            put.append(self.state)
            self.state = replace(taken.pop(), draft=self.state.draft)
        elif what == "draft":
            self.state = replace(self.state, draft=f"Draft {step}")
        elif what == "backup":
            self.kept = self.state
        elif what == "restore":
            self.state = self.kept
        elif what == "purge":
            self.state = replace(self.state, entries=entries[:-1])
        else:
            self.before.append(self.state)
            self.after.clear()
            self.state = replace(self.state, entries=entries)


def last(state: State) -> str:
    """The title of the newest entry."""
    return state.entries[-1][0]


def modelled(steps: int) -> State:
    """The state after so many steps."""
    model = Model()
    for step in range(steps):
        model.do(step)
    return model.state


def observed(journal: Journal) -> State:
    """The state that a journal is in."""
    found = sorted(journal.entries.find().entries, key=order)
    draft = (journal.drafts.get("entry:new") or {}).get("title", "")
    return State(tuple((entry.title, entry.notes) for entry in found), str(draft))


def order(entry: Entry) -> tuple[int, str]:
    """Entries in the order they were made: their titles name the step."""
    return int(entry.title.split()[1]), entry.title


def act(folder: Path, step: int) -> None:
    """Do one step on the journal in a folder."""
    journal = Journal(folder / "journal.db", Clock(AS_AT))
    what = CYCLE[step % len(CYCLE)]
    newest = max(journal.entries.find().entries, key=order, default=None)
    id = newest.id if newest else ""
    if what == "log":
        journal.entries.add(Entry(id="", day=AS_AT, minutes=60, title=f"Entry {step}"))
    elif what == "edit":
        journal.entries.change(id, notes=f"Notes {step}")
    elif what == "delete":
        journal.entries.delete([id])
    elif what in ("undo", "redo"):
        getattr(journal, what)()
    elif what == "draft":
        journal.drafts.save("entry:new", {"title": f"Draft {step}"})
    elif what == "backup":
        new = folder / "kept.db.new"
        new.unlink(missing_ok=True)  # of a step that was killed before
        journal.backup.backup(new).replace(folder / "kept.db")
    elif what == "import":
        rows = "".join(f"2026-06-01,Row {step} {part},1\n" for part in "ab")
        (folder / f"rows-{step}.csv").write_text(f"Date,Activity,Hours\n{rows}")
        _import(journal, folder / f"rows-{step}.csv")
    elif what == "merge":
        _merge(journal, folder, step)
    elif what == "purge":
        journal.backup.purge(id)
    elif what == "restore":
        journal.backup.restore(folder / "kept.db")
    journal.close()


def _merge(journal: Journal, folder: Path, step: int) -> None:
    """Take in the record of a copy in which one entry was logged."""
    from ksbtui.exports.making import export

    other = folder / f"other-{step}"
    other.mkdir(exist_ok=True)
    journal.backup.backup(other / f"{time.monotonic_ns()}.db").replace(other / "journal.db")
    copy = Journal(other / "journal.db", journal.clock)
    copy.store.rename_device()
    copy.entries.add(Entry(id="", day=AS_AT, minutes=60, title=f"Merged {step}"))
    made = export(copy, "json", other / "record.json").path
    copy.close()
    _import(journal, made)


def _import(journal: Journal, path: Path) -> None:
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        day = journal.as_at.isoformat()
        assert run(["--journal", str(journal.path), "--as-at", day, "import", str(path)]) == 0


def work(folder: Path, step: int) -> None:
    """Do steps from ``step`` on for ever, each named on stdout once it is done."""
    while True:
        act(folder, step)
        step += 1
        sys.stdout.write(f"{step}\n")
        sys.stdout.flush()


@dataclass
class Report:
    """What came of the kills: each lost or half-done change is a line of ``lost``."""

    kills: int = 0
    acknowledged: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    """Kills while a step of a kind was under way."""
    lost: list[str] = field(default_factory=list)


def kill_often(folder: Path, kills: int, seed: int = 1) -> Report:
    """Kill a worker so many times, each time at a random moment, and check what is left."""
    journal, dice, report = enrolled(folder), random.Random(seed), Report()
    journal.close()
    step = 0
    for number in range(kills):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.kills", str(folder), str(step)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        named = ""
        if dice.random() < 0.7:  # else it may be killed before its first step is done
            named = process.stdout.readline()
        time.sleep(dice.uniform(0, 0.5))
        process.send_signal(signal.SIGKILL)
        lines = (named + process.stdout.read()).split("\n")
        process.stdout.close()
        if process.wait(60) != -signal.SIGKILL:
            report.lost.append(f"kill {number}: the worker had ended by itself")
            break
        done = max([step, *(int(line) for line in lines if line.strip())])
        report.kills += 1
        report.acknowledged += done - step
        under_way = CYCLE[done % len(CYCLE)]
        report.by_kind[under_way] = report.by_kind.get(under_way, 0) + 1
        journal = Journal(folder / "journal.db", Clock(AS_AT))
        there, check = observed(journal), journal.backup.check()
        wrong = [line.what for line in check.lines if not line.ok]
        journal.close()
        # Of two equal states the earlier: a step that shows nothing may be half done.
        states = {modelled(done + 1): done + 1, modelled(done): done}
        if there not in states or set(wrong) - {"Unfinished copies"}:
            report.lost.append(f"kill {number} in step {done} ({under_way}): {there} {wrong}")
            break
        step = states[there]
    for other in folder.glob("other-*"):
        shutil.rmtree(other)
    return report


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))
