"""Times, days, words and marks as people write them, in whatever file they stand."""
