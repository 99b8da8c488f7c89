"""Finding a record by its id or the beginning of it, as entries are found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound, Unreadable
from ksbtui.journal.ids import SHORTEST_PREFIX

R = TypeVar("R")


def by_prefix(found: Mapping[str, R], id: str, what: str, command: str) -> R:
    """Pick the one record whose id begins with ``id``, of four or more characters.

    ``what`` names the thing in a refusal ("action"), ``command`` shows the ids.
    """
    prefix = id.strip().lower()
    if len(prefix) < SHORTEST_PREFIX:
        raise Unreadable(
            f"{quoted(id)} is too short for the id of a {what}."
            if what[0] not in "aeiou"
            else f"{quoted(id)} is too short for the id of an {what}.",
            f"Enter at least {SHORTEST_PREFIX} of its 8 characters; {command} shows them.",
        )
    fitting = [key for key in found if key.startswith(prefix)]
    if not fitting:
        raise NotFound(f"No {what}'s id begins with {quoted(id)}.", f"{command} shows the ids.")
    if len(fitting) > 1:
        raise NotFound(
            f"{quoted(id)} could be {len(fitting)} of them: {', '.join(fitting[:4])}.",
            "Enter one more character.",
        )
    return found[fitting[0]]
