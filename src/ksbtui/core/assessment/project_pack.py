"""The project review pack: the project as one document, in the learner's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ksbtui.core.assessment.benefits import Benefit, say_amount, say_number, say_year, totals
from ksbtui.core.assessment.project import (
    APPROVAL,
    BASELINE,
    BENEFITS,
    SECTIONS,
    Project,
    ProjectItem,
    Section,
)
from ksbtui.core.days import full_day, long_day
from ksbtui.core.exchange.pages import (
    RIGHT,
    Bar,
    Block,
    Bullets,
    Figure,
    Figures,
    Heading,
    Note,
    Page,
    Paragraph,
    Part,
    Table,
)
from ksbtui.core.programme.programmes import Course


def project_page(course: Course, project: Project, entries: Mapping[str, str], as_at: date) -> Page:
    """The pack: figures first, then each part, the benefits with their arithmetic.

    ``entries`` gives the title of each entry that may be named, by id; an item's entries
    that are not in it (private or deleted ones) are left out and only counted.
    """
    blocks: list[Block] = [*_summary(project)]
    for section in SECTIONS:
        blocks.append(Heading(2, section.label))
        if section.id == APPROVAL:
            blocks += _approval(project)
        blocks += _items(section, project.of(section.id), entries)
        if section.id == BASELINE:
            blocks += _baseline(project)
        if section.id == BENEFITS:
            for benefit in project.benefits:  # two bars on one scale, the arithmetic under them
                blocks += [Heading(3, benefit.measure.name), *bars(benefit), Bullets(benefit.lines)]
        if not project.filled(section.id):
            blocks.append(Note(f"Not written yet: {section.asks}"))
    learner = f"{course.enrolment.name} · " if course.enrolment.name else ""
    title = project.title or "Workplace project"
    return Page(
        title,
        f"Project review · {learner}{course.standard.named} · {long_day(as_at)}",
        tuple(blocks),
    )


def _summary(project: Project) -> list[Block]:
    figures = [Figure("Parts filled", f"{project.parts_filled} of {len(SECTIONS)}")]
    for unit, amount in totals(project.benefits).items():
        word = "Saved in a year" if amount >= 0 else "Lost in a year"
        figures.append(Figure(word, say_year(abs(amount), unit)))
    if project.ksbs:
        figures.append(Figure("KSBs it shows", str(len(project.ksbs))))
    return [Figures(tuple(figures))]


def _approval(project: Project) -> list[Block]:
    due = f" Due by {long_day(project.approval_due)}." if project.approval_due else ""
    if project.approved is None:
        return [Note(f"Approval not recorded yet.{due}")]
    late = project.approval_due is not None and project.approved > project.approval_due
    return [Paragraph(f"Approved on {long_day(project.approved)}.{due if late else ''}")]


def _items(
    section: Section, items: tuple[ProjectItem, ...], entries: Mapping[str, str]
) -> list[Block]:
    blocks: list[Block] = []
    for item in items:
        kind = f" ({item.kind})" if item.kind else ""
        blocks.append(Paragraph(f"{full_day(item.day)}{kind}: {item.text}"))
        named_entries = [entries[id] for id in item.entries if id in entries]
        below = [
            f"{section.detail}: {item.detail}" if item.detail else "",
            f"KSBs: {', '.join(item.ksbs)}" if item.ksbs else "",
            f"Shown by: {'; '.join((*named_entries, *item.links))}"
            if named_entries or item.links
            else "",
        ]
        if any(below):
            blocks.append(Bullets(tuple(line for line in below if line)))
    return blocks


def _baseline(project: Project) -> list[Block]:
    measures = [benefit.measure for benefit in project.benefits]
    if not measures:
        return []
    rows = tuple(
        (
            measure.name,
            say_amount(measure.before, measure.unit),
            "" if measure.runs is None else f"{say_number(measure.runs)} a {measure.period}",
            measure.how,
        )
        for measure in measures
    )
    return [
        Table(("Measure", "Before", "Runs", "How measured"), rows, ("left", RIGHT, RIGHT, "left"))
    ]


def bars(benefit: Benefit) -> tuple[Bar, ...]:
    """Before and after as two bars of one scale; none for what is not measured or below nought."""
    measure = benefit.measure
    if measure.before is None or measure.after is None or min(measure.before, measure.after) < 0:
        return ()
    scale = float(max(measure.before, measure.after))
    tone = "done" if benefit.gain is None or benefit.gain >= 0 else "owed"
    return tuple(
        Bar(
            label,
            (Part("", float(amount), say_amount(amount, measure.unit), tone),),
            scale=scale,
        )
        for label, amount, tone in (
            ("Before", measure.before, "plan"),
            ("After", measure.after, tone),
        )
    )
