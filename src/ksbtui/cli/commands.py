"""Every command under the heading of its group: where it lives, and what it does in a line."""

from __future__ import annotations

SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "Journal": {
        "log": ("entry.entries:log", "Log an activity."),
        "list": ("entry.listing:list_", "List entries, newest first."),
        "show": ("entry.listing:show", "Show one entry in full."),
        "edit": ("entry.entries:edit", "Change an entry."),
        "delete": ("entry.changes:delete", "Delete entries; undo brings them back."),
        "evidence": ("entry.evidence:evidence", "Attach files and links, and check them."),
        "submit": ("entry.changes:submit", "Mark entries as copied into your e-portfolio."),
        "suggest": ("entry.suggest:suggest", "Suggest KSBs for a text, offline."),
        "examples": (
            "entry.suggest:examples",
            "Share tagged examples that improve KSB suggestions.",
        ),
        "week": ("entry.daily:week", "Show one week: what is logged and what is missing."),
        "timer": ("entry.daily:timer", "Time an activity, then log it."),
        "remind": ("entry.daily:remind", "Get a reminder in weeks when you have logged nothing."),
        "ask": ("entry.ask:ask", "Log, reflect or practise one question at a time."),
        "revisit": (
            "entry.ask:revisit",
            "Return to an old reflection: what would you do now?",
        ),
        "undo": ("entry.changes:undo", "Undo the newest change."),
        "redo": ("entry.changes:redo", "Redo what was undone."),
        "history": ("entry.changes:history", "Show what was changed and when."),
    },
    "Where you stand": {
        "status": ("progress:status", "Hours, coverage, module and alerts on one page."),
        "hours": ("progress:hours", "Hours against target and plan."),
        "coverage": ("progress:coverage", "Which KSBs you have shown, and how well."),
        "timeline": ("progress:timeline", "Modules, milestones and reviews."),
        "next": ("progress:next_", "Up to three next steps, each with its reason."),
        "rules": ("progress:rules", "What counts as off-the-job training, with sources."),
    },
    "Assessment": {
        "discuss": ("assessment.discuss:discuss", "Practise questions, with your own evidence."),
        "project": ("assessment.project:project", "The workplace project and what it changed."),
        "scan": ("assessment.scan:scan", "Rate your KSBs; see how far you have come."),
        "gateway": ("assessment.gateway:gateway", "What must be in place, and what is missing."),
    },
    "Calls": {
        "coach": ("coaching.coach:coach", "What changed since the last call; notes and summary."),
        "review": ("coaching.reviews:review", "The pack of a progress review, and its sign-offs."),
        "action": ("coaching.actions:action", "What was agreed, who does it and by when."),
    },
    "Import, export and share": {
        "export": ("exchange.export:export", "Write a report: log, tracker, portfolio, calendar."),
        "capture": ("exchange.export:capture", "Make a page for noting activities on a phone."),
        "import": ("exchange.imports:import_", "Import logs, calendars, time trackers and notes."),
        "handover": (
            "exchange.handover:handover",
            "Share your journal with a tutor, open one, write feedback.",
        ),
        "caseload": (
            "exchange.caseload:caseload",
            "For tutors: all your learners in one table.",
        ),
        "digest": (
            "exchange.export:digest",
            "Print a short update for your employer, tutor or yourself.",
        ),
        "conflicts": (
            "exchange.feedback:conflicts",
            "Choose between texts that differ on two devices.",
        ),
    },
    "Set-up": {
        "setup": ("enrolment:setup", "Enrol on a standard and programme."),
        "enrolment": (
            "enrolment:enrolment",
            "Record agreed changes, breaks in learning and the end.",
        ),
        "standard": ("standards:standard", "List, show, compare and import standards."),
        "keys": ("opening:keys", "List every key, and how to change it."),
        "demo": ("opening:demo", "Look around in the journal of an invented learner."),
    },
    "Backup and repair": {
        "backup": ("exchange.backup:backup", "Back up the journal and check the copy."),
        "restore": ("exchange.backup:restore", "Restore the journal from a backup."),
        "doctor": ("exchange.backup:doctor", "Check the file and its totals."),
        "purge": ("exchange.backup:purge", "Remove an entry and its history for good."),
        "where": ("exchange.backup:where", "Show where your files are."),
    },
}
COMMANDS = {name: command for group in SECTIONS.values() for name, command in group.items()}
"""The same without the headings."""
