"""``discuss``: practice for the professional discussion, mock, history, evidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.assessment.stories import stories
from ksbtui.cli.context import json_option, with_journal
from ksbtui.cli.output import cut, print_json, print_rows, say
from ksbtui.cli.typed import complete_codes, read_text
from ksbtui.core.days import full_day, line_day
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound, Unreadable

if TYPE_CHECKING:
    from ksbtui.core.assessment.discussion import Answer, Question
    from ksbtui.core.assessment.practice_session import PracticeSession
    from ksbtui.core.entry.entries import Entry
    from ksbtui.journal.journal import Journal

_codes = click.option(
    "-k",
    "--ksbs",
    "codes",
    default="",
    metavar="CODES",
    shell_complete=complete_codes,
    help="Only about these.",
)
_level = click.option("--level", default="", metavar="L", help="describe, justify or evaluate.")
_further = click.option(
    "--further", is_flag=True, help="Also show what you may be asked next, after your answer."
)
_notes = click.option("--notes", default="", metavar="TEXT|-", help="What you said, or left out.")
_by = click.option("--by", default="self", metavar="NAME", help="Who scored, if not you.")


class _CodesGroup(click.Group):
    """A group that reads a KSB in place of a command: ``discuss K14`` is ``discuss -k K14``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Read codes as a request for the next question about them."""
        if _CODES.fullmatch(args[0]) and args[0] not in self.commands:
            return "next", next_, ["--ksbs", *args]
        return super().resolve_command(ctx, args)


_CODES = re.compile(r"[KSBksb]\d+([-,][KSBksb]?\d+)*")
"""What is meant as codes, known to the standard or not."""


@click.group(cls=_CodesGroup, invoke_without_command=True)
@_codes
@_level
@_further
@json_option
@click.pass_context
def discuss(ctx: click.Context, codes: str, level: str, further: bool, as_json: bool) -> None:
    """Practise for the professional discussion: the next question, with your own evidence.

    \b
    ksbtui discuss                        the next question
    ksbtui discuss K14                    a question about one KSB
    ksbtui discuss K14 --further          and what you may be asked next
    ksbtui discuss answer K14 3           score your answer, 1 (lost) to 4 (assured)
    ksbtui discuss mock start             an hour of questions, as in the real one
    ksbtui discuss stories                your STAR(L) stories
    ksbtui discuss evidence               which artefact shows which KSB
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(next_, codes=codes, level=level, further=further, as_json=as_json)


@discuss.command("next")
@_codes
@_level
@_further
@json_option
@with_journal
def next_(journal: Journal, codes: str, level: str, further: bool, as_json: bool) -> None:
    """Ask the next question: never answered first, then lowest score, then oldest."""
    deck = journal.discussing.deck(codes, level)
    if not deck:
        raise NotFound("There is no such question.", "ksbtui discuss list shows them all.")
    _show(journal, deck[0], as_json, further=further)


def _show(
    journal: Journal, question: Question, as_json: bool, *, further: bool = False, **more: Any
) -> None:
    entries = journal.discussing.evidence_for(question.code)
    if as_json:
        print_json(
            {**_question_json(journal, question), "evidence": _evidence_json(entries), **more}
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
        (line_day(e.day), cut(e.title, 60), cut(", ".join(i.title for i in e.evidence), 30), e.id)
        for e in entries
    )


def _name(journal: Journal, code: str) -> str:
    ksb = journal.enrolled.standard.ksb(code)
    return ksb.name if ksb else ""


def _question_json(journal: Journal, question: Question) -> dict[str, Any]:
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


@discuss.command("list")
@_codes
@_level
@json_option
@with_journal
def list_(journal: Journal, codes: str, level: str, as_json: bool) -> None:
    """List the questions in the order they come up, with the last score of each."""
    from ksbtui.core.assessment.discussion import latest

    deck = journal.discussing.deck(codes, level)
    last = latest(journal.discussing.answers())
    if as_json:
        rows = [
            {
                **_question_json(journal, q),
                "last_score": a.score if (a := last.get(q.key)) else None,
            }
            for q in deck
        ]
        print_json({"questions": rows, "total": len(rows)})
        return
    for question in deck:
        answer = last.get(question.key)
        score = str(answer.score) if answer else "·"
        click.echo(f"{score}  {question.code:<4}{question.level:<9} {question.text}")


@discuss.command()
@click.argument("code", shell_complete=complete_codes)
@click.argument("score")
@_level
@_notes
@click.option("--checked", default="", metavar="IDS", help="What you said: what,why,impact …")
@_by
@click.option("--time", "took", metavar="T", help="How long it took: 4m.")
@json_option
@with_journal
def answer(
    journal: Journal,
    code: str,
    score: str,
    level: str,
    notes: str,
    checked: str,
    by: str,
    took: str | None,
    as_json: bool,
) -> None:
    """Score an answer to the question that CODE has next (or of --level), 1 to 4.

    \b
    ksbtui discuss answer K14 3
    ksbtui discuss answer K14 2 --level justify --checked what,why --notes "No figures."
    ksbtui discuss answer S8 4 --by "Ruth Adeyemi" --time 4m
    """
    from ksbtui.core.durations import parse_minutes
    from ksbtui.journal.assessment.discussion import Given

    deck = journal.discussing.deck(code, level)
    if not deck:
        raise NotFound(f"There is no question about {quoted(code)}.", "See: ksbtui discuss list")
    given = Given(
        read_score(score),
        read_text(notes),
        tuple(checked.replace(",", " ").split()),
        by,
        parse_minutes(took) * 60 if took else 0,
    )
    made = journal.discussing.answer(deck[0], given)
    if as_json:
        print_json(made.as_json())
        return
    label = journal.discussing.checklist.label(made.score)
    click.echo(f"Kept: {made.code} {made.level}, {made.score} ({label}).")


