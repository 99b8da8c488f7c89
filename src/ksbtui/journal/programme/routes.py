"""Which route suits whom: what set-up explains before anything is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from ksbtui.core.codec import ForbidExtra
from ksbtui.store.seed.seeds import read_table, seed_root, validated


@dataclass(frozen=True, slots=True)
class Route(ForbidExtra):
    """One route: who it is for and why. ``standard`` is empty where none is shipped."""

    id: str
    name: str
    kind: str
    for_whom: str
    why: str
    roles: tuple[str, ...] = ()
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Routes(ForbidExtra):
    """The question that decides between the routes, and each of them."""

    title: str
    question: str
    both: str
    source: str
    routes: tuple[Route, ...]


def read_routes() -> Routes:
    """Read the shipped guide to the routes."""
    path = seed_root() / "routes.toml"
    routes: Routes = validated(path, Routes, read_table(path))
    return routes
