"""``discuss mock`` and ``discuss plan``, and how a question is shown and scored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import (
    json_option,
    read_coming_day_if,
    read_spans,
    read_text,
    reporting,
    with_journal,
)
from ksbtui.cli.output import cut, print_json, print_lines, print_result, print_rows
from ksbtui.core.assessment.practice_session import clock
from ksbtui.core.days import line_day
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound, Unreadable
from ksbtui.journal.assessment.discussion import mock_count
from ksbtui.presentation.assessment import plain_lines, plan_lines
from ksbtui.presentation.entries import named

if TYPE_CHECKING:
    from ksbtui.core.assessment.answers import Answer
    from ksbtui.core.assessment.discussion import Question
    from ksbtui.core.assessment.practice_session import PracticeSession, Results
    from ksbtui.core.assessment.rehearsal import Rehearsal
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
        evidence = {"evidence": [_entry_json(entry) for entry in entries]}
        print_json(question_json(journal, question) | evidence | more)
        return
    ksb = journal.enrolled.standard.ksb(question.code)
    name = ksb.name if ksb else ""
    click.echo(f"{question.level.capitalize()}  {question.code} {name}\n\n{question.text}")
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


def _entry_json(entry: Entry) -> dict[str, Any]:
    items = [{"kind": e.kind, "title": e.title, "target": e.target} for e in entry.evidence]
    return {"id": entry.id, "day": entry.day, "title": entry.title, "evidence": items}


def print_answer(journal: Journal, answer: Answer, as_json: bool) -> None:
    """Print an answer as it was scored."""
    score = f"{answer.score} ({journal.discussing.checklist.label(answer.score)})"
    print_result(answer.as_json(), f"Saved: {answer.code} {answer.level}, {score}.", as_json)


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
@reporting
def start(journal: Journal, questions: str | None, seed: str | None, as_json: bool) -> None:
    """Start a mock discussion and its clock."""
    session = journal.discussing.start(mock_of=mock_count(questions), seed=seed)
    _show_session(journal, session, as_json)


@mock.command(hidden=True)
@further_option
@reporting
def show(journal: Journal, further: bool, as_json: bool) -> None:
    """Show how far you are in the mock, and the current question."""
    _show_session(journal, _present(journal), as_json, further=further)


@mock.command()
@click.argument("score")
@notes_option
@by_option
@reporting
def score(journal: Journal, score: str, notes: str, by: str, as_json: bool) -> None:
    """Score the current answer, 1 to 4, and go to the next question."""
    session = _present(journal)
    if notes:
        session = session.noted(session.checked, read_text(notes))
    after = journal.discussing.score(session, read_score(score), by)
    if after.question is not None:
        _show_session(journal, after, as_json)
        return
    results = journal.discussing.results(after)
    if as_json:
        print_json({"finished": True, "scores": after.scores, **results.as_json()})
    else:
        _print_results(journal, results)


@mock.command()
@reporting
def pause(journal: Journal, as_json: bool) -> None:
    """Pause the clock. Nothing is lost."""
    _show_session(journal, journal.discussing.pause(_present(journal)), as_json)


@mock.command()
@reporting
def go(journal: Journal, as_json: bool) -> None:
    """Start the clock again."""
    _show_session(journal, journal.discussing.resume(_present(journal)), as_json)


@mock.command()
@with_journal
def stop(journal: Journal) -> None:
    """End the mock. Answers you have scored are kept."""
    session = _present(journal)
    results = journal.discussing.results(session)
    journal.discussing.stop()
    click.echo(f"You stopped after {session.place} of {len(session.questions)} questions.")
    if results.answers:
        _print_results(journal, results)


def _print_results(journal: Journal, results: Results) -> None:
    coverage = journal.progress.view.coverage
    print_lines(plain_lines(results, coverage, journal.discussing.checklist))


def _present(journal: Journal) -> PracticeSession:
    session = journal.discussing.session
    if session is None:
        _ = journal.enrolled
        raise NotFound("No practice is in progress.", "Start one with: ksbtui discuss mock start")
    return session


def _show_session(
    journal: Journal, session: PracticeSession, as_json: bool, *, further: bool = False
) -> None:
    question = session.question
    assert question is not None, "a kept session has a question left"
    now = journal.clock.now()
    number, total, seconds = session.place + 1, len(session.questions), session.watch.seconds(now)
    progress: dict[str, Any] = {
        "mock": session.mock,
        "place": number,
        "of": total,
        "scores": session.scores,
        "seconds": seconds,
        "limit_seconds": session.limit,
        "running": session.watch.running,
    }
    if not as_json:
        over = f", over by {clock(over)}" if (over := session.over(now)) else ""
        paused = "" if session.watch.running else ", paused"
        time = f"{clock(seconds)} of {clock(session.limit)}{over}{paused}"
        click.echo(f"Question {number} of {total}   {time}\n")
    show_question(journal, question, as_json, further=further, **progress)


@click.command()
@click.option(
    "--by", metavar="DAY", help="The day to be ready by, if not your discussion or gateway day."
)
@click.option(
    "--leave", metavar="A..B", multiple=True, help="Days you will not practise; repeat for more."
)
@click.option("--without-mocks", is_flag=True, help="Do not count answers from mock discussions.")
@reporting
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
    rehearsal = journal.rehearsing.plan(
        read_coming_day_if(by, journal),
        read_spans(leave, journal),
        with_mocks=not without_mocks,
    )
    if as_json:
        print_json(_rehearsal_json(rehearsal))
    else:
        print_lines(plan_lines(rehearsal))


def _rehearsal_json(rehearsal: Rehearsal) -> dict[str, object]:
    keys = ("as_at", "by", "total", "held_now", "held_then", "with_mocks")
    minutes = rehearsal.minutes
    return {
        **{key: getattr(rehearsal, key) for key in keys},
        "due": [memory.code for memory in rehearsal.due],
        "new": [memory.code for memory in rehearsal.new],
        "answers_left": rehearsal.answers_left,
        "answer_minutes": rehearsal.answer_minutes,
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
            for memory in rehearsal.memories
        ],
    }
