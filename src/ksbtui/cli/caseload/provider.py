"""``caseload push``, ``purge``, ``setup`` and ``--from``: a provider's PostgreSQL database."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from ksbtui.cli.context import Context
from ksbtui.cli.exchange.export import Progress
from ksbtui.cli.output import print_json, say
from ksbtui.core.text.text import number_of
from ksbtui.errors import KsbtuiError, Unreadable
from ksbtui.journal.caseload.reading import Caseload, handover_in, handover_paths
from ksbtui.store.provider.server import connected, is_server


def act(verb: str, words: tuple[str, ...], context: Context, as_json: bool) -> None:
    """Push files, purge a learner or set the database up."""
    if not words or not is_server(words[0]):
        raise Unreadable(
            "The server is not named.", f"ksbtui caseload {verb} postgresql://HOST/DATABASE …"
        )
    url, rest = words[0], words[1:]
    if verb == "push":
        _push(url, [Path(one).expanduser() for one in rest], context, as_json)
    elif verb == "purge":
        _purge(url, rest)
    else:
        _set_up(url)


def _push(url: str, sources: list[Path], context: Context, as_json: bool) -> None:
    """Load every file that can be read, each in a transaction of its own."""
    from ksbtui.journal.caseload.pushing import rows_of
    from ksbtui.store.provider.database import UNCHANGED, known_files, push

    if not sources:
        raise click.MissingParameter(param_hint="FOLDER|FILE...", param_type="argument")
    counts: Counter[str] = Counter()
    problems: list[tuple[str, str]] = []
    progress = Progress("Pushing")
    with connected(url) as server:
        paths, known = handover_paths(sources), known_files(server)
        for done, path in enumerate(paths):
            progress(done, len(paths))
            try:
                file = handover_in(path)
                if file is None:
                    continue
                if known.get(file.learner, "") >= file.made_at:
                    counts[UNCHANGED] += 1
                    continue
                rows = rows_of(file, path, context.clock)
            except KsbtuiError as problem:
                problems.append((path.name, problem.message))
                continue
            counts[push(server, rows)] += 1
    progress.close()
    if as_json:
        told = [{"file": name, "reason": reason} for name, reason in problems]
        print_json(
            {**{key: counts[key] for key in ("added", "changed", "unchanged")}, "skipped": told}
        )
        return
    for name, reason in problems:
        say(f"Left out: {name}: {reason}")
    click.echo(
        f"{counts['added']} added, {counts['changed']} changed, {counts['unchanged']} unchanged, "
        f"{number_of(len(problems), 'file')} left out."
    )


def _purge(url: str, words: tuple[str, ...]) -> None:
    from ksbtui.store.provider.database import purge

    if len(words) != 1:
        raise click.MissingParameter(param_hint="LEARNER", param_type="argument")
    with connected(url) as server:
        name = purge(server, words[0])
    click.echo(f"Removed {name} ({words[0]}) and every row of theirs.")
    say("Backups of the database still hold them; a file pushed again brings them back.")


def _set_up(url: str) -> None:
    from ksbtui.store.provider.database import set_up

    with connected(url) as server:
        set_up(server)
    click.echo("The database is ready.")
    say("Add a tutor:    CREATE ROLE ruth LOGIN IN ROLE ksbtui_tutor;")
    say("Who sees all:   GRANT ksbtui_provider TO head_of_training;")
    say("Change a tutor: UPDATE ksbtui.learner SET tutor = 'sam' WHERE id = '…'; (a superuser)")


def read_server(url: str, context: Context) -> Caseload:
    """Every learner that the role may see, as at today."""
    from ksbtui.core.caseload.caseload import Case
    from ksbtui.store.provider.database import report

    with connected(url) as server:
        found = report(server, context.clock.today())
    cases = tuple(Case(one.name or one.id, learner=one) for one in found)
    return Caseload(context.clock.today(), cases, read=len(cases))
