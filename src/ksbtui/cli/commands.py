"""Every command: its group, where it lives and what it does in a line."""

from __future__ import annotations

JOURNAL = "Journal"
STANDING = "Where you stand"
ASSESSMENT = "Assessment"
CALLS = "Calls"
EXCHANGE = "In and out"
SET_UP = "Set-up"
KEEPING = "Safe keeping"

SECTIONS = (JOURNAL, STANDING, ASSESSMENT, CALLS, EXCHANGE, SET_UP, KEEPING)

COMMANDS: dict[str, tuple[str, str, str]] = {
    "log": (JOURNAL, "entries:log", "Log an activity."),
    "list": (JOURNAL, "entries:list_", "List entries, newest first."),
    "show": (JOURNAL, "entries:show", "Show one entry whole."),
    "edit": (JOURNAL, "entries:edit", "Change an entry."),
    "delete": (JOURNAL, "entries:delete", "Delete entries; undo brings them back."),
    "evidence": (JOURNAL, "evidence:evidence", "Attach files and links, and check them."),
    "submit": (JOURNAL, "portfolio:submit", "Mark entries as copied into your e-portfolio."),
    "suggest": (JOURNAL, "suggest:suggest", "Suggest KSBs for a text, offline."),
    "week": (JOURNAL, "daily:week", "One week: what is there, what is blank."),
    "timer": (JOURNAL, "daily:timer", "Time an activity, then log it."),
    "undo": (JOURNAL, "changes:undo", "Take back the newest change."),
    "redo": (JOURNAL, "changes:redo", "Put back what was undone."),
    "history": (JOURNAL, "changes:history", "Show what was changed, and when."),
    "status": (STANDING, "standing:status", "Hours, coverage, module and alerts on one page."),
    "hours": (STANDING, "standing:hours", "Hours against target and plan."),
    "coverage": (STANDING, "standing:coverage", "Which KSBs you have shown, and how well."),
    "timeline": (STANDING, "standing:timeline", "Modules, milestones and reviews."),
    "next": (STANDING, "standing:next_", "Up to three next steps, each with its reason."),
    "rules": (STANDING, "standing:rules", "What counts as training, and who says so."),
    "discuss": (ASSESSMENT, "discuss:discuss", "Practise questions, with your own evidence."),
    "project": (ASSESSMENT, "project:project", "The workplace project and what it changed."),
    "scan": (ASSESSMENT, "scan:scan", "Rate your KSBs; see how far you have come."),
    "gateway": (ASSESSMENT, "gateway:gateway", "What must be in place, and what is missing."),
    "coach": (CALLS, "coach:coach", "What changed since the last call; notes and summary."),
    "review": (CALLS, "reviews:review", "The pack of a progress review, and its sign-offs."),
    "action": (CALLS, "actions:action", "What was agreed, who does it and by when."),
    "export": (EXCHANGE, "exchange:export", "Write a report: log, tracker, portfolio, calendar."),
    "import": (EXCHANGE, "imports:import_", "Bring in logs, calendars, trackers, notes."),
    "setup": (SET_UP, "enrolment:setup", "Enrol on a standard and programme."),
    "enrolment": (SET_UP, "enrolment:enrolment", "Agreed changes, breaks in learning, the end."),
    "standard": (SET_UP, "standards:standard", "Standards and units on offer."),
    "demo": (SET_UP, "demo:demo", "Look around in an invented learner's journal."),
    "backup": (KEEPING, "keeping:backup", "Make a verified copy of the journal."),
    "restore": (KEEPING, "keeping:restore", "Put a copy in the journal's place."),
    "doctor": (KEEPING, "keeping:doctor", "Check the file and recount every sum."),
    "purge": (KEEPING, "keeping:purge", "Remove an entry for good, its history too."),
    "where": (KEEPING, "keeping:where", "Say where everything is kept."),
}
