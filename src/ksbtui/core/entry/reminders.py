"""A weekly reminder: when, and what each system's own scheduler is given for it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from ksbtui.core.days import DAY_NAMES
from ksbtui.core.durations import parse_clock
from ksbtui.core.text.text import quoted
from ksbtui.errors import Unreadable

NAME = "ksbtui-remind"
CRON_MARK = "# ksbtui remind"
LABEL = "uk.ksbtui.remind"


@dataclass(frozen=True, slots=True)
class When:
    """A day of the week (0 is Monday) and a time of day."""

    weekday: int
    hour: int
    minute: int

    @property
    def text(self) -> str:
        """``Friday at 15:30``."""
        return f"{DAY_NAMES[self.weekday]} at {self.hour:02}:{self.minute:02}"


def parse_when(day: str, time: str) -> When:
    """Read a weekday, or its first three letters, and a time of day."""
    word = day.strip().casefold()
    found = [n for n, name in enumerate(DAY_NAMES) if name.casefold().startswith(word)]
    if len(word) < 3 or len(found) != 1:
        raise Unreadable(f"{quoted(day)} is not a day of the week.", "Write it like: friday 15:30")
    return When(found[0], *parse_clock(time))


def systemd_files(when: When, command: Sequence[str]) -> dict[str, str]:
    """The two files of a systemd user timer, by name."""
    day = DAY_NAMES[when.weekday][:3]
    run = " ".join(_systemd_word(word) for word in command)
    about = "[Unit]\nDescription=Remind me to log my training\n\n"
    service = f"{about}[Service]\nType=oneshot\nExecStart={run}\n"
    timer = (
        f"{about}[Timer]\nOnCalendar={day} *-*-* {when.hour:02}:{when.minute:02}:00\n"
        "Persistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    return {f"{NAME}.service": service, f"{NAME}.timer": timer}


def _systemd_word(word: str) -> str:
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{text}"'


def cron_line(when: When, command: Sequence[str]) -> str:
    """One line of a crontab; a per cent sign in it would be a line end."""
    run = shlex.join(command).replace("%", "\\%")
    return f"{when.minute} {when.hour} * * {(when.weekday + 1) % 7} {run} {CRON_MARK}"


def with_cron_line(table: str, line: str) -> str:
    """A crontab with our one line, or without it where the line is empty."""
    kept = [each for each in table.splitlines() if not each.endswith(CRON_MARK)]
    lines = [*kept, *([line] if line else [])]
    return "\n".join(lines) + "\n" if lines else ""


def launchd_plist(when: When, command: Sequence[str]) -> str:
    """An agent for macOS."""
    words = "".join(f"    <string>{escape(word)}</string>\n" for word in command)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
        '"http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'
        '<plist version="1.0">\n<dict>\n'
        f"  <key>Label</key>\n  <string>{LABEL}</string>\n"
        f"  <key>ProgramArguments</key>\n  <array>\n{words}  </array>\n"
        "  <key>StartCalendarInterval</key>\n  <dict>\n"
        f"    <key>Weekday</key>\n    <integer>{(when.weekday + 1) % 7}</integer>\n"
        f"    <key>Hour</key>\n    <integer>{when.hour}</integer>\n"
        f"    <key>Minute</key>\n    <integer>{when.minute}</integer>\n"
        "  </dict>\n</dict>\n</plist>\n"
    )


def schtasks_words(when: When, command_line: str) -> list[str]:
    """The words of ``schtasks`` that make the task on Windows."""
    day = DAY_NAMES[when.weekday][:3].upper()
    time = f"{when.hour:02}:{when.minute:02}"
    return [
        "schtasks",
        "/Create",
        "/F",
        "/SC",
        "WEEKLY",
        "/D",
        day,
        "/ST",
        time,
        "/TN",
        NAME,
        "/TR",
        command_line,
    ]
