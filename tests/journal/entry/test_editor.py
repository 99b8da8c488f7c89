"""The person's own editor: whatever it does, the old text is safe."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from ksbtui.errors import KsbtuiError
from ksbtui.store.files.editor import edited, editor_command


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


def test_what_was_typed_before_a_failure_stays_in_its_file() -> None:
    with pytest.raises(KsbtuiError) as refusal:
        edited("old", writing(b"half a reflection", 1))  # type: ignore[arg-type]
    path = Path(refusal.value.message.rpartition(" in ")[2].rstrip("."))
    assert path.read_text() == "half a reflection"
    path.unlink()
    path.parent.rmdir()


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
