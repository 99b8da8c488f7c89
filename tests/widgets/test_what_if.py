"""The what-if row, the head line and short titles."""

from __future__ import annotations

import pytest

from ksbtui.presentation.cells import short_title, width_of
from ksbtui.presentation.parts import Field
from ksbtui.widgets.charts.what_if import what_if_lines
from ksbtui.widgets.text.blocks import head_line
from ksbtui.widgets.text.drawing import text_of

FIELDS = (
    Field("I log", "7 h 45 m", "a week"),
    Field("and take", "2 weeks", "of leave"),
    Field("with", "no break", ""),
)


@pytest.mark.parametrize("width", [30, 56, 76, 114])
@pytest.mark.parametrize("chosen", [None, 0, 1, 2])
def test_the_chosen_number_is_always_there(width: int, chosen: int | None) -> None:
    lines = what_if_lines(FIELDS, chosen, [("25 March 2027", "")], "", width, roomy=width > 100)
    assert all(width_of(line) <= width for line in lines)
    if chosen is not None and width > 30:
        assert FIELDS[chosen].value in text_of(lines)[0]
    assert "25 March" in text_of(lines)[-1]


def test_without_numbers_only_the_result_is_said() -> None:
    lines = text_of(what_if_lines((), None, [("Ended 3 March 2027", "")], "", 76, roomy=False))
    assert lines == ["What if", "          Ended 3 March 2027"]


def test_the_head_says_as_much_as_fits() -> None:
    lefts = [[("251 h counted of 420 h", "")], [("251 h of 420 h", "")], [("251 h", "")]]
    rights = [[("finish 28 Apr 2027, between", "")], [("28 Apr 2027", "")]]

    def said(width: int) -> str:
        return text_of([head_line(lefts, rights, width)])[0]

    assert said(60).startswith("251 h counted of 420 h  ")
    assert said(60).endswith("between")
    assert said(40).split("  ")[0] == "251 h counted of 420 h"
    assert said(30) == "251 h of 420 h     28 Apr 2027"
    assert said(8) == "251 h"


@pytest.mark.parametrize(
    ("title", "width", "short"),
    [
        ("Ethics, governance and compliance in automation", 20, "Ethics, governance"),
        ("Data analysis and risk assessment", 19, "Data analysis"),
        ("Project work that teaches", 22, "Project work"),
        ("Workshop", 20, "Workshop"),
        ("Incomprehensibilities", 8, "Incompr…"),
        ("评估评估评估评估", 7, "评估评…"),
        ("", 5, ""),
    ],
)
def test_a_short_title_ends_where_a_phrase_may(title: str, width: int, short: str) -> None:
    assert short_title(title, width) == short
