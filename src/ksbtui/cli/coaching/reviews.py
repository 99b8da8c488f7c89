"""``review``: prepare, hold and sign a progress review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.assessment.gateway import verify
from ksbtui.cli.context import json_option, read_day_if, read_text, reporting
from ksbtui.cli.exchange.export import redact_option, save_checked
from ksbtui.cli.output import print_json, print_lines, print_result, print_rows, say
from ksbtui.core.coaching.call_summary import action_line
from ksbtui.core.coaching.review import FIELDS
from ksbtui.core.coaching.review_pack import Pack, behaviour_lines, break_line, review_page
from ksbtui.core.days import full_day, long_day
from ksbtui.core.text.text import number_of
from ksbtui.exports.formats.texts import markdown

if TYPE_CHECKING:
    from ksbtui.core.coaching.review import Review
    from ksbtui.journal.journal import Journal


@click.group(invoke_without_command=True)
@click.option(
    "--markdown", "as_markdown", is_flag=True, help="Print the whole pack as Markdown, to paste."
)
@click.option("--with-private", is_flag=True, help="With private fields, for your own eyes.")
@click.option("--held", "which", flag_value="held", help="Show the last review that took place.")
@click.option(
    "--next", "which", flag_value="next", help="Show the next review, even if one took place today."
)
@json_option
@click.pass_context
def review(
    ctx: click.Context, as_markdown: bool, with_private: bool, which: str | None, as_json: bool
) -> None:
    r"""The progress review: a pack filled from your journal, and what each person says.

    Shows the review in preparation, or today's review, or the next one.

    \b
    ksbtui review                                      what is there and what is missing
    ksbtui review set workplace "Runs the pilot with two agents."
    ksbtui review set employer "Reliable; would like more on testing."
    ksbtui review set wellbeing "Asked for a quieter desk."     private unless --shared
    ksbtui review set changes none                     or: content, end, hours
    ksbtui review answer 3yhv "Waits for the supplier; by December."
    ksbtui action add "Plan the user test" --who learner --due "3 weeks" --from review
    ksbtui review verify B1,B4 --by "Colin Marsh" --comment "Asks before she ships."
    ksbtui review hold --present "Demo learner, Ruth Adeyemi, Colin Marsh"
    ksbtui review sign --name "Ruth Adeyemi" --role provider
    ksbtui review --markdown
    """
    if ctx.invoked_subcommand is None:
        private = with_private
        ctx.invoke(
            _pack, as_markdown=as_markdown, with_private=private, which=which or "", as_json=as_json
        )


review.add_command(verify)


@click.command()
@click.option("--markdown", "as_markdown", is_flag=True)
@click.option("--with-private", is_flag=True)
@click.option("--which", default="")
@reporting
def _pack(
    journal: Journal, as_markdown: bool, with_private: bool, which: str, as_json: bool
) -> None:
    pack = journal.reviews.pack(journal.reviews.asked(which))
    if as_json:
        print_json(pack.as_json(with_private))
    elif as_markdown:
        click.echo(markdown(review_page(pack, private=with_private)), nl=False)
    else:
        _print_state(pack, with_private)


def _print_state(pack: Pack, with_private: bool) -> None:
    review = pack.review
    number = f"Review {pack.due.number}" if pack.due else "Review"
    if review.held:
        click.echo(f"{number}, held on {long_day(review.day)} with {', '.join(review.present)}")
    elif pack.due:
        click.echo(f"{number}, due by {pack.due.due_text}")
    else:
        click.echo("This programme does not need reviews, but you can have one.")
    if pack.in_break:
        click.echo(break_line(pack))
    added = number_of(len(pack.changed.added), "entry", "entries")
    click.echo(f"Since {long_day(pack.changed.since)}: {added} logged")
    print_lines(behaviour_lines(pack))
    click.echo("")
    for name, title in FIELDS.items():
        if name != "plan" or review.changes_plan:
            click.echo(f"{title} ({name})\n  {pack.text(name, with_private) or '…'}")
    click.echo(f"Does the plan change (changes)\n  {', '.join(review.plan_changes) or '…'}")
    if review.held:
        click.echo("\nAgreed")
        print_lines(f"  {action_line(action)}" for action in pack.agreed)
        click.echo("\nSign-off")
        print_lines(f"  {s.role}: {s.name}, {full_day(s.day)}" for s in review.signatures)
        for role in review.unsigned:
            click.echo(f"  {role}: not signed yet")
            click.echo(f"    ksbtui review sign --name NAME --role {role}")
        say("To see the next one: ksbtui review --next")
    elif pack.lacking:
        click.echo("\nStill needed before you can record it")
        print_lines(f"  {what}\n    {way}" for what, way in pack.lacking)
    else:
        click.echo("\nReady. After the meeting, record it with: ksbtui review hold")
    say("To see the whole pack: ksbtui review --markdown")


@review.command()
@reporting
def start(journal: Journal, as_json: bool) -> None:
    """Start to prepare the next review. Setting a field also starts it."""
    _report(journal, journal.reviews.start(), as_json)


@review.command("set")
@click.argument("field")
@click.argument("text")
@click.option("--shared", is_flag=True, help="Let others see a private field.")
@click.option("--review", "id", metavar="ID", default="", help="A past review, by its id.")
@reporting
def set_(journal: Journal, field: str, text: str, shared: bool, id: str, as_json: bool) -> None:
    r"""Write a field; - reads stdin. An empty text clears it.

    Fields: workplace, employer, wellbeing (private), changes (none, or some of content, end,
    hours), plan (what changes and why).

    \b
    ksbtui review set workplace "Runs the pilot with two agents."
    ksbtui review set changes end,hours
    """
    _report(journal, journal.reviews.set(field, read_text(text), shared=shared, id=id), as_json)


@review.command()
@click.argument("action")
@click.argument("text")
@reporting
def answer(journal: Journal, action: str, text: str, as_json: bool) -> None:
    """Record what happened about an earlier ACTION that is still open."""
    _report(journal, journal.reviews.answer(action, read_text(text)), as_json)


@review.command()
@click.option("--name", metavar="NAME", default="", help="The name of the person who signed.")
@click.option(
    "--role", metavar="ROLE", default="", help="Their role: apprentice, employer or provider."
)
@click.option("--day", metavar="DAY", help="The day it was signed, if not today.")
@click.option("--review", "id", metavar="ID", default="", help="Which review, if not the latest.")
@reporting
def sign(journal: Journal, name: str, role: str, day: str | None, id: str, as_json: bool) -> None:
    """Record a sign-off: name, role and day."""
    on = read_day_if(day, journal)
    _report(journal, journal.reviews.sign(name, role, on, id), as_json)


@review.command()
@click.option("--day", metavar="DAY", help="The day it took place, if not today.")
@click.option(
    "--present",
    metavar="NAMES",
    default="",
    help="The names of those present, separated by commas.",
)
@reporting
def hold(journal: Journal, day: str | None, present: str, as_json: bool) -> None:
    """Record that the review took place.

    It needs an answer to every earlier action and at least one new action.
    """
    on = read_day_if(day, journal)
    outcome = journal.reviews.hold(on, present.split(","))
    review = outcome.review
    if as_json:
        print_json(journal.reviews.pack(review).as_json())
    else:
        click.echo(f"Recorded review {review.id}  {full_day(review.day)}")
        print_lines(f"  still missing: {item}" for item in outcome.to_fill)
    say(*outcome.notes)


@review.command()
@reporting
def drop(journal: Journal, as_json: bool) -> None:
    """Delete the review in preparation. You can undo it."""
    id = journal.reviews.drop().id
    print_result({"id": id, "dropped": True}, f"Dropped {id}", as_json)


@review.command("list")
@reporting
def list_(journal: Journal, as_json: bool) -> None:
    """List past reviews, the one in preparation, and when the next is due."""
    reviews, due = journal.reviews.all(), journal.reviews.due()
    if as_json:
        print_json({"reviews": list(map(_as_json, reviews)), "next": due})
        return
    print_rows(
        (
            "◆" if review.held else "…",
            review.id,
            full_day(review.day),
            "held" if review.held else "in preparation",
            f"unsigned: {', '.join(review.unsigned)}" if review.unsigned else "signed",
        )
        for review in reviews
    )
    if due:
        click.echo(f"Review {due.number} is due by {due.due_text}")


@review.command()
@click.argument("id", default="")
@click.option("--save", metavar="PATH", help="Write it to this file instead.")
@click.option("--named", is_flag=True, help="With the learner's name.")
@click.option("--with-private", is_flag=True, help="With private fields, for your own eyes.")
@redact_option
@reporting
def show(
    journal: Journal, id: str, named: bool, with_private: bool, as_json: bool, **file: Any
) -> None:
    """Show the pack of the latest review, or of the one in preparation."""
    review = journal.reviews.get(id)
    if as_json:
        print_json(journal.reviews.pack(review).as_json(with_private))
        return
    text = markdown(journal.reviews.page(review, named=named, private=with_private))
    if file["save"]:
        say(f"Written to {save_checked(journal, text, **file)}")
    else:
        click.echo(text, nl=False)


def _report(journal: Journal, review: Review, as_json: bool) -> None:
    lacking = () if review.held else journal.reviews.pack(review).lacking
    needed = f" Still needed before you can record it: {len(lacking)}." if lacking else ""
    print_result(_as_json(review), f"Review {review.id} saved.{needed}", as_json)


def _as_json(review: Review) -> dict[str, object]:
    return {
        "id": review.id,
        "day": review.day,
        "held": review.held,
        "filled": [name for name in FIELDS if review.text(name)],
        "plan_changes": review.plan_changes,
        "present": review.present,
        "answered": [answer.action for answer in review.answers],
        "unsigned": review.unsigned,
    }
