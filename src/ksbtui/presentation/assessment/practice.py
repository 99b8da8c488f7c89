"""How a practice went, for its last page and for commands."""

from __future__ import annotations

from ksbtui.core.assessment.discussion import Checklist
from ksbtui.core.assessment.practice_results import (
    AGAIN,
    LOG,
    MOCK,
    SHORTER,
    STORIES,
    UNANSWERED,
    Results,
    Scored,
    Share,
)
from ksbtui.core.assessment.practice_session import clock
from ksbtui.core.coverage.coverage import Coverage
from ksbtui.core.text.text import number_of
from ksbtui.presentation.parts import Block, Head, Pair
from ksbtui.presentation.styles import BOLD, DONE, MUTED, OWED, PLAIN, Line
from ksbtui.presentation.symbols import STATES

KINDS = {"K": "Knowledge", "S": "Skills", "B": "Behaviours"}
STEPS = {
    LOG: "Log an entry for {ksb}: you have none to answer from.",
    AGAIN: "Practise {ksb} again: it comes up first.",
    SHORTER: "Answer {ksb} again in {aim}: lead with the result.",
    UNANSWERED: "Practise the questions that were left.",
    MOCK: "Hold a mock discussion: it asks over K, S and B within the hour.",
    STORIES: "Read your stories aloud: a discussion draws several KSBs together.",
}


def headline(found: Results) -> str:
    """``9 of 12 sound or better``."""
    return f"{found.sound} of {len(found.answers)} sound or better"


def time_line(found: Results) -> str:
    """The time an answer took, against the aim."""
    took = f"{clock(found.average)} an answer, aim {clock(found.aim)}"
    over = f"; {number_of(len(found.over), 'answer')} longer" if found.over else ""
    return f"{took}{over}. {clock(found.seconds)} in all."


def step(found: Results, coverage: Coverage) -> str:
    """The one next step."""
    entries = {ksb.code: ksb.entries for ksb in coverage.ksbs}
    kind, code = found.next_step(entries)
    return STEPS[kind].format(ksb=_named(code, coverage), aim=clock(found.aim))


def blocks(found: Results, coverage: Coverage, checklist: Checklist) -> list[Block]:
    """The page: the number, the shares, the time, the weakest and the next step."""
    left = f"{number_of(found.left, 'question')} not answered" if found.left else ""
    made: list[Block] = [
        [(headline(found), BOLD), (f"  {left}" if left else "", MUTED)],
        [(time_line(found), OWED if found.average > found.aim else PLAIN)],
        None,
        Head("By kind"),
        *(_share(one, KINDS.get(one.name, one.name)) for one in found.by_kind),
        None,
        Head("By level"),
        *(_share(one, one.name.capitalize()) for one in found.by_level),
    ]
    if found.weakest:
        made += [None, Head("Weakest"), *(_weak(one, coverage, checklist) for one in found.weakest)]
    return [*made, None, Head("Next"), step(found, coverage)]


def plain_lines(found: Results, coverage: Coverage, checklist: Checklist) -> list[str]:
    """The same as plain lines."""
    lines = [f"{headline(found)}. {time_line(found)}"]
    for one in found.by_kind:
        lines.append(f"{KINDS.get(one.name, one.name)}: {one.sound} of {one.answered}")
    for one in found.by_level:
        lines.append(f"{one.name.capitalize()}: {one.sound} of {one.answered}")
    for scored in found.weakest:
        named = _named(scored.question.code, coverage)
        lines.append(f"Weakest: {named}, {checklist.label(scored.score)}")
    return [*lines, f"Next: {step(found, coverage)}"]


def _share(one: Share, label: str) -> Block:
    marks = STATES["evidenced"] * one.sound + STATES["mentioned"] * (one.answered - one.sound)
    left: Line = [(f"{label:<12}", MUTED), (marks, DONE)]
    return Pair(left, [(f"{one.sound} of {one.answered}", PLAIN)])


def _weak(one: Scored, coverage: Coverage, checklist: Checklist) -> Block:
    ksb = coverage.ksb(one.question.code)
    left: Line = [(f"{one.question.code:<5}", BOLD), (ksb.name if ksb else "", PLAIN)]
    return Pair(left, [(checklist.label(one.score), MUTED)])


def _named(code: str, coverage: Coverage) -> str:
    ksb = coverage.ksb(code) if code else None
    return f"{code} {ksb.name}" if ksb else code
