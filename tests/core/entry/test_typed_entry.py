"""The type of an activity, suggested by its title."""

from __future__ import annotations

import pytest

from ksbtui.core.entry.typed_entry import type_in_title


@pytest.mark.parametrize(
    ("title", "type_"),
    [
        ("Shadowed the contact centre for a morning", "shadowing"),
        ("shadowing a business analyst", "shadowing"),
        ("Webinar: securing low-code flows", "session"),
        ("Mentoring: assurance and sign-off", "coaching"),
        ("Progress review with my manager and tutor", "review"),
        ("Read ICO guidance on AI at home", "research"),
        ("Workshop on a live project", "workshop"),
        ("Practised the professional discussion", "practice"),
        ("Maths class at college", "english-maths"),
        ("Wrote a decision log", ""),
        ("Spreadsheet classified by risk", ""),
        ("", ""),
        ("oops [/bold] 漢字 " * 1_000, ""),
    ],
)
def test_the_first_word_that_names_a_type_suggests_it(title: str, type_: str) -> None:
    assert type_in_title(title) == type_
