"""What kind of activity a title speaks of: a suggestion, taken only if the learner says so."""

from __future__ import annotations

import re

_WORDS = (
    ("english-maths", r"functional skills|(?:english|maths) (?:class|course|exam|lesson|session)"),
    ("review", r"(?:progress|tripartite|quarterly|12[- ]week) review"),
    ("induction", r"induction|onboarding|initial assessment"),
    ("assessment", r"(?:end|final|knowledge|multiple[- ]choice) (?:exam|test)|exam"),
    ("shadowing", r"shadow(?:ed|ing)?|site visit|visit(?:ed|ing)?|sat in (?:on|with)"),
    ("coaching", r"coach(?:ed|ing)?|mentor(?:ed|ing)?|one[- ]to[- ]one|1[:-]1|supervision"),
    ("workshop", r"workshop|master ?class|hackathon|training day"),
    ("e-learning", r"e-?learning|online (?:course|module|training)|mooc|podcast|tutorial videos?"),
    ("session", r"webinar|lecture|seminar|taught session|training session|class|lesson|tutorial"),
    ("event", r"conference|meet-?up|networking|exhibition|fair|community of practice"),
    ("assignment", r"assignment|coursework|essay"),
    ("revision", r"revis(?:ed?|ing|ion)|mock (?:discussion|exam|test)|past papers?"),
    ("reflection", r"reflect(?:ed|ing|ions?|ive)?|learning (?:journal|log)"),
    ("research", r"read(?:ing)?|research(?:ed|ing)?|literature|stud(?:y|ied|ying)"),
    ("practice", r"practi[cs](?:e|ed|ing)|rehears(?:al|ed|ing)|role play"),
    ("project", r"(?:live|my|our|workplace) project|project (?:board|meeting|plan|work)"),
)
_FOUND = tuple((id, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for id, words in _WORDS)


def type_in_title(title: str) -> str:
    """The id of the activity type whose word comes first in a title; empty if none does."""
    found = [(match.start(), id) for id, words in _FOUND if (match := words.search(title[:200]))]
    return min(found)[1] if found else ""
