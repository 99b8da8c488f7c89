"""Times, days and words as people write them, in whatever file they stand."""
