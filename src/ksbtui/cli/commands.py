"""Every command: its group, where it lives and what it does in a line."""

from __future__ import annotations

JOURNAL = "Journal"
PROGRESS = "Where you stand"
ASSESSMENT = "Assessment"
CALLS = "Calls"
EXCHANGE = "In and out"
SET_UP = "Set-up"
SAFETY = "Safe keeping"

SECTIONS = (JOURNAL, PROGRESS, ASSESSMENT, CALLS, EXCHANGE, SET_UP, SAFETY)

COMMANDS: dict[str, tuple[str, str, str]] = {
    "log": (JOURNAL, "entry.entries:log", "Log an activity."),
    "list": (JOURNAL, "entry.listing:list_", "List entries, newest first."),
    "show": (JOURNAL, "entry.listing:show", "Show one entry whole."),
    "edit": (JOURNAL, "entry.entries:edit", "Change an entry."),
    "delete": (JOURNAL, "entry.changes:delete", "Delete entries; undo brings them back."),
    "evidence": (JOURNAL, "entry.evidence:evidence", "Attach files and links, and check them."),
    "submit": (JOURNAL, "entry.changes:submit", "Mark entries as copied into your e-portfolio."),
    "suggest": (JOURNAL, "entry.suggest:suggest", "Suggest KSBs for a text, offline."),
    "examples": (
        JOURNAL,
        "entry.suggest:examples",
        "Tagged texts of others to suggest KSBs from, and yours for them.",
    ),
    "week": (JOURNAL, "entry.daily:week", "One week: what is there, what is blank."),
    "timer": (JOURNAL, "entry.daily:timer", "Time an activity, then log it."),
    "remind": (
        JOURNAL,
        "entry.daily:remind",
        "Be reminded once a week, if nothing was logged.",
    ),
    "ask": (JOURNAL, "entry.ask:ask", "Log, reflect or practise question by question."),
    "revisit": (
        JOURNAL,
        "entry.revisit:revisit",
        "Come back to an old reflection: what would you do now?",
    ),
    "undo": (JOURNAL, "entry.changes:undo", "Take back the newest change."),
    "redo": (JOURNAL, "entry.changes:redo", "Put back what was undone."),
    "history": (JOURNAL, "entry.changes:history", "Show what was changed, and when."),
    "status": (
        PROGRESS,
        "progress:status",
        "Hours, coverage, module and alerts on one page.",
    ),
    "hours": (PROGRESS, "progress:hours", "Hours against target and plan."),
    "coverage": (
        PROGRESS,
        "progress:coverage",
        "Which KSBs you have shown, and how well.",
    ),
    "timeline": (PROGRESS, "progress:timeline", "Modules, milestones and reviews."),
    "next": (PROGRESS, "progress:next_", "Up to three next steps, each with its reason."),
    "rules": (PROGRESS, "progress:rules", "What counts as training, and who says so."),
    "discuss": (
        ASSESSMENT,
        "assessment.discuss:discuss",
        "Practise questions, with your own evidence.",
    ),
    "project": (
        ASSESSMENT,
        "assessment.project:project",
        "The workplace project and what it changed.",
    ),
    "scan": (ASSESSMENT, "assessment.scan:scan", "Rate your KSBs; see how far you have come."),
    "gateway": (
        ASSESSMENT,
        "assessment.gateway:gateway",
        "What must be in place, and what is missing.",
    ),
    "coach": (
        CALLS,
        "coaching.coach:coach",
        "What changed since the last call; notes and summary.",
    ),
    "review": (
        CALLS,
        "coaching.reviews:review",
        "The pack of a progress review, and its sign-offs.",
    ),
    "action": (CALLS, "coaching.actions:action", "What was agreed, who does it and by when."),
    "export": (
        EXCHANGE,
        "exchange.export:export",
        "Write a report: log, tracker, portfolio, calendar.",
    ),
    "capture": (
        EXCHANGE,
        "exchange.export:capture",
        "Write a page to note activities on a phone.",
    ),
    "import": (EXCHANGE, "exchange.imports:import_", "Bring in logs, calendars, trackers, notes."),
    "handover": (
        EXCHANGE,
        "exchange.handover:handover",
        "Hand your journal to a tutor; open one; send feedback.",
    ),
    "caseload": (
        EXCHANGE,
        "exchange.caseload:caseload",
        "For tutors: every learner from their files, and the cohort.",
    ),
    "digest": (
        EXCHANGE,
        "exchange.export:digest",
        "A short text for your employer, tutor or yourself.",
    ),
    "conflicts": (
        EXCHANGE,
        "exchange.feedback:conflicts",
        "What you wrote in two places; choose what stays.",
    ),
    "setup": (SET_UP, "enrolment:setup", "Enrol on a standard and programme."),
    "enrolment": (
        SET_UP,
        "enrolment:enrolment",
        "Agreed changes, breaks in learning, the end.",
    ),
    "standard": (SET_UP, "standards:standard", "Standards and units on offer."),
    "keys": (SET_UP, "opening:keys", "Every key, and how to choose your own."),
    "demo": (SET_UP, "opening:demo", "Look around in an invented learner's journal."),
    "backup": (SAFETY, "exchange.backup:backup", "Make a verified copy of the journal."),
    "restore": (SAFETY, "exchange.backup:restore", "Restore the journal from a backup."),
    "doctor": (SAFETY, "exchange.backup:doctor", "Check the file and recount every sum."),
    "purge": (SAFETY, "exchange.backup:purge", "Remove an entry for good, its history too."),
    "where": (SAFETY, "exchange.backup:where", "Say where everything is kept."),
}
