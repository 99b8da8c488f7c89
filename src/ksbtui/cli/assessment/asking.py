"""How commands ask a question: its text, the learner's own entries, and the options shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.output import cut, print_json, print_rows
from ksbtui.core.days import line_day
from ksbtui.core.text.text import quoted
from ksbtui.errors import Unreadable
from ksbtui.presentation.entries import named

if TYPE_CHECKING:
    from ksbtui.core.assessment.discussion import Question
    from ksbtui.core.entry.entries import Entry
    from ksbtui.journal.journal import Journal

further_option = click.option(
    "--further", is_flag=True, help="Also show what you may be asked next, after your answer."
)
notes_option = click.option(
    "--notes", default="", metavar="TEXT|-", help="What you said, or left out."
)
by_option = click.option("--by", default="self", metavar="NAME", help="Who scored, if not you.")


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
