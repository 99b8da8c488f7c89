"""Entries and records as plain JSON images: what the change log and the exchange carry.

An entry's image leaves out what is derived from it (enrolment, words, failed rules), so
that taking an old image back derives them afresh under the rules of today.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ksbtui.core.entry.entries import Entry, Evidence, Verification

Image = dict[str, Any]


def entry_image(entry: Entry) -> Image:
    """Everything a person said about an entry, as JSON values."""
    return {
        "id": entry.id,
        "day": entry.day.isoformat(),
        "minutes": entry.minutes,
        "title": entry.title,
        "type": entry.type,
        "module": entry.module if entry.module_given else None,
        "module_given": entry.module_given,
        "notes": entry.notes,
        "learned": entry.learned,
        "ksbs": list(entry.ksbs),
        "evidence": [evidence_image(item) for item in entry.evidence],
        "paid": entry.paid,
        "new_learning": entry.new_learning,
        "relevant": entry.relevant,
        "private": entry.private,
        "verified": verification_image(entry.verified),
        "submitted": entry.submitted.isoformat() if entry.submitted else None,
        "source": entry.source,
        "created_at": entry.created_at,
        "updated_at": entry.updated_at,
        "deleted_at": entry.deleted_at,
    }


def verification_image(verified: Verification | None) -> Image | None:
    """Who verified an entry and when, or None."""
    return {"by": verified.by, "day": verified.day.isoformat()} if verified else None


def evidence_image(item: Evidence) -> Image:
    """One artefact as JSON values."""
    return {
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "target": item.target,
        "sha256": item.sha256,
        "size": item.size,
        "note": item.note,
        "private": item.private,
        "copied": item.copied,
    }


def entry_from(image: Mapping[str, Any]) -> Entry:
    """Make the entry of an image; what is derived is left at its defaults."""
    values = dict(image)
    verified = values.pop("verified", None)
    submitted = values.pop("submitted", None)
    return Entry(
        **{
            **values,
            "day": date.fromisoformat(values["day"]),
            "ksbs": tuple(values.get("ksbs", ())),
            "evidence": tuple(Evidence(**item) for item in values.get("evidence", ())),
            "verified": Verification(verified["by"], date.fromisoformat(verified["day"]))
            if verified
            else None,
            "submitted": date.fromisoformat(submitted) if submitted else None,
        }
    )


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
