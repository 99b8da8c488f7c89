"""How well the KSB suggester finds the codes people chose, beside plain TF-IDF and full text.

    python benchmarks/suggest.py [CASES.jsonl|FOLDER] [--standards STANDARDS.json] [--model PACKAGE]

A case is one JSON line: {"source", "text", "standard", "gold": [codes], "learner"} ("codes" and
"tags" are read too). Standards are {ref: {code: statement}} or [{ref, ksbs: [{code, text}]}]; the
shipped ones by default. A folder holds any number of `.jsonl` files and `standards.json`. Without
either the project's own cases are read.

`shown` is what the program would show: nothing where a text has no clear match. `own history` adds
the learner's other texts of the same source, `pack` the texts of other learners of the standard.
The interval is that of the mean, by 1,000 resamplings.
"""

import argparse
import json
import math
import random
import re
import sqlite3
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

import snowballstemmer  # noqa: E402

from ksbtui.core.coverage.suggestions import Suggester  # noqa: E402
from ksbtui.core.text.terms import STOP_WORDS  # noqa: E402

Ranker = Callable[[str], list[str]]
Statements = Mapping[str, str]
Method = Callable[[Statements, str], Ranker]
Choice = Callable[["Case", "Case"], bool]
Meaning = Callable[[Statements], Callable[[str], Mapping[str, float]]]


@dataclass(frozen=True)
class Case:
    """A text, the standard it is tagged against, and the codes a person chose."""

    source: str
    text: str
    standard: str
    gold: frozenset[str]
    learner: str = ""


@dataclass(frozen=True)
class Figures:
    """Means over the cases of one source."""

    recall5: float
    recall10: float
    hit5: float
    cases: int
    interval: tuple[float, float] = (0.0, 0.0)


def read_cases(path: Path) -> list[Case]:
    """Read labelled cases of a file or a folder; a line without text or codes is left out."""
    if path.is_dir():
        return [case for file in sorted(path.glob("*.jsonl")) for case in read_cases(file)]
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line) if line.strip() else {}
        gold = row.get("gold") or row.get("codes") or row.get("tags") or []
        if row.get("text") and gold:
            source = str(row.get("source", "all"))
            learner = str(row.get("learner", path.stem))
            standard = str(row.get("standard", ""))
            cases.append(Case(source, row["text"], standard, frozenset(gold), learner))
    return cases


def read_standards(path: Path) -> dict[str, dict[str, str]]:
    """Read standards as JSON, in either of the two shapes."""
    data: Any = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(data, dict) and isinstance(data.get("standards"), (dict, list)):
        data = data["standards"]
    rows = data if isinstance(data, list) else [{"ref": ref, "ksbs": v} for ref, v in data.items()]
    return {str(row["ref"]): _statements(row["ksbs"]) for row in rows}


def _statements(ksbs: Any) -> dict[str, str]:
    if isinstance(ksbs, dict) and "ksbs" in ksbs:
        return _statements(ksbs["ksbs"])
    if isinstance(ksbs, dict):
        return {code: v if isinstance(v, str) else v["text"] for code, v in ksbs.items()}
    return {row["code"]: row.get("text") or row.get("statement") for row in ksbs}


