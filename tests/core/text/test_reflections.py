"""Templates guide and hints nudge; neither writes for the learner."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.text.reflections import Stage, Template, begun, hints, template_faults
from ksbtui.core.text.text import word_count

GIBBS = Template("g", "G", (Stage("What happened?", "…"), Stage("So what", "…")))
HEADINGS = [stage.heading for stage in GIBBS.stages]
GOOD = "I learned that the same prompt gives other answers on Monday; next time I will keep both."


def ids(text: str, **more: object) -> list[str]:
    return [hint.id for hint in hints(text, headings=HEADINGS, **more)]  # type: ignore[arg-type]


def test_an_empty_template_has_no_words_of_its_own() -> None:
    headings = begun("", GIBBS)
    assert headings.splitlines()[0] == "## What happened?"
    assert word_count(headings, HEADINGS) == 0
    assert ids(headings) == []


def test_beginning_keeps_the_text_and_repeats_no_heading() -> None:
    text = begun("Mine.\n\n**so what**\nIt matters.", GIBBS)
    assert text.startswith("Mine.\n\n**so what**\nIt matters.\n\n## What happened?")
    assert text.count("o what") == 1


def test_hints() -> None:
    assert ids(GOOD) == []
    assert ids("Attended a session.") == ["short", "no-learning"]
    we = "We learned that our prompts gave us other answers on Monday and we kept both of them."
    assert ids(we) == ["only-we"]
    assert ids(f"## What happened?\n\n## So what\n{GOOD}") == ["empty-stage"]
    copied = hints(f"{GOOD} Indeed.", [("“Prompts” of 3 May", GOOD)])
    assert [hint.id for hint in copied] == ["copied"]
    assert "“Prompts” of 3 May" in copied[0].text


def test_a_template_without_stages_or_headings_is_at_fault() -> None:
    assert list(template_faults(GIBBS)) == []
    assert list(template_faults(Template("x", "X", ()))) == ["stages: there is none"]
    twice = Template("x", "X", (Stage(" ", ""), Stage("A", ""), Stage("a", "")))
    assert len(list(template_faults(twice))) == 2


@given(st.text(), st.text())
def test_hints_take_any_text(text: str, other: str) -> None:
    hints(text, [("x", other), ("y", text)], HEADINGS)
    assert begun(text, GIBBS).startswith(text.rstrip("\n") if text.strip() else "## ")
