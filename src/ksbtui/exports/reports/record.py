"""The whole record as ksbtui's own JSON, redacted where that was asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ksbtui.exports.reports.source import Source
from ksbtui.journal.context import PROGRAMME, RULES, STANDARD
from ksbtui.journal.exchange.exchange import NAMES_RECORD
from ksbtui.journal.exchange.own_json import written

_PUBLISHED = {STANDARD, PROGRAMME, RULES}
"""Kinds that hold nobody's own words."""


def whole_record(source: Source) -> str:
    """Every entry and record; which entries were chosen plays no part, for it is a copy."""
    records = source.journal.store.whole_records()
    kept = [
        record
        if record.kind in _PUBLISHED or (record.kind, record.id) == NAMES_RECORD
        else replace(record, body=_passed_body(source, f"{record.kind} {record.id}", record.body))
        for record in records
    ]
    entries = [source.passed(entry) for entry in source.whole]
    is_whole = kept == records and entries == source.journal.exchange.live_entries()
    origins = source.journal.exchange.origins() if is_whole else None
    return "".join(written(kept, entries, origins))


def _passed_body(source: Source, where: str, value: Any) -> Any:
    """A record's body with every text let through; keys are ours and stay."""
    if isinstance(value, str):
        return source.text(where, value)
    if isinstance(value, dict):
        return {key: _passed_body(source, f"{where}, {key}", item) for key, item in value.items()}
    if isinstance(value, list):
        return [_passed_body(source, where, item) for item in value]
    return value