def read_score(text: str) -> int:
    """A score as typed; refused where it is no number."""
    if not text.strip().isdecimal():
        raise Unreadable(f"{quoted(text)} is no score.", "Score from 1 (lost) to 4 (assured).")
    return int(text)


@discuss.command()
@json_option
@with_journal
def history(journal: Journal, as_json: bool) -> None:
    """Show past answers, newest first, and the mean score of each day."""
    from ksbtui.core.assessment.discussion import trend

    answers = journal.discussing.answers()
    days = trend(answers)
    if as_json:
        print_json(
            {
                "answers": [one.as_json() for one in reversed(answers)],
                "trend": [
                    {"day": d.day.isoformat(), "answers": d.answers, "mean": d.tenths / 10}
                    for d in days
                ],
                "rehearsed": sorted({one.code for one in answers}),
            }
        )
        return
    if not answers:
        say("Nothing practised yet. Begin with: ksbtui discuss")
        return
    for day in days:
        mean = f"{day.tenths // 10}.{day.tenths % 10}"
        click.echo(f"{full_day(day.day):<12} {mean} of 4  {day.answers} answered")
    click.echo()
    print_rows(map(_past, reversed(answers)))


def _past(answer: Answer) -> tuple[str, ...]:
    who = "" if answer.by == "self" else answer.by
    return (line_day(answer.day), str(answer.score), answer.code, cut(answer.question, 60), who)


@discuss.command()
@click.option("--private", is_flag=True, help="Name private evidence too.")
@json_option
@with_journal
def evidence(journal: Journal, private: bool, as_json: bool) -> None:
    """Show the evidence index: which artefact shows which KSB, and what is missing."""
    if as_json:
        print_json(journal.discussing.evidence_index(private=private).as_json())
        return
    from ksbtui.core.exchange.pages import plain

    click.echo(plain(journal.discussing.evidence_page(private=private)), nl=False)


@discuss.group(invoke_without_command=True)
@_further
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
    _show_sitting(journal, made, as_json)


@mock.command(hidden=True)
@_further
@json_option
@with_journal
def show(journal: Journal, further: bool, as_json: bool) -> None:
    """Show how far the mock is, and its present question."""
    _show_sitting(journal, _present(journal), as_json, further=further)


@mock.command()
@click.argument("score")
@_notes
@_by
@json_option
@with_journal
def score(journal: Journal, score: str, notes: str, by: str, as_json: bool) -> None:
    """Score the present answer, 1 to 4, and go on to the next question."""
    sitting = _present(journal)
    if notes:
        sitting = sitting.noted(sitting.checked, read_text(notes))
    after = journal.discussing.score(sitting, read_score(score), by)
    if after is not None:
        _show_sitting(journal, after, as_json)
    elif as_json:
        print_json({"finished": True, "scores": [*sitting.scores, int(score)]})
    else:
        click.echo("That was the last question. See how it went: ksbtui discuss history")


@mock.command()
@json_option
@with_journal
def pause(journal: Journal, as_json: bool) -> None:
    """Stop the clock; nothing is lost."""
    _show_sitting(journal, journal.discussing.pause(_present(journal)), as_json)


@mock.command()
@json_option
@with_journal
def go(journal: Journal, as_json: bool) -> None:
    """Set the clock going again."""
    _show_sitting(journal, journal.discussing.resume(_present(journal)), as_json)


@mock.command()
@with_journal
def stop(journal: Journal) -> None:
    """Leave the mock; answers already scored stay."""
    sitting = _present(journal)
    journal.discussing.stop()
    click.echo(f"Left after {sitting.place} of {len(sitting.questions)} questions.")


def _present(journal: Journal) -> PracticeSession:
    sitting = journal.discussing.sitting
    if sitting is None:
        _ = journal.enrolled
        raise NotFound("No practice is in progress.", "Begin one: ksbtui discuss mock start")
    return sitting


def _show_sitting(
    journal: Journal, sitting: PracticeSession, as_json: bool, *, further: bool = False
) -> None:
    from ksbtui.core.assessment.practice_session import clock

    question = sitting.question
    assert question is not None, "a kept sitting has a question left"
    now = journal.clock.now()
    seconds = sitting.watch.seconds(now)
    more: dict[str, Any] = {
        "mock": sitting.mock,
        "place": sitting.place + 1,
        "of": len(sitting.questions),
        "scores": list(sitting.scores),
        "seconds": seconds,
        "limit_seconds": sitting.limit,
        "running": sitting.watch.running,
    }
    if not as_json:
        over = f", over by {clock(over)}" if (over := sitting.over(now)) else ""
        paused = "" if sitting.watch.running else ", paused"
        click.echo(
            f"Question {sitting.place + 1} of {len(sitting.questions)}   "
            f"{clock(seconds)} of {clock(sitting.limit)}{over}{paused}\n"
        )
    _show(journal, question, as_json, further=further, **more)


discuss.add_command(stories)
