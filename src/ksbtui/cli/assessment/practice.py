"""``discuss mock`` and ``discuss plan``, and how a question is shown and scored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import json_option, read_coming_day, read_span, read_text, with_journal
from ksbtui.cli.output import cut, print_json, print_rows
from ksbtui.core.days import line_day
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound, Unreadable
from ksbtui.presentation.entries import named

if TYPE_CHECKING:
    from ksbtui.core.assessment.discussion import Question
    from ksbtui.core.assessment.practice_session import PracticeSession, Results
    from ksbtui.core.assessment.rehearsal import Memory, Rehearsal
    from ksbtui.core.entry.entries import Entry
    from ksbtui.journal.journal import Journal


further_option = click.option(
    "--further", is_flag=True, help="Also show what you may be asked next, after your answer."
)
notes_option = click.option(
    "--notes", default="", metavar="TEXT|-", help="Notes on your answer; - reads stdin."
)
by_option = click.option("--by", default="self", metavar="NAME", help="Who scored it, if not you.")


def show_question(
    journal: Journal, question: Question, as_json: bool, *, further: bool = False, **more: Any
) -> None:
    """Print a question with the learner's own entries; ``more`` are further keys of the JSON."""
    entries = journal.discussing.evidence_for(question.code)
    if as_json:
        print_json(
            {**question_json(journal, question), "evidence": _evidence_json(entries), **more}
        )
        return
    click.echo(f"{question.level.capitalize()}  {question.code} {_name(journal, question.code)}\n")
    click.echo(question.text)
    if further and question.follow_up:
        click.echo(f"If asked further: {question.follow_up}")
    click.echo()
    if not entries:
        click.echo(f"No entry for {question.code} yet. Answer from what you know.")
        return
    click.echo("Your evidence")
    print_rows(
        (line_day(e.day), cut(named(e), 60), cut(", ".join(i.title for i in e.evidence), 30), e.id)
        for e in entries
    )


def _name(journal: Journal, code: str) -> str:
    ksb = journal.enrolled.standard.ksb(code)
    return ksb.name if ksb else ""


def question_json(journal: Journal, question: Question) -> dict[str, Any]:
    """A question with its follow-up and the statement it is about, as JSON."""
    ksb = journal.enrolled.standard.ksb(question.code)
    return {
        "code": question.code,
        "level": question.level,
        "question": question.text,
        "follow_up": question.follow_up,
        "statement": ksb.text if ksb else "",
    }


def _evidence_json(entries: list[Entry]) -> list[dict[str, Any]]:
    return [
        {
            "id": entry.id,
            "day": entry.day.isoformat(),
            "title": entry.title,
            "evidence": [
                {"kind": e.kind, "title": e.title, "target": e.target} for e in entry.evidence
            ],
        }
        for entry in entries
    ]


def read_score(text: str) -> int:
    """A score as typed; refused where it is no number."""
    if not text.strip().isdecimal():
        raise Unreadable(f"{quoted(text)} is not a score.", "Score from 1 (lost) to 4 (assured).")
    return int(text)


