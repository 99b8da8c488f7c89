"""The file an importer reads: checked before it is trusted, with what a person says about it.

A file from outside may be huge, packed to explode, damaged, locked or wrongly named.
Each check costs bounded time and memory and refuses in two plain lines.
"""

from __future__ import annotations

import codecs
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound, Unreadable

MEGABYTE = 1_000_000
MAX_FILE = 20 * MEGABYTE
MAX_UNPACKED = 100 * MEGABYTE
MAX_RATIO = 200
"""An ordinary sheet packs 5 to 40 times; a bomb of zeros about 1,000 times."""
MAX_MEMBERS = 5_000

_RATIO_FROM = 5 * MEGABYTE
"""Small members may pack well; only large ones are judged by their ratio."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_bytes(path: Path, max_bytes: int = MAX_FILE) -> bytes:
    """The whole content of an ordinary, non-empty file of at most ``max_bytes``."""
    try:
        info = path.stat()
    except (OSError, ValueError) as error:
        raise NotFound(
            f"There is no file {path.name}.", "Check the path and its spelling."
        ) from error
    if not stat.S_ISREG(info.st_mode):
        raise Unreadable(f"{path.name} is not a file.", "Enter the path of one file.")
    if info.st_size == 0:
        raise Unreadable(f"{path.name} is empty.", "Download or save it again.")
    if info.st_size > max_bytes:
        size, limit = info.st_size // MEGABYTE, max_bytes // MEGABYTE
        raise Unreadable(
            f"{path.name} is too large: {size} MB. The limit is {limit} MB.",
            "Remove pictures and sheets that are not needed, or save it as CSV or text.",
        )
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise Unreadable(
            f"{path.name} cannot be read: {error.strerror}.", "Check the file's permissions."
        ) from error
    return data[:max_bytes]


def container(data: bytes) -> str:
    """What the first bytes say a file is: ``zip``, ``ole``, ``pdf`` or ``text``."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(_OLE):
        return "ole"
    if data.lstrip()[:5] == b"%PDF-":
        return "pdf"
    return "text"


def refuse_locked(name: str) -> Unreadable:
    """The refusal for an OLE file: a password-protected workbook or an old ``.xls``."""
    return Unreadable(
        f"{name} is password-protected or in the old Excel format.",
        "Open it in a spreadsheet program and save it as XLSX without a password.",
    )


def check_zip(path: Path) -> list[zipfile.ZipInfo]:
    """The members of a packed file whose declared sizes are safe to unpack."""
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(path.name) from error
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(f"{path.name} is password-protected.", "Save it again without a password.")
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
        raise _bomb(path.name)
    for member in members:
        if member.file_size > _RATIO_FROM and member.file_size > MAX_RATIO * member.compress_size:
            raise _bomb(path.name)
    return members


def unpack(path: Path, member: zipfile.ZipInfo) -> bytes:
    """One member's content, never more than it declares.

    ``zipfile`` stops at the declared size, other readers do not: a member that really
    holds more is refused here before such a reader sees it.
    """
    limit = min(member.file_size, MAX_UNPACKED)
    try:
        data = _inflate(path, member, limit + 1)
    except (OSError, zlib.error, struct.error) as error:
        raise _damaged(path.name) from error
    if len(data) > limit:
        raise _bomb(path.name)
    if len(data) < member.file_size:
        raise _damaged(path.name)
    return data


def _inflate(path: Path, member: zipfile.ZipInfo, limit: int) -> bytes:
    with path.open("rb") as file:
        file.seek(member.header_offset)
        header = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
        file.seek(header[9] + header[10], 1)
        packed = file.read(member.compress_size)
    if member.compress_type == zipfile.ZIP_STORED:
        return packed[:limit]
    if member.compress_type == zipfile.ZIP_DEFLATED:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, limit)
    raise zlib.error("unknown packing")


def check_xml(name: str, data: bytes) -> None:
    """Refuse XML that declares entities or hides in another encoding."""
    if b"\0" in data[:200] or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unreadable(
            f"{name} contains XML declarations that a spreadsheet never needs.",
            "Do not trust this file. Ask its sender for a CSV.",
        )


