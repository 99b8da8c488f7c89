"""The documents tell the truth: commands, keys, links and files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from ksbtui.cli.commands import COMMANDS
from ksbtui.screens import SCREENS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_lists_every_command_as_the_registry_does() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "readme.py"), "--check"], capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert all(f"| `{name}` |" in README for name in COMMANDS)


def test_the_readme_names_every_place_by_its_key() -> None:
    for place in SCREENS:
        assert f"| `{place.key}` | {place.name} |" in README


def test_every_link_leads_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_documents_speak_of_the_project_alone() -> None:
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        assert "/work" not in text
        assert "/home/" not in text


def test_there_is_one_kind_of_quotation_mark() -> None:
    """Sentences quote as `quoted` does; text that came from people or sources keeps its own."""
    about_them = {"query.py"}  # what they read and write are the marks themselves
    for path in (ROOT / "src").rglob("*.py"):
        if path.name not in about_them:
            text = re.sub(r'""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            assert "“" not in text, path
