"""Build ksbtui as one folder that runs without Python, and try it.

Usage: python scripts/standalone.py FOLDER

Makes a clean environment in FOLDER, installs the checkout and PyInstaller there, builds
FOLDER/dist/ksbtui for the system it runs on, then runs it: version, standards, an invented
journal, and on Linux and macOS the first screen in a pseudo-terminal.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START = "import sys\n\nfrom ksbtui.cli import main\n\nsys.exit(main())\n"
WHOLE = ("ksbtui", "textual", "rich", "docx", "icalendar", "sqlite_utils", "click_default_group")
"""Packages that load modules by name or carry data files."""
WINDOWS = os.name == "nt"


def build(folder: Path) -> Path:
    """Make the folder that runs alone; gives its program."""
    venv.create(folder / "env", with_pip=True)
    programs = folder / "env" / ("Scripts" if WINDOWS else "bin")
    python = str(programs / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", str(ROOT), "pyinstaller"], check=True)
    start = folder / "start.py"
    start.write_text(START, encoding="utf-8")
    collected = [word for package in WHOLE for word in ("--collect-all", package)]
    options = ["--onedir", "--noconfirm", "--log-level", "WARN", "--name", "ksbtui", *collected]
    subprocess.run(
        [python, "-m", "PyInstaller", *options, str(start)],
        check=True,
        cwd=folder,
    )
    return folder / "dist" / "ksbtui" / ("ksbtui.exe" if WINDOWS else "ksbtui")


def try_out(program: Path) -> None:
    """Run what was built, with a home of its own, as somebody without Python would."""
    with tempfile.TemporaryDirectory() as home:
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
        own = {"HOME": home, "USERPROFILE": home, "APPDATA": home, "LOCALAPPDATA": home}
        own |= {"PATH": os.defpath, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        demo = str(Path(home) / "demo.db")
        for words in (
            ["--version"],
            ["standard", "list"],
            ["demo", demo, "--no-open"],
            ["--journal", demo, "status"],
            ["--journal", demo, "export", "portfolio", f"{home}/p.docx", "--keep-personal-data"],
            ["--journal", demo, "export", "otj", f"{home}/log.xlsx", "--keep-personal-data"],
        ):
            subprocess.run([str(program), *words], check=True, env={**kept, **own})
        if not WINDOWS:
            screen = [sys.executable, str(ROOT / "scripts" / "first_screen.py")]
            wanted = ["--until", "of 420 h", "--", str(program), "--journal", demo]
            subprocess.run([*screen, *wanted], check=True, env={**os.environ, **own})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    made = build(Path(sys.argv[1]).resolve())
    try_out(made)
    size = sum(file.stat().st_size for file in made.parent.rglob("*") if file.is_file())
    print(f"{made.parent} runs without Python: {size / 1e6:.0f} MB")
