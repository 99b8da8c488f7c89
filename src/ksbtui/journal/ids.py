"""Short ids a person can read out and type: no look-alike characters."""

from __future__ import annotations

import os

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 8
SHORTEST_PREFIX = 4


def new_id() -> str:
    """Draw eight random characters, each equally likely."""
    drawn = ""
    while len(drawn) < LENGTH:
        drawn += "".join(ALPHABET[byte % 30] for byte in os.urandom(LENGTH) if byte < 240)
    return drawn[:LENGTH]
