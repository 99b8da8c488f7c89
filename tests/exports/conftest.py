"""One journal with everything awkward in it, made once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ksbtui.clock import Clock
from ksbtui.core.entry.entries import Entry, Evidence
from ksbtui.journal.demo.demo import make_demo
from ksbtui.journal.journal import Journal

AS_AT = date(2026, 9, 23)
HOSTILE = '=HYPERLINK("http://evil.example","x") <script>alert(1)</script> [b]&amp; {{7*7}}'


@pytest.fixture(scope="session")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    """The demo, with hostile, private and personal entries beside it."""
    made = make_demo(tmp_path_factory.mktemp("exports") / "demo.db", Clock(AS_AT), 30)
    awkward = (
        Entry(
            id="",
            day=date(2026, 9, 1),
            minutes=1,
            title=HOSTILE,
            type="workshop",
            notes="@SUM(A1)\nbell \x07 and\ttab",
            learned="-2+3 ]]> --> | pipe\n\n# not a heading\n1. not a list",
            ksbs=("K1", "S8"),
            evidence=(
                Evidence("", "other", "=cmd|' /C calc'!A0", "javascript:alert(1)"),
                Evidence("", "other", "A file", "/home/jane/secret-folder/map & plan.pdf"),
                Evidence("", "other", "Hidden piece", "/tmp/hidden.pdf", private=True),
            ),
        ),
        Entry(
            id="",
            day=date(2026, 9, 2),
            minutes=47,
            title="Talk with Priya about her health",
            type="coaching",
            notes="SECRET-NOTES",
            learned="SECRET-LEARNED about myself",
            ksbs=("B1",),
            evidence=(Evidence("", "other", "SECRET-EVIDENCE", "/tmp/secret.pdf"),),
            private=True,
        ),
        Entry(
            id="",
            day=date(2026, 9, 3),
            minutes=1440,
            title="Call with jane@northbridge.example",
            type="work",
            learned="Her number is 07700 900123, and Ruth Adeyemi was there.",
            ksbs=("K2",),
        ),
    )
    for one in awkward:
        made.entries.add(one)
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder to export into."""
    return tmp_path / "out"
