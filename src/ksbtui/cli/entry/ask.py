"""``ask``: an entry or an answer, question by question in plain lines; ``revisit``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ksbtui.cli.assessment.practice import print_answer, read_score
from ksbtui.cli.context import (
    complete_ids,
    complete_templates,
    read_codes,
    read_day,
    read_text,
    reporting,
)
from ksbtui.cli.entry.entries import DEFAULT_MINUTES, say_hints, say_saved
from ksbtui.cli.output import cut, print_json, say
from ksbtui.core.assessment.discussion import SCORES
from ksbtui.core.days import full_day
from ksbtui.core.durations import parse_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.revisit import QUESTION, ago_text
from ksbtui.core.entry.typed_entry import TypedEntry
from ksbtui.core.text.text import clean
from ksbtui.errors import KsbtuiError, NotFound, Unreadable
from ksbtui.journal.assessment.discussion import Given
from ksbtui.journal.entry.drafts import NEW_ENTRY
from ksbtui.journal.entry.entries import with_module

if TYPE_CHECKING:
    from ksbtui.core.entry.entries import Evidence
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

    ``answers`` are those so far, by what they are for.
    """

    answers: dict[str, Any] = field(default_factory=dict)

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
                answer = reader(self.line(question, default))
            except KsbtuiError as problem:
                say(problem.message, problem.hint)
            else:
                self.answers[name] = answer
                return answer

    def text(self, name: str, question: str) -> str:
        """Several lines, up to an empty one or the end of the answers."""
        say(f"{question} (end with an empty line)")
        lines: list[str] = []
        while typed := sys.stdin.readline():
            if not typed.strip():
                break
            lines.append(typed.rstrip("\r\n"))
            self.answers[name] = clean("\n".join(lines))
        return str(self.answers.get(name, ""))

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
@reporting
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
    answers = questions.answers
    try:
        _ask_entry(journal, questions)
    except Ended:
        if not answers.get("title"):
            raise Unreadable(
                "There was no title, so nothing was saved.",
                "Answer the first question: what did you do?",
            ) from None
        say("No more answers. The other fields keep their usual values.")
    except KeyboardInterrupt:
        _keep_draft(journal, answers)
        raise
    if answers.pop("save", True) is False:
        say("Nothing was saved.")
        return
    answers.setdefault("minutes", parse_minutes(DEFAULT_MINUTES))
    answers.setdefault("day", journal.as_at)
    try:
        saved = journal.entries.add(with_module(Entry(id="", **answers)))
    except KsbtuiError:
        _keep_draft(journal, answers)
        raise
    say_saved(journal, saved, "Logged", as_json)


