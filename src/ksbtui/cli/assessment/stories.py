"""``discuss stories``: the story bank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import (
    complete_codes,
    group_showing,
    options,
    read_text,
    reporting,
)
from ksbtui.cli.output import cut, print_json, print_lines, print_result, print_rows, say
from ksbtui.core.assessment.stories import PARTS
from ksbtui.core.text.text import number_of

if TYPE_CHECKING:
    from ksbtui.core.assessment.stories import Story
    from ksbtui.journal.journal import Journal


_parts = options(
    click.option(
        "--entry",
        "entries",
        multiple=True,
        metavar="ID",
        help="An entry the story comes from; repeat for more.",
    ),
    click.option(
        "--private/--public",
        default=None,
        help="Keep the story out of calls. Stories from private entries start private.",
    ),
    click.option(
        "-k", "--ksbs", metavar="CODES", shell_complete=complete_codes, help="KSBs this shows."
    ),
    *(
        click.option(
            f"--{name}", metavar="TEXT|-", help=f"The {name} of the story; - reads it from stdin."
        )
        for name in PARTS
    ),
)


def _fields(options: dict[str, Any]) -> dict[str, Any]:
    """The options that were typed, as fields of a story."""
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


@group_showing("list")
def stories() -> None:
    """Write STAR(L) stories, each for several KSBs, and see which few cover most.

    \b
    ksbtui discuss stories                                your stories, and KSBs without one
    ksbtui discuss stories add --from abcd                start from the text of an entry
    ksbtui discuss stories add "The pilot that failed" -k K4,S15 --result "…"
    ksbtui discuss stories edit wxyz --learning -         from stdin
    """


@stories.command("list", hidden=True)
@reporting
def list_(journal: Journal, as_json: bool) -> None:
    """List the stories, the few that cover most, and KSBs without one."""
    bank = journal.stories
    stories, picks, without = bank.all(), bank.few(), bank.without()
    if as_json:
        few = [{"id": pick.story.id, "adds": pick.adds} for pick in picks]
        documents = [story.as_json() for story in stories]
        print_json({"stories": documents, "few": few, "without_story": without})
        return
    if not stories:
        say('No stories yet. Start one with: ksbtui discuss stories add "Its title" -k CODES')
    print_rows(
        (
            story.id,
            cut(story.title, 50),
            " ".join(story.ksbs),
            f"still missing: {', '.join(story.missing)}"
            if story.missing
            else number_of(story.words, "word"),
        )
        for story in stories
    )
    if len(picks) > 1:
        few_text = ", ".join(f"{pick.story.title} +{len(pick.adds)}" for pick in picks)
        click.echo(f"\nFewest stories that cover most: {few_text}")
    if without:
        click.echo(f"\nWithout a story ({len(without)}): {' '.join(without)}")


@stories.command()
@click.argument("title", default="")
@click.option(
    "--from", "source", default="", metavar="ENTRY", help="Start from the text of this entry."
)
@_parts
@reporting
def add(journal: Journal, title: str, source: str, as_json: bool, **options: Any) -> None:
    """Add a story, new or from an entry."""
    _say(journal.stories.add(title, source=source, **_fields(options)), "Kept", as_json)


@stories.command()
@click.argument("id")
@click.option("--title", metavar="TEXT", help="A new title.")
@_parts
@reporting
def edit(journal: Journal, id: str, title: str | None, as_json: bool, **options: Any) -> None:
    """Change a story. Only what you enter changes."""
    fields = _fields(options) | ({"title": title} if title is not None else {})
    _say(journal.stories.change(id, **fields), "Changed", as_json)


@stories.command()
@click.argument("id")
@reporting
def show(journal: Journal, id: str, as_json: bool) -> None:
    """Show one story in full."""
    story = journal.stories.get(id)
    if as_json:
        print_json(story.as_json())
        return
    click.echo(story.title)
    if story.ksbs:
        click.echo(" ".join(story.ksbs))
    texts = {name: story.part(name) or "(not written yet)" for name in PARTS}
    print_lines(f"\n{name.capitalize()}\n{text}" for name, text in texts.items())


@stories.command()
@click.argument("id")
@reporting
def remove(journal: Journal, id: str, as_json: bool) -> None:
    """Remove a story. You can undo it."""
    _say(journal.stories.remove(id), "Removed", as_json)


def _say(story: Story, verb: str, as_json: bool) -> None:
    print_result(story.as_json(), f"{verb}: {story.title}  {story.id}", as_json)
