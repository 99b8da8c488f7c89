"""``import``: logs, calendars, trackers and ksbtui's own JSON come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import reporting
from ksbtui.cli.exchange.export import Progress
from ksbtui.cli.output import cut, print_json, say
from ksbtui.core.codec import encode_fields
from ksbtui.core.days import full_day, span_text
from ksbtui.core.durations import parse_minutes, say_minutes
from ksbtui.core.exchange.merging import DOUBLE
from ksbtui.core.text.text import number_of, quoted
from ksbtui.errors import Unreadable
from ksbtui.store.files.paths import typed_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ksbtui.core.exchange.imported import Note, Reading, TableSeen
    from ksbtui.imports.source import Options
    from ksbtui.journal.exchange.exchange import Taken
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
    keep_going: bool,
    format_: str,
    save_map: str | None,
    as_json: bool,
    **given: Any,
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
    options = _options(journal, given)
    readings = _read_all(files, options, format_, keep_going, source)
    plans = [
        journal.imports.plan(reading, name, named=source is not None, remove_missing=remove_missing)
        for name, reading in readings.items()
    ]
    if not dry_run:
        names = ", ".join(Path(file).name for file in files)
        shapes = [table.shape for r in readings.values() for table in r.tables if table.mapped]
        maps = {save_map: options.kept(next(iter(shapes), ()))} if save_map else {}
        progress = Progress("Importing")
        journal.imports.apply(plans, f"Imported {cut(names, 60)}", progress, maps)
        progress.close()
    if as_json:
        print_json({**_as_json(plans), **_tables_json(readings, journal)})
    else:
        _print(plans, readings, dry_run)
        _offer_maps(readings, journal)


def _is_own(journal: Journal, files: tuple[str, ...], dry_run: bool, as_json: bool) -> bool:
    """Take in what ksbtui itself wrote, feedback or a whole journal; tell whether it was that."""
    if all(file.lower().endswith(_NEVER_WHOLE) for file in files):
        return False
    from ksbtui.journal.exchange.exchange import is_ksbtui_json
    from ksbtui.journal.exchange.handover import is_ours

    paths = [Path(file).expanduser() for file in files]
    if any(map(is_ours, paths)):
        from ksbtui.cli.exchange.feedback import take_feedback

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
    progress = Progress("Importing")
    taken = journal.exchange.restore_json(typed_path(files[0]), progress, dry_run)
    progress.close()
    if as_json:
        counts = ("added", "changed", "unchanged", "minutes", "restored", "deleted", "kept")
        found = {key: getattr(taken, key) for key in counts}
        merged = [encode_fields(note) for note in taken.notes]
        wishes = [entry.id for entry in taken.wishes]
        lists = {"skipped": [], "warnings": [], "merged": merged, "purged_elsewhere": wishes}
        print_json({**found, "missing": 0, **lists})
        return
    verb = "Restored" if taken.restored else "Merged"
    deleted = f" {taken.deleted} deleted," if taken.deleted else ""
    click.echo(
        f"{verb}: {taken.added} added, {taken.changed} changed,{deleted} "
        f"{taken.unchanged} unchanged. {say_minutes(taken.minutes)} added."
    )
    _say_merged(taken)
    if dry_run:
        say("Nothing was written.")


def _say_merged(taken: Taken) -> None:
    """Name what was merged, under what happened to it."""
    from ksbtui.presentation.exchange import merged_lines

    say(*merged_lines(taken, ". To list them all: --json"))
    if any(note.what == DOUBLE for note in taken.notes):
        say("To choose which to keep: ksbtui conflicts")
    if taken.wishes:
        say("To remove one here as well: ksbtui purge ID")


def _options(journal: Journal, given: dict[str, Any]) -> Options:
    """What was said about the files, over what a saved map says."""
    from ksbtui.cli.context import read_day
    from ksbtui.imports.source import Options, read_map, saved_columns
    from ksbtui.imports.times import ORDERS

    kept = journal.imports.map_of(given["use_map"]) if given["use_map"] else {}
    order = given["date_order"].strip().lower() or kept.get("order", "")
    if order and order not in ORDERS:
        raise Unreadable(f"{quoted(order)} is not a date order.", "Use --date-order dmy or mdy.")
    header, table = given["header_row"], given["table"]
    for number, what in ((header, "row"), (table, "table")):
        if number is not None and not (number.isdecimal() and int(number)):
            raise Unreadable(
                f"{quoted(number)} is not the number of a {what}.", "Enter a number, such as 3."
            )
    columns = saved_columns(kept)
    start = journal.enrolled.enrolment.start
    return Options(
        as_at=journal.as_at,
        sheet=given["sheet"] or kept.get("sheet", ""),
        table=int(table) if table else None,
        header_row=int(header) if header else kept.get("header_row"),
        shape=tuple(kept.get("shape", ())),
        columns=columns | (read_map(given["map_"]) if given["map_"] else {}),
        order=order,
        first=read_day(given["first"], journal) if given["first"] else start,
        last=read_day(given["last"], journal) if given["last"] else journal.as_at,
        minutes=parse_minutes(given["time_"]) if given["time_"] else None,
    )


def _read_all(
    files: tuple[str, ...], options: Options, format: str, keep_going: bool, source: str | None
) -> dict[str, Reading]:
    """What the files hold, by the name of the source that each is matched with."""
    from ksbtui.journal.exchange.imports import source_name

    readings: dict[str, Reading] = {}
    for file in files:
        path = typed_path(file)
        reading = _read(path, options, format, keep_going, many=len(files) > 1)
        name = source or source_name(path.stem if path.is_file() else path.name)
        if name in readings:
            readings[name].add(reading)
        else:
            readings[name] = reading
    return readings


def _read(path: Path, options: Options, format: str, keep_going: bool, many: bool) -> Reading:
    """One file's activities; several files are told apart in what is reported."""
    from ksbtui.imports import read_activities
    from ksbtui.imports.logs import NoLog, check_refused

    try:
        reading, _ = read_activities(path, options, format)
    except NoLog as refusal:
        _say_tables(refusal.tables)
        raise
    check_refused(reading, path.name, keep_going)
    return reading.within(path.name) if many else reading


