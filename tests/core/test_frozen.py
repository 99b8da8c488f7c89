"""The project's own frozen dataclasses behave as the library's do."""

from __future__ import annotations

import dataclasses

import pytest

from ksbtui.core import frozen
from ksbtui.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """Two fields that must be given, one with a default and one that does not compare."""

    code: str
    minutes: int
    module: int | None = None
    note: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Basket:
    """A default made anew for each."""

    things: list[int] = dataclasses.field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Checked:
    """Refuses when made."""

    size: int

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("too small")


@pytest.fixture(params=["shared", "written"])
def made(request: pytest.FixtureRequest) -> None:
    """Run a test with the shared ``__init__``, and with the one written for many objects."""
    if request.param == "written":
        for _ in range(frozen.MANY + 1):
            Row("K1", 60)
            Checked(1)


@pytest.mark.usefixtures("made")
def test_fields_are_given_by_place_or_name_and_else_take_their_default() -> None:
    row = Row("K1", minutes=60)
    assert (row.code, row.minutes, row.module, row.note) == ("K1", 60, None, "")
    assert Row(code="K1", minutes=60, module=3) == Row("K1", 60, 3)
    assert repr(row) == "Row(code='K1', minutes=60, module=None, note='')"


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("values", "named"),
    [
        (("K1",), {}),
        (("K1", 60, 3, "", "more"), {}),
        (("K1", 60), {"code": "K2"}),
        (("K1", 60), {"colour": "red"}),
    ],
)
def test_too_few_too_many_twice_and_unknown_are_refused(
    values: tuple[object, ...], named: dict[str, object]
) -> None:
    with pytest.raises(TypeError):
        Row(*values, **named)  # type: ignore[arg-type]


@pytest.mark.usefixtures("made")
def test_equality_and_hash_go_by_the_fields_that_compare() -> None:
    assert Row("K1", 60, note="a") == Row("K1", 60, note="b")
    assert hash(Row("K1", 60, note="a")) == hash(Row("K1", 60, note="b"))
    assert Row("K1", 60) != Row("K1", 61)
    other: object = ("K1", 60, None, "")
    assert Row("K1", 60) != other


@pytest.mark.usefixtures("made")
def test_nothing_is_set_or_deleted_afterwards_and_replace_makes_another() -> None:
    row = Row("K1", 60)
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.minutes = 90  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del row.minutes
    assert dataclasses.replace(row, minutes=90) == Row("K1", 90)
    assert row.minutes == 60


@pytest.mark.usefixtures("made")
def test_a_check_runs_for_every_object() -> None:
    with pytest.raises(ValueError, match="too small"):
        Checked(-1)


def test_a_default_made_anew_is_never_shared() -> None:
    baskets = [Basket() for _ in range(frozen.MANY + 2)]
    baskets[-1].things.append(1)
    assert not any(basket.things for basket in baskets[:-1])
