"""The shipped standards say what their pages say, and every KSB has a hint.

The published pages are read here a second time, apart from any importer, and only list marks,
tags and line wraps are undone. Plain tomllib: no code of the program takes part.
"""

import re
import tomllib
from collections import Counter
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGES = {"ST1512": "st1512-v2.0.txt", "AU0002": "au0002-v1.0.txt"}
FILES = {"ST1512": "st1512-2.0.toml", "AU0002": "au0002-1.0.toml"}
HINTS = {"ST1512": "st1512.toml", "AU0002": "au0002.toml"}
FRAGILE = ["K4", "K6", "K8", "K10", "K17", "K20", "K21", "K26", "S1", "S5", "S7", "S16", "S17"]
OGL = "Open Government Licence v3.0"


def seed(path: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "seed" / path).read_text(encoding="utf-8"))


def standard(ref: str) -> dict[str, Any]:
    return seed(f"standards/{FILES[ref]}")


def hints(ref: str) -> dict[str, dict[str, str]]:
    return seed(f"hints/{HINTS[ref]}")


def page(ref: str) -> str:
    """The published page without its tags and list marks."""
    text = (ROOT / "tests/data/standards" / PAGES[ref]).read_text(encoding="utf-8")
    return re.sub(r"</?p>|^- |\*\*", "", text, flags=re.M)


def section(text: str, after: str, before: str) -> str:
    return text.split(f"\n{after}\n", 1)[1].split(f"\n{before}\n", 1)[0]


def statements(ref: str) -> dict[str, str]:
    """Code → statement, in the order of the file."""
    return {ksb["code"]: ksb["text"] for ksb in standard(ref)["ksbs"]}


@pytest.mark.parametrize(
    ("ref", "counts"), [("ST1512", {"K": 29, "S": 29, "B": 6}), ("AU0002", {"K": 15, "S": 14})]
)
def test_codes_are_complete_and_in_order(ref: str, counts: dict[str, int]) -> None:
    expected = [f"{kind}{n}" for kind, last in counts.items() for n in range(1, last + 1)]
    assert [ksb["code"] for ksb in standard(ref)["ksbs"]] == expected


@pytest.mark.parametrize("ref", PAGES)
def test_every_statement_is_word_for_word(ref: str) -> None:
    assert statements(ref) == dict(re.findall(r"^([KSB]\d+): *(.+)$", page(ref), flags=re.M))


def test_duties_are_word_for_word_with_their_ksbs() -> None:
    text = " ".join(section(page("ST1512"), "DUTY\tKSBS", "KSBs").split())
    rows = re.findall(r"Duty (\d+) (.+?)((?: [KSB]\d+)*)(?= Duty \d|$)", text)
    shipped = standard("ST1512")["duties"]
    assert [(str(d["number"]), d["text"], d["ksbs"]) for d in shipped] == [
        (number, duty, codes.split()) for number, duty, codes in rows
    ]
    assert [d["number"] for d in shipped] == list(range(1, 16))
    assert "feedback from end- users to improve" in shipped[11]["text"]


def test_duties_reach_every_ksb_and_thirteen_hang_on_one() -> None:
    duties = standard("ST1512")["duties"]
    reached = Counter(code for duty in duties for code in duty["ksbs"])
    assert reached.total() == 196
    assert duties[14]["ksbs"] == []
    assert set(reached) == set(statements("ST1512"))
    assert [code for code in statements("ST1512") if reached[code] == 1] == FRAGILE


def test_outcomes_are_word_for_word_and_the_split_row_is_joined() -> None:
    table = section(page("AU0002"), "FUNCTION\tLEARNING OUTCOME\tK+S MAPPING", "Funding")
    row = r"^([^\t\n]+)\t([^\t\n]+)\t([KS\d, ]+)(?:\n+\t([^\t\n]+?)[\t ]*)?$"
    rows = re.findall(row, table, flags=re.M)
    shipped = standard("AU0002")["outcomes"]
    assert [(o["function"], o["text"], o["ksbs"]) for o in shipped] == [
        (function, f"{text} {rest}".strip(), codes.split(", "))
        for function, text, codes, rest in rows
    ]
    assert [o["number"] for o in shipped] == list(range(1, 8))
    assert "practical implementation constraints and aligning" in shipped[4]["text"]
    assert {code for o in shipped for code in o["ksbs"]} == set(statements("AU0002"))


def test_the_five_bulleted_outcomes_are_kept_beside_the_table() -> None:
    bullets = section(page("AU0002"), "Learning outcomes:", "OCCUPATIONAL STANDARD")
    assert standard("AU0002")["facts"]["bullet_outcomes"] == bullets.strip().splitlines()


def test_apprenticeship_facts_are_those_of_the_page() -> None:
    text, it = page("ST1512"), standard("ST1512")
    facts = it["facts"]
    for line in (
        it["title"],
        f"Reference: {it['ref']}",
        f"Version: {it['version']}",
        f"Level: {it['level']}",
        f"Typical duration to gateway: {it['typical_months']} months",
        f"Minimum hours for compliance : {it['min_minutes'] // 60}",
        f"Route: {', '.join(it['routes'])}",
        f"Integration: {facts['integration']}",
        f"Maximum funding: £{facts['maximum_funding_pounds']}",
        f"Date updated: {it['updated']:%d/%m/%Y}",
        f"Approved for delivery: {it['approved']:%d %B %Y}",
        f"Lars code: {facts['lars_code']}",
        f"Class code: {facts['class_code']}",
        f"EQA provider: {facts['eqa_provider']}",
        f"2.0\tApproved for delivery\t{it['starts_from']:%d/%m/%Y}\tNot set",
    ):
        assert f"\n{line}\n" in text
    titles = section(text, "Typical job titles include:", "Occupation duties").split("\n")
    assert it["job_titles"] == [title for title in titles if title]
    routes = text.split("\nExample progression routes:\n")[1].split("\nReview:")[0].split("\n")
    assert facts["progression_routes"] == [route.rstrip(",") for route in routes if route]
    assert (it["kind"], it["min_minutes"]) == ("apprenticeship", 25_200)


