"""Entries and all that belongs to them."""
