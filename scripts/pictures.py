"""Draw named screens as SVG, and as PNG where chromium-headless-shell is installed.

    python scripts/pictures.py OUT [NAME …] --journal PATH [--as-at DAY]

NAME is a place (``today``, ``journal`` …); ``sample`` is a page of the test kit.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

os.environ["TEXTUAL_ANIMATIONS"] = "none"
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
SIZES = ((80, 24), (120, 40))
LOOKS = ("dark", "light", "mono", "ascii")


def make_sample(look: str) -> Any:
    """Make the app on the test kit's page."""
    from tests.screens import sample
    from tests.screens.fake import fake

    from ksbtui.app import KsbtuiApp
    from ksbtui.settings import Settings

    settings = Settings("ksb-light" if look == "light" else "ksb-dark", look == "ascii")
    return KsbtuiApp(fake(), settings, places=sample.ALL_TABS, sheets=sample.FORMS)


def make_real(journal: Path, day: str, look: str) -> Any:
    """Make the app on a journal of its own copy, so that no picture changes it."""
    from ksbtui.app import KsbtuiApp
    from ksbtui.clock import Clock
    from ksbtui.journal.journal import Journal
    from ksbtui.settings import Settings

    copy = Path(tempfile.mkdtemp()) / "journal.db"
    shutil.copy(journal, copy)
    clock = Clock(date.fromisoformat(day) if day else None)
    settings = Settings("ksb-light" if look == "light" else "ksb-dark", look == "ascii")
    return KsbtuiApp(Journal(copy, clock), settings)


def place_key(name: str) -> str:
    """Give the key of a place by its name."""
    from ksbtui.screens import SCREENS

    return next(place.key for place in SCREENS if place.name.casefold() == name.casefold())


async def draw(
    make: Callable[[str], Any], keys: list[str], look: str, size: tuple[int, int]
) -> str:
    """Give the SVG of one screen after pressing ``keys``."""
    os.environ.pop("NO_COLOR", None)
    if look == "mono":
        os.environ["NO_COLOR"] = "1"
    app = make(look)
    async with app.run_test(size=size) as pilot:
        for key in keys:
            await pilot.press(key)
        await pilot.pause(0.2)
        return str(app.export_screenshot(title=""))


def to_png(svg: Path) -> None:
    """Render ``svg`` beside itself, if the browser is there."""
    shell = shutil.which("chromium-headless-shell")
    if shell is None:
        return
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg.read_text(encoding="utf-8"))
    width, height = (int(float(part)) + 1 for part in box.groups()) if box else (1500, 1000)
    subprocess.run(
        [shell, "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         f"--window-size={width},{height}", f"--screenshot={svg.with_suffix('.png')}",
         f"file://{svg.resolve()}"],
        check=True, capture_output=True,
    )  # fmt: skip


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*", default=["today"], metavar="NAME")
    parser.add_argument("--journal", type=Path, help="the journal to show")
    parser.add_argument("--as-at", default="", metavar="DAY")
    parser.add_argument("--keys", default="", help="keys to press first, comma separated")
    parser.add_argument("--look", action="append", choices=LOOKS)
    parser.add_argument("--size", action="append", help="such as 80x24")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    sizes = [tuple(map(int, size.split("x"))) for size in asked.size or ()] or SIZES
    keys = [key for key in asked.keys.split(",") if key]
    for name in asked.names:
        make = make_sample if name == "sample" else partial(make_real, asked.journal, asked.as_at)
        first = [] if name == "sample" else [place_key(name)]
        for look in asked.look or LOOKS[:3]:
            for width, height in sizes:
                svg = asked.out / f"{name}-{width}x{height}-{look}.svg"
                text = asyncio.run(draw(make, [*first, *keys], look, (width, height)))
                svg.write_text(text, encoding="utf-8")
                to_png(svg)
                print(svg)


if __name__ == "__main__":
    main()
