"""JSON from outside, read with bounds."""

from __future__ import annotations

import json
from typing import Any

from ksbtui.errors import Unreadable


def json_of(text: str, name: str, *, quiet: bool = False) -> Any:
    """The value of a JSON text; refuses what is none, or gives None where ``quiet``."""
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as problem:
        if quiet:
            return None
        raise Unreadable(f"{name} is not valid JSON.", "Export it again.") from problem
