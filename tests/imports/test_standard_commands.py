"""``standard import`` and ``standard check``, from file to enrolment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports.conftest import Command

PAGES = Path(__file__).parents[1] / "data" / "standards"
CONTRACT = (
    "ref version kind title level min_minutes max_minutes typical_months starts_from starts_to"
    " options ksbs duties outcomes"
)


def page(folder: Path, *lines: str) -> str:
    path = folder / "list.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(("name", "ref"), [("st1512-v2.0", "ST1512"), ("au0002-v1.0", "AU0002")])
def test_the_published_page_imports_as_the_shipped_standard(
    ksbtui: Command, name: str, ref: str, tmp_path: Path
) -> None:
    read = ksbtui("standard", "import", str(PAGES / f"{name}.txt"), "--dry-run", "--json")[1]
    shown = ksbtui("standard", "show", ref, "--json")[1]
    assert {key: read[key] for key in CONTRACT.split()} == {
        key: shown[key] for key in CONTRACT.split()
    }
    assert not (tmp_path / "journal.db").exists()


def test_a_file_without_statements_is_refused(ksbtui: Command, tmp_path: Path) -> None:
    code, out, err = ksbtui("standard", "import", page(tmp_path, "Nothing here."), "--json")
    assert (code, out) == (1, "")
    assert "no KSB statements found" in err


def test_a_list_becomes_a_standard_to_enrol_on(ksbtui: Command, tmp_path: Path) -> None:
    bare = page(tmp_path, "K1\tFlour.", "K2\tWater.", "S1\tMix.")
    read = ksbtui("standard", "import", bare, "--dry-run", "--json")[1]
    assert read["ref"] is None
    assert read["title"] is None
    assert ksbtui("standard", "import", bare)[0] == 1
    given = ("--ref", "ST9001", "--title", "Bakery", "--level", "2", "--min-hours", "300")
    assert ksbtui("standard", "import", bare, *given)[0] == 0
    shown = ksbtui("standard", "show", "ST9001", "--json")[1]
    assert (shown["min_minutes"], shown["level"], len(shown["ksbs"])) == (18_000, 2, 3)
    assert ksbtui("setup", "--standard", "ST9001", "--programme", "plain", "--start", "mon")[0] == 0
    assert ksbtui("status", "--json")[1]["hours"]["target_minutes"] == 18_000


def test_a_second_import_asks_and_keeps_every_tag(ksbtui: Command, tmp_path: Path) -> None:
    ref = ("--ref", "ST9001", "--min-hours", "300")
    ksbtui("standard", "import", page(tmp_path, "K1\tFlour.", "K2\tWater.", "S1\tMix."), *ref)
    ksbtui("setup", "--standard", "ST9001", "--programme", "plain", "--start", "2026-01-05")
    made = ksbtui("log", "Dough", "-t", "2h", "-k", "K1,K2", "--json")[1]
    second = page(tmp_path, "K1\tFlour and salt.", "S1\tMix.", "B1\tKind.")
    code, _, err = ksbtui("standard", "import", second, *ref)
    assert code == 1
    assert "1 added, 1 changed, 1 removed" in err
    changed = ksbtui("standard", "import", second, *ref, "--yes", "--json")[1]["difference"]
    assert (changed["added"], changed["removed"], changed["tagged"]) == (["B1"], ["K2"], {"K2": 1})
    assert [ksb["code"] for ksb in ksbtui("coverage", "--json")[1]["ksbs"]] == ["K1", "S1", "B1"]
    edited = ksbtui("edit", made["id"], "--notes", "Rye.", "--json")[1]
    assert edited["ksbs"] == ["K1", "K2"]
    ksbtui("undo")
    assert ksbtui("undo")[0] == 0
    assert [ksb["code"] for ksb in ksbtui("coverage", "--json")[1]["ksbs"]] == ["K1", "K2", "S1"]


def test_codes_that_stand_twice_are_reported_and_not_stored(
    ksbtui: Command, tmp_path: Path
) -> None:
    twice = page(tmp_path, "K1\tFlour.", "K1\tWater.", "S1\tMix.")
    checked = ksbtui("standard", "check", twice, "--ref", "ST9002", "--json")[1]
    assert checked["faults"] == ["K1 appears more than once."]
    assert ksbtui("standard", "import", twice, "--ref", "ST9002", "--dry-run")[0] == 0
    assert ksbtui("standard", "import", twice, "--ref", "ST9002")[0] == 1
    assert ksbtui("standard", "show", "ST9002")[0] == 1


def test_coverage_counts_core_and_the_option_enrolled_on(ksbtui: Command, tmp_path: Path) -> None:
    pathways = ("K1\tFlour.", "Option: Pastry", "K2\tLaminate.", "Option: Bread", "K2\tProve.")
    listed = page(tmp_path, *pathways, "K3\tScore.")
    ksbtui("standard", "import", listed, "--ref", "ST9003", "--min-hours", "300")
    ksbtui(
        *("setup", "--standard", "ST9003", "--programme", "plain", "--start", "2026-01-05"),
        *("--option", "Bread"),
    )
    ksbs = ksbtui("coverage", "--json")[1]["ksbs"]
    assert [(k["code"], k["statement"]) for k in ksbs] == [
        ("K1", "Flour."),
        ("K2", "Prove."),
        ("K3", "Score."),
    ]
