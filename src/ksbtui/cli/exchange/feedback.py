"""``import`` of feedback: what a tutor or employer noted comes into the learner's journal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ksbtui.cli.output import cut, print_json, say
from ksbtui.core.codec import encode_fields
from ksbtui.errors import Unreadable

if TYPE_CHECKING:
    from ksbtui.journal.exchange.feedback import Taken
    from ksbtui.journal.journal import Journal


def take_feedback(journal: Journal, files: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Bring feedback files in, each as one change; the first that is refused ends it."""
    from ksbtui.cli.exchange.handover import ask_passphrase
    from ksbtui.journal.exchange.handover_file import (
        HANDOVER,
        data_format,
        read_data,
        read_feedback,
    )

    read = []
    for file in files:
        path = Path(file).expanduser()
        data = read_data(path, ask_passphrase)
        if data_format(data) == HANDOVER:
            raise Unreadable(
                f"{path.name} is a journal that was handed over, not feedback.",
                f"Open it with: ksbtui handover open {path.name}",
            )
        read.append(read_feedback(data, path.name))
    taken = [journal.feedback.take(one, dry_run) for one in read]
    if as_json:
        print_json(_as_json(taken))
        return
    for one in taken:
        _print(one)
    if dry_run:
        say("Nothing was written.")


def _as_json(taken: list[Taken]) -> dict[str, object]:
    notes = [encode_fields(note) for one in taken for note in one.notes]
    return {
        "added": sum(one.added for one in taken),
        "changed": sum(one.changed for one in taken),
        "unchanged": sum(one.unchanged for one in taken),
        "missing": 0,
        "minutes": 0,
        "skipped": [
            {"row": note["id"], "reason": note["why"]}
            for note in notes
            if note["what"] == "skipped"
        ],
        "warnings": [
            {"row": note["id"], "reason": note["why"]}
            for note in notes
            if note["what"] != "skipped" and note["why"]
        ],
        "senders": [one.sender for one in taken],
        "lines": notes,
    }


def _print(taken: Taken) -> None:
    from ksbtui.presentation.exchange.handover import note_text, taken_text

    click.echo(taken_text(taken))
    for note in taken.notes:
        say(f"  {cut(note_text(note), 110)}")
    if taken.added or taken.changed:
        say("undo takes it back.")
    if any(note.what == "kept" and "both texts" in note.why for note in taken.notes):
        say("To choose which text stays: ksbtui conflicts")
