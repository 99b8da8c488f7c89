"""Reads a published standard or unit from the file a person has.

The page's text, Markdown, HTML, CSV, XLSX, ODS, JSON, TOML and the plain form of
``docs/STANDARDS.md`` (``K1<TAB>statement``) all become one ``Standard``. What is odd
is kept and named in its ``warnings``; nothing is repaired unseen.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from ksbtui.core.programme.standards import KSB_TYPES, Duty, Ksb, Outcome, Standard, code_key
from ksbtui.errors import NotFound, Unreadable
from ksbtui.imports.safety import MAX_FILE, MEGABYTE, container, decode_text, read_bytes
from ksbtui.imports.standards.facts import Facts, read_date, read_facts
from ksbtui.imports.standards.lines import Line, html_lines, markdown_lines, row, text_lines
from ksbtui.imports.standards.page import Page, read_page
from ksbtui.imports.standards.records import json_data, read_records, toml_data
from ksbtui.imports.standards.statements import statement_start
from ksbtui.imports.tables.files import CSV_SUFFIXES, SHEET_SUFFIXES, csv_rows, read_grids
from ksbtui.imports.tables.grid import Cell, Grid

MAX_TEXT = 2 * MEGABYTE
"""A standard is some tens of kilobytes; a saved web page may be a hundred times that."""

MAX_MARKDOWN = 200_000
"""Longer Markdown is read line by line: rendering hostile text takes the square of its length."""

MAX_STATEMENT = 4_000

_HTML = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown", ".mdown")


def read_standard(
    path: Path,
    *,
    ref: str | None = None,
    title: str | None = None,
    level: int | None = None,
    min_minutes: int | None = None,
    version: str | None = None,
) -> Standard:
    """Read a file as one standard; what is given here stands above what the file says."""
    page, facts = _read(path)
    page.ksbs = [ksb for ksb in page.ksbs if ksb.text]
    if not page.ksbs:
        raise NotFound(
            f"{path.name}: no KSB statements found.",
            "A statement begins with its code: K1, a tab or colon, then the text.",
        )
    facts = replace(
        facts,
        ref=facts.ref if ref is None else ref,
        title=facts.title if title is None else title,
        level=facts.level if level is None else level,
        min_minutes=facts.min_minutes if min_minutes is None else min_minutes,
        version=facts.version if version is None else version,
    )
    return _standard(path, page, facts)


def _read(path: Path) -> tuple[Page, Facts]:
    """The page and facts of a file, by what it is and what its suffix says."""
    data = read_bytes(path, MAX_FILE)
    suffix = path.suffix.lower()
    kind = container(data)
    if kind == "pdf":
        raise Unreadable(
            f"{path.name} is a PDF, which is not read.",
            "Copy its text into a .txt file, or save the web page as HTML.",
        )
    if kind != "text" or suffix in SHEET_SUFFIXES:
        return _lines_read(_sheet_lines(read_grids(path)))
    text, _ = decode_text(data, path.name)
    if len(text) > MAX_TEXT:
        raise Unreadable(
            f"{path.name} is too long for a standard.", "Keep only the part with its KSBs."
        )
    if suffix == ".json" or (suffix not in CSV_SUFFIXES and text.lstrip()[:2] in ('{"', "[{")):
        return read_records(json_data(text, path.name))
    if suffix == ".toml":
        return read_records(toml_data(text, path.name))
    if suffix in CSV_SUFFIXES:
        rows = [_rejoined(cells) for cells in csv_rows(text, path.name)]
        return _lines_read(_sheet_lines([Grid("", rows)]))
    head = text[:2_000].lstrip("\ufeff \t\r\n").lower()
    if suffix in _HTML or head.startswith(("<!doctype html", "<html", "<?xml", "<body", "<table")):
        return _lines_read(html_lines(text))
    rendered = suffix in _MARKDOWN and len(text) <= MAX_MARKDOWN
    return _lines_read(markdown_lines(text) if rendered else text_lines(text))


def _lines_read(lines: list[Line]) -> tuple[Page, Facts]:
    return read_page(lines), read_facts(lines)


def _sheet_lines(tables: list[Grid]) -> list[Line]:
    """Sheets as lines: each sheet's name a heading, each row a row of a table."""
    lines: list[Line] = []
    for table in tables:
        if table.hidden:
            continue
        if len(tables) > 1:
            lines += (Line(), Line(table.name, level=2), Line())
        for cells in table.rows:
            texts = [_text(cell) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            filled = [text for text in texts if text]
            lines.append(row(texts) if len(filled) != 1 else text_lines(filled[0] + "\n")[0])
    return lines


def _rejoined(cells: list[Cell]) -> list[Cell]:
    """A record whose statement lost its quotation marks: cut at each comma, put together.

    Such a piece begins with the space behind its comma; a real cell seldom does.
    """
    whole: list[Cell] = []
    for cell in cells:
        before = whole[-1] if whole else None
        sentence = isinstance(before, str) and (len(whole) > 1 or statement_start(before.strip()))
        if sentence and isinstance(cell, str) and cell.startswith(" "):
            whole[-1] = f"{before},{cell}"
        else:
            whole.append(cell)
    return whole


def _text(cell: Cell) -> str:
    """A cell as a page would print it."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _standard(path: Path, page: Page, facts: Facts) -> Standard:
    """The standard, with everything odd named."""
    cut = [ksb for ksb in page.ksbs if len(ksb.text) > MAX_STATEMENT]
    if cut:
        raise Unreadable(
            f"{path.name}: {cut[0].code} has over {MAX_STATEMENT:,} characters.",
            "Begin each statement on a line of its own with its code.",
        )
    ksbs = tuple(sorted(page.ksbs, key=lambda ksb: code_key(ksb.code)))
    starts_from, starts_to = _starts(page, facts)
    return Standard(
        ref=facts.ref,
        version=facts.version,
        kind=facts.kind,
        title=facts.title,
        ksbs=ksbs,
        duties=tuple(page.duties),
        outcomes=tuple(page.outcomes),
        level=facts.level,
        min_minutes=facts.min_minutes,
        max_minutes=facts.max_minutes,
        typical_months=facts.typical_months,
        typical_weeks=facts.typical_weeks,
        starts_from=starts_from,
        starts_to=starts_to,
        approved=facts.approved,
        updated=facts.updated,
        options=tuple(page.options),
        routes=facts.routes,
        job_titles=tuple(page.job_titles),
        source=path.name,
        warnings=(*_list_warnings(ksbs), *_group_warnings(page, ksbs), *_fact_warnings(facts)),
    )


def _starts(page: Page, facts: Facts) -> tuple[date | None, date | None]:
    """The start dates of this version in the version log, unless facts give them."""
    for version, earliest, latest in page.versions:
        if version == facts.version or len(page.versions) == 1:
            return facts.starts_from or read_date(earliest), facts.starts_to or read_date(latest)
    return facts.starts_from, facts.starts_to


def _list_warnings(ksbs: tuple[Ksb, ...]) -> list[str]:
    """Gaps and duplicates among the codes."""
    counts = Counter(ksb.code for ksb in ksbs)
    warnings = [
        f"{code} stands {count} times; each is kept." for code, count in counts.items() if count > 1
    ]
    for letter in KSB_TYPES:
        numbers = {int(code[1:]) for code in counts if code[0] == letter}
        top = max(numbers, default=0)
        missing = [f"{letter}{number}" for number in range(1, top) if number not in numbers]
        if missing:
            named = ", ".join(missing[:10]) + (" …" if len(missing) > 10 else "")
            verb = "is" if len(missing) == 1 else "are"
            warnings.append(f"{named} {verb} missing: {letter} runs to {letter}{top}.")
    return warnings


def _group_warnings(page: Page, ksbs: tuple[Ksb, ...]) -> list[str]:
    """Duties and outcomes without KSBs, or with codes that the list lacks."""
    known = {ksb.code for ksb in ksbs}
    groups: list[tuple[str, Duty | Outcome]] = [("Duty", duty) for duty in page.duties]
    groups += [("Outcome", outcome) for outcome in page.outcomes]
    warnings = []
    for what, group in groups:
        unknown = [code for code in group.ksbs if code not in known]
        if unknown:
            warnings.append(f"{what} {group.number} names {', '.join(unknown)}, not in the list.")
        if not group.ksbs:
            warnings.append(f"{what} {group.number} names no KSB.")
    return warnings


def _fact_warnings(facts: Facts) -> list[str]:
    """The facts that the file does not give."""
    absent = (
        ("reference", not facts.ref, "--ref"),
        ("version", not facts.version, "--version"),
        ("title", not facts.title, "--title"),
        ("level", facts.level is None, "--level"),
        ("minimum hours", facts.min_minutes is None, "--min-hours"),
    )
    return [
        f"The file gives no {name}; {option} supplies it." for name, gone, option in absent if gone
    ]
