"""Every command: its group, where it lives and what it does in a line."""

from __future__ import annotations

JOURNAL = "Journal"
PROGRESS = "Where you stand"
ASSESSMENT = "Assessment"
CALLS = "Calls"
EXCHANGE = "Import, export and share"
SET_UP = "Set-up"
SAFETY = "Backup and repair"

SECTIONS = (JOURNAL, PROGRESS, ASSESSMENT, CALLS, EXCHANGE, SET_UP, SAFETY)

COMMANDS: dict[str, tuple[str, str, str]] = {
    "log": (JOURNAL, "entry.entries:log", "Log an activity."),
    "list": (JOURNAL, "entry.listing:list_", "List entries, newest first."),
    "show": (JOURNAL, "entry.listing:show", "Show one entry in full."),
    "edit": (JOURNAL, "entry.entries:edit", "Change an entry."),
    "delete": (JOURNAL, "entry.changes:delete", "Delete entries; undo brings them back."),
    "evidence": (JOURNAL, "entry.evidence:evidence", "Attach files and links, and check them."),
    "submit": (JOURNAL, "entry.changes:submit", "Mark entries as copied into your e-portfolio."),
    "suggest": (JOURNAL, "entry.suggest:suggest", "Suggest KSBs for a text, offline."),
    "examples": (
        JOURNAL,
        "entry.suggest:examples",
        "Share tagged examples that improve KSB suggestions.",
    ),
    "week": (JOURNAL, "entry.daily:week", "Show one week: what is logged and what is missing."),
    "timer": (JOURNAL, "entry.daily:timer", "Time an activity, then log it."),
    "remind": (
        JOURNAL,
        "entry.daily:remind",
        "Get a reminder in weeks when you have logged nothing.",
    ),
    "ask": (JOURNAL, "entry.ask:ask", "Log, reflect or practise one question at a time."),
    "revisit": (
        JOURNAL,
        "entry.revisit:revisit",
        "Return to an old reflection: what would you do now?",
    ),
    "undo": (JOURNAL, "entry.changes:undo", "Undo the newest change."),
    "redo": (JOURNAL, "entry.changes:redo", "Redo what was undone."),
    "history": (JOURNAL, "entry.changes:history", "Show what was changed and when."),
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
    "rules": (PROGRESS, "progress:rules", "What counts as off-the-job training, with sources."),
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
        "Make a page for noting activities on a phone.",
    ),
    "import": (
        EXCHANGE,
        "exchange.imports:import_",
        "Import logs, calendars, time trackers and notes.",
    ),
    "handover": (
        EXCHANGE,
        "exchange.handover:handover",
        "Share your journal with a tutor, open one, write feedback.",
    ),
    "caseload": (
        EXCHANGE,
        "exchange.caseload:caseload",
        "For tutors: all your learners in one table.",
    ),
    "digest": (
        EXCHANGE,
        "exchange.export:digest",
        "Print a short update for your employer, tutor or yourself.",
    ),
    "conflicts": (
        EXCHANGE,
        "exchange.feedback:conflicts",
        "Choose between texts that differ on two devices.",
    ),
    "setup": (SET_UP, "enrolment:setup", "Enrol on a standard and programme."),
    "enrolment": (
        SET_UP,
        "enrolment:enrolment",
        "Record agreed changes, breaks in learning and the end.",
    ),
    "standard": (SET_UP, "standards:standard", "List, show, compare and import standards."),
    "keys": (SET_UP, "opening:keys", "List every key, and how to change it."),
    "demo": (SET_UP, "opening:demo", "Look around in the journal of an invented learner."),
    "backup": (SAFETY, "exchange.backup:backup", "Back up the journal and check the copy."),
    "restore": (SAFETY, "exchange.backup:restore", "Restore the journal from a backup."),
    "doctor": (SAFETY, "exchange.backup:doctor", "Check the file and its totals."),
    "purge": (SAFETY, "exchange.backup:purge", "Remove an entry and its history for good."),
    "where": (SAFETY, "exchange.backup:where", "Show where your files are."),
}
