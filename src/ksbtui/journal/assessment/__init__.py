"""Preparing for the assessment."""
