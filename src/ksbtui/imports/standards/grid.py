"""Tables of a standard: which column is which, and what one row says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ksbtui.imports.standards.statements import (
    code_list,
    code_of,
    heading,
    is_note,
    statement_start,
)
from ksbtui.imports.tables.finder import Heading, Vocabulary

_ROLES = (
    ("version", r"version"),
    ("earliest", r"earliest start.*"),
    ("latest", r"latest start.*"),
    ("duty", r"dut(?:y|ies)(?: (?:no|number|text|description|statement)\.?)?"),
    ("function", r"function|functional area|area"),
    ("outcome", r"(?:learning )?outcomes?(?: (?:text|statement|description))?"),
    ("codes", r"ksbs?|ksb'?s|k\s?\+\s?s(?: mapping)?|.*\bmapping|ksbs? mapped|mapped ksbs?"),
    ("code", r"(?:ksb )?(?:code|id|ref|reference|no|number|#)\.?|ksb ref(?:erence)?|k/s/b"),
    ("K", r"(?:core )?knowledge(?: statements?)?"),
    ("S", r"(?:core )?skills?(?: statements?)?"),
    ("B", r"(?:core )?behaviou?rs?(?: statements?)?"),
    (
        "statement",
        r"(?:ksb )?(?:statements?|descriptions?|text|detail|details|wording|criteria|requirement)"
        r"|what .{0,40}|knowledge, skills and behaviours",
    ),
    ("option", r"option|pathway|option/pathway|core\s*/\s*option|core or option|specialism"),
    ("type", r"type|category|ksb type|k, s or b"),
    (
        "note",
        r".*(?:assess|method|evidence|notes?|comments?|links?|url|status|rating|date|tutor|learner"
        r"|my |progress|complete|met\b|confiden|example|how i|hint|guidance|theme|assignment).*",
    ),
)
_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)
_KINDS = ("K", "S", "B")
_NOT_STATEMENTS = (
    *("version", "earliest", "latest", "duty", "function", "outcome", "option", "type", "note"),
    "tick",
)
_DUTY_LIST = re.compile(r"(?:(?:dut(?:y|ies)|D)?\s*\d{1,2}\s*[,;&]?\s*(?:and\s+)?)+", re.IGNORECASE)
_TICK = re.compile(r"[x✓✔☑y●•*]|yes|true|1", re.IGNORECASE)

Found = tuple[str, str, str | None]
"""Code, statement, and the option that the table itself names (empty for core, None if none)."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The role of each column of a table, as its head names them, and the options over them."""

    roles: tuple[str, ...] = ()
    options: tuple[str | None, ...] = ()

    def cell(self, cells: tuple[str, ...], role: str) -> str:
        index = self.roles.index(role) if role in self.roles else -1
        return cells[index] if 0 <= index < len(cells) else ""

    def at(self, column: int) -> str:
        return self.roles[column] if column < len(self.roles) else ""

    @property
    def section(self) -> str:
        """What the table is about, by the roles in its head."""
        return _section(self.roles)


def _section(meanings: Sequence[str]) -> str:
    roles = set(meanings)
    if "version" in roles and roles & {"earliest", "latest"}:
        return "versions"
    if "outcome" in roles and roles & {"codes", "function"}:
        return "outcomes"
    if "duty" in roles and "codes" in roles and not roles & {"code", "statement"}:
        return "duties"
    if roles & {"statement", *_KINDS} and (roles & {"code", "codes"} or len(roles & {*_KINDS}) > 1):
        return "ksbs"
    return "duties" if "duty" in roles and "codes" in roles else ""


@lru_cache(maxsize=2_000)
def _role(cell: str) -> str:
    name = " ".join(cell.split()).strip(":* ")
    if len(name) > 60 or code_of(name):
        return "no head"
    known = next((role for role, pattern in _PATTERNS if pattern.fullmatch(name)), "")
    if not known and (opened := heading(name)) and opened.option is not None:
        return "tick"
    return known


def _is_head(roles: Sequence[str]) -> bool:
    """Whether headings with these roles head a table of a standard."""
    if "no head" in roles or len(roles) < 2:
        return False
    known = {"code", "statement", *_KINDS} & set(roles)
    return bool(_section(roles) or known - {*_KINDS} or len(known) > 1)


