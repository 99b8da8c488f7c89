"""Reflection templates, and gentle hints on thin text.

A template's stages become headings to write under; a hint says what a reader will miss. The
words stay the learner's own: nothing here writes or rewrites them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.entry.entries import APPLIED_WORDS
from ksbtui.core.text.text import is_heading, number_of, word_count

NEARLY_COPIED = 0.6
"""Share of a text's runs of five words that another entry holds, from which it is a copy."""

READ = 20_000
_RUN = 5
_LEARNING = re.compile(
    r"\b(learn\w*|realis\w*|realiz\w*|underst\w+|discover\w*|notic\w+|surpris\w+|found out|"
    r"now (?:know|see|can)|did(?:n[o'’]t| not) (?:know|expect|think)|next time|"
    r"would (?:now|have)|would not|taught|shows? (?:me|that)|showed (?:me|that|us)|improv\w+|"
    r"chang\w+|in future|mistake|differently|because|so that|will)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(we|our|ours|us)\b", re.IGNORECASE)
_I = re.compile(r"\b(I|I['’]\w+|my|me|mine|myself)\b")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Stage(ForbidExtra):
    """One step of a template: its heading, what to ask oneself, and about how many words."""

    heading: str
    prompt: str
    hint_words: int = 0


@dataclass(frozen=True, slots=True)
class Template(ForbidExtra):
    """A way to reflect: its stages in order."""

    id: str
    name: str
    stages: tuple[Stage, ...]
    summary: str = ""
    source: str = ""
    hint_words: int = 0


@dataclass(frozen=True, slots=True)
class Hint:
    """Something a reader would miss, said to the learner; nothing depends on it."""

    id: str
    text: str


def template_faults(template: Template) -> Iterator[str]:
    """What is wrong with a template, each with its place; nothing for a sound one."""
    if not template.stages:
        yield "stages: there is none"
    seen: set[str] = set()
    for number, stage in enumerate(template.stages, 1):
        heading = stage.heading.strip().casefold()
        if not heading or "\n" in stage.heading:
            yield f"stages.{number}.heading: it is empty or not one line"
        if heading in seen:
            yield f"stages.{number}.heading: {stage.heading!r} appears twice"
        seen.add(heading)


def begun(text: str, template: Template) -> str:
    """A text with a template's headings after it; headings it holds already are not repeated."""
    headings = [stage.heading for stage in template.stages]
    lines = text.splitlines()
    missing = [each for each in headings if not any(is_heading(line, [each]) for line in lines)]
    parts = [text.rstrip("\n")] if text.strip() else []
    return "\n\n".join([*parts, *(f"## {heading}\n" for heading in missing)])


def empty_stages(text: str, headings: Collection[str]) -> tuple[str, ...]:
    """The headings of a text that nothing is written under, in order."""
    empty: list[str] = []
    open_heading = ""
    for line in text.splitlines():
        if is_heading(line, headings):
            if open_heading:
                empty.append(open_heading)
            open_heading = line.strip().strip("#*_: \t")
        elif line.strip():
            open_heading = ""
    return (*empty, *((open_heading,) if open_heading else ()))


def hints(
    text: str,
    others: Iterable[tuple[str, str]] = (),
    headings: Collection[str] = (),
) -> tuple[Hint, ...]:
    """What a reader would miss in a reflection; nothing for an empty text.

    ``others`` are other entries of the learner (how to name it, its text); ``headings`` those
    of the templates, which are no words of the learner's.
    """
    lines = [line for line in text[:READ].splitlines() if not is_heading(line, headings)]
    own = "\n".join(lines)
    return tuple(_hints(text[:READ], own, others, headings)) if own.strip() else ()


def _hints(
    text: str, own: str, others: Iterable[tuple[str, str]], headings: Collection[str]
) -> Iterator[Hint]:
    words = word_count(own)
    if words < APPLIED_WORDS:
        yield Hint(
            "short",
            f"{number_of(words, 'word')} so far; from {APPLIED_WORDS} on it shows a "
            "KSB as applied.",
        )
    if not _LEARNING.search(own):
        yield Hint(
            "no-learning",
            "It says what happened. What do you know now that you did not know before?",
        )
    if _WE.search(own) and not _I.search(own):
        yield Hint("only-we", "It says we throughout. Which part of it was yours?")
    if empty := empty_stages(text, headings):
        yield Hint("empty-stage", f"You have not written anything under {' or '.join(empty)} yet.")
    if (name := _copied_from(own, others)) is not None:
        yield Hint("copied", f"Much of it is the same as in {name}. What was different this time?")


def _copied_from(own: str, others: Iterable[tuple[str, str]]) -> str | None:
    """The name of the first other text that holds most of this one; None if none does."""
    mine = _runs(own)
    if len(mine) < _RUN:
        return None
    for name, text in others:
        if len(mine & _runs(text[:READ])) >= NEARLY_COPIED * len(mine):
            return name
    return None


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
