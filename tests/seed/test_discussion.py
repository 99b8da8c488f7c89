"""The question bank is complete, speakable and free of repeats."""

import re
import tomllib
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "seed" / "discussion"
LEVELS = ["describe", "justify", "evaluate"]
TYPES = {"st1512": {"K": 29, "S": 29, "B": 6}, "au0002": {"K": 15, "S": 14}}
MAY_END_IN_A_STOP = ("Tell me about", "Walk me through")


def load(name: str) -> dict[str, object]:
    """The parsed file of that name."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def bank(name: str) -> dict[str, dict[str, str]]:
    """The questions of a standard by code and level."""
    return {c: q for c, q in load(name).items() if isinstance(q, dict)}


def questions(name: str) -> list[str]:
    """Every question of a file in its order."""
    return [text for levels in bank(name).values() for text in levels.values()]


@pytest.mark.parametrize("name", TYPES)
def test_every_ksb_has_its_three_questions(name: str) -> None:
    codes = [f"{t}{n}" for t, last in TYPES[name].items() for n in range(1, last + 1)]
    assert list(bank(name)) == codes
    assert all(list(levels) == LEVELS for levels in bank(name).values())


@pytest.mark.parametrize(("name", "version"), [("st1512", "2.0"), ("au0002", "1.0")])
def test_a_file_says_which_standard_it_serves(name: str, version: str) -> None:
    head = load(name)
    assert (head["standard"], head["version"]) == (name.upper(), version)


@pytest.mark.parametrize("name", TYPES)
def test_a_question_can_be_asked_aloud(name: str) -> None:
    for text in questions(name):
        assert len(text.split()) <= 30, text
        assert re.search(r"\b(you|your|yours|yourself)\b", text, re.IGNORECASE), text
        assert text[0].isupper(), text
        assert text == " ".join(text.split()), text
        assert text.count("?") <= 2, text
        assert "!" not in text, text
        assert text.endswith("?" if not text.startswith(MAY_END_IN_A_STOP) else ("?", ".")), text


@pytest.mark.parametrize("name", TYPES)
def test_no_two_questions_are_nearly_equal(name: str) -> None:
    texts = questions(name)
    match = SequenceMatcher(autojunk=False)
    for i, text in enumerate(texts):
        match.set_seq2(text)
        for other in texts[i + 1 :]:
            match.set_seq1(other)
            near = match.real_quick_ratio() >= 0.9 and match.quick_ratio() >= 0.9
            assert not (near and match.ratio() >= 0.9), (text, other)


def test_the_two_standards_share_no_question() -> None:
    assert not set(questions("st1512")) & set(questions("au0002"))


@pytest.mark.parametrize("name", TYPES)
def test_openings_vary(name: str) -> None:
    openings = Counter(" ".join(t.lower().split()[:4]) for t in questions(name))
    opening, times = openings.most_common(1)[0]
    assert times <= 6, opening


def test_a_leader_is_not_asked_what_they_built() -> None:
    built = re.compile(r"\byou (\w+ )?(built|build|coded|configured|programmed)\b")
    assert not [t for t in questions("au0002") if built.search(t)]


def test_a_behaviour_is_asked_for_as_a_moment() -> None:
    moment = re.compile(r"\b(moment|time|when|after|recall|conversation|experiment)\b", re.I)
    behaviours = [bank("st1512")[f"B{n}"] for n in range(1, 7)]
    assert all(moment.search(text) for levels in behaviours for text in levels.values())


def test_stems_make_a_question_of_any_name() -> None:
    stems = {t: levels for t, levels in load("stems").items() if isinstance(levels, dict)}
    assert list(stems) == ["K", "S", "B"]
    texts = [s for levels in stems.values() for level in LEVELS for s in levels[level]]
    assert len(texts) == len(set(texts)) == 27
    for text in texts:
        assert text.count("{short}") == 1, text
        # Set apart, so that a noun, an order or the first words of a statement all fit.
        assert re.search(r": \{short\}\. ", text), text
        assert text.endswith("?"), text
        assert len(text.replace("{short}", "one two three").split()) <= 30, text


def test_the_checklist_and_scores_are_named_once() -> None:
    data = tomllib.loads((FOLDER / "checklist.toml").read_text("utf-8"))
    ids = [item["id"] for item in data["items"]]
    assert ids == ["what", "why", "alternatives", "impact", "i-not-we", "next"]
    scores = [(s["value"], s["label"]) for s in data["scores"]]
    assert scores == [(1, "lost"), (2, "shaky"), (3, "sound"), (4, "assured")]
    assert all(len(row["label"]) <= 26 for row in data["items"])
    assert all(len(row["help"]) <= 86 for row in data["items"])


def test_every_scan_rating_has_words_for_each_type() -> None:
    scan = tomllib.loads((FOLDER.parent / "scan.toml").read_text("utf-8"))
    assert [r["value"] for r in scan["ratings"]] == [1, 2, 3, 4, 5]
    sentences = [r[t] for r in scan["ratings"] for t in "KSB"]
    assert len({r["label"] for r in scan["ratings"]}) == 5
    assert len(set(sentences)) == 15
    assert all(s.endswith(".") and s.count(".") == 1 for s in sentences)
