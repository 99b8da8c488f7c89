"""What is odd about a standard: gaps, duplicates, kinds and options without statements."""

from __future__ import annotations

from collections import Counter

from ksbtui.core.programme.standards import KSB_TYPES, TYPE_NAMES, Duty, Outcome, Standard


def oddities(standard: Standard) -> list[str]:
    """Each oddity in a sentence: of the codes, the kinds, the options, the duties and outcomes."""
    return [*_codes(standard), *_kinds(standard), *_groups(standard)]


def _codes(standard: Standard) -> list[str]:
    """Codes that stand twice where one learner would meet both, and gaps in the numbers."""
    counts = Counter(ksb.code for ksb in standard.ksbs)
    places = Counter((ksb.code, ksb.option) for ksb in standard.ksbs)
    core = {ksb.code for ksb in standard.ksbs if not ksb.option}
    twice = {code for (code, option), n in places.items() if n > 1 or (option and code in core)}
    found = [
        f"{code} stands {n} times; each is kept." for code, n in counts.items() if code in twice
    ]
    for letter in KSB_TYPES:
        numbers = {int(code[1:]) for code in counts if code[0] == letter}
        top = max(numbers, default=0)
        missing = [f"{letter}{number}" for number in range(1, top) if number not in numbers]
        if missing:
            named = ", ".join(missing[:10]) + (" …" if len(missing) > 10 else "")
            verb = "is" if len(missing) == 1 else "are"
            found.append(f"{named} {verb} missing: {letter} runs to {letter}{top}.")
    return found


def _kinds(standard: Standard) -> list[str]:
    """Kinds and options without a statement; a unit has no behaviours."""
    letters = {ksb.code[0] for ksb in standard.ksbs}
    found = [
        f"No {TYPE_NAMES[letter].lower()} were found ({letter}1, {letter}2 …)."
        for letter in KSB_TYPES
        if letter not in letters and not (letter == "B" and standard.kind == "unit")
    ]
    named = {ksb.option for ksb in standard.ksbs}
    empty = [option for option in standard.options if option not in named]
    return [*found, *(f"The option {option} has no KSB of its own." for option in empty)]


def _groups(standard: Standard) -> list[str]:
    """Duties and outcomes without KSBs, or with codes that the list lacks."""
    known = {ksb.code for ksb in standard.ksbs}
    groups: list[tuple[str, Duty | Outcome]] = [("Duty", duty) for duty in standard.duties]
    groups += [("Outcome", outcome) for outcome in standard.outcomes]
    found = []
    for what, group in groups:
        unknown = [code for code in group.ksbs if code not in known]
        if unknown:
            found.append(f"{what} {group.number} names {', '.join(unknown)}, not in the list.")
        if not group.ksbs:
            found.append(f"{what} {group.number} names no KSB.")
    return found
