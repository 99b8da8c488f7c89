"""The demo: an invented learner's journal, dated so that it always looks current.

The data (``seed/demo/``) counts weeks from the start, which is the Monday some weeks
before the Monday of this week; what would lie after today is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from ksbtui.clock import Clock
from ksbtui.core.entry.entries import Entry, Evidence, Verification
from ksbtui.errors import Conflict
from ksbtui.journal.context import DEMO_RECORD, new_id
from ksbtui.journal.demo.learner import Calendar, Meetings, prepare_demo, tell
from ksbtui.journal.entry.drafts import NEW_ENTRY
from ksbtui.journal.journal import Journal
from ksbtui.journal.programme.enrolments import Agreed
from ksbtui.store.database.changes import MADE
from ksbtui.store.files.paths import private_file, private_folder
from ksbtui.store.seed.seeds import read_table, seed_root

FULL_HOURS = 420 * 60


def make_demo(path: Path, clock: Clock, entries: int | None = None) -> Journal:
    """Make the demo journal at ``path``, which must be free; returns it open.

    ``entries`` asks for exactly so many: the newest of the learner's, or theirs over and
    over on earlier days, for trying ksbtui at any size.
    """
    if path.exists():
        raise Conflict(
            f"{path} already exists. Nothing was changed.", "Choose a new file name for the demo."
        )
    journal = Journal(path, clock)
    learner = read_table(seed_root() / "demo" / "learner.toml")
    calendar = Calendar(clock.today(), learner["enrolment"]["start_weeks_ago"])
    learner = calendar.filled(learner)
    journal.enrolments.set_up(
        Agreed(
            standard=learner["enrolment"]["standard"],
            programme=learner["enrolment"]["programme"],
            start=calendar.start,
            name=learner["name"],
            target_minutes=FULL_HOURS,
        ),
        kind=MADE,
    )
    with journal.writing("Made the demo journal", MADE) as batch:
        batch.put_record(*DEMO_RECORD, {"demo": True})
    logged = _sized(list(_entries(calendar, _put_files(path))), entries, calendar)
    tell(journal, logged, Meetings(journal, calendar, learner))
    prepare_demo(journal, calendar, learner["scan"])
    _keep_draft(journal, calendar, learner["draft"])
    return journal


def _put_files(path: Path) -> dict[str, Evidence]:
    """Put the demo's real evidence files into a folder beside the journal, by their target.

    A file that is there already, from a demo before, is left as it is.
    """
    files = {}
    folder = private_folder(path.absolute().parent / f"{path.stem}-evidence")
    for shipped in sorted((seed_root() / "demo" / "evidence").iterdir()):
        copy = folder / shipped.name
        if not copy.exists():
            private_file(copy).write_bytes(shipped.read_bytes())
        content = copy.read_bytes()
        files[f"evidence/{shipped.name}"] = Evidence(
            "", "", "", str(copy), sha256(content).hexdigest(), len(content)
        )
    return files


def _entries(calendar: Calendar, files: dict[str, Evidence]) -> Iterator[Entry]:
    for path in sorted((seed_root() / "demo").glob("entries-*.toml")):
        for table in read_table(path)["entries"]:
            entry = _entry(calendar, calendar.filled(table), files)
            if entry.day <= calendar.as_at:
                yield entry


def _entry(calendar: Calendar, table: dict[str, Any], files: dict[str, Evidence]) -> Entry:
    values = dict(table)
    day = calendar.day(values.pop("week"), values.pop("weekday"))
    logged = min(day + timedelta(days=values.pop("logged_after_days", 0)), calendar.as_at)
    made_at = f"{logged.isoformat()}T16:30:00.000Z"
    by = values.pop("verified", "")
    confirmed = logged + timedelta(weeks=1)
    submitted = values.pop("submitted", False)
    evidence = tuple(_evidence(item, files) for item in values.pop("evidence", ()))
    return Entry(
        id=new_id(),
        day=day,
        ksbs=tuple(values.pop("ksbs", ())),
        evidence=evidence,
        verified=Verification(by, confirmed) if by and confirmed <= calendar.as_at else None,
        submitted=min(logged + timedelta(days=2), calendar.as_at) if submitted else None,
        created_at=made_at,
        updated_at=made_at,
        **values,
    )


def _evidence(table: dict[str, Any], files: dict[str, Evidence]) -> Evidence:
    named = {"id": new_id(), "kind": table["kind"], "title": table["title"]}
    file = files.get(table["target"])
    return replace(file, **named) if file else Evidence(**named, target=table["target"])


def _sized(logged: list[Entry], wanted: int | None, calendar: Calendar) -> Iterator[Entry]:
    """Give as many entries as wanted: the newest, or all over and over on other days."""
    logged.sort(key=lambda entry: entry.day)
    if wanted is None or wanted <= len(logged):
        yield from logged[len(logged) - wanted :] if wanted is not None else logged
        return
    span = (calendar.as_at - calendar.start).days + 1
    extra = wanted - len(logged)
    for number in range(extra):
        model = logged[number % len(logged)]
        day = calendar.start + timedelta(days=number * span // extra)
        made_at = f"{day.isoformat()}T17:00:00.000Z"
        yield replace(
            model,
            id=new_id(),
            day=day,
            evidence=tuple(replace(item, id=new_id()) for item in model.evidence),
            verified=None,
            created_at=made_at,
            updated_at=made_at,
        )
    yield from logged


def _keep_draft(journal: Journal, calendar: Calendar, table: dict[str, Any]) -> None:
    """Leave the learner's half-written entry where the form will offer it again."""
    values = dict(table)
    day = min(calendar.day(values.pop("week"), values.pop("weekday")), calendar.as_at)
    minutes = values.pop("minutes", None)
    body = {**values, "day": day.isoformat(), "ksbs": " ".join(values.get("ksbs", ()))}
    journal.drafts.save(NEW_ENTRY, {**body, "time": f"{minutes}m" if minutes else ""})
