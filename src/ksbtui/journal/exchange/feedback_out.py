"""Feedback going out: a tutor's side of a journal, signed where there is something to sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ksbtui.clock import Clock
from ksbtui.core.exchange.feedback import VERIFIED, Line
from ksbtui.core.text.text import clean
from ksbtui.errors import NotFound
from ksbtui.journal.exchange.handover_file import FEEDBACK_FILE, NEWEST, Feedback, to_bytes
from ksbtui.journal.exchange.opened import Side
from ksbtui.store.files.keys import sign
from ksbtui.store.files.sealed import OwnKey, own_key, seal


def plan_feedback(side: Side, sender: str, clock: Clock) -> Feedback:
    """The feedback file of a side; every verification in it is signed with the own key."""
    if not side.lines:
        raise NotFound("You have noted nothing yet.", "Open the learner's file first.")
    own = own_key()
    assert own is not None, "it was made"
    lines = tuple(_signed(line, own) for line in side.lines)
    return Feedback(
        format=FEEDBACK_FILE,
        version=NEWEST,
        learner=side.learner,
        sender=" ".join(clean(sender).split()) or _who(side.lines),
        about=side.about,
        made_at=clock.now(),
        lines=lines,
    )


def feedback_data(
    file: Feedback, to: Iterable[str] = (), passphrase: str = "", plain: bool = False
) -> bytes:
    """The file's bytes: encrypted for keys or with a passphrase, unless it is plain."""
    data = to_bytes(file)
    return data if plain else seal(data, tuple(to), passphrase)


def _signed(line: Line, own: OwnKey) -> Line:
    if line.kind != VERIFIED or not line.body:
        return line
    body = line.body
    made = sign(own, line.id, body["digest"], body["by"], date.fromisoformat(body["day"]))
    return replace(line, body={**body, "key": made.key, "signature": made.signature})


def _who(lines: Iterable[Line]) -> str:
    """Who most likely writes: the name that stands in the lines."""
    for line in lines:
        body = line.body or {}
        name = body.get("tutor") or body.get("by")
        if name:
            return str(name)
    return "your tutor"
