"""The public keys of other people, under names, so that nobody types one twice."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ksbtui.errors import Conflict, NotFound, StoreProblem
from ksbtui.store.files.paths import private_file, private_folder
from ksbtui.store.files.sealed import check_public, key_path, own_key

ME = "me"
"""The name of this person's own key."""


def known_keys_path() -> Path:
    """Where they are kept."""
    return key_path().with_name("known.json")


def known_keys() -> dict[str, str]:
    """Every key by the name it is kept under."""
    path = known_keys_path()
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): str(key) for name, key in found.items()}
    except (OSError, ValueError, AttributeError) as problem:
        raise StoreProblem(
            f"The list of keys {path} cannot be read; it was left as it is.",
            "Move it away, then keep the keys again: ksbtui handover key --keep NAME KEY",
        ) from problem


def keep_key(name: str, key: str) -> dict[str, str]:
    """Keep a public key under a name (empty ``key`` forgets it); gives the whole list."""
    name = " ".join(name.split())
    if name.casefold() in ("", ME):
        raise Conflict("That name stands for your own key.", "Use another name.")
    found = {n: k for n, k in known_keys().items() if n.casefold() != name.casefold()}
    if key:
        found[name] = check_public(key)
    path = known_keys_path()
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        private_folder(path.parent)
        temporary.unlink(missing_ok=True)
        private_file(temporary).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        temporary.replace(path)
    except OSError as problem:
        raise StoreProblem(
            f"The key cannot be kept at {path}: {problem.strerror}.",
            "Check free space and permissions.",
        ) from problem
    return found


def find_key(given: str) -> str:
    """The key of a name, ``me`` for this person's own, or the key itself."""
    if given.strip().casefold() == ME:
        own = own_key()
        assert own is not None, "it was made"
        return own.public
    if given.strip().casefold().startswith("age"):
        return check_public(given)
    for name, key in known_keys().items():
        if name.casefold() == " ".join(given.split()).casefold():
            return key
    raise NotFound(
        f"No key is kept under the name {given.strip()[:40]!r}.",
        "Keep one with: ksbtui handover key --keep NAME KEY, or give the key, age1…",
    )
