"""Feedback converges: any order, any number of times, beside the learner's own changes."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from ksbtui.clock import Clock
from ksbtui.core.exchange.feedback import Line, joined
from ksbtui.errors import Conflict
from ksbtui.journal.exchange.handover import Feedback, read_handover
from ksbtui.journal.exchange.opened import Opened, plan_feedback, side_path
from ksbtui.journal.journal import Journal
from tests.journals import AS_AT, activity, enrolled

LATER = Clock(AS_AT)


def tutored(journal: Journal, name: str, seed: int) -> list[Feedback]:
    """Four feedback files of one tutor, each after some more notes."""
    draw = random.Random(seed)
    data = journal.handover.share().data(plain=True)
    file = read_handover(data, "made")
    opened = Opened(file, Path("made.ksb"), LATER)
    theirs = Journal(context=opened.context)
    ids = [entry.id for entry in theirs.entries.find().entries]
    found = []
    for step in range(4):
        match draw.randrange(4):
            case 0:
                theirs.verifying.verify([draw.choice(ids)], name)
            case 1:
                theirs.verifying.question(draw.choice(ids), name, f"Why {step}?")
            case 2:
                made = theirs.actions.add(f"Draft {step}", name).action
                if draw.random() < 0.5:
                    theirs.actions.done(made.id)
            case 3:
                theirs.reviews.set("workplace", f"{name} saw {step}")
        found.append(plan_feedback(opened.side(), name, LATER))
    side_path(file.learner).unlink(missing_ok=True)
    return found


def state(journal: Journal) -> dict[str, Any]:
    """Everything that feedback may have changed, without the instants of importing."""
    found: dict[str, Any] = {
        f"{one.kind} {one.id}": {**one.body, "batch": 0} for one in journal.store.whole_records()
    }
    for entry in journal.entries.find().entries:
        found[entry.id] = (entry.title, entry.verified)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_any_order_and_doubled_ends_the_same(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    base = enrolled(tmp_path)
    for number in range(4):
        base.entries.add(activity(f"Workshop {number}", ksbs=("K1",)))
    files = tutored(base, "Ruth Adeyemi", seed) + tutored(base, "Sam Osei", seed + 100)
    changed = base.entries.find().entries[0]
    base.entries.change(changed.id, title="Another title")
    base.close()
    ends = []
    for turn in range(4):
        path = tmp_path / f"copy{turn}.db"
        shutil.copy(base.path, path)
        copy = Journal(path, LATER)
        order = [*files, *draw.choices(files, k=4)]
        draw.shuffle(order)
        for file in order:
            copy.feedback.take(file)
        ends.append(state(copy))
        before = copy.path.read_bytes()
        for file in files:
            taken = copy.feedback.take(file)
            assert (taken.added, taken.changed) == (0, 0)
        assert copy.path.read_bytes() == before
        copy.close()
    texts = [words(end) for end in ends]
    assert texts[0] == texts[1] == texts[2] == texts[3]
    assert all(end[changed.id][0] == "Another title" for end in ends)


def words(end: dict[str, Any]) -> set[str]:
    """Every text of every thing, shown or kept beside: what must not be lost."""
    return {repr(text) for value in end.values() for text in _texts(value)}


def _texts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _texts(item)]
    return [value]


def test_what_only_one_side_changed_is_taken() -> None:
    base = {"text": "Ask", "state": "open", "ksbs": ["K1", "K2"], "why": ""}
    mine = {**base, "ksbs": ["K1", "K2", "S3"]}
    theirs = {**base, "state": "done", "ksbs": ["K1"], "why": "It went well"}
    found = joined(("action", "x"), base, mine, theirs)
    assert found.image == {**theirs, "ksbs": ["K1", "S3"]}
    assert found.beside == ()
    both = joined(("action", "x"), base, {**base, "why": "Mine"}, theirs)
    assert both.image["why"] == "Mine"
    assert both.beside == (("why", "It went well"),)


def test_feedback_about_somebody_else(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    line = Line("action", "abcdefgh", "2026-06-30T10:00:00Z", None, {"text": "x"})
    file = Feedback("ksbtui-feedback", 1, "another1", "Ruth", "", "2026-06-30T10:00:00Z", (line,))
    with pytest.raises(Conflict):
        journal.feedback.take(file)
