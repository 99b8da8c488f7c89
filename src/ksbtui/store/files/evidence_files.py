"""Evidence files on disk: read in pieces, hashed, copied when asked, looked for when gone."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from ksbtui.core.text.text import quoted
from ksbtui.errors import Conflict, KsbtuiError, NotFound, StoreProblem
from ksbtui.store.files.paths import private_file, private_folder

CHUNK = 1 << 20
LOOKED_AT = 5_000
"""Files of a folder tree that are looked at to find one that moved."""


@dataclass(frozen=True, slots=True)
class Print:
    """What identifies a file's content: SHA-256 in hex, and bytes."""

    sha256: str
    size: int


MOST_COMPLETIONS = 40
MOST_READ = 5_000
"""Names of a folder that are looked through for completions."""


def completions(typed: str) -> list[str]:
    """The paths that a typed one may go on to, folders with a slash at their end, by name.

    A name is matched without regard to case; hidden ones only where the dot is typed,
    and none that could not be shown.
    """
    head, name = os.path.split(typed)
    try:
        folder = Path(head).expanduser() if head else Path()
        with os.scandir(folder) as names:
            near = [
                entry
                for entry in islice(names, MOST_READ)
                if entry.name.isprintable()
                and entry.name.casefold().startswith(name.casefold())
                and entry.name.startswith(".") == name.startswith(".")
            ]
        near.sort(key=lambda entry: entry.name.casefold())
        return [
            os.path.join(head, entry.name) + (os.sep if entry.is_dir() else "")
            for entry in near[:MOST_COMPLETIONS]
        ]
    except (OSError, RuntimeError, ValueError):
        return []


def fingerprint(path: Path, copy_to: BinaryIO | None = None) -> Print:
    """Hash a regular file, reading it once; refuses anything else, and one that changes meanwhile.

    Reads no further than the size it had at first, so that a file that grows for ever ends.
    """
    digest = hashlib.sha256()
    size = 0
    with _opened(path) as (file, before):
        while size <= before.st_size and (
            chunk := file.read(min(CHUNK, before.st_size + 1 - size))
        ):
            digest.update(chunk)
            size += len(chunk)
            if copy_to is not None:
                copy_to.write(chunk)
        after = os.fstat(file.fileno())
    if size != before.st_size or (after.st_size, after.st_mtime_ns) != (size, before.st_mtime_ns):
        raise Conflict(
            f"{quoted(path.name)} changed while ksbtui read it, so it was not attached.",
            "Close the program that is writing it, then attach it again.",
        )
    return Print(digest.hexdigest(), size)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, os.stat_result]]:
    """Open a regular file for reading without ever waiting on a pipe or device."""
    name = quoted(str(path))
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise NotFound(f"{name} is a folder.", "Enter the path of one file in it.")
        if not stat.S_ISREG(mode):
            raise NotFound(
                f"{name} is a device, not a file.", "Enter the path of a file, or a link."
            )
        with path.open("rb") as file:
            yield file, os.fstat(file.fileno())
    except FileNotFoundError as problem:
        raise NotFound(f"There is no file {name}.", "Check the path, or enter a link.") from problem
    except OSError as problem:
        raise StoreProblem(
            f"{name} cannot be read: {problem.strerror}.", "Check its permissions."
        ) from problem


def copied(path: Path, folder: Path) -> tuple[Path, Print]:
    """Copy a file under the name of its hash into a private folder, once; 0600."""
    try:
        private_folder(folder)
        fresh = private_file(folder / f".{os.getpid()}.new")
    except OSError as problem:
        raise StoreProblem(
            f"Nothing can be copied into {folder}: {problem.strerror}.",
            "Allow writing there, or attach the file without --copy.",
        ) from problem
    try:
        with fresh.open("wb") as out:
            print_ = fingerprint(path, out)
            out.flush()
            os.fsync(out.fileno())
        target = folder / f"{print_.sha256}{path.suffix[:16]}"
        fresh.replace(target)
    except OSError as problem:
        raise StoreProblem(
            f"{quoted(path.name)} could not be copied: {problem.strerror}.",
            "Free some space, or attach the file without --copy.",
        ) from problem
    finally:
        fresh.unlink(missing_ok=True)
    return target, print_


def still_there(path: Path, known: Print | None) -> bool | None:
    """Whether a file is as it was: True, False if it changed, None if it is gone."""
    if not path.is_file():
        return None
    if known is None:
        return True
    try:
        return path.stat().st_size == known.size and fingerprint(path) == known
    except KsbtuiError:
        return False


def find_moved(path: Path, known: Print) -> Path | None:
    """Look for a file of the same content under the folder it was in (or the nearest left)."""
    folder = next((parent for parent in path.parents if parent.is_dir()), None)
    if folder is None or folder == Path(folder.anchor):
        return None
    for candidate in islice(_files(folder), LOOKED_AT):
        try:
            if candidate.stat().st_size == known.size and fingerprint(candidate) == known:
                return candidate
        except (OSError, KsbtuiError):
            continue
    return None


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        yield from (Path(parent) / name for name in names)