WORDS = Vocabulary(_role, _is_head, _is_head)
"""How standards name the columns of their tables."""


def columns(headings: dict[int, Heading]) -> Columns | None:
    """The columns of a head; None where its words are not a standard's."""
    roles = {c: _role(h.whole) for c, h in headings.items()}
    if not _is_head(list(roles.values())):
        return None
    last = max(headings) + 1
    options = (_option(headings.get(c, Heading()), roles.get(c, "")) for c in range(last))
    return Columns(tuple(roles.get(c, "") for c in range(last)), tuple(options))


def _option(own: Heading, role: str) -> str | None:
    """The option that a column is about, by its own words or its group's; None if none."""
    words = own.label if role == "tick" else own.group
    opened = heading(words) if words else None
    return opened.option if opened else None


def statements(cells: tuple[str, ...], head: Columns) -> list[Found]:
    """Every statement of a row: one, or one in each group of columns; texts may be empty."""
    found: list[Found] = []
    codes = [i for i, cell in enumerate(cells) if cell and _begins(cell, head.at(i))]
    ticked = _ticked(cells, head)
    for place, index in enumerate(codes):
        stop = codes[place + 1] if place + 1 < len(codes) else len(cells)
        option = head.options[index] if index < len(head.options) else None
        for part in cells[index].split("\n"):
            start = statement_start(part, loose=head.at(index) in _KINDS)
            if start is not None and not code_list(part):
                text = _joined(start[1], cells[index + 1 : stop])
                found += [(start[0], text, name) for name in ticked or (option,)]
            elif code := code_of(part):
                text = _statement(cells, index, stop, head)
                found += [(code, text, name) for name in ticked or (option,)]
            elif found and part:
                code, text, name = found[-1]
                found[-1] = (code, f"{text} {part}".strip(), name)
    return found


def uncoded(cells: tuple[str, ...], head: Columns) -> list[tuple[str, str, str | None]]:
    """Statements without codes under Knowledge, Skills and Behaviours: letter, text, option."""
    return [
        (head.at(i), part, head.options[i])
        for i, cell in enumerate(cells)
        if head.at(i) in _KINDS and len(set(head.roles) & set(_KINDS)) > 1
        for part in cell.split("\n")
        if part
    ]


def _begins(cell: str, role: str) -> bool:
    """Whether a cell is a code or begins with one, in a column that may hold statements."""
    if role in _NOT_STATEMENTS:
        return False
    first = cell.split("\n")[0]
    if code_of(first):
        return role != "codes" or "\n" not in cell
    start = statement_start(first, loose=role in _KINDS)
    return start is not None and not code_list(first)


def _ticked(cells: tuple[str, ...], head: Columns) -> list[str]:
    """The options whose columns are ticked in a row; core where that is, or all are."""
    ticks = [i for i, role in enumerate(head.roles) if role == "tick"]
    on = [head.options[i] or "" for i in ticks if i < len(cells) and _TICK.fullmatch(cells[i])]
    if not ticks or not on:
        return []
    options = [head.options[i] for i in ticks if head.options[i]]
    return [""] if "" in on or len(on) == len(options) > 1 else on


def _statement(cells: tuple[str, ...], code_index: int, stop: int, head: Columns) -> str:
    """The statement beside a code: by the table's head, else the longest text up to the next."""
    beside = range(code_index + 1, stop)
    named = [i for i in beside if head.at(i) in ("statement", *_KINDS) and cells[i]]
    named += [i for i, role in enumerate(head.roles) if role == "statement" and i < len(cells)]
    if named and cells[named[0]] and not code_of(cells[named[0]]):
        return cells[named[0]].replace("\n", " ")
    places = [*beside, *(range(code_index) if stop == len(cells) else ())]
    texts = [cells[i] for i in places if cells[i] and not _beside(cells[i], head.at(i))]
    return max(texts, key=len, default="").replace("\n", " ")


def _beside(cell: str, role: str) -> bool:
    """Whether a cell is something else than the statement: a type, codes, duties, a note."""
    return (
        role in _NOT_STATEMENTS
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
