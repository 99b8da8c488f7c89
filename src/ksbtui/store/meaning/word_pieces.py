"""BERT's word pieces: a text as the numbers that a sentence model reads."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from ksbtui.errors import Unreadable

MOST_PIECES = 256
LONGEST_WORD = 100
_MARKS = ("[CLS]", "[SEP]", "[UNK]")
_TOKEN = re.compile(r"\w+|[^\w\s]")


def read_vocabulary(folder: Path) -> dict[str, int]:
    """Each piece's number, from ``vocab.txt`` or ``tokenizer.json`` in a folder."""
    lines, document = folder / "vocab.txt", folder / "tokenizer.json"
    try:
        if lines.is_file():
            pieces = lines.read_text(encoding="utf-8").splitlines()
            found = {piece: number for number, piece in enumerate(pieces)}
        elif document.is_file():
            body = json.loads(document.read_text(encoding="utf-8"))
            found = {str(piece): int(number) for piece, number in body["model"]["vocab"].items()}
        else:
            raise Unreadable(
                f"{folder} holds no vocabulary.",
                "Put the model's vocab.txt or tokenizer.json beside its .onnx file.",
            )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise Unreadable(
            f"The vocabulary in {folder} cannot be read.", "Copy the model's files there again."
        ) from problem
    if not all(mark in found for mark in _MARKS):
        raise Unreadable(
            f"The vocabulary in {folder} is not for a sentence model of this kind.",
            "Use a model with BERT's word pieces, such as all-MiniLM-L6-v2.",
        )
    return found


def numbers_of(text: str, vocabulary: Mapping[str, int]) -> list[int]:
    """The numbers of a text's pieces, between the marks of start and end; at most 256."""
    start, end, unknown = (vocabulary[mark] for mark in _MARKS)
    found = [start]
    for word in _words(text):
        found += _pieces(word, vocabulary, unknown)
        if len(found) >= MOST_PIECES:
            break
    return [*found[: MOST_PIECES - 1], end]


def _words(text: str) -> Iterator[str]:
    """Lower-case words and marks, without accents."""
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
    for match in _TOKEN.finditer(plain):
        yield from match[0].split("_") if "_" in match[0] else (match[0],)


def _pieces(word: str, vocabulary: Mapping[str, int], unknown: int) -> list[int]:
    """The longest known pieces from the left; one unknown where none fits."""
    if len(word) > LONGEST_WORD:
        return [unknown]
    found: list[int] = []
    at = 0
    while at < len(word):
        end = len(word)
        while end > at and (("##" if at else "") + word[at:end]) not in vocabulary:
            end -= 1
        if end == at:
            return [unknown]
        found.append(vocabulary[("##" if at else "") + word[at:end]])
        at = end
    return found
