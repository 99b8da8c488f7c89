"""The digest: who reads it decides what is asked, and nothing private is in it."""

from __future__ import annotations

from tests.cli.kit import Shell


def written(shell: Shell) -> None:
    """Two weeks of entries, one of them private, and what others are asked for."""
    shell("log", "Old workshop", "-t", "2h", "-d", "2026-06-01")
    shell("log", "Pilot plan", "-t", "3h", "-d", "2026-06-29", "-k", "S3,B1")
    shell("log", "Xylophone", "-t", "1h", "-d", "2026-06-30", "--private")
    shell("action", "add", "Confirm Thursdays", "--who", "manager", "--due", "+10")
    shell("action", "add", "Read K4", "--who", "learner", "--due", "+10")
    shell("gateway", "verify", "B2", "--by", "Colin Marsh")


def test_each_reader_is_asked_for_their_own(shell: Shell) -> None:
    written(shell)
    employer = shell("digest", "--for", "employer").out
    assert "Confirm Thursdays" in employer
    assert "B1 " in employer
    assert "B2 " not in employer
    assert "Read K4" not in employer
    tutor = shell("digest", "--for", "tutor").out
    assert "Verify " in tutor
    mine = shell("digest").out
    assert "Read K4 (by 10 Jul 2026)" in mine
    assert "Confirm Thursdays" not in mine
    for text in (employer, tutor, mine):
        assert "Pilot plan" in text
        assert "Xylophone" not in text
        assert "Old workshop" not in text
        assert "4 h logged, 4 h counted" in text
    assert "Old workshop" in shell("digest", "--since", "1/6").out


def test_its_figures_are_those_of_hours(shell: Shell) -> None:
    written(shell)
    found, hours = shell("digest", "--json").json, shell("hours", "--json").json
    assert found["variance_minutes"] == hours["variance_minutes"]
    assert found["counted_in_all"] == hours["counted_minutes"]
    assert (found["minutes"], found["counted"], found["private"]) == (240, 240, 1)
    assert found["behaviours"] == ["B1", "B3", "B4", "B5", "B6"]


def test_what_it_refuses(shell: Shell) -> None:
    assert "not a reader" in shell.refused("digest", "--for", "the queen")
    assert "in the future" in shell.refused("digest", "--since", "2026-12-01")
    shell("log", "Call 07700 900123", "-t", "1h")
    done = shell("digest", "--for", "employer")
    assert (done.code, done.out) == (1, "")
    assert "900123" not in shell("digest", "--for", "employer", "--redact").out
    assert "900123" in shell("digest").out
