"""Anything typed, any file and any key: a refusal or a result, never a fault or a hang.

A short run here; ``KSBTUI_FUZZ=10000 pytest tests/faults/test_fuzz.py`` makes a long one.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ksbtui.clock import Clock
from ksbtui.core.assessment.benefits import parse_amount
from ksbtui.core.coaching.review import parse_changes, parse_role
from ksbtui.core.days import parse_coming_day, parse_day, parse_iso
from ksbtui.core.durations import parse_clock, parse_hours, parse_minutes
from ksbtui.core.programme.standards import parse_codes
from ksbtui.core.text.query import parse_query
from ksbtui.errors import KsbtuiError
from ksbtui.imports import read_activities
from ksbtui.imports.source import Options
from ksbtui.imports.standards import read_standard
from ksbtui.journal.demo.demo import make_demo
from ksbtui.journal.exchange.own_json import read_whole
from ksbtui.journal.record_kinds import ANSWER, SHAPES, record_fault
from ksbtui.store.database.carving import carve
from ksbtui.store.files.scheduler import parse_when
from ksbtui.store.seed import seeds
from tests.faults.keys import TODAY, press_often

CASES = int(os.environ.get("KSBTUI_FUZZ", "60"))
STEPS = CASES
STANDARD = seeds.standards().items["ST1512-2.0"]

TYPED = st.one_of(
    st.text(max_size=60),
    st.from_regex(r"[0-9KSB ,.:/\-hmd'\"()½¼–]{0,20}", fullmatch=True),
    st.sampled_from(["today", "mon", "-3", "31/2", "K1-K99", "9" * 400, "1h" * 50, "٣h", "Ⅷ"]),
)
PARSERS: dict[str, Callable[[str], object]] = {
    "amount": parse_amount,
    "changes": parse_changes,
    "clock": parse_clock,
    "codes": lambda text: parse_codes(text, STANDARD, ""),
    "coming-day": lambda text: parse_coming_day(text, TODAY),
    "day": lambda text: parse_day(text, TODAY),
    "hours": parse_hours,
    "iso": parse_iso,
    "minutes": parse_minutes,
    "query": lambda text: parse_query(text, TODAY),
    "role": parse_role,
    "when": lambda text: parse_when(text, text),
}

quick = settings(
    max_examples=CASES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def refusal_of(call: Callable[[], object]) -> KsbtuiError | None:
    """The refusal of a call, None where it gives a result; a fault is let through."""
    try:
        call()
    except KsbtuiError as refusal:
        return refusal
    return None


@pytest.mark.parametrize("name", PARSERS)
@quick
@given(text=TYPED)
def test_whatever_is_typed_is_read_or_refused(name: str, text: str) -> None:
    refusal = refusal_of(lambda: PARSERS[name](text))
    assert refusal is None or (refusal.message and "\n" not in refusal.message)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


@pytest.mark.parametrize("kind", [ANSWER, *SHAPES])
@quick
@given(body=JSON)
def test_any_record_reads_or_is_named(kind: str, body: Any) -> None:
    assert isinstance(record_fault(kind, "x", body), str)


@quick
@given(document=JSON, head=st.booleans())
def test_any_document_of_ours_is_read_or_refused(tmp_path: Path, document: Any, head: bool) -> None:
    path = tmp_path / "own.json"
    whole = {"format": "ksbtui-journal", "version": 2, "records": document, "entries": document}
    path.write_text(json.dumps(whole if head else document))
    refusal = refusal_of(lambda: read_whole(path))
    assert refusal is None or path.name in refusal.message


PIECES = st.sampled_from(
    (
        *("Date", "Hours", "Activity", "1/2/2026", "2", "K1", "\t", ",", ";", "|", "\n", "\r\n"),
        *("BEGIN:VCALENDAR\n", "BEGIN:VEVENT\n", "DTSTART:20260101T090000Z\n", '"', "é", "\uffff"),
        *("RRULE:FREQ=DAILY\n", "---\n", "# K1: ", "Knowledge\n", "S1: do\n", "<table><tr><td>"),
        *("inc 20260101T090000Z - 20260101T100000Z # x\n", "[2026-01-01 09:00] x\n"),
        *("{", "}", "[", "]", "\0"),
    )
)
FILES = st.one_of(
    st.binary(max_size=300),
    st.lists(PIECES, max_size=60).map(lambda pieces: "".join(pieces).encode()),
)


@pytest.mark.parametrize("suffix", [".csv", ".txt", ".json", ".ics", ".md", ".xlsx", ".ods"])
@quick
@given(data=FILES)
def test_any_file_is_read_or_refused(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_bytes(data)
    for read in (lambda: read_activities(path, Options(as_at=TODAY)), lambda: read_standard(path)):
        begun = time.process_time()
        refusal_of(read)
        assert time.process_time() - begun < 5
    list(carve(path))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    make_demo(path, Clock(TODAY), 60).close()
    return path.read_bytes()


@pytest.mark.parametrize("seed", range(2))
async def test_anything_done_at_any_size_ends_and_loses_nothing(
    tmp_path: Path, demo: bytes, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no viewer, editor or voice is started
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "demo.db"
    path.write_bytes(demo)
    path.chmod(0o600)
    report = await press_often(path, STEPS, seed)
    assert not report.wrong, "\n".join(report.wrong)
    assert report.steps.total() >= STEPS
