"""Reads the lines of a published page: its KSBs, duties, outcomes and job titles.

One pass, line by line. A heading or a table's head says which section the next lines
belong to; a code at a line's start opens a statement, which takes its wrapped lines
and ends before a note, a heading or the next code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ksbtui.core.programme.standards import Duty, Ksb, Outcome
from ksbtui.imports.standards.facts import is_fact
from ksbtui.imports.standards.grid import Columns, Found, statements, uncoded
from ksbtui.imports.standards.lines import Line
from ksbtui.imports.standards.statements import (
    END,
    code_list,
    code_of,
    codes_in,
    heading,
    is_continued,
    is_noise,
    is_note,
    option_name,
    split_statements,
    statement_start,
    without_notes,
)

_DUTY = re.compile(
    r"(?:Duty\s+|D)(\d{1,3})\b(?!\s*(?:[,;&/]|and\b|D\d))\s*[:.)–-]?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"(\d{1,3})\b[:.)]?\s*(.*)", re.DOTALL)
_CODES_BEHIND = re.compile(r"(?<=[.;:\s])\s*((?:[KSB]\d{1,3}\b[\s,;]*){2,})$")


@dataclass(slots=True)
class Page:
    """What the lines of a page say."""

    ksbs: list[Ksb] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    job_titles: list[str] = field(default_factory=list)
    versions: list[tuple[str, str, str]] = field(default_factory=list)
    """Rows of the version log: version, earliest start, latest start."""
    links: dict[int, list[str]] = field(default_factory=dict)
    """Codes by the duty that stands beside them."""
    named: list[str] = field(default_factory=list)
    """Every code that stands in the file."""
    prefixed: list[str] = field(default_factory=list)
    """Codes with letters before them, such as AK1."""
    numbered: bool = False
    """Whether statements had no codes and were numbered by their order."""


def read_page(lines: Iterable[Line]) -> Page:
    """The page that these lines make."""
    reader = _Reader()
    for line in lines:
        reader.take(line)
    page = reader.page
    for number, codes in sorted(page.links.items()):
        if not any(duty.number == number and duty.ksbs for duty in page.duties):
            text = next((duty.text for duty in page.duties if duty.number == number), "")
            page.duties = [duty for duty in page.duties if duty.number != number]
            page.duties.append(Duty(number, text, tuple(dict.fromkeys(codes))))
    reader.page.ksbs = [replace(ksb, text=without_notes(ksb.text)) for ksb in reader.page.ksbs]
    return reader.page


class _Reader:
    """The place in the page while it is read."""

    def __init__(self) -> None:
        self.page = Page()
        self._section = ""
        self._option = ""
        self._option_level = 0
        self._head = Columns()
        self._open = False
        """Whether the last statement may still take lines."""
        self._titled = False
        """Whether the open statement's words so far come from its heading."""
        self._counts: dict[str, int] = {}
        self._gap = False
        """Whether an empty line stands before this one."""

    def take(self, line: Line) -> None:
        if line.blank:
            self._gap = True
            return
        if is_noise(line.text):
            return
        if len(line.cells) > 1 or line.head:
            self._row(line)
        elif line.level:
            self._heading(line)
        else:
            for text in split_statements(line.text):
                self._text(text)
        self._gap = False

    def _heading(self, line: Line) -> None:
        start = statement_start(line.text)
        code = code_of(line.text)
        if start or code:
            self._add(*(start or (code or "", "")))
            self._titled = start is not None and not start[1].endswith(END)
        elif not self._duty_starts(line.text):
            self._open_section(line.text, line.level)

    def _open_section(self, text: str, level: int = 0) -> bool:
        """Whether the text opens a section; if so, it is open now."""
        section = heading(text, marked=level > 0)
        if section is None:
            return False
        self._section, self._open, self._head = section.section, False, Columns()
        if section.option is not None:
            self._option, self._option_level = section.option, level
            self._note_option(section.option)
        elif level and self._option and level <= self._option_level:
            self._option, self._option_level = "", 0
        return True

    def _note_option(self, option: str) -> None:
        if option and option not in self.page.options:
            self.page.options.append(option)

    def _text(self, text: str) -> None:
        in_duties = self._section in ("duties", "outcomes")
        start = statement_start(text, loose=not in_duties)
        if start and not code_list(text):
            self._section = "ksbs" if in_duties else self._section
            self._add(*start)
        elif self._duty_starts(text) or self._open_section(text):
            return
        elif in_duties:
            self._duty_more(text)
        elif code := code_of(text):
            self._add(code, "")
        elif self._section == "jobs":
            self._job(text)
        elif self._open:
            self._continue(text)

    def _job(self, text: str) -> None:
        if len(text) <= 80 and not text.endswith(END):
            self.page.job_titles.append(text)
        else:
            self._section = "other"

    def _continue(self, text: str) -> None:
        """More words of the open statement, or its end."""
        ksb = self.page.ksbs[-1]
        continued = is_continued(ksb.text, text)
        speaks_of_codes = code_list(text) or (ksb.text.endswith(END) and codes_in(text[:3]))
        if not continued and (is_note(text) or is_fact(text) or speaks_of_codes):
            self._open = not ksb.text
            return
        if self._titled and self._gap:
            self.page.ksbs[-1] = replace(ksb, text=text, short=ksb.text)
            self._titled = False
            return
        if self._gap and ksb.text and not continued:
            self._open = False
            return
        self.page.ksbs[-1] = replace(ksb, text=f"{ksb.text} {text}".strip())

    def _add(self, code: str, text: str, option: str | None = None) -> None:
        where = self._option if option is None else option
        self.page.ksbs.append(Ksb(code, text, option=where))
        self._open, self._titled = True, False

    def _row(self, line: Line) -> None:
        """A row of a table: its head, a statement, a duty, an outcome, a version."""
        if line.head is not None:
            self._head, self._open = line.head, False
            self._section = line.head.section or self._section
        elif self._section == "versions":
            cells = tuple(self._head.cell(line.cells, r) for r in ("version", "earliest", "latest"))
            self.page.versions.append((cells[0], cells[1], cells[2]))
        elif self._section == "outcomes" and self._head.roles:
            self._outcome(line.cells)
        elif self._section == "duties" and self._duty_row(line.cells):
            return
        else:
            self._statement_row(line)

    def _statement_row(self, line: Line) -> None:
        """A row with a code; else its text is read as a line if only one cell has any."""
        found = statements(line.cells, self._head)
        if not found:
            found = [self._numbered(*one) for one in uncoded(line.cells, self._head)]
        linked = self._head.cell(line.cells, "duty") if self._section == "ksbs" else ""
        for code, text, named in found:
            for number in re.findall(r"\d{1,3}", linked):
                self.page.links.setdefault(int(number), []).append(code)
            option = self._head.cell(line.cells, "option")
            name = option_name(option) or None if "option" in self._head.roles else named
            self._note_option(name or "")
            self._add(code, text, option=name)
            self._open = not text
        if found:
            return
        filled = [cell for cell in line.cells if cell]
        if len(filled) == 1 or len(set(filled)) == 1:
            self._text(filled[0])
        elif not self._duty_row(line.cells):
            self._open = False

    def _numbered(self, letter: str, text: str, option: str | None) -> Found:
        """A statement without a code, numbered by its place."""
        self.page.numbered = True
        count = sum(ksb.type == letter for ksb in self.page.ksbs)
        self._counts[letter] = max(self._counts.get(letter, 0), count) + 1
        return f"{letter}{self._counts[letter]}", text, option

    def _duty_starts(self, text: str) -> bool:
        """Whether the text begins a duty; if so, it is noted."""
        match = _DUTY.match(text)
        if match is None:
            return False
        words = match[2].strip()
        codes: tuple[str, ...] = ()
        behind = _CODES_BEHIND.search(words)
        if code_list(words):
            words, codes = "", code_list(words)
        elif behind:
            words, codes = words[: behind.start()].strip(), codes_in(behind[1])
        self.page.duties.append(Duty(int(match[1]), words, codes))
        self._section, self._open = "duties", False
        return True

    def _duty_more(self, text: str) -> None:
        """Codes or wrapped words of the duty or outcome being read."""
        if self._section == "duties" and self.page.duties:
            duty = self.page.duties[-1]
            codes = code_list(text)
            if codes:
                merged = tuple(dict.fromkeys((*duty.ksbs, *codes)))
                self.page.duties[-1] = replace(duty, ksbs=merged)
            elif not duty.ksbs and not is_note(text) and (not self._gap or not duty.text):
                self.page.duties[-1] = replace(duty, text=f"{duty.text} {text}".strip())

    def _duty_row(self, cells: tuple[str, ...]) -> bool:
        """Whether the row is a duty or belongs to the last one; if so, it is noted."""
        texts = [cell for cell in cells if cell and not code_list(cell)]
        codes = tuple(code for cell in cells if code_list(cell) for code in code_list(cell))
        first = texts[0] if texts else ""
        match = _DUTY.match(first) or (self._head.roles and _NUMBER.match(first)) or None
        if match is None:
            if not self.page.duties or self._section != "duties":
                return False
            for part in (*texts, " ".join(codes)):
                if part:
                    self._duty_more(part)
            return True
        words = " ".join(part for part in (match[2].strip(), *texts[1:]) if part)
        self.page.duties.append(Duty(int(match[1]), words, codes))
        self._section, self._open = "duties", False
        return True

    def _outcome(self, cells: tuple[str, ...]) -> None:
        function = self._head.cell(cells, "function")
        text = self._head.cell(cells, "outcome")
        codes = codes_in(self._head.cell(cells, "codes"))
        outcomes = self.page.outcomes
        if outcomes and not function and (text[:1].islower() or not codes or not text):
            last = outcomes[-1]
            merged = tuple(dict.fromkeys((*last.ksbs, *codes)))
            outcomes[-1] = replace(last, text=f"{last.text} {text}".strip(), ksbs=merged)
        else:
            outcomes.append(Outcome(len(outcomes) + 1, function, text, codes))
