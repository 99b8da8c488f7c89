"""The optional sentence model: off and free unless named, refused without its files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from ksbtui.errors import KsbtuiError
from ksbtui.store.meaning import (
    MOST_PIECES,
    choose_model,
    chosen_model,
    load_model,
    numbers_of,
    read_vocabulary,
)
from tests.cli.kit import Shell

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "map", "##ped", "the", "cafe", ".", "pro", "##cess"]


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    made = Shell(tmp_path / "journal.db", capsys, "2026-06-30")
    words = ("--standard", "ST1512", "--programme", "local-government-14-months")
    assert made("setup", *words, "--start", "2026-01-12").code == 0
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "model"
    found.mkdir()
    (found / "vocab.txt").write_text("\n".join(PIECES), encoding="utf-8")
    return found


def test_words_become_pieces_between_two_marks(folder: Path) -> None:
    vocabulary = read_vocabulary(folder)
    assert numbers_of("Mapped the Café process.", vocabulary) == [2, 4, 5, 6, 7, 9, 10, 8, 3]
    assert numbers_of("漢", vocabulary) == [2, 1, 3]
    assert len(numbers_of("the " * 1_000, vocabulary)) == MOST_PIECES


def test_a_tokenizer_file_says_the_same(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    body = {"model": {"vocab": {piece: at for at, piece in enumerate(PIECES)}}}
    (other / "tokenizer.json").write_text(json.dumps(body), encoding="utf-8")
    assert read_vocabulary(other) == read_vocabulary(folder)


@pytest.mark.parametrize("text", ["", "{}", "not json", '{"model": {"vocab": {"a": 1}}}'])
def test_a_bad_vocabulary_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "tokenizer.json").write_text(text, encoding="utf-8")
    with pytest.raises(KsbtuiError):
        read_vocabulary(tmp_path)


def test_a_folder_or_package_without_a_model_is_refused(folder: Path) -> None:
    for name in (str(folder), "json", "no_such_package", "../x", ""):
        with pytest.raises(KsbtuiError):
            load_model(name)
    (folder / "model.onnx").write_bytes(b"no model")
    with pytest.raises(KsbtuiError):
        load_model(str(folder))


def test_the_choice_is_kept_and_taken_back(shell: Shell, folder: Path) -> None:
    assert chosen_model() == ""
    shell.refused("suggest", "--model", str(folder))
    assert chosen_model() == "", "what cannot be used is not kept"
    choose_model(str(folder))
    done = shell("suggest", "I drew the process map of housing repairs.", "--json")
    assert done.json["suggestions"], "a model that went away costs no suggestion"
    assert "The sentence model is not used" in done.err
    assert shell("suggest", "--model", "none").code == 0
    assert chosen_model() == ""


def test_without_a_model_nothing_is_loaded(shell: Shell) -> None:
    assert shell("suggest", "I drew the process map of housing repairs.").code == 0
    assert not {"numpy", "onnxruntime"} & set(sys.modules)
