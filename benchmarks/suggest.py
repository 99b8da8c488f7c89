"""How well the KSB suggester finds the codes people chose, beside chance and full-text search.

    python benchmarks/suggest.py CASES.jsonl [--standards STANDARDS.json]

A case is one JSON line: {"source", "text", "standard", "gold": [codes]} ("codes" and "tags" are
read too). Standards are {ref: {code: statement}} or [{ref, ksbs: [{code, text}]}]; the shipped
ones by default. Without CASES the project's own cases are read.
"""

import argparse
import json
import random
import re
import sqlite3
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

import snowballstemmer  # noqa: E402

from ksbtui.core.coverage.suggestions import Suggester  # noqa: E402

Ranker = Callable[[str], list[str]]
Statements = Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """A text, the standard it is tagged against, and the codes a person chose."""

    source: str
    text: str
    standard: str
    gold: frozenset[str]


@dataclass(frozen=True)
class Figures:
    """Means over the cases of one source."""

    recall5: float
    recall10: float
    hit5: float
    cases: int


def read_cases(path: Path) -> list[Case]:
    """Read labelled cases; a line without text or codes is left out."""
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line) if line.strip() else {}
        gold = row.get("gold") or row.get("codes") or row.get("tags") or []
        if row.get("text") and gold:
            source = str(row.get("source", "all"))
            cases.append(Case(source, row["text"], str(row.get("standard", "")), frozenset(gold)))
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
    return lambda text: [code for code, _ in suggester.ranking(text)]


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
    method: Callable[[Statements, str], Ranker],
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
    return Figures(recall5, recall10, hit5, cases)


METHODS = {"random": chance, "FTS5 porter": full_text, "ksbtui": ours}


def show(title: str, cases: list[Case], standards: Mapping[str, Statements]) -> None:
    """Print one table: a line a source and a method, and the mean over sources."""
    print(f"{title}\n{'source':<22}{'method':<14}{'cases':>6}{'R@5':>8}{'R@10':>8}{'hit@5':>8}")
    found = {name: measure(method, cases, standards) for name, method in METHODS.items()}
    for source in [*found["random"], "mean over sources"]:
        for name, figures in found.items():
            row = figures[source] if source in figures else mean(figures)
            print(
                f"{source:<22}{name:<14}{row.cases:>6}"
                f"{row.recall5:>8.3f}{row.recall10:>8.3f}{row.hit5:>8.3f}"
            )
    print()


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


def main() -> None:
    """Read the arguments and print the tables."""
    parser = argparse.ArgumentParser(description="Measure the KSB suggester on labelled cases.")
    parser.add_argument(
        "cases", nargs="?", type=Path, default=ROOT / "benchmarks/suggest_cases.jsonl"
    )
    parser.add_argument("--standards", type=Path, help="JSON; default: the shipped standards")
    given = parser.parse_args()
    own, official = shipped()
    standards = {**own, **(read_standards(given.standards) if given.standards else {})}
    cases = read_cases(given.cases)
    unknown = sorted({case.standard for case in cases} - set(standards))
    if unknown:
        parser.error(f"no statements for {', '.join(unknown)}; give them with --standards")
    cases = [case for case in cases if case.gold & set(standards[case.standard])]
    show("Labelled cases", cases, standards)
    show(
        "Published duties and outcomes (no target: their mapping is not the text's)", official, own
    )
    show_times(cases, standards)


if __name__ == "__main__":
    main()
