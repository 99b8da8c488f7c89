"""Every reporting command on every kind of journal: a document, or a refusal in two lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.kit import Shell

LOCAL = ("--standard", "ST1512", "--programme", "local-government-14-months")
UNIT = ("--standard", "AU0002", "--programme", "au0002-16-weeks")
OPTIONS = ("--standard", "ST9002", "--programme", "st9002-plain-12-months", "--target-hours", "300")
OPTIONS_FILE = Path(__file__).parents[1] / "data" / "standards" / "variants" / "options.md"
JOURNALS = {
    "nothing set up": (),
    "nothing logged": (("setup", *LOCAL, "--start", "2026-01-12"),),
    "starts tomorrow": (("setup", *LOCAL, "--start", "2026-07-01"),),
    "ended": (
        ("setup", *LOCAL, "--start", "2026-01-12"),
        ("log", "x", "-d", "2026-02-02", "-k", "K1"),
        ("enrolment", "end", "2026-03-01", "--outcome", "withdrawn"),
    ),
    "a unit": (("setup", *UNIT, "--start", "2026-06-01"), ("log", "x", "-k", "K1")),
    "options": (
        ("standard", "import", str(OPTIONS_FILE)),
        ("setup", *OPTIONS, "--start", "2026-06-01", "--option", "Sound engineer"),
        ("log", "x", "-k", "K3"),
    ),
}
REPORTS = (
    "list",
    "week",
    "history",
    "status",
    "hours",
    "coverage",
    "coverage --gaps",
    "coverage --by duty",
    "coverage --by outcome",
    "timeline",
    "next",
    "rules",
    "suggest hello",
    "evidence list",
    "evidence check",
    "discuss next",
    "discuss list",
    "discuss evidence",
    "discuss history",
    "discuss stories",
    "discuss mock",
    "project",
    "scan",
    "scan show",
    "gateway",
    "coach",
    "coach list",
    "review",
    "review show",
    "action list",
    "enrolment show",
    "standard list",
    "doctor",
    "where",
)


@pytest.mark.parametrize("kind", JOURNALS)
def test_every_report_is_a_document_or_a_refusal(kind: str, bare: Shell) -> None:
    for words in JOURNALS[kind]:
        assert bare(*words).code == 0, words
    for report in REPORTS:
        plain, document = bare(*report.split()), bare(*report.split(), "--json")
        assert plain.code == document.code, (report, plain, document)
        if document.code:
            assert (document.code, document.out, plain.out) == (1, "", ""), (report, document)
            assert len(document.err.strip().splitlines()) == 2, (report, document.err)
        else:
            json.loads(document.out)
