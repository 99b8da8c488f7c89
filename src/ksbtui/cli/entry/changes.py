"""``delete``, ``submit``, ``undo``, ``redo`` and ``history``: changes that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import complete_ids, read_count, read_day_if, reporting, with_journal
from ksbtui.cli.output import cut, print_json, print_lines, print_result, print_rows, say
from ksbtui.core.days import full_day

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal
    from ksbtui.store.database.changes import Done


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=complete_ids)
@with_journal
def delete(journal: Journal, ids: tuple[str, ...]) -> None:
    """Delete entries as one change; ksbtui undo brings them back."""
    deleted = journal.entries.delete(ids)
    print_lines(f"Deleted {e.id}  {full_day(e.day)}  {cut(e.title, 60)}" for e in deleted)
    say("To undo: ksbtui undo")


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=complete_ids)
@click.option("--since", metavar="DAY", help="Every entry that counts, from this day.")
@click.option("--not", "not_copied", is_flag=True, help="Remove the mark.")
@reporting
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
    day = None if ids else read_day_if(since, journal)
    changed = journal.portfolio.submit(ids, since=day, copied=not not_copied)
    if as_json:
        print_json({"entries": journal.entry_json.of_all(changed), "total": len(changed)})
        return
    print_lines(f"{e.id}  {full_day(e.day)}  {cut(e.title, 60)}" for e in changed)
    what = "not in" if not_copied else "in"
    say(f"{len(changed)} marked as {what} your e-portfolio. To undo: ksbtui undo")


@click.command()
@reporting
def undo(journal: Journal, as_json: bool) -> None:
    """Undo the newest change. Run it again to undo the one before."""
    done = journal.undo()
    print_result(_as_json(done), f"Undone: {done.label}", as_json)


@click.command()
@reporting
def redo(journal: Journal, as_json: bool) -> None:
    """Redo the change you undid last."""
    done = journal.redo()
    print_result(_as_json(done), f"Redone: {done.label}", as_json)


@click.command()
@click.argument("id", required=False)
@click.option(
    "-n", "--limit", metavar="N", default="20", show_default=True, help="Show only the newest N."
)
@reporting
def history(journal: Journal, id: str | None, limit: str, as_json: bool) -> None:
    """Show what was changed and when. With an entry's ID, show each change to that entry."""
    batches = journal.history(id or "", read_count(limit))
    if as_json:
        print_json({"changes": [_as_json(done) for done in batches]})
        return
    if not batches:
        say("Nothing has been changed yet.")
    for done in batches:
        when, undone = done.at[:16].replace("T", " "), "  (undone)" if done.undone else ""
        click.echo(f"{when}  {cut(done.label, 90)}{undone}")
        if id is not None:
            print_rows(_fields(done))


def _fields(done: Done) -> Iterator[tuple[str, str, str]]:
    """Each field a change touched: name, before, after."""
    for change in done.changes:
        before, after = change.before or {}, change.after or {}
        if not before and after:
            continue
        for key in {**before, **after}:
            if key not in ("updated_at", "created_at"):
                yield f"  {key}", _short(before.get(key)), f"→ {_short(after.get(key))}"


def _short(value: Any) -> str:
    if isinstance(value, list):
        value = " ".join(item["title"] if isinstance(item, dict) else str(item) for item in value)
    return cut(" ".join(str("" if value is None else value).split()), 60)


def _as_json(done: Done) -> dict[str, Any]:
    head = {key: getattr(done, key) for key in ("n", "at", "label", "kind", "undone")}
    changes = [
        {key: getattr(change, key) for key in ("kind", "id", "before", "after")}
        for change in done.changes
    ]
    return {**head, "changes": changes}
