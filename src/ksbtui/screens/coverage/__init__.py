"""4 Coverage."""
