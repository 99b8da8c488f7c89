"""The caseload's commands."""
