"""Progress reviews: what the pack holds, what it asks for, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ksbtui.core.coaching.review import Review
from ksbtui.errors import Conflict, KsbtuiError
from ksbtui.exports.formats.texts import markdown
from ksbtui.journal.journal import Journal
from tests.journal.making import START, TODAY, WORDS, at, council, log, unit

R13_R14 = {
    "since",
    "hours",
    "entries",
    "ksbs_moved",
    "gaps",
    "earlier_actions",
    "new_actions",
    "fields",
    "plan_changes",
    "employer_signs",
    "present",
    "signatures",
    "unsigned",
    "due_12_weeks",
    "due_month_end",
    "statement",
}


def pack(journal: Journal, review: Review | None = None, **shown: bool) -> str:
    return markdown(journal.reviews.page(review, **shown))


def ready(journal: Journal) -> None:
    """Fill what a review cannot be held without."""
    review = journal.reviews.set("changes", "none")
    journal.actions.add("Plan the user test", "learner", date(2026, 11, 2), source=review.id)


def test_the_pack_holds_every_field_of_the_rules(tmp_path: Path) -> None:
    journal = council(tmp_path)
    log(journal, learned=WORDS)
    found = journal.reviews.pack().as_json()
    assert found.keys() >= R13_R14
    assert set(found["fields"]) == {"workplace", "employer", "wellbeing", "plan"}  # type: ignore[call-overload]
    assert (found["number"], found["since"]) == (1, START.isoformat())
    assert (found["due_12_weeks"], found["due_month_end"]) == ("2026-04-06", "2026-04-30")
    assert "behind plan" in str(found["statement"])
    assert found["to_fill"] == [
        "Progress in the workplace",
        "Employer's comments",
        "Wellbeing and support",
        "Sign-off: apprentice",
        "Sign-off: provider",
    ]
    text = pack(journal)
    for heading in ("Hours", "Earlier actions", "New actions", "Sign-off", "Planned and actual"):
        assert f"## {heading}" in text


def test_it_is_held_only_once_actions_plan_and_people_are_there(tmp_path: Path) -> None:
    journal = council(tmp_path)
    open_one = journal.actions.add("Share the plan", "learner", TODAY).action
    with pytest.raises(Conflict, match="no answer yet"):
        journal.reviews.hold(present=["Ruth"])
    journal.reviews.answer(open_one.id, "Waits for the supplier.")
    with pytest.raises(Conflict, match="no new action"):
        journal.reviews.hold(present=["Ruth"])
    ready(journal)
    with pytest.raises(Conflict, match="who attended"):
        journal.reviews.hold()
    held = journal.reviews.hold(present=["Demo learner", " Ruth ", ""])
    assert held.review.present == ("Demo learner", "Ruth")
    assert journal.progress.view.reviews_held == (TODAY,)
    assert journal.reviews.draft is None
    assert "Waits for the supplier." in pack(journal, held.review)


def test_a_done_action_answers_for_itself(tmp_path: Path) -> None:
    journal = council(tmp_path)
    action = journal.actions.add("Share the plan", "learner", TODAY).action
    journal.actions.done(action.id)
    assert not any("answered" in what for what, _ in journal.reviews.pack().lacking)


def test_the_next_pack_starts_where_the_last_one_ended(tmp_path: Path) -> None:
    journal = council(tmp_path, date(2026, 4, 9))
    log(journal, learned=WORDS)
    ready(journal)
    first = journal.reviews.hold(present=["Ruth"]).review
    journal = at(journal, TODAY)
    later = log(journal, ksbs=("S8",))
    found = journal.reviews.pack()
    assert [entry.id for entry in found.changed.added] == [later.id]
    assert found.changed.since == first.day
    assert [(m.code, m.after) for m in found.changed.moved] == [("S8", "mentioned")]
    assert [action.text for action in found.earlier] == ["Plan the user test"]
    assert found.due
    assert found.due.number == 2
    again = journal.reviews.pack(first)
    assert (again.changed.present.counted, again.changed.until) == (60, first.day)
    assert [action.text for action in again.agreed] == ["Plan the user test"]


@pytest.mark.parametrize(
    "day", [date(2026, 9, 24), date(2026, 1, 11), date(2026, 9, 1), date(2026, 8, 1)]
)
def test_days_on_which_no_review_was_held(tmp_path: Path, day: date) -> None:
    journal = council(tmp_path, date(2026, 9, 1))
    ready(journal)
    journal.reviews.hold(present=["Ruth"])
    journal = at(journal, TODAY)
    journal.reviews.start()
    for action in journal.actions.open():
        journal.reviews.answer(action.id, "Not yet.")
    ready(journal)
    with pytest.raises(Conflict):
        journal.reviews.hold(day, present=["Ruth"])
    assert len(journal.reviews.held()) == 1


def test_the_employer_signs_a_change_of_plan(tmp_path: Path) -> None:
    journal = council(tmp_path)
    ready(journal)
    journal.reviews.sign("Ruth", "tutor")
    journal.reviews.sign("Demo learner", "apprentice")
    assert journal.reviews.get().unsigned == ()
    journal.reviews.set("changes", "hours, end")
    review = journal.reviews.get()
    assert (review.plan_changes, review.unsigned) == (("end", "hours"), ("employer",))
    held = journal.reviews.hold(present=["Ruth"])
    assert "Sign-off: employer" in held.to_fill
    with pytest.raises(Conflict, match="before the review"):
        journal.reviews.sign("Colin", "manager", date(2026, 9, 22))
    assert journal.reviews.sign("Colin", "manager").unsigned == ()


def test_wellbeing_is_private_until_said_otherwise(tmp_path: Path) -> None:
    journal = council(tmp_path)
    journal.reviews.set("wellbeing", "Sleeps badly.")
    assert "Sleeps" not in pack(journal) + str(journal.reviews.pack().as_json())
    assert "Sleeps badly." in pack(journal, private=True)
    journal.reviews.set("wellbeing", "Sleeps better.", shared=True)
    assert "Sleeps better." in pack(journal)


@pytest.mark.parametrize(("name", "text"), [("mood", "x"), ("changes", "pay"), ("changes", "")])
def test_unknown_fields_and_changes_are_refused(tmp_path: Path, name: str, text: str) -> None:
    journal = council(tmp_path)
    with pytest.raises(KsbtuiError):
        journal.reviews.set(name, text)
    assert journal.reviews.all() == ()


def test_a_unit_needs_no_review_but_may_hold_one(tmp_path: Path) -> None:
    journal = unit(tmp_path)
    found = journal.reviews.pack().as_json()
    assert (found["number"], found["due_12_weeks"]) == (None, None)
    ready(journal)
    held = journal.reviews.hold(present=["Ruth"])
    assert held.notes == ("This programme does not need reviews.",)
    journal.undo()
    assert journal.reviews.held() == ()


def test_the_pack_says_which_behaviours_the_employer_verified(tmp_path: Path) -> None:
    journal = council(tmp_path)
    journal.verifying.employer_verify("B1,B4", "Old Manager", date(2026, 6, 1))
    journal.verifying.employer_verify("B1", "Colin Marsh", date(2026, 9, 1), "Ships safely.")
    found = journal.reviews.pack().as_json()
    assert found["behaviours_verified"] == [
        {"ksb": "B1", "by": "Colin Marsh", "day": "2026-09-01", "testimony": "Ships safely."},
        {"ksb": "B4", "by": "Old Manager", "day": "2026-06-01", "testimony": ""},
    ]
    assert found["behaviours_awaiting"] == ["B2", "B3", "B5", "B6"]
    text = pack(journal)
    assert 'B1, Colin Marsh, 1 Sep 2026: "Ships safely."' in text
    assert "Waiting for the employer: B2 B3 B5 B6" in text


def test_a_review_held_does_not_know_what_was_verified_after_it(tmp_path: Path) -> None:
    journal = council(tmp_path, date(2026, 9, 1))
    ready(journal)
    held = journal.reviews.hold(present=["Ruth"]).review
    journal = at(journal, TODAY)
    journal.verifying.employer_verify("B1", "Colin Marsh")
    assert journal.reviews.pack(held).vouched == ()
    assert [one.ksb for one in journal.reviews.pack().vouched] == ["B1"]


def test_a_review_held_today_is_in_view_at_once_with_its_signatures(tmp_path: Path) -> None:
    journal = council(tmp_path)
    log(journal, learned=WORDS)
    ready(journal)
    held = journal.reviews.hold(present=["Ruth"]).review
    journal.reviews.sign("Ruth", "tutor")
    assert "in preparation" not in pack(journal)
    found = journal.reviews.pack()
    assert (found.review.id, found.review.held) == (held.id, True)
    assert [(one.role, one.name) for one in found.review.signatures] == [("provider", "Ruth")]
    assert [action.text for action in found.agreed] == ["Plan the user test"]
    after = journal.reviews.pack(journal.reviews.asked("next"))
    assert (after.review.held, after.changed.added, after.changed.since) == (False, (), TODAY)
    assert (after.due.number if after.due else 0) == 2
    assert [action.text for action in after.earlier] == ["Plan the user test"]
    journal = at(journal, date(2026, 9, 24))
    assert not journal.reviews.current().held
    assert journal.reviews.asked("HELD").id == held.id


def test_two_reviews_on_a_day_are_refused_and_the_first_stays_whole(tmp_path: Path) -> None:
    journal = council(tmp_path)
    ready(journal)
    first = journal.reviews.hold(present=["Ruth"]).review
    for action in journal.actions.open():
        journal.reviews.answer(action.id, "Not yet.")
    ready(journal)
    with pytest.raises(Conflict, match="last review was on"):
        journal.reviews.hold(present=["Ruth"])
    assert [review.id for review in journal.reviews.held()] == [first.id]
    assert journal.reviews.draft is not None


def test_a_held_review_that_is_asked_for_and_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KsbtuiError, match="not had a review"):
        council(tmp_path).reviews.asked("held")


def test_a_review_in_what_became_a_break_stays_held(tmp_path: Path) -> None:
    journal = council(tmp_path, date(2026, 9, 1))
    ready(journal)
    held = journal.reviews.hold(present=["Ruth"]).review
    journal = at(journal, TODAY)
    journal.enrolments.add_break(date(2026, 8, 20), date(2026, 9, 20))
    assert journal.progress.view.reviews_held == (held.day,)
    assert "is in a break" in pack(journal, held)
