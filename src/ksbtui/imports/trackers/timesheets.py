"""Time sheets of Toggl and Clockify, as their detailed reports save them."""

from __future__ import annotations

from collections.abc import Mapping

from ksbtui.core.exchange.imported import Note, Reading
from ksbtui.errors import KsbtuiError, Unreadable
from ksbtui.imports.source import Options
from ksbtui.imports.tables.files import csv_rows
from ksbtui.imports.tables.grid import Cell, text_of
from ksbtui.imports.times import between, is_nothing, order_of, read_day, read_hours
from ksbtui.imports.trackers.common import add

_ALL = {"description", "start date", "start time", "project", "tags"}
_ONE_OF = {
    "clockify": {"duration (decimal)", "duration (h)"},
    "toggl": {"duration", "end date", "stop date"},
}
_DURATIONS = ("duration (h)", "duration", "duration (decimal)")


def sniff(text: str, format: str) -> bool:
    """Whether the first line holds the headings of that tracker's report."""
    line = text.lstrip("\ufeff").split("\n", 1)[0].lower()
    headings = {cell.strip().strip('"') for cell in line.split(",")}
    return headings >= _ALL and bool(headings & _ONE_OF[format])


def read(text: str, options: Options, name: str, format: str) -> Reading:
    """Every row of a detailed report."""
    head, *rows = csv_rows(text.lstrip("\ufeff"), name)
    places = {text_of(cell).lower(): column for column, cell in enumerate(head)}
    if "start date" not in places:
        raise Unreadable(f"{name} is not a detailed report.", "Export the detailed report as CSV.")
    records = [
        {key: row[column] if column < len(row) else None for key, column in places.items()}
        for row in rows
    ]
    reading = Reading()
    order = options.order or order_of(record["start date"] for record in records)
    if order == "open":
        reading.warnings.append(Note(2, "days such as 03/04 were read day first"))
    order = "mdy" if order == "mdy" else "dmy"
    for number, record in enumerate(records, start=2):
        if any(record.values()):
            _add(reading, number, record, options, order)
    return reading


def _add(
    reading: Reading, row: int, record: Mapping[str, Cell], options: Options, order: str
) -> None:
    texts = {key: text_of(value) for key, value in record.items()}
    if not texts["start date"]:
        reading.skipped.append(Note(row, "no date"))
        return
    length = next((texts[key] for key in _DURATIONS if texts.get(key)), "")
    if is_nothing(length) and not texts.get("end time") and not texts.get("stop time"):
        reading.skipped.append(Note(row, "no hours; still running"))
        return
    try:
        day, odd = read_day(texts["start date"], order, options.as_at)
        if is_nothing(length):
            end = texts.get("end time") or texts.get("stop time", "")
            minutes = between(texts["start time"], end)
        else:
            minutes, _ = read_hours(length)
    except KsbtuiError as problem:
        reading.refused.append(Note(row, problem.message))
        return
    if odd:
        reading.warnings.append(Note(row, odd))
    text = texts.get("description") or texts.get("task", "") or texts.get("project", "")
    project = texts.get("project", "")
    notes = [f"Project: {project}"] if project and project != text else []
    tags = [tag for tag in texts.get("tags", "").replace(";", ",").split(",") if tag.strip()]
    add(reading, row, day, minutes, text, tags=tags, notes=notes)
