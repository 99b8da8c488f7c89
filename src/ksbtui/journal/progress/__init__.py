"""Where the learner stands: hours, coverage and suggestions."""
