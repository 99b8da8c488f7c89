"""Which KSBs a text speaks of: suggestions for the learner to accept or leave, never a tag.

Method: terms (`core.wording`) weighted by TF-IDF; the cosine of the text with each statement; for a
text of more than three sentences the best run of three sentences counts as much as the whole.
Plain arithmetic on the statements: nothing is trained, downloaded or sent.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ksbtui.core.text.terms import Reader, Sentence, Span

Key = TypeVar("Key", bound=Hashable)

STRONG, LIKELY, WEAK = "strong", "likely", "weak"
BANDS = ((0.12, STRONG), (0.08, LIKELY), (0.02, WEAK))
"""Least score of each band; a code below the last is hidden. See docs/DECISIONS.md."""

CLEAR = 0.03
"""A text whose best score is below this has no clear match, and nothing is suggested for it."""

WINDOW = 3
PHRASES = 3
WEAK_WORD_WEIGHT = 0.5
EXTRA_WEIGHT = 0.3
FROM_TEXT = 2
HISTORY_WEIGHT = 0.5
HISTORY_NEIGHBOURS = 5
HISTORY_LIMIT = 500
HISTORY_ALIKE = 0.2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One KSB that a text seems to speak of, with the reason.

    `score` is a cosine from 0 to 1; `phrases` up to three pieces of the text as written, and
    `sentence` the one that fits best; `like` the id of the learner's own entry that led there, or
    empty when the text alone did.
    """

    code: str
    score: float
    band: str
    phrases: tuple[str, ...]
    sentence: str
    like: str = ""


class Index(Generic[Key]):
    """Documents as unit vectors of weighted terms: (1 + ln tf) x (ln((1+N) / (1+df)) + 1)."""

    def __init__(
        self,
        documents: Mapping[Key, Mapping[str, int]],
        weak: Collection[str] = (),
        extra: Mapping[Key, Mapping[str, int]] | None = None,
    ) -> None:
        self._weak = weak
        self._size = len(documents)
        self._found_in = Counter(term for counts in documents.values() for term in counts)
        self._postings: dict[str, list[tuple[Key, float]]] = defaultdict(list)
        for key, counts in documents.items():
            vector = self._weigh(counts)
            for term, weight in self._weigh((extra or {}).get(key, {})).items():
                vector[term] = vector.get(term, 0.0) + EXTRA_WEIGHT * weight
            for term, weight in _unit(vector).items():
                self._postings[term].append((key, weight))

    def contributions(self, counts: Mapping[str, int], key: Key) -> dict[str, float]:
        """Return what each term adds to the cosine of these counts with one document."""
        return {
            term: weight * other
            for term, weight in _unit(self._weigh(counts)).items()
            for at, other in self._postings.get(term, ())
            if at == key
        }

    def scores(self, counts: Mapping[str, int]) -> dict[Key, float]:
        """Return the cosine with every document that shares a term with these counts."""
        found: dict[Key, float] = defaultdict(float)
        for term, weight in _unit(self._weigh(counts)).items():
            for key, other in self._postings.get(term, ()):
                found[key] += weight * other
        return found

    def _weigh(self, counts: Mapping[str, int]) -> dict[str, float]:
        rarest = math.log(1 + self._size) + 1
        return {
            term: (WEAK_WORD_WEIGHT if term in self._weak else 1.0)
            * (1 + math.log(count))
            * (rarest - math.log(1 + self._found_in[term]))
            for term, count in counts.items()
        }


