"""``delete``, ``submit``, ``undo``, ``redo`` and ``history``: changes that can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import complete_ids, json_option, read_day, read_id_count, with_journal
from ksbtui.cli.output import cut, print_json, print_rows, say
from ksbtui.core.days import full_day
from ksbtui.core.entry.entries import Entry

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal
    from ksbtui.store.database.changes import Done


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=complete_ids)
@with_journal
def delete(journal: Journal, ids: tuple[str, ...]) -> None:
    """Delete entries as one change; ksbtui undo brings them back."""
    deleted = journal.entries.delete(ids)
    for entry in deleted:
        click.echo(f"Deleted {entry.id}  {full_day(entry.day)}  {cut(entry.title, 60)}")
    say("To undo: ksbtui undo")


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=complete_ids)
@click.option("--since", metavar="DAY", help="Every entry that counts, from this day.")
@click.option("--not", "not_copied", is_flag=True, help="Remove the mark.")
@json_option
@with_journal
def submit(
    journal: Journal, ids: tuple[str, ...], since: str | None, not_copied: bool, as_json: bool
) -> None:
    r"""Mark entries as copied into your provider's e-portfolio. You can undo it.

    \b
    ksbtui submit 3yhv 8kd2
    ksbtui submit --since 1/9
    ksbtui list --search submitted:no      entries not copied yet
    """
    if not ids and since is None:
        raise click.MissingParameter(param_type="argument", param_hint="ID or --since")
    day = read_day(since, journal) if since else None
    changed: list[Entry] = []
    if ids:
        changed += journal.portfolio.submit(ids, copied=not not_copied)
    else:
        changed += journal.portfolio.submit(since=day, copied=not not_copied)
    if as_json:
        print_json({"entries": journal.entry_json.of_all(changed), "total": len(changed)})
        return
    for entry in changed:
        click.echo(f"{entry.id}  {full_day(entry.day)}  {cut(entry.title, 60)}")
    what = "not in" if not_copied else "in"
    say(f"{len(changed)} marked as {what} your e-portfolio. To undo: ksbtui undo")


@click.command()
@json_option
@with_journal
def undo(journal: Journal, as_json: bool) -> None:
    """Undo the newest change. Run it again to undo the one before."""
    _say(journal.undo(), "Undone", as_json)


@click.command()
@json_option
@with_journal
def redo(journal: Journal, as_json: bool) -> None:
    """Redo the change you undid last."""
    _say(journal.redo(), "Redone", as_json)


def _say(done: Done, verb: str, as_json: bool) -> None:
    if as_json:
        print_json(_done_json(done))
    else:
        click.echo(f"{verb}: {done.label}")


@click.command()
@click.argument("id", required=False)
@click.option(
    "-n", "--limit", metavar="N", default="20", show_default=True, help="Show only the newest N."
)
@json_option
@with_journal
def history(journal: Journal, id: str | None, limit: str, as_json: bool) -> None:
    """Show what was changed and when. With an entry's ID, show each change to that entry."""
    done = journal.history(id or "", read_id_count(limit))
    if as_json:
        print_json({"changes": [_done_json(item) for item in done]})
        return
    if not done:
        say("Nothing has been changed yet.")
    for item in done:
        click.echo(f"{_when(item)}  {cut(item.label, 90)}{'  (undone)' if item.undone else ''}")
        if id is not None:
            print_rows(_fields(item))


def _when(done: Done) -> str:
    return done.at[:16].replace("T", " ")


def _fields(done: Done) -> list[tuple[str, str, str]]:
    """Each field a change touched: name, before, after."""
    rows = []
    for change in done.changes:
        before, after = change.before or {}, change.after or {}
        if not before and after:
            continue
        for key in {**before, **after}:
            if key not in ("updated_at", "created_at"):
                rows.append((f"  {key}", _short(before.get(key)), f"→ {_short(after.get(key))}"))
    return rows


def _short(value: Any) -> str:
    if isinstance(value, list):
        value = " ".join(item["title"] if isinstance(item, dict) else str(item) for item in value)
    return cut(" ".join(str("" if value is None else value).split()), 60)


def _done_json(done: Done) -> dict[str, Any]:
    return {
        "n": done.n,
        "at": done.at,
        "label": done.label,
        "kind": done.kind,
        "undone": done.undone,
        "changes": [
            {"kind": c.kind, "id": c.id, "before": c.before, "after": c.after} for c in done.changes
        ],
    }
