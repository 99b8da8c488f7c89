"""``list`` and ``show``: entries in lines, one whole, and as a provider's form asks for it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import (
    complete_codes,
    complete_forms,
    complete_ids,
    complete_types,
    json_option,
    read_day,
    read_id_count,
    read_module,
    with_journal,
)
from ksbtui.cli.output import cut, print_json, print_json_list, print_rows, raw_stderr, say
from ksbtui.core.days import full_day, span_text
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.rules import warning_texts
from ksbtui.core.programme.standards import parse_codes
from ksbtui.core.text.text import number_of

if TYPE_CHECKING:
    from ksbtui.journal.entry.listing import Walked
    from ksbtui.journal.journal import Journal


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
@json_option
@with_journal
def list_(
    journal: Journal,
    search: str,
    ksb: str,
    type_: str,
    module: str | None,
    since: str | None,
    until: str | None,
    limit: str | None,
    as_json: bool,
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
    from ksbtui.journal.entry.entries import Filter

    course = journal.enrolled
    wanted = Filter(
        ksb=parse_codes(ksb, course.standard, course.enrolment.option)[0] if ksb else "",
        type=journal.entries.known_type(type_),
        module=read_module(module) if module else None,
        since=read_day(since, journal) if since else None,
        until=read_day(until, journal) if until else None,
        search=search,
    )
    found = journal.listing.walk(wanted, read_id_count(limit))
    if search and not found.total and (respelt := journal.searching.respelt(search)):
        say(f"Searched for {respelt.said}.")
        found = journal.listing.walk(replace(wanted, search=respelt.line), read_id_count(limit))
    if as_json:
        entries = journal.entry_json.of_each(found.entries)
        print_json_list("entries", entries, {"total": found.total})
        return
    _print_list(journal, found)


def _print_list(journal: Journal, found: Walked) -> None:
    """Print a line an entry, and on stderr what was left out."""
    print_rows(
        (
            (
                entry.id,
                span_text(entry.first_day, entry.day),
                say_minutes(entry.minutes),
                "×" if journal.entries.failed(entry) else "✓" if entry.verified else " ",
                _few(entry.ksbs),
                cut(entry.title, 60) + ("  (private)" if entry.private else ""),
            )
            for entry in found.entries
        ),
        right=(2,),
    )
    if found.shown < found.total:
        say(f"{found.shown} of {found.total} entries; --limit shows more.")
    elif not found.total:
        say('No entry matches. Log one with: ksbtui log "What you did" -t 1h')


def _few(codes: tuple[str, ...], most: int = 3) -> str:
    """Name the first codes and how many more there are."""
    more = f" +{len(codes) - most}" if len(codes) > most else ""
    return " ".join(codes[:most]) + more


@click.command()
@click.argument("id", shell_complete=complete_ids)
@click.option("--copy", is_flag=True, help="Copy it in the order of your provider's form.")
@click.option(
    "--form",
    metavar="NAME",
    help="Your provider's form. ksbtui uses it again next time.",
    shell_complete=complete_forms,
)
@json_option
@with_journal
def show(journal: Journal, id: str, copy: bool, form: str | None, as_json: bool) -> None:
    r"""Show one entry in full: its text, KSBs, evidence, and whether it counts.

    \b
    ksbtui show 3yhv
    ksbtui show 3yhv --copy --form apac      then: ksbtui submit 3yhv
    """
    entry = journal.entries.get(id)
    if copy or form:
        copy_entry(journal, entry, form or "", as_json)
        return
    if as_json:
        print_json(journal.entry_json.of(entry))
        return
    from ksbtui.cli.entry.entries import verdict_line

    print_entry(journal, entry, verdict_line(journal, entry))


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
        from ksbtui.presentation.exchange import seal_text  # loads the exchange

        for seal in journal.feedback.seals(entry):
            click.echo(seal_text(seal))
    before, after = journal.revisits.of(entry)
    for text, other in (
        *(("Returns to", one) for one in (before,) if one),
        *(("You returned to it on", one) for one in after),
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


def copy_entry(journal: Journal, entry: Entry, form_id: str, as_json: bool) -> None:
    """Print an entry as a form asks for it, and put it on the terminal's clipboard if there is one.

    A form named becomes the usual one.
    """
    from ksbtui.core.entry.forms import form_text

    form = journal.portfolio.choose(form_id) if form_id else journal.portfolio.form()
    boxes = journal.portfolio.boxes(entry, form)
    if as_json:
        fields: list[Any] = [{"label": box.label, "text": box.text} for box in boxes]
        print_json({"form": form.id, "entry": entry.id, "fields": fields})
        return
    text = form_text(boxes)
    click.echo(text, nl=False)
    if to_clipboard(text):
        say(f"Copied for {form.name}. Pasted it? Then: ksbtui submit {entry.id}")
    else:
        say(f"For {form.name}. Pasted it? Then: ksbtui submit {entry.id}")


def to_clipboard(text: str) -> bool:
    """Hand a text to the terminal's clipboard (OSC 52); False where stderr is no terminal."""
    if not sys.stderr.isatty():
        return False
    from base64 import b64encode

    encoded = b64encode(text.encode("utf-8", "replace")).decode("ascii")
    terminal = raw_stderr()
    terminal.write(f"\x1b]52;c;{encoded}\x07")
    terminal.flush()
    return True
