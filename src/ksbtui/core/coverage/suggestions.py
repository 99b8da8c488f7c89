"""Which KSBs a text speaks of, for the learner to accept or leave; and finding a KSB by its words.

Method: the cosine of the text with each statement (`term_index`); for a text of more than three
sentences the mean of its three best sentences counts as much as the whole. What a person tagged
before adds half as much again. Plain arithmetic: nothing is trained, downloaded or sent.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from ksbtui.core.coverage.coverage import KsbState
from ksbtui.core.coverage.term_index import ALIKE, History, Index, Lead, merged
from ksbtui.core.text.terms import IDEA, Reader, Sentence, Span

STRONG, LIKELY, WEAK = "strong", "likely", "weak"
BANDS = ((0.15, 3, STRONG), (0.13, 2, LIKELY), (0.02, 1, WEAK))
"""Least score and least number of telling words of each band. See docs/DECISIONS.md."""

CLEAR = 0.04
"""A text whose best telling score is below this has no clear match: it gets no suggestion."""

LOOKED_AT = 10
SENTENCES = 3
PHRASES = 3
HISTORY_SHARE = 0.5
HISTORY_LIMIT = 500
LEADS_ALONE = 0.2
"""Similarity from which an earlier text may lead to a code that this text does not speak of."""
MEANING_SHARE = 1.0
MEANING_BANDS = ((0.65, STRONG), (0.53, LIKELY), (0.26, WEAK))
"""Least similarity by the sentence model (MiniLM's scale) of each band."""

FEW_IDEAS, MANY_IDEAS = 3.0, 5.0
FEW_IDEAS_WEIGHT = 0.25
"""An idea of the thesaurus weighs this in a standard whose statements hold three ideas or fewer
on average, and as much as a word from five up: there the thesaurus knows the standard's subject."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One KSB that a text seems to speak of, with the reason.

    `score` is on the scale of a cosine; `phrases` up to three pieces of the text as written, and
    `sentence` the one that fits best; `like` the id of the earlier text that led there, or empty
    when the text alone did.
    """

    code: str
    score: float
    band: str
    phrases: tuple[str, ...]
    sentence: str
    like: str = ""


class ReadText:
    """A text as read: its sentences, their terms, and the vectors of the whole and of each."""

    def __init__(self, text: str, reader: Reader, index: Index[str]) -> None:
        self.text = text
        self.sentences = reader.read(text)
        self.counts = reader.counts(text)
        self.whole = index.query(self.counts)
        self._index = index

    @cached_property
    def each(self) -> list[tuple[Sentence, dict[str, float]]]:
        return [(sentence, self._index.query(sentence.counts())) for sentence in self.sentences]


class Suggester:
    """Suggests the KSBs of one standard; built once for it, never changed by a call.

    `ksbs` are (code, statement); `stem` gives the stem of a lower-case English word; `synonyms` is
    the thesaurus (idea: words); `extra` are further words for a code, which count for little;
    `stems` are stems known beforehand (`seed/stems.txt`), which halve the time of building.
    """

    def __init__(
        self,
        ksbs: Sequence[tuple[str, str]],
        stem: Callable[[str], str],
        synonyms: Mapping[str, Sequence[str]] | None = None,
        extra: Mapping[str, str] | None = None,
        stems: Mapping[str, str] | None = None,
    ) -> None:
        self._reader = Reader(stem, synonyms, stems)
        self._codes = tuple(code for code, _ in ksbs)
        statements = {code: self._reader.counts(statement) for code, statement in ksbs}
        self._index = Index(
            statements,
            {code: self._reader.counts(text) for code, text in (extra or {}).items()},
            _weight_of_ideas(statements.values()),
        )

    def history(
        self, entries: Iterable[tuple[str, str, Collection[str]]], limit: int = HISTORY_LIMIT
    ) -> History:
        """Prepare (id, text, confirmed codes), oldest first, for `suggest`.

        Only the newest `limit` texts that carry a code of this standard are tagged.
        """
        known = set(self._codes)
        tagged = [(id_, text, known.intersection(codes)) for id_, text, codes in entries]
        tagged = [entry for entry in tagged if entry[2]][-limit:]
        return History(
            Index(
                {id_: self._reader.counts(text) for id_, text, _ in tagged}, ideas=FEW_IDEAS_WEIGHT
            ),
            {id_: frozenset(codes) for id_, _, codes in tagged},
            {id_: at for at, (id_, _, _) in enumerate(tagged)},
        )

    def read(self, text: str) -> ReadText:
        """Read a text once, for whatever is asked of it."""
        return ReadText(text, self._reader, self._index)

    def suggest(
        self,
        text: str,
        *,
        limit: int = 5,
        candidates: Collection[str] | None = None,
        history: History | None = None,
        examples: History | None = None,
        meaning: Mapping[str, float] | None = None,
    ) -> tuple[Suggestion, ...]:
        """Return up to `limit` KSBs, the best first; none for a text without a clear match.

        `candidates` restricts the codes. `history`, the learner's own tags, and `examples`, other
        people's, may bring in a code that the text alone would not; `meaning` is each code's
        similarity by a sentence model, where there is one.
        """
        read = self.read(text)
        led = merged(texts.lead_to(read.counts) for texts in (examples, history) if texts)
        spoken = self.scores(read)
        scores = self._with(self._with(spoken, {}, meaning), led, None)
        codes = [code for code in self._codes if candidates is None or code in candidates]
        clear = self._clear(read, self._ranked(spoken, codes)) or any(
            map(band_of_meaning, (meaning or {}).values())
        )
        alike = ALIKE if clear else LEADS_ALONE
        suggestions: list[Suggestion] = []
        for code, score in self._ranked(scores, codes):
            if len(suggestions) >= limit or score < BANDS[-1][0]:
                break
            band = ""
            if clear:
                by_words = band_of(spoken.get(code, 0.0), self._telling(read, code))
                by_meaning = band_of_meaning((meaning or {}).get(code, 0.0))
                band = min(by_words, by_meaning, key=_BAND_NAMES.index)
            lead = led.get(code)
            like = lead.nearest if not band and lead and lead.similarity >= alike else ""
            if like or band:
                suggestions.append(self._explain(read, code, score, band or WEAK, like))
        return tuple(suggestions)

    def _clear(self, read: ReadText, ranked: Iterable[tuple[str, float]]) -> bool:
        """Whether the text speaks of anything: a good score, and not by everyday words alone."""
        best = (code for code, score in islice(ranked, LOOKED_AT) if score >= CLEAR)
        return any(self._telling(read, code) for code in best)

    def _with(
        self,
        scores: Mapping[str, float],
        led: Mapping[str, Lead],
        meaning: Mapping[str, float] | None,
    ) -> dict[str, float]:
        """Add history and meaning, each in units of its own spread, on the scale of a cosine."""
        total = defaultdict(float, scores)
        spread = self._spread(scores) or LEADS_ALONE
        least = min((meaning or {}).values(), default=0.0)
        closeness = {code: value - least for code, value in (meaning or {}).items()}
        weights = {code: lead.weight for code, lead in led.items()}
        for added, share in ((weights, HISTORY_SHARE), (closeness, MEANING_SHARE)):
            unit = share * spread / (self._spread(added) or 1.0)
            for code, value in added.items():
                total[code] += unit * value
        return total

    def _telling(self, read: ReadText, code: str) -> int:
        """Return how many different telling words of the text speak for a code."""
        shared = self._index.contributions(read.whole, code)
        terms = [term for term in shared if term[0] == IDEA or " " not in term]
        spans = {
            span
            for sentence in read.sentences
            for term in terms
            for span in sentence.terms.get(term, ())
        }
        words = " ".join(read.text[span.start : span.end] for span in spans)
        return len(self._reader.telling(words))

    def scores(self, read: ReadText) -> dict[str, float]:
        """Return each code's cosine with the whole; with the best sentences too where many.

        The two are averaged in units of their own spread, which orders the codes as the sum of
        their z-scores does and stays on the scale of a cosine.
        """
        whole = self._index.scores(read.whole)
        if len(read.sentences) <= SENTENCES or not whole:
            return whole
        scores: dict[str, list[float]] = defaultdict(list)
        for _, query in read.each:
            for code, score in self._index.scores(query).items():
                scores[code].append(score)
        best = {code: sum(sorted(each)[-SENTENCES:]) / SENTENCES for code, each in scores.items()}
        spread_whole, spread_best = self._spread(whole), self._spread(best)
        if not spread_whole or not spread_best:
            return whole
        share = spread_best / (spread_whole + spread_best)
        return {code: share * whole[code] + (1 - share) * best[code] for code in whole}

    def _spread(self, scores: Mapping[str, float]) -> float:
        values = [scores.get(code, 0.0) for code in self._codes]
        if not values:
            return 0.0
        mean = sum(values) / len(values)
        return math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))

    def _ranked(
        self, scores: Mapping[str, float], codes: Collection[str]
    ) -> list[tuple[str, float]]:
        # the sort is stable: ties keep the order of the standard
        return sorted(((code, scores.get(code, 0.0)) for code in codes), key=lambda pair: -pair[1])

    def _explain(self, read: ReadText, code: str, score: float, band: str, like: str) -> Suggestion:
        """Find the sentence and the learner's own words that speak most for one code."""
        best, _ = max(
            read.each, key=lambda each: sum(self._index.contributions(each[1], code).values())
        )
        weights: dict[Span, float] = defaultdict(float)
        for term, weight in self._index.contributions(read.whole, code).items():
            holder = next(s for s in (best, *read.sentences) if term in s.terms)
            weights[holder.terms[term][0]] += weight
        phrases = tuple(read.text[start:end] for start, end in _foremost(weights))
        sentence = read.text[best.span.start : best.span.end]
        return Suggestion(code, round(score, 4), band, phrases, sentence, like)


