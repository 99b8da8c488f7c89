"""The daily loop: timer, week, repeat, e-portfolio, versions, reflections, suggestions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ksbtui.clock import Clock
from ksbtui.core.entry.entries import Evidence
from ksbtui.errors import KsbtuiError, SeedProblem
from ksbtui.journal.journal import Journal
from ksbtui.store.files.paths import data_folder
from tests.journal.conftest import TODAY, entry

HOSTILE = "oops [/bold] [@click=app.quit]x[/] \u202e \U0001f9d1\u200d\U0001f4bb 会議 \x00 \ud800"


class At(Clock):
    """A clock that stands at an instant."""

    def __init__(self, instant: str) -> None:
        super().__init__(date.fromisoformat(instant[:10]))
        object.__setattr__(self, "instant", instant)

    def now(self) -> str:
        return str(self.instant)  # type: ignore[attr-defined]


def at(journal: Journal, instant: str) -> Journal:
    journal.context.clock = At(instant)
    return journal


def test_a_timer_survives_closing_and_logs_on_the_day_it_began(journal: Journal) -> None:
    at(journal, "2026-06-30T09:00:00.000Z").timer.start("Workshop")
    journal.close()
    saved = at(journal, "2026-06-30T10:14:31.000Z").timer.stop(ksbs=("S8",))
    assert (saved.entry.minutes, saved.entry.title, saved.entry.ksbs) == (75, "Workshop", ("S8",))
    assert journal.timer.running is None
    journal.undo()
    assert journal.timer.running is not None
    assert journal.entries.find().total == 0


def test_a_timer_past_midnight_says_so_and_past_a_day_asks(journal: Journal) -> None:
    at(journal, "2026-06-30T23:30:00.000Z").timer.start("Late")
    saved = at(journal, "2026-07-01T00:30:00.000Z").timer.stop()
    assert saved.entry.day == date(2026, 6, 30)
    assert "past midnight" in saved.notes[0]
    at(journal, "2026-07-01T09:00:00.000Z").timer.start("Forgotten")
    at(journal, "2026-07-02T09:01:00.000Z")
    with pytest.raises(KsbtuiError, match="24 h 1 m") as refusal:
        journal.timer.stop()
    assert "-t" in refusal.value.hint
    assert journal.timer.stop(minutes=45).entry.minutes == 45


def test_what_a_timer_lacks_or_contradicts_is_said_and_loses_nothing(journal: Journal) -> None:
    with pytest.raises(KsbtuiError, match="No timer"):
        journal.timer.cancel()
    at(journal, "2026-06-30T09:00:00.000Z").timer.start()
    with pytest.raises(KsbtuiError, match="running since"):
        journal.timer.start("Another")
    with pytest.raises(KsbtuiError, match="no title"):
        journal.timer.stop()
    with pytest.raises(KsbtuiError, match="set back"):
        at(journal, "2026-06-29T09:00:00.000Z").timer.stop("x")
    assert at(journal, "2026-06-30T09:00:10.000Z").timer.stop(HOSTILE).entry.minutes == 1


def test_a_week_shows_what_is_there_and_what_is_blank(journal: Journal) -> None:
    monday = date(2026, 6, 22)
    journal.entries.add(entry("A", monday, learned="I learned a lot.", ksbs=("S6",)))
    journal.entries.add(entry("B", monday, paid="no"))
    journal.entries.add(entry("C", monday + timedelta(days=5)))
    journal.enrolments.add_break(monday + timedelta(days=3), monday + timedelta(days=3))
    week = journal.week(monday + timedelta(days=2))
    assert [day.day.weekday() for day in week.days] == [0, 1, 2, 3, 4, 5]
    assert [e.title for e in week.days[0].entries] == ["A", "B"]
    assert (week.minutes, week.counted_minutes) == (180, 120)
    assert [day.weekday() for day in week.blank] == [1, 2, 4]
    assert "2026-06-23" in week.hint.command
    this = journal.week(TODAY)
    assert this.blank == (date(2026, 6, 29), TODAY)
    assert journal.week(date(2025, 1, 1)).hint.command == ""


def test_a_full_week_hints_at_learning_then_at_tags(journal: Journal) -> None:
    first = date(2026, 6, 22)
    made = [journal.entries.add(entry("X", first + timedelta(days=n))).entry for n in range(5)]
    assert journal.week(first).hint.command == f"ksbtui edit {made[0].id} --template otj-quick"
    journal.entries.change_all([e.id for e in made], "All", learned="I see now.")
    assert "--entry" in journal.week(first).hint.command
    journal.entries.change_all([e.id for e in made], "All", ksbs=("K1",))
    assert journal.week(first).hint.command == ""


def test_repeating_copies_the_pattern_and_no_text(journal: Journal) -> None:
    link = Evidence("", "other", "x", "https://example.org")
    old = entry("Stand-up", minutes=25, type="coaching", ksbs=("K1",), module=2, module_given=True)
    id = journal.entries.add(
        replace(old, notes="n", learned="l", evidence=(link,), private=True)
    ).entry.id
    again = journal.entries.like(id[:5], TODAY)
    expected = entry("Stand-up", minutes=25, type="coaching", ksbs=("K1",))
    assert again == expected


def test_submitting_is_one_change_and_can_be_taken_off(journal: Journal) -> None:
    ids = [journal.entries.add(entry(f"E{n}")).entry.id for n in range(3)]
    journal.entries.add(entry("Unpaid", paid="no"))
    changed = journal.portfolio.submit(since=TODAY)
    assert {e.id for e in changed} == set(ids)
    assert all(e.submitted == TODAY for e in changed)
    with pytest.raises(KsbtuiError, match="already"):
        journal.portfolio.submit(ids)
    journal.portfolio.submit([ids[0], ids[0]], copied=False)
    assert journal.entries.get(ids[0]).submitted is None
    journal.undo()
    journal.undo()
    assert journal.progress.view.not_submitted == 3


def test_the_form_used_last_is_the_usual_one(journal: Journal) -> None:
    assert journal.portfolio.form().id == "plain"
    journal.portfolio.choose("onefile")
    assert journal.portfolio.form().id == "onefile"
    with pytest.raises(KsbtuiError, match="form"):
        journal.portfolio.form("nosuch")


def test_versions_stand_beside_todays(journal: Journal) -> None:
    id = journal.entries.add(entry("First", learned="a")).entry.id
    journal.entries.change(id, title="Second", ksbs=("K1",))
    journal.entries.change(id, learned="b")
    journal.undo()
    found = journal.entries.versions(id)
    assert [v.entry.title for v in found] == ["Second", "Second", "Second", "First"]
    assert [v.entry.learned for v in found] == ["a", "b", "a", "a"]
    assert set(found[2].changed) == {"title", "ksbs"}
    assert found[0].entry == replace(journal.entries.get(id), updated_at=found[0].entry.updated_at)


def test_late_logging_is_shown(journal: Journal) -> None:
    late = journal.entries.add(entry("Late", TODAY - timedelta(days=20))).entry
    ahead = journal.entries.add(entry("Ahead", TODAY + timedelta(days=2))).entry
    assert (late.days_late, ahead.days_late) == (20, 0)


def test_a_broken_own_template_or_form_is_named_and_hides_no_other(journal: Journal) -> None:
    for folder, body in (
        ("reflections", 'id = "mine"\nname = "Mine"\n[[stages]]\nprompt = "no heading"\n'),
        ("forms", 'id = "mine"\nname = "Mine"\nfields = [{ label = "x", value = "y" }]\n'),
    ):
        path = data_folder() / folder / "mine.toml"
        path.parent.mkdir(parents=True)
        path.write_text(body)
    (data_folder() / "reflections" / "bad.toml").write_text("]")
    templates = journal.reflecting.templates()
    assert "gibbs" in templates.items
    assert len(templates.problems) == 2
    assert any("stages.0.heading" in p.message for p in templates.problems)
    with pytest.raises(SeedProblem, match=r"mine\.toml"):
        journal.portfolio.form("mine")
    assert journal.entries.add(entry("Still", learned="saved\nlines")).entry.words == 2


def test_hints_notice_a_copy_of_another_entry(journal: Journal) -> None:
    text = "I learned that testing with awkward enquiries shows where the prompt gives up early."
    first = journal.entries.add(entry("First", learned=text)).entry.id
    assert [hint.id for hint in journal.reflecting.hints(text)] == ["copied"]
    assert journal.reflecting.hints(text, first) == ()


def test_suggestions_filters_and_history(journal: Journal) -> None:
    text = "I drew the process map of housing repairs and found the retyping."
    best = journal.suggesting.suggest(text)
    assert best[0].code == "S6"
    gaps = journal.suggesting.suggest(text, only="gaps")
    assert gaps[0].code == "S6"
    journal.entries.add(entry("Map", learned=text + " It was a long day.", ksbs=("S6", "B4")))
    liked = [one for one in journal.suggesting.suggest(text) if one.like]
    assert [one.code for one in liked] == ["B4"]
    document = journal.suggesting.as_json(best)["suggestions"][0]
    keys = {"code", "score", "band", "statement", "phrases", "sentence"}
    assert keys <= set(document)
    with pytest.raises(KsbtuiError, match="filter"):
        journal.suggesting.suggest(text, only="mine")
    assert journal.suggesting.suggest("\x00 [red] 会議") == ()


def test_hostile_text_comes_back_as_typed(journal: Journal, tmp_path: Path) -> None:
    long = "x" * 100_000
    made = journal.entries.add(entry(HOSTILE, notes=long, learned=HOSTILE)).entry
    kept = journal.entries.get(made.id)
    assert kept.notes == long
    assert kept.learned == HOSTILE.replace("\x00", "").replace("\ud800", "?")
    boxes = journal.portfolio.boxes(kept, journal.portfolio.form())
    assert any(kept.learned == box.text for box in boxes)
    assert journal.reflecting.hints(kept.learned)
    assert journal.entries.versions(made.id)[0].entry.title == kept.title
    assert journal.week(TODAY).days[1].entries == (kept,)
