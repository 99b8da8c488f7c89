"""The gateway list by the rules of the start day, and how the programme is assessed."""

from __future__ import annotations

from tests.cli.kit import Shell

PLAN = ("--standard", "ST1512", "--programme", "local-government-14-months", "--start")


def items(shell: Shell) -> dict[str, dict[str, object]]:
    return {item["id"]: item for item in shell("gateway", "--json").json["items"]}


def test_the_training_plan_is_confirmed_for_starts_from_august_2026(bare: Shell) -> None:
    bare("setup", *PLAN, "2026-07-31")
    assert "training-plan-delivered" not in items(bare)
    bare("undo")
    bare("setup", *PLAN, "2026-08-01")
    assert items(bare)["training-plan-delivered"]["who"] == "provider"


def test_the_employer_takes_part_in_most_reviews(shell: Shell) -> None:
    assert items(shell)["reviews-with-employer"]["progress"] == "no review yet"
    for comments, progress in (("", "0 of 1"), ("Runs the pilot well.", "1 of 2")):
        shell("review", "set", "workplace", "Going well.")
        shell("review", "set", "changes", "none")
        if comments:
            shell("review", "set", "employer", comments)
        for action in shell("action", "list", "--json").json["actions"]:
            shell("review", "answer", action["id"], "Still going on.")
        due = ("--who", "learner", "--due", "3 weeks", "--from", "review")
        assert shell("action", "add", "Draft the user test", *due).code == 0
        held = shell("review", "hold", "--present", "Ruth Adeyemi")
        assert held.code == 0, held.err
        item = items(shell)["reviews-with-employer"]
        assert (item["progress"], item["done"]) == (progress, False)
        shell.as_at = "2026-07-20"


def test_both_sources_say_who_assesses_and_methods_are_data(shell: Shell) -> None:
    read = shell("gateway", "--json").json
    assert "no separate End Point Assessment" in read["note"]
    assert "Integration: None" in read["note"]
    assert "Ask your tutor who assesses you" in read["note"]
    methods = {method["id"]: method["minutes"] for method in read["methods"]}
    assert methods == {"project-review": None, "professional-discussion": 60}
    said = shell("gateway").out
    assert "Professional discussion, 60 minutes" in said
    assert "our suggestion" in said
