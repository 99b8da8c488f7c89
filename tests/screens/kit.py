"""What screen tests share: the text on screen, a fixed clock, and pictures."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from textual.app import App

from ksbtui.clock import Clock

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "60x16": (60, 16)}


def screen_text(app: App[Any]) -> str:
    """Enter the text on screen, lines right-stripped: the only use of Textual's compositor."""
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    return "\n".join(lines)


def fake_clock(day: date = date(2026, 9, 23)) -> Clock:
    """Enter a clock that stands on ``day``."""
    return Clock(day)


def save_picture(app: App[Any], path: Path) -> Path:
    """Write what is on screen as SVG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(app.export_screenshot(title=""), encoding="utf-8")
    return path
