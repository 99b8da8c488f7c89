"""What the coverage map is asked for: a filter, an order, and the map or rows by duty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ksbtui.core.coverage.coverage import Coverage, Group, KsbState, need
from ksbtui.core.programme.plan import ModuleDays
from ksbtui.presentation.parts import Row

ALL = ""
NEED_LABELS = ("Fragile gaps", "Other gaps", "To evidence", "Stale", "The rest")
"""The blocks of the order by need; :func:`ksbtui.core.coverage.coverage.need` numbers them."""
LABELS = {
    "gaps": "Gaps",
    "to-evidence": "To evidence",
    "stale": "Stale",
    "fragile": "Fragile",
    "module": "This module",
}
WORDS = {
    "gaps": "no entry, or none that says what you learned",
    "to-evidence": "all they lack is a file or link",
    "stale": "no entry for over 90 days",
    "fragile": "only one duty leads to them",
}


@dataclass(frozen=True, slots=True)
class Sift:
    """``what`` is a filter of :data:`ksbtui.core.coverage.coverage.FILTERS` or empty for all.

    ``number`` names the duty or outcome; ``by_need`` is the order, else by code; ``grouped``
    shows rows by duty or outcome in place of the map.
    """

    what: str = ALL
    number: int = 0
    by_need: bool = False
    grouped: bool = False

    @property
    def label(self) -> str:
        """The filter in words."""
        return LABELS.get(self.what, f"{self.what.capitalize()} {self.number}")


def sifted(coverage: Coverage, module: ModuleDays | None, sift: Sift) -> frozenset[str]:
    """The codes that pass the filter."""
    if sift.what == ALL:
        return frozenset(ksb.code for ksb in coverage.ksbs)
    codes = module.ksbs if module else ()
    return frozenset(coverage.select(sift.what, sift.number, codes))


def filter_rows(coverage: Coverage, module: ModuleDays | None) -> list[Row]:
    """The filters on offer, each with how many KSBs pass it; those none passes are left out."""
    rows = [Row(ALL or "all", "All", str(coverage.total))]
    for what, label in LABELS.items():
        count = len(sifted(coverage, module, Sift(what)))
        notes = (WORDS[what],) if what in WORDS else ()
        if what == "module" and module:
            notes = (f"{module.number} {module.title}",)
        if count:
            rows.append(Row(what, label, str(count), notes=notes))
    one = "duty" if coverage.duties else "outcome"
    if coverage.duties or coverage.outcomes:
        rows.append(Row(one, f"One {one} …"))
    return rows


def group_rows(groups: Sequence[Group], names: Mapping[int, str]) -> list[Row]:
    """The duties or outcomes to choose one from; those without KSBs are left out.

    ``names`` are short names by number, where some were written.
    """
    return [
        Row(
            str(group.number),
            names.get(group.number) or group.function or group.text,
            f"{group.covered}/{group.total}",
            lead=f"{group.number:>2}  ",
        )
        for group in groups
        if group.total
    ]


def by_need(coverage: Coverage) -> Iterator[tuple[str, tuple[KsbState, ...]]]:
    """The KSBs in blocks by need, empty blocks left out."""
    for number, label in enumerate(NEED_LABELS):
        if ksbs := tuple(ksb for ksb in coverage.by_need() if need(ksb) == number):
            yield label, ksbs
