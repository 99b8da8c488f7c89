"""Entries and records as plain JSON images: what the change log and the exchange carry.

An entry's image leaves out what is derived from it (enrolment, words, failed rules), so
that taking an old image back derives them afresh under the rules of today.
"""

from __future__ import annotations

from typing import Any

from ksbtui.core.codec import decode, encode_fields
from ksbtui.core.entry.entries import Entry

Image = dict[str, Any]


def entry_image(entry: Entry) -> Image:
    """Everything a person said about an entry, as JSON values."""
    return {**encode_fields(entry), "module": entry.module if entry.module_given else None}


def entry_from(image: Image) -> Entry:
    """Make the entry of an image; what is derived is left at its defaults."""
    return decode(Entry, image)


def difference(before: Image | None, after: Image | None) -> tuple[Image | None, Image | None]:
    """Keep of two images only what differs; a making or an end keeps the whole one."""
    if before is None or after is None:
        return before, after
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return (
        {key: before[key] for key in changed if key in before},
        {key: after[key] for key in changed if key in after},
    )


def patched(image: Image | None, take_away: Image | None, put: Image | None) -> Image | None:
    """Step an image from one side of a difference to the other.

    Keys of ``take_away`` that ``put`` lacks vanish; ``put`` None means the thing itself
    was not there.
    """
    if put is None:
        return None
    if image is None or take_away is None:
        return dict(put)
    return {**{key: image[key] for key in image if key not in take_away}, **put}
