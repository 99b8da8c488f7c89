"""Words of a learner, counted without a template's headings."""

from ksbtui.core.text.text import quoted, word_count

GIBBS = ("Description", "Action plan")


def test_words_are_counted_without_headings() -> None:
    text = "## Description\nI tested   it.\n**Action plan:**\nTest more\tnext week\n\naction PLAN"
    assert word_count(text, GIBBS) == 7
    assert word_count(text) == 13
    assert word_count("") == 0
    assert word_count("# #") == 2


def test_a_heading_within_a_sentence_is_the_learners_own() -> None:
    assert word_count("My action plan is short", GIBBS) == 5
    assert word_count("Description of the flow", GIBBS) == 4


def test_blank_headings_hide_nothing() -> None:
    assert word_count("one\n**\ntwo", ("", "  ")) == 3


def test_what_is_quoted_stays_on_one_short_line() -> None:
    assert quoted("a\nb") == '"a b"'
    assert len(quoted("x" * 1000)) == 42
