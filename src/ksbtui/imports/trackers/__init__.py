"""Calendars, time trackers, journals and notes: a module for each, found by content.

Each has ``sniff(text, format)``, whether a text is of its format, and ``read(text, options,
name, format)``, its activities.
"""
