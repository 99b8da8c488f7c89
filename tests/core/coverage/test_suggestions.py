"""Suggested KSBs: bands, reasons, filters, history, hostile text, and better than full text."""

import tomllib
from pathlib import Path

import pytest
import snowballstemmer
from benchmarks import suggest as benchmark

from ksbtui.core.coverage.suggestions import BANDS, Suggester, Suggestion, band_of, split
from ksbtui.core.text.terms import TEXT_LIMIT, sentence_spans

ROOT = Path(__file__).resolve().parents[3]
KSBS = [
    ("K1", "Testing methods, such as user acceptance tests and test data."),
    ("K2", "Data protection law and the handling of personal data."),
    ("K3", "Cloud services and where software is hosted."),
    ("S1", "Deliver training sessions to non-technical staff."),
    ("S2", "Map processes to find waste."),
    ("S3", "Write clear user guides and manuals."),
    ("B1", "Shows curiosity and tries out emerging technology."),
]
THESAURUS = {"resources": ["user guide", "cheat sheet", "manual"], "law": ["gdpr", "law"]}


@pytest.fixture(scope="module")
def small() -> Suggester:
    return Suggester(KSBS, snowballstemmer.stemmer("english").stemWord, THESAURUS)


@pytest.fixture(scope="module")
def st1512() -> Suggester:
    statements = benchmark.shipped()[0]["ST1512"]
    return benchmark.build(statements, benchmark.sources("ST1512"))


def codes(found: tuple[Suggestion, ...]) -> list[str]:
    return [one.code for one in found]


def test_words_are_compared_by_stem_and_idea(small: Suggester) -> None:
    assert codes(small.suggest("I was training two colleagues."))[0] == "S1"
    scores = small.scores(small.read("Made a Cheat-Sheet with pictures."))
    assert max(scores, key=lambda code: scores[code]) == "S3"


def test_phrases_and_sentence_are_the_learners_own_words(st1512: Suggester) -> None:
    for case in benchmark.read_cases(ROOT / "benchmarks/suggest_cases.jsonl"):
        for one in st1512.suggest(case.text):
            assert one.sentence
            assert one.sentence in case.text
            assert 1 <= len(one.phrases) <= 3
            assert all(phrase in case.text for phrase in one.phrases)


def test_the_reason_points_at_the_right_sentence(small: Suggester) -> None:
    text = "Lunch was late.\nThen I wrote a user guide for payroll. We went home at five."
    found = small.suggest(text)[0]
    assert found.code == "S3"
    assert found.sentence == "Then I wrote a user guide for payroll."
    assert "user guide" in found.phrases


def test_bands_follow_the_score_and_the_telling_words(st1512: Suggester) -> None:
    found = st1512.suggest("Ran user testing of the workflow and improved it after feedback.")
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert found[0].band == "strong"
    assert [band_of(least, words) for least, words, _ in BANDS] == ["strong", "likely", "weak"]
    assert band_of(0.9, 2) == "likely", "two words are never enough for strong"
    assert band_of(0.9, 0) == band_of(BANDS[-1][0] - 0.001, 9) == ""


def test_a_long_text_names_the_sentence_of_each_code(st1512: Suggester) -> None:
    told = [
        "Monday began slowly and the heating was off again.",
        "I mapped the process of housing repairs with two agents.",
        "Later I cleaned the data and took the duplicates out of four thousand rows.",
        "Sam and I talked about the summer.",
        "On Thursday I trained six clerks and wrote a user guide with screenshots.",
        "Friday was quiet, so I read through my notes once more.",
    ]
    sentence = {one.code: one.sentence for one in st1512.suggest(" ".join(told), limit=8)}
    assert sentence["S6"] == told[1]
    assert sentence["S21"] == told[2]
    assert sentence["S19"] == told[4]


@pytest.mark.parametrize("text", ["Moved the files to an S3 bucket.", "B2 and K8 were free."])
def test_cloud_names_and_rooms_are_not_codes(st1512: Suggester, text: str) -> None:
    assert {one.code for one in st1512.suggest(text)}.isdisjoint({"S3", "B2", "K8"})


def test_limit_and_candidates_restrict(st1512: Suggester) -> None:
    text = "Tested the chatbot with users, fixed the bugs and wrote a user guide for staff."
    assert len(st1512.suggest(text)) == 5
    assert st1512.suggest(text, limit=2) == st1512.suggest(text)[:2]
    assert st1512.suggest(text, limit=0) == ()
    assert codes(st1512.suggest(text, candidates={"K14", "S19"})) == ["S19", "K14"]
    assert st1512.suggest(text, candidates=()) == ()


