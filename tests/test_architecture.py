"""The house rules that a reader may rely on: who imports whom, and how big things get."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from inspect import signature
from pathlib import Path

import pytest

from ksbtui.journal.journal import Journal, Subject

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ksbtui"
LAYERS = (
    ("errors",),
    ("core",),
    ("store", "clock"),
    ("journal",),
    ("presentation",),
    ("imports", "exports", "settings", "faults"),
    ("widgets",),
    ("screens",),
    ("app",),
    ("cli",),
    ("__main__",),
)
"""Lowest first: a module imports from its own layer or below, never above."""

FLOORS = {"": -1, "__init__": -1, **{name: i for i, row in enumerate(LAYERS) for name in row}}
MODULES = sorted(SOURCE.rglob("*.py"))
NAMES = {
    ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in MODULES
}
"""Every module by its dotted name."""
CLOCKS = {
    (module, name)
    for module in ("date", "datetime", "time")
    for name in ("today", "now", "utcnow", "time", "monotonic", "localtime")
}
FUNCTION_LINES = 50
CLASS_LINES = 300
MODULE_LINES = 400
FOLDER_FILES = 15
CLASS_METHODS = 30

FOLDERS_STILL_TOO_FULL: set[str] = set()


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> set[str]:
    """Every ksbtui module that is imported anywhere in a module, in functions too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            found.update(parts & NAMES.keys() or {node.module})
            if not parts <= NAMES.keys():
                found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return {name for name in found if name.split(".")[0] == "ksbtui"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_downward(path: Path) -> None:
    here = FLOORS[room(path)]
    for name in imported(ast.parse(path.read_text())):
        target = name.split(".")[1] if "." in name else ""
        assert target in FLOORS, f"{name} has no layer"
        assert FLOORS[target] <= here or here < 0, f"{path.name} imports {name} from above"


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions and for type checkers count; names in strings do not.

    A module also loads the packages it imports from, unless it lies in them.
    """
    imports = {}
    for name, path in NAMES.items():
        found = imported(ast.parse(path.read_text()))
        packages = {
            ".".join(way[:n]) for way in (f.split(".") for f in found) for n in range(2, len(way))
        }
        imports[name] = found | {p for p in packages if not f"{name}.".startswith(f"{p}.")}
    try:
        TopologicalSorter({name: found - {name} for name, found in imports.items()}).prepare()
    except CycleError as problem:
        pytest.fail(" → ".join(problem.args[1]))


def test_an_import_inside_a_function_says_why() -> None:
    """The first of a module carries a comment, beside it or on the line above."""
    unexplained = []
    for path in MODULES:
        text = path.read_text()
        lines = ["", *text.splitlines()]
        inside = [
            node.lineno
            for function in ast.walk(ast.parse(text))
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        first = min(inside, default=0)
        above = lines[first - 1].strip()
        if inside and not (above.startswith("# ") or "  # " in lines[first]):
            unexplained.append(f"{path.relative_to(SOURCE)}: {lines[first].strip()}")
    assert not unexplained, "\n".join(unexplained)


def test_nothing_in_the_journal_imports_the_facade() -> None:
    makers = {"ksbtui.journal.demo"}  # makes a journal as a front end would
    for name, path in NAMES.items():
        inside = name.startswith("ksbtui.journal.") and name.rpartition(".")[0] not in makers
        if inside and "ksbtui.journal.journal" in imported(ast.parse(path.read_text())):
            pytest.fail(f"{name} imports the facade: take the context, or a subject, instead")


def test_subjects_are_made_with_the_context_and_what_they_need() -> None:
    for name, subject in vars(Journal).items():
        if isinstance(subject, Subject):
            wanted = list(signature(subject.loaded()).parameters)
            assert wanted == ["context", *subject.needs], name


def test_screens_leave_each_other_alone() -> None:
    """A part that two screens need belongs in `entry`, `shell` or the widgets."""
    shared = {"entry", "shell"}
    found = set()
    for name, path in NAMES.items():
        here = name.split(".")
        for target in imported(ast.parse(path.read_text())):
            there = target.split(".")
            inside = all(len(way) > 3 and way[1] == "screens" for way in (here, there))
            if inside and there[2] not in {here[2], *shared}:
                found.add((".".join(here[2:]), ".".join(there[2:])))
    assert not found


def test_folders_stay_small_enough_to_read() -> None:
    files = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    full = {str(folder.relative_to(SOURCE)) for folder, n in files.items() if n > FOLDER_FILES}
    assert full == FOLDERS_STILL_TOO_FULL


def test_classes_stay_small_over_their_inheritance_chain() -> None:
    classes = dict(own_classes())
    big = set()
    for name in classes:
        methods, waiting = set(), [name]
        while waiting:
            defined, bases = classes[waiting.pop()]
            methods |= defined
            waiting += [base for base in bases if base in classes]
        if len(methods) > CLASS_METHODS:
            big.add(name.removeprefix("ksbtui."))
    assert not big


def own_classes() -> Iterator[tuple[str, tuple[set[str], list[str]]]]:
    """Each class by its dotted name: the methods it defines, and its bases' dotted names."""
    for module, path in NAMES.items():
        tree = ast.parse(path.read_text())
        known = {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                defined = [
                    n for n in node.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
                ]
                bases = [ast.unparse(base).partition("[")[0] for base in node.bases]
                yield (
                    f"{module}.{node.name}",
                    ({n.name for n in defined}, [known.get(b, f"{module}.{b}") for b in bases]),
                )


def test_core_imports_only_the_standard_library() -> None:
    for path in (SOURCE / "core").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                top = name.split(".")[0]
                assert top == "ksbtui" or top in sys.stdlib_module_names, f"{path.name}: {name}"


def test_core_and_store_never_read_the_clock() -> None:
    for folder in ("core", "store"):
        for path in (SOURCE / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                    read = (node.value.id, node.attr)
                    assert read not in CLOCKS, f"{path.name} reads the clock"


def test_the_network_is_never_imported() -> None:
    banned = {"socket", "urllib.request", "http.client", "requests", "httpx", "aiohttp"}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                assert not banned & {alias.name for alias in node.names}, path.name
            elif isinstance(node, ast.ImportFrom):
                assert node.module not in banned, path.name


def test_one_module_opens_a_connection() -> None:
    """PostgreSQL is reached by the caseload alone, and only where a person names the server."""
    reaching = {
        name
        for name, path in NAMES.items()
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Import) and any(a.name[:7] == "psycopg" for a in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "")[:7] == "psycopg")
    }
    assert reaching == {"ksbtui.store.provider.server"}


def test_no_handler_calls_the_one_above_it() -> None:
    """Textual calls ``on_mount`` of every class of a widget itself: a second call runs twice."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "super()":
                assert not node.attr.startswith(("on_", "_on_")), f"{path.name}: {node.attr}"


def test_functions_classes_and_modules_stay_small() -> None:
    too_big = []
    for path in MODULES:
        text = path.read_text()
        if len(text.splitlines()) > MODULE_LINES:
            too_big.append(f"{path.name}: {len(text.splitlines())} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                most = CLASS_LINES if isinstance(node, ast.ClassDef) else FUNCTION_LINES
                if lines > most:
                    too_big.append(f"{path.name}: {node.name} has {lines} lines")
    assert not too_big, "\n".join(too_big)


@pytest.mark.parametrize("command", [["--version"], ["log", "x", "-k", "K1"], ["list"], ["status"]])
def test_quick_commands_load_nothing_heavy(command: list[str], tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from datetime import date
sys.path.insert(0, {str(SOURCE.parent)!r})
from ksbtui.cli.root import run
code = run(["--journal", {str(tmp_path / "j.db")!r}, "--as-at", "2026-06-30", *{command!r}])
loaded = {{name.split(".")[0] for name in sys.modules}}
heavy = {{"textual", "pydantic", "sqlite_utils", "rich"}} & loaded
print(code, sorted(heavy), file=sys.stderr)
sys.exit(code or bool(heavy))
"""
    set_up = ["setup", "--standard", "ST1512", "--start", "2026-01-12"]
    where = ["--journal", str(tmp_path / "j.db"), "--as-at", "2026-06-30"]
    programme = ["--programme", "local-government-14-months"]
    subprocess.run(
        [sys.executable, "-m", "ksbtui", *where, *set_up, *programme],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE.parent)},
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_only_what_the_quick_commands_load_is_defined_the_quick_way(tmp_path: Path) -> None:
    """``core/frozen.py`` makes each object slower: it pays only where start-up was measured."""
    where = ["--journal", str(tmp_path / "j.db"), "--as-at", "2026-06-30"]
    setup = ["setup", "--standard", "ST1512", "--start", "2026-01-12"]
    start = [sys.executable, "-c"]
    script = """
import sys
from ksbtui.cli.root import run
for command in sys.argv[2].split(";"):
    run([*sys.argv[1].split(), *command.split()])
print("@@", *sys.modules, sep="\\n", file=sys.stderr)
"""
    paths = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    programme = ["--programme", "local-government-14-months"]
    loaded: set[str] = set()
    for commands in (" ".join([*setup, *programme]), "log x -t 1h -k K1;list;status"):
        done = subprocess.run(
            [*start, script, " ".join(where), commands], capture_output=True, text=True, env=paths
        )
        loaded = set(done.stderr.rpartition("@@")[2].split())
    using = {
        name for name, path in NAMES.items() if "ksbtui.core.frozen import" in path.read_text()
    }
    assert using <= loaded, sorted(using - loaded)
