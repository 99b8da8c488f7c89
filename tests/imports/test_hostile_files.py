"""Files that are damaged, disguised or made to hurt: refused in bounded time and memory."""

from __future__ import annotations

import os
import struct
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ksbtui.errors import KsbtuiError
from ksbtui.imports.source import check_zip, decode_text, read_bytes, unpack
from ksbtui.imports.standards import read_standard
from ksbtui.imports.tables.files import read_grids
from tests.imports.files import ods_row, write_ods

GOOD = "K1: Übung macht – den Meister.\n"


def refusal(path: Path) -> str:
    """The message of the refusal that reading this file ends in, said within two seconds."""
    begun = time.perf_counter()
    with pytest.raises(KsbtuiError) as caught:
        read_standard(path)
    assert time.perf_counter() - begun < 2
    assert caught.value.hint
    assert "\n" not in caught.value.message
    return caught.value.message


def workbook(path: Path, **cells: str | float) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for ref, value in cells.items():
        sheet[ref] = value
    book.save(path)
    return path


def repacked(path: Path, name: str, content: bytes) -> Path:
    """The same packed file with one member's content exchanged."""
    with zipfile.ZipFile(path) as packed:
        members = {info.filename: packed.read(info) for info in packed.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for member, data in {**members, name: content}.items():
            packed.writestr(member, data)
    return path


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"Only some words about bread.\n", "no KSB statements found"),
        ("a.json", b"[]", "no KSB statements found"),
        ("a.csv", b"a,b\n1,2\n", "no KSB statements found"),
        ("a.json", b"[" * 100_000, "not valid JSON"),
        ("a.json", b'{"a":' * 60 + b"1" + b"}" * 60, "nested"),
        ("a.toml", b"a = [", "not valid TOML"),
        ("a.txt", b"%PDF-1.7 K1: x", "PDF"),
        ("a.txt", b"\x7fELF\x00\x01\x02\x00\x99" * 50, "not a text file"),
        ("a.xlsx", b"K1: text in disguise", "not a spreadsheet"),
        ("a.xlsx", b"PK\x03\x04 cut short", "damaged"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password-protected"),
        ("a.csv", b'K1,"' + b"x" * 200_000, "cannot be read as CSV"),
        ("a.csv", b"K1" + b",x" * 10_000, "too large a table"),
        ("a.txt", b"K1: " + b"x" * 5_000, "over 4,000 characters"),
        ("a.txt", b"K1: x\n" * 400_000, "too long for a standard"),
    ],
)
def test_a_file_that_cannot_be_a_standard(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refusal(path)


def test_no_file_a_folder_and_a_giant(tmp_path: Path) -> None:
    giant = tmp_path / "giant.csv"
    with giant.open("wb") as file:
        file.truncate(200_000_000)
    assert "There is no file" in refusal(tmp_path / "none.txt")
    assert "not a file" in refusal(tmp_path)
    assert "200 MB" in refusal(giant)
    os.truncate(giant, 2_000)
    assert len(read_bytes(giant, 2_000)) == 2_000


@pytest.mark.parametrize(
    "content", ["K1: x (", "<a x=", "<!--", "</", "<div>", "<td>", "[a](", "* "]
)
@pytest.mark.parametrize("suffix", [".html", ".txt"])
def test_hostile_text_takes_no_longer_than_its_length(
    content: str, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(content * (200_000 // len(content)), encoding="utf-8")
    begun = time.perf_counter()
    with pytest.raises(KsbtuiError):
        read_standard(path)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_in_any_usual_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(GOOD.encode(encoding))
    assert read_standard(path).ksbs[0].text == "Übung macht – den Meister."
    assert decode_text(GOOD.encode(encoding))[1] == encoding.removesuffix("-sig")


def test_a_packed_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", A1="K1", B1="x")
    repacked(path, "xl/sharedStrings.xml", bytes(30_000_000))
    assert "unpacks to far more" in refusal(path)
    with pytest.raises(KsbtuiError):
        check_zip(path)


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", A1="K1", B1="x")
    repacked(path, "xl/sharedStrings.xml", bytes(30_000_000))
    data = path.read_bytes().replace(struct.pack("<I", 30_000_000), struct.pack("<I", 900))
    path.write_bytes(data)
    assert "unpacks to far more" in refusal(path)
    member = next(m for m in check_zip(path) if m.filename == "xl/sharedStrings.xml")
    with pytest.raises(KsbtuiError):
        unpack(path, member)


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_entity_bombs_are_refused(name: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", A1="K1", B1="x")
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert "XML declarations" in refusal(repacked(path, name, bomb))


def test_entity_bomb_in_ods(tmp_path: Path) -> None:
    write_ods(tmp_path / "a.ods", ods_row("K1", "x"), before='<!DOCTYPE a [<!ENTITY b "bb">]>')
    assert "XML declarations" in refusal(tmp_path / "a.ods")


@pytest.mark.parametrize("corner", ["XFD5000", "NTP1", "D1048576"])
def test_a_value_in_a_far_corner_is_refused_before_the_grid_is_laid_out(
    corner: str, tmp_path: Path
) -> None:
    assert "too large a table" in refusal(workbook(tmp_path / "a.xlsx", A1="K1", **{corner: "x"}))


def test_repeated_cells_in_ods(tmp_path: Path) -> None:
    filled = '<table:table-cell office:value-type="float" office:value="1" '
    wide = f'<table:table-row>{filled}table:number-columns-repeated="9999"/></table:table-row>'
    long = (
        '<table:table-row table:number-rows-repeated="1048576">'
        f'{filled}table:number-columns-repeated="9"/></table:table-row>'
    )
    for name, rows in (("wide.ods", wide), ("long.ods", long)):
        write_ods(tmp_path / name, rows)
        assert "too large a table" in refusal(tmp_path / name)


def test_empty_repeated_rows_at_the_end_are_ordinary(tmp_path: Path) -> None:
    empty = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    write_ods(tmp_path / "a.ods", ods_row("K1", "Bread.") + empty)
    assert read_grids(tmp_path / "a.ods")[0].rows == [["K1", "Bread."]]


def test_a_workbook_under_another_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", A1="K1", B1="x").rename(tmp_path / "a.csv")
    assert "of another format than its suffix says" in refusal(path)


def test_another_packed_file_named_as_a_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert "not a spreadsheet" in refusal(tmp_path / "a.xlsx")
