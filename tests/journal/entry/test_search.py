"""Finding entries: by any word as it is typed, by facet, newest first."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ksbtui.core.entry.entries import Evidence, Filter
from ksbtui.journal.journal import Journal
from tests.journal.conftest import TODAY, entry


def found(journal: Journal, line: str, **options: bool) -> list[str]:
    return [e.title for e in journal.entries.find(Filter(search=line), 50, **options).entries]


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_any_line_is_a_valid_search(demo: Journal, line: str) -> None:
    listed = demo.entries.find(Filter(search=line), 20)
    assert len(listed.entries) <= listed.total


@pytest.mark.parametrize(
    "line",
    [
        '"x',
        "*",
        "AI-powered",
        "c++",
        "NEAR(a b)",
        "title:x OR",
        "a AND",
        "^x",
        "-",
        "\ud800",
        "\0x",
    ],
)
def test_search_syntax_of_the_index_is_plain_text(journal: Journal, line: str) -> None:
    journal.entries.add(entry("Anything"))
    assert found(journal, line) == []


def test_signs_emoji_and_cjk_are_found(journal: Journal) -> None:
    for title in ("C++ and Rust", "Vitamin c", "50 * 2", "Party 🎉 day", "東京会議の記録"):
        journal.entries.add(entry(title))
    assert found(journal, "c++") == ["C++ and Rust"]
    assert found(journal, "*") == ["50 * 2"]
    assert found(journal, "🎉") == ["Party 🎉 day"]
    assert found(journal, "会議") == ["東京会議の記録"]


def test_every_word_is_found_at_every_letter(demo: Journal) -> None:
    """The index holds stems; typing on past the stem must not lose the word again."""
    texts = {e.id: f"{e.title} {e.notes} {e.learned}" for e in demo.entries.find().entries}
    first: dict[str, str] = {}
    for id, text in texts.items():
        for word in re.findall(r"[a-z]+", text.lower()):
            first.setdefault(word, id)
    lost = []
    for word, id in first.items():
        if len(word) < 7:
            continue
        for end in range(3, len(word) + 1):
            listed = demo.entries.find(Filter(search=word[:end])).entries
            short_y = end < 6 and word[end - 1] == "y"
            if id not in {e.id for e in listed} and not short_y:
                lost.append(f"{word}: {word[:end]}")
    assert lost == []


def test_words_in_any_text_all_of_them(journal: Journal) -> None:
    file = Evidence("", "other", "Swim lanes", "https://example.org/map")
    journal.entries.add(entry("Mapped intake", notes="with reception", evidence=(file,)))
    journal.entries.add(entry("Mapped nothing"))
    assert found(journal, "swim reception map") == ["Mapped intake"]
    assert len(found(journal, "mapping ")) == 2
    assert found(journal, '"with reception"') == ["Mapped intake"]
    assert found(journal, '"reception with"') == []


def test_facets_narrow(journal: Journal) -> None:
    link = Evidence("", "other", "Map", "https://example.org/map")
    add = journal.entries.add
    add(entry("Shown", ksbs=("S6",), evidence=(link,), day=TODAY - timedelta(days=90)))
    add(entry("Unpaid", paid="no", type="coaching", private=True))
    add(entry("Ahead", day=TODAY + timedelta(days=3), submitted=date(2026, 6, 1)))
    assert found(journal, "ksb:s6") == ["Shown"]
    assert found(journal, "ksb:none") == ["Ahead", "Unpaid"]
    assert found(journal, "has:evidence") == ["Shown"]
    assert found(journal, "no:evidence counted:no") == ["Ahead", "Unpaid"]
    assert found(journal, "counted:yes") == ["Shown"]
    assert found(journal, "type:coaching private:yes") == ["Unpaid"]
    assert found(journal, "submitted:yes") == ["Ahead"]
    assert found(journal, "rule:paid-hours") == ["Unpaid"]
    assert found(journal, "before:2026-06") == ["Shown"]
    assert found(journal, "verified:no un") == ["Unpaid"]


def test_common_and_rare_words_give_the_same_order(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [TODAY - timedelta(days=n * 7 % 50) for n in range(30)]
    for n, day in enumerate(days):
        journal.entries.add(entry(f"Week {n}", day))
    journal.entries.delete([journal.entries.find(limit=1).entries[0].id])
    sorted_ = journal.entries.find(Filter(search="week"), 10, 5)
    monkeypatch.setattr("ksbtui.store.database.search.FEW", 0)
    assert journal.entries.find(Filter(search="week"), 10, 5) == sorted_
    assert sorted_.total == 29
    uncounted = journal.entries.find(Filter(search="week"), 10, 5, count=False)
    assert (uncounted.entries, uncounted.exact) == (sorted_.entries, False)


def test_hits_show_where_they_match(journal: Journal) -> None:
    notes = "Filler. " * 40 + "The [red]Testing[/] went well."
    journal.entries.add(entry("Tested twice", notes=notes))
    journal.entries.add(entry("Nothing is lost"))
    found = journal.searching.find("tests ")
    assert (len(found.hits), found.total, found.exact) == (1, 1, True)
    hit = found.hits[0]
    assert [hit.entry.title[s.start : s.end] for s in hit.title] == ["Tested"]
    cut = hit.snippet(40)
    assert [cut.text[s.start : s.end] for s in cut.spans] == ["Testing"]
    assert journal.searching.find("", 1).hits[0].snippet().spans == ()


def test_without_full_text_search_words_are_still_found(journal: Journal) -> None:
    journal.entries.add(entry("Café 100% rota", notes="_draft"))
    for name in ("insert", "delete", "update"):
        journal.store.connection.execute(f"DROP TRIGGER entry_fts_{name}")
    journal.store.connection.execute("DROP TABLE entry_fts")
    assert found(journal, "rota") == found(journal, "100%") == ["Café 100% rota"]
    assert found(journal, "1%0") == []


def test_minus_leaves_out_a_word_a_phrase_and_a_facet(journal: Journal) -> None:
    for title, kind in (("Triage pilot", "other"), ("Triage plan", "project"), ("Plan b", "other")):
        journal.entries.add(replace(entry(title), type=kind))
    assert found(journal, "triage -pilot") == ["Triage plan"]
    assert found(journal, "-triage") == ["Plan b"]
    assert found(journal, "-pil") == ["Plan b", "Triage plan"], "the word may be half typed"
    assert found(journal, '-"triage plan" plan') == ["Plan b"]
    assert found(journal, "-type:project") == ["Plan b", "Triage pilot"]
    assert found(journal, "triage -type:project -pilot") == []
    for dashes in ("-", "--", "- -", "-- --", '-"'):
        assert found(journal, dashes) in ([], ["Plan b", "Triage plan", "Triage pilot"]), dashes
    journal.entries.add(entry("Follow-up -- done"))
    assert found(journal, "--") == ["Follow-up -- done"]
    assert found(journal, "follow-up") == ["Follow-up -- done"]


def test_a_misspelt_word_finds_its_neighbour_and_says_so(journal: Journal) -> None:
    journal.entries.add(entry("Tried to break the Summariser"))
    journal.entries.add(entry("Governance board"))
    for typed, meant in (
        ("sumariser", "summariser"),
        ("summeriser", "summariser"),
        ("govrenance", "governance"),
        ("govenance", "governance"),
        ("goverance board", "governance"),
    ):
        assert found(journal, typed) == []
        respelt = journal.searching.respelt(typed)
        assert respelt is not None, typed
        assert meant in respelt.said
        assert len(found(journal, respelt.line)) == 1
    for typed in ("zebra", "boa", "--", "", "ksb:K1", "governance", '"sumariser it"', "漢字漢字"):
        assert journal.searching.respelt(typed) is None, typed
