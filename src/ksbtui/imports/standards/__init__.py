"""Reads a published standard or unit from the file a person has.

The page's text, Markdown, HTML, CSV, XLSX, ODS, JSON, TOML and the plain form of
``docs/STANDARDS.md`` (``K1<TAB>statement``) all become one ``Standard``. What is odd
is kept and named in its ``warnings``; nothing is repaired unseen.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from ksbtui.core.programme.standards import (
    Duty,
    Standard,
    code_key,
)
from ksbtui.core.programme.versions import oddities
from ksbtui.errors import NotFound, Unreadable
from ksbtui.imports.source import MAX_FILE, MEGABYTE, container, decode_text, read_bytes
from ksbtui.imports.standards.facts import Facts, read_date, read_facts
from ksbtui.imports.standards.lines import (
    Line,
    html_lines,
    markdown_lines,
    table_lines,
    text_lines,
    with_heads,
)
from ksbtui.imports.standards.page import Page, read_page
from ksbtui.imports.standards.records import json_data, read_records, toml_data
from ksbtui.imports.standards.statements import codes_in, statement_start
from ksbtui.imports.tables.files import (
    CSV_SUFFIXES,
    HTML_SUFFIXES,
    MARKDOWN_SUFFIXES,
    SHEET_SUFFIXES,
    csv_rows,
    is_html,
    read_grids,
)
from ksbtui.imports.tables.grid import Cell, Grid
from ksbtui.imports.tables.markup import MAX_MARKDOWN

MAX_TEXT = 2 * MEGABYTE
"""A standard is some tens of kilobytes; a saved web page may be a hundred times that."""

MAX_STATEMENT = 4_000

_PREFIXED = re.compile(r"\b[A-Z]{1,2}[KSB]\d{1,3}\b")
_SHOWN = 10
"""Codes that a warning lists."""


def read_standard(
    path: Path,
    *,
    ref: str | None = None,
    title: str | None = None,
    level: int | None = None,
    min_minutes: int | None = None,
    version: str | None = None,
    prefix: str = "",
    duties: Path | None = None,
) -> Standard:
    """Read a file as one standard; what is given here stands above what the file says.

    ``prefix`` is what stands before each code (the A of AK1); ``duties`` a second file with
    the duties and their codes.
    """
    page, facts = _read(path, prefix)
    page.ksbs = [ksb for ksb in page.ksbs if ksb.text]
    if not page.ksbs:
        raise _no_statements(path, page)
    if duties is not None:
        page.duties = _duties(duties, prefix, page.duties)
    facts = replace(
        facts,
        ref=facts.ref if ref is None else ref,
        title=facts.title if title is None else title,
        level=facts.level if level is None else level,
        min_minutes=facts.min_minutes if min_minutes is None else min_minutes,
        version=facts.version if version is None else version,
    )
    return _standard(path, page, facts)


def _no_statements(path: Path, page: Page) -> NotFound:
    message, hint = (
        f"{path.name}: no KSB statements found",
        "Each statement must start with its code: ",
    )
    if not page.prefixed:
        return NotFound(f"{message}.", f"{hint}K1, a tab or colon, then the text.")
    first, prefix = page.prefixed[0], page.prefixed[0].rstrip("0123456789")[:-1]
    return NotFound(
        f"{message}: its codes start with {prefix}, such as {first}.",
        f"To read {first} as {first.removeprefix(prefix)}: --prefix {prefix}",
    )


def _duties(path: Path, prefix: str, known: list[Duty]) -> list[Duty]:
    """The duties of a second file; one without a text keeps the text it had."""
    page, _ = _read(path, prefix)
    if not page.duties:
        raise NotFound(
            f"{path.name}: no duties found.",
            "Each duty must start with its number: Duty 1, a colon, its text, then its codes.",
        )
    texts = {duty.number: duty.text for duty in known}
    return [replace(duty, text=duty.text or texts.get(duty.number, "")) for duty in page.duties]


def _read(path: Path, prefix: str) -> tuple[Page, Facts]:
    data = read_bytes(path, MAX_FILE)
    suffix = path.suffix.lower()
    kind = container(data)
    if kind == "pdf":
        raise Unreadable(
            f"{path.name} is a PDF. ksbtui cannot read PDFs.",
            "Copy its text into a .txt file, or save the web page as HTML.",
        )
    if kind != "text" or suffix in SHEET_SUFFIXES:
        return _lines_read(_sheet_lines(read_grids(path)), prefix)
    text, _ = decode_text(data, path.name)
    if len(text) > MAX_TEXT:
        raise Unreadable(
            f"{path.name} is too long for a standard.", "Keep only the part with the KSBs."
        )
    if suffix == ".json" or (suffix not in CSV_SUFFIXES and text.lstrip()[:2] in ('{"', "[{")):
        return read_records(json_data(_without(prefix, text), path.name))
    if suffix == ".toml":
        return read_records(toml_data(_without(prefix, text), path.name))
    if suffix in CSV_SUFFIXES:
        rows = [_rejoined(cells) for cells in csv_rows(text, path.name)]
        return _lines_read(_sheet_lines([Grid("", rows)]), prefix)
    if suffix in HTML_SUFFIXES or is_html(text):
        return _lines_read(with_heads(html_lines(text)), prefix)
    rendered = suffix in MARKDOWN_SUFFIXES and len(text) <= MAX_MARKDOWN
    return _lines_read(with_heads(markdown_lines(text) if rendered else text_lines(text)), prefix)


def _lines_read(lines: list[Line], prefix: str) -> tuple[Page, Facts]:
    """The page and facts of lines, with every code that they name."""
    if prefix:
        cut = ((line, tuple(_without(prefix, cell) for cell in line.cells)) for line in lines)
        lines = [replace(line, text=_without(prefix, line.text), cells=c) for line, c in cut]
    page = read_page(lines)
    texts = [line.text for line in lines if line.head is None]
    page.named = [code for text in texts for code in codes_in(text)]
    page.prefixed = [match[0] for text in texts for match in _PREFIXED.finditer(text)]
    return page, read_facts(lines)


def _without(prefix: str, text: str) -> str:
    return re.sub(rf"\b{re.escape(prefix)}(?=[KSB]\d{{1,3}}\b)", "", text) if prefix else text


def _sheet_lines(grids: list[Grid]) -> list[Line]:
    """Sheets as lines: each sheet's name a heading, each row a row of a table."""
    lines: list[Line] = []
    for grid in grids:
        if grid.hidden:
            continue
        if len(grids) > 1:
            lines += (Line(), Line(grid.name, level=2), Line())
        lines += table_lines(grid)
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


