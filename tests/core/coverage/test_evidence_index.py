"""The evidence index: artefacts by KSB, gaps, and what the employer still has to say."""

from datetime import date

from ksbtui.core.coverage.coverage import coverage
from ksbtui.core.coverage.evidence_index import Artefact, evidence_index, index_page
from ksbtui.core.exchange.pages import plain
from ksbtui.core.hours.totals import KsbDay
from tests.core.builders import WEEKS_16, course

DAY = date(2026, 6, 1)


def artefact(code: str, id: str = "a", title: str = "Process map") -> Artefact:
    return Artefact(code, "abcd", DAY, "Followed 25 enquiries", id, "map", title, "maps/one.pdf")


def rows(*codes: str, evidence: int = 1) -> list[KsbDay]:
    return [KsbDay(code, DAY, 1, 60, 1, evidence, evidence, evidence) for code in codes]


def test_an_artefact_stands_under_each_of_its_ksbs_and_nowhere_else() -> None:
    learner = course()
    stands = coverage(learner.standard, "", [*rows("K1", "S1"), *rows("K2", evidence=0)], DAY)
    index = evidence_index(stands, [artefact("K1"), artefact("S1"), artefact("Z9")])
    by_code = {row.ksb.code: row.artefacts for row in index.rows}
    assert [len(by_code[code]) for code in ("K1", "S1", "K2")] == [1, 1, 0]
    assert index.evidenced == 2
    assert index.to_evidence == ("K2",)
    assert "K3" in index.gaps
    assert index.awaiting_employer == ("B1", "B2", "B3", "B4", "B5", "B6")


def test_a_private_artefact_still_evidences_but_is_not_named() -> None:
    learner = course()
    stands = coverage(learner.standard, "", rows("K1"), DAY, employer_verified=("B1",))
    index = evidence_index(stands, [], withheld=1)
    text = plain(index_page(learner, index, DAY))
    assert index.evidenced == 1
    assert "Process map" not in text
    assert "1 marked private were left out" in text
    assert "not verified: B2, B3, B4, B5, B6" in text


def test_a_unit_without_behaviours_or_entries_has_an_index_too() -> None:
    unit = course(WEEKS_16)
    index = evidence_index(coverage(unit.standard, "", [], DAY), [])
    text = plain(index_page(unit, index, DAY))
    assert "KSBs with evidence: 0 of 29" in text
    assert "Behaviours" not in text
