"""An earlier hours stands beside the entries, is never added to them, and goes as they come."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from ksbtui.core.hours.forecast import say_opening
from ksbtui.core.programme.programmes import Opening
from ksbtui.errors import Conflict, KsbtuiError, Unreadable
from ksbtui.exports.making import export
from ksbtui.journal.journal import Journal
from tests.cli.kit import Shell
from tests.journals import AS_AT, activity, enrolled

DAY = date(2026, 5, 31)


def given(minutes: int, day: date, source: str = "OneFile", verified_by: str = "") -> Opening:
    return Opening("", minutes, day, source, verified_by)


def opened(folder: Path, minutes: int = 6_000, verified_by: str = "") -> Journal:
    journal = enrolled(folder)
    journal.openings.set(given(minutes, DAY, verified_by=verified_by))
    return journal


def test_it_is_logged_and_counted_and_every_sum_holds(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal.entries.add(activity(minutes=60, ksbs=("K1",)))
    hours = journal.progress.view.hours
    assert (hours.opening_minutes, hours.counted_minutes, hours.logged_minutes) == (
        *(6_000, 6_060, 6_060),
    )
    assert hours.verified_minutes == 0
    assert hours.variance_minutes == 6_060 - hours.planned_to_date_minutes
    assert hours.left_minutes == hours.target_minutes - 6_060
    for figures in (hours.by_type, hours.by_module):
        assert figures["opening"] == 6_000
        assert sum(figures.values()) == 6_060
    assert sum(month.counted_minutes for month in hours.by_month) == 6_060
    assert sum(hours.daily.values()) == 6_060


def test_who_verified_it_is_kept(tmp_path: Path) -> None:
    hours = opened(tmp_path, verified_by="Ms Bakare").progress.view.hours
    assert hours.verified_minutes == 6_000
    assert hours.opening is not None
    assert "verified by Ms Bakare" in say_opening(hours.opening, 6_000)


def test_entries_up_to_its_day_replace_it(tmp_path: Path) -> None:
    journal = opened(tmp_path, 120)
    before = journal.progress.view.hours.counted_minutes
    for number, left in ((1, 60), (2, 0), (3, 0)):
        journal.entries.add(activity(day=DAY - timedelta(days=number), minutes=60))
        hours = journal.progress.view.hours
        assert hours.opening_minutes == left
        assert hours.counted_minutes == max(before, 60 * number)


def test_the_pace_leaves_its_days_out(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    for days in range(0, 28, 7):
        journal.entries.add(activity(day=AS_AT - timedelta(days=days), minutes=420))
    hours = journal.progress.view.hours
    assert hours.window is not None
    assert hours.window.days == 30
    assert hours.pace_per_week_minutes == round(4 * 420 * 7 / 30)


def test_months_recorded_elsewhere_raise_no_alert(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    assert any(a.id == "month-without-training" for a in journal.progress.view.alerts)
    journal.openings.set(given(6_000, DAY))
    texts = [a.text for a in journal.progress.view.alerts if a.id == "month-without-training"]
    assert all("June" in text for text in texts), texts


@pytest.mark.parametrize(
    ("minutes", "day", "source", "kind"),
    [
        (420 * 60 + 1, DAY, "OneFile", Conflict),
        (60, date(2026, 1, 11), "OneFile", Conflict),
        (60, AS_AT + timedelta(days=1), "OneFile", Conflict),
        (60, DAY, "  ", Unreadable),
        (0, DAY, "OneFile", Unreadable),
    ],
)
def test_what_cannot_be_is_refused(
    tmp_path: Path, minutes: int, day: date, source: str, kind: type[KsbtuiError]
) -> None:
    journal = enrolled(tmp_path)
    with pytest.raises(kind):
        journal.openings.set(given(minutes, day, source=source))
    assert journal.enrolled.opening is None


def test_before_its_day_it_is_not_known(tmp_path: Path) -> None:
    from ksbtui.clock import Clock

    journal = opened(tmp_path)
    earlier = Journal(journal.path, Clock(date(2026, 5, 1)))
    assert earlier.progress.view.hours.counted_minutes == 0


def test_commands_set_change_and_take_it_away(bare: Shell, tmp_path: Path) -> None:
    set_up = ["setup", "--standard", "ST1512", "--programme", "local-government-14-months"]
    set_up += ["--start", "2026-01-12"]
    words = ["--opening-hours", "100h", "--opening-day", "2026-05-31"]
    assert "recorded" in bare.refused(*set_up, *words)
    made = bare(*set_up, *words, "--opening-source", "OneFile", "--json").json
    assert made["opening"]["minutes"] == 6_000
    for command in ("hours", "status"):
        shown = bare(command)
        assert "100 h recorded elsewhere up to 31 May 2026 (OneFile, not verified)" in shown.out
        document = bare(command, "--json").json
        hours = document.get("hours", document)
        assert hours["opening_minutes"] == 6_000
        assert hours["counted_minutes"] == 6_000
    assert "recorded elsewhere" in bare("hours", "--statement").out
    assert "recorded elsewhere" in bare("gateway").out
    assert "recorded elsewhere" in bare("enrolment", "show").out
    again = bare("enrolment", "change", "--opening-hours", "110h")
    assert "It replaces 100 h" in again.err
    assert bare("hours", "--json").json["counted_minutes"] == 6_600, "never twice"
    bare("undo")
    assert bare("hours", "--json").json["counted_minutes"] == 6_000
    assert bare("enrolment", "change", "--opening-hours", "0").code == 0
    assert bare("hours", "--json").json["counted_minutes"] == 0
    assert "no earlier hours recorded" in bare.refused(
        "enrolment", "change", "--opening-hours", "0"
    )
    assert bare("doctor").code == 0


def test_set_up_of_a_start_in_the_past_says_how_earlier_hours_come_in(bare: Shell) -> None:
    set_up = ["setup", "--standard", "ST1512", "--programme", "local-government-14-months"]
    assert "--opening-hours" in bare(*set_up, "--start", "2026-01-12").err
    bare("undo")
    assert "--opening-hours" not in bare(*set_up, "--start", "2026-06-22").err


@pytest.mark.parametrize(("report", "name"), [("portfolio", "x.md"), ("otj", "x.csv")])
def test_exports_show_it_beside_the_entries(tmp_path: Path, report: str, name: str) -> None:
    journal = opened(tmp_path)
    journal.entries.add(activity())
    made = export(journal, report, tmp_path / name).path.read_text()
    assert ("recorded elsewhere" in made) == (report == "portfolio")


def test_it_goes_out_and_comes_in_with_the_record(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal.entries.add(activity())
    made = export(journal, "json", tmp_path / "own.json").path
    fresh = Journal(tmp_path / "new.db", journal.clock)
    fresh.exchange.restore_json(made)
    assert fresh.progress.view.hours.opening_minutes == 6_000
    assert fresh.enrolled.opening == journal.enrolled.opening


def test_today_says_it_and_owes_nothing_for_its_months(tmp_path: Path) -> None:
    from ksbtui.presentation.today import sentences, strip

    view = opened(tmp_path).progress.view
    said = [text for line in sentences(view)[:3] for text, _ in line]
    assert any("recorded elsewhere" in text for text in said)
    months = strip(view)
    assert [month.planned for month in months[:5]] == [0] * 5
    assert months[5].planned > 0
