"""A person's own keys: taken, or named and left out; one command says all about its key."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from click.testing import CliRunner
from textual.actions import parse

from ksbtui.app import KsbtuiApp
from ksbtui.cli.root import root
from ksbtui.errors import StoreProblem
from ksbtui.journal.journal import Journal
from ksbtui.screens.shell.keymap import contexts, read_keymap
from ksbtui.settings import Settings, load_settings, save_settings, settings_path
from tests.screens.kit import screen_text


def test_every_screen_gives_each_command_a_key_of_its_own() -> None:
    for place in contexts():
        keys = Counter(key for command in place.commands for key in command.keys)
        assert not [key for key, times in keys.items() if times > 1], place.name
        for command in place.own:
            assert command.help or not command.show, f"{command.id} has a verb and no sentence"


def test_every_command_of_a_screen_has_its_action() -> None:
    for place in contexts():
        of_widgets = {command.id for widget in place.widgets for command in widget}
        for command in place.own:
            if command.id in of_widgets:
                continue  # named here for the footer; the widget itself acts
            where, name, _ = parse(command.action)
            node = KsbtuiApp if where == "app" else place.kind
            assert hasattr(node, f"action_{name}"), f"{place.name}: {command.id}"


def test_keys_are_read_as_people_write_them() -> None:
    found = read_keymap({"journal.edit": "Ü", "app.search": "/", "app.timer": "Ctrl+T, f5"})
    assert found.keys == {"journal.edit": "Ü", "app.search": "slash", "app.timer": "ctrl+t,f5"}
    assert found.problems == ()


def test_two_commands_may_swap_their_keys() -> None:
    found = read_keymap({"journal.edit": "d", "journal.delete": "e"})
    assert len(found.keys) == 2


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"journal.nothing": "x"}, "There is no command journal.nothing."),
        ({"": "x"}, "There is no command ."),
        ({"journal.edit": "d"}, "journal.edit and journal.delete would both be d in Journal"),
        ({"journal.edit": "a"}, "app.add and journal.edit would both be a in Journal"),
        ({"journal.edit": "4"}, "journal.edit and app.screen-4 would both be 4 in Journal"),
        ({"journal.edit": "ctrl+q"}, "journal.edit and app.leave would both be ctrl+q in Journal"),
        ({"journal.edit": "down"}, "journal.edit and list.down would both be down in Journal"),
        ({"journal.edit": "no such key"}, "journal.edit: there is no key 'no such key'"),
        ({"journal.edit": "ctrl+"}, "journal.edit: there is no key 'ctrl+'"),
        ({"journal.edit": ""}, "journal.edit: no key was entered"),
        ({"journal.edit": "tab"}, "journal.edit: tab goes to the next field on every screen"),
        ({"entry.save": "s"}, "entry.save: s is text in Add"),
        ({"app.back": "q"}, "app.back: q is text in"),
    ],
)
def test_a_key_that_cannot_be_is_named_and_the_default_kept(
    wanted: dict[str, str], said: str
) -> None:
    found = read_keymap(wanted | {"app.week": "W"})
    assert found.problems[0].startswith(said)
    assert found.keys == {"app.week": "W"}, "the others are taken"


async def test_a_key_of_ones_own_works_and_stands_in_footer_help_and_palette(
    demo: Journal,
) -> None:
    app = KsbtuiApp(demo, Settings(keys={"app.week": "z", "journal.edit": "f6"}))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "z week walk" in screen_text(app)
        commands = {one.title: one.help for one in app.get_system_commands(app.screen)}
        assert commands["Go through the week day by day"] == "key z"
        await pilot.press("question_mark")
        await pilot.pause()
        assert "z           Go through the week day by day" in screen_text(app)
        await pilot.press("escape", "w")
        assert type(app.screen).__name__ == "Today", "its old key is free"
        await pilot.press("z")
        assert type(app.screen).__name__ == "WeekWalk"
        await pilot.press("escape", "2", "e")
        assert type(app.screen).__name__ == "JournalPage"
        await pilot.press("f6")
        assert type(app.screen).__name__ == "EntryForm"


async def test_a_message_names_the_users_own_key_for_undo(demo: Journal) -> None:
    app = KsbtuiApp(demo, Settings(keys={"app.undo": "f8"}))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("2", "d")
        await pilot.pause()
        assert "f8 undoes it." in screen_text(app)


async def test_what_the_settings_get_wrong_is_named_at_the_start(demo: Journal) -> None:
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text('{"keys": {"app.week": "u", "today.open": "o", "nothing": "x"}}')
    app = KsbtuiApp(demo)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        assert "There is no command nothing." in screen_text(app)
        assert "1 more: ksbtui keys." in screen_text(app)
        assert "w week walk" in screen_text(app)
        assert "o open" in screen_text(app)


async def test_the_footer_names_the_key_of_ones_own_for_help(demo: Journal) -> None:
    app = KsbtuiApp(demo, Settings(keys={"app.help": "f4"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert screen_text(app).rstrip().endswith("f4 help")
        await pilot.press("w")
        await pilot.pause()
        assert screen_text(app).rstrip().endswith("f4 help")
        await pilot.press("f4")
        await pilot.pause()
        assert type(app.screen).__name__ == "HelpScreen"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "line 1 is not JSON"),
        ("[]", "it is not an object"),
        ("\xff\xfe", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ('{"theme": 3}', "theme has a value of the wrong kind"),
        ('{"keys": []}', "keys has a value of the wrong kind"),
        ('{"keys": {"a": 1}}', "The key of a is not text"),
        ('{"keys": {"a": "x", "a": "y"}}', "a has a key twice"),
        ('{"theme": "nord", "theme": "nord"}', "theme appears twice"),
        ('{"colour": "red"}', "colour is not a setting"),
    ],
)
def test_a_damaged_settings_file_is_named_and_left_alone(text: str, said: str) -> None:
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_bytes(text.encode("latin-1"))
    found = load_settings()
    assert found == Settings()
    assert said in found.problems[0]


def test_choosing_a_theme_keeps_the_rest_of_the_file() -> None:
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text('{"keys": {"app.week": "z"}, "colour": "red"}')
    save_settings(Settings("nord"))
    found = json.loads(settings_path().read_text())
    assert found == {
        "keys": {"app.week": "z"},
        "colour": "red",
        "theme": "nord",
        "ascii": False,
    }


@pytest.mark.parametrize("text", ["{", '{"keys": {"app.week": "z", "app.week": "y"}}'])
def test_a_file_that_cannot_be_read_is_not_written_over(text: str) -> None:
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text(text)
    with pytest.raises(StoreProblem):
        save_settings(Settings("nord"))
    assert settings_path().read_text() == text


def test_the_commands_name_the_file_the_keys_and_what_is_wrong() -> None:
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text('{"keys": {"app.week": "z", "journal.edit": "d"}}')
    where = CliRunner().invoke(root, ["where", "--json"])
    assert json.loads(where.stdout)["settings"] == str(settings_path())
    done = CliRunner().invoke(root, ["keys", "--json"])
    found = json.loads(done.stdout)
    week = next(one for one in found["keys"] if one["id"] == "app.week")
    assert (week["keys"], week["default"]) == ("z", "w")
    assert found["problems"] == [
        "journal.edit and journal.delete would both be d in Journal; their default keys are used."
    ]
    done = CliRunner().invoke(root, ["keys"])
    assert "Go through the week day by day" in done.stdout
    assert "would both be d" in done.stderr
