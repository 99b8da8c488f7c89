"""The whole record as a folder of Markdown files, or as ksbtui's own JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from ksbtui.core.days import full_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.exports.formats.texts import escaped, markdown_text, slug
from ksbtui.exports.reports.source import Source, display_path, is_masked
from ksbtui.journal.context import PROGRAMME, RULES, STANDARD
from ksbtui.journal.exchange.exchange import NAMES_RECORD
from ksbtui.journal.exchange.own_json import written

_OWN_HEADING = re.compile(r"^\\*## (?:What I did|What I learned|Evidence)$", re.MULTILINE)
"""What would end a part of the file, if a person wrote it: a backslash goes before it."""


def markdown_folder(source: Source) -> dict[str, str]:
    """Files by name: ``DAY-title-ID.md`` for each entry of every enrolment, and an index."""
    files = {_name(entry): _file(source, entry) for entry in source.all_entries}
    lines = [
        f"- [{full_day(entry.day)}: {escaped(entry.title)}]({_name(entry)}), "
        f"{say_minutes(entry.minutes)}"
        for entry in source.all_entries
    ]
    index = ["# Training journal", escaped(source.heading()), "\n".join(lines)]
    return {"index.md": "\n\n".join(part for part in index if part) + "\n", **files}


def _name(entry: Entry) -> str:
    title = "private" if is_masked(entry) else slug(entry.title)
    return f"{entry.day.isoformat()}-{title}-{entry.id}.md"


def _file(source: Source, entry: Entry) -> str:
    """Front matter in YAML (each value as JSON, which YAML reads), then the words as typed."""
    front = "\n".join(f"{key}: {_yaml(value)}" for key, value in _front(source, entry).items())
    parts = [f"---\n{front}\n---", f"# {escaped(entry.title)}"]
    for heading, text in (("What I did", entry.notes), ("What I learned", entry.learned)):
        if text:
            words = _OWN_HEADING.sub(r"\\\g<0>", markdown_text(text))
            parts.append(f"## {heading}\n\n{words}")
    if entry.evidence:
        lines = (
            f"- {escaped(e.title)} ({e.kind}): {escaped(display_path(e))}" for e in entry.evidence
        )
        parts.append("## Evidence\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _front(source: Source, entry: Entry) -> dict[str, Any]:
    front: dict[str, Any] = {
        "id": entry.id,
        "day": entry.day.isoformat(),
        **({"first_day": entry.first_day.isoformat()} if entry.first_day else {}),
        "minutes": entry.minutes,
        "title": entry.title,
        "type": entry.type,
    }
    if is_masked(entry):
        return front
    return {
        **front,
        "module": entry.module,
        "ksbs": list(entry.ksbs),
        "paid": entry.paid,
        "new_learning": entry.new_learning,
        "relevant": entry.relevant,
        "in_plan": entry.in_plan,
        "private": entry.private,
        "counted": source.counts(entry),
        "verified": {"by": entry.verified.by, "day": entry.verified.day.isoformat()}
        if entry.verified
        else None,
        "submitted": entry.submitted.isoformat() if entry.submitted else None,
    }


def _yaml(value: object) -> str:
    """A value as JSON, which YAML reads; no tag stands in it for a page that shows it raw."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


_PUBLISHED = {STANDARD, PROGRAMME, RULES}
"""Kinds that hold nobody's own words."""


def whole_record(source: Source) -> str:
    """Every entry and record; which entries were chosen plays no part, for it is a copy."""
    records = source.journal.store.whole_records()
    redacted = [
        record
        if record.kind in _PUBLISHED or (record.kind, record.id) == NAMES_RECORD
        else replace(record, body=_passed_body(source, f"{record.kind} {record.id}", record.body))
        for record in records
    ]
    entries = [source.passed(entry) for entry in source.whole]
    is_whole = redacted == records and entries == source.journal.exchange.live_entries()
    origins = source.journal.exchange.origins() if is_whole else None
    return "".join(written(redacted, entries, origins))


def _passed_body(source: Source, where: str, value: Any) -> Any:
    """A record's body with every text let through; keys are ours and stay."""
    if isinstance(value, str):
        return source.text(where, value)
    if isinstance(value, dict):
        return {key: _passed_body(source, f"{where}, {key}", item) for key, item in value.items()}
    if isinstance(value, list):
        return [_passed_body(source, where, item) for item in value]
    return value
