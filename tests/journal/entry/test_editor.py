"""The person's own editor: whatever it does, the old text is safe."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from ksbtui.cli.root import run
from ksbtui.errors import KsbtuiError
from ksbtui.store.files.programs import EditorFailed, edited, editor_command
from tests.journals import activity, enrolled


def writing(content: bytes | None, code: int = 0) -> object:
    def run(command: Sequence[str]) -> int:
        path = Path(command[-1])
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
        return code

    return run


def test_the_text_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for raw, text in ((b"caf\xc3\xa9\r\nx\0", "café\nx"), (b"caf\xe9", "café")):
        assert edited("old", writing(raw)) == text  # type: ignore[arg-type]
    assert edited("", writing(b"")) == ""  # type: ignore[arg-type]


@pytest.mark.parametrize(("content", "code"), [(b"", 0), (b" \n", 0), (None, 0), (b"old", 1)])
def test_a_failing_editor_or_an_empty_text_keeps_the_old(content: bytes | None, code: int) -> None:
    with pytest.raises(KsbtuiError, match="old text was kept") as refusal:
        edited("old", writing(content, code))  # type: ignore[arg-type]
    assert refusal.value.hint


@pytest.mark.parametrize("code", [1, -9, -15])
def test_what_was_typed_before_a_failure_is_handed_over_and_no_file_stays(code: int) -> None:
    folders: list[Path] = []

    def run(command: Sequence[str]) -> int:
        path = Path(command[-1])
        path.write_bytes(b"half a reflection")
        (path.parent / ".reflection.md.swp").write_bytes(b"half")
        folders.append(path.parent)
        return code

    with pytest.raises(EditorFailed) as refusal:
        edited("old", run)
    assert refusal.value.typed == "half a reflection"
    assert not folders[0].exists()


def test_the_command_is_the_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", "code --wait 'a b'")
    assert editor_command() == ["code", "--wait", "a b"]
    monkeypatch.setenv("VISUAL", "'")
    with pytest.raises(KsbtuiError):
        editor_command()
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    with pytest.raises(KsbtuiError, match="could not be started"):
        edited("old")


def test_a_killed_editor_of_a_command_leaves_a_draft_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nprintf "half a reflection" > "$1"\nkill -9 $$\n')
    script.chmod(0o700)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("VISUAL", str(script))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    journal = enrolled(tmp_path)
    id = journal.entries.add(activity(learned="As it was")).entry.id
    assert run(["--journal", str(journal.path), "edit", id, "--editor"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "Your text is saved as a draft of the entry." in told.err
    assert journal.entries.get(id).learned == "As it was"
    assert journal.drafts.get(f"entry:{id}")["learned"] == "half a reflection"  # type: ignore[index]
    assert list(temporary.iterdir()) == []
