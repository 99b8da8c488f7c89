"""Evidence: files and links attached to entries."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ksbtui.core.entry.entries import Entry, Evidence
from ksbtui.core.entry.evidence import (
    CHANGED,
    LINK,
    MISSING,
    MOVED,
    OPENED,
    PRESENT,
    Attachment,
    Checked,
    checked_link,
    is_link,
    known_kind,
)
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound, Unreadable
from ksbtui.journal.context import SHORTEST_PREFIX, Context, new_id
from ksbtui.journal.entry.entries import Entries
from ksbtui.store.database import rows
from ksbtui.store.files import evidence_files
from ksbtui.store.files.evidence_files import Print
from ksbtui.store.files.paths import attachment_folder

if TYPE_CHECKING:
    from ksbtui.journal.entry.entries import Saved


class EvidenceFiles:
    """The artefacts of a journal: read, hashed and left where they are unless copied."""

    def __init__(self, context: Context, entries: Entries) -> None:
        self._context = context
        self._entries = entries

    @property
    def kinds(self) -> tuple[str, ...]:
        return self._context.enrolled.programme.evidence_kinds

    def attach(
        self,
        target: str,
        kind: str = "",
        title: str = "",
        note: str = "",
        private: bool = False,
        copy: bool = False,
    ) -> Evidence:
        """Make an artefact of a path or a link, to be saved with an entry.

        A file is hashed and stays where it is; with ``copy`` a copy of it, named by its
        hash, is kept beside the journal.
        """
        item = Evidence(new_id(), known_kind(kind, self.kinds), title, "", note=note)
        item = replace(item, private=private)
        if is_link(target):
            link = checked_link(target)
            return replace(item, title=title or link, target=link)
        path = _path(target)
        if copy:
            kept, found = evidence_files.copied(path, attachment_folder(self._context.path))
        else:
            kept, found = path, evidence_files.fingerprint(path)
        return replace(
            item,
            title=title or path.name,
            target=str(kept),
            sha256=found.sha256,
            size=found.size,
            copied=copy,
        )

    def completions(self, typed: str) -> list[str]:
        """The paths that a typed one may go on to; none for a link or where nothing is typed."""
        return [] if is_link(typed) or not typed.strip() else evidence_files.completions(typed)

    def add(self, entry_id: str, target: str, **about: Any) -> Saved:
        entry = self._entries.get(entry_id)
        item = self.attach(target, **about)

        def added(entry: Entry) -> dict[str, Any]:
            if any(item.target == other.target for other in entry.evidence):
                raise Unreadable(
                    f"{quoted(item.title)} is already attached to that entry.",
                    "To see what is attached: ksbtui evidence list",
                )
            return {"evidence": (*entry.evidence, item)}

        return self._entries.edit(entry.id, added)

    def all(self, entry_id: str = "") -> tuple[Attachment, ...]:
        if entry_id:
            entries = [self._entries.get(entry_id)]
        else:
            where = "EXISTS (SELECT 1 FROM evidence WHERE evidence.entry = entry.seq)"
            with self._context.store.guarded() as connection:
                entries = rows.read(
                    connection,
                    f"WHERE deleted_at = '' AND {where} ORDER BY day DESC, entry.seq DESC",
                )
        hides = self._context.hides_private
        return tuple(
            Attachment(entry, item)
            for entry in entries
            for item in entry.evidence
            if not (hides and (entry.private or item.private))
        )

    def get(self, id: str) -> Attachment:
        prefix = id.strip().lower()
        artefacts = [
            attachment for attachment in self.all() if attachment.item.id.startswith(prefix)
        ]
        if len(prefix) < SHORTEST_PREFIX or not artefacts:
            raise NotFound(
                f"No evidence has an id that starts with {quoted(id)}.",
                f"Enter {SHORTEST_PREFIX} characters or more. To see the ids: ksbtui evidence list",
            )
        if len(artefacts) > 1:
            raise NotFound(
                f"{quoted(id)} matches {len(artefacts)} pieces of evidence.",
                "Enter one or more further characters.",
            )
        return artefacts[0]

    def change(self, id: str, **fields: Any) -> Saved:
        attachment = self.get(id)
        if "kind" in fields:
            fields["kind"] = known_kind(fields["kind"], self.kinds)
        return self._put(attachment, replace(attachment.item, **fields))

    def point(self, id: str, target: str) -> Saved:
        """Say where an artefact is now, and hash it afresh."""
        attachment = self.get(id)
        item = attachment.item
        fresh = self.attach(target, item.kind, item.title, item.note)
        return self._put(attachment, replace(fresh, id=item.id, private=item.private))

    def remove(self, id: str) -> Saved:
        """Remove evidence from its entry. The file itself is not deleted."""
        return self._put(self.get(id), None)

    def _put(self, attachment: Attachment, item: Evidence | None) -> Saved:
        def put(entry: Entry) -> dict[str, Any]:
            evidence = [
                item if other.id == attachment.item.id else other for other in entry.evidence
            ]
            return {"evidence": tuple(other for other in evidence if other is not None)}

        return self._entries.edit(attachment.entry.id, put)

    def check(self, entry_id: str = "") -> tuple[Checked, ...]:
        return self.checking(entry_id)()

    def checking(self, entry_id: str = "") -> Callable[[], tuple[Checked, ...]]:
        """Read what :meth:`check` needs; what is given back reads files alone.

        So a thread may run it, which must not touch the journal's connection.
        """
        attachment = [(artefact, self._path(artefact.item)) for artefact in self.all(entry_id)]
        return lambda: tuple(_checked(artefact, path) for artefact, path in attachment)

    def _path(self, item: Evidence) -> Path:
        """Where an artefact's file is; a relative path counts from the journal's folder."""
        return self._context.path.absolute().parent / item.target

    def viewer(self, id: str) -> tuple[str, ...]:
        """The command that opens an artefact in the system's own viewer.

        Refuses a file that is gone, and links that are no web pages.
        """
        item = self.get(id).item
        if is_link(item.target):
            if not item.target.lower().startswith(OPENED):
                raise Unreadable(
                    f"{quoted(item.target)} is not a web page.",
                    "Open it yourself in the right program.",
                )
        elif not self._path(item).is_file():
            raise NotFound(
                f"{quoted(item.target)} is no longer there.",
                "To look for it: ksbtui evidence check",
            )
        opener = {"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open")
        return (opener, item.target if is_link(item.target) else str(self._path(item)))

    def open(self, id: str) -> str:
        """Open an artefact in the system's viewer, which goes on by itself; gives its target."""
        command, quiet = self.viewer(id), subprocess.DEVNULL
        try:
            subprocess.Popen(
                command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
            )
        except OSError as problem:
            raise NotFound(
                f"{command[0]} is not installed, so ksbtui cannot open it.",
                f"Open it yourself: {command[1]}",
            ) from problem
        return command[1]


def _path(target: str) -> Path:
    """The absolute path of what was typed (also ``file://``), storable as text."""
    text = target.removeprefix("file://")
    try:
        text.encode()
        path = Path(text).expanduser().absolute()
    except UnicodeEncodeError as problem:
        raise Unreadable(
            f"The name {quoted(text.encode('utf-8', 'replace').decode())} is not valid text.",
            "Rename the file, then attach it.",
        ) from problem
    except RuntimeError as problem:
        raise NotFound(f"There is no folder {quoted(text)}.", "Check the path.") from problem
    if "\x00" in text or not text.strip():
        raise Unreadable(f"{quoted(text)} is not a path.", "Enter the path of a file, or a link.")
    return path


def _checked(attachment: Attachment, path: Path) -> Checked:
    item = attachment.item
    if is_link(item.target):
        return Checked(attachment, LINK)
    known = Print(item.sha256, item.size or 0) if item.sha256 else None
    state = evidence_files.still_there(path, known)
    if state is not None:
        return Checked(attachment, PRESENT if state else CHANGED)
    moved = evidence_files.find_moved(path, known) if known else None
    return Checked(attachment, MOVED, str(moved)) if moved else Checked(attachment, MISSING)