def band_of(score: float, telling: int) -> str:
    """Return "strong", "likely" or "weak", or an empty string for no clear match."""
    return next((band for least, words, band in BANDS if score >= least and telling >= words), "")


def band_of_meaning(similarity: float) -> str:
    """The band of a sentence model's similarity; empty for none."""
    return next((band for least, band in MEANING_BANDS if similarity >= least), "")


_BAND_NAMES = (STRONG, LIKELY, WEAK, "")


def split(
    suggestions: Sequence[Suggestion],
) -> tuple[tuple[Suggestion, ...], tuple[Suggestion, ...]]:
    """Return knowledge and skills, then behaviours, each in the order given."""
    behaviours = tuple(each for each in suggestions if each.code.startswith("B"))
    return tuple(each for each in suggestions if each not in behaviours), behaviours


def _weight_of_ideas(statements: Collection[Mapping[str, int]]) -> float:
    """Return what an idea of the thesaurus weighs in a standard: see `FEW_IDEAS_WEIGHT`."""
    ideas = [sum(term[0] == IDEA for term in counts) for counts in statements]
    mean = sum(ideas) / len(ideas) if ideas else 0.0
    share = min(1.0, max(0.0, (mean - FEW_IDEAS) / (MANY_IDEAS - FEW_IDEAS)))
    return FEW_IDEAS_WEIGHT + share * (1 - FEW_IDEAS_WEIGHT)


