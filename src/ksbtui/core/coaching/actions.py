"""Actions: what was agreed, who does it and by when; done, dropped or still open."""

from __future__ import annotations

import re
from datetime import date

from ksbtui.core.codec import encode_fields
from ksbtui.core.days import long_day
from ksbtui.core.frozen import dataclass
from ksbtui.core.programme.plan import Plan
from ksbtui.core.text.text import quoted
from ksbtui.errors import Conflict, Unreadable

OPEN, DONE, DROPPED = "open", "done", "dropped"

_VERBS = """
add agree analyse apply arrange ask assess attach attend book brief build bring calculate
change check clarify collect compare complete confirm contact cost create decide define
deliver demonstrate describe design develop discuss document draft draw edit email enrol
evaluate explain export file fill find finish fix follow gather get give hold identify
install interview invite join keep lead learn link list listen log make map measure meet
mentor move name note observe offer open order organise pick pilot plan practise prepare
present produce propose protect provide publish put raise read rebuild record redesign
reflect register rehearse remove repeat reply report request research review revise rewrite
ring run save say schedule scope send set shadow share show sign sit sketch speak start study
submit summarise survey tag take talk teach tell test train trial try update upload use
validate verify visit walk watch weigh write
"""
VERBS = frozenset(_VERBS.split())
"""Verbs an action may begin with; a hint, so a missing one costs nobody anything."""

VAGUE = ("asap", "at some point", "etc", "look at", "look into", "more", "soon", "think about")
"""Words that leave open what will be there when it is done, or when."""

_OPENING_WORDS = 4
_ARTICLES = frozenset(
    ("a", "an", "her", "his", "my", "our", "that", "the", "their", "this", "your")
)
"""Words after which a verb is a thing: "the plan"."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing agreed: what, who, by when, for which KSBs, from which call or review.

    ``source`` is the id of that call or review, empty where it came from neither. ``why``
    says why it was dropped, or how it went.
    """

    id: str
    enrolment: str
    text: str
    who: str
    due: date
    made: date
    ksbs: tuple[str, ...] = ()
    state: str = OPEN
    done: date | None = None
    """The day it was done or dropped."""
    source: str = ""
    why: str = ""

    def overdue(self, as_at: date) -> bool:
        return self.state == OPEN and self.due < as_at

    def as_json(self, as_at: date) -> dict[str, object]:
        return {**encode_fields(self, "enrolment"), "overdue": self.overdue(as_at)}


def check_new(action: Action) -> None:
    """Refuse an action that says too little to be one, or is due before it was made."""
    if not action.text:
        raise Unreadable(
            "An action needs a description.",
            "Describe it, starting with a verb such as draft or ask.",
        )
    if not action.who:
        raise Unreadable(
            "An action needs a person to do it.", "Add --who learner, tutor, manager or a name."
        )
    if action.due < action.made:
        raise Conflict(
            f"{long_day(action.due)} is before {long_day(action.made)}, when it was agreed.",
            "Enter a day in the future, such as fri, +14 or 2 weeks.",
        )


def check_closing(action: Action, day: date, as_at: date) -> None:
    """Refuse to close an action twice, before it was made, or in the future."""
    if action.state != OPEN:
        closed = f" on {long_day(action.done)}" if action.done else ""
        raise Conflict(
            f"{quoted(action.text)} was already {action.state}{closed}.",
            "If that is wrong, undo it.",
        )
    if day < action.made:
        raise Conflict(
            f"It was agreed on {long_day(action.made)}, after {long_day(day)}.",
            "Enter a later day, or add a new action.",
        )
    if day > as_at:
        raise Conflict(f"{long_day(day)} is in the future.", "Mark it as done when it is done.")


def hints(action: Action, plan: Plan, due_given: bool = True) -> tuple[str, ...]:
    """What would make an action easier to keep: a verb, a clear end, a day that can be met."""
    advice = []
    words = re.findall(r"[a-z]+", action.text.casefold())
    opening = zip(["", *words], words[:_OPENING_WORDS], strict=False)
    if not any(word in VERBS and before not in _ARTICLES for before, word in opening):
        advice.append("Start with a verb, such as draft, ask or test.")
    plain = f" {' '.join(words)} "
    vague = next((phrase for phrase in VAGUE if f" {phrase} " in plain), None)
    if vague:
        advice.append(f"{quoted(vague)} is vague. Describe what will exist when it is done.")
    if not due_given:
        advice.append(f"You entered no day, so it is due on {long_day(action.due)}.")
    if plan.in_break(action.due):
        advice.append(f"{long_day(action.due)} is in a break in learning.")
    elif action.due > plan.last:
        advice.append(f"The programme ends before that, on {long_day(plan.last)}.")
    return tuple(advice)
