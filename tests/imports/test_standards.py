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
from ksbtui.core.programme.standards import Ksb, Standard
from ksbtui.core.programme.versions import difference
from ksbtui.errors import NotFound
from ksbtui.imports.standards import read_standard
from ksbtui.imports.standards.facts import read_facts
from ksbtui.imports.standards.lines import text_lines
from ksbtui.imports.standards.page import read_page
from tests.imports.files import ods_row, write_ods
from tests.imports.plain import plain_form

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
    assert read_standard(DATA / "st1512-v2.0.txt").warnings == ("Duty 15 lists no KSBs.",)


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
        "K2 appears 2 times. Each one is kept.",
        "K3, K4 are missing: the K codes go up to K5.",
    )
    assert (standard.level, standard.min_minutes) == (None, None)
    assert standard.warnings[2] == "No behaviours were found (B1, B2 …)."
    assert len(standard.warnings) == 8


def test_what_is_given_stands_above_the_file() -> None:
    standard = read_standard(
        VARIANTS / "odd.txt", ref="ST1", title="T", level=3, min_minutes=600, version="9"
    )
    facts = (standard.ref, standard.title, standard.level, standard.min_minutes, standard.version)
    assert facts == ("ST1", "T", 3, 600, "9")
    assert len(standard.warnings) == 3


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


DOUGH = [("K1", "How flour behaves."), ("K2", "How water behaves."), ("S1", "Mix it."),
         ("B1", "Be kind.")]  # fmt: skip
