"""Signing what a person verified, and checking such signatures (Ed25519).

A signature shows that whoever has the key said so. It never proves who that is.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ksbtui.core.exchange.feedback import Signed, signed_text
from ksbtui.store.files.sealed import OwnKey


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