@click.group(invoke_without_command=True)
@further_option
@json_option
@click.pass_context
def mock(ctx: click.Context, further: bool, as_json: bool) -> None:
    """Do a mock discussion: 60 minutes plus 10 %, from describe questions to evaluate ones.

    You can continue it later, also in another terminal.

    \b
    ksbtui discuss mock start        start it and its clock
    ksbtui discuss mock              the current question (--further: and a follow-up)
    ksbtui discuss mock score 3      score your answer, see the next question
    ksbtui discuss mock pause        stop the clock
    ksbtui discuss mock go           start the clock again
    ksbtui discuss mock stop         end it; your scored answers are kept
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(show, further=further, as_json=as_json)


@mock.command()
@click.option("--questions", metavar="N", help="Number of questions: 8 to 12. The default is 10.")
@click.option("--seed", metavar="WORD", help="A word that always picks the same questions.")
@json_option
@with_journal
def start(journal: Journal, questions: str | None, seed: str | None, as_json: bool) -> None:
    """Start a mock discussion and its clock."""
    from ksbtui.journal.assessment.discussion import mock_count

    made = journal.discussing.start(mock_of=mock_count(questions), seed=seed)
    _show_session(journal, made, as_json)


@mock.command(hidden=True)
@further_option
@json_option
@with_journal
def show(journal: Journal, further: bool, as_json: bool) -> None:
    """Show how far you are in the mock, and the current question."""
    _show_session(journal, _present(journal), as_json, further=further)


@mock.command()
@click.argument("score")
@notes_option
@by_option
@json_option
@with_journal
def score(journal: Journal, score: str, notes: str, by: str, as_json: bool) -> None:
    """Score the current answer, 1 to 4, and go to the next question."""
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
    """Pause the clock. Nothing is lost."""
    _show_session(journal, journal.discussing.pause(_present(journal)), as_json)


@mock.command()
@json_option
@with_journal
def go(journal: Journal, as_json: bool) -> None:
    """Start the clock again."""
    _show_session(journal, journal.discussing.resume(_present(journal)), as_json)


@mock.command()
@with_journal
def stop(journal: Journal) -> None:
    """End the mock. Answers you have scored are kept."""
    session = _present(journal)
    found = journal.discussing.results(session)
    journal.discussing.stop()
    click.echo(f"You stopped after {session.place} of {len(session.questions)} questions.")
    if found.answers:
        _print_results(journal, found)


def _print_results(journal: Journal, found: Results) -> None:
    """How a practice went, in the words of its page on the screen."""
    from ksbtui.presentation.assessment import plain_lines

    coverage = journal.progress.view.coverage
    for line in plain_lines(found, coverage, journal.discussing.checklist):
        click.echo(line)


def _present(journal: Journal) -> PracticeSession:
    session = journal.discussing.session
    if session is None:
        _ = journal.enrolled
        raise NotFound("No practice is in progress.", "Start one with: ksbtui discuss mock start")
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


@click.command()
@click.option(
    "--by", metavar="DAY", help="The day to be ready by, if not your discussion or gateway day."
)
@click.option(
    "--leave", metavar="A..B", multiple=True, help="Days you will not practise; repeat for more."
)
@click.option("--without-mocks", is_flag=True, help="Do not count answers from mock discussions.")
@json_option
@with_journal
def plan(
    journal: Journal, by: str | None, leave: tuple[str, ...], without_mocks: bool, as_json: bool
) -> None:
    r"""Show what to practise today, and how many minutes a day you need.

    \b
    ksbtui discuss plan
    ksbtui discuss plan --by 15/04/2027 --leave 2026-12-21..2027-01-03

    Your scores decide when a KSB comes up again. The FSRS algorithm estimates how long you
    will remember it.
    """
    from ksbtui.presentation.assessment import plan_lines

    made = journal.rehearsing.plan(
        read_coming_day(by, journal) if by else None,
        tuple(read_span(text, journal) for text in leave),
        with_mocks=not without_mocks,
    )
    if as_json:
        print_json(_json(made))
        return
    for line in plan_lines(made):
        click.echo(line)


def _json(made: Rehearsal) -> dict[str, object]:
    minutes = made.minutes
    return {
        "as_at": made.as_at,
        "by": made.by,
        "total": made.total,
        "held_now": made.held_now,
        "held_then": made.held_then,
        "with_mocks": made.with_mocks,
        "due": _codes(made.due),
        "new": _codes(made.new),
        "answers_left": made.answers_left,
        "answer_minutes": made.answer_minutes,
        "minutes_a_day": minutes.early,
        "minutes_a_day_last_weeks": minutes.last,
        "days": minutes.early_days,
        "days_last_weeks": minutes.last_days,
        "minutes_left_over": minutes.left_over,
        "ksbs": [
            {
                "code": memory.code,
                "held_now": round(memory.now, 4),
                "held_then": round(memory.then, 4),
                "due": memory.due,
            }
            for memory in made.memories
        ],
    }


def _codes(memories: Iterable[Memory]) -> list[str]:
    return [memory.code for memory in memories]
