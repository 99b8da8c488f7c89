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
MAY_END_IN_A_STOP = ("Tell me", "Talk me through")
SPOKEN_OPENINGS = ("tell me", "talk me through", "think of", "how do you", "how did you")
TECHNICAL = (
    "makes? up|making (something )?up",
    "prompt injection",
    "retrieval",
    "drift",
    "UK GDPR",
    "impact assessment",
    "Equality Act",
    "WCAG",
)


def load(name: str) -> dict[str, object]:
    """The parsed file of that name."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def bank(name: str, *, further: bool = False) -> dict[str, dict[str, str]]:
    """The questions of a standard, or their follow-ups, by code and level."""
    tables = {c: dict(q) for c, q in load(name).items() if isinstance(q, dict)}
    follow_ups = {c: q.pop("follow_up") for c, q in tables.items()}
    return follow_ups if further else tables


def questions(name: str, *, further: bool = False) -> list[str]:
    """Every question of a file in its order, or every follow-up."""
    return [t for levels in bank(name, further=further).values() for t in levels.values()]


def holds_two(text: str) -> bool:
    """Whether a question asks two things: two marks, or a second clause joined on.

    ``or`` joins an alternative way in ("… or which would you make?"), which is one question.
    """
    asks = "(what|how|why|who|whom|whose|where|when|which)"
    last = text.split(". ")[-1].lower()
    joined = re.search(rf"\b(and|but|then),? {asks}\b", last)
    listed = re.match(rf"({asks}|did|do|does|would)\b.*?, (what|how|why|who|which)\b", last)
    return text.count("?") > 1 or bool(joined or listed)


@pytest.mark.parametrize("name", TYPES)
def test_every_ksb_has_its_three_questions(name: str) -> None:
    codes = [f"{t}{n}" for t, last in TYPES[name].items() for n in range(1, last + 1)]
    assert list(bank(name)) == codes
    assert all(list(levels) == LEVELS for levels in bank(name).values())
    assert all(list(levels) == LEVELS for levels in bank(name, further=True).values())


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
        assert "!" not in text, text
        assert text.endswith("?" if not text.startswith(MAY_END_IN_A_STOP) else ("?", ".")), text


@pytest.mark.parametrize("name", TYPES)
def test_no_question_holds_two(name: str) -> None:
    texts = questions(name) + questions(name, further=True)
    assert not [text for text in texts if holds_two(text)]


def test_what_a_question_that_holds_two_looks_like() -> None:
    assert holds_two("How did it go, and what would you change?")
    assert holds_two("What could go wrong? How would you know?")
    assert holds_two("Who asked, why did they ask and what did you say?")
    assert not holds_two("Which change did you make, or which would you make?")
    assert not holds_two("Tell me about a time you said no, or how you would.")


@pytest.mark.parametrize("name", TYPES)
def test_a_follow_up_is_short_and_can_be_asked_aloud(name: str) -> None:
    for text in questions(name, further=True):
        assert text.endswith("?"), text
        assert text[0].isupper(), text
        assert len(text.split()) <= 22, text


@pytest.mark.parametrize("idea", TECHNICAL)
def test_the_subject_is_asked_for_by_its_own_words(idea: str) -> None:
    texts = questions("st1512") + questions("st1512", further=True)
    assert any(re.search(idea, text) for text in texts)


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
    own = [t.lower() for t in questions(name) if not t.lower().startswith(SPOKEN_OPENINGS)]
    openings = Counter(" ".join(t.split()[:4]) for t in own)
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
    assert len(texts) == len({text for text, _ in texts}) == 27
    for text, follow_up in texts:
        assert not holds_two(text), text
        assert not holds_two(follow_up), follow_up
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
