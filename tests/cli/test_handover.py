"""A journal goes to a tutor and comes back, by commands, each person in a home of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.kit import Ran, Shell

SECRET = "Xylophone"
"""Stands in everything that must not leave."""


class Person:
    """Somebody with a journal, a data folder and keys of their own."""

    def __init__(
        self,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        as_at: str = "2026-06-30",
    ) -> None:
        folder.mkdir()
        self.folder = folder
        self._monkeypatch = monkeypatch
        self.shell = Shell(folder / "journal.db", capsys, as_at)

    def __call__(self, *words: str) -> Ran:
        """Run a command as this person."""
        self._monkeypatch.setenv("XDG_DATA_HOME", str(self.folder / "data"))
        done = self.shell(*words)
        assert "Traceback" not in done.err
        return done

    def did(self, *words: str) -> Ran:
        """Run a command that must work."""
        done = self(*words)
        assert done.code == 0, done.err
        return done

    def refused_all(self, *words: str) -> str:
        """Run a command that must be refused, whatever else it says."""
        done = self(*words)
        assert (done.code, done.out) == (1, ""), done
        return done.err

    def refused(self, *words: str) -> str:
        """Run a command that must be refused."""
        self._monkeypatch.setenv("XDG_DATA_HOME", str(self.folder / "data"))
        return self.shell.refused(*words)


@pytest.fixture
def learner(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Person:
    """Amira with four entries, one of them private, and a call held in May."""
    amira = Person(tmp_path / "amira", capsys, monkeypatch)
    plan = ("--standard", "ST1512", "--programme", "local-government-14-months")
    amira.did("setup", *plan, "--start", "2026-01-12", "--name", "Amira Khan")
    words = "a pilot needs a stopping rule and somebody who may say stop in time"
    amira.did("log", "Prompt workshop", "-t", "2h", "-d", "2026-05-04", "-k", "K1,S2")
    amira.did("--as-at", "2026-05-27", "coach", "end", "--tutor", "Ruth Adeyemi", "--notes", "Good")
    amira.did("log", "Pilot plan", "-t", "3h", "-d", "2026-06-15", "-k", "S3", "--learned", words)
    amira.did("log", "Shadowing", "-t", "1h", "-d", "2026-06-16", "-k", "B1")
    secret = ("--notes", SECRET, "--private")
    amira.did("log", f"{SECRET} at home", "-t", "1h", "-d", "2026-06-17", *secret)
    return amira


@pytest.fixture
def tutor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Person:
    """Ruth, who has no journal."""
    return Person(tmp_path / "ruth", capsys, monkeypatch)


def ids(learner: Person) -> dict[str, str]:
    found = learner.did("list", "--json").json["entries"]
    return {entry["title"]: entry["id"] for entry in found}


def shared(learner: Person, tutor: Person, name: str = "amira.ksb") -> str:
    key = tutor.did("handover", "key", "--json").json["key"]
    path = str(learner.folder / name)
    learner.did("handover", "share", path, "--to", key, "--keep-personal-data")
    return path


def call(tutor: Person, file: str, found: dict[str, str]) -> None:
    """Verify three entries, ask one question, agree two actions, hold the call."""
    on = ("handover", "open", file)
    by = ("--by", "Ruth Adeyemi")
    tutor.did(*on, "coach", "start", "--tutor", "Ruth Adeyemi")
    for title in ("Prompt workshop", "Pilot plan", "Shadowing"):
        tutor.did(*on, "coach", "verify", found[title], *by)
    tutor.did(*on, "coach", "question", found["Pilot plan"], *by, "--comment", "Who may stop it?")
    tutor.did(*on, "action", "add", "Draft a stopping rule", "--who", "learner", "--due", "+14")
    tutor.did(*on, "action", "add", "Observe a call", "--who", "tutor", "--due", "+20")
    tutor.did(*on, "coach", "note", "Stopping rules are clear now")
    tutor.did(*on, "coach", "end", "--minutes", "45")


def both(one: Person, words: tuple[str, ...], *more: str) -> Any:
    return one.did(*words, *more, "--json").json


def test_the_loop(learner: Person, tutor: Person) -> None:
    found = ids(learner)
    file = shared(learner, tutor)
    call(tutor, file, found)
    first = str(tutor.folder / "first.ksb")
    tutor.did("handover", "feedback", first)
    tutor.did("handover", "open", file, "action", "add", "Read K4", "--who", "learner")
    second = str(tutor.folder / "second.ksb")
    tutor.did("handover", "feedback", second)

    done = learner.did("import", second, "--json").json
    assert (done["added"], done["changed"], done["skipped"]) == (5, 3, [])
    again = learner.did("import", first, "--json").json
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 7)
    again = learner.did("import", second, "--json").json
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 8)

    newer = shared(learner, tutor, "newer.ksb")
    on = ("handover", "open", newer)
    for words in (("coach",), ("action", "list"), ("list",), ("status",)):
        mine, theirs = both(learner, words), both(tutor, (*on, *words))
        if words[0] == "list":
            mine["entries"] = [one for one in mine["entries"] if not one["private"]]
            mine["total"] -= 1
        if words[0] == "status":
            assert mine["hours"].pop("logged_minutes") == 60 + theirs["hours"].pop("logged_minutes")
            mine, theirs = mine["coverage"], theirs["coverage"]
        if words[0] == "coach":
            for side in (mine, theirs):  # hours differ by what is private
                side["alerts"] = [alert["id"] for alert in side["alerts"]]
                side.pop("hours")
        assert mine == theirs, words
    assert learner.did("show", found["Pilot plan"], "--json").json["verified"]["by"] == (
        "Ruth Adeyemi"
    )
    assert tutor.did("handover", "open", newer, "--json").json["waiting"] == 0

    learner.did("undo")
    assert learner.did("show", found["Pilot plan"], "--json").json["verified"] is None
    assert learner.did("action", "list", "--json").json["actions"] == []


def opened(path: str) -> bytes:
    """The JSON in a file that this person can open."""
    from ksbtui.journal.exchange.handover import read_data

    return read_data(Path(path))


def test_nothing_private_leaves(learner: Person, tutor: Person) -> None:
    found = ids(learner)
    pilot = found["Pilot plan"]
    learner.did("edit", pilot, "--notes", "Plain notes")
    learner.did("evidence", "add", pilot, f"https://example.org/{SECRET}", "--private")
    plan = learner.folder / "secretfolder"
    plan.mkdir()
    (plan / "plan.txt").write_text("A plan")
    learner.did("evidence", "add", pilot, str(plan / "plan.txt"))
    learner.did("coach", "start", "--tutor", "Ruth Adeyemi")
    learner.did("coach", "note", SECRET, "--private")
    learner.did("coach", "end", "--minutes", "30")
    learner.did("review", "set", "wellbeing", SECRET)
    learner.did(
        "coach", "question", found[f"{SECRET} at home"], "--by", "Ruth", "--comment", SECRET
    )
    learner.did("edit", found["Shadowing"], "--notes", f"{SECRET} was here")
    learner.did("edit", found["Shadowing"], "--notes", "")
    learner.did("log", f"{SECRET} gone", "-t", "1h", "-d", "2026-06-18")
    learner.did("delete", ids(learner)[f"{SECRET} gone"])
    file = shared(learner, tutor)
    assert Path(file).stat().st_mode & 0o777 == 0o600
    tutor.did("handover", "key")
    data = opened(file)
    assert b"Plain notes" in data
    for secret in (SECRET, "secretfolder", found[f"{SECRET} at home"], str(learner.folder)):
        assert secret.encode() not in data, secret


def test_what_was_opened_is_not_on_the_disk(learner: Person, tutor: Person) -> None:
    file = shared(learner, tutor)
    call(tutor, file, ids(learner))
    for path in tutor.folder.rglob("*"):
        if path.is_file():
            assert b"Pilot plan" not in path.read_bytes(), path
            assert path.stat().st_mode & 0o077 == 0, path


def test_only_a_call_changes_it(learner: Person, tutor: Person) -> None:
    file = shared(learner, tutor)
    said = tutor.refused("handover", "open", file, "log", "Mine", "-t", "1h")
    assert "does not work on a shared journal" in said
    said = tutor.refused("handover", "open", file, "coach", "end", "--tutor", "Ruth", "--log")
    assert "Amira Khan's journal" in said


def test_who_may_open(learner: Person, tutor: Person) -> None:
    file = shared(learner, tutor)
    assert "encrypted for somebody else" in learner.refused("handover", "open", file)
    (tutor.folder / "data" / "ksbtui" / "keys" / "own.key").unlink()
    assert "not on this computer" in tutor.refused("handover", "open", file)
    tutor.did("handover", "key")
    assert "a key you no longer have" in tutor.refused("handover", "open", file)
    assert "who can open the file" in learner.refused("handover", "share", file)
    assert "not a public key" in learner.refused("handover", "share", file, "--to", "age1xyz")
    path = str(learner.folder / "plain.ksb")
    learner.did("handover", "share", path, "--plain", "--keep-personal-data")
    assert json.loads(Path(path).read_bytes())["format"] == "ksbtui-handover"
    assert "starts on 16 Jun" in tutor.did("handover", "open", since(learner)).out


def since(learner: Person) -> str:
    path = str(learner.folder / "since.ksb")
    learner.did("handover", "share", path, "--plain", "--since", "2026-06-16")
    return path


def test_a_passphrase(learner: Person, tutor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    path = str(learner.folder / "phrase.ksb")
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    learner.did("handover", "share", path, "--passphrase")
    monkeypatch.setattr("sys.stdin", io.StringIO("wrong horse\n"))
    assert "passphrase is wrong" in tutor.refused("handover", "open", path)
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    assert "Amira Khan's journal" in tutor.did("handover", "open", path).out


def plain_feedback(learner: Person, tutor: Person) -> tuple[dict[str, Any], Path]:
    """Feedback after a call, not encrypted, to be tampered with."""
    file = shared(learner, tutor)
    call(tutor, file, ids(learner))
    path = tutor.folder / "back.json"
    tutor.did("handover", "feedback", str(path), "--plain")
    return json.loads(path.read_bytes()), path


def test_the_employer_answers_by_a_feedback_file(learner: Person, tutor: Person) -> None:
    file, manager = shared(learner, tutor), ("--by", "Colin Marsh")
    seen = "Raised a doubt about the launch date"
    on = ("handover", "open", file)
    tutor.did(*on, "gateway", "verify", "B3", *manager, "--comment", seen)
    pilot = ids(learner)["Pilot plan"]
    tutor.did(*on, "coach", "verify", pilot, *manager, "--comment", "I was there")
    back = str(tutor.folder / "back.ksb")
    tutor.did("handover", "feedback", back)
    done = learner.did("import", back, "--json").json
    assert (done["added"], done["changed"], done["senders"]) == (2, 1, ["Colin Marsh"])
    digest = learner.did("digest", "--for", "employer").out
    assert "B3 " not in digest
    shown = learner.did("show", pilot, "--json").json
    assert (shown["verified"]["by"], shown["comments"][0]["text"]) == ("Colin Marsh", "I was there")


def test_a_signature_says_whether_the_text_is_the_one_it_was_made_over(
    learner: Person, tutor: Person
) -> None:
    _, path = plain_feedback(learner, tutor)
    learner.did("import", str(path))
    pilot, key = ids(learner)["Pilot plan"], tutor.did("handover", "key", "--json").json
    found = learner.did("show", pilot, "--json").json["signatures"]
    assert [(one["by"], one["state"]) for one in found] == [("Ruth Adeyemi", "signed")]
    assert found[0]["key"] == key["fingerprint"]
    learner.did("edit", pilot, "--learned", "Something else altogether")
    assert "Changed since verified: signed with the key" in learner.did("show", pilot).out
    assert learner.did("show", pilot, "--json").json["verified"] is None
    learner.did("undo")
    assert "Signed with the key" in learner.did("show", pilot).out


def test_a_signature_over_a_redacted_text_holds(learner: Person, tutor: Person) -> None:
    pilot = ids(learner)["Pilot plan"]
    learner.did("edit", pilot, "--notes", "Call me on 07700 900123 or at amira@example.org")
    key = tutor.did("handover", "key", "--json").json["key"]
    file = str(learner.folder / "redacted.ksb")
    assert "07700" in learner.refused_all("handover", "share", file, "--to", key)
    learner.did("handover", "share", file, "--to", key, "--redact")
    assert b"900123" not in opened_by(tutor, file)
    on = ("handover", "open", file)
    tutor.did(*on, "coach", "verify", pilot, "--by", "Ruth Adeyemi")
    back = str(tutor.folder / "back.ksb")
    tutor.did("handover", "feedback", back)
    learner.did("import", back)
    shown = learner.did("show", pilot, "--json").json
    assert (shown["verified"]["by"], shown["signatures"][0]["state"]) == ("Ruth Adeyemi", "signed")


def opened_by(person: Person, file: str) -> bytes:
    person.did("handover", "key")
    return opened(file)


def test_a_sealed_backup_comes_back(learner: Person, tutor: Person) -> None:
    folder = learner.folder / "shared"
    folder.mkdir()
    made = Path(learner.did("backup", str(folder), "--to", "me", "--json").json["path"])
    assert b"SQLite" not in made.read_bytes()
    assert "encrypted for" in tutor.refused("restore", str(made))
    learner.did("log", "Later", "-t", "1h", "-d", "2026-06-20")
    learner.did("restore", str(made), "--yes")
    assert "Later" not in ids(learner)
    left = [path.name for path in learner.folder.iterdir() if "opened" in path.name]
    assert left == []


def test_feedback_on_what_changed_or_went(learner: Person, tutor: Person) -> None:
    _, path = plain_feedback(learner, tutor)
    found = ids(learner)
    learner.did("edit", found["Pilot plan"], "--title", "Another plan")
    learner.did("delete", found["Shadowing"])
    done = learner.did("import", str(path), "--json").json
    assert [one["reason"] for one in done["skipped"]] == ["the entry is no longer here"]
    assert learner.did("show", found["Pilot plan"], "--json").json["verified"] is None
    assert learner.did("show", found["Prompt workshop"], "--json").json["verified"]


def test_a_purge_takes_feedback_about_the_entry_too(learner: Person, tutor: Person) -> None:
    _, path = plain_feedback(learner, tutor)
    learner.did("import", str(path))
    pilot = ids(learner)["Pilot plan"]
    assert b"Who may stop it?" in learner.shell.path.read_bytes()
    learner.did("purge", pilot, "--yes")
    left = learner.shell.path.read_bytes()
    assert b"Who may stop it?" not in left
    assert f"{pilot}-".encode() not in left
    done = learner.did("import", str(path), "--json").json
    assert len(done["skipped"]) == 2
    assert b"Who may stop it?" not in learner.shell.path.read_bytes()


def test_feedback_never_overwrites(learner: Person, tutor: Person) -> None:
    document, path = plain_feedback(learner, tutor)
    learner.did("import", str(path))
    question = learner.did("coach", "--json").json["questions"][0]["id"]
    learner.did("coach", "answer", question, "The manager may")
    call = learner.did("coach", "list", "--json").json["sessions"]
    ended = next(
        one["call"]["id"] for one in call if one["call"] and one["call"]["day"] > "2026-06"
    )
    learner.did("coach", "edit", ended, "--notes", "What I understood")
    for line in document["lines"]:
        line["at"] = "2026-07-01T10:00:00Z"
        if line["kind"] == "call":
            line["body"]["notes"] = "What I said"
    path.write_text(json.dumps(document))
    done = learner.did("import", str(path))
    assert "you changed it too; both texts are kept" in done.err
    assert "What I said" in learner.did("conflicts").out
    kept = learner.did("show", ids(learner)["Pilot plan"], "--json").json["questions"][0]
    assert kept["answer"] == "The manager may"


def test_two_tutors_at_once(learner: Person, tutor: Person, tmp_path: Path) -> None:
    _, path = plain_feedback(learner, tutor)
    file = str(learner.folder / "plain.ksb")
    learner.did("handover", "share", file, "--plain", "--keep-personal-data")
    other = Person(tmp_path / "sam", learner.shell._capsys, learner._monkeypatch)
    found = ids(learner)
    on = ("handover", "open", file)
    other.did(*on, "coach", "verify", found["Pilot plan"], "--by", "Sam Osei")
    other.did(*on, "coach", "question", found["Shadowing"], "--by", "Sam Osei", "--comment", "Who?")
    back = str(other.folder / "sam.ksb")
    other.did("handover", "feedback", back)
    for one in (back, str(path), back):
        learner.did("import", one)
    asked = learner.did("coach", "--json").json["questions"]
    assert {one["by"] for one in asked} == {"Ruth Adeyemi", "Sam Osei"}


def test_feedback_for_somebody_else(learner: Person, tutor: Person, tmp_path: Path) -> None:
    document, path = plain_feedback(learner, tutor)
    namesake = Person(tmp_path / "namesake", learner.shell._capsys, learner._monkeypatch)
    plan = ("--standard", "ST1512", "--programme", "local-government-14-months")
    namesake.did("setup", *plan, "--start", "2026-01-12", "--name", "Amira Khan")
    assert "another learner's" in namesake.refused("import", str(path))
    assert "shared journal, not feedback" in learner.refused("import", since(learner))
    own = str(learner.folder / "own.ksb")
    assert "no feedback to write yet" in learner.refused("handover", "feedback", own)
    document["version"] = 9
    path.write_text(json.dumps(document))
    assert "newer ksbtui" in learner.refused("import", str(path))


def test_foreign_lines_are_named(learner: Person, tutor: Person) -> None:
    document, path = plain_feedback(learner, tutor)
    pilot = ids(learner)["Pilot plan"]
    good = document["lines"]
    verified = next(one for one in good if one["kind"] == "verified" and one["id"] == pilot)
    bad = [
        {**verified, "kind": "enrolment"},
        {**verified, "body": {**verified["body"], "by": "Amira Khan"}},
        {**verified, "body": {**verified["body"], "by": "Somebody Else"}},
        {**verified, "body": {**verified["body"], "day": "2027-01-01"}},
        {**verified, "id": "../../etc"},
        {**next(one for one in good if one["kind"] == "action"), "body": {"text": 7}},
        {**next(one for one in good if one["kind"] == "call"), "id": "zzzzzzzz"},
    ]
    document["lines"] = bad
    path.write_text(json.dumps(document))
    before = learner.shell.path.read_bytes()
    done = learner.did("import", str(path), "--json").json
    assert len(done["skipped"]) == len(bad), done
    assert (done["added"], done["changed"]) == (0, 0)
    assert learner.did("list", "--json").json["entries"]
    assert before == learner.shell.path.read_bytes()


def test_a_bomb_and_other_files(learner: Person, tutor: Person) -> None:
    import zlib

    import pyrage

    key = tutor.did("handover", "key", "--json").json["key"]
    recipient = pyrage.x25519.Recipient.from_str(key)
    bomb = tutor.folder / "bomb.ksb"
    bomb.write_bytes(pyrage.encrypt(zlib.compress(bytes(160_000_000), 1), [recipient]))
    assert "unpacks to over" in tutor.refused("handover", "open", str(bomb))
    other = tutor.folder / "notes.txt"
    other.write_text("Not ours")
    assert "is not a shared journal" in tutor.refused("handover", "open", str(other))
    assert "is not a shared journal" in learner.refused("handover", "share", str(other), "--plain")


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("enrolment", "start", "0001-01-01"),
        ("programme", "length", 10**7),
        ("programme", "unit", "fortnight"),
        ("", "learner", "../../escape"),
        ("", "made_at", "2026-99-99T99:99:99Z"),
    ],
)
def test_well_formed_nonsense_is_refused(
    learner: Person, tutor: Person, kind: str, field: str, value: object
) -> None:
    path = Path(since(learner))
    document = json.loads(path.read_bytes())
    where = document
    if kind:
        where = next(one["body"] for one in document["records"] if one["kind"] == kind)
    where[field] = value
    path.write_text(json.dumps(document))
    assert "Nothing was changed" in tutor.refused("handover", "open", str(path), "status")
    rows = tutor.did("caseload", str(path), "--json").json["learners"]
    assert [row["state"] for row in rows] == ["unreadable"]


def test_files_fuzzed_from_good_ones(learner: Person, tutor: Person) -> None:
    from random import Random

    draw = Random(13)
    _, path = plain_feedback(learner, tutor)
    sealed = str(tutor.folder / "sealed.ksb")
    tutor.did("handover", "feedback", sealed)
    good = [Path(sealed).read_bytes(), path.read_bytes(), Path(since(learner)).read_bytes()]
    before = learner.shell.path.read_bytes()
    victim = tutor.folder / "fuzzed.ksb"
    refused = 0
    for number in range(100):
        data = bytearray(good[number % 3])
        for _ in range(draw.randint(1, 4)):
            place = draw.randrange(len(data))
            if draw.random() < 0.3:
                del data[place : place + draw.randint(1, 200)]
            else:
                data[place] = draw.randrange(256)
        victim.write_bytes(data)
        done = learner("import", str(victim), "--dry-run")
        shown = tutor("handover", "open", str(victim))
        refused += done.code
        assert done.code in (0, 1), done.err
        assert shown.code in (0, 1), shown.err
        assert learner.shell.path.read_bytes() == before
    assert refused > 50


def test_keys_are_kept_for_one_person(tutor: Person) -> None:
    own = tutor.did("handover", "key", "--json").json
    assert own["key"].startswith("age1")
    assert Path(own["path"]).stat().st_mode & 0o777 == 0o600
    assert tutor.did("handover", "key", "--json").json["key"] == own["key"]
    tutor.did("handover", "key", "--keep", "Ruth", own["key"])
    assert tutor.did("handover", "key", "--json").json["known"] == {"Ruth": own["key"]}
    secret = next(
        line for line in Path(own["path"]).read_text().splitlines() if line.startswith("AGE-")
    )
    assert "Never share it" in tutor.refused("handover", "key", "--keep", "X", secret)
    assert "█" in tutor.did("handover", "key", "--qr").out
