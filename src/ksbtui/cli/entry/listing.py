"""``list`` and ``show``: entries in lines, one whole, and as a provider's form asks for it."""

from __future__ import annotations

import sys
from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import (
    complete_codes,
    complete_forms,
    complete_ids,
    complete_types,
    read_codes,
    read_count,
    read_day_if,
    read_module,
    reporting,
)
from ksbtui.cli.output import (
    cut,
    print_json,
    print_json_list,
    print_lines,
    print_rows,
    raw_stderr,
    say,
)
from ksbtui.core.days import full_day, span_text
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry, Filter
from ksbtui.core.entry.forms import form_text
from ksbtui.core.entry.rules import warning_texts
from ksbtui.core.text.text import number_of

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


CODES = 3
"""Codes that a line of the list names."""


@click.command("list")
@click.option(
    "--search", "search", metavar="Q", default="", help='Search for words, "phrases" and facets.'
)
@click.option(
    "--ksb",
    metavar="CODE",
    default="",
    help="Only entries tagged with this KSB.",
    shell_complete=complete_codes,
)
@click.option(
    "--type",
    "type_",
    metavar="TYPE",
    default="",
    help="Only this type of activity.",
    shell_complete=complete_types,
)
@click.option("--module", metavar="N", help="Only this module; none for entries without a module.")
@click.option("--since", metavar="DAY", help="From this day.")
@click.option("--until", metavar="DAY", help="Up to this day.")
@click.option("-n", "--limit", metavar="N", help="Show only the newest N.")
@reporting
def list_(
    journal: Journal, search: str, ksb: str, type_: str, as_json: bool, **options: Any
) -> None:
    """List entries, newest day first.

    \b
    ksbtui list -n 10
    ksbtui list --ksb S8 --since 1/9
    ksbtui list --search 'triage pil'                      the last word can be unfinished
    ksbtui list --search 'ksb:S6 has:evidence "swim lane"'
    ksbtui list --search 'counted:no after:2026-03'
    ksbtui list --search 'triage -pilot'                   leave out that word or facet

    Facets: ksb type module after before on counted has no submitted verified private rule.
    """
    _ = journal.enrolled
    filter = Filter(
        ksb=read_codes(ksb, journal)[0] if ksb else "",
        type=journal.entries.known_type(type_),
        module=read_module(options["module"]) if options["module"] else None,
        since=read_day_if(options["since"], journal),
        until=read_day_if(options["until"], journal),
        search=search,
    )
    limit = read_count(options["limit"])
    listed = journal.listing.walk(filter, limit)
    if search and not listed.total and (respelt := journal.searching.respelt(search)):
        say(f"Searched for {respelt.said}.")
        listed = journal.listing.walk(replace(filter, search=respelt.line), limit)
    if as_json:
        entries = journal.entry_json.of_each(listed.entries)
        print_json_list("entries", entries, {"total": listed.total})
        return
    print_rows((_row(entry, journal) for entry in listed.entries), right=(2,))
    if listed.shown < listed.total:
        say(f"{listed.shown} of {listed.total} entries; --limit shows more.")
    elif not listed.total:
        say('No entry matches. Log one with: ksbtui log "What you did" -t 1h')


def _row(entry: Entry, journal: Journal) -> tuple[str, ...]:
    codes, more = " ".join(entry.ksbs[:CODES]), len(entry.ksbs) - CODES
    return (
        entry.id,
        span_text(entry.first_day, entry.day),
        say_minutes(entry.minutes),
        "×" if journal.entries.failed(entry) else "✓" if entry.verified else " ",
        f"{codes} +{more}" if more > 0 else codes,
        cut(entry.title, 60) + ("  (private)" if entry.private else ""),
    )


@click.command()
@click.argument("id", shell_complete=complete_ids)
@click.option("--copy", is_flag=True, help="Copy it in the order of your provider's form.")
@click.option(
    "--form",
    metavar="NAME",
    help="Your provider's form. ksbtui uses it again next time.",
    shell_complete=complete_forms,
)
@reporting
def show(journal: Journal, id: str, copy: bool, form: str | None, as_json: bool) -> None:
    r"""Show one entry in full: its text, KSBs, evidence, and whether it counts.

    \b
    ksbtui show 3yhv
    ksbtui show 3yhv --copy --form apac      then: ksbtui submit 3yhv
    """
    entry = journal.entries.get(id)
    if copy or form:
        _copy(journal, entry, form or "", as_json)
        return
    if as_json:
        print_json(journal.entry_json.of(entry))
        return
    _print_facts(journal, entry)
    _print_texts(journal, entry)
    _print_remarks(journal, entry)


