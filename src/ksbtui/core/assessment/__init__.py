"""Preparing for the assessment: practice, stories, project, scan and gateway."""
