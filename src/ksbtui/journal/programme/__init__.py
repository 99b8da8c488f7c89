"""Enrolments, programmes and standards."""
