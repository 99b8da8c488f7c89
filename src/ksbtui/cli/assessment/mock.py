"""``discuss mock``: a mock discussion against the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.assessment.asking import (
    by_option,
    further_option,
    notes_option,
    read_score,
    show_question,
)
from ksbtui.cli.context import json_option, with_journal
from ksbtui.cli.output import print_json
from ksbtui.cli.typed import read_text
from ksbtui.errors import NotFound

if TYPE_CHECKING:
    from ksbtui.core.assessment.practice_results import Results
    from ksbtui.core.assessment.practice_session import PracticeSession
    from ksbtui.journal.journal import Journal


@click.group(invoke_without_command=True)
@further_option
@json_option
@click.pass_context
def mock(ctx: click.Context, further: bool, as_json: bool) -> None:
    """Hold a mock discussion: 60 minutes plus 10 %, from describe questions to evaluate ones.

    You can continue it later, also in another terminal.

    \b
    ksbtui discuss mock start        start it and its clock
    ksbtui discuss mock              the present question (--further: and a follow-up)
    ksbtui discuss mock score 3      score your answer, see the next question
    ksbtui discuss mock pause        stop the clock
    ksbtui discuss mock go           start the clock again
    ksbtui discuss mock stop         leave it; your scored answers stay
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(show, further=further, as_json=as_json)


@mock.command()
@click.option("--questions", metavar="N", help="8 to 12; 10 unless given.")
@click.option("--seed", metavar="WORD", help="The same word asks the same questions.")
@json_option
@with_journal
def start(journal: Journal, questions: str | None, seed: str | None, as_json: bool) -> None:
    """Begin a mock discussion; the clock runs."""
    from ksbtui.journal.assessment.discussion import mock_count

    made = journal.discussing.start(mock_of=mock_count(questions), seed=seed)
    _show_session(journal, made, as_json)


@mock.command(hidden=True)
@further_option
@json_option
@with_journal
def show(journal: Journal, further: bool, as_json: bool) -> None:
    """Show how far the mock is, and its present question."""
    _show_session(journal, _present(journal), as_json, further=further)


@mock.command()
@click.argument("score")
@notes_option
@by_option
@json_option
@with_journal
def score(journal: Journal, score: str, notes: str, by: str, as_json: bool) -> None:
    """Score the present answer, 1 to 4, and go on to the next question."""
    session = _present(journal)
    if notes:
        session = session.noted(session.checked, read_text(notes))
    after = journal.discussing.score(session, read_score(score), by)
    if after.question is not None:
        _show_session(journal, after, as_json)
        return
    found = journal.discussing.results(after)
    if as_json:
        print_json({"finished": True, "scores": list(after.scores), **found.as_json()})
    else:
        _print_results(journal, found)


@mock.command()
@json_option
@with_journal
def pause(journal: Journal, as_json: bool) -> None:
    """Stop the clock; nothing is lost."""
    _show_session(journal, journal.discussing.pause(_present(journal)), as_json)


@mock.command()
@json_option
@with_journal
def go(journal: Journal, as_json: bool) -> None:
    """Set the clock going again."""
    _show_session(journal, journal.discussing.resume(_present(journal)), as_json)


@mock.command()
@with_journal
def stop(journal: Journal) -> None:
    """Leave the mock; answers already scored stay."""
    session = _present(journal)
    found = journal.discussing.results(session)
    journal.discussing.stop()
    click.echo(f"Left after {session.place} of {len(session.questions)} questions.")
    if found.answers:
        _print_results(journal, found)


def _print_results(journal: Journal, found: Results) -> None:
    """How a practice went, in the words of its page on the screen."""
    from ksbtui.presentation.assessment.practice import plain_lines

    coverage = journal.progress.view.coverage
    for line in plain_lines(found, coverage, journal.discussing.checklist):
        click.echo(line)


def _present(journal: Journal) -> PracticeSession:
    session = journal.discussing.session
    if session is None:
        _ = journal.enrolled
        raise NotFound("No practice is in progress.", "Begin one: ksbtui discuss mock start")
    return session


def _show_session(
    journal: Journal, session: PracticeSession, as_json: bool, *, further: bool = False
) -> None:
    from ksbtui.core.assessment.practice_session import clock

    question = session.question
    assert question is not None, "a kept session has a question left"
    now = journal.clock.now()
    seconds = session.watch.seconds(now)
    more: dict[str, Any] = {
        "mock": session.mock,
        "place": session.place + 1,
        "of": len(session.questions),
        "scores": list(session.scores),
        "seconds": seconds,
        "limit_seconds": session.limit,
        "running": session.watch.running,
    }
    if not as_json:
        over = f", over by {clock(over)}" if (over := session.over(now)) else ""
        paused = "" if session.watch.running else ", paused"
        click.echo(
            f"Question {session.place + 1} of {len(session.questions)}   "
            f"{clock(seconds)} of {clock(session.limit)}{over}{paused}\n"
        )
    show_question(journal, question, as_json, further=further, **more)
