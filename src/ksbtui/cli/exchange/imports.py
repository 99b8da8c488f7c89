"""``import``: logs, calendars, trackers and ksbtui's own JSON come in."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import read_day_if, reporting
from ksbtui.cli.exchange.export import Progress
from ksbtui.cli.output import cut, print_json, say
from ksbtui.core.days import full_day, span_text
from ksbtui.core.durations import parse_minutes, say_minutes
from ksbtui.core.text.text import number_of, quoted
from ksbtui.errors import Unreadable
from ksbtui.imports import read_activities
from ksbtui.imports.logs import NoLog, check_refused
from ksbtui.imports.source import Options, read_map, saved_columns
from ksbtui.imports.times import ORDERS
from ksbtui.journal.exchange.imports import source_name
from ksbtui.store.files.paths import typed_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ksbtui.core.exchange.imported import Note, Reading, TableSeen
    from ksbtui.journal.exchange.imports import Plan
    from ksbtui.journal.journal import Journal

_NEVER_WHOLE = (".xlsx", ".xlsm", ".ods", ".csv", ".ics")
"""Suffixes that neither a whole journal nor feedback has."""
_SHOWN = 12
"""Lines of each kind that are printed; ``--json`` has them all."""


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Show what would happen, without importing.")
@click.option(
    "--map", "map_", metavar="F=COL,...", help="Which columns to read: day=A,title=C,hours=G+H."
)
@click.option("--sheet", default="", metavar="NAME", help="Read only this sheet.")
@click.option("--table", metavar="N", help="Read only this table. --dry-run shows the numbers.")
@click.option("--header-row", metavar="N", help="The number of the row with the headings.")
@click.option(
    "--date-order",
    default="",
    metavar="dmy|mdy",
    help="Which comes first where 03/04 is unclear: day or month.",
)
@click.option("--save-map", metavar="NAME", help="Save these choices under a name, to use again.")
@click.option("--use-map", metavar="NAME", help="Use choices you saved before.")
@click.option("--source", metavar="NAME", help="The source to match with, if not the file's name.")
@click.option("--remove-missing", is_flag=True, help="Delete entries whose rows are gone.")
@click.option("--keep-going", is_flag=True, help="Leave unreadable rows out.")
@click.option(
    "--format",
    "format_",
    default="",
    metavar="F",
    help="The file format, if ksbtui does not recognise it.",
)
@click.option("--from", "first", metavar="DAY", help="For calendars: from this day.")
@click.option("--to", "last", metavar="DAY", help="For calendars: up to this day.")
@click.option("--time", "time_", metavar="TIME", help="The time to use for notes without one.")
@reporting
def import_(
    journal: Journal,
    files: tuple[str, ...],
    dry_run: bool,
    source: str | None,
    remove_missing: bool,
    save_map: str | None,
    as_json: bool,
    **choices: Any,
) -> None:
    """Import a training log, calendar, time tracker, notes, ksbtui's JSON or feedback.

    You can import the same file again: new rows are added, edited rows change their entries,
    and rows that are missing are listed and kept. One undo takes back a whole import. What
    you changed in ksbtui stays.

    \b
    ksbtui import log.xlsx --dry-run
    ksbtui import log.xlsx
    ksbtui import log.csv --map day=A,title=C,hours=G+H --save-map monthly
    ksbtui import work.ics --from 2026-01-12 --to 2026-03-31
    """
    if _is_own(journal, files, dry_run, as_json):
        return
    options = _options(journal, choices)
    readings: dict[str, Reading] = {}
    with Progress("Importing") as progress:
        for file in files:
            path = typed_path(file)
            reading = _read(path, options, choices, many=len(files) > 1)
            name = source or source_name(path.stem if path.is_file() else path.name)
            if name in readings:
                readings[name].add(reading)
            else:
                readings[name] = reading
        plan = partial(
            journal.imports.plan, named=source is not None, remove_missing=remove_missing
        )
        plans = [plan(reading, name) for name, reading in readings.items()]
        if not dry_run:
            names = ", ".join(Path(file).name for file in files)
            shapes = [table.shape for r in readings.values() for table in r.tables if table.mapped]
            maps = {save_map: options.as_map(next(iter(shapes), ()))} if save_map else {}
            journal.imports.apply(plans, f"Imported {cut(names, 60)}", progress, maps)
    if as_json:
        print_json({**_as_json(plans), **_tables_json(readings, journal)})
    else:
        _print(plans, readings, dry_run)
        _offer_maps(readings, journal)


def _is_own(journal: Journal, files: tuple[str, ...], dry_run: bool, as_json: bool) -> bool:
    """Take in what ksbtui itself wrote, feedback or a whole journal; tell whether it was that."""
    if all(file.lower().endswith(_NEVER_WHOLE) for file in files):
        return False
    # deferred, all three: a log needs neither feedback nor what merges two journals
    from ksbtui.cli.exchange.feedback import take_feedback
    from ksbtui.journal.exchange.exchange import is_ksbtui_json
    from ksbtui.journal.exchange.handover import is_ours

    paths = [Path(file).expanduser() for file in files]
    if any(map(is_ours, paths)):
        take_feedback(journal, files, dry_run, as_json)
        return True
    if any(map(is_ksbtui_json, paths)):
        _take_in(journal, files, dry_run, as_json)
        return True
    return False


def _take_in(journal: Journal, files: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Restore or merge ksbtui's own JSON, one file by itself."""
    if len(files) > 1:
        raise Unreadable(
            "ksbtui's own JSON must be imported alone.", "You can import one file at a time."
        )
    from ksbtui.core.exchange.merging import DOUBLE
    from ksbtui.presentation.exchange import merged_lines

    with Progress("Importing") as progress:
        taken = journal.exchange.restore_json(typed_path(files[0]), progress, dry_run)
    if as_json:
        counts = ("added", "changed", "unchanged", "minutes", "restored", "deleted", "kept")
        numbers = {key: getattr(taken, key) for key in counts}
        wishes = [entry.id for entry in taken.wishes]
        lists = {"skipped": [], "warnings": [], "merged": taken.notes, "purged_elsewhere": wishes}
        print_json({**numbers, "missing": 0, **lists})
        return
    verb = "Restored" if taken.restored else "Merged"
    deleted = f" {taken.deleted} deleted," if taken.deleted else ""
    click.echo(
        f"{verb}: {taken.added} added, {taken.changed} changed,{deleted} "
        f"{taken.unchanged} unchanged. {say_minutes(taken.minutes)} added."
    )
    say(*merged_lines(taken, ". To list them all: --json"))
    if any(note.what == DOUBLE for note in taken.notes):
        say("To choose which to keep: ksbtui conflicts")
    if taken.wishes:
        say("To remove one here as well: ksbtui purge ID")
    if dry_run:
        say("Nothing was written.")


