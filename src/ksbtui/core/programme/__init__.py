"""Standards, programmes and enrolments, and where a learner is in them."""
