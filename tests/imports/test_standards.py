"""Published standards as people have them, read exactly."""

from __future__ import annotations

import html
import json
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbtui.core.codec import encode
from ksbtui.core.programme.difference import difference
from ksbtui.core.programme.standards import Ksb, Standard
from ksbtui.imports.standards import read_standard
from ksbtui.imports.standards.facts import read_facts
from ksbtui.imports.standards.lines import text_lines
from ksbtui.imports.standards.page import read_page
from ksbtui.imports.standards.plain import plain_form
from tests.imports.files import ods_row, write_ods

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "standards"
VARIANTS = DATA / "variants"
FIELDS = (
    "ref version kind title level min_minutes max_minutes typical_months typical_weeks"
    " starts_from approved updated routes job_titles duties outcomes"
)


def seed(name: str) -> dict[str, Any]:
    """A shipped standard as its file says it."""
    return tomllib.loads((ROOT / "seed" / "standards" / f"{name}.toml").read_text("utf-8"))


def statements(standard: Standard) -> list[tuple[str, str]]:
    return [(ksb.code, ksb.text) for ksb in standard.ksbs]


@pytest.mark.parametrize(
    ("page", "shipped"), [("st1512-v2.0", "st1512-2.0"), ("au0002-v1.0", "au0002-1.0")]
)
def test_the_published_page_reads_as_the_shipped_standard(page: str, shipped: str) -> None:
    read, want = encode(read_standard(DATA / f"{page}.txt")), seed(shipped)
    for name in FIELDS.split():
        expected: Any = want.get(name, [] if isinstance(read[name], list) else None)
        if isinstance(expected, date):
            expected = expected.isoformat()
        if name in ("duties", "outcomes"):
            expected = [{**{k: group[k] for k in read[name][0]}} for group in expected]
        assert read[name] == expected, name
    assert [(k["code"], k["text"]) for k in read["ksbs"]] == [
        (k["code"], k["text"]) for k in want["ksbs"]
    ]


def test_what_is_odd_in_the_published_page_is_named() -> None:
    assert read_standard(DATA / "st1512-v2.0.txt").warnings == ("Duty 15 names no KSB.",)


BAKERY = [
    ("K1", "How flour, water and yeast behave in a dough."),
    ("K2", "Food safety rules, for example HACCP and allergens."),
    ("K3", "The importance of clean equipment."),
    ("K4", "Sources of waste in a bakery (flour, packaging and energy)."),
    ("S1", "Weigh and mix ingredients to a recipe."),
    ("S2", "Adjust a recipe for humidity, see the guide for steps."),
    ("B1", "Takes care of colleagues."),
]
MEDIA = [
    ("K1", "Copyright law.", ""),
    ("K2", "Storytelling.", ""),
    ("K3", "Acoustics.", "Sound engineer"),
    ("K4", "Lenses.", "Camera operator"),
    ("S1", "Plan a shoot.", ""),
    ("S2", "Mix tracks.", "Sound engineer"),
    ("S3", "Frame a shot.", "Camera operator"),
    ("B1", "Works safely.", ""),
]
NO_FACTS = ("unquoted.csv", "list.json")


@pytest.mark.parametrize(
    "name",
    [
        "bold.md",
        "headings.md",
        "table.md",
        "page.html",
        "plain.txt",
        "pdf-copy.txt",
        "semicolons.csv",
        "unquoted.csv",
        "list.json",
        "grouped.json",
    ],
)
def test_each_format_reads_exactly(name: str) -> None:
    standard = read_standard(VARIANTS / name)
    assert statements(standard) == BAKERY
    if name not in NO_FACTS:
        facts = (standard.ref, standard.version, standard.title, standard.level)
        assert facts == ("ST9001", "1.1", "Bakery technician", 2)


@pytest.mark.parametrize("name", ["options.md", "options.txt", "options.csv"])
def test_options_hold_their_own_statements(name: str) -> None:
    standard = read_standard(VARIANTS / name)
    assert [(k.code, k.text, k.option) for k in standard.ksbs] == MEDIA
    assert standard.options == ("Sound engineer", "Camera operator")


def test_duties_come_from_the_page_s_table() -> None:
    duties = read_standard(VARIANTS / "page.html").duties
    assert [(d.number, d.text, d.ksbs) for d in duties] == [
        (1, "Bake bread & rolls.", ("K1", "K2", "S1")),
        (2, "Keep the bakery clean.", ("K3", "K4", "B1")),
    ]


def test_gaps_duplicates_and_absent_facts_are_kept_and_named() -> None:
    standard = read_standard(VARIANTS / "odd.txt")
    assert [ksb.code for ksb in standard.ksbs] == ["K1", "K2", "K2", "K5", "S1", "S2"]
    assert standard.warnings[:2] == (
        "K2 stands 2 times; each is kept.",
        "K3, K4 are missing: K runs to K5.",
    )
    assert (standard.level, standard.min_minutes) == (None, None)
    assert len(standard.warnings) == 7


