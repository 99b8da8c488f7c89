"""Stories: what an entry already tells, what none tells, and the few that tell most."""

from dataclasses import replace
from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.assessment.stories import Story, few, parts_of, without_story
from ksbtui.core.codec import decode, encode
from ksbtui.core.entry.entries import Entry

CODES = [f"K{n}" for n in range(1, 8)]


def story(id: str, *codes: str) -> Story:
    return Story(id, "e", f"Story {id}", ksbs=codes)


def entry(notes: str, learned: str) -> Entry:
    return Entry("abcd", date(2026, 6, 1), 60, "A day", notes=notes, learned=learned)


def test_an_entry_written_under_starl_headings_falls_into_its_parts() -> None:
    learned = "Situation\nA queue.\nStill a queue.\n\n## Result:\nNo queue.\n"
    found = parts_of(entry("I counted.", learned))
    expected = {"situation": "A queue.\nStill a queue.", "result": "No queue."}
    assert found == {"action": "I counted.", **expected}


def test_any_other_entry_gives_what_was_done_and_learned() -> None:
    assert parts_of(entry("I counted.", "Counting helps.")) == {
        "action": "I counted.",
        "learning": "Counting helps.",
    }


def test_what_is_missing_is_named_in_the_order_it_is_told() -> None:
    one = replace(story("a"), situation="x", result=" ")
    assert one.missing == ("task", "action", "result", "learning")
    assert one.words == 1


def test_ksbs_without_a_story_keep_their_order() -> None:
    assert without_story(["S1", "K2", "K1"], [story("a", "K2")]) == ("S1", "K1")


def test_each_pick_adds_most_to_those_before_it() -> None:
    bank = [
        story("a", "K1", "K2"),
        story("b", "K2", "K3", "K4"),
        story("c", "K1"),
        story("d", "K9"),
    ]
    assert [(p.story.id, p.adds) for p in few(bank, CODES)] == [
        ("b", ("K2", "K3", "K4")),
        ("a", ("K1",)),
    ]


def test_a_tie_goes_to_the_story_that_is_written() -> None:
    told = replace(story("z", "K1"), situation="a", task="b", action="c", result="d")
    assert few([story("a", "K1"), told], CODES)[0].story.id == "z"


@given(st.lists(st.sets(st.sampled_from(CODES)), max_size=6))
def test_the_picks_cover_all_that_can_be_covered_and_nothing_twice(banks: list[set[str]]) -> None:
    bank = [story(str(n), *sorted(codes)) for n, codes in enumerate(banks)]
    picks = few(bank, CODES)
    added = [code for pick in picks for code in pick.adds]
    assert len(added) == len(set(added))
    assert set(added) == set().union(*banks)
    assert picks == few(bank[::-1], CODES)
    best = max((len(a | b) for a, b in combinations(banks, 2)), default=0)
    assert 4 * sum(len(p.adds) for p in picks[:2]) >= 3 * best  # the greedy bound for two


def test_a_story_comes_back_as_it_was_kept() -> None:
    kept = Story("i", "e", "T", "s", "t", "a", "r", "l", ("K1",), ("abcd",))
    assert decode(Story, encode(kept)) == kept
