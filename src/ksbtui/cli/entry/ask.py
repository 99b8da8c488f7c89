"""``ask``: an entry, a reflection or a practice answer, question by question in plain lines."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ksbtui.cli.context import complete_ids, complete_templates, json_option, read_day, with_journal
from ksbtui.cli.entry.entries import DEFAULT_MINUTES, say_saved
from ksbtui.cli.output import cut, print_json, say
from ksbtui.core.durations import parse_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.programme.standards import parse_codes
from ksbtui.core.text.text import clean
from ksbtui.errors import KsbtuiError, Unreadable

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal

T = TypeVar("T")

YES, NO = ("y", "yes"), ("n", "no")
PAID = {"yes": "yes", "y": "yes", "no": "no", "n": "no", "paid back": "paid-back"}
TEMPLATE = "otj-quick"
SUGGESTED = 5


class Ended(Exception):
    """The answers ended before the question."""


@dataclass
class Questions:
    """Asks on stderr and reads answers from stdin, a line each.

    ``told`` are the answers so far, by what they are for.
    """

    told: dict[str, Any] = field(default_factory=dict)

    def line(self, question: str, default: str = "") -> str:
        """One line; an empty one means the default. Raises :class:`Ended` at the end."""
        say(f"{question} [{default}]" if default else question)
        typed = sys.stdin.readline()
        if not typed:
            raise Ended
        return clean(typed).strip() or default

    def read(self, name: str, question: str, default: str, reader: Callable[[str], T]) -> T:
        """A line that ``reader`` understands; asked again until it does."""
        while True:
            try:
                found = reader(self.line(question, default))
            except KsbtuiError as problem:
                say(problem.message)
                say(problem.hint)
            else:
                self.told[name] = found
                return found

    def text(self, name: str, question: str) -> str:
        """Several lines, up to an empty one or the end of the answers."""
        say(f"{question} (end with an empty line)")
        lines: list[str] = []
        while typed := sys.stdin.readline():
            if not typed.strip():
                break
            lines.append(typed.rstrip("\r\n"))
            self.told[name] = clean("\n".join(lines))
        return str(self.told.get(name, ""))

    def yes(self, name: str, question: str, default: str = "yes") -> bool:
        """A yes or no."""
        return self.read(name, question, default, _yes)


def _yes(text: str) -> bool:
    word = text.lower()
    if word not in (*YES, *NO):
        raise Unreadable(f"{word} is not yes or no.", "Type yes or no.")
    return word in YES


@click.command()
@click.option("--reflect", metavar="ID", help="Reflect on an entry.", shell_complete=complete_ids)
@click.option(
    "--template",
    metavar="NAME",
    default=TEMPLATE,
    shell_complete=complete_templates,
    help="The reflection template to use.",
    show_default=True,
)
@click.option(
    "--practice", is_flag=True, help="Practise a question of the professional discussion."
)
@click.option("-k", "--ksbs", default="", metavar="CODES", help="Practise these KSBs.")
@click.option("--revisit", "again", is_flag=True, help="Return to an old reflection.")
@click.argument("id", required=False, shell_complete=complete_ids)
@json_option
@with_journal
def ask(
    journal: Journal,
    reflect: str | None,
    template: str,
    practice: bool,
    ksbs: str,
    again: bool,
    id: str | None,
    as_json: bool,
) -> None:
    r"""Log, reflect or practise by answering one question at a time, in plain lines.

    \b
    ksbtui ask                             an entry
    ksbtui ask --reflect 3yhv              what you learned, under a template's headings
    ksbtui ask --practice -k K14           a question of the discussion, and your score
    ksbtui ask --revisit                   an old reflection: what would you do now?

    It draws nothing, so it works with a screen reader, in any terminal, and with answers
    from a file. Where the answers end early, what was said is saved if it can be.
    """
    _ = journal.enrolled
    questions = Questions()
    if practice:
        _practise(journal, questions, ksbs, as_json)
    elif reflect is not None:
        _reflect(journal, questions, reflect, template, as_json)
    elif again:
        _revisit(journal, questions, id, as_json)
    else:
        _entry(journal, questions, as_json)


def _entry(journal: Journal, questions: Questions, as_json: bool) -> None:
    told = questions.told
    try:
        _ask_entry(journal, questions)
    except Ended:
        if not told.get("title"):
            raise Unreadable(
                "There was no title, so nothing was saved.",
                "Answer the first question: what did you do?",
            ) from None
        say("No more answers. The other fields keep their usual values.")
    except KeyboardInterrupt:
        _keep_draft(journal, told)
        raise
    if told.pop("save", True) is False:
        say("Nothing was saved.")
        return
    from ksbtui.journal.entry.entries import with_module

    told.setdefault("minutes", parse_minutes(DEFAULT_MINUTES))
    told.setdefault("day", journal.as_at)
    try:
        saved = journal.entries.add(with_module(Entry(id="", **told)))
    except KsbtuiError:
        _keep_draft(journal, told)
        raise
    say_saved(journal, saved, "Logged", as_json)


def _ask_entry(journal: Journal, questions: Questions) -> None:
    course = journal.enrolled
    questions.read("title", "What did you do? A few words.", "", _filled)
    questions.read("minutes", "How long did it take?", DEFAULT_MINUTES, parse_minutes)
    questions.read("day", "Which day?", "today", lambda text: read_day(text, journal))
    learned = questions.text("learned", "What did you learn?")
    offered = _suggest(journal, f"{questions.told['title']}\n{learned}")
    hint = "codes, or the numbers above" if offered else "codes such as K1,S3"
    questions.read(
        "ksbs",
        f"Which KSBs does it show? ({hint}; leave empty for none)",
        "",
        lambda text: parse_codes(
            " ".join(offered.get(word, word) for word in text.replace(",", " ").split()),
            course.standard,
            course.enrolment.option,
        ),
    )
    if any(rule.id == "paid-hours" for rule in course.rules.rules):
        questions.read("paid", "Was it in your paid hours? (yes, no or paid back)", "yes", _paid)
    questions.yes("new_learning", "Was it new to you?")
    question = "A file or link that shows it? (leave empty for none)"
    questions.read(
        "evidence",
        question,
        "",
        lambda text: (journal.evidence.attach(text),) if text else (),
    )
    questions.yes("private", "Keep it private?", "no")
    questions.yes("save", "Save it?")


def _filled(text: str) -> str:
    if not text:
        raise Unreadable("An entry needs a title.", "Describe what you did in a few words.")
    return text


def _paid(text: str) -> str:
    if text.lower() not in PAID:
        raise Unreadable("That is not one of the three answers.", "Type yes, no or paid back.")
    return PAID[text.lower()]


def _suggest(journal: Journal, text: str) -> dict[str, str]:
    """Suggested codes by the number they are said under."""
    found = journal.suggesting.suggest(text, SUGGESTED)
    names = {ksb.code: ksb.name for ksb in journal.enrolled.standard.ksbs}
    if found:
        say("Your words suggest:")
    for number, one in enumerate(found, start=1):
        say(f"  {number}  {one.code}  {cut(names[one.code], 60)}  ({one.band})")
    return {str(number): one.code for number, one in enumerate(found, start=1)}


def _keep_draft(journal: Journal, told: dict[str, Any]) -> None:
    """Keep what was answered as the draft that the entry form offers."""
    if not told:
        return
    from ksbtui.core.entry.typed_entry import TypedEntry
    from ksbtui.journal.entry.drafts import NEW_ENTRY

    draft = TypedEntry(
        title=told.get("title", ""),
        time=f"{told['minutes']}m" if "minutes" in told else "",
        day=told["day"].isoformat() if "day" in told else "today",
        learned=told.get("learned", ""),
        ksbs=" ".join(told.get("ksbs", ())),
    )
    journal.drafts.save(NEW_ENTRY, draft.as_draft())
    say("Saved as a draft. ksbtui offers it the next time you add an entry on the screen.")


def _reflect(journal: Journal, questions: Questions, id: str, template: str, as_json: bool) -> None:
    entry = journal.entries.get(id)
    chosen = journal.reflecting.template(template)
    say(f"{entry.title}, {entry.day.isoformat()}")
    parts = []
    for stage in chosen.stages:
        text = questions.text(stage.heading, f"{stage.heading}. {stage.prompt}")
        if text.strip():
            parts.append(f"{stage.heading}\n{text.strip()}")
    if not parts:
        raise Unreadable(
            "You answered nothing, so the entry has not changed.", "Answer one question."
        )
    learned = "\n\n".join([text for text in (entry.learned.strip(), *parts) if text])
    saved = journal.entries.change(entry.id, learned=learned)
    say_saved(journal, saved, "Changed", as_json)
    for hint in journal.reflecting.hints(saved.entry.learned, entry.id):
        say(f"Hint: {hint.text}")


def _revisit(journal: Journal, questions: Questions, id: str | None, as_json: bool) -> None:
    from ksbtui.core.entry.revisit import QUESTION
    from ksbtui.errors import NotFound

    offer = None if id else journal.revisits.offer()
    if id is None and offer is None:
        raise NotFound(
            "You have no reflection that is old enough yet.",
            "To choose an entry yourself: ksbtui ask --revisit ID",
        )
    entry = offer.entry if offer else journal.entries.get(id or "")
    say(f'{entry.title}, {entry.day.isoformat()}. You wrote: "{journal.revisits.quote(entry)}"')
    learned = questions.text("learned", QUESTION)
    saved = journal.revisits.write(entry.id, learned)
    say_saved(journal, saved, "Logged", as_json)


def _score(text: str) -> int:
    from ksbtui.cli.assessment.practice import read_score
    from ksbtui.core.assessment.discussion import SCORES

    score = read_score(text)
    if score not in SCORES:
        raise Unreadable(f"{score} is not a score.", "Score from 1 (lost) to 4 (assured).")
    return score


def _practise(journal: Journal, questions: Questions, codes: str, as_json: bool) -> None:
    from ksbtui.errors import NotFound
    from ksbtui.journal.assessment.discussion import Given

    deck = journal.discussing.deck(codes)
    if not deck:
        raise NotFound("No question matches.", "To see them all: ksbtui discuss list")
    question, checklist = deck[0], journal.discussing.checklist
    say(f"{question.code}, {question.level}: {question.text}")
    for entry in journal.discussing.evidence_for(question.code, 3):
        say(f"  Yours: {cut(entry.title, 70)}")
    try:
        questions.line("Answer aloud, then press Enter.")
        if question.follow_up:
            questions.line(f"If asked further: {question.follow_up} Then press Enter.")
        items = {str(n): item for n, item in enumerate(checklist.items, start=1)}
        for number, item in items.items():
            say(f"  {number}  {item.label}")
        checked = questions.line("Which of these did you say? (numbers; leave empty for none)")
        ids = tuple(items[word].id for word in checked.replace(",", " ").split() if word in items)
        notes = questions.text("notes", "Notes for next time?")
        scores = ", ".join(f"{score.value} {score.label}" for score in checklist.scores)
        score = questions.read("score", f"How did it go? ({scores})", "", _score)
    except Ended:
        raise Unreadable(
            "There was no score, so nothing was saved.", "Score from 1 to 4."
        ) from None
    made = journal.discussing.answer(question, Given(score, notes, ids))
    if as_json:
        print_json(made.as_json())
        return
    click.echo(f"Saved: {made.code} {made.level}, {made.score} ({checklist.label(made.score)}).")
