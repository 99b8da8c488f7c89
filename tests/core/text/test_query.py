"""Any line is a search: facets narrow, the rest is words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.text.query import FACETS, Query, Word, parse_query
from ksbtui.core.text.terms import highlight, snippet

TODAY = date(2026, 6, 30)


def read(line: str) -> Query:
    return parse_query(line, TODAY)


def test_facets_and_words_stand_in_one_line() -> None:
    found = read('ksb:s6,K01 Type:coaching module:3 counted:no "data quality" gover')
    assert found.ksbs == ("S6", "K1")
    assert found.types == ("coaching",)
    assert found.module == 3
    assert found.counted is False
    assert [word.tokens for word in found.words] == [("data", "quality"), ("gover",)]
    assert [word.prefix for word in found.words] == [False, True]


@pytest.mark.parametrize(
    ("line", "since", "until"),
    [
        ("after:2026-03", date(2026, 3, 1), None),
        ("before:2026-03", None, date(2026, 2, 28)),
        ("on:2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("after:2026 before:2026-03-12", date(2026, 1, 1), date(2026, 3, 11)),
        ("on:yesterday", date(2026, 6, 29), date(2026, 6, 29)),
        ("after:2026-02 after:2026-01", date(2026, 2, 1), None),
    ],
)
def test_days_months_and_years(line: str, since: date | None, until: date | None) -> None:
    assert (read(line).since, read(line).until) == (since, until)


@pytest.mark.parametrize(
    "line",
    ["ksb:Z9", "after:soon", "module:three", "has:hope", "colour:red", "before:0001", "counted:2"],
)
def test_what_is_no_facet_is_words(line: str) -> None:
    found = read(line)
    assert found == Query(words=found.words)
    assert found.words[0].raw == line


def test_every_facet_of_the_help_reads_its_own_example() -> None:
    for _, example, _ in FACETS:
        assert read(example) != Query(), example
        assert not read(example).words, example


def test_the_word_being_typed_may_go_on_until_a_space_follows() -> None:
    assert read("risk regis").words[-1].prefix
    assert not read("risk regis ").words[-1].prefix
    assert not read('"risk regis"').words[-1].prefix
    assert read('"risk regis').words[-1].prefix


@pytest.mark.parametrize("line", ["c++", "*", "[", "🎉", "会議", "sam@council.gov.uk", "a&b"])
def test_signs_and_scripts_without_spaces_are_looked_for_as_typed(line: str) -> None:
    assert read(line).words[0].literal


@given(st.text(max_size=80))
def test_no_line_is_refused(line: str) -> None:
    found = read(line)
    for text in (line, line * 3, "unlike"):
        for span in highlight(text, found):
            assert 0 <= span.start < span.end <= len(text)
        cut = snippet(text, found, 20)
        assert all(0 <= span.start < span.end <= len(cut.text) for span in cut.spans)


def test_matches_are_marked_where_they_stand() -> None:
    text = "Mapped the Café rota, then risk-rated each caf."
    marked = [text[s.start : s.end] for s in highlight(text, read("cafe risk caf"))]
    assert marked == ["Café", "risk", "caf"]
    phrase = highlight(text, read('"risk rated"'))
    assert [text[s.start : s.end] for s in phrase] == ["risk-rated"]


def test_a_stemmer_marks_other_forms_of_the_word() -> None:
    text = "Tested and testing"
    assert len(highlight(text, read("tests "), lambda word: word[:4])) == 2
    assert highlight(text, read("tests ")) == ()


def test_a_snippet_is_cut_around_the_first_match() -> None:
    text = "First words.\n" + "filler " * 60 + "the pilot went well " + "more " * 60
    cut = snippet(text, read("pilot"), 60)
    assert cut.text.startswith("…")
    assert "\n" not in cut.text
    assert len(cut.text) <= 80
    assert [cut.text[s.start : s.end] for s in cut.spans] == ["pilot"]


def test_a_long_line_is_read_in_part() -> None:
    assert len(read("word " * 30_000).words) <= 24
    assert read("x" * 100_000).words == (Word("x" * 500, ("x" * 500,), True),)
