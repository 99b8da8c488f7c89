"""Where things live on this computer; every path in one place."""

from __future__ import annotations

import os
from pathlib import Path

from ksbtui.errors import StoreProblem

APP = "ksbtui"
JOURNAL_NAME = "journal.db"


def data_folder() -> Path:
    """The person's local data folder: the journal, its backups, their own data files."""
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False, roaming=False)


def config_folder() -> Path:
    """The folder of settings that are about the program, not the learner."""
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False, roaming=False)


def journal_path(given: str | Path | None = None) -> Path:
    """The journal to open: the one given, ``$KSBTUI_JOURNAL``, or the usual one."""
    chosen = given or os.environ.get("KSBTUI_JOURNAL")
    return Path(chosen).expanduser() if chosen else data_folder() / JOURNAL_NAME


def backup_folder(journal: Path) -> Path:
    """Where the backups of a journal are kept: a folder beside it."""
    return journal.parent / f"{journal.stem}-backups"


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
            "Check free space and permissions, or name another place.",
        ) from problem
    return folder


def private_file(path: Path) -> Path:
    """Make an empty file that only this person can read (0600), before it is written."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    path.chmod(0o600)
    return path
