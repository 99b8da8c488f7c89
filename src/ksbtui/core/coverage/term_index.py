"""Documents as vectors of weighted terms, to be compared with a text by the cosine.

A document's term weighs (1 + ln tf) x idf, with idf = ln((1 + N) / (1 + df)) + 1; a text's term
(1 + ln tf) x the square root of its idf, so that one rare word does not outweigh a whole text.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from ksbtui.core.text.terms import IDEA

Key = TypeVar("Key", bound=Hashable)

EXTRA_WEIGHT = 0.3
ALIKE = 0.05
"""Cosine of two texts of a learner from which one may lead to the codes of the other."""
NEIGHBOURS = 5


class Index(Generic[Key]):
    """Documents by their key, as unit vectors of terms.

    `extra` are further words for a document, which count for little; `ideas` is what an idea of
    the thesaurus weighs beside a word of the text itself.
    """

    def __init__(
        self,
        documents: Mapping[Key, Mapping[str, int]],
        extra: Mapping[Key, Mapping[str, int]] | None = None,
        ideas: float = 1.0,
    ) -> None:
        rarest = math.log(1 + len(documents)) + 1
        found_in = Counter(term for counts in documents.values() for term in counts)
        for counts in (extra or {}).values():
            found_in.update(dict.fromkeys(counts.keys() - found_in.keys(), 0))
        self._ideas = ideas
        self._unknown = math.sqrt(rarest)
        self._idf = {term: rarest - math.log(1 + count) for term, count in found_in.items()}
        self._roots = {term: math.sqrt(idf) for term, idf in self._idf.items()}
        self._vectors: dict[Key, dict[str, float]] = {}
        self._postings: dict[str, list[tuple[Key, float]]] = defaultdict(list)
        for key, counts in documents.items():
            vector = self._weigh(counts, self._idf)
            for term, weight in self._weigh((extra or {}).get(key, {}), self._idf).items():
                vector[term] = vector.get(term, 0.0) + EXTRA_WEIGHT * weight
            self._vectors[key] = _unit(vector)
            for term, weight in self._vectors[key].items():
                self._postings[term].append((key, weight))

    def query(self, counts: Mapping[str, int]) -> dict[str, float]:
        """Return the unit vector of a text, by how often each of its terms occurs."""
        return _unit(self._weigh(counts, self._roots))

    def contributions(self, query: Mapping[str, float], key: Key) -> dict[str, float]:
        """Return what each term of a text's vector adds to its cosine with one document."""
        vector = self._vectors.get(key, {})
        return {term: query[term] * vector[term] for term in query if term in vector}

    def scores(self, query: Mapping[str, float]) -> dict[Key, float]:
        """Return the cosine with every document that shares a term with a text's vector."""
        cosines: dict[Key, float] = defaultdict(float)
        for term, weight in query.items():
            for key, other in self._postings.get(term, ()):
                cosines[key] += weight * other
        return cosines

    def _weigh(self, counts: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
        log, ideas, unknown = math.log, self._ideas, self._unknown
        return {
            term: (
                rarity.get(term, unknown)
                * (1.0 if count == 1 else 1 + log(count))
                * (ideas if term[0] == IDEA else 1.0)
            )
            for term, count in counts.items()
        }


class Lead(NamedTuple):
    """What earlier texts say for a code.

    `weight` is the sum of squared similarities of the five most similar texts tagged so;
    `similarity` and `nearest` are the most similar one's cosine and id.
    """

    weight: float
    similarity: float
    nearest: str


class History:
    """Texts whose tags a person confirmed, to be compared with a new one.

    `codes` are the tags by id; `order` says which of two equally similar texts is the newer.
    """

    def __init__(
        self, index: Index[str], codes: Mapping[str, frozenset[str]], order: Mapping[str, int]
    ) -> None:
        self._index = index
        self._codes = codes
        self._order = order

    def lead_to(self, counts: Mapping[str, int]) -> dict[str, Lead]:
        """Return where the most similar texts lead; those less similar than 0.05 lead nowhere."""
        alike = [
            (s, id_)
            for id_, s in self._index.scores(self._index.query(counts)).items()
            if s >= ALIKE
        ]
        alike.sort(key=lambda pair: (-pair[0], -self._order[pair[1]]))
        near: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for similarity, id_ in alike:
            for code in self._codes[id_]:
                near[code].append((similarity, id_))
        return {
            code: Lead(sum(s * s for s, _ in texts[:NEIGHBOURS]), *texts[0])
            for code, texts in near.items()
        }


def merged(leads: Iterable[Mapping[str, Lead]]) -> dict[str, Lead]:
    """Add up where several histories lead; the most similar text stands for a code."""
    together: dict[str, Lead] = {}
    for each in leads:
        for code, lead in each.items():
            before = together.get(code, lead)
            nearest = max(before, lead, key=lambda lead: lead.similarity)
            weight = lead.weight + (before.weight if code in together else 0.0)
            together[code] = nearest._replace(weight=weight)
    return together


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {term: weight / length for term, weight in vector.items()}