def test_unit_facts_are_those_of_the_page() -> None:
    text, it = page("AU0002"), standard("AU0002")
    for line in (
        f"{it['title']} – Apprenticeship unit",
        f"Reference: {it['ref']}",
        f"Version: {it['version']}",
        f"Level: {it['level']}",
        f"Routes: {', '.join(it['routes'])}",
        f"Approved for delivery: {it['approved']:%d/%m/%Y}",
        f"Tier 1: {it['facts']['sector_subject_area_tier_1']}",
        f"Tier 2: {it['facts']['sector_subject_area_tier_2']}",
    ):
        assert f"\n{line}\n" in text
    hours = f"from {it['min_minutes'] // 60} and {it['max_minutes'] // 60} hours"
    weeks = "{} to {} weeks".format(*it["typical_weeks"])
    assert f"{hours} delivered over a period of {weeks}" in text
    assert (it["kind"], it["min_minutes"], it["max_minutes"]) == ("unit", 1_800, 8_400)


@pytest.mark.parametrize("ref", PAGES)
def test_days_not_set_are_absent_and_the_licence_is_named(ref: str) -> None:
    it = standard(ref)
    assert "starts_to" not in it
    assert ("starts_from" in it) is (ref == "ST1512")
    assert it["licence"] == OGL
    assert it["attribution"].endswith(f"licensed under the {OGL}.")
    comment = (ROOT / "seed/standards" / FILES[ref]).read_text(encoding="utf-8").split("\nref")[0]
    assert f"Contains public sector information licensed under the {OGL}" in comment


def test_notices_name_shipped_standards_and_fill_only_days_the_page_left_open() -> None:
    notices = {(n["ref"], n["version"]): n for n in seed("notices.toml")["notices"]}
    assert notices[("ST1512", "2.0")]["starts_to"] == date(2026, 5, 21)
    assert notices[("AU0002", "1.0")]["starts_from"] == date(2026, 4, 28)
    for (ref, version), notice in notices.items():
        shipped = seed(f"standards/{ref.lower()}-{version}.toml")
        assert shipped["version"] == version
        assert not {"starts_from", "starts_to"} & notice.keys() & shipped.keys()
        assert notice["text"]
        assert notice["source"]
        assert notice["confidence"] in {"H", "M", "L"}


def test_a_version_whose_page_was_not_read_has_the_statements_of_the_one_before() -> None:
    newer = seed("standards/st1512-2.1.toml")
    assert newer["same_as"] == "st1512-2.0"
    assert newer.keys() == {"same_as", "version", "starts_from", "approved", "source", "facts"}


@pytest.mark.parametrize("ref", PAGES)
def test_every_ksb_has_a_short_name_and_a_plain_reading(ref: str) -> None:
    shipped = hints(ref)
    assert list(shipped) == list(statements(ref))
    for code, hint in shipped.items():
        assert hint.keys() == {"short", "plain"}, code
        assert 1 <= len(hint["short"].split()) <= 3, code
        assert len(hint["short"]) <= 24, code
        assert 8 <= len(hint["plain"].split()) <= 22, code
        assert hint["plain"].endswith("."), code
        assert hint["plain"] != statements(ref)[code]
    for key in ("short", "plain"):
        assert len({hint[key] for hint in shipped.values()}) == len(shipped)


OF_COUNCILS = re.compile(
    r"\b(residents?|council\w*|tenants?|parking|planning team|housing|bins?|wardens?|officer)\b"
)


@pytest.mark.parametrize("ref", PAGES)
def test_hints_of_a_standard_suit_any_employer(ref: str) -> None:
    assert not [hint["plain"] for hint in hints(ref).values() if OF_COUNCILS.search(hint["plain"])]


def test_the_council_programme_has_council_examples() -> None:
    of_programme = seed("hints/local-government-14-months.toml")
    assert of_programme.keys() < statements("ST1512").keys()
    for code, hint in of_programme.items():
        assert hint.keys() == {"plain"}, code
        assert 8 <= len(hint["plain"].split()) <= 22, code
        assert hint["plain"] != hints("ST1512")[code]["plain"]


def test_statements_shared_by_both_standards_share_their_hint() -> None:
    assert hints("AU0002")["K2"]["short"] == hints("ST1512")["K7"]["short"]
    assert hints("AU0002")["K12"]["short"] == hints("ST1512")["K15"]["short"]


def test_nineteen_unit_statements_have_a_close_match_in_the_apprenticeship() -> None:
    best = {}
    for code, text in statements("AU0002").items():
        best[code] = max(
            (SequenceMatcher(None, text, other, autojunk=False).ratio(), match)
            for match, other in statements("ST1512").items()
            if match[0] == code[0]
        )
    assert sum(ratio >= 0.70 for ratio, _ in best.values()) == 19
    same = {code: match for code, (ratio, match) in best.items() if ratio == 1}
    assert same == {"K2": "K7", "K12": "K15"}
