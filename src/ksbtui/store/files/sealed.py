"""Files that only the person they are for can open: compressed, then encrypted (age format).

The learner's own key is made once and kept for this person alone (0600). The key that signs
is derived from it, so there is one secret to look after. Encrypted copies of the journal are
fit for a shared folder: they are never on the disk in plain.
"""

from __future__ import annotations

import hmac
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ksbtui.errors import Conflict, KsbtuiError, NotFound, StoreProblem, Unreadable
from ksbtui.store.database.connection import refusal
from ksbtui.store.files.paths import kept_places, private_file, private_folder, write_private

HEADER = b"age-encryption.org/v1\n"
MAX_SEALED = 80_000_000
MAX_OPENED = 150_000_000
"""Bytes: a file larger than these, closed or opened, is refused before it fills the memory."""

_SIGNING = b"ksbtui signing key 1"
_SECRET = "AGE-SECRET-KEY-1"
_NOTE = "# The secret key of ksbtui. Whoever has it can open what was encrypted for you.\n"
_DAMAGED = "Ask for the file again. Nothing was changed."

AskPassphrase = Callable[[], str]
"""Asks the person for the passphrase of a file."""


@dataclass(frozen=True, slots=True)
class OwnKey:
    """The key of whoever sits here: ``public`` may be given to anybody, ``secret`` to nobody."""

    public: str
    secret: str
    path: Path

    @property
    def signing(self) -> bytes:
        """The 32 bytes that the Ed25519 signing key is made from."""
        return hmac.digest(_SIGNING, self.secret.encode(), "sha256")


def key_path() -> Path:
    """Where this person's secret key is kept."""
    return kept_places()["keys"] / "own.key"


def own_key(make: bool = True) -> OwnKey | None:
    """Read this person's key; where there is none, make one, or give None."""
    # deferred: a compiled library, loaded for sealed files only
    from pyrage import IdentityError, x25519

    path = key_path()
    if not path.exists():
        if not make:
            return None
        identity = x25519.Identity.generate()
        _keep(path, f"{_NOTE}{identity}\n")
        return OwnKey(str(identity.to_public()), str(identity), path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as problem:
        raise StoreProblem(
            f"Your key {path} cannot be read.", "Check its permissions, or restore a copy."
        ) from problem
    secret = next((line for line in text.split() if line.startswith(_SECRET)), "")
    try:
        identity = x25519.Identity.from_str(secret)
    except IdentityError as problem:
        raise StoreProblem(
            f"{path} contains no key. It was not changed.",
            "Restore a copy, or move it away and make a new key with: ksbtui handover key",
        ) from problem
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return OwnKey(str(identity.to_public()), secret, path)


def _keep(path: Path, text: str) -> None:
    try:
        private_folder(path.parent)
        fresh = private_file(path.with_name(f".{path.name}.{os.getpid()}"))
        try:
            with fresh.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.link(fresh, path) if hasattr(os, "link") else fresh.rename(path)
        finally:
            fresh.unlink(missing_ok=True)
    except FileExistsError as problem:
        raise Conflict(f"{path} has just been made.", "Try again.") from problem
    except OSError as problem:
        raise StoreProblem(
            f"The key cannot be saved at {path}: {problem.strerror}.",
            "Check free space and permissions.",
        ) from problem


def check_public(key: str) -> str:
    """Refuse what is no public key; gives it without spaces around it."""
    from pyrage import RecipientError, x25519

    key = key.strip()
    if key.upper().startswith(_SECRET):
        raise Conflict(
            "That is a secret key. Never share it with anybody.",
            "Use the public key, which starts with age1.",
        )
    try:
        return str(x25519.Recipient.from_str(key))
    except RecipientError as problem:
        raise Unreadable(
            "That is not a public key.",
            "A public key starts with age1. To see yours: ksbtui handover key",
        ) from problem


def seal(data: bytes, to: Sequence[str] = (), passphrase: str = "") -> bytes:
    """Compress bytes, and encrypt them for public keys or with a passphrase."""
    import pyrage

    packed = zlib.compress(data, 6)
    if passphrase:
        return bytes(pyrage.passphrase.encrypt(packed, passphrase))
    keys = [pyrage.x25519.Recipient.from_str(check_public(key)) for key in to]
    return bytes(pyrage.encrypt(packed, keys))


def is_sealed(path: Path) -> bool:
    """Whether a file says of itself that it is encrypted in the age format."""
    try:
        with path.open("rb") as file:
            return file.read(len(HEADER)) == HEADER
    except OSError:
        return False


def read_bytes(path: Path, most: int = MAX_SEALED) -> bytes:
    """Read a file whole, refusing one that is too large to be ours."""
    try:
        size = path.stat().st_size
        if size <= most:
            return path.read_bytes()
    except OSError as problem:
        raise NotFound(
            f"{path.name} cannot be read: {problem.strerror}.", "Check the path and its spelling."
        ) from problem
    raise Unreadable(
        f"{path.name} is too large: {size // 1_000_000} MB. The limit is {most // 1_000_000} MB.",
        "Check that it is a file made by ksbtui.",
    )


def unseal(data: bytes, name: str, ask: AskPassphrase | None = None) -> bytes:
    """Decrypt and expand the bytes of a file called ``name``, or refuse with the reason."""
    import pyrage

    try:
        if b"\n-> scrypt " in data[:400]:
            packed = pyrage.passphrase.decrypt(data, _asked(name, ask))
        else:
            key = own_key(make=False)
            if key is None:
                raise NotFound(
                    f"{name} is encrypted for a key that is not on this computer.",
                    "Restore your key file (ksbtui handover key shows where), or ask for "
                    "the file again, made for your current key.",
                )
            packed = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(key.secret)])
    except pyrage.DecryptError as problem:
        raise _locked(str(problem), name) from problem
    return _expand(bytes(packed), name)


