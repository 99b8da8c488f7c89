"""Run a command on a pty and wait for a text on its first screen; prints the screen.

Usage: python scripts/first_screen.py --until TEXT -- COMMAND…
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.terminal import Terminal


def main() -> None:
    """Show the first screen, or fail with what stood there instead."""
    split = sys.argv.index("--")
    text = sys.argv[sys.argv.index("--until") + 1]
    with Terminal(sys.argv[split + 1 :], columns=100, lines=30) as terminal:
        terminal.wait_for(text, seconds=30)
        print(terminal.text)


if __name__ == "__main__":
    main()
