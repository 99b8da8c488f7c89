"""What a person chose on this computer: kept in the config folder, not in the journal.

The file is small JSON, and may be edited by hand. Whatever is missing or of no use in it
falls back to the default and is named: a damaged settings file must never keep anyone from
their journal, and is never written over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ksbtui.errors import StoreProblem
from ksbtui.store.files.paths import config_folder

FILE_NAME = "settings.json"
_PLAIN = ("theme", "ascii", "comfort")


@dataclass(frozen=True)
class Settings:
    """Theme by name, plain ASCII symbols, comfortable reading, and the keys of commands by id."""

    theme: str = "ksb-dark"
    ascii: bool = False
    comfort: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = field(default=(), compare=False)
    """What of the file was not taken, a sentence each."""


def settings_path() -> Path:
    """Give the path of the settings file."""
    return config_folder() / FILE_NAME


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings; the default stands for each value that is missing or of no use."""
    problems: list[str] = []
    try:
        found = _read(path or settings_path())
    except StoreProblem as problem:
        return Settings(problems=(problem.message,))
    known: dict[str, Any] = {}
    for name in found.doubled:
        problems.append(f"{name} appears twice, so the default is used.")
    for name, value in found.items():
        if name == "keys" and isinstance(value, _Object):
            known["keys"] = _keys(value, problems)
        elif name in ("theme", "ascii", "comfort") and type(value) is type(
            getattr(Settings(), name)
        ):
            known[name] = value
        elif name in (*_PLAIN, "keys"):
            problems.append(f"{name} has a value of the wrong kind, so the default is used.")
        else:
            problems.append(f"{name} is not a setting.")
    return Settings(**known, problems=tuple(problems))


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write theme and symbols in one step; the rest of the file stays as it is.

    Raises `StoreProblem` if the folder refuses, or if the file there cannot be read.
    """
    path = Path(os.path.realpath(path or settings_path()))
    found = _read(path)
    if found.doubled or any(isinstance(v, _Object) and v.doubled for v in found.values()):
        raise StoreProblem(
            "Your settings file has the same name twice, so it was not changed.",
            f"Remove one of the two from {path}.",
        )
    wanted = {**found, "theme": settings.theme, "ascii": settings.ascii}
    if settings.comfort or "comfort" in found:
        wanted["comfort"] = settings.comfort
    if settings.keys:
        wanted.setdefault("keys", dict(settings.keys))
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.write_text(json.dumps(wanted, indent=2) + "\n", encoding="utf-8")
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StoreProblem(
            f"Your settings could not be saved: {error.strerror or 'the folder refused'}.",
            f"Check that {path.parent} can be written.",
        ) from error


class _Object(dict[str, Any]):
    """A JSON object that knows which names stood in it twice; those are left out of it."""

    def __init__(self, pairs: Iterable[tuple[str, Any]] = ()) -> None:
        pairs = list(pairs)
        names = [name for name, _ in pairs]
        self.doubled = sorted({name for name in names if names.count(name) > 1})
        super().__init__((name, value) for name, value in pairs if name not in self.doubled)


def _read(path: Path) -> _Object:
    """Read the file; a missing one is empty."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_Object)
    except FileNotFoundError:
        return _Object()
    except OSError as error:
        why = error.strerror or "the system refused"
        raise StoreProblem(
            f"Your settings could not be read: {why}.", f"Look at {path}."
        ) from error
    except json.JSONDecodeError as error:
        raise _unreadable(path, f"line {error.lineno} is not JSON") from error
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, "it is not JSON") from error
    if not isinstance(found, _Object):
        raise _unreadable(path, "it is not an object in braces")
    return found


def _unreadable(path: Path, why: str) -> StoreProblem:
    return StoreProblem(
        f"Your settings file was not used and not changed: {why}.",
        f"Correct it, or move it away: {path}",
    )


def _keys(found: _Object, problems: list[str]) -> dict[str, str]:
    for name in found.doubled:
        problems.append(f"{name} has a key twice, so its default key is used.")
    wrong = [name for name, value in found.items() if not isinstance(value, str)]
    problems += [f"The key of {name} is not text, so its default key is used." for name in wrong]
    return {name: value for name, value in found.items() if isinstance(value, str)}
