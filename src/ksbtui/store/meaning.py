"""A sentence model on this computer, and how close a text is to each KSB by it.

It needs onnxruntime and numpy (``pip install 'ksbtui[meaning]'``), which are imported only
once a model was named. Nothing is fetched: without its files a model is refused. Texts reach
it as the numbers of BERT's word pieces.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ksbtui.core.text.terms import TEXT_LIMIT, sentence_spans
from ksbtui.errors import NotFound, StoreProblem, Unreadable
from ksbtui.store.files.paths import data_folder, write_private

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
            numbers = {piece: number for number, piece in enumerate(pieces)}
        elif document.is_file():
            body = json.loads(document.read_text(encoding="utf-8"))
            numbers = {str(piece): int(n) for piece, n in body["model"]["vocab"].items()}
        else:
            raise Unreadable(
                f"{folder} contains no vocabulary.",
                "Put the model's vocab.txt or tokenizer.json beside its .onnx file.",
            )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise Unreadable(
            f"The vocabulary in {folder} cannot be read.", "Copy the model's files there again."
        ) from problem
    if not all(mark in numbers for mark in _MARKS):
        raise Unreadable(
            f"The vocabulary in {folder} is not for a sentence model of this kind.",
            "Use a model with BERT's word pieces, such as all-MiniLM-L6-v2.",
        )
    return numbers


def numbers_of(text: str, vocabulary: Mapping[str, int]) -> list[int]:
    """The numbers of a text's pieces, between the marks of start and end; at most 256."""
    start, end, unknown = (vocabulary[mark] for mark in _MARKS)
    numbers = [start]
    for word in _words(text):
        numbers += _pieces(word, vocabulary, unknown)
        if len(numbers) >= MOST_PIECES:
            break
    return [*numbers[: MOST_PIECES - 1], end]


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
    numbers: list[int] = []
    at = 0
    while at < len(word):
        lead, end = "##" if at else "", len(word)
        while end > at and lead + word[at:end] not in vocabulary:
            end -= 1
        if end == at:
            return [unknown]
        numbers.append(vocabulary[lead + word[at:end]])
        at = end
    return numbers


MOST_SENTENCES = 40
_AT_ONCE = 16


class Model:
    """A sentence model: texts become unit vectors."""

    def __init__(self, folder: Path) -> None:
        files = sorted(folder.glob("*.onnx"))
        if not files:
            raise NotFound(
                f"{folder} contains no .onnx file.", "Enter the folder of a sentence model."
            )
        self._vocabulary = read_vocabulary(folder)
        try:
            import numpy  # deferred: numpy and onnxruntime, for those who chose a model
            import onnxruntime
        except ImportError as problem:
            raise NotFound(
                "onnxruntime is not installed.", "Install it: pip install 'ksbtui[meaning]'"
            ) from problem
        self._numpy: Any = numpy
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(files[0]), options, providers=["CPUExecutionProvider"]
            )
            self._inputs = {field.name for field in self._session.get_inputs()}
            self.vectors(["test"])
        except Exception as problem:
            raise Unreadable(
                f"{files[0]} is not a sentence model that can be used.",
                "Use the ONNX file of a model such as all-MiniLM-L6-v2.",
            ) from problem

    def vectors(self, texts: Sequence[str]) -> Any:
        """A unit vector a text, as rows: the mean of what the model says of its pieces."""
        numpy = self._numpy
        rows = []
        for at in range(0, len(texts), _AT_ONCE):
            numbers = [numbers_of(text, self._vocabulary) for text in texts[at : at + _AT_ONCE]]
            longest = max(map(len, numbers))
            ids = numpy.zeros((len(numbers), longest), dtype=numpy.int64)
            for row, pieces in enumerate(numbers):
                ids[row, : len(pieces)] = pieces
            lengths = [[len(pieces)] for pieces in numbers]
            mask = (numpy.arange(longest) < lengths).astype(numpy.int64)
            named = {
                "input_ids": ids,
                "attention_mask": mask,
                "token_type_ids": numpy.zeros_like(ids),
            }
            wanted = {name: value for name, value in named.items() if name in self._inputs}
            vectors = self._session.run(None, wanted)[0]
            if vectors.ndim == 3:
                words = mask.sum(axis=1, keepdims=True)
                vectors = (vectors * mask[:, :, None]).sum(axis=1) / words
            rows.append(vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True))
        return numpy.concatenate(rows)

    def comparer(self, statements: Mapping[str, str]) -> Comparer:
        return Comparer(self, statements)


class Comparer:
    """How close a text comes to each of some statements."""

    def __init__(self, model: Model, statements: Mapping[str, str]) -> None:
        self._model = model
        self._codes = tuple(statements)
        self._statements = model.vectors(list(statements.values())) if statements else None

    def similarities(self, text: str) -> dict[str, float]:
        """For each code the mean of its cosine with the whole text and with the best sentence."""
        text = text[:TEXT_LIMIT]
        sentences = [text[span.start : span.end] for span in sentence_spans(text)]
        if not sentences or self._statements is None:
            return {}
        vectors = self._model.vectors([text, *sentences[:MOST_SENTENCES]])
        cosines = vectors @ self._statements.T
        both = (cosines[0] + cosines[1:].max(axis=0)) / 2
        return {code: float(value) for code, value in zip(self._codes, both, strict=True)}


def load_model(name: str) -> Model:
    """The model in a folder, or in an installed package of that name."""
    folder = Path(name).expanduser()
    if not folder.is_dir():
        try:
            package = find_spec(name) if name.isidentifier() else None
        except (ImportError, ValueError):
            package = None
        places = list(package.submodule_search_locations or ()) if package else []
        if not places:
            raise NotFound(
                f"There is no folder or installed package called {name}.",
                "Enter the folder with the model's .onnx file and vocabulary.",
            )
        folder = Path(places[0])
    return Model(folder)


def chosen_model() -> str:
    """The model the person chose; empty for none, as from the start."""
    try:
        return _choice_path().read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def choose_model(name: str) -> None:
    """Keep which model to use from now on; an empty name turns it off."""
    path = _choice_path()
    try:
        if not name:
            path.unlink(missing_ok=True)
            return
        write_private(path, f"{name}\n".encode())
    except OSError as problem:
        raise StoreProblem(
            f"The choice cannot be saved at {path}: {problem.strerror}.",
            "Check free space and permissions.",
        ) from problem


def _choice_path() -> Path:
    return data_folder() / "model.txt"
