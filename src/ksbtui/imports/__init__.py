"""Reads what learners already have: published standards, training logs, calendars.

One module a format. Nothing here knows a journal: bytes in, plain ``core`` values and
warnings out. Readers are imported only when a file of their kind is met.
"""
