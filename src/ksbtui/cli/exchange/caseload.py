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
from ksbtui.cli.opening import is_terminal
from ksbtui.cli.output import print_json, print_rows, say
from ksbtui.core.exchange.pages import Sheet
from ksbtui.core.text.text import number_of
from ksbtui.errors import Conflict, KsbtuiError, Unreadable
from ksbtui.journal.caseload.reading import Caseload, handover_in, handover_paths
from ksbtui.screens.caseload.app import CaseloadApp, Chosen
from ksbtui.store.provider.server import connected, is_server

if TYPE_CHECKING:
    from ksbtui.core.caseload.caseload import Case
    from ksbtui.journal.caseload.reading import Caseload


def show_list(load: Callable[[], Caseload], first: Caseload, context: Context) -> int:
    """Show a list until the tutor leaves; learners open in the whole app in between."""
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
    from ksbtui.app import run_app
    from ksbtui.cli.exchange.handover import journal_of, open_file

    journal = journal_of(open_file(Path(chosen.path), context))
    if chosen.call and journal.calls.underway is None:
        journal.calls.start()
    try:
        run_app(journal, "7" if chosen.call else "1")
    finally:
        journal.close()


def act(verb: str, words: tuple[str, ...], context: Context, as_json: bool) -> None:
    """Push files, purge a learner or set the database up."""
    if not words or not is_server(words[0]):
        raise Unreadable(
            "No server address was entered.",
            f"Add it: ksbtui caseload {verb} postgresql://HOST/DATABASE …",
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
    from ksbtui.store.provider.server import UNCHANGED, known_files, push

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
    from ksbtui.store.provider.server import purge

    if len(words) != 1:
        raise click.MissingParameter(param_hint="LEARNER", param_type="argument")
    with connected(url) as server:
        name = purge(server, words[0])
    click.echo(f"Removed {name} ({words[0]}) and all their rows.")
    say("Backups of the database still contain them. Pushing their file again adds them again.")


def _set_up(url: str) -> None:
    from ksbtui.store.provider.server import set_up

    with connected(url) as server:
        set_up(server)
    click.echo("The database is ready.")
    say("Add a tutor:    CREATE ROLE ruth LOGIN IN ROLE ksbtui_tutor;")
    say("Who sees all:   GRANT ksbtui_provider TO head_of_training;")
    say("Change a tutor: UPDATE ksbtui.learner SET tutor = 'sam' WHERE id = '…'; (a superuser)")


def read_server(url: str, context: Context) -> Caseload:
    """Every learner that the role may see, as at today."""
    from ksbtui.core.caseload.caseload import Case
    from ksbtui.store.provider.server import report

    with connected(url) as server:
        found = report(server, context.clock.today())
    cases = tuple(Case(one.name or one.id, learner=one) for one in found)
    return Caseload(context.clock.today(), cases, read=len(cases))


@click.command()
@click.argument("sources", nargs=-1, metavar="FOLDER|FILE...")
@click.option("--from", "url", metavar="URL", help="Read from a provider's PostgreSQL database.")
@click.option(
    "--sort",
    "by",
    default="alerts",
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
    ctx: click.Context,
    /,
    sources: tuple[str, ...],
    url: str | None,
    learners: str | None,
    as_json: bool,
    **given: Any,
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
    if sources[:1] and sources[0] in ("push", "setup", "purge"):
        act(sources[0], sources[1:], context, as_json)
        return
    if not sources and url is None:
        raise click.MissingParameter(param_hint="FOLDER|FILE...", param_type="argument")
    load = _loader(sources, url, context, learners)
    found = load(False)
    if not (as_json or given["group"] or given["hours"] or given["target"]) and is_terminal():
        ctx.exit(show_list(lambda: load(True), found, context))
    _tell(found, as_json, **given)


def _loader(
    sources: tuple[str, ...], url: str | None, context: Context, learners: str | None
) -> Callable[[bool], Caseload]:
    """What reads the caseload, told whether to be quiet about it."""
    if url is not None:
        address = url
        return lambda quiet: read_server(address, context)
    return lambda quiet: read(sources, context, learners, quiet=quiet)


def _tell(
    found: Caseload,
    as_json: bool,
    *,
    by: str,
    words: str,
    group: bool,
    hours: bool,
    target: str | None,
) -> None:
    """Print or write what was asked for."""
    from ksbtui.core.caseload.caseload import ordered

    cases = ordered(found.cases, by, words)
    if target:
        _export(Path(target).expanduser(), cases)
    elif hours:
        _print_hours(cases, as_json)
    elif group:
        _print_cohort(cases, found, as_json)
    elif as_json:
        from ksbtui.presentation.caseload import case_json

        counts = {"read": found.read, "kept": found.kept, "older": found.older}
        print_json(
            {
                "as_at": found.as_at,
                "learners": [case_json(case) for case in cases],
                **counts,
                "other_files": found.other,
            }
        )
    else:
        _print(cases, found)


def _print_hours(cases: tuple[Case, ...], as_json: bool) -> None:
    from ksbtui.presentation.caseload import hours_json, hours_rows

    if as_json:
        print_json({"learners": hours_json(cases)})
    else:
        print_rows(hours_rows(cases), right=(3, 4))


def read(
    sources: tuple[str, ...], context: Context, learners: str | None, *, quiet: bool = False
) -> Caseload:
    """Read the files, with a bar where it takes longer and a person waits on the line."""
    from ksbtui.journal.caseload.reading import read_caseload

    progress = Progress("Reading")
    tell = None if quiet else progress
    paths = [Path(one).expanduser() for one in sources]
    found = read_caseload(paths, context.clock, tell, names_in(learners))
    progress.close()
    return found


def names_in(path: str | None) -> list[str]:
    """Names from a list, one a line."""
    if path is None:
        return []
    try:
        text = Path(path).expanduser().read_text(encoding="utf-8-sig", errors="replace")
    except OSError as problem:
        raise Unreadable(
            f"{path} cannot be read: {problem.strerror}.", "Check that you may read it."
        ) from problem
    return [name for line in text.splitlines() if (name := line.split(",")[0].strip())]


def _print(cases: tuple[Case, ...], found: Caseload) -> None:
    from ksbtui.presentation.caseload import summary, table_rows

    print_rows(table_rows(cases), right=(1, 3, 4))
    say(f"{summary(cases)}.")
    _say_files(found)


def _say_files(found: Caseload) -> None:
    if found.older:
        say(f"Skipped {number_of(found.older, 'older file')}.")
    if found.other:
        say(f"Skipped {number_of(found.other, 'other file')}.")


def _print_cohort(cases: tuple[Case, ...], found: Caseload, as_json: bool) -> None:
    from ksbtui.core.caseload.caseload import cohort
    from ksbtui.presentation.caseload import cohort_json, cohort_lines

    group = cohort(cases, found.as_at)
    if as_json:
        print_json(cohort_json(group))
        return
    print_rows(cohort_lines(group))
    _say_files(found)


def _export(path: Path, cases: tuple[Case, ...]) -> None:
    from ksbtui.exports.making import save_file, writer
    from ksbtui.presentation.caseload import case_json, sheet

    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in ("xlsx", "csv", "json"):
        raise Unreadable(
            f"A caseload cannot be written as {path.name}.", "Use .xlsx, .csv or .json."
        )
    if path.is_dir():
        raise Conflict(f"{path} is a folder.", "Enter the path of a file in it.")
    content: Sheet | str = sheet(cases)
    if suffix == "json":
        rows: list[dict[str, Any]] = [case_json(case) for case in cases]
        content = json.dumps({"learners": rows}, ensure_ascii=False, indent=1)
    save_file(path, writer(suffix)(content, lambda done, total: None))
    click.echo(str(path))
