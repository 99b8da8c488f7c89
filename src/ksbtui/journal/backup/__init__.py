"""Keeping the record safe: backups, checks, repair, purge."""
