"""What ``show`` prints of one entry, as plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ksbtui.cli.output import cut, print_rows
from ksbtui.core.days import full_day, span_text
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.rules import warning_texts
from ksbtui.core.text.text import number_of

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


def print_entry(journal: Journal, entry: Entry, verdict: str) -> None:
    """Print the entry whole: facts, text, KSBs, evidence, and what was said about it."""
    course = journal.entries.course_of(entry)
    kind = course.rules.type(entry.type)
    about = [span_text(entry.first_day, entry.day), say_minutes(entry.minutes)]
    about.append(kind.label if kind else entry.type)
    if entry.module:
        about.append(f"module {entry.module}")
    click.echo(cut(entry.title, 400))
    click.echo(" · ".join(about))
    click.echo(verdict)
    for text in warning_texts(journal.entries.warnings(entry), course.rules):
        click.echo(text)
    if entry.private:
        click.echo("Private: kept out of calls, shares and exports.")
    if entry.days_late:
        click.echo(f"Logged {number_of(entry.days_late, 'day')} after the activity.")
    if entry.submitted:
        click.echo(f"In your e-portfolio since {full_day(entry.submitted)}.")
    if entry.verified:
        click.echo(f"Verified by {entry.verified.by} on {full_day(entry.verified.day)}.")
    if journal.verifying.is_signed(entry.id):
        from ksbtui.presentation.exchange.handover import seal_text  # loads the exchange

        for seal in journal.feedback.seals(entry):
            click.echo(seal_text(seal))
    before, after = journal.revisits.of(entry)
    for text, other in (
        *(("Comes back to", one) for one in (before,) if one),
        *(("Came back to it on", one) for one in after),
    ):
        click.echo(f"{text} {full_day(other.day)}: {cut(other.title, 60)} ({other.id})")
    _print_texts(journal, entry)
    _print_remarks(journal, entry)


def _print_texts(journal: Journal, entry: Entry) -> None:
    """The learner's own words, then KSBs and evidence."""
    course = journal.entries.course_of(entry)
    for heading, text in (("What I did", entry.notes), ("What I learned", entry.learned)):
        if text:
            click.echo(f"\n{heading}\n{text}")
    if entry.ksbs:
        click.echo("\nKSBs")
        texts = {ksb.code: ksb.text for ksb in course.standard.ksbs_of(course.enrolment.option)}
        print_rows(
            (code, cut(texts.get(code, "No longer in the standard."), 90)) for code in entry.ksbs
        )
    if entry.evidence:
        click.echo("\nEvidence")
        print_rows((item.id, item.kind, item.title, item.target) for item in entry.evidence)


def _print_remarks(journal: Journal, entry: Entry) -> None:
    """What was asked about the entry, with its answers, and what was said of it."""
    questions = journal.verifying.questions(entry.id, all=True)
    if questions:
        click.echo("\nQuestions")
        for asked in questions:
            click.echo(f"{asked.by}, {full_day(asked.day)}: {asked.text}")
            if asked.answered:
                said = f": {asked.answer}" if asked.answer else "."
                click.echo(f"  Answered {full_day(asked.answered)}{said}")
            else:
                click.echo(f"  Open. Answer with: ksbtui coach answer {asked.id} TEXT")
    comments = journal.verifying.comments(entry.id)
    if comments:
        click.echo("\nComments")
        for one in comments:
            click.echo(f"{one.by}, {full_day(one.day)}: {one.text}")