def _ask_entry(journal: Journal, questions: Questions) -> None:
    questions.read("title", "What did you do? A few words.", "", _filled)
    questions.read("minutes", "How long did it take?", DEFAULT_MINUTES, parse_minutes)
    questions.read("day", "Which day?", "today", lambda text: read_day(text, journal))
    learned = questions.text("learned", "What did you learn?")
    offered = _suggest(journal, f"{questions.answers['title']}\n{learned}")
    hint = "codes, or the numbers above" if offered else "codes such as K1,S3"

    def codes(text: str) -> tuple[str, ...]:
        words = text.replace(",", " ").split()
        return read_codes(" ".join(offered.get(word, word) for word in words), journal)

    questions.read("ksbs", f"Which KSBs does it show? ({hint}; leave empty for none)", "", codes)
    if any(rule.id == "paid-hours" for rule in journal.enrolled.rules.rules):
        questions.read("paid", "Was it in your paid hours? (yes, no or paid back)", "yes", _paid)
    questions.yes("new_learning", "Was it new to you?")

    def artefacts(text: str) -> tuple[Evidence, ...]:
        return (journal.evidence.attach(text),) if text else ()

    questions.read(
        "evidence", "A file or link that shows it? (leave empty for none)", "", artefacts
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
    """Suggested codes by the number they are listed under."""
    suggestions = journal.suggesting.suggest(text, SUGGESTED)
    names = {ksb.code: ksb.name for ksb in journal.enrolled.standard.ksbs}
    if suggestions:
        say("Your words suggest:")
    for number, ksb in enumerate(suggestions, start=1):
        say(f"  {number}  {ksb.code}  {cut(names[ksb.code], 60)}  ({ksb.band})")
    return {str(number): ksb.code for number, ksb in enumerate(suggestions, start=1)}


def _keep_draft(journal: Journal, answers: dict[str, Any]) -> None:
    """Keep what was answered as the draft that the entry form offers."""
    if not answers:
        return
    draft = TypedEntry(
        title=answers.get("title", ""),
        time=f"{answers['minutes']}m" if "minutes" in answers else "",
        day=answers["day"].isoformat() if "day" in answers else "today",
        learned=answers.get("learned", ""),
        ksbs=" ".join(answers.get("ksbs", ())),
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
    learned = "\n\n".join(filter(None, (entry.learned.strip(), *parts)))
    saved = journal.entries.change(entry.id, learned=learned)
    say_saved(journal, saved, "Changed", as_json)
    say_hints(journal, saved, True)


def _revisit(journal: Journal, questions: Questions, id: str | None, as_json: bool) -> None:
    entry = _to_revisit(journal, id, "ask --revisit")
    say(f'{entry.title}, {entry.day.isoformat()}. You wrote: "{journal.revisits.quote(entry)}"')
    learned = questions.text("learned", QUESTION)
    saved = journal.revisits.write(entry.id, learned)
    say_saved(journal, saved, "Logged", as_json)


def _score(text: str) -> int:
    score = read_score(text)
    if score not in SCORES:
        raise Unreadable(f"{score} is not a score.", "Score from 1 (lost) to 4 (assured).")
    return score


def _practise(journal: Journal, questions: Questions, codes: str, as_json: bool) -> None:
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
    print_answer(journal, journal.discussing.answer(question, Given(score, notes, ids)), as_json)


@click.command()
@click.argument("id", required=False, shell_complete=complete_ids)
@click.option("--learned", metavar="TEXT|-", help="What you would do now; - reads stdin.")
@click.option("-t", "--time", metavar="TIME", help="How long it took. The default is 15m.")
@reporting
def revisit(
    journal: Journal, id: str | None, learned: str | None, time: str | None, as_json: bool
) -> None:
    r"""Return to an old reflection, and write what you would do now.

    \b
    ksbtui revisit                           a suggestion for this week
    ksbtui revisit 3yhv                      one you choose
    ksbtui revisit 3yhv --learned "I would ask the agents first, because …"
    ksbtui ask --revisit                     answer one question at a time

    Your answer is a new entry. Both entries show the link, and your next review shows them
    side by side.
    """
    if id is None and learned is None:
        _show_offer(journal, as_json)
        return
    entry = _to_revisit(journal, id, "revisit")
    if learned is not None:
        fields: dict[str, Any] = {"minutes": parse_minutes(time)} if time else {}
        saved = journal.revisits.write(entry.id, read_text(learned), **fields)
        say_saved(journal, saved, "Logged", as_json)
    elif as_json:
        print_json({"revisit": _json(journal, entry)})
    else:
        ago = ago_text(entry.day, journal.as_at)
        text = f'{ago[:1].upper()}{ago[1:]} you wrote: "{journal.revisits.quote(entry)}"'
        _print(entry, text)


def _to_revisit(journal: Journal, id: str | None, command: str) -> Entry:
    """The entry named, else the one to come back to this week; refuses where there is none."""
    if id:
        return journal.entries.get(id)
    offer = journal.revisits.offer()
    if offer is None:
        raise NotFound(
            "You have no reflection that is old enough yet.",
            f"To choose an entry yourself: ksbtui {command} ID",
        )
    return offer.entry


def _show_offer(journal: Journal, as_json: bool) -> None:
    _ = journal.enrolled
    offer = journal.revisits.offer()
    if as_json:
        document = offer and _json(journal, offer.entry) | {
            "reason": offer.reason,
            "why": offer.why,
        }
        print_json({"revisit": document})
    elif offer is None:
        say("None of your reflections is two months old yet.")
    else:
        _print(offer.entry, offer.text)
        say(offer.why)


def _print(entry: Entry, text: str) -> None:
    click.echo(f"{text}\n{QUESTION}\n")
    click.echo(f"{full_day(entry.day)}  {entry.title}  {' '.join(entry.ksbs)}")
    say(f"To read it: ksbtui show {entry.id}")
    way = f"ksbtui revisit {entry.id} --learned TEXT   (or: ksbtui ask --revisit {entry.id})"
    say(f"To answer: {way}")


def _json(journal: Journal, entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "day": entry.day,
        "title": entry.title,
        "ksbs": list(entry.ksbs),
        "ago": ago_text(entry.day, journal.as_at),
        "quote": journal.revisits.quote(entry),
        "question": QUESTION,
    }
