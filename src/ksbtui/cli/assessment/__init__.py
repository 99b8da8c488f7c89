"""Commands that prepare for the assessment."""