class History:
    """The learner's own confirmed tags, ready to compare with: made by `Suggester.history`."""

    def __init__(
        self, index: Index[str], codes: Mapping[str, frozenset[str]], order: Mapping[str, int]
    ) -> None:
        self._index = index
        self._codes = codes
        self._order = order

    def lead_to(self, counts: Mapping[str, int]) -> dict[str, tuple[float, str]]:
        """Return for each code the weight of the most similar entries and the nearest one's id.

        The weight is the sum of squared similarities of the five most similar entries tagged so;
        entries less similar than 0.2 lead nowhere.
        """
        alike = [(s, id_) for id_, s in self._index.scores(counts).items() if s >= HISTORY_ALIKE]
        alike.sort(key=lambda pair: (-pair[0], -self._order[pair[1]]))
        near: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for similarity, id_ in alike:
            for code in self._codes[id_]:
                near[code].append((similarity, id_))
        return {
            code: (sum(s * s for s, _ in entries[:HISTORY_NEIGHBOURS]), entries[0][1])
            for code, entries in near.items()
        }


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
        self._index = Index(
            {code: self._counts(f"{code}: {statement}") for code, statement in ksbs},
            self._reader.weak,
            {code: self._counts(text) for code, text in (extra or {}).items()},
        )

    def history(self, entries: Iterable[tuple[str, str, Collection[str]]]) -> History:
        """Prepare the learner's (id, text, confirmed codes), oldest first, for `suggest`.

        Only the newest 500 entries that carry a code of this standard are kept.
        """
        known = set(self._codes)
        kept = [(id_, text, known.intersection(codes)) for id_, text, codes in entries]
        kept = [entry for entry in kept if entry[2]][-HISTORY_LIMIT:]
        return History(
            Index({id_: self._counts(text) for id_, text, _ in kept}, self._reader.weak),
            {id_: frozenset(codes) for id_, _, codes in kept},
            {id_: at for at, (id_, _, _) in enumerate(kept)},
        )

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """Return every code with its score, best first; codes that share no term score 0."""
        return self._ranked(self._scores(self._reader.read(text)), self._codes)

    def suggest(
        self,
        text: str,
        *,
        limit: int = 5,
        candidates: Collection[str] | None = None,
        history: History | None = None,
    ) -> tuple[Suggestion, ...]:
        """Return up to `limit` KSBs, the best first; none for a text without a clear match.

        `candidates` restricts the codes. `history` never touches the first two places: it orders
        the later ones, and may bring in a code that the text alone would not.
        """
        sentences = self._reader.read(text)
        scores = self._scores(sentences)
        codes = [code for code in self._codes if candidates is None or code in candidates]
        ranked = self._ranked(scores, codes)
        likes: dict[str, str] = {}
        if history:
            ranked, likes = self._with_history(ranked, history.lead_to(_sum(sentences)))
        clear = any(score >= CLEAR for _, score in ranked)
        shown = [pair for pair in ranked if (clear and band_of(pair[1])) or pair[0] in likes]
        return tuple(
            self._explain(text, sentences, code, score, likes.get(code, ""))
            for code, score in shown[: max(0, limit)]
        )

    def _counts(self, text: str) -> Counter[str]:
        return _sum(self._reader.read(text))

    def _scores(self, sentences: Sequence[Sentence]) -> dict[str, float]:
        """Return the score of each code: cosine of the whole, and of the best window if longer.

        The two are averaged in units of their own spread, which orders the codes as the sum of
        their z-scores does and stays on the scale of a cosine.
        """
        whole = self._index.scores(_sum(sentences))
        if len(sentences) <= WINDOW or not whole:
            return whole
        best: dict[str, float] = defaultdict(float)
        for at in range(len(sentences) - WINDOW + 1):
            for code, score in self._index.scores(_sum(sentences[at : at + WINDOW])).items():
                best[code] = max(best[code], score)
        spread_whole, spread_best = self._spread(whole), self._spread(best)
        if not spread_whole or not spread_best:
            return whole
        share = spread_best / (spread_whole + spread_best)
        return {code: share * whole[code] + (1 - share) * best[code] for code in whole}

    def _spread(self, scores: Mapping[str, float]) -> float:
        """Return the standard deviation over all codes."""
        values = [scores.get(code, 0.0) for code in self._codes]
        mean = sum(values) / len(values)
        return math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))

    def _ranked(
        self, scores: Mapping[str, float], codes: Collection[str]
    ) -> list[tuple[str, float]]:
        # the sort is stable: ties keep the order of the standard
        return sorted(((code, scores.get(code, 0.0)) for code in codes), key=lambda pair: -pair[1])

    def _with_history(
        self, ranked: list[tuple[str, float]], led: Mapping[str, tuple[float, str]]
    ) -> tuple[list[tuple[str, float]], dict[str, str]]:
        """Reorder what stands after the second place by text and history together."""
        clear = [pair for pair in ranked[:FROM_TEXT] if band_of(pair[1])]
        rest = ranked[len(clear) :]
        weights = {code: led[code][0] for code, _ in rest if code in led}
        spread_text = self._spread(dict(ranked)) or 1.0
        spread_led = self._spread(weights)
        if not weights or not spread_led:
            return ranked, {}
        rest.sort(
            key=lambda pair: (
                -(pair[1] / spread_text + HISTORY_WEIGHT * weights.get(pair[0], 0.0) / spread_led)
            )
        )
        return clear + rest, {code: led[code][1] for code in weights}

    def _explain(
        self, text: str, sentences: Sequence[Sentence], code: str, score: float, like: str
    ) -> Suggestion:
        """Find the sentence and the learner's own words that speak most for one code."""
        best = max(
            sentences,
            key=lambda one: sum(self._index.contributions(one.counts(), code).values()),
        )
        parts = self._index.contributions(_sum(sentences), code)
        weights: dict[Span, float] = defaultdict(float)
        for term, weight in parts.items():
            holder = next(one for one in (best, *sentences) if term in one.terms)
            weights[holder.terms[term][0]] += weight
        phrases = tuple(text[start:end] for start, end in _foremost(weights))
        sentence = text[best.span.start : best.span.end]
        return Suggestion(code, round(score, 4), band_of(score) or WEAK, phrases, sentence, like)


def band_of(score: float) -> str:
    """Return "strong", "likely" or "weak", or an empty string for no clear match."""
    return next((band for least, band in BANDS if score >= least), "")


def split(
    suggestions: Sequence[Suggestion],
) -> tuple[tuple[Suggestion, ...], tuple[Suggestion, ...]]:
    """Return knowledge and skills, then behaviours, each in the order given."""
    behaviours = tuple(one for one in suggestions if one.code.startswith("B"))
    return tuple(one for one in suggestions if one not in behaviours), behaviours


def _sum(sentences: Iterable[Sentence]) -> Counter[str]:
    total: Counter[str] = Counter()
    for sentence in sentences:
        for term, spans in sentence.terms.items():
            total[term] += len(spans)
    return total


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {term: weight / length for term, weight in vector.items()}


def _foremost(weights: Mapping[Span, float]) -> list[Span]:
    """Return up to three spans of the greatest weight that do not overlap, in text order."""
    chosen: list[Span] = []
    for span in sorted(weights, key=lambda span: (-weights[span], span)):
        if len(chosen) < PHRASES and all(
            span.end <= other.start or other.end <= span.start for other in chosen
        ):
            chosen.append(span)
    return sorted(chosen)
