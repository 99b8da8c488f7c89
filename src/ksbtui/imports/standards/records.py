"""Standards as data: ksbtui's own JSON, the shape of its TOML files, and lists of KSBs."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

from ksbtui.core.programme.standards import Duty, Ksb, Outcome
from ksbtui.errors import Unreadable
from ksbtui.imports.standards.facts import Facts, read_date
from ksbtui.imports.standards.lines import Line, text_lines
from ksbtui.imports.standards.page import Page
from ksbtui.imports.standards.statements import (
    code_of,
    codes_in,
    option_name,
    statement_start,
    without_notes,
)

_TEXT_KEYS = ("text", "statement", "description", "detail", "details", "wording", "content")
_NAME_KEYS = ("title", "name", "value")
_CODE_KEYS = ("code", "id", "ref", "reference", "ksb", "ksbcode", "ksb_code", "key", "number")
_KINDS = {
    **dict.fromkeys(("knowledge", "k", "knowledge_statement"), "K"),
    **dict.fromkeys(("skill", "s", "skill_statement"), "S"),
    **dict.fromkeys(("behaviour", "behavior", "b", "behaviour_statement"), "B"),
}
"""The kind that a list is of, by its key; statements without codes are numbered in order."""
_OPTION_KEYS = ("option", "pathway", "specialism")
_FACT_KEYS = {
    "ref": ("ref", "reference", "referencenumber", "larsreference", "standardreference"),
    "version": ("version", "versionnumber"),
    "title": ("title", "name", "standardtitle"),
    "level": ("level",),
    "min_minutes": ("min_minutes",),
    "min_hours": ("minimumhours", "min_hours", "minimum_hours", "minhours"),
    "max_minutes": ("max_minutes",),
    "typical_months": ("typical_months", "typicalduration"),
}
_MAX_DEPTH = 40


def json_data(text: str, name: str) -> Any:
    """The value of a JSON text, or the refusal."""
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            f"{name} is not valid JSON.", "Save it again from the program that wrote it."
        ) from error


def toml_data(text: str, name: str) -> Any:
    """The table of a TOML text, or the refusal."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            f"{name} is not valid TOML: {str(error)[:120]}.", "Correct that line and try again."
        ) from error


def read_records(data: Any) -> tuple[Page, Facts]:
    """The standard in a value of lists and tables."""
    page = Page()
    table = data if isinstance(data, dict) else {}
    if isinstance(table.get("standard"), dict):
        table = table["standard"]
        data = table
    for code, text, option in _ksbs(data, "", 0):
        page.ksbs.append(Ksb(code, without_notes(_plain(text)), option=option))
    listed = table.get("options")
    named = [str(item) for item in listed if item] if isinstance(listed, list) else []
    page.options = list(dict.fromkeys([*named, *(k.option for k in page.ksbs if k.option)]))
    page.duties = [
        Duty(number, text, codes) for number, _, text, codes in _groups(table.get("duties"))
    ]
    page.outcomes = [Outcome(*group) for group in _groups(table.get("outcomes"))]
    jobs = table.get("job_titles")
    page.job_titles = [str(job) for job in jobs] if isinstance(jobs, list) else []
    return page, _facts(table)


def _plain(text: str) -> str:
    return " ".join(line.text for line in text_lines(text) if not line.blank)


def _ksbs(value: Any, option: str, depth: int) -> Iterator[tuple[str, str, str]]:
    """Every (code, statement, option) of a nested value, in its order."""
    if depth > _MAX_DEPTH:
        raise Unreadable("The file is nested too deeply.", "Enter a plain list of KSBs.")
    if isinstance(value, list):
        if len(value) == 2 and all(isinstance(v, str) for v in value) and code_of(value[0]):
            yield code_of(value[0]) or "", value[1], option
            return
        for item in value:
            yield from _ksbs(item, option, depth + 1)
    elif isinstance(value, str):
        start = statement_start(Line(value.strip()).text)
        if start:
            yield start[0], start[1], option
    elif isinstance(value, dict):
        yield from _ksbs_of_table(value, option, depth)


