"""The demo: an invented learner's journal."""
