"""A weekly reminder, given to the system's own scheduler."""

from __future__ import annotations

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ksbtui.core.days import DAY_NAMES
from ksbtui.core.durations import parse_clock
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound, StoreProblem, Unreadable

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
        return f"{DAY_NAMES[self.weekday]} at {self.hour:02}:{self.minute:02}"


def parse_when(day: str, time: str) -> When:
    """Read a weekday, or its first three letters, and a time of day."""
    word = day.strip().casefold()
    days = [n for n, name in enumerate(DAY_NAMES) if name.casefold().startswith(word)]
    if len(word) < 3 or len(days) != 1:
        raise Unreadable(f"{quoted(day)} is not a day of the week.", "Write it like: friday 15:30")
    return When(days[0], *parse_clock(time))


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
    lines = [each for each in table.splitlines() if not each.endswith(CRON_MARK)]
    lines += [line] if line else []
    return "\n".join(lines) + "\n" if lines else ""


def launchd_plist(when: When, command: Sequence[str]) -> str:
    """An agent for macOS."""
    time = {"Weekday": (when.weekday + 1) % 7, "Hour": when.hour, "Minute": when.minute}
    agent = {"Label": LABEL, "ProgramArguments": list(command), "StartCalendarInterval": time}
    return plistlib.dumps(agent, sort_keys=False).decode()


def schtasks_words(when: When, command_line: str) -> list[str]:
    """The words of ``schtasks`` that make the task on Windows."""
    day = DAY_NAMES[when.weekday][:3].upper()
    time = f"{when.hour:02}:{when.minute:02}"
    task = ["/TN", NAME, "/TR", command_line]
    return ["schtasks", "/Create", "/F", "/SC", "WEEKLY", "/D", day, "/ST", time, *task]


SECONDS = 20


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it was written: to which scheduler, and where it can be looked at."""

    scheduler: str
    where: str


def run(words: Sequence[str], text: str = "") -> tuple[int, str]:
    """Run one of the system's programs; one that is missing or hangs has failed."""
    try:
        done = subprocess.run(
            list(words), input=text, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError) as problem:
        return 1, str(problem)
    return done.returncode, done.stdout if done.returncode == 0 else done.stderr


def write_job(when: When, command: Sequence[str]) -> Job:
    """Give the weekly job to the scheduler there is; refuses where there is none."""
    remove_job()
    for make in _schedulers():
        if (job := make(when, command)) is not None:
            return job
    raise NotFound(
        "This system has no scheduler that ksbtui can use.",
        f"Run this yourself each {when.text}: ksbtui remind --now",
    )


def remove_job() -> list[Job]:
    """Take the job out of every scheduler that holds it; gives where it was."""
    removed = []
    folder = _systemd_folder()
    ours = [folder / f"{NAME}.timer", folder / f"{NAME}.service"]
    if any(path.exists() for path in ours):
        run(["systemctl", "--user", "disable", "--now", f"{NAME}.timer"])
        for path in ours:
            path.unlink(missing_ok=True)
        run(["systemctl", "--user", "daemon-reload"])
        removed.append(Job("systemd", str(ours[0])))
    agent = _agent_path()
    if agent.exists():
        run(["launchctl", "bootout", f"gui/{_user()}/{LABEL}"])
        agent.unlink(missing_ok=True)
        removed.append(Job("launchd", str(agent)))
    if shutil.which("crontab"):
        code, table = run(["crontab", "-l"])
        ours_there = code == 0 and CRON_MARK in table
        if ours_there and run(["crontab", "-"], with_cron_line(table, ""))[0] == 0:
            removed.append(Job("cron", "crontab -l"))
    if sys.platform == "win32" and run(["schtasks", "/Delete", "/F", "/TN", NAME])[0] == 0:
        removed.append(Job("Task Scheduler", NAME))
    return removed


def _schedulers() -> list[Callable[[When, Sequence[str]], Job | None]]:
    if sys.platform == "win32":
        return [_windows]
    if sys.platform == "darwin":
        return [_launchd, _cron]
    return [_systemd, _cron]


def _systemd(when: When, command: Sequence[str]) -> Job | None:
    if not shutil.which("systemctl") or run(["systemctl", "--user", "show-environment"])[0]:
        return None
    folder = _systemd_folder()
    for name, text in systemd_files(when, command).items():
        _write(folder / name, text)
    run(["systemctl", "--user", "daemon-reload"])
    if run(["systemctl", "--user", "enable", "--now", f"{NAME}.timer"])[0]:
        remove_job()
        return None
    return Job("systemd", str(folder / f"{NAME}.timer"))


def _cron(when: When, command: Sequence[str]) -> Job | None:
    if not shutil.which("crontab"):
        return None
    code, table = run(["crontab", "-l"])
    if code and "no crontab" not in table.lower():
        return None  # it cannot be read, so it must not be written over
    table = with_cron_line("" if code else table, cron_line(when, command))
    return None if run(["crontab", "-"], table)[0] else Job("cron", "crontab -l")


def _launchd(when: When, command: Sequence[str]) -> Job | None:
    path = _agent_path()
    _write(path, launchd_plist(when, command))
    if run(["launchctl", "bootstrap", f"gui/{_user()}", str(path)])[0]:
        path.unlink(missing_ok=True)
        return None
    return Job("launchd", str(path))


def _windows(when: When, command: Sequence[str]) -> Job | None:
    words = schtasks_words(when, subprocess.list2cmdline(command))
    return None if run(words)[0] else Job("Task Scheduler", NAME)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise StoreProblem(
            f"{path} cannot be written: {problem.strerror}.", "Check the folder's permissions."
        ) from problem


def _systemd_folder() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "systemd" / "user"


def _agent_path() -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist"


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0
