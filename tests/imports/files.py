"""Files made by hand for the importers' tests."""

from __future__ import annotations

import zipfile
from html import escape
from pathlib import Path

_HEAD = (
    '<?xml version="1.0"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="Sheet1">'
)
_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    "</manifest:manifest>"
)


def ods_row(*texts: str) -> str:
    """A row of text cells."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p>'
        "</table:table-cell>"
        for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"


def write_ods(path: Path, rows: str, before: str = "") -> None:
    """An ODS file with one sheet of these rows."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", _TYPE)
        packed.writestr("META-INF/manifest.xml", _MANIFEST)
        packed.writestr("content.xml", before + _HEAD + rows + _FOOT)
