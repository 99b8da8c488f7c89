"""Waiting for the app in tests, by what it has still to do and not by the clock.

Textual's pilot takes a process that used no processor time for 20 ms for idle. On a busy
machine it may only not have had its turn.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

from textual import app as textual_app
from textual import pilot as textual_pilot
from textual._context import active_app
from textual.pilot import Pilot

PATIENCE = 1.0
"""Seconds: some tests look at the app while something goes on."""
QUIET = 3
"""Rounds in which nothing was left to do."""


def nodes(app: Any) -> Iterator[Any]:
    """Every screen and widget there is."""
    for screen in app._nodes:
        yield from screen.walk_children(with_self=True)


def has_messages(app: Any) -> bool:
    """Whether a message is still to be handled, or a widget to be mounted."""
    return bool(app._message_queue.qsize() or app._next_callbacks) or any(
        node._message_queue.qsize() or node._next_callbacks or not node._is_mounted
        for node in nodes(app)
        if not node._closing
    )


def is_stale(screen: Any) -> bool:
    """Whether a screen is to be laid out or painted, or something waits for that."""
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._dirty_widgets
        or screen._callbacks
    )


def has_threads(app: Any) -> bool:
    """Whether something is being done in a thread."""
    return any(worker.is_running and worker._thread_worker for worker in app.workers)


async def settle(*_: Any) -> None:
    """Wait until nothing is left to do."""
    app: Any = active_app.get()
    end, quiet = time.monotonic() + PATIENCE, 0
    while app._running and app._exception is None and quiet < QUIET:
        await Pilot(app)._wait_for_screen()
        busy = has_messages(app)
        if app.screen_stack and is_stale(app.screen):
            app.screen.call_later(app.screen._on_timer_update)  # a fault there is the app's
            busy = True
        if not busy and has_threads(app):
            await asyncio.sleep(0.005)
            busy = True
        quiet = 0 if busy and time.monotonic() < end else quiet + 1


async def pause(pilot: Pilot[Any], delay: float | None = None) -> None:
    """Wait so long, and then for what has come of it."""
    if delay:
        await asyncio.sleep(delay)
    await settle()


def settle_by_state() -> None:
    """Let every pilot wait this way."""
    for module in (textual_app, textual_pilot):
        setattr(module, "wait_for_idle", settle)  # noqa: B010
    setattr(Pilot, "pause", pause)  # noqa: B010
