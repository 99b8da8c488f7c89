"""Write seed/stems.txt: the stems of the words of the shipped standards, hints and thesaurus.

    python scripts/make_stems.py

The words of the demo learner and of the questions are there too: learners write of the same
work. Stemming is most of the time that a first suggestion takes. A word that is not in the file is
stemmed when met, so the file may lag behind the data; it must not be wrong, which a test checks.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import snowballstemmer

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from ksbtui.core.coverage.suggestions import Suggester  # noqa: E402
from ksbtui.core.text.terms import Reader  # noqa: E402


def texts(value: object) -> Iterator[str]:
    """Every text in a data file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


def main() -> None:
    """Build every shipped standard's suggester, and write down what it asked the stemmer."""
    ideas = tomllib.loads((ROOT / "seed/thesaurus.toml").read_text(encoding="utf-8"))["ideas"]
    english = snowballstemmer.stemmer("english")
    stems: dict[str, str] = {}

    def stem(word: str) -> str:
        stems[word] = english.stemWord(word)
        return stems[word]

    for path in sorted((ROOT / "seed/standards").glob("*.toml")):
        standard = tomllib.loads(path.read_text(encoding="utf-8"))
        if "same_as" in standard:
            continue
        hints = ROOT / f"seed/hints/{standard['ref'].lower()}.toml"
        rows = tomllib.loads(hints.read_text(encoding="utf-8")) if hints.exists() else {}
        extra = {code: f"{row['short']}. {row['plain']}" for code, row in rows.items()}
        Suggester([(row["code"], row["text"]) for row in standard["ksbs"]], stem, ideas, extra)
    reader = Reader(stem, ideas)
    for folder in ("demo", "discussion", "duties"):
        for path in sorted((ROOT / "seed" / folder).glob("*.toml")):
            for text in texts(tomllib.loads(path.read_text(encoding="utf-8"))):
                reader.counts(text)
    lines = (f"{word} {stems[word]}\n" for word in sorted(stems))
    (ROOT / "seed/stems.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