def _standard(path: Path, page: Page, facts: Facts) -> Standard:
    cut = [ksb for ksb in page.ksbs if len(ksb.text) > MAX_STATEMENT]
    if cut:
        raise Unreadable(
            f"{path.name}: {cut[0].code} has over {MAX_STATEMENT:,} characters.",
            "Start each statement on a new line with its code.",
        )
    ksbs = tuple(sorted(page.ksbs, key=lambda ksb: code_key(ksb.code)))
    starts_from, starts_to = _starts(page, facts)
    standard = Standard(
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
    )
    warnings = (*oddities(standard), *_lost(page, standard), *_fact_warnings(facts))
    return replace(standard, warnings=warnings)


def _starts(page: Page, facts: Facts) -> tuple[date | None, date | None]:
    """The start dates of this version in the version log, unless facts give them."""
    for version, earliest, latest in page.versions:
        if version == facts.version or len(page.versions) == 1:
            return facts.starts_from or read_date(earliest), facts.starts_to or read_date(latest)
    return facts.starts_from, facts.starts_to


def _lost(page: Page, standard: Standard) -> list[str]:
    """What stands in the file and was not read as it stands."""
    found = []
    known = {ksb.code for ksb in standard.ksbs}
    known |= {code for duty in page.duties for code in duty.ksbs}
    known |= {code for outcome in page.outcomes for code in outcome.ksbs}
    lost = sorted({*page.named} - known, key=code_key)
    if lost:
        more = " …" if len(lost) > _SHOWN else ""
        found.append(f"No statement was read for {', '.join(lost[:_SHOWN])}{more}.")
    if page.prefixed:
        named = ", ".join(dict.fromkeys(page.prefixed[:_SHOWN]))
        found.append(f"Codes with a prefix were not read: {named}; --prefix maps them.")
    if page.numbered:
        found.append("The file has no codes, so the statements were numbered in order.")
    return found


def _fact_warnings(facts: Facts) -> list[str]:
    absent = (
        ("reference", not facts.ref, "--ref"),
        ("version", not facts.version, "--version"),
        ("title", not facts.title, "--title"),
        ("level", facts.level is None, "--level"),
        ("minimum hours", facts.min_minutes is None, "--min-hours"),
    )
    return [f"The file has no {name}. To add it: {option}" for name, gone, option in absent if gone]