def _options(journal: Journal, choices: dict[str, Any]) -> Options:
    """What was said about the files, over what a saved map says."""
    saved = journal.imports.map_of(choices["use_map"]) if choices["use_map"] else {}
    order = choices["date_order"].strip().lower() or saved.get("order", "")
    if order and order not in ORDERS:
        raise Unreadable(f"{quoted(order)} is not a date order.", "Use --date-order dmy or mdy.")
    header, table = choices["header_row"], choices["table"]
    for number, what in ((header, "row"), (table, "table")):
        if number is not None and not (number.isdecimal() and int(number)):
            raise Unreadable(
                f"{quoted(number)} is not the number of a {what}.", "Enter a number, such as 3."
            )
    return Options(
        as_at=journal.as_at,
        sheet=choices["sheet"] or saved.get("sheet", ""),
        table=int(table) if table else None,
        header_row=int(header) if header else saved.get("header_row"),
        shape=tuple(saved.get("shape", ())),
        columns=saved_columns(saved) | (read_map(choices["map_"]) if choices["map_"] else {}),
        order=order,
        first=read_day_if(choices["first"], journal) or journal.enrolled.enrolment.start,
        last=read_day_if(choices["last"], journal) or journal.as_at,
        minutes=parse_minutes(choices["time_"]) if choices["time_"] else None,
    )


def _read(path: Path, options: Options, choices: dict[str, Any], many: bool) -> Reading:
    """One file's activities; several files are told apart in what is reported."""
    try:
        reading, _ = read_activities(path, options, choices["format_"])
    except NoLog as refusal:
        _say_tables(refusal.tables)
        raise
    check_refused(reading, path.name, choices["keep_going"])
    return reading.within(path.name) if many else reading