def _foremost(weights: Mapping[Span, float]) -> list[Span]:
    """Return up to three spans of the greatest weight that do not overlap, in text order."""
    chosen: list[Span] = []
    for span in sorted(weights, key=lambda span: (-weights[span], span)):
        if len(chosen) < PHRASES and all(
            span.end <= other.start or other.end <= span.start for other in chosen
        ):
            chosen.append(span)
    return sorted(chosen)


LEAD = 24
"""Characters shown before the first word found in a long statement."""


@dataclass(frozen=True, slots=True)
class Match:
    """A KSB that fits: what to show of it, and where in that the query stands."""

    ksb: KsbState
    snippet: str
    spans: tuple[tuple[int, int], ...] = ()


def matches(ksbs: Iterable[KsbState], query: str) -> list[Match]:
    """Every KSB that fits ``query``, best first: its code, a code it begins, then words.

    All words must stand in statement, short name or hint; the order within a rank is that
    of the standard. An empty query fits all, shown from their beginning.
    """
    words = query.casefold().split()
    ranked = [(rank, ksb) for ksb in ksbs if (rank := _rank(ksb, words)) is not None]
    ranked.sort(key=lambda each: each[0])  # stable: the order of the standard within a rank
    return [_match(ksb, words if rank > 1 else []) for rank, ksb in ranked]


def _rank(ksb: KsbState, words: list[str]) -> int | None:
    """0 the code itself, 1 a code that begins so, 2 words of the name, 3 of the rest."""
    if not words:
        return 1
    if len(words) == 1:
        code = ksb.code.casefold()
        typed = re.sub(r"^([ksb])0+(?=[1-9])", r"\1", words[0])
        if typed == code:
            return 0
        if code.startswith(typed):
            return 1
    name = ksb.name.casefold()
    if all(word in name for word in words):
        return 2
    text = f"{name} {ksb.statement} {ksb.plain}".casefold()
    return 3 if all(word in text for word in words) else None


def _match(ksb: KsbState, words: list[str]) -> Match:
    text = ksb.statement
    first = min((at for word in words if (at := text.casefold().find(word)) >= 0), default=0)
    if first > LEAD:
        text = f"… {text[text.rfind(' ', 0, first - LEAD // 2) + 1 :]}"
    lowered = text.casefold()
    spans: list[tuple[int, int]] = []
    for at, word in sorted((at, word) for word in words if (at := lowered.find(word)) >= 0):
        if not spans or at >= spans[-1][1]:
            spans.append((at, at + len(word)))
    return Match(ksb, text, tuple(spans))
