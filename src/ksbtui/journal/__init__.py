"""The one door: every front end reads and writes the learner's record through ``Journal``."""
