"""``log`` and ``edit``, also in the person's own editor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import (
    Decorator,
    complete_codes,
    complete_ids,
    complete_templates,
    complete_types,
    options,
    read_codes,
    read_day,
    read_module,
    read_text,
    reporting,
)
from ksbtui.cli.output import cut, print_json, print_lines, say
from ksbtui.core.days import span_text
from ksbtui.core.durations import parse_minutes, say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.rules import verdict, warning_texts
from ksbtui.core.text.text import number_of
from ksbtui.errors import StoreProblem, Unreadable

if TYPE_CHECKING:
    from ksbtui.journal.entry.entries import Saved
    from ksbtui.journal.journal import Journal

DEFAULT_MINUTES = "1h"


def _mark(name: str, field: str, value: bool, help: str) -> Decorator:
    """An option that sets a mark of an entry and is left alone where it is not given."""
    return click.option(name, field, flag_value=value, type=bool, default=None, help=help)


entry_options = options(
    click.option(
        "-t", "--time", metavar="TIME", help="How long it took: 90m, 1h30, 1.5h, half day."
    ),
    click.option("-d", "--day", metavar="DAY", help="The day: today, wed, -3, 21/11, 2026-11-21."),
    click.option(
        "-k",
        "--ksbs",
        metavar="CODES",
        help="KSB codes: K1,S3 or K1-K4.",
        shell_complete=complete_codes,
    ),
    click.option(
        "--type",
        "type_",
        metavar="TYPE",
        help="Type of activity, such as workshop; ksbtui rules lists them.",
        shell_complete=complete_types,
    ),
    click.option("--module", metavar="N", help="The module, if not the one of that day."),
    click.option("--notes", metavar="TEXT", help="What you did; - reads it from stdin."),
    click.option("--learned", metavar="TEXT", help="What you learned; - reads stdin."),
    click.option(
        "--evidence",
        metavar="PATH|URL",
        multiple=True,
        help="A file or link that shows it; repeat for more.",
    ),
    click.option("--unpaid", "paid", flag_value="no", help="It was outside your paid hours."),
    click.option(
        "--paid-back",
        "paid",
        flag_value="paid-back",
        help="It was outside your paid hours, but paid back.",
    ),
    _mark("--not-new", "new_learning", False, "You learned nothing new."),
    _mark("--not-relevant", "relevant", False, "It is not about your standard."),
    _mark("--not-in-plan", "in_plan", False, "It is not in your training plan."),
    _mark("--private", "private", True, "Keep it out of calls, shares and exports."),
)
"""What ``log``, ``edit`` and ``timer stop`` share."""


def entry_fields(journal: Journal, options: dict[str, Any]) -> dict[str, Any]:
    """Turn the shared options that were typed into fields of an entry."""
    _ = journal.enrolled
    read: dict[str, Callable[[Any], Any]] = {
        "time": parse_minutes,
        "day": lambda text: read_day(text, journal),
        "ksbs": lambda text: read_codes(text, journal),
        "module": read_module,
        "notes": read_text,
        "learned": read_text,
        "evidence": lambda targets: tuple(journal.evidence.attach(target) for target in targets),
    }
    names = {"time": "minutes", "type_": "type"}
    return {
        names.get(name, name): read.get(name, lambda value: value)(value)
        for name, value in options.items()
        if value is not None and value != ()
    }


editor_options = options(
    click.option(
        "--template",
        metavar="NAME",
        help="Write in your $EDITOR under a template's headings: gibbs, kolb …",
        shell_complete=complete_templates,
    ),
    click.option("--editor", is_flag=True, help="Write what you learned in your $EDITOR."),
)


def _take_editor(journal: Journal, options: dict[str, Any]) -> Callable[[Entry], Saved] | None:
    """Take the editor's options out: what writes an entry's learning in the editor, or None."""
    template, editor = options.pop("template"), options.pop("editor")
    if not editor and template is None:
        return None
    chosen = journal.reflecting.template(template) if template else None

    def write(entry: Entry) -> Saved:
        # deferred: log needs the editor only where it is asked for
        from ksbtui.store.files.programs import EditorFailed, edited

        begun = journal.reflecting.begun(entry.learned, chosen) if chosen else entry.learned
        try:
            text = edited(begun)
        except EditorFailed as failed:
            if not failed.typed:
                raise
            journal.drafts.keep_learned(entry, failed.typed)
            raise StoreProblem(
                f"{failed.message} Your text is saved as a draft of the entry.",
                "Open the entry in ksbtui to continue with the draft.",
            ) from failed
        if text.strip() == begun.strip():
            say("You wrote nothing, so the text has not changed.")
            return journal.entries.saved(entry)
        return journal.entries.change(entry.id, learned=text)

    return write


def say_hints(journal: Journal, saved: Saved, written: bool) -> None:
    """Say on stderr what a reader would miss in what was just written."""
    if written:
        hints = journal.reflecting.hints(saved.entry.learned, saved.entry.id)
        say(*(f"Hint: {hint.text}" for hint in hints))


@click.command()
@click.argument("title", required=False)
@entry_options
@click.option(
    "--like",
    metavar="ID",
    help="Copy title, type, time and KSBs from this entry.",
    shell_complete=complete_ids,
)
@editor_options
@reporting
def log(
    journal: Journal, title: str | None, like: str | None, as_json: bool, **options: Any
) -> None:
    """Log an activity.

    \b
    ksbtui log "Prompt workshop" -t 2h -k S8,K10
    ksbtui log "Shadowed the contact centre" -t "half day" -d mon --type shadowing
    ksbtui log "ICO guidance at home" -t 45m --unpaid      kept, but does not count
    pbpaste | ksbtui log "Bias check" -t 1h --learned -
    ksbtui log --like 3yhv -d mon                          log the same activity again
    ksbtui log "Vendor call" -t 1h --template driscoll     reflect in your $EDITOR
    """
    from ksbtui.journal.entry.entries import with_module

    if title is None and not like:
        raise click.MissingParameter(param_type="argument", param_hint="TITLE")
    write = _take_editor(journal, options)
    if not like:
        options["time"] = options["time"] or DEFAULT_MINUTES
    fields = {"day": journal.as_at, **entry_fields(journal, options)}
    if title is not None:
        fields["title"] = title
    if like:
        entry = replace(journal.entries.like(like, journal.as_at), **fields)
    else:
        entry = Entry(id="", **fields)
    saved = journal.entries.add(with_module(entry))
    if write is not None:
        say(f"Logged {saved.entry.id}. Now write its text.")
        saved = write(saved.entry)
    say_saved(journal, saved, "Logged", as_json)
    say_hints(journal, saved, "learned" in fields or write is not None)


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=complete_ids)
@click.option("--title", metavar="TEXT", help="The title: what you did, in one line.")
@entry_options
@click.option(
    "--tag", metavar="CODES", help="KSBs to add to those it has.", shell_complete=complete_codes
)
@click.option("--paid", "paid", flag_value="yes", help="It was in your paid hours.")
@_mark("--new", "new_learning", True, "You learned something new.")
@_mark("--relevant", "relevant", True, "It is about your standard.")
@_mark("--in-plan", "in_plan", True, "It is in your training plan.")
@_mark("--public", "private", False, "It is no longer private.")
@editor_options
@reporting
def edit(
    journal: Journal, ids: tuple[str, ...], title: str | None, as_json: bool, **options: Any
) -> None:
    """Change one or more entries. Only what you enter changes. You can undo it.

    \b
    ksbtui edit 3yhv -t 1h30 -k S8
    ksbtui edit 3yhv --learned "I would now test for what is missing."
    ksbtui edit 3yhv --template gibbs    reflect in your $EDITOR, under its headings
    ksbtui edit 3yhv --editor            continue writing what you learned
    ksbtui edit 3yhv 7kqm --tag K2 --type workshop         several as one change
    """
    alone = (title is not None, *(options[name] for name in ("editor", "template", "evidence")))
    if len(ids) > 1 and any(alone):
        raise Unreadable(
            "You can set a title, evidence or the editor for one entry only.",
            "Use one ID, or leave these options out.",
        )
    write = _take_editor(journal, options)
    codes = read_codes(options.pop("tag"), journal)
    fields = entry_fields(journal, options)
    if title is not None:
        fields["title"] = title

    def changes(now: Entry) -> dict[str, Any]:
        changed = dict(fields)
        if "evidence" in fields:
            changed["evidence"] = (*now.evidence, *fields["evidence"])
        if codes:
            changed["ksbs"] = (*fields.get("ksbs", now.ksbs), *codes)
        return changed

    if len(ids) > 1:
        whole = [journal.entries.get(id).id for id in ids]
        changed = journal.several.edit(whole, "Changed", changes)
        _say_changed(journal, changed.entries, len(whole), as_json)
        return
    saved = journal.entries.edit(ids[0], changes)
    if write is not None:
        saved = write(saved.entry)
    say_saved(journal, saved, "Saved", as_json)
    say_hints(journal, saved, "learned" in fields or write is not None)


def _say_changed(journal: Journal, entries: tuple[Entry, ...], named: int, as_json: bool) -> None:
    """Print the entries that one change changed, and on stderr how many stayed as they were."""
    if as_json:
        print_json({"entries": journal.entry_json.of_all(entries)})
    else:
        print_lines(
            f"Saved {entry.id}  {span_text(entry.first_day, entry.day)}  {cut(entry.title, 60)}"
            for entry in entries
        )
    if len(entries) < named:
        say(f"{number_of(named - len(entries), 'entry', 'entries')} already had it.")


def say_saved(journal: Journal, saved: Saved, verb: str, as_json: bool) -> None:
    """Print an entry as saved, whether it counts, and what to be warned of."""
    entry = saved.entry
    if as_json:
        print_json(journal.entry_json.of(entry))
    else:
        click.echo(
            f"{verb} {entry.id}  {span_text(entry.first_day, entry.day)}  "
            f"{say_minutes(entry.minutes)}  {cut(entry.title, 60)}"
        )
        click.echo(verdict_line(journal, entry))
    rules = journal.entries.course_of(entry).rules
    say(*warning_texts(saved.warnings, rules), *saved.notes)


def verdict_line(journal: Journal, entry: Entry) -> str:
    """Say whether an entry counts, and else the first rule it fails and who says so."""
    plan, rules = journal.entries.plan_of(entry), journal.entries.course_of(entry).rules
    checks = verdict(entry, plan, rules, journal.as_at)
    failed = next((check for check in checks if not check.passed), None)
    if failed is None:
        return f"Counts, {say_minutes(entry.minutes)}."
    ask = " Ask your tutor." if failed.ask_tutor else ""
    return f"Does not count: {failed.text}{ask} ({failed.source})"
