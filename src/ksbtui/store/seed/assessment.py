"""Data files for the assessment: questions, checklist, scan words, gateway lists.

The checklist and the words of the scan are ksbtui's own and read as they are; questions and
gateway lists may also be the person's, and are checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ksbtui.core.assessment.discussion import (
    LEVELS,
    CheckItem,
    Checklist,
    Question,
    ScoreText,
    from_stems,
)
from ksbtui.core.assessment.gateway import (
    CHECKS,
    COMPUTED,
    CONDITIONS,
    TICKED,
    GatewayItem,
    GatewayList,
)
from ksbtui.core.assessment.scan import RatingText, Scale
from ksbtui.core.programme.standards import Ksb, Standard
from ksbtui.errors import NotFound
from ksbtui.store.seed.seeds import (
    Table,
    checked,
    read_table,
    seed_files,
    seed_root,
    standards,
    validated,
)

_FACTS = ("standard", "version")
"""Keys of a question file that are no code."""
FOLLOW_UP = "follow_up"
"""Key of a code's follow-up questions, by level; a set may leave it out."""


def questions(standard: Standard, option: str = "") -> tuple[Question, ...]:
    """Three questions for every KSB: those written for its statement, else from stems.

    A set serves the version it names, and any other version of its standard where the
    statement is still word for word the same.
    """
    written: dict[str, Table] = {}
    for path in seed_files("discussion"):
        table = read_table(path)
        if table.get("standard") == standard.ref:
            fitting = _fitting(table, standard)
            written |= {
                code: _levels(path, code, table[code])
                for code in table
                if code not in _FACTS and code in fitting
            }
    ksbs = standard.ksbs_of(option)
    own = [
        Question(code, level, texts[level], texts[FOLLOW_UP].get(level, ""))
        for code, texts in ((ksb.code, written.get(ksb.code)) for ksb in ksbs)
        if texts
        for level in LEVELS
    ]
    others = [ksb for ksb in ksbs if ksb.code not in written]
    if not others:
        return tuple(own)
    return (*own, *from_stems(others, read_table(seed_root() / "discussion" / "stems.toml")))


def _fitting(table: Table, standard: Standard) -> frozenset[str]:
    """The codes whose statements a set was written for."""
    codes = {ksb.code for ksb in standard.ksbs}
    if table.get("version") in (None, standard.version):
        return frozenset(codes)
    meant = standards().items.get(f"{standard.ref}-{table['version']}")
    return frozenset(
        code for code in codes if meant and _text(meant.ksb(code)) == _text(standard.ksb(code))
    )


def _text(ksb: Ksb | None) -> str:
    return " ".join(ksb.text.split()) if ksb else ""


def _levels(path: Path, code: str, table: Any) -> Table:
    """A code's questions and follow-ups, refused unless each level has a question."""
    levels = ", ".join(LEVELS)
    if not isinstance(table, dict) or any(not isinstance(table.get(lv), str) for lv in LEVELS):
        checked(path, table, [f"{code}: it needs one question for each of {levels}"])
    more = table.get(FOLLOW_UP, {})
    if not isinstance(more, dict) or any(not isinstance(text, str) for text in more.values()):
        checked(path, table, [f"{code}: {FOLLOW_UP} needs one text for each of {levels}"])
    return {**table, FOLLOW_UP: more}


def checklist() -> Checklist:
    """Read what the practice card asks after an answer, and the words of its scores."""
    path = seed_root() / "discussion" / "checklist.toml"
    table = read_table(path)
    return Checklist(
        tuple(CheckItem(**item) for item in table["items"]),
        tuple(ScoreText(**words) for words in table["scores"]),
    )


def scale() -> Scale:
    """Read the words of the skills scan's ratings."""
    table = read_table(seed_root() / "scan.toml")
    return Scale(table["intro"], tuple(RatingText(**words) for words in table["ratings"]))


def gateway_list(programme: str, standard: str) -> GatewayList:
    """Read the checklist of a programme, else one of its standard, or refuse."""
    lists = [read_gateway(path) for path in seed_files("gateway")]
    exact = [each for each in lists if each.programme == programme]
    similar = [each for each in lists if each.standard == standard]
    if not exact and not similar:
        raise NotFound(
            f"There is no gateway list for {programme}.",
            "Ask your provider for theirs. You can add it as a file in the gateway/ folder "
            "of the data folder.",
        )
    return (exact or similar)[-1]


def read_gateway(path: Path) -> GatewayList:
    """Read a checklist; one of the person's own must hold what ksbtui knows how to ask for.

    The shipped ones are held to that by tests, so they are read without the validator,
    which alone takes longer to load than the screen they stand on.
    """
    table = read_table(path)
    if path.is_relative_to(seed_root()):
        items = tuple(GatewayItem(**item) for item in table.pop("items"))
        return GatewayList(**table, items=items)
    checklist: GatewayList = validated(path, GatewayList, table)
    return checked(path, checklist, _faults(checklist))


def _faults(checklist: GatewayList) -> Iterator[str]:
    for item in checklist.items:
        if item.kind not in (COMPUTED, TICKED):
            yield f"{item.id}: {item.kind!r} is not {COMPUTED} or {TICKED}"
        if item.kind == COMPUTED and item.check not in CHECKS:
            yield f"{item.id}: there is no check {item.check!r}"
        if item.only_if and item.only_if not in CONDITIONS:
            yield f"{item.id}: there is no condition {item.only_if!r}"
