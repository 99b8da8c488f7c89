"""Where things live on this computer; every path in one place."""

from __future__ import annotations

import os
from pathlib import Path

from ksbtui.errors import NotFound, StoreProblem

APP = "ksbtui"
JOURNAL_NAME = "journal.db"


def data_folder() -> Path:
    """The person's local data folder: the journal, its backups, their own data files."""
    # deferred: log is told its journal by $KSBTUI_JOURNAL, and needs no search for one
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False, roaming=False)


def kept_places() -> dict[str, Path]:
    """Where keys, feedback, example packs and caseload results are kept, once there are any."""
    folder = data_folder()
    return {
        "keys": folder / "keys",
        "feedback": folder / "feedback",
        "examples": folder / "examples",
        "caseload": folder / "caseload.age",
    }


def config_folder() -> Path:
    """The folder of settings that are about the program, not the learner."""
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False, roaming=False)


def journal_path(named: str | Path | None = None) -> Path:
    """The journal to open: the one named, ``$KSBTUI_JOURNAL``, or the usual one."""
    chosen = named or os.environ.get("KSBTUI_JOURNAL")
    return typed_path(chosen) if chosen else data_folder() / JOURNAL_NAME


def typed_path(text: str | Path) -> Path:
    """A path as a person typed it, ``~`` included; refuses a person who is not known."""
    try:
        return Path(text).expanduser()
    except RuntimeError as problem:
        raise NotFound(f"There is no home folder for {text}.", "Enter the full path.") from problem


def is_there(path: Path) -> bool:
    """Whether there is a file at a path; refuses where the folder does not let us look."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or problem
        raise StoreProblem(
            f"{path} cannot be reached: {why}.",
            "Check the path and its permissions, or use another with --journal.",
        ) from problem
    return True


def real_path(path: Path) -> Path:
    """The file itself, where ``path`` is a link to it."""
    return Path(os.path.realpath(path))


def rollback_journal(path: Path) -> Path:
    """The file in which SQLite keeps what a write under way replaces."""
    real = real_path(path)
    return real.with_name(f"{real.name}-journal")


def backup_folder(journal: Path) -> Path:
    """Where the backups of a journal are kept: a folder beside it."""
    return journal.parent / f"{journal.stem}-backups"


def daily_backup(journal: Path, day: str) -> Path:
    """The first backup made on a ``day`` (ISO) because it was a new day."""
    return backup_folder(journal) / f"{day}-daily.db"


def attachment_folder(journal: Path) -> Path:
    """Where copies of evidence are kept when the learner asks for one."""
    return journal.parent / f"{journal.stem}-evidence"


def private_folder(folder: Path) -> Path:
    """Make ``folder`` for this person alone (0700) unless it stands already."""
    if folder.is_dir():
        return folder
    if not folder.parent.is_dir():
        private_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
    except OSError as problem:
        raise StoreProblem(
            f"The folder {folder} cannot be made: {problem.strerror}.",
            "Check free space and permissions, or choose another place.",
        ) from problem
    return folder


def private_file(path: Path) -> Path:
    """Make an empty file that only this person can read (0600), before it is written."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    path.chmod(0o600)
    return path


def write_private(path: Path, data: bytes) -> None:
    """Put a whole new file (0600) in a file's place, so that a kill leaves the one before.

    Raises ``OSError`` where that fails; a folder that is missing is made (0700).
    """
    private_folder(path.parent)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    try:
        with private_file(fresh).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
