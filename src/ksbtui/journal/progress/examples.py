"""Example packs: entries put together for others, and packs of others kept here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ksbtui.core.codec import encode
from ksbtui.core.coverage.examples import (
    MOST_CHARACTERS,
    Example,
    Pack,
    check_name,
    check_pack,
    fitting_codes,
    make_pack,
)
from ksbtui.core.entry.entries import Entry
from ksbtui.core.exchange.personal_data import Finding, check, redact
from ksbtui.core.programme.standards import Standard
from ksbtui.core.strict import Malformed, strictly
from ksbtui.core.text.text import quoted
from ksbtui.errors import Conflict, KsbtuiError, NotFound, Unreadable
from ksbtui.journal.context import Context
from ksbtui.store.database import rows
from ksbtui.store.files import example_packs

if TYPE_CHECKING:
    from ksbtui.journal.entry.entries import Entries
    from ksbtui.journal.exchange.exchange import Exchange


@dataclass(frozen=True, slots=True)
class KeptPack:
    """A pack kept here. ``problem`` says why it is not used; empty where it is."""

    name: str
    path: Path
    standard: str = ""
    examples: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A pack just kept: how many examples, and the codes that say something else by now."""

    name: str
    path: Path
    examples: int
    other_codes: tuple[str, ...]


class Examples:
    """Example packs for the present standard."""

    def __init__(self, context: Context, entries: Entries, exchange: Exchange) -> None:
        self._context = context
        self._entries = entries
        self._exchange = exchange

    def export(self, ids: Sequence[str], verified: bool = False) -> Pack:
        """A pack of the entries named, or of those somebody verified; never a private one."""
        entries = self._verified() if verified else [self._entries.get(id) for id in ids]
        private = [entry for entry in entries if entry.private]
        if private and not verified:
            raise Conflict(
                f"{quoted(private[0].title)} is private.",
                "Leave it out, or edit it so that it is not private.",
            )
        if not entries:
            raise NotFound(
                "You have no verified entries yet." if verified else "You entered no entry.",
                "Choose entries: ksbtui examples export PACK ID…",
            )
        examples = (_example(entry) for entry in entries if not entry.private)
        return make_pack(self._context.enrolled.standard, examples)

    def findings(self, pack: Pack) -> tuple[Finding, ...]:
        places = enumerate(pack.examples, start=1)
        return check(
            ((f"example {at}", example.text) for at, example in places), self._exchange.names
        )

    def redacted(self, pack: Pack) -> Pack:
        return pack.redacted(
            redact(example.text, self._exchange.names) for example in pack.examples
        )

    def add(self, data: bytes, name: str) -> Added:
        pack = read_pack(data)
        same = fitting_codes(pack, self._context.enrolled.standard)
        path = example_packs.keep_pack(check_name(name), to_bytes(pack))
        other = tuple(code for code in pack.statements if code not in same)
        usable = sum(1 for example in pack.examples if same.intersection(example.ksbs))
        return Added(name, path, usable, other)

    def kept(self) -> list[KeptPack]:
        course = self._context.course
        packs = []
        for name, path in example_packs.kept_packs().items():
            try:
                pack = read_pack(example_packs.read_pack(path))
                problem = ""
                if course is not None:
                    fitting_codes(pack, course.standard)
            except Conflict as refused:
                problem = refused.message
            except KsbtuiError as refused:
                packs.append(KeptPack(name, path, problem=refused.message))
                continue
            packs.append(KeptPack(name, path, pack.standard, len(pack.examples), problem))
        return packs

    def remove(self, name: str) -> Path:
        return example_packs.remove_pack(name)

    def _verified(self) -> list[Entry]:
        enrolment = self._context.enrolled.enrolment.id
        tail = "WHERE deleted_at = '' AND enrolment = ? ORDER BY day, seq"
        with self._context.store.guarded() as connection:
            entries = rows.read(connection, tail, (enrolment,))
        return [entry for entry in entries if entry.verified]


def _example(entry: Entry) -> Example:
    words = "\n".join(text for text in (entry.title, entry.notes, entry.learned) if text)
    return Example(words[:MOST_CHARACTERS], entry.ksbs)


def to_bytes(pack: Pack) -> bytes:
    """A pack as it is written to a file."""
    return (json.dumps(encode(pack), ensure_ascii=False, indent=1) + "\n").encode()


def read_pack(data: bytes) -> Pack:
    """Read a pack strictly; refuses what is damaged or was not made by us."""
    try:
        body: Any = json.loads(data)
        pack = strictly(Pack, body if isinstance(body, dict) else {})
    except (ValueError, RecursionError, Malformed) as problem:
        raise Unreadable(
            f"This is not an example pack: {_short(problem)}.",
            "Ask for a new one, made with: ksbtui examples export",
        ) from problem
    check_pack(pack)
    return pack


def _short(problem: Exception) -> str:
    return str(problem)[:120].rstrip(".") if isinstance(problem, Malformed) else "it is damaged"


def usable_examples(standard: Standard) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """Every example that fits a standard, as (pack's name, text, codes); bad packs are left out."""
    for name, path in example_packs.kept_packs().items():
        try:
            pack = read_pack(example_packs.read_pack(path))
            same = fitting_codes(pack, standard)
        except KsbtuiError:
            continue
        for example in pack.examples:
            codes = tuple(code for code in example.ksbs if code in same)
            if codes:
                yield name, example.text, codes
