"""Example packs kept on this computer: one file each in a folder of their own."""

from __future__ import annotations

from pathlib import Path

from ksbtui.errors import NotFound, StoreProblem
from ksbtui.store.files.paths import kept_places, write_private

SUFFIX = ".json"
MAX_BYTES = 50_000_000


def packs_folder() -> Path:
    """Where they are kept."""
    return kept_places()["examples"]


def kept_packs() -> dict[str, Path]:
    """Every pack's file by its name."""
    folder = packs_folder()
    files = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
    return {path.name.removesuffix(SUFFIX): path for path in files}


def packs_state() -> tuple[tuple[str, int, int], ...]:
    """What changes when a pack is added, replaced or removed."""
    stats = ((name, path.stat()) for name, path in kept_packs().items())
    return tuple((name, about.st_size, about.st_mtime_ns) for name, about in stats)


def read_pack(path: Path) -> bytes:
    """A pack's bytes; refuses a file that is too large or cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise StoreProblem(f"{path} is too large for a pack.", "Ask for a smaller one.")
        return path.read_bytes()
    except OSError as problem:
        raise StoreProblem(
            f"{path} cannot be read: {problem.strerror}.", "Check the path and its permissions."
        ) from problem


def keep_pack(name: str, data: bytes) -> Path:
    """Keep a pack under a name, for this person alone; one of that name is replaced."""
    path = packs_folder() / f"{name}{SUFFIX}"
    try:
        write_private(path, data)
    except OSError as problem:
        raise StoreProblem(
            f"The pack cannot be saved at {path}: {problem.strerror}.",
            "Check free space and permissions.",
        ) from problem
    return path


def remove_pack(name: str) -> Path:
    """Remove a pack; refuses a name that none has."""
    packs = kept_packs()
    if name not in packs:
        there = f"There are: {', '.join(packs)}." if packs else "There is none."
        raise NotFound(f"There is no pack called {name}.", there)
    packs[name].unlink(missing_ok=True)
    return packs[name]