def test_what_is_given_stands_above_the_file() -> None:
    standard = read_standard(
        VARIANTS / "odd.txt", ref="ST1", title="T", level=3, min_minutes=600, version="9"
    )
    facts = (standard.ref, standard.title, standard.level, standard.min_minutes, standard.version)
    assert facts == ("ST1", "T", 3, 600, "9")
    assert len(standard.warnings) == 2


def test_a_workbook_reads_like_the_page(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Bakery technician"], ["Reference", "ST9001"], ["Version", 1.1], ["Level", 2]):
        sheet.append(row)
    sheet.append([])
    sheet.append(["Type", "Code", "Statement", "Evidence"])
    for code, text in BAKERY:
        sheet.append(["Skill", code, f" {text} ", "a long remark about evidence" * 9])
    book.save(tmp_path / "bakery.xlsx")
    standard = read_standard(tmp_path / "bakery.xlsx")
    assert statements(standard) == BAKERY
    assert (standard.ref, standard.version, standard.level) == ("ST9001", "1.1", 2)


def test_an_ods_workbook_reads_like_the_page(tmp_path: Path) -> None:
    rows = [("Code", "Statement"), *BAKERY]
    write_ods(tmp_path / "bakery.ods", "".join(ods_row(*row) for row in rows))
    assert statements(read_standard(tmp_path / "bakery.ods")) == BAKERY


def test_own_json_and_toml_come_back_whole(tmp_path: Path) -> None:
    shipped = ROOT / "seed" / "standards" / "st1512-2.0.toml"
    read = read_standard(shipped)
    (tmp_path / "own.json").write_text(json.dumps(encode(read)), encoding="utf-8")
    again = read_standard(tmp_path / "own.json")
    assert replace(again, source="") == replace(read, source="")
    assert statements(read) == [(k["code"], k["text"]) for k in seed("st1512-2.0")["ksbs"]]
    assert [encode(duty) for duty in read.duties] == seed("st1512-2.0")["duties"]


@pytest.mark.parametrize("page", ["st1512-v2.0", "au0002-v1.0"])
@pytest.mark.parametrize("suffix", [".txt", ".tsv", ".md", ".html"])
def test_the_page_in_other_dress_says_the_same(page: str, suffix: str, tmp_path: Path) -> None:
    standard = read_standard(DATA / f"{page}.txt")
    text = plain_form(standard)
    if suffix == ".md":
        text = "".join(
            f"- **{c}:** {t}  \n  Assessed by: project\n" for c, t in statements(standard)
        )
    elif suffix == ".html":
        text = "".join(f"<p><b>{k.code}</b>: {html.escape(k.text)}</p>" for k in standard.ksbs)
    path = tmp_path / f"page{suffix}"
    path.write_text(text, encoding="utf-16" if suffix == ".tsv" else "utf-8")
    assert statements(read_standard(path)) == statements(standard)


words = st.lists(
    st.text("abcdefghijklmnop-'éł", min_size=1, max_size=9).map(str.strip), min_size=1, max_size=12
).map(lambda parts: ("Knows " + " ".join(parts)).rstrip("-' ") + ".")


@given(texts=st.lists(words, min_size=1, max_size=9), level=st.none() | st.integers(2, 7))
def test_the_plain_form_round_trips(texts: list[str], level: int | None) -> None:
    ksbs = tuple(Ksb(f"K{number}", text) for number, text in enumerate(texts, start=1))
    ksbs += (Ksb("S1", texts[0], option="Sound"),)
    before = Standard("ST1234", "1.0", "apprenticeship", "A title", ksbs, level=level)
    before = replace(before, options=("Sound",))
    page = read_page(text_lines(plain_form(before)))
    assert tuple(page.ksbs) == before.ksbs
    facts = read_facts(text_lines(plain_form(before)))
    assert (facts.ref, facts.version, facts.title, facts.level) == (
        "ST1234",
        "1.0",
        "A title",
        level,
    )


def test_a_difference_names_what_came_changed_and_went() -> None:
    old = Standard("X", "1", "unit", "", (Ksb("K1", "a"), Ksb("K2", "b"), Ksb("S1", "c  d")))
    new = replace(old, ksbs=(Ksb("K1", "a"), Ksb("K2", "B"), Ksb("K3", "e")))
    found = difference(old, new)
    assert [k.code for k in found.added] == ["K3"]
    assert [(c.code, c.old, c.new) for c in found.changed] == [("K2", "b", "B")]
    assert [k.code for k in found.removed] == ["S1"]
    assert not difference(old, replace(old, ksbs=(*old.ksbs[:2], Ksb("S1", "c d"))))
