"""Commands that say where the learner stands."""
