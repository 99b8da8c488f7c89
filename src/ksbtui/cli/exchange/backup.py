"""``backup``, ``restore``, ``doctor``, ``purge`` and ``where``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import reporting, with_journal
from ksbtui.cli.exchange.export import Progress
from ksbtui.cli.output import cut, print_json, print_result, print_rows, say
from ksbtui.core.text.text import number_of
from ksbtui.errors import KsbtuiError, NotFound
from ksbtui.settings import settings_path
from ksbtui.store.database.connection import DAMAGE_HINT
from ksbtui.store.database.drafts import drafts_path
from ksbtui.store.files.keys import find_key
from ksbtui.store.files.paths import (
    attachment_folder,
    backup_folder,
    data_folder,
    kept_places,
    typed_path,
)
from ksbtui.store.seed.seeds import seed_root

if TYPE_CHECKING:
    from pathlib import Path

    from ksbtui.journal.backup.checking import Check
    from ksbtui.journal.backup.salvage import Younger
    from ksbtui.journal.journal import Journal


@click.command()
@click.argument("path", required=False)
@click.option(
    "--to", multiple=True, metavar="KEY", help="Encrypt it for this key, or a name you saved."
)
@reporting
def backup(journal: Journal, path: str | None, to: tuple[str, ...], as_json: bool) -> None:
    """Make a verified copy of the journal: at PATH, else in its backup folder.

    With --to the copy is encrypted, so you can keep it in a shared folder. --to me uses your
    own key. Keep a copy of the key file elsewhere, or nobody can open the backup.
    """
    target = typed_path(path) if path else None
    copy = journal.backup.backup(target, [find_key(key) for key in to])
    document = {"path": str(copy), "bytes": copy.stat().st_size}
    print_result(document, f"Copied and checked: {copy}", as_json)


@click.command()
@click.argument("path", required=False)
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@click.option(
    "--take-over/--leave",
    default=None,
    help="Also copy newer entries from the current file, or not. The default is to ask.",
)
@with_journal
def restore(journal: Journal, path: str | None, yes: bool, take_over: bool | None) -> None:
    """Restore the journal from PATH, or from the newest good backup.

    The current file is renamed, never deleted. On a terminal it asks first. It counts entries
    that are missing from the copy. --take-over copies them from the current file, even if that
    file is damaged.
    """
    newest = journal.backup.newest_sound() if path is None else None
    if path is None and newest is None:
        raise NotFound(
            "There is no good backup to restore.", "Choose a copy yourself: ksbtui restore PATH"
        )
    chosen = typed_path(path) if path else newest.path  # type: ignore[union-attr]
    if not chosen.is_file():
        raise NotFound(f"There is no file {chosen}.", "To see the backup folder: ksbtui where")
    with Progress(f"Comparing with {chosen.name}"):
        newer = journal.backup.younger(chosen)
    if newer:
        say(f"The current file has more than {chosen.name}: {_counted(newer)}.")
    _ask(f"Replace {chosen} with {journal.path}? The current file is renamed, not deleted.", yes)
    if newer and take_over is None and not yes and sys.stdin.isatty():
        take_over = click.confirm("Copy them as well?", default=True, err=True)
    with Progress("Restoring"):
        aside = journal.backup.restore(chosen)
    click.echo(f"Restored {journal.path} from {chosen}")
    if newer and take_over:
        click.echo(f"Also copied: {_counted(newer)}.")
        journal.backup.take_over(newer)
    if aside:
        say(f"The earlier file is now {aside}")
        if newer and not take_over:
            way = f"ksbtui --journal {aside} doctor --salvage NEW"
            say(f"To copy what it contains to a new journal: {way}")


def _counted(newer: Younger) -> str:
    """What a copy lacks: ``3 newer entries, 1 changed since``."""
    added = number_of(len(newer.added), "newer entry", "newer entries")
    changed = f"{len(newer.changed)} changed since"
    return ", ".join([added] * bool(newer.added) + [changed] * bool(newer.changed))


def _ask(question: str, yes: bool) -> None:
    """Ask on a terminal; a script that names the command has said so already."""
    if not yes and sys.stdin.isatty():
        click.confirm(question, abort=True, err=True)


@click.command()
@click.option("--mend", is_flag=True, help="Repair what can be repaired.")
@click.option(
    "--salvage", metavar="NEW", help="Copy what can be read from a damaged journal to a new file."
)
@click.option(
    "--report",
    is_flag=True,
    help="Print a report for a maintainer: versions and counts, none of your text.",
)
@reporting
def doctor(journal: Journal, mend: bool, salvage: str | None, report: bool, as_json: bool) -> int:
    r"""Check the file, every record and total, the search index and the backups.

    With --salvage, ksbtui copies everything it can still read into the file NEW, and lists what
    is lost. The damaged journal is not changed.

    \b
    ksbtui doctor
    ksbtui doctor --mend
    ksbtui doctor --salvage rescued.db
    """
    if salvage is not None:
        return _salvage(journal, typed_path(salvage), as_json)
    if report:
        figures = journal.backup.report()
        if as_json:
            print_json([{"what": what, "found": value} for what, value in figures])
        else:
            print_rows(figures)
        return 0
    done: tuple[str, ...] = ()
    with Progress("Checking"):
        checked = journal.backup.check()
    if mend and not checked.well:
        with Progress("Repairing"):
            done = journal.backup.repair()
            checked = journal.backup.check()
    newest = journal.backup.newest_sound()
    if as_json:
        checks = [{"what": line.what, "found": line.found, "ok": line.ok} for line in checked.lines]
        backup = str(newest.path) if newest else None
        print_json({"well": checked.well, "checks": checks, "backup": backup, "done": done})
    else:
        say(*done)
        print_rows(("✓" if line.ok else "!", line.what, line.found) for line in checked.lines)
        click.echo(f"Newest good backup: {newest.path}" if newest else "You have no backup yet.")
        if not checked.well:
            say(_way_out(checked, mend))
    return 0 if checked.well else 1


def _salvage(journal: Journal, target: Path, as_json: bool) -> int:
    with Progress("Reading page by page"):
        salvaged = journal.backup.salvage(target.absolute())
    if as_json:
        print_json(salvaged)
        return 0
    entries = number_of(salvaged.entries, "entry", "entries")
    click.echo(f"Copied {entries} and {number_of(salvaged.records, 'record')} to {salvaged.path}")
    if salvaged.deleted:
        click.echo(f"Of these, deleted entries: {salvaged.deleted}")
    say(*(f"Lost: {line}" for line in salvaged.lost[:SHOWN]))
    if len(salvaged.lost) > SHOWN:
        say(f"and {len(salvaged.lost) - SHOWN} more. To list them all: --json")
    if not salvaged.lost:
        say("Nothing that the file still lists is lost.")
    if not salvaged.enrolled:
        say(f"Your enrolment is lost. Set it up: ksbtui --journal {salvaged.path} setup")
    say(f"Look at it with: ksbtui --journal {salvaged.path}")
    say(f"Then use it as your journal: ksbtui restore {salvaged.path}")
    return 0


SHOWN = 20
"""Lost things are listed up to so many."""


def _way_out(checked: Check, mended: bool) -> str:
    """What to do about what is not as it should be."""
    if not checked.lines[0].ok:
        return f"The journal file is damaged, so nothing is saved in it now. {DAMAGE_HINT}"
    if mended:
        left = "The remaining faults could not be repaired."
        return f"{left} To copy the file as it is: ksbtui backup PATH"
    return "Something is wrong. Repair it with: ksbtui doctor --mend"


@click.command()
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@with_journal
def purge(journal: Journal, id: str, yes: bool) -> None:
    """Remove an entry for good, with its history and its drafts.

    Use it for text that must not be kept. On a terminal it asks first. You cannot undo it. The
    backups and other files that still contain the text are listed.
    """
    entry = journal.backup.to_purge(id)
    _ask(f'Remove "{cut(entry.title, 60)}" and its history for good?', yes)
    left = journal.backup.purge(entry.id)
    click.echo(f'Removed "{cut(entry.title, 60)}" and its history.')
    if left.files:
        say("These files still contain it. Delete those you do not need:")
        say(*(f"  {path}" for path in left.files))
    if left.things:
        say("These parts of the journal contain some of the same words:")
        say(*(f"  {cut(thing, 70)}" for thing in left.things))


@click.command()
@reporting
def where(journal: Journal, as_json: bool) -> None:
    """Show where the journal, its backups, your own data files and settings are.

    Keys, feedback, example packs and caseload results are listed if you have any.
    """
    places = {
        "journal": str(journal.path),
        "backups": str(backup_folder(journal.path)),
        "evidence": str(attachment_folder(journal.path)),
        "own_data": str(data_folder()),
        "settings": str(settings_path()),
        "shipped_data": str(seed_root()),
        **{name: str(path) for name, path in kept_places().items() if path.exists()},
    }
    if (drafts := drafts_path(journal.path)).exists():  # while the journal is damaged
        places["drafts"] = str(drafts)
    if as_json:
        print_json(places)
        return
    print_rows((name.replace("_", " "), place) for name, place in places.items())
    try:
        copies = journal.backup.backups()
    except KsbtuiError:
        copies = []
    if copies:
        say(f"{len(copies)} backups, the newest from {copies[0].day}.")