def _asked(name: str, ask: AskPassphrase | None) -> str:
    passphrase = ask() if ask else ""
    if not passphrase:
        raise Conflict(
            f"{name} is encrypted with a passphrase.",
            "Open it on a terminal with: ksbtui handover open FILE",
        )
    return passphrase


def _locked(problem: str, name: str) -> KsbtuiError:
    if "No matching keys" in problem:
        return Conflict(
            f"{name} was encrypted for somebody else, or for a key you no longer have.",
            "Send your current key (ksbtui handover key) and ask for the file again.",
        )
    if "Decryption failed" in problem:
        return Conflict(
            f"{name} cannot be opened: the passphrase is wrong, or the file was changed.",
            "Type the passphrase again, or ask for the file again.",
        )
    return Unreadable(f"{name} is damaged or cut short.", _DAMAGED)


def _expand(packed: bytes, name: str) -> bytes:
    """Decompress, never to more than :data:`MAX_OPENED` bytes."""
    machine = zlib.decompressobj()
    try:
        data = machine.decompress(packed, MAX_OPENED)
    except zlib.error as problem:
        raise Unreadable(f"{name} is damaged.", _DAMAGED) from problem
    if machine.unconsumed_tail:
        raise Unreadable(
            f"{name} unpacks to over {MAX_OPENED // 1_000_000} MB, so it was not opened.",
            "Check that it is a file made by ksbtui.",
        )
    if not machine.eof or machine.unused_data:
        raise Unreadable(f"{name} is damaged or cut short.", _DAMAGED)
    return data


SUFFIX = ".db.age"


def sealed_copy(connection: sqlite3.Connection, target: Path, to: Sequence[str]) -> Path:
    """Copy the open journal in memory, check the copy, and write it encrypted."""
    try:
        data = connection.serialize()
        copied = sqlite3.connect(":memory:")
        try:
            copied.deserialize(data)
            (verdict,) = copied.execute("PRAGMA quick_check").fetchone()
        finally:
            copied.close()
    except sqlite3.Error as problem:
        raise refusal(problem, target) from problem
    if verdict != "ok":
        raise StoreProblem(
            f"The copy did not pass its check ({verdict}), so it was deleted.",
            "The journal may be damaged. Run: ksbtui doctor",
        )
    _put(target, seal(data, to))
    return target


def _put(target: Path, data: bytes) -> None:
    try:
        write_private(target, data)
    except OSError as problem:
        raise StoreProblem(
            f"No backup could be made at {target}: {problem.strerror}.",
            "Check free space and permissions, or choose another place.",
        ) from problem


@contextmanager
def plain_copy(path: Path, journal: Path) -> Iterator[Path]:
    """A copy as SQLite can read it: itself, or decrypted beside the journal for as long."""
    if not is_sealed(path):
        yield path
        return
    temporary = journal.with_name(f".{journal.name}.opened-{os.getpid()}")
    _put(temporary, unseal(read_bytes(path), path.name))
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
