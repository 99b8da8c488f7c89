"""Two or three devices change one record apart: their files bring them together again."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from ksbtui.clock import Clock
from ksbtui.core.coaching.actions import Action
from ksbtui.core.entry.entries import Entry, Evidence
from ksbtui.journal.journal import Journal
from tests.journal.making import council, log
from tests.journals import whole_json

DAY = date(2026, 9, 23)


class DeviceClock(Clock):
    """A clock that is wrong by some minutes; the time goes on by 7 ms whenever it is read."""

    __slots__ = ("ticks",)
    ticks: Iterator[int]

    def __init__(self, late: int = 0) -> None:
        object.__setattr__(self, "as_at", DAY)
        object.__setattr__(self, "ticks", count(late * 60_000, 7))

    def now(self) -> str:
        moment = datetime(2026, 9, 24, 9, tzinfo=UTC) + timedelta(milliseconds=next(self.ticks))
        return moment.isoformat(timespec="milliseconds")[:23] + "Z"


class Device:
    """A journal on a device of its own, and the files it has sent."""

    def __init__(self, source: Journal, path: Path, late: int = 0) -> None:
        shutil.copy(source.path, path)
        self.journal = Journal(path, DeviceClock(late))
        self.journal.store.connection.execute("PRAGMA synchronous=OFF")  # quicker, for a test
        self.journal.store.rename_device()
        self.folder = path.parent

    def send(self, name: str = "") -> Path:
        path = self.folder / (name or f"{self.journal.path.stem}-{random.random()}.json")
        path.write_text(whole_json(self.journal), encoding="utf-8")
        return path

    def take(self, path: Path) -> Any:
        return self.journal.exchange.restore_json(path)


def exchange(*devices: Device) -> None:
    """Everyone sends, then everyone takes in everything."""
    files = [device.send() for device in devices]
    for device in devices:
        for file in files:
            device.take(file)


def state(journal: Journal) -> dict[str, Any]:
    document = json.loads(whole_json(journal))
    entries = {entry["id"]: entry for entry in document["entries"]}
    records = {(one["kind"], one["id"]): one["body"] for one in document["records"]}
    return {"entries": entries, "records": records}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    made = council(tmp_path_factory.mktemp("template"), DAY)
    for number in range(4):
        log(made, f"Activity {number}", notes="As it was", learned="As it was at first")
    made.close()
    return made


@pytest.fixture
def pair(template: Journal, tmp_path: Path) -> tuple[Device, Device]:
    return (
        Device(template, tmp_path / "laptop.db"),
        Device(template, tmp_path / "home.db", late=-60),
    )


def first_id(device: Device) -> str:
    return device.journal.exchange.live_entries()[0].id


def test_changes_to_different_fields_both_stay(pair: tuple[Device, Device]) -> None:
    laptop, home = pair
    id = first_id(laptop)
    laptop.journal.entries.change(id, learned="That a pilot needs a stopping rule")
    home.journal.entries.change(id, title="A better title")
    exchange(laptop, home)
    for device in pair:
        entry = device.journal.entries.get(id)
        assert entry.learned == "That a pilot needs a stopping rule"
        assert entry.title == "A better title"
    assert state(laptop.journal) == state(home.journal)


def test_two_texts_of_one_field_are_both_kept_and_the_learner_chooses(
    pair: tuple[Device, Device],
) -> None:
    laptop, home = pair
    id = first_id(laptop)
    laptop.journal.entries.change(id, learned="Written on the laptop")
    home.journal.entries.change(id, learned="Written at home")
    exchange(laptop, home)
    assert state(laptop.journal) == state(home.journal)
    (twice,) = laptop.journal.merges.doubles()
    assert {twice.shown, *twice.others} == {"Written on the laptop", "Written at home"}
    laptop.journal.merges.keep(twice.id, "Written at home")
    exchange(laptop, home)
    for device in pair:
        assert device.journal.entries.get(id).learned == "Written at home"
        assert device.journal.merges.doubles() == ()


def test_both_texts_can_be_kept_in_one(pair: tuple[Device, Device]) -> None:
    laptop, home = pair
    id = first_id(laptop)
    laptop.journal.entries.change(id, notes="One")
    home.journal.entries.change(id, notes="Two")
    exchange(laptop, home)
    (twice,) = home.journal.merges.doubles()
    home.journal.merges.keep(twice.id, f"{twice.shown}\n\n{twice.others[0]}")
    assert home.journal.merges.doubles() == ()
    home.journal.undo()
    assert len(home.journal.merges.doubles()) == 1
    home.journal.redo()
    exchange(laptop, home)
    assert laptop.journal.entries.get(id).notes == home.journal.entries.get(id).notes
    assert sorted(laptop.journal.entries.get(id).notes.split()) == ["One", "Two"]


def test_deleted_stays_deleted(pair: tuple[Device, Device]) -> None:
    laptop, home = pair
    id = first_id(laptop)
    laptop.journal.entries.delete([id])
    taken = home.take(laptop.send())
    assert (taken.deleted, [note.id for note in taken.notes]) == (1, [id])
    laptop.take(home.send())
    assert all(id not in state(device.journal)["entries"] for device in pair)


def test_deleted_but_changed_on_the_other_device_is_kept_and_said(
    pair: tuple[Device, Device],
) -> None:
    laptop, home = pair
    id = first_id(laptop)
    laptop.journal.entries.delete([id])
    home.journal.entries.change(id, learned="Still thinking about this")
    gone, changed = laptop.send(), home.send()
    assert [(n.what, n.id) for n in home.take(gone).notes] == [("stayed", id)]
    assert [(n.what, n.id) for n in laptop.take(changed).notes] == [("back", id)]
    exchange(laptop, home)
    assert state(laptop.journal) == state(home.journal)
    assert laptop.journal.entries.get(id).learned == "Still thinking about this"


def test_tags_and_evidence_merge_as_sets(pair: tuple[Device, Device]) -> None:
    laptop, home = pair
    id = first_id(laptop)
    laptop.journal.entries.change(id, ksbs=("K1", "K2"), evidence=(link("a", "Map"),))
    home.journal.entries.change(id, ksbs=("S3",), evidence=(link("b", "Log"),))
    exchange(laptop, home)
    entry = home.journal.entries.get(id)
    assert entry.ksbs == ("K2", "S3")  # K1 was removed at home and not touched on the laptop
    assert {item.title for item in entry.evidence} == {"Map", "Log"}
    assert state(laptop.journal) == state(home.journal)


def link(id: str, title: str) -> Evidence:
    return Evidence(id * 8, "other", title, f"https://example.org/{title}")


def test_one_undo_takes_a_merge_back_and_the_file_can_come_again(
    pair: tuple[Device, Device],
) -> None:
    laptop, home = pair
    id = first_id(laptop)
    laptop.journal.entries.change(id, title="From the laptop")
    home.journal.entries.change(id, title="From home")
    before, file = laptop.send("before.json").read_bytes(), home.send()
    laptop.take(file)
    laptop.journal.undo()
    assert laptop.send("after.json").read_bytes() == before
    taken = laptop.take(file)
    assert taken.changed or laptop.journal.merges.doubles()
    home.take(laptop.send())
    assert state(laptop.journal) == state(home.journal)
    assert laptop.journal.backup.check().well


def test_a_purge_reaches_the_other_device_as_a_wish(pair: tuple[Device, Device]) -> None:
    laptop, home = pair
    id = first_id(laptop)
    laptop.journal.backup.purge(id)
    taken = home.take(laptop.send())
    assert [entry.id for entry in taken.wishes] == [id]
    assert [entry.id for entry in home.journal.merges.wishes()] == [id]
    home.journal.backup.purge(id)
    assert home.journal.merges.wishes() == ()
    sent = json.loads(laptop.send().read_text())
    assert id not in {entry["id"] for entry in sent["entries"]}


def test_a_verification_does_not_vouch_for_a_text_written_elsewhere(
    pair: tuple[Device, Device],
) -> None:
    laptop, home = pair
    id = first_id(laptop)
    laptop.journal.verifying.verify([id], "Ruth Adeyemi")
    home.journal.entries.change(id, learned="Another text")
    exchange(laptop, home)
    assert all(device.journal.entries.get(id).verified is None for device in pair)
    assert state(laptop.journal) == state(home.journal)


def test_records_merge_by_field_too(pair: tuple[Device, Device]) -> None:
    laptop, home = pair
    with laptop.journal.writing("An action") as batch:
        batch.put_record("action", "a" * 8, action("Map the queue"))
    exchange(laptop, home)
    with laptop.journal.writing("Due later") as batch:
        batch.put_record("action", "a" * 8, action("Map the queue", due="2026-11-01"))
    with home.journal.writing("Done") as batch:
        batch.put_record("action", "a" * 8, action("Map the queue", state="done", ksbs=["K2"]))
    exchange(laptop, home)
    merged = action("Map the queue", due="2026-11-01", state="done", ksbs=["K2"])
    assert all(device.journal.store.record("action", "a" * 8) == merged for device in pair)


def action(text: str, **fields: Any) -> dict[str, Any]:
    from ksbtui.core.codec import encode_fields

    made = Action("a" * 8, "e", text, "learner", DAY, DAY)
    return {**encode_fields(made), **fields}


def test_files_without_origins_lose_nothing_either(pair: tuple[Device, Device]) -> None:
    """As the first released version wrote them."""
    laptop, home = pair
    id = first_id(laptop)

    def old(device: Device) -> Path:
        path = device.send()
        document = json.loads(path.read_text())
        del document["merging"]
        path.write_text(json.dumps({**document, "version": 1}))
        return path

    laptop.journal.entries.change(id, learned="The text from the laptop")
    home.journal.entries.change(id, title="The title from home")
    first, second = old(laptop), old(home)
    laptop.take(second)
    home.take(first)
    for device in pair:
        entry = device.journal.entries.get(id)
        assert (entry.title, entry.learned) == ("The title from home", "The text from the laptop")
    before = state(laptop.journal)
    laptop.take(second)
    assert state(laptop.journal) == before


def random_change(device: Device, chance: random.Random, numbers: Iterator[int]) -> None:
    """Something a learner does."""

    def say() -> str:
        return f"Text {next(numbers)}"

    entries = device.journal.exchange.live_entries()
    what = chance.choice(["text", "text", "text", "tags", "log", "delete", "undo", "action"])
    if what == "log" or not entries:
        text = say()
        device.journal.entries.add(Entry("", DAY, 30, f"Title {text}", learned=text, ksbs=("K1",)))
        return
    entry = chance.choice(entries)
    if what == "text":
        name = chance.choice(["title", "notes", "learned"])
        device.journal.entries.change(entry.id, **{name: say()})
    elif what == "tags":
        codes = chance.sample(["K1", "K2", "S1", "S2", "B1"], 3)
        device.journal.entries.change(entry.id, ksbs=tuple(codes))
    elif what == "delete" and chance.random() < 0.5:
        device.journal.entries.delete([entry.id])
    elif what == "action":
        with device.journal.writing("Action") as batch:
            id = chance.choice("abc") * 8
            batch.put_record("action", id, action(say(), id=id))
    elif what == "undo" and device.journal.history(limit=1)[0].kind == "change":
        device.journal.undo()


def alive(journal: Journal) -> dict[tuple[str, str], set[str]]:
    """The texts of every field: the one shown and those beside it."""
    found: dict[tuple[str, str], set[str]] = {}
    for entry in journal.exchange.live_entries():
        for name in ("title", "notes", "learned"):
            found[entry.id, name] = {getattr(entry, name)}
    for twice in journal.merges.doubles():
        if twice.kind == "entry":
            found[twice.thing, twice.path] |= set(twice.others)
    return found


@pytest.mark.parametrize("hundred", range(4))
def test_random_histories_converge_and_lose_no_word(
    template: Journal, tmp_path: Path, hundred: int
) -> None:
    """Fifty each; in every one the copies end equal and hold each text last written apart."""
    for number in range(50):
        chance = random.Random(hundred * 1000 + number)
        folder = tmp_path / f"{number}"
        folder.mkdir()
        many = chance.choice([2, 3])
        devices = [
            Device(template, folder / f"{name}.db", late=chance.choice([-60, 0, 60]))
            for name in "abc"[:many]
        ]
        numbers = count()
        files: list[Path] = []
        for _ in range(chance.randint(6, 14)):
            device = chance.choice(devices)
            if chance.random() < 0.35:
                files.append(device.send())
            elif files and chance.random() < 0.4:
                device.take(chance.choice(files))  # any order, old ones, doubled
            else:
                random_change(device, chance, numbers)
        apart = [alive(device.journal) for device in devices]
        seen = [device.journal.exchange.origins() for device in devices]
        exchange(*devices)
        first, *rest = [state(device.journal) for device in devices]
        assert all(other == first for other in rest), f"history {hundred}, {number}"
        check_words(devices, apart, seen)
        for device in devices:
            assert device.journal.backup.check().well
            device.journal.close()
        shutil.rmtree(folder)


def check_words(devices: list[Device], apart: list[Any], seen: list[Any]) -> None:
    """Each text on one device that no other device had replaced or deleted is still there."""
    together = alive(devices[0].journal)
    for place, fields in enumerate(apart):
        found, _ = seen[place]
        for (id, name), texts in fields.items():
            shown = devices[place].journal
            tags = found[("entry", id)].of(name)
            replaced = any(tags <= other[1] for n, other in enumerate(seen) if n != place)
            if not replaced and any(texts):
                assert (id, name) in together, f"{shown.path}: {id} is gone"
                assert texts & together[id, name] or replaced, (id, name, texts)


def test_a_copied_file_gets_a_device_of_its_own_when_it_is_restored(
    pair: tuple[Device, Device],
) -> None:
    laptop, _ = pair
    copy = laptop.journal.backup.backup(laptop.folder / "copy.db")
    device = "SELECT value FROM meta WHERE key = 'device'"
    (before,) = laptop.journal.store.connection.execute(device).fetchone()
    laptop.journal.backup.restore(copy)
    (after,) = laptop.journal.store.connection.execute(device).fetchone()
    assert before != after