def _as_json(plans: list[Plan]) -> dict[str, Any]:
    return {
        "added": sum(len(plan.added) for plan in plans),
        "changed": sum(len(plan.changed) for plan in plans),
        "unchanged": sum(plan.unchanged for plan in plans),
        "missing": sum(len(plan.missing) for plan in plans),
        "skipped": [_note_json(note) for plan in plans for note in plan.skipped],
        "warnings": [_note_json(note) for plan in plans for note in plan.warnings],
        "minutes": sum(plan.minutes for plan in plans),
        "removed": sum(len(plan.removed) for plan in plans),
        "sources": [plan.source for plan in plans],
        "added_ids": [entry.id for plan in plans for entry in plan.added],
        "changed_ids": [after.id for plan in plans for _, after in plan.changed],
        "missing_ids": [entry.id for plan in plans for entry in plan.missing],
        "untagged_ids": [entry.id for plan in plans for entry in plan.untagged],
    }


def _note_json(note: Note) -> dict[str, Any]:
    where = {"where": note.where} if note.where else {}
    return {"row": note.row, "reason": note.reason, **where}


def _print(plans: list[Plan], readings: dict[str, Reading], dry_run: bool) -> None:
    """Print the counts of each source, then what was odd on stderr."""
    for plan, asked in zip(plans, readings, strict=True):
        if plan.source != asked:
            say(f"Most of these rows came from {plan.source} before, so they are matched with it.")
        counts = (
            f"{len(plan.added)} added, {len(plan.changed)} changed, {plan.unchanged} unchanged,"
            f" {len(plan.missing)} missing, {len(plan.skipped)} skipped"
        )
        click.echo(f"{plan.source}: {counts}. {say_minutes(plan.minutes)} added.")
        if dry_run:
            _say_tables(readings[asked].tables)
            _print_plan(plan)
        _say_notes("To check", plan.warnings)
        _say_notes("Skipped", plan.skipped)
        if plan.missing:
            gone = plan.removed and not dry_run
            what = "deleted" if gone else "kept; --remove-missing deletes them"
            say(f"Missing from the file, {what}:")
            lines = (f"  {e.id}  {full_day(e.day)}  {cut(e.title, 60)}" for e in plan.missing)
            say(*islice(lines, _SHOWN))
    untagged = sum(len(plan.untagged) for plan in plans)
    if dry_run:
        say("Nothing was written.")
    elif untagged:
        first = next(entry.id for plan in plans for entry in plan.untagged)
        say(f"{untagged} without a KSB. They count. To go through them:")
        say("  ksbtui list --search ksb:none --limit 0")
        say(f"  ksbtui suggest --entry {first}")


def _print_plan(plan: Plan) -> None:
    for sign, entries in (("+", plan.added), ("~", [after for _, after in plan.changed])):
        for entry in entries[:_SHOWN]:
            when, time = span_text(entry.first_day, entry.day), say_minutes(entry.minutes)
            title, codes = cut(entry.title, 60), " ".join(entry.ksbs)
            click.echo(f"{sign} {when}  {time}  {title}  {codes}".rstrip())
        if len(entries) > _SHOWN:
            click.echo(f"{sign} and {len(entries) - _SHOWN} more")


def _tables_json(readings: dict[str, Reading], journal: Journal) -> dict[str, Any]:
    """Every table found, with what was read of it or why nothing, and the maps that fit."""
    tables = [table for reading in readings.values() for table in reading.tables]
    maps = [
        {"name": name, "table": table.number}
        for table in tables
        for name in journal.imports.maps_for(table.shape)
    ]
    return {"tables": tables, "maps": maps}


def _offer_maps(readings: dict[str, Reading], journal: Journal) -> None:
    """Offer a map that was saved for a table of the same shape and is not used here."""
    for reading in readings.values():
        for table in reading.tables:
            for name in journal.imports.maps_for(table.shape) if table.aside else ():
                say(f"The map {name} was saved for the columns of {table.name}:")
                say(f"  ksbtui import FILE --use-map {name}")


def _say_tables(tables: Sequence[TableSeen]) -> None:
    """Say what each table is, which columns were read, and why others were not."""
    for table in tables:
        place = f"{table.sheet}, rows {table.first} to {table.last}"
        rows = f"{number_of(table.rows, 'row')}, {say_minutes(table.minutes)}"
        what = f"not read, {table.aside}" if table.aside else rows
        say(f"T{table.name[1:]} ({place}): {what}.")
        for column in table.columns if not table.aside or any(table.shape) else ():
            means = f"not read: {column.aside}" if column.aside else column.means
            say(f"  {column.letter:<3}{cut(column.heading, 34):<36}{means}")


def _say_notes(heading: str, notes: list[Note]) -> None:
    if not notes:
        return
    say(f"{heading}:", *(f"  {note.text}" for note in notes[:_SHOWN]))
    if len(notes) > _SHOWN:
        say(f"  and {len(notes) - _SHOWN} more. To list them all: --json")
