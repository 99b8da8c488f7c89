"""Reckoning over a learner's own words, which are counted and never changed."""

from __future__ import annotations

from collections.abc import Collection

SHOWN = 40
"""Characters of a person's own text that a refusal repeats."""

_MARKS = "#*_: \t"


def word_count(learned: str, headings: Collection[str] = ()) -> int:
    """Whitespace-separated words of ``learned``, without the headings of a template.

    A line is a heading if, without leading or trailing ``#``, ``*``, ``_``, ``:`` and spaces,
    it equals one of ``headings`` in any case.
    """
    known = {_bare(heading) for heading in headings} - {""}
    return sum(len(line.split()) for line in learned.splitlines() if _bare(line) not in known)


def is_heading(line: str, headings: Collection[str]) -> bool:
    """Whether a line is one of the headings of a template, as :func:`word_count` takes it."""
    bare = _bare(line)
    return bool(bare) and any(bare == _bare(heading) for heading in headings)


def _bare(line: str) -> str:
    return line.strip().strip(_MARKS).casefold()


def quoted(text: str) -> str:
    """What a person typed, fit for one line of a refusal: quoted, on one line, cut if long."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= SHOWN else f'"{line[: SHOWN - 1]}…"'


def number_of(count: int, one: str, many: str = "") -> str:
    """A count with its noun: ``1 entry``, ``1,204 entries``; ``many`` defaults to one + s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def clean(text: str) -> str:
    """Make typed or pasted text storable: no NUL, no half characters, plain line ends.

    Lone surrogates (from a broken paste) become question marks; everything
    else, markup and control pictures included, stays as typed.
    """
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode("utf-8")
