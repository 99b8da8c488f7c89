"""``caseload``: every learner of a tutor's in one list.

From the files they handed over, or from a provider's PostgreSQL database.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import Context, json_option
from ksbtui.cli.exchange.export import Progress
from ksbtui.cli.exchange.handover import journal_of, open_file
from ksbtui.cli.opening import is_terminal
from ksbtui.cli.output import print_json, print_rows, say
from ksbtui.core.caseload.caseload import ActualHours, Case, actual_hours, cohort, ordered
from ksbtui.core.text.text import number_of
from ksbtui.errors import Conflict, KsbtuiError, Unreadable
from ksbtui.exports.making import save_file, writer
from ksbtui.journal.caseload.pushing import rows_of
from ksbtui.journal.caseload.reading import (
    Caseload,
    handover_in,
    handover_paths,
    read_caseload,
)
from ksbtui.presentation import caseload as text
from ksbtui.store.provider import server as provider

if TYPE_CHECKING:
    from ksbtui.screens.caseload.app import Chosen


@click.command()
@click.argument("sources", nargs=-1, metavar="FOLDER|FILE...")
@click.option("--from", "url", metavar="URL", help="Read from a provider's PostgreSQL database.")
@click.option(
    "--sort",
    "by",
    metavar="BY",
    help="Sort by this column, such as name, hours or review.",
)
@click.option(
    "--filter",
    "words",
    default="",
    metavar="WORDS",
    help="Show only rows that contain these words.",
)
@click.option(
    "--cohort", "group", is_flag=True, help="Show the whole group instead of each learner."
)
@click.option(
    "--hours", is_flag=True, help="Show planned and actual hours, for a provider's return."
)
@click.option(
    "--learners", metavar="FILE", help="A file with the names you expect, one on each line."
)
@click.option(
    "--export", "target", metavar="PATH", help="Write the table to a .xlsx, .csv or .json file."
)
@json_option
@click.pass_context
def caseload(
    ctx: click.Context, /, sources: tuple[str, ...], url: str | None, as_json: bool, **options: Any
) -> None:
    r"""Show every learner who shared a journal with you, from a folder or files.

    \b
    ksbtui caseload ~/Shared/learners
    ksbtui caseload ~/Shared/learners --sort review --json
    ksbtui caseload ~/Shared/learners --cohort
    ksbtui caseload ~/Shared/learners --export cohort.xlsx
    ksbtui caseload push postgresql://HOST/DB ~/Shared/learners
    ksbtui caseload --from postgresql://HOST/DB
    ksbtui caseload purge postgresql://HOST/DB LEARNER
    ksbtui caseload setup postgresql://HOST/DB

    On a terminal it opens on the screen, where ↵ opens a learner. Who sent a file before and
    has none now is listed too, as is everybody named in learners.txt in the folder. Figures
    are kept by the hash of the file, encrypted for your own key. A connection is opened to
    the server you name, and only then; it keeps figures and names, none of their texts.
    """
    context: Context = ctx.obj
    learners, target = options.pop("learners"), options["target"]
    if sources[:1] and sources[0] in ("push", "setup", "purge"):
        _act(sources[0], sources[1:], context, as_json)
        return
    if not sources and url is None:
        raise click.MissingParameter(param_hint="FOLDER|FILE...", param_type="argument")
    if url and options["hours"] and not (target or options["by"] or options["words"]):
        _print_hours(_hours_on_server(url, context), as_json)
        return

    def load(quiet: bool) -> Caseload:
        return _on_server(url, context) if url else _read(sources, context, learners, quiet)

    loaded = load(False)
    if not (as_json or options["group"] or options["hours"] or target) and is_terminal():
        ctx.exit(_show_list(lambda: load(True), loaded, context))
    _print(loaded, as_json, **options)


def _read(
    sources: tuple[str, ...], context: Context, learners: str | None, quiet: bool
) -> Caseload:
    """Read the files, with a bar where it takes longer and a person waits on the line."""
    progress = Progress("Reading")
    paths = [Path(source).expanduser() for source in sources]
    tell = None if quiet else progress
    loaded = read_caseload(paths, context.clock, tell, _names_in(learners))
    progress.close()
    return loaded


def _names_in(path: str | None) -> list[str]:
    """Names from a list, one a line."""
    if path is None:
        return []
    try:
        lines = Path(path).expanduser().read_text(encoding="utf-8-sig", errors="replace")
    except OSError as problem:
        raise Unreadable(
            f"{path} cannot be read: {problem.strerror}.", "Check that you may read it."
        ) from problem
    return [name for line in lines.splitlines() if (name := line.split(",")[0].strip())]


def _on_server(url: str, context: Context) -> Caseload:
    """Every learner that the role may see, as at today."""
    today = context.clock.today()
    with provider.connected(url) as server:
        learners = provider.report(server, today)
    cases = tuple(Case(learner.name or learner.id, learner=learner) for learner in learners)
    return Caseload(today, cases, read=len(cases))


def _hours_on_server(url: str, context: Context) -> list[ActualHours]:
    """Their hours alone, by name, without the rest of the report."""
    with provider.connected(url) as server:
        hours = provider.actual_hours(server, context.clock.today())
    return sorted(hours, key=lambda row: ((row.name or row.id).casefold(), row.id))


def _show_list(load: Callable[[], Caseload], first: Caseload, context: Context) -> int:
    """Show a list until the tutor leaves; learners open in the whole app in between."""
    # deferred: the screens, which --json and a pipe do without
    from ksbtui.screens.caseload.app import CaseloadApp

    at = ""
    while True:
        app = CaseloadApp(load, first)
        app.at = at
        code = app.run() or 0
        if app.chosen is None:
            return code
        at = app.chosen.key
        _open(app.chosen, context)
        first = load()


def _open(chosen: Chosen, context: Context) -> None:
    from ksbtui.app import run_app  # loads the screens

    journal = journal_of(open_file(Path(chosen.path), context))
    if chosen.call and journal.calls.underway is None:
        journal.calls.start()
    try:
        run_app(journal, "7" if chosen.call else "1")
    finally:
        journal.close()


def _print(
    loaded: Caseload,
    as_json: bool,
    *,
    by: str | None,
    words: str,
    group: bool,
    hours: bool,
    target: str | None,
) -> None:
    """Print or write what was asked for."""
    cases = ordered(loaded.cases, by or ("name" if hours else "alerts"), words)
    if target:
        _export(Path(target).expanduser(), cases)
    elif hours:
        _print_hours(actual_hours(cases), as_json)
    elif group:
        whole = cohort(cases, loaded.as_at)
        if as_json:
            print_json(text.cohort_json(whole))
        else:
            print_rows(text.cohort_lines(whole))
            _say_skipped(loaded)
    elif as_json:
        counts = {"read": loaded.read, "kept": loaded.kept, "older": loaded.older}
        learners = [text.case_json(case) for case in cases]
        head = {"as_at": loaded.as_at, "learners": learners}
        print_json(head | counts | {"other_files": loaded.other})
    else:
        print_rows(text.table_rows(cases), right=(1, 3, 4))
        say(f"{text.summary(cases)}.")
        _say_skipped(loaded)


def _print_hours(hours: list[ActualHours], as_json: bool) -> None:
    if as_json:
        print_json({"learners": hours})
    else:
        print_rows(text.hours_rows(hours), right=(3, 4))


def _say_skipped(loaded: Caseload) -> None:
    if loaded.older:
        say(f"Skipped {number_of(loaded.older, 'older file')}.")
    if loaded.other:
        say(f"Skipped {number_of(loaded.other, 'other file')}.")


def _export(path: Path, cases: tuple[Case, ...]) -> None:
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in ("xlsx", "csv", "json"):
        raise Unreadable(
            f"A caseload cannot be written as {path.name}.", "Use .xlsx, .csv or .json."
        )
    if path.is_dir():
        raise Conflict(f"{path} is a folder.", "Enter the path of a file in it.")
    if suffix == "json":
        learners = [text.case_json(case) for case in cases]
        document = json.dumps({"learners": learners}, ensure_ascii=False, indent=1)
    content = document if suffix == "json" else text.sheet(cases)
    save_file(path, writer(suffix)(content, lambda done, total: None))
    click.echo(str(path))


def _act(verb: str, words: tuple[str, ...], context: Context, as_json: bool) -> None:
    """Push files, purge a learner or set the database up."""
    if not words or not provider.is_server(words[0]):
        raise Unreadable(
            "No server address was entered.",
            f"Add it: ksbtui caseload {verb} postgresql://HOST/DATABASE …",
        )
    url, rest = words[0], words[1:]
    if verb == "push":
        _push(url, [Path(path).expanduser() for path in rest], context, as_json)
    elif verb == "purge":
        _purge(url, rest)
    else:
        _set_up(url)


def _push(url: str, sources: list[Path], context: Context, as_json: bool) -> None:
    """Load every file that can be read, each in a transaction of its own."""
    if not sources:
        raise click.MissingParameter(param_hint="FOLDER|FILE...", param_type="argument")
    counts: Counter[str] = Counter()
    problems: list[tuple[str, str]] = []
    progress = Progress("Pushing")
    with provider.connected(url) as server:
        paths, known = handover_paths(sources), provider.known_files(server)
        for done, path in enumerate(paths):
            progress(done, len(paths))
            try:
                file = handover_in(path)
                if file is None:
                    continue
                if known.get(file.learner, "") >= file.made_at:
                    counts[provider.UNCHANGED] += 1
                    continue
                rows = rows_of(file, path, context.clock)
            except KsbtuiError as problem:
                problems.append((path.name, problem.message))
                continue
            counts[provider.push(server, rows)] += 1
    progress.close()
    if as_json:
        skipped = [{"file": name, "reason": reason} for name, reason in problems]
        numbers = {key: counts[key] for key in ("added", "changed", "unchanged")}
        print_json({**numbers, "skipped": skipped})
        return
    say(*(f"Left out: {name}: {reason}" for name, reason in problems))
    click.echo(
        f"{counts['added']} added, {counts['changed']} changed, {counts['unchanged']} unchanged, "
        f"{number_of(len(problems), 'file')} left out."
    )


def _purge(url: str, words: tuple[str, ...]) -> None:
    if len(words) != 1:
        raise click.MissingParameter(param_hint="LEARNER", param_type="argument")
    with provider.connected(url) as server:
        name = provider.purge(server, words[0])
    click.echo(f"Removed {name} ({words[0]}) and all their rows.")
    say("Backups of the database still contain them. Pushing their file again adds them again.")


def _set_up(url: str) -> None:
    with provider.connected(url) as server:
        provider.set_up(server)
    click.echo("The database is ready.")
    say("Add a tutor:    CREATE ROLE ruth LOGIN IN ROLE ksbtui_tutor;")
    say("Who sees all:   GRANT ksbtui_provider TO head_of_training;")
    say("Change a tutor: UPDATE ksbtui.learner SET tutor = 'sam' WHERE id = '…'; (a superuser)")
