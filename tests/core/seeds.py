"""The shipped standards, read plainly so that these tests lean on no loader."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from ksbtui.core.programme.standards import Duty, Ksb, Outcome, Standard

SEED = Path(__file__).parents[2] / "seed"


def _read(path: str) -> dict[str, Any]:
    return tomllib.loads((SEED / path).read_text(encoding="utf-8"))


@cache
def seeded(name: str) -> Standard:
    """The standard of that file stem, with the hints of its ref."""
    data = _read(f"standards/{name}.toml")
    hints = _read(f"hints/{data['ref'].lower()}.toml")
    return Standard(
        ref=data["ref"],
        version=data["version"],
        kind=data["kind"],
        title=data["title"],
        ksbs=tuple(Ksb(ksb["code"], ksb["text"], **hints[ksb["code"]]) for ksb in data["ksbs"]),
        duties=tuple(
            Duty(duty["number"], duty["text"], tuple(duty["ksbs"]))
            for duty in data.get("duties", [])
        ),
        outcomes=tuple(
            Outcome(one["number"], one["function"], one["text"], tuple(one["ksbs"]))
            for one in data.get("outcomes", [])
        ),
    )


def st1512() -> Standard:
    return seeded("st1512-2.0")


def au0002() -> Standard:
    return seeded("au0002-1.0")
