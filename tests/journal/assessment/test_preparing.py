"""Preparing over a real journal: questions, answers, sessions, stories, scans, gateway."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ksbtui.clock import Clock
from ksbtui.core.assessment.discussion import LEVELS
from ksbtui.core.entry.entries import Entry, Evidence
from ksbtui.core.programme.standards import Ksb, Standard
from ksbtui.errors import KsbtuiError
from ksbtui.journal.assessment.discussion import PRACTICE_QUESTIONS, Given
from ksbtui.journal.journal import Journal
from ksbtui.journal.programme.enrolments import Agreed
from ksbtui.store.seed import assessment, seeds

DAY = date(2026, 6, 30)


@dataclass(frozen=True, slots=True)
class At(Clock):
    """A clock that stands where it is put."""

    instant: str = "2026-06-30T09:00:00.000Z"

    def now(self) -> str:
        return self.instant


def journal_at(path: Path, instant: str = "2026-06-30T09:00:00.000Z") -> Journal:
    return Journal(path / "journal.db", At(DAY, instant))


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = journal_at(tmp_path)
    made.enrolments.set_up(Agreed("ST1512", "local-government-14-months", date(2026, 1, 12)))
    return made


def log(
    journal: Journal, title: str, *codes: str, private: bool = False, **fields: object
) -> Entry:
    entry = Entry("", date(2026, 6, 1), 60, title, ksbs=codes, private=private)
    return journal.entries.add(replace(entry, **fields)).entry  # type: ignore[arg-type]


def artefact(title: str, private: bool = False) -> Evidence:
    return Evidence("", "other", title, f"{title}.pdf", private=private)


def test_every_ksb_has_three_questions_and_only_its_own(journal: Journal) -> None:
    asked = journal.discussing.questions
    assert len({q.key for q in asked}) == len(asked) == 64 * 3
    assert len({q.text for q in asked}) == len(asked)


def test_a_set_serves_another_version_only_where_the_statement_is_the_same() -> None:
    shipped = seeds.find(seeds.standards(), "ST1512-2.0", "standard")
    k2 = replace(shipped.ksbs[1], text="Another statement altogether.", short="", plain="")
    newer = replace(shipped, version="2.1", ksbs=(shipped.ksbs[0], k2))
    of = {q.key: q.text for q in assessment.questions(newer)}
    meant = {q.key: q.text for q in assessment.questions(shipped)}
    assert of["K1", "describe"] == meant["K1", "describe"]
    assert of["K2", "describe"] != meant["K2", "describe"]
    assert "Another statement altogether" in of["K2", "describe"]


def test_an_imported_standard_with_one_ksb_is_asked_from_stems() -> None:
    lone = Standard("ST9", "1.0", "apprenticeship", "Lone", (Ksb("S7", "Bake bread daily."),))
    asked = assessment.questions(lone)
    assert [q.level for q in asked] == list(LEVELS)
    assert all("Bake bread daily" in q.text for q in asked)


def test_a_question_shows_own_entries_and_never_private_ones_unasked(journal: Journal) -> None:
    log(journal, "Shown", "K14", evidence=(artefact("Plan"), artefact("Names", private=True)))
    log(journal, "Hidden", "K14", private=True)
    log(journal, "Elsewhere", "K15")
    (shown,) = journal.discussing.evidence_for("K14")
    assert [one.title for one in shown.evidence] == ["Plan"]
    assert len(journal.discussing.evidence_for("K14", private=True)) == 2
    index = journal.discussing.evidence_index()
    named = [one.title for row in index.rows for one in row.artefacts]
    assert (named, index.withheld) == (["Plan"], 1)
    assert journal.discussing.evidence_for("K1") == []


def test_an_answer_counts_as_rehearsed_and_sends_its_question_back(journal: Journal) -> None:
    first = journal.discussing.deck("K14")[0]
    journal.discussing.answer(first, Given(2, "No figures.", ("why", "what")))
    (kept,) = journal.discussing.answers()
    assert (kept.score, kept.notes, kept.checked) == (2, "No figures.", ("what", "why"))
    assert journal.discussing.deck("K14")[-1] == first
    found = journal.progress.view.coverage.ksb("K14")
    assert found is not None
    assert found.rehearsed
    journal.undo()
    assert journal.discussing.answers() == ()


@pytest.mark.parametrize("given", [Given(0), Given(5), Given(3, checked=("grade",))])
def test_what_is_no_score_or_check_is_refused(journal: Journal, given: Given) -> None:
    with pytest.raises(KsbtuiError):
        journal.discussing.answer(journal.discussing.questions[0], given)
    assert journal.discussing.answers() == ()


def test_a_mock_goes_on_where_it_was_in_another_terminal(journal: Journal, tmp_path: Path) -> None:
    begun = journal.discussing.start(mock_of=10, seed="x")
    journal.close()
    later = journal_at(tmp_path, "2026-06-30T09:04:00.000Z")
    session = later.discussing.session
    assert session == begun
    second = later.discussing.score(session.noted(("what",), "Half a thought"), 2)
    assert second.question is not None
    later.close()
    third = journal_at(tmp_path, "2026-06-30T09:06:00.000Z")
    found = third.discussing.session
    assert found is not None
    assert (found.place, found.watch.seconds(third.clock.now())) == (1, 360)
    (answer,) = third.discussing.answers()
    assert (answer.seconds, answer.notes, answer.mock) == (240, "Half a thought", begun.id)


def test_a_mock_ends_with_its_last_question_and_leaves_nothing_in_progress(
    journal: Journal,
) -> None:
    session = journal.discussing.start(mock_of=8)
    for score in (1, 2, 3, 4, 1, 2, 3):
        session = journal.discussing.score(session, score)
    over = journal.discussing.score(session, 4)
    assert over.question is None
    assert journal.discussing.results(over).sound == 4
    assert journal.discussing.session is None
    assert len(journal.discussing.answers()) == 8


def test_two_sittings_never_run_at_once_and_a_mock_is_8_to_12(journal: Journal) -> None:
    with pytest.raises(KsbtuiError, match="mock discussion cannot have 30"):
        journal.discussing.start(mock_of=30)
    practice = journal.discussing.start()
    assert len(practice.questions) == PRACTICE_QUESTIONS
    with pytest.raises(KsbtuiError, match="still open"):
        journal.discussing.start(mock_of=10)


def test_a_story_begins_with_an_entrys_own_words(journal: Journal) -> None:
    entry = log(journal, "Pilot", "K4", "S15", notes="I ran it.", learned="Start smaller.")
    story = journal.stories.add(source=entry.id[:5])
    assert (story.title, story.ksbs, story.entries) == ("Pilot", ("K4", "S15"), (entry.id,))
    assert (story.action, story.learning) == ("I ran it.", "Start smaller.")
    journal.entries.delete([entry.id])
    changed = journal.stories.change(story.id, result="Two minutes less.")
    assert changed.entries == (entry.id,)
    assert "K4" not in journal.stories.without()
    assert [pick.adds for pick in journal.stories.few()] == [("K4", "S15")]
    journal.stories.remove(story.id)
    assert len(journal.stories.without()) == 64


def test_a_project_keeps_items_and_measures_and_refuses_nonsense(journal: Journal) -> None:
    journal.project.name("Triage")
    made = journal.project.add("risks", "Rare cases go wrong.", kind="bias", ksbs=("K28",))
    measure = journal.project.add_measure("Rating", kind="satisfaction", before=Decimal(3))
    assert (measure.unit, measure.better) == ("points", "higher")
    journal.project.change(measure.id, after=Decimal(4))
    read = journal.project.read()
    assert (read.title, read.approval_due) == ("Triage", date(2026, 6, 11))
    assert read.of("risks") == (made,)
    assert read.benefits[0].percent == 33
    for section, text, fields in (
        ("nowhere", "x", {}),
        ("risks", " ", {}),
        ("risks", "x", {"kind": "weather"}),
        ("scope", "x", {"kind": "bias"}),
        ("scope", "x", {"day": date(2026, 7, 1)}),
        ("scope", "x", {"entries": ("zzzz",)}),
    ):
        with pytest.raises(KsbtuiError):
            journal.project.add(section, text, **fields)
    assert len(journal.project.read().items) == 1


def test_the_pack_never_names_a_private_entry(journal: Journal) -> None:
    secret = log(journal, "Grievance of a colleague", "K1", private=True)
    journal.project.add("problem", "Calls wait.", entries=(secret.id,))
    assert "Grievance" not in str(journal.project.page())


def test_ratings_are_added_and_the_first_ones_stay_the_start(journal: Journal) -> None:
    journal.scans.rate("K1-K2", 2, day=date(2026, 1, 12))
    journal.scans.rate("K3", 1, occasion="start", day=date(2026, 1, 12))
    journal.scans.rate("K1", 4)
    journal.scans.rate("K1", 1, by="Ruth")
    scans = journal.scans.all()
    assert [(s.occasion, s.by, len(s.ratings)) for s in scans] == [
        ("start", "self", 3),
        ("start", "Ruth", 1),
        ("review", "self", 1),
    ]
    report = journal.scans.report()
    assert report.distances[0].moved == 2
    assert report.mismatches.rated_high == ("K1",)
    assert report.mismatches.apart == ("K1",)
    assert len(report.unrated) == 61


@pytest.mark.parametrize(
    ("codes", "rating", "fields"),
    [
        ("K1", 6, {}),
        ("K1", 0, {}),
        ("K40", 3, {}),
        ("", 3, {}),
        ("K1", 3, {"occasion": "Christmas"}),
        ("K1", 3, {"day": date(2026, 7, 1)}),
    ],
)
def test_ratings_that_make_no_sense_are_refused(
    journal: Journal, codes: str, rating: int, fields: dict[str, object]
) -> None:
    with pytest.raises(KsbtuiError):
        journal.scans.rate(codes, rating, **fields)  # type: ignore[arg-type]
    assert journal.scans.all() == ()


def test_gateway_ticks_are_kept_with_a_name_and_taken_back(journal: Journal) -> None:
    before = journal.gateway.read()
    journal.gateway.tick("employer", "Colin Marsh", date(2026, 6, 29))
    assert journal.gateway.read().done == before.done + 1
    journal.gateway.untick("employer-agrees")
    assert journal.gateway.read() == before
    for item, by in (("minimum-hours", "Colin"), ("nothing", "Colin"), ("you-sign", " ")):
        with pytest.raises(KsbtuiError):
            journal.gateway.tick(item, by)
    with pytest.raises(KsbtuiError, match="not ticked"):
        journal.gateway.untick("you-sign")


def test_english_and_maths_are_asked_for_until_somebody_says(journal: Journal) -> None:
    def state() -> list[bool]:
        return [
            one.asked for one in journal.gateway.read().items if one.item.id == "english-and-maths"
        ]

    assert state() == [True]
    journal.gateway.settle(english_maths=True)
    assert state() == [False]
    journal.gateway.settle(english_maths=False)
    assert state() == []


def test_a_unit_prepares_without_behaviours_duties_or_reviews(tmp_path: Path) -> None:
    unit = journal_at(tmp_path)
    unit.enrolments.set_up(Agreed("AU0002", "au0002-16-weeks", date(2026, 5, 4)))
    assert len(unit.discussing.questions) == 29 * 3
    assert {q.code[0] for q in unit.discussing.start(mock_of=8).questions} == {"K", "S"}
    unit.gateway.settle(extended=True)
    found = unit.gateway.read()
    assert [one.item.id for one in found.items if one.item.optional] == [
        "knowledge-and-skills",
        "extended-decision",
        "extended-assessment",
    ]
    assert unit.project.read().approval_due is None
    assert unit.scans.report().spreads == ()


@pytest.mark.parametrize("programme", ["st1512-18-months", "local-government-14-months"])
def test_every_shipped_checklist_can_be_filled(tmp_path: Path, programme: str) -> None:
    journal = journal_at(tmp_path)
    journal.enrolments.set_up(Agreed("ST1512", programme, date(2026, 1, 12)))
    found = journal.gateway.read()
    assert found.items
    assert all(one.due for one in found.items)


def test_the_demo_has_practised_and_its_project_is_under_way(demo: Journal) -> None:
    code = demo.discussing.answers()[0].code
    assert demo.discussing.evidence_for(code), "a card names real entries"
    project = demo.project.read()
    assert project.approved
    assert project.approval_due
    assert project.approved <= project.approval_due
    assert [one.id for one in project.missing] == ["impact", "benefits"]
    assert all(item.entries for item in project.items), "every item rests on an entry"
    assert all(story.entries for story in demo.stories.all())
    assert demo.scans.report().spreads[0].steps > 0
    awaiting = demo.discussing.evidence_index().awaiting_employer
    assert awaiting == ("B2", "B3", "B5", "B6")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("check", "moon-phase", "no check 'moon-phase'"),
        ("kind", "guessed", "not computed or ticked"),
        ("only_if", "raining", "no condition 'raining'"),
        ("colour", "red", "colour"),
    ],
)
def test_a_gateway_list_of_ones_own_is_checked_and_named(
    tmp_path: Path, field: str, value: str, said: str
) -> None:
    item = {
        "id": "hours", "text": "Hours.", "kind": "computed", "check": "minimum-hours",
        "who": "you", "by": "gateway", "source": "mine", "confidence": "L",
        "when_missing": "Train.", field: value,
    }  # fmt: skip
    lines = ['programme = "p"', 'standard = "s"', 'title = "t"', "[[items]]"]
    lines += [f'{key} = "{text}"' for key, text in item.items()]
    path = tmp_path / "own.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(KsbtuiError, match=said) as refusal:
        assessment.read_gateway(path)
    assert str(path) in refusal.value.message


def test_shipped_lists_pass_the_same_checks() -> None:
    for path in seeds.seed_files("gateway"):
        shipped = assessment.read_gateway(path)
        assert shipped == seeds.validated(path, type(shipped), seeds.read_table(path))
    assert [words.value for words in assessment.scale().ratings] == [1, 2, 3, 4, 5]
