"""Journals calculated by hand: every figure stands as a number with the sum that gives it.

Unless said otherwise the learner is on the council programme from 12 January 2026: gateway on
11 February 2027 (last day of month 13), end on 11 March 2027, N = 396 days, target 25,200 min.
n = days from the start to as_at, outside breaks; planned = 25,200 × n / 396. W = the last 56
programme days outside breaks, r = target − counted; likely = r × 56 / counted(W) days on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ksbtui.core.entry.entries import Entry
from ksbtui.core.programme.programmes import Course
from tests.core.builders import (
    COUNCIL,
    MONTHS_18,
    WEEKS_16,
    course,
    entry,
    every,
    with_module_hours,
)


@dataclass(frozen=True)
class Worked:
    """One journal and its figures; ``months`` are (counted, planned) in order of the calendar."""

    name: str
    course: Course
    as_at: str
    entries: Sequence[Entry]
    end: str
    plan_end: str
    logged: int
    counted: int
    planned: int
    verified: int = 0
    untagged: int = 0
    pace: int | None = None
    needed: int | None = None
    forecast: tuple[str | None, str | None, str | None] | None = None
    months: dict[str, tuple[int, int]] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    modules: dict[str, int] = field(default_factory=dict)
    not_counted: tuple[tuple[str, int, int], ...] = ()
    gaps: tuple[str, ...] = ()


JOURNALS = [
    Worked(
        "front-loaded: three weeks of workshops, then an hour or two now and again",
        course(),
        "2026-06-30",  # n = 170
        [
            *every("2026-01-12", 1, 20, 420, "workshop"),  # 8,400 in January
            *every("2026-05-08", 7, 4, 120),  # 480: 8, 15, 22, 29 May
            *every("2026-06-05", 7, 4, 60),  # 240: 5, 12, 19, 26 June
        ],
        end="2027-03-11",
        plan_end="2027-02-11",
        logged=9120,
        counted=9120,
        planned=10818,  # 25,200 × 170 / 396 = 10,818.2
        pace=90,  # W = 6 May to 30 June: 720 × 7 / 56
        needed=499,  # r = 16,080; 226 days left: 16,080 × 7 / 226 = 498.05
        # older half 480 in 28 days: 938 days; all: 16,080 × 56 / 720 = 1,250.7; newer 240: 1,876
        forecast=("2029-01-23", "2029-12-02", "2031-08-19"),
        months={
            "2026-01": (8400, 1273),  # 20 days: 1,272.7
            "2026-02": (0, 1782),  # 48 days: 3,054.5 → 3,055 less 1,273
            "2026-03": (0, 1972),  # 79 days: 5,027.3 → 5,027 less 3,055
            "2026-04": (0, 1909),  # 109 days: 6,936.4 → 6,936
            "2026-05": (480, 1973),  # 140 days: 8,909.1 → 8,909
            "2026-06": (240, 1909),  # 170 days: 10,818
            "2026-07": (0, 1973),  # 201 days: 12,790.9 → 12,791
            "2026-08": (0, 1973),  # 232 days: 14,763.6 → 14,764
            "2026-09": (0, 1909),  # 262 days: 16,672.7 → 16,673
            "2026-10": (0, 1972),  # 293 days: 18,645.5 → 18,645
            "2026-11": (0, 1910),  # 323 days: 20,554.5 → 20,555
            "2026-12": (0, 1972),  # 354 days: 22,527.3 → 22,527
            "2027-01": (0, 1973),  # 385 days: 24,500
            "2027-02": (0, 700),  # 396 days: 25,200
            "2027-03": (0, 0),  # after the gateway
        },
        types={"workshop": 8400, "other": 720},
        modules={"1": 8400, "2": 120, "3": 420, "4": 180},  # 8 May is module 2; 12 June module 4
        gaps=("2026-02", "2026-03", "2026-04"),
    ),
    Worked(
        "a break in April: 30 days that move everything after them",
        course(breaks=[(date(2026, 4, 1), date(2026, 4, 30))]),
        "2026-05-31",  # 140 days less 30: n = 110
        [
            *every("2026-03-02", 7, 5, 300),  # 1,500: 2, 9, 16, 23, 30 March
            entry("2026-04-10", 90),  # in the break
            *every("2026-05-05", 7, 4, 240),  # 960: 5, 12, 19, 26 May
        ],
        end="2027-04-10",
        plan_end="2027-03-13",
        logged=2550,
        counted=2460,
        planned=7000,  # 25,200 × 110 / 396
        # W = 31 days of May and 25 of March (7 to 31): 4 × 300 + 960 = 2,160; × 7 / 56
        pace=270,
        needed=557,  # r = 22,740; 286 days: 22,740 × 7 / 286 = 556.6
        # newer half = 4 to 31 May: 960; older = 7 to 31 March and 1 to 3 May: 1,200
        # 22,740 × 28 / 1,200 = 530.6; × 56 / 2,160 = 589.6; × 28 / 960 = 663.25
        forecast=("2027-11-13", "2028-01-11", "2028-03-25"),
        months={
            "2026-01": (0, 1273),
            "2026-02": (0, 1782),
            "2026-03": (1500, 1972),
            "2026-04": (0, 0),  # every day of it is in the break
            "2026-05": (960, 1973),  # 110 days: 7,000 less 5,027
            "2026-06": (0, 1909),  # 140 days: 8,909
            "2026-07": (0, 1973),  # 171 days: 10,881.8 → 10,882
            "2026-08": (0, 1973),  # 202 days: 12,854.5 → 12,855
            "2026-09": (0, 1909),  # 232 days: 14,764
            "2026-10": (0, 1972),  # 263 days: 16,736.4 → 16,736
            "2026-11": (0, 1909),  # 293 days: 18,645
            "2026-12": (0, 1973),  # 324 days: 20,618.2 → 20,618
            "2027-01": (0, 1973),  # 355 days: 22,590.9 → 22,591
            "2027-02": (0, 1782),  # 383 days: 24,372.7 → 24,373
            "2027-03": (0, 827),  # 396 days: 25,200
            "2027-04": (0, 0),
        },
        types={"other": 2460},
        modules={"1": 600, "2": 1860},  # module 2 runs from 12 March to 10 June
        not_counted=(("not-in-break", 1, 90),),
        gaps=("2026-01", "2026-02"),
    ),
    Worked(
        "a unit over 16 weeks: hours against a range, paid or not",
        course(WEEKS_16, start=date(2026, 5, 4)),
        "2026-06-14",  # n = 42 of N = 112
        [
            *every("2026-05-06", 7, 6, 90, "e-learning"),  # 540, Wednesdays to 10 June
            entry("2026-05-09", 60, paid="no"),  # a unit has no paid-hours rule
            entry("2026-05-20", 30, type="induction"),
        ],
        end="2026-08-23",
        plan_end="2026-08-23",
        logged=630,
        counted=600,
        planned=675,  # 1,800 × 42 / 112
        pace=100,  # W = all 42 days: 600 × 7 / 42
        needed=120,  # r = 1,200; 70 days left: 1,200 × 7 / 70
        # newer 21 days (25 May on) 270, older 330: 1,200 × 21 / 330 = 76.4; 84; × 21 / 270 = 93.3
        forecast=("2026-08-30", "2026-09-06", "2026-09-16"),
        months={
            "2026-05": (420, 450),  # 28 days
            "2026-06": (180, 482),  # 58 days: 932.1
            "2026-07": (0, 498),  # 89 days: 1,430.4
            "2026-08": (0, 370),
        },
        types={"e-learning": 540, "other": 60},
        modules={"1": 330, "2": 270},  # block 1 ends on 24 May
        not_counted=(("activity-type", 1, 30),),
    ),
    Worked(
        "a start on the 31st: short months clamp, long ones do not drift",
        course(start=date(2026, 1, 31)),
        "2026-03-31",  # 1 + 28 + 31: n = 60
        [entry("2026-02-27", 200), entry("2026-02-28", 100), entry("2026-03-31", 300)],
        end="2027-03-30",  # 31 March less a day
        plan_end="2027-02-27",  # 28 February less a day; N = 393
        logged=600,
        counted=600,
        planned=3847,  # 25,200 × 60 / 393 = 3,847.3
        pace=75,  # W = 4 February on: 600 × 7 / 56
        needed=518,  # r = 24,600; 333 days: 517.1
        # older half 4 Feb to 3 March 300, newer 300: 24,600 × 28 / 300 = 2,296 for all three
        forecast=("2032-07-13", "2032-07-13", "2032-07-13"),
        months={
            "2026-01": (0, 64),  # 1 day: 64.1
            "2026-02": (300, 1796),  # 29 days: 1,859.5 → 1,860
            "2026-03": (300, 1987),  # 60 days: 3,847
            "2026-04": (0, 1924),  # 90 days: 5,771.0
            "2026-05": (0, 1988),  # 121 days: 7,758.8 → 7,759
            "2026-06": (0, 1923),  # 151 days: 9,682.4 → 9,682
            "2026-07": (0, 1988),  # 182 days: 11,670.2 → 11,670
            "2026-08": (0, 1988),  # 213 days: 13,658.0 → 13,658
            "2026-09": (0, 1924),  # 243 days: 15,581.7 → 15,582
            "2026-10": (0, 1987),  # 274 days: 17,569.5 → 17,569
            "2026-11": (0, 1924),  # 304 days: 19,493.1 → 19,493
            "2026-12": (0, 1988),  # 335 days: 21,480.9 → 21,481
            "2027-01": (0, 1988),  # 366 days: 23,468.7 → 23,469
            "2027-02": (0, 1731),
            "2027-03": (0, 0),
        },
        types={"other": 600},
        modules={"1": 300, "2": 300},  # module 2 starts on 31 March
        gaps=("2026-01",),
    ),
    Worked(
        "nothing logged",
        course(),
        "2026-03-31",  # n = 79
        [],
        end="2027-03-11",
        plan_end="2027-02-11",
        logged=0,
        counted=0,
        planned=5027,  # 25,200 × 79 / 396 = 5,027.3
        pace=0,
        needed=557,  # 317 days left: 25,200 × 7 / 317 = 556.5
        forecast=(None, None, None),
        gaps=("2026-01", "2026-02", "2026-03"),  # March as a notice: it has not ended
    ),
    Worked(
        "420 hours reached on the sixtieth day of seven hours",
        course(),
        "2026-09-30",  # n = 262
        [*every("2026-01-12", 3, 60, 420), entry("2026-09-01", 60, verified=True)],
        end="2027-03-11",
        plan_end="2027-02-11",
        logged=25260,
        counted=25260,
        planned=16673,  # 25,200 × 262 / 396 = 16,672.7
        verified=60,
        pace=8,  # W = 6 August to 30 September: 60 × 7 / 56 = 7.5, half up
        needed=0,
        forecast=("2026-07-08", "2026-07-08", "2026-07-08"),  # 12 January + 59 × 3 days
        types={"other": 25260},
        # days from the start: 20 sessions to day 57, 20 to 117, 11 to 150, 9 to 177
        modules={"1": 8400, "2": 8400, "3": 4620, "4": 3780, "5": 60},
        gaps=("2026-08",),
    ),
    Worked(
        "all of it outside paid hours, some of it for two reasons",
        course(),
        "2026-02-28",  # n = 48
        [
            *[entry(f"2026-02-0{n}", 120, paid="no") for n in (1, 7, 8)],
            entry("2026-02-14", 60, paid="no", new=False),  # stands under the first rule it fails
        ],
        end="2027-03-11",
        plan_end="2027-02-11",
        logged=420,
        counted=0,
        planned=3055,  # 25,200 × 48 / 396 = 3,054.5
        pace=0,  # W = all 48 days
        needed=507,  # 348 days left: 506.9
        forecast=(None, None, None),
        not_counted=(("paid-hours", 4, 420),),
        gaps=("2026-01", "2026-02"),
    ),
    Worked(
        "module hours given: 84 h of a plan of 420 h lie in module 1",
        course(with_module_hours(COUNCIL, [42, 28, 14, 28, 14, 14, 14, 56])),  # 210 h: doubled
        "2026-02-10",  # 30 of the 59 days of module 1
        [entry("2026-02-02", 150, paid="paid-back"), entry("2026-02-03", 45, ksbs=())],
        end="2027-03-11",
        plan_end="2027-02-11",
        logged=195,
        counted=195,
        planned=2563,  # 5,040 × 30 / 59 = 2,562.7
        untagged=45,
        pace=46,  # W = 30 days: 195 × 7 / 30 = 45.5, half up
        needed=479,  # r = 25,005; 366 days: 478.2
        # all of it in the newer 15 days (27 January on): 25,005 × 15 / 195 = 1,923.5; 3,846.9
        forecast=("2031-05-19", "2036-08-23", None),
        months={
            "2026-01": (0, 1708),  # 5,040 × 20 / 59 = 1,708.5
            "2026-02": (195, 2392),  # 48 days: 4,100.3 → 4,100
            "2026-03": (0, 2042),  # the rest, 940, and 3,360 × 20 / 61 = 1,101.6 → 1,102
            "2026-04": (0, 1652),  # 50 days: 2,754.1 → 2,754
            "2026-05": (0, 1690),  # the rest, 606, and 1,680 × 20 / 31 = 1,083.9 → 1,084
            "2026-06": (0, 1643),  # the rest, 596, and 3,360 × 19 / 61 = 1,046.6 → 1,047
            "2026-07": (0, 1707),  # 50 days: 2,754
            "2026-08": (0, 1690),  # 606 and 1,680 × 20 / 31 → 1,084
            "2026-09": (0, 1660),  # 596 and 1,680 × 19 / 30 = 1,064
            "2026-10": (0, 1700),  # 616 and 1,680 × 20 / 31 → 1,084
            "2026-11": (0, 1984),  # 596 and 6,720 × 19 / 92 = 1,387.8 → 1,388
            "2026-12": (0, 2264),  # 50 days: 3,652.2 → 3,652
            "2027-01": (0, 2265),  # 81 days: 5,916.5 → 5,917
            "2027-02": (0, 803),
            "2027-03": (0, 0),
        },
        types={"other": 195},
        modules={"1": 195},
        gaps=("2026-01",),
    ),
    Worked(
        "a start on a leap day, eighteen months to the gateway",
        course(MONTHS_18, start=date(2028, 2, 29)),
        "2029-02-28",  # n = 366: month 13 starts today
        [entry("2028-02-29", 100), entry("2029-02-28", 200, module=3, verified=True)],
        end="2029-08-28",
        plan_end="2029-08-28",  # N = 547
        logged=300,
        counted=300,
        planned=16861,  # 25,200 × 366 / 547 = 16,861.4
        verified=200,
        pace=25,  # W = 4 January on: 200 × 7 / 56
        needed=963,  # r = 24,900; 181 days: 962.98
        # newer half 200: 24,900 × 28 / 200 = 3,486; likely 6,972; older half nought
        forecast=("2038-09-15", "2048-04-01", None),
        types={"other": 300},
        modules={"1": 100, "3": 200},
        gaps=(
            *("2028-03", "2028-04", "2028-05", "2028-06", "2028-07", "2028-08", "2028-09"),
            *("2028-10", "2028-11", "2028-12", "2029-01"),
        ),
    ),
    Worked(
        "starts tomorrow, with the first session logged ahead",
        course(),
        "2026-01-11",
        [entry("2026-01-12", 180), entry("2026-01-09", 60), entry("2026-01-13", 30, paid="no")],
        end="2027-03-11",
        plan_end="2027-02-11",
        logged=270,
        counted=0,
        planned=0,
        needed=446,  # 25,200 × 7 / 396 = 445.5
        # in the order of the rules; the unpaid one is in the future first
        not_counted=(("inside-programme", 1, 60), ("not-future", 2, 210)),
    ),
    Worked(
        "the programme has ended and hours are missing",
        course(),
        "2027-04-30",
        [
            *every("2026-01-12", 7, 50, 450),  # 22,500, to 21 December
            *every("2027-01-18", 7, 8, 210),  # 1,680, to 8 March 2027
            entry("2027-03-12", 300),  # the day after the end
        ],
        end="2027-03-11",
        plan_end="2027-02-11",
        logged=24480,
        counted=24180,
        planned=25200,
        pace=210,  # W = 15 January to 11 March 2027: 1,680 × 7 / 56
        needed=None,  # no day left
        # r = 1,020; 840 in each half: 1,020 × 28 / 840 = 34 days after 30 April
        forecast=("2027-06-03", "2027-06-03", "2027-06-03"),
        types={"other": 24180},
        # of 450: 9 in module 1, 9, 4, 9, 4, 4, 5, then 6 with 4 of 210; the other 4 come after
        # the gateway, in no module
        modules={
            **{"1": 4050, "2": 4050, "3": 1800, "4": 4050, "5": 1800, "6": 1800, "7": 2250},
            **{"8": 3540, "none": 840},
        },
        not_counted=(("inside-programme", 1, 300),),
    ),
    Worked(
        "prior learning of 60 h, and 360 h agreed",
        course(target_hours=360, prior_hours=60),
        "2026-06-30",
        [entry("2026-06-15", 360, ksbs=()), entry("2026-06-16", 60, relevant=False)],
        end="2027-03-11",
        plan_end="2027-02-11",
        logged=420,
        counted=360,
        planned=9273,  # 21,600 × 170 / 396 = 9,272.7
        untagged=360,
        pace=45,  # 360 × 7 / 56
        needed=658,  # r = 21,240; 226 days: 657.9
        # newer half 360: 21,240 × 28 / 360 = 1,652; likely 3,304
        forecast=("2031-01-07", "2035-07-17", None),
        types={"other": 360},
        modules={"4": 360},
        not_counted=(("relevant", 1, 60),),
        gaps=("2026-01", "2026-02", "2026-03", "2026-04", "2026-05"),
    ),
]