def decode_text(data: bytes, name: str = "The file") -> tuple[str, str]:
    """The text of a file and the encoding it is in.

    A byte order mark decides; else UTF-8 if it fits, UTF-16 if every other byte is
    zero, else Windows-1252, which old spreadsheet programs write.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, name), encoding.removesuffix("-sig")
    if b"\0" in data:
        odd, even = data[1:400:2], data[0:400:2]
        for half, encoding in ((odd, "utf-16-le"), (even, "utf-16-be")):
            if half.count(0) > 0.7 * len(half):
                return _decoded(data, encoding, name), encoding
        raise _not_text(name)
    try:
        return _checked(data.decode("utf-8"), name), "utf-8"
    except UnicodeDecodeError:
        return _decoded(data, "cp1252", name), "cp1252"


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return _checked(data.decode(encoding), name)
    except UnicodeDecodeError as error:
        raise _not_text(name) from error


def _checked(text: str, name: str) -> str:
    """The text itself unless control characters show that it is none."""
    sample = text[:4_000]
    controls = sum(char < " " and char not in "\t\r\n\f\v\x1e" for char in sample)
    if controls > len(sample) // 100:
        raise _not_text(name)
    return text


def _not_text(name: str) -> Unreadable:
    return Unreadable(
        f"{name} is not a text file.",
        "Change the file's suffix to its real format, or save it as text.",
    )


def _damaged(name: str) -> Unreadable:
    return Unreadable(
        f"{name} is damaged or cut short.", "Download it again, or save it again as CSV or XLSX."
    )


def _bomb(name: str) -> Unreadable:
    return Unreadable(
        f"{name} unpacks to far more data than a training log needs.",
        "Do not trust this file. If it is yours, save it as CSV.",
    )


MAPPABLE = (
    *("day", "title", "hours", "minutes", "duration", "start", "end", "type", "module"),
    *("notes", "learned", "ksbs", "k", "s", "b", "paid", "evidence", "ignore"),
)
"""Fields that ``--map`` names."""

_OTHER_NAMES = {"date": "day", "activity": "title", "time": "duration"}


@dataclass(frozen=True, slots=True)
class Options:
    """What a person says about a file where it is silent or unclear.

    ``columns`` maps a field (``day``, ``hours`` …) to column letters or headings, in the one
    table that ``table`` numbers or that has the headings of ``shape``; ``order`` is ``dmy``,
    ``mdy`` or empty; days without a year are the latest not after ``as_at``; calendars are
    read from ``first`` to ``last``; ``minutes`` stand for notes without a time.
    """

    as_at: date
    sheet: str = ""
    table: int | None = None
    header_row: int | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shape: tuple[str, ...] = ()
    order: str = ""
    first: date | None = None
    last: date | None = None
    minutes: int | None = None

    def as_map(self, shape: tuple[str, ...] = ()) -> dict[str, Any]:
        """What was said about the columns, as it is kept under a name, with the table's shape."""
        columns = {field: list(names) for field, names in self.columns.items()}
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": columns,
            "order": self.order,
            "shape": list(shape or self.shape),
        }


def saved_columns(body: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The columns by field of what was kept."""
    return {field: tuple(names) for field, names in body.get("columns", {}).items()}


def read_map(text: str) -> dict[str, tuple[str, ...]]:
    """``day=A,hours=G+H,title=Activity`` as columns by field. Raises Unreadable."""
    columns: dict[str, tuple[str, ...]] = {}
    for part in text.split(","):
        field, equals, names = part.partition("=")
        field = _OTHER_NAMES.get(field.strip().lower(), field.strip().lower())
        if not equals or field not in MAPPABLE or not names.strip():
            raise Unreadable(
                f"{quoted(part)} does not map a field.",
                f"Write it like day=A,hours=G. The fields are {', '.join(MAPPABLE)}.",
            )
        columns[field] = tuple(name.strip() for name in names.split("+") if name.strip())
    return columns
