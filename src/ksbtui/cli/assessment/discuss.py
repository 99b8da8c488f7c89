"""``discuss``: practice for the professional discussion, mock, history, evidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from ksbtui.cli.assessment.practice import (
    by_option,
    further_option,
    mock,
    notes_option,
    plan,
    print_answer,
    question_json,
    read_score,
    show_question,
)
from ksbtui.cli.assessment.stories import stories
from ksbtui.cli.context import complete_codes, json_option, options, read_text, reporting
from ksbtui.cli.output import cut, print_json, print_lines, print_rows, say
from ksbtui.core.assessment.discussion import latest, trend
from ksbtui.core.days import full_day, line_day
from ksbtui.core.durations import parse_minutes
from ksbtui.core.exchange.pages import plain
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound
from ksbtui.journal.assessment.discussion import Given

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal

_level = click.option(
    "--level", default="", metavar="L", help="The level: describe, justify or evaluate."
)
_which = options(
    click.option(
        "-k",
        "--ksbs",
        "codes",
        default="",
        metavar="CODES",
        shell_complete=complete_codes,
        help="Ask about these KSBs only.",
    ),
    _level,
)


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
@_which
@further_option
@json_option
@click.pass_context
def discuss(ctx: click.Context, codes: str, level: str, further: bool, as_json: bool) -> None:
    """Practise for the professional discussion: the next question, with your own evidence.

    \b
    ksbtui discuss                        the next question
    ksbtui discuss K14                    a question about one KSB
    ksbtui discuss K14 --further          and what you may be asked next
    ksbtui discuss answer K14 3           score your answer, 1 (lost) to 4 (assured)
    ksbtui discuss plan                   what is due, and what you will remember on the day
    ksbtui discuss mock start             an hour of questions, as in the real one
    ksbtui discuss stories                your STAR(L) stories
    ksbtui discuss evidence               which evidence shows which KSB
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(next_, codes=codes, level=level, further=further, as_json=as_json)


@discuss.command("next")
@_which
@further_option
@reporting
def next_(journal: Journal, codes: str, level: str, further: bool, as_json: bool) -> None:
    """Ask the next question: unanswered ones first, then the weakest, then the oldest."""
    deck = journal.discussing.deck(codes, level)
    if not deck:
        raise NotFound("No question matches.", "To see them all: ksbtui discuss list")
    show_question(journal, deck[0], as_json, further=further)


@discuss.command("list")
@_which
@reporting
def list_(journal: Journal, codes: str, level: str, as_json: bool) -> None:
    """List the questions in the order they come up, with the last score of each."""
    deck = journal.discussing.deck(codes, level)
    scores = {key: answer.score for key, answer in latest(journal.discussing.answers()).items()}
    if as_json:
        rows = [question_json(journal, q) | {"last_score": scores.get(q.key)} for q in deck]
        print_json({"questions": rows, "total": len(rows)})
        return
    print_lines(f"{scores.get(q.key, '·')}  {q.code:<4}{q.level:<9} {q.text}" for q in deck)


@discuss.command()
@click.argument("code", shell_complete=complete_codes)
@click.argument("score")
@_level
@notes_option
@click.option(
    "--checked",
    default="",
    metavar="IDS",
    help="Points of the checklist you covered: what,why,impact …",
)
@by_option
@click.option("--time", "took", metavar="T", help="How long the answer took, such as 4m.")
@reporting
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
    """Score your answer to the next question about CODE, 1 to 4.

    \b
    ksbtui discuss answer K14 3
    ksbtui discuss answer K14 2 --level justify --checked what,why --notes "No figures."
    ksbtui discuss answer S8 4 --by "Ruth Adeyemi" --time 4m
    """
    deck = journal.discussing.deck(code, level)
    if not deck:
        raise NotFound(
            f"There is no question about {quoted(code)}.", "To see them all: ksbtui discuss list"
        )
    seconds = parse_minutes(took) * 60 if took else 0
    items = tuple(checked.replace(",", " ").split())
    given = Given(read_score(score), read_text(notes), items, by, seconds)
    print_answer(journal, journal.discussing.answer(deck[0], given), as_json)


@discuss.command()
@reporting
def history(journal: Journal, as_json: bool) -> None:
    """Show past answers, newest first, and the mean score of each day."""
    answers = journal.discussing.answers()
    days = trend(answers)
    if as_json:
        means = [{"day": d.day, "answers": d.answers, "mean": d.tenths / 10} for d in days]
        rehearsed = sorted({answer.code for answer in answers})
        newest = [answer.as_json() for answer in reversed(answers)]
        print_json({"answers": newest, "trend": means, "rehearsed": rehearsed})
        return
    if not answers:
        say("You have not practised yet. Start with: ksbtui discuss")
        return
    for day in days:
        mean = f"{day.tenths // 10}.{day.tenths % 10}"
        click.echo(f"{full_day(day.day):<12} {mean} of 4  {day.answers} answered")
    click.echo()
    print_rows(
        (line_day(a.day), str(a.score), a.code, cut(a.question, 60), "" if a.by == "self" else a.by)
        for a in reversed(answers)
    )


@discuss.command()
@click.option("--private", is_flag=True, help="Show the titles of private evidence too.")
@reporting
def evidence(journal: Journal, private: bool, as_json: bool) -> None:
    """Show the evidence index: which evidence shows which KSB, and what is missing."""
    if as_json:
        print_json(journal.discussing.evidence_index(private=private).as_json())
        return
    click.echo(plain(journal.discussing.evidence_page(private=private)), nl=False)


discuss.add_command(mock)
discuss.add_command(plan)
discuss.add_command(stories)
