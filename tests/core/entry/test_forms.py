"""An entry in the order of a provider's form."""

from __future__ import annotations

from datetime import date

from ksbtui.core.entry.entries import Entry, Evidence
from ksbtui.core.entry.forms import Field, Form, filled, form_fault, form_text
from ksbtui.store.seed import seeds
from tests.core.courses import months


def entry() -> Entry:
    return Entry(
        "a",
        date(2026, 6, 30),
        95,
        "Mapped [red]",
        notes="With two agents.",
        learned="I saw waits.",
        ksbs=("K1", "S6", "B2"),
        evidence=(
            Evidence("e", "other", "Map", "/home/me/map.png", note="version 2"),
            Evidence("f", "other", "Salary letter", "/home/me/pay.pdf", private=True),
        ),
    )


def test_every_shipped_form_fills_in_and_hides_private_artefacts() -> None:
    found = seeds.forms()
    assert not found.problems
    assert set(found.items) == {"plain", "apac", "city-skills", "multiverse", "onefile"}
    for form in found.items.values():
        text = form_text(filled(form, entry(), months(date(2026, 1, 12)), True))
        assert "Mapped [red]" in text
        assert "Salary" not in text
        assert "/home/me" not in text
        assert "30 Jun 2026" in text


def test_boxes() -> None:
    values = {"hours": "1.58", "clock": "1:35", "skills": "S6", "counted": "No", "module": ""}
    form = Form("f", "F", tuple(Field(name, name) for name in values))
    boxes = filled(form, entry(), months(date(2026, 1, 12)), False)
    assert {box.label: box.text for box in boxes} == values


def test_a_form_with_an_unknown_box_is_at_fault() -> None:
    assert "secret" in form_fault(Form("f", "F", (Field("x", "secret"),)))
    assert form_fault(Form("f", "F", ()))
