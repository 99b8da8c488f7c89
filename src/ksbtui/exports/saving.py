"""Putting an export in its place: whole, for this person only, or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ksbtui.errors import Conflict, StoreProblem
from ksbtui.store.files.paths import private_file

Tell = Callable[[int, int], None]
"""Told how many of how many are done."""

MARK = ".ksbtui-entries"
"""A list of the files ksbtui wrote into a folder: only these are ever replaced or removed."""


def save_file(path: Path, data: bytes) -> None:
    """Write a file (0600) beside its place, then move it there; an older one is replaced."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            private_file(temporary)
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as problem:
        raise _refused(path, problem) from problem


def save_new(path: Path, text: str) -> Path:
    """Write a text (0600) where no file is yet; gives the place it went to."""
    path = path.expanduser()
    if path.exists():
        raise Conflict(f"{path} is there already; nothing was written.", "Name another file.")
    save_file(path, text.encode())
    return path


def save_folder(folder: Path, files: Mapping[str, str], tell: Tell) -> None:
    """Write files into a new folder (0700), an empty one, or one written so before.

    They are written beside it first. Files of an earlier export that are no longer among
    them are removed; anything else in the folder is refused or left alone.
    """
    try:
        before = _written_before(folder)
        fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
        try:
            fresh.mkdir(mode=0o700)
            every = {**files, MARK: "\n".join(sorted(files)) + "\n"}
            for done, (name, text) in enumerate(every.items()):
                with private_file(fresh / name).open("w", encoding="utf-8", newline="\n") as file:
                    file.write(text)
                tell(done, len(every))
            with _not_stopped():
                _put_in_place(fresh, folder, every, before)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as problem:
        raise _refused(folder, problem) from problem


def _put_in_place(fresh: Path, folder: Path, names: Iterable[str], before: set[str]) -> None:
    """Move the files written to where they belong, and remove those they replace."""
    if not folder.exists():
        fresh.replace(folder)
        return
    for name in names:
        (fresh / name).replace(folder / name)
    for name in before - set(names):
        (folder / name).unlink(missing_ok=True)


@contextmanager
def _not_stopped() -> Iterator[None]:
    """Leave Ctrl+C unheard: what takes a moment and must be whole is finished.

    Only the main thread is ever interrupted so; the others need no shield.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _written_before(folder: Path) -> set[str]:
    """The files an earlier export left; refuses a folder that holds anything else."""
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise Conflict(f"{folder} is a file, not a folder.", "Name a new folder.")
    present = {item.name for item in folder.iterdir()}
    if not present:
        return set()
    if MARK not in present:
        raise Conflict(
            f"{folder} holds other files; nothing was written.", "Name a new or empty folder."
        )
    lines = (folder / MARK).read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line in present and line == os.path.basename(line)}


def _refused(path: Path, problem: OSError) -> StoreProblem:
    return StoreProblem(
        f"{path} cannot be written: {problem.strerror}.",
        "Check that its folder exists and has room, or name another place.",
    )
