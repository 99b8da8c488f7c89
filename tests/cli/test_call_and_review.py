"""A call and a review held on one day, shown and exported, and the next call a month later."""

from __future__ import annotations

from pathlib import Path

from tests.cli.kit import Shell


def test_a_call_a_review_and_the_next_call(bare: Shell, tmp_path: Path) -> None:
    bare.as_at = "2026-09-23"
    assert bare("demo", "--no-open", str(bare.path)).code == 0
    entry = bare("coach", "--json").json["added"][0]
    # The call
    assert bare("coach", "start").code == 0
    assert bare("coach", "note", "Manager agreed Thursdays").code == 0
    assert bare("coach", "pick", "K28,S29").code == 0
    assert bare("coach", "verify", entry["id"]).code == 0
    assert bare("coach", "question", entry["id"], "--comment", "How many were lost?").code == 0
    agreed = bare("action", "add", "Share the numbers", "--who", "learner", "--json").json
    assert agreed["due"] == "2026-10-26", "the next session, not the one of this week"
    changed = bare("action", "edit", agreed["id"], "--due", "4 weeks", "--json").json
    assert changed["due"] == "2026-10-21"
    call = bare("coach", "end", "--minutes", "45", "--next", "4 weeks", "--json").json
    assert bare("coach", "reopen").code == 0
    assert bare("coach", "note", "And Fridays in June").code == 0
    again = bare("coach", "end", "--json").json
    assert (again["id"], again["next_day"]) == (call["id"], "2026-10-21")
    summary = bare("coach", "summary").out
    for words in (
        "And Fridays in June",
        "K28 ",
        f"How many were lost? ({entry['title']}, ",
        f"{entry['title']} (",
        "Share the numbers, learner, by 21 Oct 2026",
        "21 October 2026",
    ):
        assert words in summary
    # The review of the same day
    assert bare("review", "set", "employer", "Reliable.").code == 0
    assert bare("review", "set", "changes", "none").code == 0
    verified = ("B3", "--by", "Colin Marsh", "--comment", "Asks before she ships.")
    assert bare("review", "verify", *verified).code == 0
    for action in bare("review", "--json").json["earlier_actions"]:
        if action["state"] == "open":
            assert bare("review", "answer", action["id"], "Goes on.").code == 0
    plan = ("Plan the user test", "--who", "learner", "--due", "2 weeks", "--from", "review")
    assert bare("action", "add", *plan).code == 0
    held = bare("review", "hold", "--present", "Demo learner, Ruth Adeyemi", "--json").json
    assert bare("review", "sign", "--name", "Ruth Adeyemi", "--role", "tutor").code == 0
    assert bare("review", "sign", "--name", "Demo learner", "--role", "apprentice").code == 0
    shown = bare("review", "--json").json
    assert (shown["id"], shown["held"], shown["unsigned"]) == (held["id"], True, [])
    text = bare("review").out
    assert "held on 23 September 2026" in text
    assert "Plan the user test" in text
    page = bare("review", "--markdown").out
    assert "in preparation" not in page
    assert "Asks before she ships." in page
    assert bare("timeline", "--json").json["reviews"][2]["held"] == "2026-09-23"
    for which, words in (("held", "Reliable."), ("next", "Progress review 4")):
        path = tmp_path / f"{which}.md"
        done = bare("export", "review", str(path), "--review", which, "--keep-personal-data")
        assert done.code == 0
        assert words in path.read_text()
        assert ("in preparation" in path.read_text()) is (which == "next")
    # A month later
    bare.as_at = "2026-10-21"
    later = bare("coach", "--json").json
    assert later["next_day"] in ("2026-10-21", "2026-10-26")
    assert later["last_call"]["ksbs"] == ["K28", "S29"]
    told = bare("coach").out
    for words in ("And Fridays in June", "K28 (", "How many were lost?", "Share the numbers"):
        assert words in told
    assert bare("review", "--json").json["number"] == 4
