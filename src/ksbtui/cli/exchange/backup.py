"""``backup``, ``restore``, ``doctor``, ``purge`` and ``where``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import json_option, with_journal
from ksbtui.cli.output import cut, print_json, print_rows, say
from ksbtui.errors import KsbtuiError, NotFound

if TYPE_CHECKING:
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
    target = Path(path).expanduser() if path else None
    keys: list[str] = []
    if to:
        from ksbtui.store.files.known_keys import find_key

        keys = [find_key(key) for key in to]
    made = journal.backup.backup(target, keys)
    if as_json:
        print_json({"path": str(made), "bytes": made.stat().st_size})
    else:
        click.echo(f"Copied and checked: {made}")


@click.command()
@click.argument("path", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_journal
def restore(journal: Journal, path: str | None, yes: bool) -> None:
    """Put a copy (PATH, else the newest sound backup) in the journal's place.

    The present file is set aside beside it, never deleted. On a terminal it asks first.
    """
    newest = journal.backup.newest_sound() if path is None else None
    if path is None and newest is None:
        raise NotFound("There is no sound backup to restore.", "Name a copy: ksbtui restore PATH")
    chosen = Path(path).expanduser() if path else newest.path  # type: ignore[union-attr]
    if not chosen.is_file():
        raise NotFound(f"There is no file {chosen}.", "ksbtui where names the backup folder.")
    _ask(f"Put {chosen} in the place of {journal.path}? The present file is set aside.", yes)
    aside = journal.backup.restore(chosen)
    click.echo(f"Restored {journal.path} from {chosen}")
    if aside:
        say(f"The file that was there is kept as {aside}")


def _ask(question: str, yes: bool) -> None:
    """Ask on a terminal; a script that names the command has said so already."""
    if not yes and sys.stdin.isatty():
        click.confirm(question, abort=True, err=True)


@click.command()
@click.option("--mend", is_flag=True, help="Add the sums up afresh if they differ.")
@json_option
@with_journal
def doctor(journal: Journal, mend: bool, as_json: bool) -> int:
    """Check the file, recount every sum and look for sound backups."""
    found = journal.backup.check()
    if mend and not found.well:
        journal.backup.mend_sums()
        found = journal.backup.check()
    newest = journal.backup.newest_sound()
    if as_json:
        checks = [{"what": w, "found": f, "ok": ok} for w, f, ok in found.lines]
        print_json(
            {"well": found.well, "checks": checks, "backup": str(newest.path) if newest else None}
        )
        return 0 if found.well else 1
    print_rows(("✓" if ok else "!", what, text) for what, text, ok in found.lines)
    click.echo(f"Newest sound backup: {newest.path}" if newest else "No backup yet.")
    if not found.well:
        say("Something is not as it should be. ksbtui doctor --mend adds the sums up afresh.")
    return 0 if found.well else 1


@click.command()
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_journal
def purge(journal: Journal, id: str, yes: bool) -> None:
    """Remove an entry for good, with its history and what drafts hold of it.

    For text that must not be kept. On a terminal it asks first. It cannot be undone, and
    backups made earlier still hold it: they are named.
    """
    entry = journal.backup.to_purge(id)
    _ask(f"Remove “{cut(entry.title, 60)}” and its history for good?", yes)
    holding = journal.backup.purge(entry.id)
    click.echo(f"Removed “{cut(entry.title, 60)}” and its history.")
    if holding:
        say("These backups still hold it:")
        for copy in holding:
            say(f"  {copy}")


@click.command()
@json_option
@with_journal
def where(journal: Journal, as_json: bool) -> None:
    """Say where the journal, its backups, your own data files and settings are kept."""
    from ksbtui.settings import settings_path
    from ksbtui.store.files.paths import (
        attachment_folder,
        backup_folder,
        data_folder,
    )
    from ksbtui.store.seed.seeds import seed_root

    places = {
        "journal": str(journal.path),
        "backups": str(backup_folder(journal.path)),
        "evidence": str(attachment_folder(journal.path)),
        "own_data": str(data_folder()),
        "settings": str(settings_path()),
        "shipped_data": str(seed_root()),
    }
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
