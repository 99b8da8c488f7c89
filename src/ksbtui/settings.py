"""How the screens look on this computer: kept in the config folder, not in the journal.

The file is small JSON. Whatever is missing or unreadable in it falls back to the
default: a damaged settings file must never keep anyone from their journal.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from ksbtui.errors import StoreProblem
from ksbtui.store.files.paths import config_folder

FILE_NAME = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices a person makes once: theme by name, and symbols in plain ASCII or not."""

    theme: str = "ksb-dark"
    ascii: bool = False


def settings_path() -> Path:
    """Give the path of the settings file."""
    return config_folder() / FILE_NAME


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings; the default stands for each value that is missing or of no use."""
    try:
        found = json.loads((path or settings_path()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    default = Settings()
    known = {
        field.name: found[field.name]
        for field in fields(Settings)
        if type(found.get(field.name)) is type(getattr(default, field.name))
    }
    return Settings(**known)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the settings in one step; raises `StoreProblem` if the folder refuses."""
    path = path or settings_path()
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StoreProblem(
            f"Your settings could not be saved: {error.strerror or 'the folder refused'}.",
            f"Check that {path.parent} can be written.",
        ) from error
