"""The project: what is filled, what is empty, and the pack as a document."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from ksbtui.core.assessment.benefits import Measure
from ksbtui.core.assessment.project import SECTIONS, Project, ProjectItem, project
from ksbtui.core.assessment.project_pack import bars, project_page
from ksbtui.core.codec import decode, encode
from ksbtui.core.exchange.pages import plain
from tests.core.builders import course

DUE = date(2026, 6, 11)
TIME = Measure("m", "e", "Time per enquiry", before=Decimal(12), after=Decimal(9))


def item(section: str, day: date = date(2026, 5, 1), **fields: object) -> ProjectItem:
    made = ProjectItem(f"{section}-{day}", "e", section, f"About {section}", day)
    return replace(made, **fields)  # type: ignore[arg-type]


def full() -> Project:
    return project("Triage", [item(one.id) for one in SECTIONS], [TIME], DUE)


def test_an_empty_project_lacks_every_part() -> None:
    empty = project("", [], [])
    assert not empty.begun
    assert (empty.parts_filled, len(empty.missing)) == (0, 12)


def test_words_alone_do_not_measure_a_benefit() -> None:
    told = project("Triage", [item(one.id) for one in SECTIONS], [], DUE)
    assert [one.id for one in told.missing] == ["baseline", "benefits"]
    begun = project("Triage", told.items, [replace(TIME, after=None)], DUE)
    assert [one.id for one in begun.missing] == ["benefits"]
    assert full().complete


def test_every_measure_must_be_taken_twice() -> None:
    half = replace(TIME, id="n", after=None)
    assert not project("x", full().items, [TIME, half]).filled("benefits")


def test_items_stand_by_part_then_day_and_the_first_approval_counts() -> None:
    late, early = date(2026, 6, 20), date(2026, 6, 4)
    made = project("x", [item("approval", late), item("scope"), item("approval", early)], [], DUE)
    assert [one.section for one in made.items] == ["scope", "approval", "approval"]
    assert made.approved == early


def test_a_part_of_another_version_stands_last_and_is_kept() -> None:
    made = project("x", [item("governance"), item("problem")], [])
    assert [one.section for one in made.items] == ["problem", "governance"]


def test_the_pack_names_open_entries_and_counts_on_nothing_missing() -> None:
    tagged = item("problem", ksbs=("K5",), entries=("open", "gone"), detail="Counted.")
    made = project("Triage", [tagged, *full().items[1:]], [replace(TIME, runs=Decimal(400))], DUE)
    text = plain(project_page(course(), made, {"open": "Followed 25 enquiries"}, date(2026, 9, 1)))
    assert "Shown by: Followed 25 enquiries" in text
    assert "gone" not in text
    assert "KSBs: K5" in text
    assert "How you know: Counted." in text
    assert "Saved in a year: 240 hours" in text
    assert "3 minutes saved × 400 runs a month" in text
    assert "Not written yet" not in text


def test_a_pack_without_measures_or_words_is_still_a_document() -> None:
    text = plain(project_page(course(), project("", [], [], DUE), {}, date(2026, 9, 1)))
    assert text.startswith("Workplace project\n")
    assert "Approval not recorded yet. Due by 11 June 2026." in text
    assert text.count("Not written yet") == 12


def test_bars_share_one_scale_and_need_two_amounts_above_nought() -> None:
    (benefit,) = full().benefits
    before, after = bars(benefit)
    assert before.share(before.parts[0]) == 1
    assert after.share(after.parts[0]) == 0.75
    for odd in (replace(TIME, after=None), replace(TIME, before=Decimal(-1))):
        assert bars(project("", [], [odd]).benefits[0]) == ()
    nothing = replace(TIME, before=Decimal(0), after=Decimal(0))
    bar = bars(project("", [], [nothing]).benefits[0])[0]
    assert bar.share(bar.parts[0]) == 0


def test_an_item_comes_back_as_it_was_kept() -> None:
    kept = item("risks", kind="bias", ksbs=("K28",), entries=("a",), links=("x",), detail="d")
    assert decode(ProjectItem, encode(kept)) == kept
