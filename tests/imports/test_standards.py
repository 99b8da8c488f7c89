"""Published standards as people have them, read exactly."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ksbtui.core.documents import document
from ksbtui.core.standards import Standard
from ksbtui.imports.standards import read_standard

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "standards"
FIELDS = (
    "ref version kind title level min_minutes max_minutes typical_months typical_weeks"
    " starts_from approved updated routes job_titles duties outcomes"
)


def seed(name: str) -> dict[str, Any]:
    """A shipped standard as its file says it."""
    return tomllib.loads((ROOT / "seed" / "standards" / f"{name}.toml").read_text("utf-8"))


def statements(standard: Standard) -> list[tuple[str, str]]:
    return [(ksb.code, ksb.text) for ksb in standard.ksbs]


@pytest.mark.parametrize(
    ("page", "shipped"), [("st1512-v2.0", "st1512-2.0"), ("au0002-v1.0", "au0002-1.0")]
)
def test_the_published_page_reads_as_the_shipped_standard(page: str, shipped: str) -> None:
    read, want = document(read_standard(DATA / f"{page}.txt")), seed(shipped)
    for name in FIELDS.split():
        expected = want.get(name, [] if isinstance(read[name], list) else None)
        if isinstance(expected, date):
            expected = expected.isoformat()
        if name in ("duties", "outcomes"):
            expected = [{**{k: group[k] for k in read[name][0]}} for group in expected]
        assert read[name] == expected, name
    assert [(k["code"], k["text"]) for k in read["ksbs"]] == [
        (k["code"], k["text"]) for k in want["ksbs"]
    ]


def test_what_is_odd_in_the_published_page_is_named() -> None:
    assert read_standard(DATA / "st1512-v2.0.txt").warnings == ("Duty 15 names no KSB.",)
