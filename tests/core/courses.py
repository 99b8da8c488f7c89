"""Small courses to work with: four months with a gateway, and a unit of six weeks."""

from dataclasses import replace
from datetime import date

from ksbtui.core.programme.programmes import (
    Break,
    Coaching,
    Course,
    Enrolment,
    Milestone,
    Module,
    Programme,
    RuleSet,
)
from ksbtui.core.programme.standards import Standard
from tests.core.seeds import au0002, st1512

OTJ = RuleSet("otj", "Hours", "apprenticeship", (), (), review_weeks=12, review_months=3)
UNIT = RuleSet("unit", "Unit hours", "unit", (), ())


def months(start: date, *breaks: Break, minutes: int = 6000) -> Course:
    """Modules: month 1, months 2 and 3, month 4; gateway at the end of month 3."""
    programme = Programme(
        id="four-months",
        title="Four months",
        standards=("ST1512",),
        unit="month",
        length=4,
        modules=(
            Module(1, "Begin", 1, 1, ksbs=("K1", "K4")),
            Module(2, "Build", 2, 3, ksbs=("K2", "K28")),
            Module(3, "Finish", 4, 4),
        ),
        milestones=(
            Milestone("project-start", "Project starts", 2, "first-day"),
            Milestone("gateway", "Gateway to completion", 3, text="All signed."),
            Milestone("prize", "Prize giving", 4, optional=True),
        ),
        coaching=Coaching(1),
        gateway=3,
        project_from=2,
    )
    enrolment = Enrolment(
        "e", "ST1512-2.0", programme.id, OTJ.id, start, target_minutes=minutes, breaks=breaks
    )
    return Course(enrolment, st1512(), programme, OTJ)


def weeks(start: date, *breaks: Break) -> Course:
    """A unit of six weeks in two modules, with a skills test on the first day of week 6."""
    programme = Programme(
        id="six-weeks",
        title="Six weeks",
        standards=("AU0002",),
        unit="week",
        length=6,
        modules=(Module(1, "See", 1, 2), Module(2, "Decide", 3, 6)),
        milestones=(Milestone("skills-test", "Skills test", 6, "first-day"),),
    )
    enrolment = Enrolment("u", "AU0002-1.0", programme.id, UNIT.id, start, breaks=breaks)
    standard: Standard = replace(au0002(), min_minutes=1800)
    return Course(enrolment, standard, programme, UNIT)
