"""Rows read straight from the pages of a damaged journal, whatever else of it is broken.

SQLite finds rows from the first page downward, so that one broken page hides all below it.
Here every page is looked at by itself, as https://www.sqlite.org/fileformat2.html describes
it: leaves hold the rows, and what a row holds tells which table it is of. Deleted rows are
not found, because the journal is written with ``secure_delete``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = tuple[Any, ...]

_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 0x0D, 0x0A, 0x02
_HEADER_BYTES = {_TABLE_LEAF: 8, _INDEX_LEAF: 8, _INDEX_INTERIOR: 12}
_SIZES = {5: 6, 6: 8, 7: 8}
"""Bytes of a column by its serial type, where they are not the type itself."""
MOST_BYTES = 20_000_000
"""Of one row; the longest text that can be typed is far below."""


class _Broken(Exception):
    """A page or row that does not read."""


@dataclass(frozen=True, slots=True)
class Carved:
    """A row with its number (None in tables without one), and whether its end is missing."""

    rowid: int | None
    values: Row
    cut: bool


def carve(path: Path) -> Iterator[Carved]:
    """Read every row that any page of a file still holds, in the order of the pages."""
    data = path.read_bytes()
    size = int.from_bytes(data[16:18])
    size = 65536 if size == 1 else size
    if size < 512 or size & (size - 1):
        size = 4096
    usable = size - data[20] if len(data) > 20 and data[:6] == b"SQLite" else size
    pages = _Pages(data, size, usable)
    for number in range(len(data) // size):
        yield from pages.rows(number)
    if len(data) % size:  # the last page of a clipped file, as far as it reaches
        yield from pages.rows(len(data) // size)


class _Pages:
    """The pages of a file; ``usable`` bytes of each hold content."""

    def __init__(self, data: bytes, size: int, usable: int) -> None:
        self._data, self._size, self._usable = data, size, usable

    def rows(self, number: int) -> Iterator[Carved]:
        """The rows of one page (the first is 0); none where it is no leaf."""
        page = self._page(number)
        start = 100 if number == 0 else 0
        kind = page[start] if len(page) > start else 0
        if kind not in _HEADER_BYTES:
            return
        cells = int.from_bytes(page[start + 3 : start + 5])
        first = start + _HEADER_BYTES[kind]
        for place in range(min(cells, (self._usable - first) // 2)):
            pointer = int.from_bytes(page[first + 2 * place : first + 2 * place + 2])
            if not first <= pointer < len(page):
                continue
            try:
                yield self._row(page, pointer, kind)
            except (_Broken, IndexError, ValueError):
                continue

    def _page(self, number: int) -> bytes:
        return self._data[number * self._size : (number + 1) * self._size]

    def _row(self, page: bytes, place: int, kind: int) -> Carved:
        if kind == _INDEX_INTERIOR:
            place += 4
        length, place = _varint(page, place)
        rowid = None
        if kind == _TABLE_LEAF:
            rowid, place = _varint(page, place)
        if not 2 <= length <= MOST_BYTES:
            raise _Broken
        payload, cut = self._payload(page, place, length, kind)
        return Carved(rowid, *_columns(payload, cut))

    def _payload(self, page: bytes, place: int, length: int, kind: int) -> tuple[bytes, bool]:
        """The bytes of a row, and whether some at their end are missing."""
        usable = self._usable
        most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if length <= most:
            here = page[place : place + length]
            return here, len(here) < length
        least = (usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (usable - 4)
        local = local if local <= most else least
        parts = [page[place : place + local]]
        left = length - local
        following = int.from_bytes(page[place + local : place + local + 4])
        seen: set[int] = set()
        while left > 0:
            more = self._page(following - 1) if following > 0 else b""
            if following in seen or len(more) < 5:
                return b"".join(parts), True
            seen.add(following)
            parts.append(more[4 : min(4 + left, usable)])
            left -= len(parts[-1])
            following = int.from_bytes(more[:4])
        return b"".join(parts), False


def _columns(payload: bytes, cut: bool) -> tuple[Row, bool]:
    """The values of a row; what lies beyond a cut is None."""
    header, place = _varint(payload, 0)
    if not place <= header <= len(payload):
        raise _Broken
    kinds = []
    while place < header:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    values: list[Any] = []
    for kind in kinds:
        size = (kind - 12) // 2 if kind >= 12 else 0 if kind in (8, 9) else _SIZES.get(kind, kind)
        if kind in (10, 11) or (not cut and place + size > len(payload)):
            raise _Broken
        values.append(_value(kind, payload[place : place + size], size))
        place += size
    return tuple(values), cut


def _value(kind: int, data: bytes, size: int) -> Any:
    if kind == 0 or (len(data) < size and kind < 12):
        return None
    if kind in (8, 9):
        return kind - 8
    if kind < 7:
        return int.from_bytes(data, signed=True)
    if kind >= 13 and kind % 2:
        return data.decode("utf-8", "replace" if len(data) == size else "ignore")
    return data


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    number = 0
    for count in range(8):
        byte = data[place + count]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + count + 1
    return number << 8 | data[place + 8], place + 9
