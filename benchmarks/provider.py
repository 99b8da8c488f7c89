"""How long a tutor's caseload takes in a provider's database of 5,000 learners, 600,000 entries.

Starts a PostgreSQL of its own on a unix socket; the rows are made by the server.

    python benchmarks/provider.py [--learners 5000] [--tutors 125]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.caseload.postgres import Server, missing

from ksbtui.store.provider.server import actual_hours, connected, report, set_up

AS_AT = date(2026, 11, 26)

ROWS = (
    """
    INSERT INTO ksbtui.learner
    SELECT 'l' || n, 'tutor' || n % {tutors}, 'Learner ' || n, 'ST1512',
        'local-government-14-months', '2026-03-16', '2027-04-15', 25200, NULL, 0,
        0, NULL, false, 1,
        '2026-12-31', NULL, '2026-11-25'
    FROM generate_series(1, {learners}) AS n
    """,
    """
    INSERT INTO ksbtui.plan_day SELECT tutor, id, start_day + d, d * 60
    FROM ksbtui.learner, generate_series(0, 424) AS d ORDER BY id, d
    """,
    """
    INSERT INTO ksbtui.plan_month SELECT tutor, id, month, month
    FROM ksbtui.learner,
        generate_series('2026-03-01'::date, '2027-05-01', '1 month') AS month ORDER BY id
    """,
    """
    INSERT INTO ksbtui.ksb SELECT tutor, id, k || n
    FROM ksbtui.learner, (VALUES ('K', 29), ('S', 29), ('B', 6)) AS kinds (k, many),
        generate_series(1, many) AS n ORDER BY id
    """,
    """
    INSERT INTO ksbtui.entry
    SELECT tutor, id, 'e' || n, start_day + n * 2, 30 + n % 120, 'course', n / 15, n % 9 > 0,
        n % 40, n % 4 / 3, CASE WHEN n % 2 = 0 THEN start_day + n * 2 END, false
    FROM ksbtui.learner, generate_series(1, 120) AS n ORDER BY id, n
    """,
    """
    INSERT INTO ksbtui.entry_ksb
    SELECT tutor, id, 'e' || n,
        (ARRAY['K', 'S', 'B'])[1 + t] || 1 + (n * 7 + t) % (ARRAY[29, 29, 6])[1 + t],
        n % 40 >= 12, n % 4 = 3
    FROM ksbtui.learner, generate_series(1, 120) AS n, generate_series(0, 2) AS t ORDER BY id, n
    """,
    "INSERT INTO ksbtui.review SELECT tutor, id, start_day + 80 FROM ksbtui.learner",
    """
    INSERT INTO ksbtui.coaching SELECT tutor, id, start_day + 30 * n, n < 8, NULL
    FROM ksbtui.learner, generate_series(1, 12) AS n ORDER BY id
    """,
    """
    INSERT INTO ksbtui.action SELECT tutor, id, 'a' || n, start_day + 30 * n, 'open'
    FROM ksbtui.learner, generate_series(6, 10) AS n ORDER BY id
    """,
    "ANALYZE",
)


def main() -> None:
    """Make the rows, then read them as a tutor and as the provider."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--learners", type=int, default=5000)
    parser.add_argument("--tutors", type=int, default=125)
    given = parser.parse_args()
    if missing():
        print(missing())
        return
    server = Server()
    try:
        with connected(server.url()) as one:
            set_up(one)
            one.execute("CREATE ROLE tutor7 LOGIN IN ROLE ksbtui_tutor")
            one.execute("CREATE ROLE head LOGIN IN ROLE ksbtui_provider")
            began = time.perf_counter()
            for statement in ROWS:
                one.execute(statement.format(learners=given.learners, tutors=given.tutors))
            print(f"rows made in {time.perf_counter() - began:.0f} s")
            for table in ("learner", "entry", "entry_ksb", "plan_day"):
                found = one.execute(f"SELECT count(*) AS n FROM ksbtui.{table}").fetchone()
                print(f"  {table}: {found['n']:,}" if found else table)
        measure("a tutor's caseload", server.url("tutor7"), report, 11)
        measure("a tutor's actual hours", server.url("tutor7"), actual_hours, 11)
        measure("the provider's caseload", server.url("head"), report, 1)
        measure("the provider's actual hours", server.url("head"), actual_hours, 3)
    finally:
        server.stop()


def measure(label: str, url: str, read: object, times: int) -> None:
    """Print the median of some readings on one connection."""
    took, rows = [], 0
    with connected(url) as one:
        for _ in range(times):
            began = time.perf_counter()
            rows = len(read(one, AS_AT))  # type: ignore[operator]
            took.append((time.perf_counter() - began) * 1000)
    print(
        f"{label}: {rows} rows, median {statistics.median(took):.0f} ms, "
        f"fastest {min(took):.0f} ms of {times}"
    )


if __name__ == "__main__":
    main()
