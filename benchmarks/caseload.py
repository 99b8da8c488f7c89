"""How long a tutor's caseload takes: 200 learners read for the first time, then refreshed.

Each learner is the demo's, moved by some days, renamed, with an enrolment of their own.

    python benchmarks/caseload.py [--learners 200]
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path


def main() -> None:
    """Make the files, read them twice, and print what it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--learners", type=int, default=200)
    many = parser.parse_args().learners
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = f"{folder}/data"
        files = make(Path(folder), many)
        size = sum(path.stat().st_size for path in files.iterdir())
        print(f"{many} files, {size / 1e6:.1f} MB encrypted")
        for label in ("first read", "refreshed", "refreshed"):
            wall, cpu = time.perf_counter(), time.process_time()
            found = read(files)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            print(f"{label}: {wall:.2f} s, {cpu:.2f} s of CPU; {found}")
        changed = sorted(files.iterdir())[0]
        changed.write_bytes(sealed(learner(0, Path(folder), made="2026-11-26T10:00:00.000Z")))
        wall = time.perf_counter()
        print(f"one changed: {read(files)} in {time.perf_counter() - wall:.2f} s")


def read(folder: Path) -> str:
    from datetime import date

    from ksbtui.clock import Clock
    from ksbtui.journal.caseload.reading import read_caseload

    found = read_caseload([folder], Clock(date(2026, 11, 26)))
    return f"{len(found.cases)} rows, {found.read} read, {found.kept} kept"


_base: list[object] = []


def learner(number: int, folder: Path, made: str = "2026-11-25T09:00:00.000Z") -> bytes:
    """One learner's hand-over as JSON."""
    from datetime import date

    from ksbtui.clock import Clock
    from ksbtui.journal.demo.demo import make_demo
    from ksbtui.journal.exchange.handover import HandOver, to_bytes

    if not _base:
        journal = make_demo(folder / "demo.db", Clock(date(2026, 11, 25)))
        _base.append(journal.handover.share().file)
    file = _base[0]
    assert isinstance(file, HandOver)
    draw = random.Random(number)
    id = f"learner{number:04d}"
    old = file.learner
    entries = tuple(
        replace(entry, id=f"{number:04d}{entry.id[4:]}".replace("0", "z").replace("1", "y"))
        for entry in file.entries
        if draw.random() < 0.9
    )
    records = tuple(
        replace(
            record,
            id=id if record.id == old else record.id,
            body={key: (id if value == old else value) for key, value in record.body.items()},
        )
        for record in file.records
    )
    return to_bytes(
        replace(
            file,
            learner=id,
            name=f"Learner {number:04d}",
            made_at=made,
            entries=entries,
            records=records,
            earlier=(),
        )
    )


def sealed(data: bytes) -> bytes:
    from ksbtui.store.files.sealed import own_key, seal

    own = own_key()
    assert own is not None
    return seal(data, [own.public])


def make(folder: Path, many: int) -> Path:
    files = folder / "files"
    files.mkdir()
    for number in range(many):
        (files / f"{number:04d}.ksb").write_bytes(sealed(learner(number, folder)))
    return files


if __name__ == "__main__":
    main()