def _ksbs_of_table(
    table: dict[str, Any], option: str, depth: int
) -> Iterator[tuple[str, str, str]]:
    """One KSB's own table, or the KSBs of a table that holds them under codes or lists."""
    lower = {str(key).lower(): value for key, value in table.items()}
    named = next((str(lower[key]) for key in _OPTION_KEYS if lower.get(key)), "")
    option = option_name(named) if named else option
    one = _one(lower)
    if one:
        yield one[0], one[1], option
        return
    for key, value in table.items():
        code = code_of(str(key))
        letter = _KINDS.get(str(key).lower().rstrip("s"))
        if letter and isinstance(value, list) and not any(_ksbs(value, option, depth + 1)):
            for number, item in enumerate(value, start=1):
                if text := _words(item):
                    yield f"{letter}{number}", text, option
            continue
        if code and isinstance(value, str):
            yield code, value, option
        elif code and isinstance(value, dict):
            text = next((value[k] for k in _TEXT_KEYS if isinstance(value.get(k), str)), "")
            yield code, text, option
        elif key not in ("duties", "outcomes", "warnings", "options") and isinstance(
            value, list | dict
        ):
            yield from _ksbs(value, option, depth + 1)


def _words(item: Any) -> str:
    if isinstance(item, dict):
        lower = {str(key).lower(): value for key, value in item.items()}
        keys = (*_TEXT_KEYS, *_NAME_KEYS)
        return next((lower[k] for k in keys if isinstance(lower.get(k), str)), "")
    return item if isinstance(item, str) else ""


def _one(lower: dict[str, Any]) -> tuple[str, str] | None:
    texts = [lower[k] for k in (*_TEXT_KEYS, *_NAME_KEYS) if isinstance(lower.get(k), str)]
    for key in _CODE_KEYS:
        code = code_of(str(lower.get(key, "")))
        if code:
            start = statement_start(texts[0]) if texts else None
            same = start is not None and start[0] == code
            return code, (start[1] if start and same else texts[0] if texts else "")
    return statement_start(texts[0]) if texts and len(lower) <= 8 else None


def _groups(value: Any) -> Iterator[tuple[int, str, str, tuple[str, ...]]]:
    for index, item in enumerate(value if isinstance(value, list) else [], start=1):
        if isinstance(item, dict):
            number = item.get("number")
            listed = item.get("ksbs")
            codes = codes_in(" ".join(map(str, listed))) if isinstance(listed, list) else ()
            yield (
                number if isinstance(number, int) else index,
                str(item.get("function", "")),
                str(item.get("text", item.get("detail", ""))),
                codes,
            )


def _facts(table: dict[str, Any]) -> Facts:
    """The facts of a table, by the names ksbtui and the published lists use."""
    lower = {str(key).lower(): value for key, value in table.items()}

    def value(name: str) -> Any:
        return next((lower[k] for k in _FACT_KEYS[name] if lower.get(k) is not None), None)

    hours = _whole(value("min_hours"))
    least = _whole(value("min_minutes"))
    ref = str(value("ref") or "").strip()
    kind = lower.get("kind") or ("unit" if ref.upper().startswith("AU") else "")
    return Facts(
        ref=ref.upper() if re.fullmatch(r"[A-Za-z]{2}\d{4,5}", ref) else ref,
        version=str(value("version") or ""),
        title=str(value("title") or ""),
        kind="unit" if kind == "unit" else "apprenticeship",
        level=_whole(value("level")),
        min_minutes=least if least is not None else (hours * 60 if hours else None),
        max_minutes=_whole(value("max_minutes")),
        typical_months=_whole(value("typical_months")),
        typical_weeks=_pair(lower.get("typical_weeks")),
        approved=_day(lower.get("approved")),
        updated=_day(lower.get("updated")),
        starts_from=_day(lower.get("starts_from")),
        starts_to=_day(lower.get("starts_to")),
        routes=tuple(map(str, lower["routes"])) if isinstance(lower.get("routes"), list) else (),
    )


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else read_date(str(value or ""))


def _pair(value: Any) -> tuple[int, int] | None:
    if isinstance(value, list) and len(value) == 2 and all(isinstance(v, int) for v in value):
        return value[0], value[1]
    return None


def _whole(value: Any) -> int | None:
    """A whole number from a number or from a text that begins with one."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return value
    match = re.match(r"\s*(\d{1,6})\b", str(value))
    return int(match[1]) if match else None
