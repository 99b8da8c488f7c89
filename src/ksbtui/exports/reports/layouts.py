"""Column layouts of the training log: data in ``seed/layouts``, one file each."""

from __future__ import annotations

from dataclasses import dataclass

from ksbtui.core.codec import ForbidExtra
from ksbtui.errors import SeedProblem
from ksbtui.store.seed.seeds import Found, find, read_table, seed_files, validated

USUAL = "standard"
"""The layout used when none is named."""


@dataclass(frozen=True, slots=True)
class LayoutColumn(ForbidExtra):
    """One column: its header, what fills it, and for hours the activity types it is for."""

    header: str
    value: str
    width: int = 14
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LayoutTotal(ForbidExtra):
    """A line below the rows: what it says and which figure stands there."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Layout(ForbidExtra):
    """A provider's form: ``entries`` are all that were ``logged`` or only those ``counted``."""

    id: str
    title: str
    entries: str
    columns: tuple[LayoutColumn, ...]
    footer: tuple[LayoutTotal, ...] = ()
    source: str = ""
    confidence: str = "M"


def layouts() -> Found[Layout]:
    """Read every layout on offer, shipped and the person's own, by id."""
    items: dict[str, Layout] = {}
    problems = []
    for path in seed_files("layouts"):
        try:
            layout: Layout = validated(path, Layout, read_table(path))
        except SeedProblem as problem:
            problems.append(problem)
        else:
            items[layout.id] = layout
    return Found(items, tuple(problems))


def find_layout(id: str) -> Layout:
    """Pick a layout by id; the usual one where none is named."""
    return find(layouts(), id.strip().lower() or USUAL, "layout")
