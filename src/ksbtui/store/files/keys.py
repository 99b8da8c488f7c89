"""Other people's public keys under names, and signatures of what a person verified (Ed25519).

A signature shows that whoever has the key said so. It never proves who that is.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from ksbtui.core.exchange.feedback import Signed, signed_text
from ksbtui.errors import Conflict, NotFound, StoreProblem
from ksbtui.store.files.paths import write_private
from ksbtui.store.files.sealed import OwnKey, check_public, key_path, own_key

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
        keys = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): str(key) for name, key in keys.items()}
    except (OSError, ValueError, AttributeError) as problem:
        raise StoreProblem(
            f"The list of keys {path} cannot be read. It was not changed.",
            "Move it away, then save the keys again: ksbtui handover key --keep NAME KEY",
        ) from problem


def keep_key(name: str, key: str) -> dict[str, str]:
    """Keep a public key under a name (empty ``key`` forgets it); gives the whole list."""
    name = " ".join(name.split())
    if name.casefold() in ("", ME):
        raise Conflict("That name is used for your own key.", "Use another name.")
    keys = {n: k for n, k in known_keys().items() if n.casefold() != name.casefold()}
    if key:
        keys[name] = check_public(key)
    path = known_keys_path()
    try:
        write_private(path, json.dumps(keys, ensure_ascii=False).encode())
    except OSError as problem:
        raise StoreProblem(
            f"The key cannot be saved at {path}: {problem.strerror}.",
            "Check free space and permissions.",
        ) from problem
    return keys


def find_key(text: str) -> str:
    """The key of a name, ``me`` for this person's own, or the key itself."""
    plain = " ".join(text.split()).casefold()
    if plain == ME:
        own = own_key()
        assert own is not None, "it was made"
        return own.public
    if plain.startswith("age"):
        return check_public(text)
    for name, key in known_keys().items():
        if name.casefold() == plain:
            return key
    raise NotFound(
        f"There is no saved key called {text.strip()[:40]!r}.",
        "Save one with: ksbtui handover key --keep NAME KEY, or enter the key, age1…",
    )


def public_key(own: OwnKey) -> str:
    """The key, in hex, that this person's signatures are checked with."""
    key: str = _private(own).public_key().public_bytes_raw().hex()
    return key


def sign(own: OwnKey, entry: str, digest: str, by: str, day: date) -> Signed:
    """Sign that somebody verified an entry, as its content was, on a day."""
    text = signed_text(entry, digest, by, day.isoformat())
    signature = _private(own).sign(text).hex()
    return Signed(entry, by, day, digest, public_key(own), signature)


def holds(signed: Signed) -> bool:
    """Whether a signature was made with its key, over just this."""
    # deferred: a compiled library, loaded for signatures only
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    text = signed_text(signed.entry, signed.digest, signed.by, signed.day.isoformat())
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signed.key))
        key.verify(bytes.fromhex(signed.signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private(own: OwnKey) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(own.signing)
