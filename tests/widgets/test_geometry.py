"""The drawings as pure functions: every line fits, figures and codes are never cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ksbtui.core.text.text import ASCII
from ksbtui.presentation.cells import clean, cut, width_of
from ksbtui.presentation.parts import (
    BOLD,
    OWED,
    PLAIN,
    STATES,
    TILE_FILLS,
    BarValues,
    Group,
    Month,
    Row,
    state_symbol,
)
from ksbtui.widgets.charts.strips import bar_cells, bar_lines, ksb_line, month_lines, slots
from ksbtui.widgets.frame.bars import tab_line, tab_spans
from ksbtui.widgets.frame.keys import keys_line
from ksbtui.widgets.lists.listing import Columns, row_lines
from ksbtui.widgets.lists.long_rows import Grid
from ksbtui.widgets.text.blocks import headline_lines, section_line
from ksbtui.widgets.text.drawing import spread, text_of, wrap

WORDS = st.text(max_size=40)
TABS = [
    (str(n), name)
    for n, name in enumerate(
        ("Today", "Journal", "Hours", "Coverage", "Timeline", "Prepare", "Coach"), 1
    )
]


@given(WORDS, st.integers(0, 30))
def test_cut_fits_and_says_what_it_lost(text: str, width: int) -> None:
    short = cut(text, width)
    assert cell_len(short) <= width
    if width and cell_len(clean(text)) > width:
        assert short.endswith("…")


@given(WORDS, st.integers(1, 30))
def test_wrap_keeps_every_word(text: str, width: int) -> None:
    lines = wrap([(text, PLAIN), (text, BOLD)], width)
    if all(cell_len(sign) <= width for sign in text):
        assert all(width_of(line) <= width for line in lines)
    kept = "".join("".join(part for part, _ in line) for line in lines)
    assert clean(kept).replace(" ", "") == clean(text * 2).replace(" ", "")


def test_wrap_breaks_at_spaces_and_newlines_but_not_within_a_date() -> None:
    line = [("finishes on time, ", PLAIN), ("on 11\u00a0March\u00a02027.\nNext", BOLD)]
    assert text_of(wrap(line, 24)) == [
        "finishes on time, on",
        "11 March 2027.",
        "Next",
    ]


@given(WORDS, WORDS, st.integers(0, 40))
def test_spread_is_exact_and_keeps_the_right_side(left: str, right: str, width: int) -> None:
    left, right = clean(left), clean(right)
    line = spread([(left, PLAIN)], [(right, PLAIN)], width)
    assert width_of(line) <= width
    if right and cell_len(right) + 1 <= width:
        assert "".join(text for text, _ in line).endswith(right)


def test_controls_and_turned_text_push_no_figure_off_the_line() -> None:
    line = spread([("a\x1b[31m\nred \u202eabc", PLAIN)], [("1 h", PLAIN)], 30)
    shown = "".join(clean(text) for text, _ in line)
    assert cell_len(shown) == 30
    assert shown.endswith("abc" + " " * 13 + "1 h")


@pytest.mark.parametrize("width", [20, 60, 76, 80, 110, 120])
def test_the_tab_bar_names_where_you_are_at_any_width(width: int) -> None:
    text = "".join(part for part, _ in tab_line(TABS, "4", "Wed 23 Sep 2026", width))
    assert cell_len(text) == width
    if width >= 60:
        assert "4 Coverage" in text
        assert "7" in text
    assert ("Wed 23 Sep 2026" in text) == (width >= 110)
    ends = [start + len(label) for _, label, start in tab_spans(TABS, "4", width)]
    starts = [start for _, _, start in tab_spans(TABS, "4", width)]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@pytest.mark.parametrize("width", [10, 20, 40, 80, 120])
def test_the_footer_drops_keys_whole_from_the_right(width: int) -> None:
    hints = [(key, "a verb here") for key in "abcdefgh"]
    text = "".join(part for part, _ in keys_line(hints, ("?", "help"), width)).rstrip()
    assert text.endswith("? help")
    shown = text.removesuffix("? help").split()
    assert len(shown) % 4 == 0, "each key stands with its whole verb"
    assert len(shown) // 4 <= (6 if width >= 110 else 5)


@given(st.integers(0, 30_000), st.integers(0, 26_000), st.integers(1, 25_200), st.integers(1, 200))
def test_the_bar_shares_every_cell_and_hides_nothing(
    done: int, plan: int, whole: int, width: int
) -> None:
    cells = bar_cells(BarValues(done, plan, whole), width)
    assert sum(cells) == width
    assert min(cells) >= 0
    if width > 1 and 0 < done < whole:
        assert cells[0] >= 1
        assert cells[0] < width, "full only when the whole is reached"
    if done < plan and cells[0] < width:
        assert cells[1] >= 1, "what is owed has a tooth"
    if done >= plan:
        assert not cells[1]


@given(st.integers(0, 25_200), st.integers(0, 25_200), st.integers(1, 120))
def test_the_bars_words_never_touch(done: int, plan: int, width: int) -> None:
    values = BarValues(done, plan, 25_200, "55 %", "plan today 252 h", "420 h")
    for line in bar_lines(values, width):
        assert width_of(line) == width
    words = "".join(text for text, _ in bar_lines(values, width)[1])
    if width >= 40:
        assert "55 %" in words
        assert words.endswith(" 420 h")
        assert "↑" not in words or " ↑" in words


def test_the_bar_of_today() -> None:
    values = BarValues(13_950, 15_120, 25_200, "55 %", "plan today 252 h", "420 h")
    assert text_of(bar_lines(values, 76)) == [
        "▄" * 42 + "▗" * 4 + "▁" * 30,
        "55 %                                         ↑ plan today 252 h        420 h",
    ]


def month(label: str, counted: int, planned: int, when: str, owed: bool = False) -> Month:
    return Month(label, counted, planned, when, f"{counted // 60}:00", owed)  # type: ignore[arg-type]


def test_a_past_month_without_hours_says_so_without_colour() -> None:
    months = [
        month("Jan", 1800, 1800, "past"),
        month("Feb", 0, 1800, "past", owed=True),
        month("Mar", 900, 1800, "now"),
        month("Apr", 0, 1800, "next"),
    ]
    small = month_lines(months, 20, 1, figures=False)
    assert text_of(small) == ["████ !    ▄▄▄▄", "Jan  Feb  Mar  Apr"]
    assert ("!   ", "bold $warning on $panel") in small[0]
    tall = month_lines(months, 40, 3, figures=True)
    assert len(tall) == 5
    assert tall[4][1] == ("0:00   ", OWED)


@given(st.integers(1, 60), st.integers(1, 130), st.sampled_from([1, 3]))
def test_the_strip_fits_any_programme(count: int, width: int, rows: int) -> None:
    months = [month("Jan", 60 * n, 90 * n, "now" if n == 4 else "past") for n in range(count)]
    lines = month_lines(months, width, rows, figures=rows == 3)
    assert all(width_of(line) <= width for line in lines)
    assert sum(slots(count, width)) * min(count, width) <= width


@pytest.mark.parametrize(("width", "expected"), [
    (39, "K  ◆●●◐○··                        22/29"),
    (10, "K  ◆●●◐○··"),
    (9, "K  ◆1 ●2…"),
])  # fmt: skip
def test_the_ksb_line_sorts_and_gives_way(width: int, expected: str) -> None:
    states = ["none", "strong", "applied", "evidenced", "none", "mentioned", "evidenced"]
    line = ksb_line("K", states, "22/29", width)
    assert "".join(text for text, _ in line).rstrip() == expected


def test_every_state_has_symbol_fill_and_ascii() -> None:
    symbols = [state_symbol(state)[0] for state in STATES]
    assert set(TILE_FILLS) == set(STATES)
    assert len({ASCII[symbol] for symbol in symbols}) == 5
    assert all(cell_len(symbol) == 1 and len(plain) == 1 for symbol, plain in ASCII.items())


@given(WORDS, WORDS, st.integers(0, 60))
def test_a_section_runs_to_the_edge(label: str, total: str, width: int) -> None:
    total = clean(total)
    line = section_line(label, total, width)
    if width >= cell_len(total) + 4:
        assert width_of(line) == width


ROW = Row(
    "k", "A title 標題 that is far too long for a narrow list", "1 h 30 m", "Wed 23",
    "×", "S12 K14 +1", ("Why it is here.",), "K28",
)  # fmt: skip


@given(st.integers(30, 140), st.booleans(), WORDS)
def test_a_row_cuts_its_title_never_its_figure(width: int, cursor: bool, title: str) -> None:
    columns = Columns(lead=8, tags=11, figure=8, tags_from=60)
    row = Row("k", title, ROW.figure, ROW.lead, ROW.mark, ROW.tags, ROW.notes, "K28")
    lines = row_lines(row, width, columns, cursor=cursor)
    assert len(lines) == row.height
    for line in lines:
        assert width_of(line) == width - 1
    texts = text_of(lines)
    assert texts[0].startswith("▌" if cursor else " ")
    assert texts[0].endswith("× 1 h 30 m")
    assert ("S12 K14 +1" in texts[0]) == (width >= 60)
    assert texts[1].endswith("K28")


def test_figures_stand_in_one_column_marked_or_not() -> None:
    columns = Columns(figure=8)
    counted = text_of(row_lines(Row("a", "x", "1 h"), 30, columns))[0]
    not_counted = text_of(row_lines(Row("b", "x", "1 h 30 m", mark="×"), 30, columns))[0]
    assert len(counted) == len(not_counted) == 29


def test_found_words_are_underlined() -> None:
    line = row_lines(Row("a", "Test plan", found=((5, 9),)), 30, Columns())[0]
    assert ("plan", "underline") in line


@pytest.mark.parametrize("width", [30, 76, 114])
def test_the_headline_keeps_sentences_whole(width: int) -> None:
    sentences = [[("19 h 30 m behind plan", BOLD)], [("one two three " * 9, PLAIN)], [("Z", PLAIN)]]
    lines = headline_lines(("232", "h 30 m", "of 420 h"), sentences, "Wed 23", width)
    assert len(lines) == 3
    assert all(width_of(line) <= width for line in lines)
    texts = text_of(lines)
    assert "h 30 m" in texts[1]
    assert "of 420 h" in texts[2]
    assert " ".join(texts).count("three") in (0, 9)


GROUPS = st.lists(
    st.builds(Group, st.sampled_from(["", "Week"]), st.just("7 h"), st.integers(0, 9)), max_size=12
)


@given(GROUPS, st.integers(0, 1))
def test_every_row_of_a_long_list_stands_on_its_own_line(groups: list[Group], gap: int) -> None:
    grid = Grid(groups, gap)
    lines = [grid.place(index) for index in range(grid.count)]
    assert lines == sorted(set(lines))
    assert all(grid.at(line) == (None, index) for index, line in enumerate(lines))
    headings = [at for line in range(grid.lines) if (at := grid.at(line)[0]) is not None]
    assert headings == [number for number, group in enumerate(groups) if group.label]
