"""Many learners at once: a tutor's caseload and a cohort."""
