"""The story bank of a journal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ksbtui.core.assessment.stories import (
    PARTS,
    Pick,
    Story,
    few,
    parts_of,
    without_story,
)
from ksbtui.core.codec import encode_fields
from ksbtui.core.text.text import clean, one_line
from ksbtui.errors import Unreadable
from ksbtui.journal.context import Context, by_prefix, new_id
from ksbtui.journal.entry.entries import Entries
from ksbtui.journal.progress.progress import Progress
from ksbtui.store.database import rows

STORY = "story"
"""Kind of record."""


class Stories:
    """The stories of the present enrolment."""

    def __init__(self, context: Context, progress: Progress, entries: Entries) -> None:
        self._context = context
        self._progress = progress
        self._entries = entries

    def all(self) -> tuple[Story, ...]:
        stories = self._context.own(STORY, Story)
        private: frozenset[str] = frozenset()
        if based_on := {id for story in stories for id in story.entries}:
            with self._context.store.guarded() as connection:
                private = rows.private_ids(connection, based_on)
        marked = (
            replace(one, private=one.private or not private.isdisjoint(one.entries))
            for one in stories
        )
        return tuple(one for one in marked if not (one.private and self._context.hides_private))

    def get(self, id: str) -> Story:
        return by_prefix(
            {story.id: story for story in self.all()}, id, "story", "ksbtui discuss stories"
        )

    def without(self) -> tuple[str, ...]:
        return without_story(self._codes(), self.all())

    def few(self) -> tuple[Pick, ...]:
        return few(self.all(), self._codes())

    def draft_from(self, entry_id: str) -> Story:
        """A story begun from an entry: its own words, tags and title, not yet saved."""
        entry = self._entries.get(entry_id)
        return Story(
            "",
            self._context.enrolment_id,
            entry.title,
            **parts_of(entry),
            ksbs=entry.ksbs,
            entries=(entry.id,),
            private=entry.private,
        )

    def add(self, title: str = "", *, source: str = "", **fields: Any) -> Story:
        """Make a story, fresh or from an entry (``source`` its id); given fields win."""
        story = self.draft_from(source) if source else Story("", self._context.enrolment_id, "")
        given = {name: value for name, value in {**fields, "title": title}.items() if value}
        return self._save(replace(story, id=new_id(), **given))

    def change(self, id: str, **fields: Any) -> Story:
        before = self.get(id)
        return self._save(replace(before, **fields), before.entries)

    def remove(self, id: str) -> Story:
        story = self.get(id)
        self._context.put(f"Removed {_named(story)}", STORY, story.id, None)
        return story

    def _save(self, story: Story, known: tuple[str, ...] = ()) -> Story:
        texts: dict[str, Any] = {name: clean(story.part(name)).strip() for name in PARTS}
        story = replace(
            story,
            title=one_line(story.title),
            **texts,
            ksbs=self._context.codes(story.ksbs),
            entries=self._entries.whole_ids(story.entries, known),
        )
        if not story.title:
            raise Unreadable("A story needs a title.", "Use a title you will remember.")
        body = encode_fields(story, "id")
        self._context.put(f"Saved {_named(story)}", STORY, story.id, body)
        return story

    def _codes(self) -> tuple[str, ...]:
        return tuple(ksb.code for ksb in self._progress.view.coverage.ksbs)


def _named(story: Story) -> str:
    return "a private story" if story.private else f'the story "{story.title}"'