def _print_facts(journal: Journal, entry: Entry) -> None:
    # deferred: list needs none of what show prints
    from ksbtui.cli.entry.entries import verdict_line

    course = journal.entries.course_of(entry)
    kind = course.rules.type(entry.type)
    facts = [
        span_text(entry.first_day, entry.day),
        say_minutes(entry.minutes),
        kind.label if kind else entry.type,
    ]
    if entry.module:
        facts.append(f"module {entry.module}")
    print_lines((cut(entry.title, 400), " · ".join(facts), verdict_line(journal, entry)))
    print_lines(warning_texts(journal.entries.warnings(entry), course.rules))
    if entry.private:
        click.echo("Private: kept out of calls, shares and exports.")
    if entry.days_late:
        click.echo(f"Logged {number_of(entry.days_late, 'day')} after the activity.")
    if entry.submitted:
        click.echo(f"In your e-portfolio since {full_day(entry.submitted)}.")
    if entry.verified:
        click.echo(f"Verified by {entry.verified.by} on {full_day(entry.verified.day)}.")
    if journal.verifying.is_signed(entry.id):
        from ksbtui.presentation.exchange import seal_text  # loads the exchange

        print_lines(map(seal_text, journal.feedback.seals(entry)))
    before, after = journal.revisits.of(entry)
    links = [("Returns to", before)] if before else []
    for text, other in (*links, *(("You returned to it on", later) for later in after)):
        click.echo(f"{text} {full_day(other.day)}: {cut(other.title, 60)} ({other.id})")


def _print_texts(journal: Journal, entry: Entry) -> None:
    course = journal.entries.course_of(entry)
    for heading, text in (("What I did", entry.notes), ("What I learned", entry.learned)):
        if text:
            click.echo(f"\n{heading}\n{text}")
    if entry.ksbs:
        click.echo("\nKSBs")
        texts = {ksb.code: ksb.text for ksb in course.standard.ksbs_of(course.enrolment.option)}
        gone = "No longer in the standard."
        print_rows((code, cut(texts.get(code, gone), 90)) for code in entry.ksbs)
    if entry.evidence:
        click.echo("\nEvidence")
        print_rows((item.id, item.kind, item.title, item.target) for item in entry.evidence)


def _print_remarks(journal: Journal, entry: Entry) -> None:
    if questions := journal.verifying.questions(entry.id, all=True):
        click.echo("\nQuestions")
    for question in questions:
        click.echo(f"{question.by}, {full_day(question.day)}: {question.text}")
        if question.answered:
            answer = f": {question.answer}" if question.answer else "."
            click.echo(f"  Answered {full_day(question.answered)}{answer}")
        else:
            click.echo(f"  Open. Answer with: ksbtui coach answer {question.id} TEXT")
    if comments := journal.verifying.comments(entry.id):
        click.echo("\nComments")
    print_lines(f"{note.by}, {full_day(note.day)}: {note.text}" for note in comments)


def _copy(journal: Journal, entry: Entry, form_id: str, as_json: bool) -> None:
    """Print an entry as a form asks for it, and put it on the terminal's clipboard if there is one.

    A form named becomes the usual one.
    """
    form = journal.portfolio.choose(form_id) if form_id else journal.portfolio.form()
    boxes = journal.portfolio.boxes(entry, form)
    if as_json:
        fields = [{"label": box.label, "text": box.text} for box in boxes]
        print_json({"form": form.id, "entry": entry.id, "fields": fields})
        return
    text = form_text(boxes)
    click.echo(text, nl=False)
    what = "Copied for" if _to_clipboard(text) else "For"
    say(f"{what} {form.name}. Pasted it? Then: ksbtui submit {entry.id}")


def _to_clipboard(text: str) -> bool:
    """Hand a text to the terminal's clipboard (OSC 52); False where stderr is no terminal."""
    if not sys.stderr.isatty():
        return False
    encoded = b64encode(text.encode("utf-8", "replace")).decode("ascii")
    terminal = raw_stderr()
    terminal.write(f"\x1b]52;c;{encoded}\x07")
    terminal.flush()
    return True