def test_behaviours_can_stand_apart(small: Suggester) -> None:
    found = small.suggest("My curiosity about emerging technology led me to a training session.")
    ksbs, behaviours = split(found)
    assert codes(behaviours) == ["B1"]
    assert set(ksbs) | set(behaviours) == set(found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n",
        "42",
        "the and of it",
        "漢字だけの文章です。",
        "🎉🎉",
        "About me: I am 24 and in my spare time I bake and look after my nephew.",
        "Hello! I'm Aisha. I grew up in Bradford and I love climbing.",
        "Annual leave today, back tomorrow.",
    ],
)
def test_a_text_about_nothing_in_the_standard_gets_nothing(st1512: Suggester, text: str) -> None:
    assert st1512.suggest(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "testing \x00 the \ud800 data [/bold] [@click=app.quit]x[/]",
        "x" * 100_000,
        "İİİİ ſ K testing ‮ data ​ protection",
        "testing data " * 8_000,
        "'’'’ ''' § §law # + ...!!!",
        "testing.\r\n\r\n- data\r- law",
    ],
)
def test_any_text_is_a_valid_text(st1512: Suggester, text: str) -> None:
    for one in st1512.suggest(text):
        assert one.sentence in text
        assert all(phrase in text for phrase in one.phrases)


def test_what_lies_beyond_the_limit_is_not_read(small: Suggester) -> None:
    assert small.suggest(" " * TEXT_LIMIT + "user guide") == ()
    assert small.suggest(" " * (TEXT_LIMIT - 10) + "user guide") != ()


def test_sentences_cover_every_word_once() -> None:
    text = "One. Two?\n- three\n\n" + "four " * 300 + "v1.2 five"
    pieces = [text[start:end] for start, end in sentence_spans(text)]
    assert " ".join(pieces).split() == text.split()
    assert max(map(len, pieces)) <= 400


def test_the_same_text_always_gets_the_same_answer(st1512: Suggester) -> None:
    text = "Cleaned the data, mapped the process and trained the staff. " * 3
    again = benchmark.build(benchmark.shipped()[0]["ST1512"], benchmark.sources("ST1512"))
    assert again.suggest(text) == st1512.suggest(text) == st1512.suggest(text)


EVERYDAY = """
The train was late and I cleared the inbox
Lunch with friends
We stayed in, ordered a pizza and watched a film
Took the dog out before the rain
My sister's birthday party, drove up to Leeds
Bought new shoes on the high street
Bus strike, so I walked home along the canal
The boiler broke and a plumber came at four
Football with the lads, lost three nil
Baked two loaves, one of them burnt
Slept badly and missed my stop
Hospital appointment for my knee
Cooked a curry for six and did the washing up
Snow closed the school, kids at home all day
Long queue at the post office
Painted the hall and put the pictures back
Read in the garden until it got dark
Half a day of leave, went swimming
Somebody ate my yoghurt from the fridge
Rode the bike to the station and back
""".strip().splitlines()


@pytest.mark.parametrize("ref", ["ST1512", "AU0002"])
def test_a_text_about_nothing_gets_nothing_in_19_of_20(ref: str) -> None:
    suggester = benchmark.build(benchmark.shipped()[0][ref], benchmark.sources(ref))
    assert len(EVERYDAY) == 20
    spoken = [text for text in EVERYDAY if suggester.suggest(text)]
    assert len(spoken) <= 1, spoken
    assert not suggester.suggest(EVERYDAY[0])
    assert not suggester.suggest(EVERYDAY[1])


