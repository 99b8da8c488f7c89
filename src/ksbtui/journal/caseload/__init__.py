"""A caseload read from the files learners hand over."""
