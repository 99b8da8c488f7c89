"""What is tagged and attached to the entry in hand, below its texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ksbtui.core.coverage.coverage import Coverage, KsbState
from ksbtui.presentation.parts import Block, Pair
from ksbtui.widgets.frame.symbols import state_symbol
from ksbtui.widgets.text.styles import BOLD, MUTED, PLAIN, Line


@dataclass(frozen=True, slots=True)
class Parts:
    """Codes and evidence of the entry, what is suggested (a line), and its marks in words."""

    codes: Sequence[str]
    evidence: Sequence[Mapping[str, Any]]
    suggested: Line
    marks: str = ""


def tagged_blocks(parts: Parts, coverage: Coverage, *, narrow: bool) -> list[Block]:
    """List the KSBs and the evidence; a line each when narrow."""
    found = [ksb for code in parts.codes if (ksb := coverage.ksb(code))]
    if narrow:
        return _few(found, parts)
    if not found and not parts.evidence:
        return [[("None yet. ctrl+k finds them by code or by word.", MUTED)]]
    return [*map(_tagged, found), *map(_attached, parts.evidence)]


def _tagged(ksb: KsbState) -> Pair:
    left: Line = [(f"{ksb.code:<5}", BOLD), state_symbol(ksb.state)]
    return Pair([*left, (f" {ksb.state:<11}", MUTED), (ksb.statement, PLAIN)])


def _attached(item: Mapping[str, Any]) -> Pair:
    kind = f"private · {item['kind']}" if item.get("private") else item["kind"]
    return Pair([("Evidence  ", MUTED), (item["title"], PLAIN)], [(kind, MUTED)])


def _few(found: Sequence[KsbState], parts: Parts) -> list[Block]:
    """KSBs with the suggestions beside them; evidence and marks in a second line, if any."""
    line: Line = []
    for ksb in found:
        line += [(f"{ksb.code} ", BOLD), state_symbol(ksb.state), ("  ", PLAIN)]
    if not found:
        line = [("None yet." if parts.suggested else "None yet. ctrl+k finds them.", MUTED)]
    blocks: list[Block] = [Pair(line, parts.suggested)]
    titles = ", ".join(item["title"] for item in parts.evidence)
    if parts.evidence or parts.marks:
        left: Line = [("Evidence  ", MUTED), (titles, PLAIN)] if titles else []
        blocks.append(Pair(left, [(parts.marks, MUTED)]))
    return blocks
