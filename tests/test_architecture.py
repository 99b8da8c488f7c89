"""The house rules that a reader may rely on: who imports whom, and how big things get."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ksbtui"
LAYERS = (
    ("errors",),
    ("core",),
    ("store", "clock"),
    ("journal",),
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
CLOCKS = {
    (module, name)
    for module in ("date", "datetime", "time")
    for name in ("today", "now", "utcnow", "time", "monotonic", "localtime")
}
FUNCTION_LINES = 50
CLASS_LINES = 300
MODULE_LINES = 400


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> set[str]:
    """Every ksbtui module that is imported anywhere in a module, in functions too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
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
