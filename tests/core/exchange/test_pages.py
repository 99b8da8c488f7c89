"""A page says the same in plain lines as an exporter will draw."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.exchange.pages import (
    RIGHT,
    Bar,
    Bullets,
    Figure,
    Figures,
    Heading,
    Note,
    Page,
    Paragraph,
    Part,
    Table,
    plain,
)


def test_every_block_can_be_read_as_plain_lines() -> None:
    page = Page(
        "Project review",
        "Demo learner",
        (
            Heading(2, "Problem"),
            Paragraph("Calls wait.\nNobody counts them."),
            Bullets(("one", "two")),
            Note("No baseline yet."),
            Table(("Measure", "Before"), (("Minutes", "12"), ("Errors", "4")), ("left", RIGHT)),
            Figures((Figure("Saved", "150 h", "a year"),)),
            Bar("Minutes", (Part("before", 12, "12 min"), Part("after", 9, "9 min"))),
        ),
    )
    assert plain(page) == (
        "Project review\nDemo learner\n\nProblem\n=======\n\nCalls wait.\nNobody counts them.\n\n"
        "- one\n- two\n\n(No baseline yet.)\n\n"
        "Measure  Before\nMinutes      12\nErrors        4\n\n"
        "Saved: 150 h (a year)\n\nMinutes: before 12 min, after 9 min\n"
    )


def test_a_row_that_does_not_fit_is_a_mistake() -> None:
    with pytest.raises(AssertionError):
        Table(("A", "B"), (("1",),))


@given(st.lists(st.floats(0, 1e6), max_size=5), st.floats(0, 1e6))
def test_the_shares_of_a_bar_never_exceed_the_line(amounts: list[float], scale: float) -> None:
    bar = Bar("x", tuple(Part("p", amount) for amount in amounts), scale=scale)
    shares = [bar.share(part) for part in bar.parts]
    assert all(share >= 0 for share in shares)
    assert sum(shares) <= 1 + 1e-9
