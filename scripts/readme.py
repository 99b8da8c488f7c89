"""Write the command table of README.md from the registry; ``--check`` only compares.

Usage: python scripts/readme.py [--check]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from ksbtui.cli.commands import COMMANDS  # noqa: E402

README = ROOT / "README.md"
PLACE = re.compile(r"(<!-- commands -->\n).*?(<!-- /commands -->)", re.DOTALL)


def written(text: str) -> str:
    """Give the README with its table as the registry has it."""
    rows = "| command | what it does |\n|---|---|\n"
    rows += "".join(f"| `{name}` | {line} |\n" for name, (_, _, line) in COMMANDS.items())
    return PLACE.sub(lambda found: found[1] + rows + found[2], text)


def main() -> None:
    """Write the table, or fail where it differs."""
    text = README.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        sys.exit(0 if text == written(text) else "README.md is stale: python scripts/readme.py")
    README.write_text(written(text), encoding="utf-8")


if __name__ == "__main__":
    main()
