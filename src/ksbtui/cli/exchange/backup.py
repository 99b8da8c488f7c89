"""``backup``, ``restore``, ``doctor``, ``purge`` and ``where``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import json_option, with_journal
from ksbtui.cli.output import cut, print_json, print_rows, say
from ksbtui.core.text.text import number_of
from ksbtui.errors import KsbtuiError, NotFound
from ksbtui.store.database.connection import DAMAGE_HINT
from ksbtui.store.files.paths import typed_path

if TYPE_CHECKING:
    from pathlib import Path

    from ksbtui.journal.backup.checking import Check
    from ksbtui.journal.backup.salvage import Younger
    from ksbtui.journal.journal import Journal


@click.command()
@click.argument("path", required=False)
@click.option("--to", multiple=True, metavar="KEY", help="Encrypt it for a key, or a kept name.")
@json_option
@with_journal
def backup(journal: Journal, path: str | None, to: tuple[str, ...], as_json: bool) -> None:
    """Make a verified copy of the journal: at PATH, else in its backup folder.

    With --to the copy is encrypted, so that it may lie in a shared folder. --to me is your
    own key: keep a copy of its file elsewhere, or nobody can open the backup.
    """
    target = typed_path(path) if path else None
    keys: list[str] = []
    if to:
        from ksbtui.store.files.keys import find_key

        keys = [find_key(key) for key in to]
    made = journal.backup.backup(target, keys)
    if as_json:
        print_json({"path": str(made), "bytes": made.stat().st_size})
    else:
        click.echo(f"Copied and checked: {made}")


@click.command()
@click.argument("path", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--take-over/--leave",
    default=None,
    help="Whether entries younger than the copy come with it. Asked if neither is given.",
)
@with_journal
def restore(journal: Journal, path: str | None, yes: bool, take_over: bool | None) -> None:
    """Restore the journal from PATH, or from the newest sound backup.

    The present file is set aside beside it, never deleted. On a terminal it asks first.
    Entries that the copy lacks are counted, and taken over from the present file with
    --take-over, however damaged that is.
    """
    newest = journal.backup.newest_sound() if path is None else None
    if path is None and newest is None:
        raise NotFound("There is no sound backup to restore.", "Name a copy: ksbtui restore PATH")
    chosen = typed_path(path) if path else newest.path  # type: ignore[union-attr]
    if not chosen.is_file():
        raise NotFound(f"There is no file {chosen}.", "ksbtui where names the backup folder.")
    found = journal.backup.younger(chosen)
    if found:
        say(f"The present file has more than {chosen.name}: {_counted(found)}.")
    _ask(f"Put {chosen} in the place of {journal.path}? The present file is set aside.", yes)
    if found and take_over is None and not yes and sys.stdin.isatty():
        take_over = click.confirm("Take them over?", default=True, err=True)
    aside = journal.backup.restore(chosen)
    click.echo(f"Restored {journal.path} from {chosen}")
    if found and take_over:
        click.echo(f"Taken over: {_counted(found)}.")
        journal.backup.take_over(found)
    if aside:
        say(f"The file that was there is kept as {aside}")
        if found and not take_over:
            say(f"Read it into a new journal with: ksbtui --journal {aside} doctor --salvage NEW")


def _counted(found: Younger) -> str:
    """What a copy lacks: ``3 younger entries, 1 changed since``."""
    younger = number_of(len(found.added), "younger entry", "younger entries")
    parts = ([younger] if found.added else []) + (
        [f"{len(found.changed)} changed since"] if found.changed else []
    )
    return ", ".join(parts)


def _ask(question: str, yes: bool) -> None:
    """Ask on a terminal; a script that names the command has said so already."""
    if not yes and sys.stdin.isatty():
        click.confirm(question, abort=True, err=True)


@click.command()
@click.option("--mend", is_flag=True, help="Repair what can be repaired.")
@click.option("--salvage", metavar="NEW", help="Read a damaged journal into a new file.")
@click.option("--report", is_flag=True, help="For a maintainer: versions and counts, no words.")
@json_option
@with_journal
def doctor(journal: Journal, mend: bool, salvage: str | None, report: bool, as_json: bool) -> int:
    r"""Check the file, every record and sum, the search index and the backups.

    With --salvage the journal is read page by page, however damaged, into the file NEW. It is
    not changed itself. What could not be read is listed.

    \b
    ksbtui doctor
    ksbtui doctor --mend
    ksbtui doctor --salvage rescued.db
    """
    if salvage is not None:
        return _salvage(journal, typed_path(salvage), as_json)
    if report:
        found = journal.backup.report()
        if as_json:
            print_json([{"what": what, "found": value} for what, value in found])
        else:
            print_rows(found)
        return 0
    done: tuple[str, ...] = ()
    checked = journal.backup.check()
    if mend and not checked.well:
        done = journal.backup.repair()
        checked = journal.backup.check()
    newest = journal.backup.newest_sound()
    if as_json:
        checks = [{"what": line.what, "found": line.found, "ok": line.ok} for line in checked.lines]
        backup = str(newest.path) if newest else None
        print_json({"well": checked.well, "checks": checks, "backup": backup, "done": done})
        return 0 if checked.well else 1
    for line in done:
        say(line)
    print_rows(("✓" if line.ok else "!", line.what, line.found) for line in checked.lines)
    click.echo(f"Newest sound backup: {newest.path}" if newest else "No backup yet.")
    if not checked.well:
        say(_way_out(checked, mend))
    return 0 if checked.well else 1


def _salvage(journal: Journal, target: Path, as_json: bool) -> int:
    found = journal.backup.salvage(target.absolute())
    if as_json:
        print_json(found)
        return 0
    entries = number_of(found.entries, "entry", "entries")
    click.echo(f"Read {entries} and {number_of(found.records, 'record')} into {found.path}")
    if found.deleted:
        click.echo(f"Deleted entries among them: {found.deleted}")
    for line in found.lost[:SHOWN]:
        say(f"Lost: {line}")
    if len(found.lost) > SHOWN:
        say(f"And {len(found.lost) - SHOWN} more; --json lists them all.")
    if not found.lost:
        say("Nothing that the file still names is lost.")
    if not found.enrolled:
        say(f"Your enrolment is lost. Set it up: ksbtui --journal {found.path} setup")
    say(f"Look at it with: ksbtui --journal {found.path}")
    say(f"Then put it in place with: ksbtui restore {found.path}")
    return 0


SHOWN = 20
"""Lost things are listed up to so many."""


def _way_out(found: Check, mended: bool) -> str:
    """What to do about what is not as it should be."""
    if not found.lines[0].ok:
        return f"The journal file is damaged: nothing is written in it now. {DAMAGE_HINT}"
    if mended:
        return "What is left could not be repaired. ksbtui backup PATH keeps a copy as it is."
    return "Something is wrong. Repair it with: ksbtui doctor --mend"


@click.command()
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_journal
def purge(journal: Journal, id: str, yes: bool) -> None:
    """Remove an entry for good, with its history and what drafts hold of it.

    For text that must not be kept. On a terminal it asks first. It cannot be undone. Backups
    and other files of the journal's that still hold it are named.
    """
    entry = journal.backup.to_purge(id)
    _ask(f'Remove "{cut(entry.title, 60)}" and its history for good?', yes)
    left = journal.backup.purge(entry.id)
    click.echo(f'Removed "{cut(entry.title, 60)}" and its history.')
    if left.files:
        say("These files still hold it; remove those you do not need:")
        for path in left.files:
            say(f"  {path}")
    if left.things:
        say("These in the journal hold words that it had too:")
        for thing in left.things:
            say(f"  {cut(thing, 70)}")


@click.command()
@json_option
@with_journal
def where(journal: Journal, as_json: bool) -> None:
    """Say where the journal, its backups, your own data files and settings are kept.

    Keys, feedback, example packs and the results of a caseload are named where there are any.
    """
    from ksbtui.settings import settings_path
    from ksbtui.store.database.drafts import drafts_path
    from ksbtui.store.files.paths import (
        attachment_folder,
        backup_folder,
        data_folder,
        kept_places,
    )
    from ksbtui.store.seed.seeds import seed_root

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
        say(f"{len(copies)} backups, the newest of {copies[0].day}.")