class TestHistory:
    TEXT = "Monthly visit to the depot: tested the tyre scanner and wrote a user guide."

    def test_brings_in_a_code_and_names_the_entry(self, st1512: Suggester) -> None:
        alone = st1512.suggest(self.TEXT)
        assert "B4" not in codes(alone)
        history = st1512.history(
            [
                ("aaaa", "Read a book about gardens.", ["K1"]),
                ("bbbb", "Visit to the depot, looked at the tyre scanner with the crew.", ["B4"]),
            ]
        )
        found = st1512.suggest(self.TEXT, history=history)
        assert {one.code: one.like for one in found if one.like} == {"B4": "bbbb"}
        assert set(codes(found)) <= {*codes(alone), "B4"}
        assert len(found) == 5

    def test_moves_a_code_up(self, st1512: Suggester) -> None:
        alone = codes(st1512.suggest(self.TEXT))
        history = st1512.history([("gggg", "Tested the tyre scanner at the depot.", [alone[-1]])])
        found = st1512.suggest(self.TEXT, history=history)
        assert codes(found).index(alone[-1]) < alone.index(alone[-1])
        assert not any(one.like for one in found), "the text speaks of it too"

    def test_a_text_about_nothing_needs_an_entry_much_like_it(self, small: Suggester) -> None:
        history = small.history([("hhhh", "The train was late; ran the session by phone.", ["S1"])])
        assert small.suggest("Lunch with friends, then the train.", history=history) == ()

    def test_may_lead_where_the_text_says_nothing(self, small: Suggester) -> None:
        history = small.history([("cccc", "Depot visit with Sam.", ["K3", "Z9"])])
        found = small.suggest("Depot visit again.", history=history)
        assert [(one.code, one.band, one.like) for one in found] == [("K3", "weak", "cccc")]

    def test_an_unlike_or_empty_history_changes_nothing(self, st1512: Suggester) -> None:
        alone = st1512.suggest(self.TEXT)
        for entries in ([], [("dddd", "Gardens.", ["K1"])], [("eeee", self.TEXT, ["Z9"])]):
            assert st1512.suggest(self.TEXT, history=st1512.history(entries)) == alone

    def test_candidates_hold_for_history_too(self, st1512: Suggester) -> None:
        history = st1512.history([("ffff", self.TEXT, ["B4"])])
        found = st1512.suggest(self.TEXT, history=history, candidates={"K14"})
        assert codes(found) == ["K14"]


def test_meaning_orders_and_brings_in_codes(st1512: Suggester) -> None:
    text = "Wrote a user guide for the staff."
    meaning = dict.fromkeys(benchmark.shipped()[0]["ST1512"], 0.1) | {"K15": 0.7, "K16": 0.2}
    found = {one.code: one.band for one in st1512.suggest(text, meaning=meaning)}
    assert found["K15"] == "strong"
    assert "K16" not in found
    assert st1512.suggest("Lunch with friends", meaning=dict.fromkeys(meaning, 0.2)) == ()


def test_a_standard_without_ksbs_has_nothing_to_suggest() -> None:
    empty = Suggester([], snowballstemmer.stemmer("english").stemWord)
    assert empty.suggest("Testing. Testing. Testing. Testing. Testing.") == ()
    assert empty.scores(empty.read("Testing.")) == {}


def test_a_standard_with_one_ksb_and_a_text_in_another_language() -> None:
    one = Suggester(KSBS[:1], snowballstemmer.stemmer("english").stemWord, THESAURUS)
    assert codes(one.suggest("Ran acceptance tests with made-up test data.")) == ["K1"]
    assert one.suggest("Heute habe ich mit der Gruppe den Ablauf besprochen.") == ()
    history = one.history([("aaaa", "Heute mit der Gruppe den Ablauf besprochen.", ["K1"])])
    found = one.suggest("Heute habe ich mit der Gruppe besprochen.", history=history)
    assert [(suggestion.code, suggestion.like) for suggestion in found] == [("K1", "aaaa")]


def test_finds_more_of_the_chosen_codes_than_full_text_search() -> None:
    cases = benchmark.read_cases(ROOT / "benchmarks/suggest_cases.jsonl")
    standards, _ = benchmark.shipped()
    ours = benchmark.mean(benchmark.measure(benchmark.ours, cases, standards))
    plain = benchmark.mean(benchmark.measure(benchmark.full_text, cases, standards))
    assert len(cases) >= 60
    assert ours.recall5 >= plain.recall5 + 0.2
    assert ours.recall10 >= plain.recall10 + 0.2


def test_the_thesaurus_is_well_formed() -> None:
    text = (ROOT / "seed/thesaurus.toml").read_text(encoding="utf-8")
    for idea, words in tomllib.loads(text)["ideas"].items():
        assert len(words) == len(set(words)) >= 3, idea
        assert all(word == word.strip().lower() for word in words), idea


def test_the_known_stems_are_the_stemmers_own() -> None:
    stem = snowballstemmer.stemmer("english").stemWord
    known = benchmark.sources("ST1512")[2]
    assert len(known) > 1_000
    assert {word: stem(word) for word in known} == known


def test_known_stems_change_no_answer(st1512: Suggester) -> None:
    thesaurus, extra, _ = benchmark.sources("ST1512")
    plain = benchmark.build(benchmark.shipped()[0]["ST1512"], (thesaurus, extra, {}))
    text = "Trained the clerks, cleaned the data and wrote a user guide."
    assert plain.suggest(text) == st1512.suggest(text)
