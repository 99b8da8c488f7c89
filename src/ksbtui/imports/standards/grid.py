"""Tables of a standard: which column is which, and what one row says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ksbtui.imports.standards.statements import code_list, code_of, is_note, statement_start

_ROLES = (
    ("version", r"version"),
    ("earliest", r"earliest start.*"),
    ("latest", r"latest start.*"),
    ("duty", r"dut(?:y|ies)(?: (?:no|number|text|description|statement)\.?)?"),
    ("function", r"function|functional area|area"),
    ("outcome", r"(?:learning )?outcomes?(?: (?:text|statement|description))?"),
    ("codes", r"ksbs?|ksb'?s|k\s?\+\s?s(?: mapping)?|.*\bmapping|ksbs? mapped|mapped ksbs?"),
    ("code", r"(?:ksb )?(?:code|id|ref|reference|no|number|#)\.?|ksb ref(?:erence)?|k/s/b"),
    (
        "statement",
        r"(?:ksb )?(?:statements?|descriptions?|text|detail|details|wording|criteria|requirement)"
        r"|what .{0,40}|knowledge|skills?|behaviou?rs?|knowledge, skills and behaviours",
    ),
    ("option", r"option|pathway|option/pathway|core\s*/\s*option|core or option|specialism"),
    ("type", r"type|category|ksb type|k, s or b"),
    ("note", r".*(?:assess|method|evidence|notes?|comments?|links?|url|status|rating|date).*"),
)
_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)
_DUTY_LIST = re.compile(r"(?:(?:dut(?:y|ies)|D)?\s*\d{1,2}\s*[,;&]?\s*(?:and\s+)?)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """The role of each column of a table, as its head names them."""

    roles: tuple[str, ...] = ()

    def cell(self, cells: tuple[str, ...], role: str) -> str:
        """The row's cell in the first column of that role; empty if there is none."""
        if role in self.roles:
            index = self.roles.index(role)
            return cells[index] if index < len(cells) else ""
        return ""

    @property
    def section(self) -> str:
        """What the table is about, by the roles in its head."""
        roles = set(self.roles)
        if "version" in roles and roles & {"earliest", "latest"}:
            return "versions"
        if "statement" in roles and roles & {"code", "codes"}:
            return "ksbs"
        if "outcome" in roles and roles & {"codes", "function"}:
            return "outcomes"
        return "duties" if "duty" in roles and "codes" in roles else ""


def columns(cells: tuple[str, ...]) -> Columns | None:
    """The columns if these cells are a table's head: every one a name of a column."""
    named = [cell for cell in cells if cell]
    if len(named) < 2 or any(len(cell) > 60 or code_of(cell) for cell in named):
        return None
    roles = tuple(_role(cell) for cell in cells)
    found = Columns(roles)
    return found if found.section or {"code", "statement"} & set(roles) else None


def _role(cell: str) -> str:
    name = " ".join(cell.split()).strip(":* ")
    return next((role for role, pattern in _PATTERNS if pattern.fullmatch(name)), "")


def statement_row(cells: tuple[str, ...], head: Columns) -> tuple[str, str] | None:
    """Code and statement of a row, or None; the statement may be empty."""
    for index, cell in enumerate(cells):
        start = statement_start(cell, loose=False)
        if start is not None and not code_list(cell):
            return start[0], _joined(start[1], cells[index + 1 :])
        code = code_of(cell)
        if code:
            return code, _statement(cells, index, head)
    return None


def _statement(cells: tuple[str, ...], code_index: int, head: Columns) -> str:
    """The statement beside a code: by the table's head, else the row's longest text."""
    named = head.cell(cells, "statement")
    if named and not code_of(named):
        return named
    texts = [
        cell
        for index, cell in enumerate(cells)
        if index != code_index and cell and not _beside(cell, head, index)
    ]
    return max(texts, key=len, default="")


def _beside(cell: str, head: Columns, index: int) -> bool:
    """Whether a cell is something else than the statement: a type, codes, duties, a note."""
    role = head.roles[index] if index < len(head.roles) else ""
    return (
        role not in ("", "statement", "codes")
        or bool(code_list(cell) or _DUTY_LIST.fullmatch(cell[:300]))
        or is_note(cell)
        or cell.lower() in ("knowledge", "skill", "skills", "behaviour", "behaviours", "core")
    )


def _joined(text: str, rest: tuple[str, ...]) -> str:
    """A statement that a tab cut in two: an unfinished text and small letters behind it."""
    for cell in rest:
        if not cell or text.endswith((".", "!", "?")) or not cell[0].islower() or is_note(cell):
            break
        text = f"{text} {cell}"
    return text
