"""Example packs: texts with the KSBs their authors chose, to suggest from for others.

A pack is one JSON file for one standard. It holds texts and codes, no days, names or titles,
and the statements its codes stood for, because "K10" means something else in the next standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.programme.standards import Standard, code_key
from ksbtui.core.text.text import number_of
from ksbtui.errors import Conflict, Unreadable

FORMAT = "ksbtui-examples"
VERSION = 1
MOST_EXAMPLES = 2_000
MOST_CHARACTERS = 20_000
"""Of one text: what the suggester reads of it."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


@dataclass(frozen=True, slots=True)
class Example(ForbidExtra):
    """A text, and the codes a person tagged it with."""

    text: str
    ksbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack(ForbidExtra):
    """Examples for one standard, and what its codes say there."""

    format: str
    version: int
    standard: str
    statements: dict[str, str]
    examples: tuple[Example, ...]

    def redacted(self, texts: Iterable[str]) -> Pack:
        """The same pack with other texts in their places."""
        examples = zip(self.examples, texts, strict=True)
        return replace(self, examples=tuple(replace(each, text=text) for each, text in examples))


def make_pack(standard: Standard, examples: Iterable[Example]) -> Pack:
    """Put examples together, each text once; refuses where there is nothing to learn from."""
    by_text = {each.text: each for each in examples if each.text.strip() and each.ksbs}
    if not by_text:
        raise Conflict(
            "These entries have no text with KSBs.",
            "Choose entries with KSBs that say what you did or learned.",
        )
    used = sorted({code for each in by_text.values() for code in each.ksbs}, key=code_key)
    texts = {ksb.code: ksb.text for ksb in standard.ksbs}
    statements = {code: texts[code] for code in used if code in texts}
    return Pack(FORMAT, VERSION, standard.ref, statements, tuple(by_text.values()))


def check_pack(pack: Pack) -> None:
    """Refuse what is no pack of ours, is too large, or names codes without statements."""
    again = "Ask for a new one, made with: ksbtui examples export"
    if pack.format != FORMAT:
        raise Unreadable("This is not an example pack.", again)
    if pack.version > VERSION:
        raise Unreadable("This pack was made by a newer ksbtui.", "Install the newest ksbtui.")
    if len(pack.examples) > MOST_EXAMPLES:
        most = number_of(MOST_EXAMPLES, "example")
        raise Unreadable(f"The pack has more than {most}.", "Ask for a smaller one.")
    if any(len(each.text) > MOST_CHARACTERS for each in pack.examples):
        raise Unreadable("The pack contains a text of over 20,000 characters.", again)
    unknown = {code for each in pack.examples for code in each.ksbs} - set(pack.statements)
    if unknown or not pack.examples:
        raise Unreadable("The pack is damaged: examples and KSBs do not belong together.", again)


def check_name(name: str) -> str:
    """Give the name back that a pack is kept under; refuses one that no file can have."""
    if not _NAME.fullmatch(name):
        raise Unreadable(
            "A pack's name can have letters, digits, dots, dashes and underscores only.",
            "Enter one with --name.",
        )
    return name


def fitting_codes(pack: Pack, standard: Standard) -> frozenset[str]:
    """The codes of a pack that say the same in a standard; refuses a pack for another one."""
    texts: Mapping[str, str] = {ksb.code: ksb.text for ksb in standard.ksbs}
    same = {code for code, text in pack.statements.items() if _same(texts.get(code), text)}
    if not same:
        raise Conflict(
            f"This pack is for {pack.standard}, and you are on {standard.named}.",
            "Codes mean something else in another standard. Ask for a pack for yours.",
        )
    return frozenset(same)


def _same(mine: str | None, theirs: str) -> bool:
    """Whether two statements hold the same words, whatever stands between them."""
    words, others = (re.findall(r"\w+", (text or "").casefold()) for text in (mine, theirs))
    return mine is not None and words == others
