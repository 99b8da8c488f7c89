"""Suggested KSBs for a text: nothing is loaded before the first is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ksbtui.core.coverage.examples import MOST_EXAMPLES
from ksbtui.core.coverage.suggestions import HISTORY_LIMIT, Suggester, Suggestion
from ksbtui.core.coverage.term_index import History
from ksbtui.core.text.text import quoted
from ksbtui.errors import KsbtuiError, NotFound
from ksbtui.journal.context import Context
from ksbtui.journal.progress.examples import usable_examples
from ksbtui.journal.progress.progress import Progress
from ksbtui.store.database import rows
from ksbtui.store.files.example_packs import packs_state
from ksbtui.store.meaning import chosen_model, load_model
from ksbtui.store.seed import seeds

if TYPE_CHECKING:
    from ksbtui.core.programme.programmes import Course
    from ksbtui.store.meaning import Comparer

ALL, GAPS, MODULE = "all", "gaps", "module"
FILTERS = (ALL, GAPS, MODULE)
PACK = "pack:"
"""Before the name of an example pack where an entry's id could stand."""


class Suggesting:
    """Suggestions for the present enrolment's standard, from text and the learner's own tags."""

    def __init__(self, context: Context, progress: Progress) -> None:
        self._context = context
        self._progress = progress
        self._built: tuple[str, Suggester] | None = None
        self._learned: tuple[int, str, History] | None = None
        self._packs: tuple[object, History] | None = None
        self._meaning: tuple[str, Comparer | None] = ("", None)
        self.problem = ""
        """Why the sentence model that was chosen is not used; empty where nothing is wrong."""

    def suggest(
        self, text: str, limit: int = 5, only: str = ALL, entry_id: str = ""
    ) -> tuple[Suggestion, ...]:
        """Up to ``limit`` KSBs for a text, best first; ``only`` is one of :data:`FILTERS`.

        ``entry_id`` names the entry the text is of, so that it does not teach itself.
        """
        return self.ready(limit, only, entry_id)(text)

    def ready(
        self, limit: int = 5, only: str = ALL, entry_id: str = ""
    ) -> Callable[[str], tuple[Suggestion, ...]]:
        """Read what :meth:`suggest` needs; what is given back reads nothing more.

        So a thread may run it, which must not touch the journal's connection.
        """
        candidates, course = self._candidates(only), self._context.enrolled
        revision = self._context.revision
        learned = self._learned is not None and self._learned[:2] == (revision, entry_id)
        tagged = () if learned else tuple(self._tagged(entry_id))

        def suggest(text: str) -> tuple[Suggestion, ...]:
            suggester = self._suggester(course)
            if not learned:
                self._learned = (revision, entry_id, suggester.history(tagged))
            return suggester.suggest(
                text,
                limit=limit,
                candidates=candidates,
                history=self._learned[2] if self._learned else None,
                examples=self._examples(suggester, course),
                meaning=self._closeness(text, course),
            )

        return suggest

    def _closeness(self, text: str, course: Course) -> dict[str, float] | None:
        """How close the text is to each KSB by the model that was chosen; None without one."""
        name = chosen_model()
        if not name:
            return None
        key = f"{name}\n{course.standard.id}/{course.enrolment.option}"
        if self._meaning[0] != key:
            self._meaning, self.problem = (key, None), ""
            try:
                ksbs = course.standard.ksbs_of(course.enrolment.option)
                texts = {ksb.code: ksb.text for ksb in ksbs}
                self._meaning = (key, load_model(name).comparer(texts))
            except KsbtuiError as refused:
                self.problem = f"The sentence model is not used. {refused.message}"
        comparer = self._meaning[1]
        return comparer.similarities(text) if comparer else None

    def _examples(self, suggester: Suggester, course: Course) -> History | None:
        """The example packs kept here, read again when one changes; None without any."""
        packs = packs_state()
        if not packs:
            return None
        state = (packs, self._built and self._built[0])
        if self._packs is None or self._packs[0] != state:
            examples = (
                (f"{PACK}{name}", text, codes)
                for name, text, codes in usable_examples(course.standard)
            )
            numbered = (
                (f"{id}#{at}", text, codes) for at, (id, text, codes) in enumerate(examples)
            )
            self._packs = (state, suggester.history(numbered, limit=MOST_EXAMPLES))
        return self._packs[1]

    @property
    def warm(self) -> bool:
        """Whether everything is loaded, so that a short text takes a few milliseconds."""
        learned = self._learned is not None and self._learned[0] == self._context.revision
        return learned and not chosen_model()

    def as_json(self, suggestions: tuple[Suggestion, ...]) -> dict[str, Any]:
        standard = self._context.enrolled.standard
        texts = {ksb.code: ksb.text for ksb in standard.ksbs}
        return {
            "suggestions": [
                {
                    "code": suggestion.code,
                    "score": suggestion.score,
                    "band": suggestion.band,
                    "statement": texts[suggestion.code],
                    "phrases": list(suggestion.phrases),
                    "sentence": suggestion.sentence,
                    "like": None if pack_of(suggestion) else suggestion.like or None,
                    "pack": pack_of(suggestion) or None,
                }
                for suggestion in suggestions
            ]
        }

    def _suggester(self, course: Course) -> Suggester:
        option = course.enrolment.option
        key = f"{course.standard.id}/{option}"
        if self._built is None or self._built[0] != key:
            ksbs = course.standard.ksbs_of(option)
            suggester = Suggester(
                [(ksb.code, ksb.text) for ksb in ksbs],
                seeds.stem,
                seeds.thesaurus(),
                {ksb.code: f"{ksb.short}. {ksb.plain}" for ksb in ksbs if ksb.plain},
                seeds.stems(),
            )
            self._built = (key, suggester)
        return self._built[1]

    def _tagged(self, without: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        enrolment = self._context.enrolled.enrolment.id
        tail = (
            "WHERE deleted_at = '' AND enrolment = ? AND id <> ? AND (notes <> '' OR learned <> '')"
            " AND EXISTS (SELECT 1 FROM entry_ksb WHERE entry_ksb.entry = entry.seq)"
            " ORDER BY day DESC, entry.seq DESC LIMIT ?"
        )
        with self._context.store.guarded() as connection:
            entries = rows.read(connection, tail, (enrolment, without, HISTORY_LIMIT))
        for entry in reversed(entries):
            yield entry.id, text_of(entry.title, entry.notes, entry.learned), entry.ksbs

    def _candidates(self, only: str) -> frozenset[str] | None:
        """The codes a filter leaves; refuses an unknown filter, or no module to filter by."""
        if only == ALL:
            return None
        view = self._progress.view
        if only == GAPS:
            return frozenset(view.coverage.gaps)
        if only != MODULE:
            raise NotFound(f"{quoted(only)} is not a filter.", f"Use one of: {', '.join(FILTERS)}.")
        module = view.plan.module_on(self._context.as_at)
        if module is None:
            raise NotFound("There is no module today.", "Leave --only out, or use --only gaps.")
        return frozenset(module.ksbs)


def pack_of(suggestion: Suggestion) -> str:
    """The example pack whose text led to a suggestion; empty where none did."""
    like = suggestion.like
    return like.removeprefix(PACK).rpartition("#")[0] if like.startswith(PACK) else ""


def text_of(*texts: str) -> str:
    """The texts of an entry as one, as the suggester reads it."""
    return "\n".join(text for text in texts if text)
