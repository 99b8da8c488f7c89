"""``discuss stories``: the story bank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import complete_codes, json_option, read_text, with_journal
from ksbtui.cli.output import cut, print_json, print_rows, say
from ksbtui.core.assessment.stories import PARTS
from ksbtui.core.text.text import number_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ksbtui.core.assessment.stories import Story
    from ksbtui.journal.journal import Journal


def _parts(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say a story: its parts, KSBs and entries."""
    for name in reversed(PARTS):
        words = f"The {name} of the story; - reads it from stdin."
        command = click.option(f"--{name}", metavar="TEXT|-", help=words)(command)
    command = click.option(
        "-k", "--ksbs", metavar="CODES", shell_complete=complete_codes, help="KSBs this shows."
    )(command)
    command = click.option(
        "--private/--public",
        default=None,
        help="Keep the story out of calls. Stories from private entries start private.",
    )(command)
    return click.option(
        "--entry",
        "entries",
        multiple=True,
        metavar="ID",
        help="An entry the story comes from; repeat for more.",
    )(command)


def _given(options: dict[str, Any]) -> dict[str, Any]:
    """The options that were given, as fields of a story."""
    fields: dict[str, Any] = {
        name: read_text(options[name]) for name in PARTS if options[name] is not None
    }
    if options["ksbs"] is not None:
        fields["ksbs"] = (options["ksbs"],)
    if options["private"] is not None:
        fields["private"] = options["private"]
    if options["entries"]:
        fields["entries"] = tuple(options["entries"])
    return fields


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def stories(ctx: click.Context, as_json: bool) -> None:
    """Write STAR(L) stories, each for several KSBs, and see which few cover most.

    \b
    ksbtui discuss stories                                your stories, and KSBs without one
    ksbtui discuss stories add --from abcd                start from the text of an entry
    ksbtui discuss stories add "The pilot that failed" -k K4,S15 --result "…"
    ksbtui discuss stories edit wxyz --learning -         from stdin
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_, as_json=as_json)


@stories.command("list", hidden=True)
@json_option
@with_journal
def list_(journal: Journal, as_json: bool) -> None:
    """List the stories, the few that cover most, and KSBs without one."""
    bank = journal.stories
    found, picks, without = bank.all(), bank.few(), bank.without()
    if as_json:
        print_json(
            {
                "stories": [one.as_json() for one in found],
                "few": [{"id": p.story.id, "adds": list(p.adds)} for p in picks],
                "without_story": list(without),
            }
        )
        return
    if not found:
        say('No stories yet. Start one with: ksbtui discuss stories add "Its title" -k CODES')
    print_rows((one.id, cut(one.title, 50), " ".join(one.ksbs), _lacks(one)) for one in found)
    if len(picks) > 1:
        click.echo(
            "\nFewest stories that cover most: "
            + ", ".join(f"{p.story.title} +{len(p.adds)}" for p in picks)
        )
    if without:
        click.echo(f"\nWithout a story ({len(without)}): {' '.join(without)}")


def _lacks(story: Story) -> str:
    return (
        f"still missing: {', '.join(story.missing)}"
        if story.missing
        else number_of(story.words, "word")
    )


@stories.command()
@click.argument("title", default="")
@click.option(
    "--from", "source", default="", metavar="ENTRY", help="Start from the text of this entry."
)
@_parts
@json_option
@with_journal
def add(journal: Journal, title: str, source: str, as_json: bool, **options: Any) -> None:
    """Add a story, new or from an entry."""
    _say(journal.stories.add(title, source=source, **_given(options)), "Kept", as_json)


@stories.command()
@click.argument("id")
@click.option("--title", metavar="TEXT", help="A new title.")
@_parts
@json_option
@with_journal
def edit(journal: Journal, id: str, title: str | None, as_json: bool, **options: Any) -> None:
    """Change a story. Only what you enter changes."""
    fields = _given(options) | ({"title": title} if title is not None else {})
    _say(journal.stories.change(id, **fields), "Changed", as_json)


@stories.command()
@click.argument("id")
@json_option
@with_journal
def show(journal: Journal, id: str, as_json: bool) -> None:
    """Show one story in full."""
    story = journal.stories.get(id)
    if as_json:
        print_json(story.as_json())
        return
    click.echo(story.title)
    if story.ksbs:
        click.echo(" ".join(story.ksbs))
    for name in PARTS:
        click.echo(f"\n{name.capitalize()}\n{story.part(name) or '(still to be written)'}")


@stories.command()
@click.argument("id")
@json_option
@with_journal
def remove(journal: Journal, id: str, as_json: bool) -> None:
    """Remove a story. You can undo it."""
    _say(journal.stories.remove(id), "Removed", as_json)


def _say(story: Story, verb: str, as_json: bool) -> None:
    if as_json:
        print_json(story.as_json())
    else:
        click.echo(f"{verb}: {story.title}  {story.id}")