def shipped() -> tuple[dict[str, dict[str, str]], list[Case]]:
    """Return the shipped standards, and their duties and outcomes as cases."""
    standards, cases = {}, []
    for path in sorted((ROOT / "seed/standards").glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        if "same_as" in data:
            continue  # another version with the same statements
        standards[data["ref"]] = {row["code"]: row["text"] for row in data["ksbs"]}
        for kind in ("duties", "outcomes"):
            for row in data.get(kind, []):
                if row["ksbs"]:
                    gold = frozenset(row["ksbs"])
                    cases.append(Case(f"{data['ref']} {kind}", row["text"], data["ref"], gold))
    return standards, cases


Sources = tuple[dict[str, list[str]], dict[str, str], dict[str, str]]


def sources(ref: str) -> Sources:
    """Read the thesaurus, the hints where a standard ships some, and the known stems."""
    thesaurus = tomllib.loads((ROOT / "seed/thesaurus.toml").read_text(encoding="utf-8"))["ideas"]
    path = ROOT / f"seed/hints/{ref.lower()}.toml"
    hints = tomllib.loads(path.read_text(encoding="utf-8")) if ref and path.exists() else {}
    extra = {code: f"{row['short']}. {row['plain']}" for code, row in hints.items()}
    lines = (ROOT / "seed/stems.txt").read_text(encoding="utf-8").splitlines()
    return thesaurus, extra, {word: stem for word, stem in map(str.split, lines)}


def build(statements: Statements, read: Sources) -> Suggester:
    """Build the product's suggester with a stemmer that has cached nothing yet."""
    stem = snowballstemmer.stemmer("english").stemWord
    return Suggester(list(statements.items()), stem, *read)


def ours(statements: Statements, ref: str = "") -> Ranker:
    """Rank with the product's suggester."""
    suggester = build(statements, sources(ref))

    def rank(text: str) -> list[str]:
        scores = suggester.scores(suggester.read(text))
        return sorted(statements, key=lambda code: -scores.get(code, 0.0))

    return rank


def shown_as(cases: Sequence[Case], with_history: Choice, meaning: Meaning | None = None) -> Method:
    """Show what the product would: some codes, or none. History is asked for by case."""
    by_text = {case.text: case for case in cases}

    def method(statements: Statements, ref: str) -> Ranker:
        suggester = build(statements, sources(ref))
        model = meaning(statements) if meaning else None

        def rank(text: str) -> list[str]:
            earlier = [
                (str(at), case.text, case.gold)
                for at, case in enumerate(cases)
                if case.text != text and with_history(by_text[text], case)
            ]
            history = suggester.history(earlier) if earlier else None
            found = suggester.suggest(
                text, limit=10, history=history, meaning=model(text) if model else None
            )
            return [one.code for one in found]

        return rank

    return method


def nobody(case: Case, other: Case) -> bool:
    """No history."""
    return False


def oneself(case: Case, other: Case) -> bool:
    """The learner's other texts of the same source."""
    return (case.learner, case.source) == (other.learner, other.source)


def others(case: Case, other: Case) -> bool:
    """Texts of other learners of the same standard."""
    return case.learner != other.learner and case.standard == other.standard


def tf_idf(statements: Statements, ref: str = "") -> Ranker:
    """Rank with plain TF-IDF on stemmed words, nothing else."""
    stem = snowballstemmer.stemmer("english").stemWord

    def counts(text: str) -> Counter[str]:
        words = (word for word in re.findall(r"[a-z]+", text.lower()) if word not in STOP_WORDS)
        return Counter(stem(word) for word in words)

    documents = {code: counts(text) for code, text in statements.items()}
    found_in = Counter(term for document in documents.values() for term in document)

    def vector(document: Mapping[str, int]) -> dict[str, float]:
        size = 1 + len(documents)
        weights = {
            term: count * (math.log(size / (1 + found_in[term])) + 1)
            for term, count in document.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}

    vectors = {code: vector(document) for code, document in documents.items()}

    def rank(text: str) -> list[str]:
        query = vector(counts(text))
        scores = {
            code: sum(weight * other.get(term, 0.0) for term, weight in query.items())
            for code, other in vectors.items()
        }
        return sorted(vectors, key=lambda code: -scores[code])

    return rank


def full_text(statements: Statements, ref: str = "") -> Ranker:
    """Rank with SQLite's FTS5: porter stems, bm25, any of the text's words."""
    found = sqlite3.connect(":memory:")
    found.execute("create virtual table ksb using fts5(code unindexed, text, tokenize='porter')")
    found.executemany("insert into ksb values (?, ?)", statements.items())

    def rank(text: str) -> list[str]:
        words = dict.fromkeys(re.findall(r"\w+", text.lower()))
        if not words:
            return []
        query = " OR ".join(f'"{word}"' for word in words)
        sql = "select code from ksb where ksb match ? order by bm25(ksb), rowid"
        return [code for (code,) in found.execute(sql, (query,))]

    return rank


def chance(statements: Statements, ref: str = "") -> Ranker:
    """Rank at random, the same way in every run."""
    dice = random.Random(1)
    return lambda _text: dice.sample(list(statements), len(statements))


def measure(
    method: Method,
    cases: Iterable[Case],
    standards: Mapping[str, Statements],
) -> dict[str, Figures]:
    """Return the figures by source, in the order the sources first appear."""
    rankers: dict[str, Ranker] = {}
    rows: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for case in cases:
        if case.standard not in rankers:
            rankers[case.standard] = method(standards[case.standard], case.standard)
        ranked = rankers[case.standard](case.text)
        found5, found10 = case.gold & set(ranked[:5]), case.gold & set(ranked[:10])
        size = len(case.gold)
        rows[case.source].append((len(found5) / size, len(found10) / size, float(bool(found5))))
    return {source: _figures(found, len(found)) for source, found in rows.items()}


def mean(figures: Mapping[str, Figures]) -> Figures:
    """Return the mean over sources, each source counting the same."""
    rows = [(f.recall5, f.recall10, f.hit5) for f in figures.values()]
    return _figures(rows, sum(f.cases for f in figures.values()))


def _figures(rows: Sequence[tuple[float, float, float]], cases: int) -> Figures:
    recall5, recall10, hit5 = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    dice = random.Random(1)
    values = [row[0] for row in rows]
    means = sorted(sum(dice.choices(values, k=len(values))) / len(values) for _ in range(1_000))
    return Figures(recall5, recall10, hit5, cases, (means[25], means[974]))


PLAIN: dict[str, Method] = {"random": chance, "FTS5 porter": full_text, "TF-IDF": tf_idf}


def show(
    title: str, cases: list[Case], standards: Mapping[str, Statements], methods: dict[str, Method]
) -> None:
    """Print one table: a line a source and a method, and the mean over sources."""
    print(
        f"{title}\n{'source':<24}{'method':<14}{'cases':>6}{'R@5':>8}  {'95 %':<11}{'R@10':>6}",
        end="",
    )
    print(f"{'hit@5':>8}")
    found = {name: measure(method, cases, standards) for name, method in methods.items()}
    for source in [*found["random"], "mean over sources"]:
        for name, figures in found.items():
            row = figures[source] if source in figures else mean(figures)
            low, high = row.interval
            print(
                f"{source:<24}{name:<14}{row.cases:>6}{row.recall5:>8.3f}  "
                f"{low:.2f}-{high:.2f}  {row.recall10:>6.3f}{row.hit5:>8.3f}"
            )
    print()


def show_bands(
    cases: Sequence[Case], standards: Mapping[str, Statements], meaning: Meaning | None
) -> None:
    """Print how often a suggestion of each band was among the codes its author chose."""
    used = {case.standard for case in cases}
    suggesters = {ref: build(found, sources(ref)) for ref, found in standards.items()}
    models = {ref: meaning(standards[ref]) for ref in used} if meaning else {}
    right: dict[str, list[bool]] = defaultdict(list)
    silent = 0
    for case in cases:
        model = models.get(case.standard)
        near = model(case.text) if model else None
        found = suggesters[case.standard].suggest(case.text, meaning=near)
        silent += not found
        for one in found:
            right[one.band].append(one.code in case.gold)
    for band in ("strong", "likely", "weak"):
        hits, shown_at_all = sum(right[band]), max(1, len(right[band]))
        print(f"{band:<7} right {hits}/{len(right[band])} = {hits / shown_at_all:.2f}")
    print(f"no clear match in {silent} texts\n")


def show_times(cases: list[Case], standards: Mapping[str, Statements]) -> None:
    """Print the CPU time of a first index, and of the suggestions for an entry after that."""
    ref = cases[0].standard
    read = sources(ref)
    start = time.process_time()
    suggester = build(standards[ref], read)
    first = time.process_time() - start
    texts = [case.text for case in cases if case.standard == ref]
    for text in texts:
        suggester.suggest(text)
    start = time.process_time()
    for text in texts:
        suggester.suggest(text)
    each = (time.process_time() - start) / len(texts)
    size = len(standards[ref])
    print(f"CPU: first index of {size} KSBs {first * 1e3:.0f} ms; an entry {each * 1e3:.2f} ms")


def read_model(name: str) -> Meaning:
    """Read a sentence model as the program would."""
    from ksbtui.store.meaning import load_model

    model = load_model(name)

    def meaning(statements: Statements) -> Callable[[str], Mapping[str, float]]:
        return model.comparer(statements).similarities

    return meaning


def main() -> None:
    """Read the arguments and print the tables."""
    parser = argparse.ArgumentParser(description="Measure the KSB suggester on labelled cases.")
    parser.add_argument(
        "cases", nargs="?", type=Path, default=ROOT / "benchmarks/suggest_cases.jsonl"
    )
    parser.add_argument("--standards", type=Path, help="JSON; default: the shipped standards")
    parser.add_argument("--model", help="a sentence model: package or folder")
    given = parser.parse_args()
    own, official = shipped()
    beside = given.cases / "standards.json"
    path = given.standards or (beside if given.cases.is_dir() and beside.exists() else None)
    standards = {**own, **(read_standards(path) if path else {})}
    cases = read_cases(given.cases)
    unknown = sorted({case.standard for case in cases} - set(standards))
    if unknown:
        parser.error(f"no statements for {', '.join(unknown)}; give them with --standards")
    cases = [case for case in cases if case.gold & set(standards[case.standard])]
    methods: dict[str, Method] = {
        **PLAIN,
        "shown": shown_as(cases, nobody),
        "own history": shown_as(cases, oneself),
        "pack": shown_as(cases, others),
    }
    model = read_model(given.model) if given.model else None
    if model:
        methods["model"] = shown_as(cases, nobody, model)
    show("Labelled cases", cases, standards, methods)
    show_bands(cases, standards, None)
    if model:
        print("with the model:")
        show_bands(cases, standards, model)
    title = "Published duties and outcomes (no target: their mapping is not the text's)"
    show(title, official, own, {**PLAIN, "ksbtui": ours})
    show_times(cases, standards)


if __name__ == "__main__":
    main()
