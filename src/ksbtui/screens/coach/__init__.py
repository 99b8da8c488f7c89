"""7 Coach and the coaching call."""