SIDES = (
    "| Knowledge | Skills | Behaviours |\n|--|--|--|\n"
    "| K1: How flour behaves. | S1: Mix it. | B1: Be kind. |\n| K2: How water behaves. | | |\n"
)
SHAPES = {
    "sides.md": SIDES,
    "sides.csv": "Knowledge,Skills,Behaviours\nK1 How flour behaves.,S1 Mix it.,B1 Be kind.\n"
    "K2 How water behaves.,,\n",
    "one-row.html": "<table><tr><th>Knowledge</th><th>Skills</th><th>Behaviours</th></tr><tr>"
    "<td><p>K1: How flour behaves.</p><p>K2: How water behaves.</p></td><td>S1: Mix it.</td>"
    "<td>B1<br>Be kind.</td></tr></table>",
    "next-line.txt": "K1\nHow flour behaves.\nK2\nHow water\nbehaves.\n\nSkills\nS1\nMix it.\n"
    "B1\nBe kind.\n",
    "colours.md": "| KSB | Statement | My evidence and comments |\n|--|--|--|\n"
    "| $\\color{green}{\\textsf{K1}}$ | $\\textcolor{red}{\\textsf{How flour behaves.}}$ | "
    "Here I write at length about what I did with flour, far longer than the statement. |\n"
    "| <font color=red>K2</font> | **How ==water== behaves.** | See my log for all of this. |\n"
    "| {color:red}S1{color} | [color=red]Mix[/color] it. | Done, in much more than two words. |\n"
    "| **B1** | ~~Be~~ kind. | |\n".replace("~~Be~~", "Be"),
    "comment.csv": "KSB,Learner comment,Description\n"
    "K1,I learned a great deal about flour and wrote it up.,How flour behaves.\n"
    "K2,As above but for water and far more of it.,How water behaves.\nS1,,Mix it.\n"
    "B1,,Be kind.\n",
    "lists.json": json.dumps(
        {
            "knowledge": [{"detail": "How flour behaves."}, {"description": "How water behaves."}],
            "skills": ["Mix it."],
            "behaviours": [{"text": "Be kind."}],
        }
    ),
    "nested.json": json.dumps(
        {"ksbs": {"Knowledge": [{"id": "K1", "detail": "How flour behaves."},
                                {"id": "K2", "detail": "How water behaves."}],
                  "Skills": {"S1": "Mix it."}, "Behaviours": [["B1", "Be kind."]]}}
    ),
    "no-codes.md": "| Knowledge | Skills | Behaviours |\n|--|--|--|\n"
    "| How flour behaves. | Mix it. | Be kind. |\n| How water behaves. | | |\n",
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_standards_in_the_shapes_learners_keep(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(SHAPES[name], "utf-8")
    standard = read_standard(tmp_path / name)
    assert statements(standard) == DOUGH
    numbered = any("numbered in order" in text for text in standard.warnings)
    assert numbered == (name == "no-codes.md")


def test_three_columns_of_a_workbook_hold_whole_lists_in_their_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Baker, level 2"])
    sheet.append(["Knowledge", "Skills", "Behaviours"])
    sheet.append(["K1\nHow flour behaves.\nK2\nHow water behaves.", "S1: Mix it.", "B1 Be kind."])
    book.save(tmp_path / "a.xlsx")
    assert statements(read_standard(tmp_path / "a.xlsx")) == DOUGH


OPTIONS = {
    "groups.csv": ",,Option 1: Pastry,,Option 2: Bread,\n"
    "Code,Statement,Code,Statement,Code,Statement\n"
    "K1,Ovens.,K2,Butter.,K2,Yeast.\nS1,Mix.,S2,Fold.,,\nB1,Be kind.,,,,\n",
    "ticks.csv": "Code,Statement,Core,Option: Pastry,Option: Bread\nK1,Ovens.,x,,\nK2,Butter.,,x,\n"
    "K2,Yeast.,,,x\nS1,Mix.,x,,\nS2,Fold.,,x,\nB1,Be kind.,x,,\n",
}


@pytest.mark.parametrize("name", OPTIONS)
def test_options_come_from_groups_of_columns(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(OPTIONS[name], "utf-8")
    standard = read_standard(tmp_path / name)
    assert standard.options == ("Pastry", "Bread")
    pastry = [ksb.code for ksb in standard.ksbs_of("Pastry")]
    bread = [(ksb.code, ksb.text) for ksb in standard.ksbs_of("Bread")]
    assert pastry == ["K1", "K2", "S1", "S2", "B1"]
    assert bread == [("K1", "Ovens."), ("K2", "Yeast."), ("S1", "Mix."), ("B1", "Be kind.")]
    assert not any("stands" in text for text in standard.warnings)


def test_duties_come_from_a_second_file_and_from_links(tmp_path: Path) -> None:
    (tmp_path / "ksbs.md").write_text(SIDES, "utf-8")
    for name, text in {
        "duties.txt": "D1: Bake bread. K1 S1\nD2: Keep clean.\nK2, B1\n",
        "links.csv": "Code,Statement,Duties\nK1,How flour behaves.,1\nS1,Mix it.,D1\n"
        "K2,How water behaves.,Duty 2\nB1,Be kind.,2\n",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
        duties = read_standard(tmp_path / "ksbs.md", duties=tmp_path / name).duties
        assert [(duty.number, duty.ksbs) for duty in duties] == [
            (1, ("K1", "S1")),
            (2, ("K2", "B1")),
        ]
    with pytest.raises(NotFound, match="no duties found"):
        read_standard(tmp_path / "ksbs.md", duties=tmp_path / "ksbs.md")


def test_a_prefix_is_named_and_mapped_on_request(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(
        "AK1: How flour behaves.\nAK2: How water behaves.\nAS1: Mix it.\nAB1: Be kind.\n"
    )
    with pytest.raises(NotFound, match="its codes start with A, such as AK1") as refusal:
        read_standard(path)
    assert "--prefix A" in refusal.value.hint
    assert statements(read_standard(path, prefix="A")) == DOUGH


def test_what_is_lost_of_a_standard_is_said(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("K1: How flour behaves.\nSee K2 and S1 for more.\nOption: Bread\n")
    warnings = read_standard(path).warnings
    assert "No statement was read for K2, S1." in warnings
    assert "No skills were found (S1, S2 …)." in warnings
    assert "The option Bread has no KSBs of its own." in warnings


def test_a_standard_of_three_hundred_statements(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = [f"{'KSB'[n % 3]}{n // 3 + 1},Statement number {n} of many." for n in range(300)]
    path.write_text("Code,Statement\n" + "\n".join(rows) + "\n", "utf-8")
    assert len(read_standard(path).ksbs) == 300