def _as_json(plans: list[Plan]) -> dict[str, Any]:
    return {
        "added": sum(len(plan.added) for plan in plans),
        "changed": sum(len(plan.changed) for plan in plans),
        "unchanged": sum(plan.unchanged for plan in plans),
        "missing": sum(len(plan.missing) for plan in plans),
        "skipped": [_note(note) for plan in plans for note in plan.skipped],
        "warnings": [_note(note) for plan in plans for note in plan.warnings],
        "minutes": sum(plan.minutes for plan in plans),
        "removed": sum(len(plan.removed) for plan in plans),
        "sources": [plan.source for plan in plans],
        "added_ids": [entry.id for plan in plans for entry in plan.added],
        "changed_ids": [after.id for plan in plans for _, after in plan.changed],
        "missing_ids": [entry.id for plan in plans for entry in plan.missing],
        "untagged_ids": [entry.id for plan in plans for entry in plan.untagged],
    }


def _note(note: Note) -> dict[str, Any]:
    found: dict[str, Any] = {"row": note.row, "reason": note.reason}
    return {**found, "where": note.where} if note.where else found


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
            did = (
                "deleted" if plan.removed and not dry_run else "kept; --remove-missing deletes them"
            )
            say(f"Missing from the file, {did}:")
            for entry in plan.missing[:_SHOWN]:
                say(f"  {entry.id}  {full_day(entry.day)}  {cut(entry.title, 60)}")
    untagged = sum(len(plan.untagged) for plan in plans)
    if dry_run:
        say("Nothing was written.")
    elif untagged:
        first = next(entry.id for plan in plans for entry in plan.untagged)
        say(f"{untagged} without a KSB. They count. To go through them:")
        say("  ksbtui list --search ksb:none --limit 0")
        say(f"  ksbtui suggest --entry {first}")


def _print_plan(plan: Plan) -> None:
    for entry in plan.added[:_SHOWN]:
        _print_entry("+", entry)
    if len(plan.added) > _SHOWN:
        click.echo(f"+ and {len(plan.added) - _SHOWN} more")
    for _, after in plan.changed[:_SHOWN]:
        _print_entry("~", after)
    if len(plan.changed) > _SHOWN:
        click.echo(f"~ and {len(plan.changed) - _SHOWN} more")


def _tables_json(readings: dict[str, Reading], journal: Journal) -> dict[str, Any]:
    """Every table found, with what was read of it or why nothing, and the maps that fit."""
    tables = [table for reading in readings.values() for table in reading.tables]
    return {
        "tables": [encode_fields(table) for table in tables],
        "maps": [
            {"name": name, "table": table.number}
            for table in tables
            for name in journal.imports.maps_for(table.shape)
        ],
    }


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
        if table.aside:
            say(f"T{table.name[1:]} ({place}): not read, {table.aside}.")
        else:
            count = number_of(table.rows, "row")
            say(f"T{table.name[1:]} ({place}): {count}, {say_minutes(table.minutes)}.")
        for column in table.columns if not table.aside or any(table.shape) else ():
            means = f"not read: {column.aside}" if column.aside else column.means
            say(f"  {column.letter:<3}{cut(column.heading, 34):<36}{means}")


def _print_entry(sign: str, entry: Any) -> None:
    when, time = span_text(entry.first_day, entry.day), say_minutes(entry.minutes)
    click.echo(f"{sign} {when}  {time}  {cut(entry.title, 60)}  {' '.join(entry.ksbs)}".rstrip())


def _say_notes(heading: str, notes: list[Note]) -> None:
    if not notes:
        return
    say(f"{heading}:")
    for note in notes[:_SHOWN]:
        say(f"  {note.text}")
    if len(notes) > _SHOWN:
        say(f"  and {len(notes) - _SHOWN} more. To list them all: --json")
